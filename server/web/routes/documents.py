"""The API documents of exactly the routes that a listener has: as JSON for programs, as pages for people."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from msgspec.json import encode
from starlette.responses import HTMLResponse, Response

from server.web.ask import Ask, as_json
from server.web.documents import schemas, shown
from server.web.documents.asyncapi import asyncapi
from server.web.documents.openapi import openapi
from server.web.documents.tags import COMMANDS
from server.web.templates import Templates
from server.web.way import Open, Way, page


class Documents:
    """Made per app. Each document is encoded once, each page drawn once: anybody may ask for these hundred kilobytes."""

    def __init__(self, version: str, templates: Templates) -> None:
        self._version, self._templates = version, templates
        self.routes: tuple[Way, ...] = ()
        """What OpenAPI describes: the whole table, these rows included."""
        self._encoded: dict[str, bytes] = {}
        self._drawn: dict[tuple[str, str], Response] = {}

    def ways(self) -> tuple[Way, ...]:
        return (
            page("/api", self.asked, "What programs may ask: ways and commands, with an example of each"),
            page("/api/live", self.live, "What is said on the live socket: frames and boards"),
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

    async def asked(self, ask: Ask) -> Response:
        """`/api`: OpenAPI, to be read."""
        return await self._page("api", ask, self._asked)

    async def live(self, ask: Ask) -> Response:
        """`/api/live`: AsyncAPI, to be read."""
        return await self._page("api_live", ask, self._live)

    def _asked(self) -> dict[str, Any]:
        document = openapi(self.routes, self._version)
        commands = shown.commands(document)
        named = shown.names_of_messages(document)
        return {
            "chapters": shown.chapters(document),
            "commands": {tag: [one for one in commands if one.tag == tag] for tag in COMMANDS.values()},
            "shapes": shown.shapes(document, named),
        }

    def _live(self) -> dict[str, Any]:
        document = asyncapi(self._version)
        named = shown.names_of_messages(document)
        return {
            "said": shown.frames(document, "receive"),
            "heard": shown.frames(document, "send"),
            "closing": document["info"]["description"],
            "shapes": shown.shapes(document, named),
        }

    async def _page(self, name: str, ask: Ask, values: Callable[[], dict[str, Any]]) -> Response:
        if (name, ask.language) not in self._drawn:
            path = ask.request.url.path
            draw = partial(self._templates.page, f"{name}.html", ask.language, path=path)
            drawn = await asyncio.to_thread(lambda: draw(**values()))  # a fifth of a second, in which presses go on
            self._drawn[name, ask.language] = drawn
        kept = self._drawn[name, ask.language]
        return HTMLResponse(kept.body, headers={"cache-control": "no-store"})

    def _keep(self, name: str, made: dict[str, Any]) -> None:
        self._encoded[name] = encode(made)
