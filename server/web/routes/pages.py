"""Which template and which boot data a page gets. Most pages draw themselves from their board; only a few are drawn here."""

from typing import Any

from starlette.responses import Response

from server.messages.rights import APPOINTMENTS, BOARDS, PHONE_DESK, REPORT
from server.messages.terms import BoardKind, Role
from server.web.ask import Ask
from server.web.languages import with_words
from server.web.palette import worn_by
from server.web.refused import refuse
from server.web.templates import Templates
from server.web.way import Way, page

TEMPLATES: dict[str, str] = {
    "kiosk": "ticket_printer/kiosk.html",
    "display": "displays/wall.html",
    "counter": "counter_client/counter.html",
    "supervisor": "supervisor/supervisor.html",
    "desk": "counter_client/desk.html",
    "station": "counter_client/station.html",
}
"""The template of each board that has a page."""
PAGES: dict[str, frozenset[Role]] = {kind: BOARDS[kind] for kind in BOARDS if kind in TEMPLATES} | {
    "report": REPORT,
    "appointments": APPOINTMENTS,
    "evaluation": APPOINTMENTS,
}
"""Who may open which of the pages that the launch pad offers."""
OF_THE_OFFICE = frozenset({"display", "kiosk"})
"""Pages that speak the office's languages."""


class Pages:
    """Every page that shows an office. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        return (
            page("/", self.launch, "The launch pad", strangers=True),
            page("/kiosk/{office}/{id}", self.board, "The kiosk", board="kiosk"),
            page("/display/{office}/{id}", self.board, "A wall display", board="display"),
            page("/counter/{office}/{id}", self.board, "A counter", board="counter"),
            page("/desk/{office}", self.board, "Reception", board="desk"),
            page("/station/{office}/{id}", self.board, "A station", board="station"),
            page("/supervisor/{office}", self.board, "The supervisor's table", board="supervisor"),
            Way("GET", "/supervisor", self.offices, BOARDS["offices"], "The table of a city", page=True),
            Way("GET", "/report/{office}", self.report, REPORT, "The waits of a day", page=True),
        )

    async def launch(self, ask: Ask) -> Response:
        """`/`: all pages there are, and what to do first; people who are signed in see only what they may open."""
        offices = [_launch(ask, id, doors) for id in ask.site.desks if (doors := _doors(ask, id))]
        about: dict[str, Any] = {
            "signed_in": ask.asker is not None,
            "nameless": _nameless(ask),
            "who": who(ask),
            "path": "/",
            "several": _supervised(ask) > 1,
            "phone_desk": ask.asker is not None and ask.asker.highest in PHONE_DESK,
            "admin": ask.asker is not None and ask.asker.highest == "admin",
        }
        return self._templates.page("launch.html", ask.language, offices=offices, **about)

    async def board(self, ask: Ask) -> Response:
        """`/counter/{office}/{id}` and similar: the page of a board, for everybody who may see that board."""
        kind = ask.board
        assert kind is not None
        made = boot(ask, ask.values.get("id", ""))
        made["paired"] = ask.by_cookie and ask.asker is not None and ask.asker.kind == "token"
        made["several"] = kind == "supervisor" and _supervised(ask) > 1
        if kind in OF_THE_OFFICE:
            made |= worn_by(ask.desk.state.office)
            spoken = self._spoken(ask, kind)
            return self._templates.page(TEMPLATES[kind], spoken[0], **{**made, "languages": spoken})
        return self._templates.page(TEMPLATES[kind], ask.language, **made)

    async def offices(self, ask: Ask) -> Response:
        """`/supervisor`: every office that this account may supervise, one row each."""
        made: dict[str, Any] = {"office": "", "id": "", "path": "/supervisor", "who": who(ask)}
        return self._templates.page("supervisor/offices.html", ask.language, **made)

    async def report(self, ask: Ask) -> Response:
        """`/report/{office}?day=2026-11-23`: the waits of a day, from the history."""
        if ask.site.history is None:
            raise refuse("unknown_route", "this server keeps no history")
        found = await ask.site.history.report(ask.office, ask.request.query_params.get("day"))
        return self._templates.page("supervisor/report.html", ask.language, **boot(ask, ""), **found)

    def _spoken(self, ask: Ask, kind: BoardKind) -> tuple[str, ...]:
        """The languages of a wall or kiosk: its own, else those of the office, as far as we have words; never the browser's."""
        office = ask.desk.state.office
        own = next((one.languages for one in office.displays if one.id == ask.values["id"]), ())
        wanted = (own if kind == "display" else ()) or office.languages
        return with_words(wanted, ask.site.languages)


def boot(ask: Ask, id: str = "") -> dict[str, Any]:
    """What every page of an office gets."""
    return {
        "office": ask.office,
        "id": id,
        "name": ask.desk.state.office.name,
        "spoken": ask.desk.state.office.languages,
        "path": ask.request.url.path,
        "who": who(ask),
    }


def who(ask: Ask) -> str | None:
    """The name of the person who is signed in by a cookie, shown only to them; None if nobody is."""
    asker = ask.asker if ask.by_cookie else None
    if asker is None:
        return None
    if asker.kind == "token":
        return ask.site.say(ask.language, "staff-signed-in-device", who=asker.name or f"{asker.highest} {asker.device}")
    if not asker.name:
        return ask.site.say(ask.language, "staff-signed-in-nameless")
    return ask.site.say(ask.language, "staff-signed-in", who=asker.name)


def _supervised(ask: Ask) -> int:
    """How many offices the table of a city shows to whoever asks."""
    return sum(ask.asker.role(office) in BOARDS["offices"] for office in ask.site.desks) if ask.asker is not None else 0


def _nameless(ask: Ask) -> bool:
    return ask.by_cookie and ask.asker is not None and ask.asker.kind == "page" and not ask.asker.name


def _doors(ask: Ask, office: str) -> tuple[str, ...]:
    """The pages of an office that the launch pad offers: strangers see all of them, and are asked to sign in behind."""
    if ask.asker is None:
        return tuple(PAGES)
    role = ask.asker.role(office)
    if role is None:
        return ()
    public = any(display.public for display in ask.site.desks[office].state.office.displays)
    return tuple(page for page, who in PAGES.items() if role in who or (page == "display" and public))


def _launch(ask: Ask, id: str, doors: tuple[str, ...]) -> dict[str, Any]:
    office = ask.site.desks[id].state.office
    return {
        "id": id,
        "doors": doors,
        "name": office.name or id,
        "open": ask.site.desks[id].state.day is not None,
        "practice": office.practice,
        "kiosks": [{"id": one.id, "name": one.name} for one in office.kiosks],
        "displays": [{"id": one.id, "name": one.name} for one in office.displays],
        "counters": [{"id": one.id, "label": one.label} for one in office.counters if not one.retired],
        "stations": [{"id": one.id, "label": one.label} for one in office.stations],
    }
