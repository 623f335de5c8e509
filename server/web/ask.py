"""A request on its way through a route: what the door found out about it, and the few ways to answer. Every route gets one."""

from dataclasses import dataclass
from typing import Any

from msgspec.json import encode
from starlette.requests import Request
from starlette.responses import Response

from server.access.gate import Pass
from server.desk.desk import Desk
from server.messages.actor import Actor
from server.messages.terms import BoardKind
from server.web.languages import page_language
from server.web.refused import refuse
from server.web.site import Site


@dataclass(slots=True)
class Ask:
    """`board`: the one that the page of this path shows; `asker`: the proven identity; `acting`: the role it has in the office of
    the path (also for the holder of a link)."""

    site: Site
    request: Request
    values: dict[str, str]
    address: str
    board: BoardKind | None = None
    asker: Pass | None = None
    acting: Actor | None = None
    by_cookie: bool = False

    @property
    def office(self) -> str:
        return self.values["office"]

    @property
    def desk(self) -> Desk:
        return self.site.desks[self.office]

    @property
    def actor(self) -> Actor:
        if self.acting is None:
            raise refuse("not_signed_in", "Sign in, or send a bearer token.")
        return self.acting

    @property
    def language(self) -> str:
        """Of a page of staff that the server draws."""
        return page_language(self.request, self.site.staff_languages)


def json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """An answer that no cache on the way may keep."""
    return as_json(encode(value), status, headers)


def as_json(encoded: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """The same for a value that is already encoded."""
    made = {"cache-control": "no-store", **(headers or {})}
    return Response(encoded, status, made, media_type="application/json")


def nothing() -> Response:
    return Response(status_code=204)


def ready(desk: Desk) -> Desk:
    """The desk, if its office has been folded; otherwise a refusal that says to come back in a moment."""
    if desk.health in ("ready", "stale"):
        return desk
    code = "stopping" if desk.health == "stopping" else "starting"
    raise refuse(code, f"the office is {desk.health}: {desk.detail}".rstrip(": "))
