"""The API documents as JSON, of exactly the routes that a listener has."""

from typing import Any

from msgspec.json import encode
from starlette.responses import Response

from server.web.ask import Ask, as_json
from server.web.documents import schemas
from server.web.documents.asyncapi import asyncapi
from server.web.documents.openapi import openapi
from server.web.way import Open, Way


class Documents:
    """Made per app. Each document is encoded once, because anybody may ask for these hundred kilobytes."""

    def __init__(self, version: str) -> None:
        self._version = version
        self.routes: tuple[Way, ...] = ()
        """What OpenAPI describes: the whole table, these rows included."""
        self._encoded: dict[str, bytes] = {}

    def ways(self) -> tuple[Way, ...]:
        return (
            Way(
                "GET",
                "/api/v1/openapi.json",
                self.openapi,
                Open.ALL,
                "This document",
                result=schemas.OBJECT,
                codes=("too_many",),
            ),
            Way(
                "GET",
                "/api/v1/asyncapi.json",
                self.asyncapi,
                Open.ALL,
                "The live socket's document",
                result=schemas.OBJECT,
                codes=("too_many",),
            ),
        )

    async def openapi(self, ask: Ask) -> Response:
        if "openapi" not in self._encoded:
            self._keep("openapi", openapi(self.routes, self._version))
        return as_json(self._encoded["openapi"])

    async def asyncapi(self, ask: Ask) -> Response:
        if "asyncapi" not in self._encoded:
            self._keep("asyncapi", asyncapi(self._version))
        return as_json(self._encoded["asyncapi"])

    def _keep(self, name: str, made: dict[str, Any]) -> None:
        self._encoded[name] = encode(made)
