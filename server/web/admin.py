"""What the pages under `/admin` share: for which offices somebody is administrator, their frame, and the names of who acted."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from starlette.responses import RedirectResponse, Response

from server.access.gate import Pass
from server.messages.terms import Role
from server.web.ask import Ask
from server.web.routes.pages import who
from server.web.templates import Templates

ADMIN: frozenset[Role] = frozenset({"admin"})
"""Who may open these pages; each shows only what belongs to the offices that its reader administers."""


class Administered(NamedTuple):
    """The offices that somebody administers; None: the whole installation."""

    offices: frozenset[str] | None

    def covers(self, offices: Collection[str]) -> bool:
        """Whether everything that names these offices is theirs; what names none, or all ("") is the whole installation's."""
        return self.offices is None or (bool(offices) and set(offices) <= self.offices)


def scope_of(asker: Pass) -> Administered:
    named = {office for role, office in asker.grants if role == "admin"}
    return Administered(None if "" in named else frozenset(named))


def scope(ask: Ask) -> Administered:
    assert ask.asker is not None
    return scope_of(ask.asker)


def actor(ask: Ask) -> str:
    """Who acts, for the audit: the id of an account or token."""
    assert ask.asker is not None
    return ask.asker.id


async def offices_of(ask: Ask) -> dict[str, str]:
    """The offices that the reader administers, also those that only other nodes serve: names by id."""
    known = {id: id for id in await ask.site.access.known.offices()}
    known |= {id: desk.state.office.name or id for id, desk in ask.site.desks.items()}
    mine = scope(ask)
    return {id: known[id] for id in sorted(known) if mine.covers([id])}


def framed(templates: Templates, ask: Ask, page: str, tab: str, status: int = 200, /, **values: Any) -> Response:
    """A page under `/admin`. `tab`: which of the five it is."""
    path = "/admin" if tab == "people" else f"/admin/{tab}"
    told: Mapping[str, Any] = {
        "who": who(ask),
        "path": path,
        "tab": tab,
        "at": at_of(ask),
        "whole": scope(ask).offices is None,
    }
    return templates.page(f"admin/{page}.html", ask.language, status, **{**told, **values})


def at_of(ask: Ask) -> Any:
    """`at(ms)`: an instant as people of the first office read it."""
    zone = ZoneInfo(next((desk.state.office.time_zone for desk in ask.site.desks.values()), "UTC"))
    return lambda ms: datetime.fromtimestamp(ms / 1000, zone).strftime("%Y-%m-%d %H:%M")


def done(path: str, what: str) -> Response:
    """After a press: the page again, by GET, saying what was done."""
    return RedirectResponse(f"{path}?done={what}", 303, {"cache-control": "no-store"})


def said_done(ask: Ask, acts: Collection[str]) -> str | None:
    """What the address says was done, if it is one of these."""
    what = ask.request.query_params.get("done")
    return what if what in acts else None
