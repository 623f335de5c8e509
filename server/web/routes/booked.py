"""The page `/appointments/{office}`: the appointments of a day, moved or cancelled at once, each told. Drawn by the server.

First the list, then a preview of who goes where and who cannot be told, then one press. What was shown in the preview is what is
pressed: a place that somebody took meanwhile is named in the result, and nobody is moved elsewhere. Bookings cannot be undone;
whoever was moved can be moved back.
"""

from asyncio import gather, sleep
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from secrets import token_urlsafe
from typing import Any, NamedTuple

from starlette.datastructures import FormData
from starlette.responses import Response

from server.messages.facts import Appointment
from server.messages.instants import rfc3339
from server.messages.rights import APPOINTMENTS
from server.office.boards import BookedRow, Replan, booked_days, booked_on, without_room
from server.web import reading
from server.web.ask import Ask, ready
from server.web.pressing import CODES, pressed
from server.web.reading import When
from server.web.refused import RefusedRequest, invalid
from server.web.routes.pages import boot
from server.web.routes.sign_in import form_of, key_of, text_of
from server.web.slot_days import clock, local_day, when, when_of
from server.web.templates import Templates
from server.web.way import Query, Way

PATH = "/appointments/{office}"
MOST = 300
"""The most appointments that one press changes: each is a press of its own, and the form has to be sent."""
AT_ONCE = 50
"""So many presses wait for the log together; others come between."""
FARTHEST = timedelta(days=732)
ACTS = ("move", "cancel")
DID = {"move": "move_appointment", "cancel": "cancel_appointment"}
QUERY = (
    Query("day", "a date; absent: the first day with appointments"),
    Query("from", "from this time of day on, such as 08:00"),
    Query("until", "before this time of day"),
    Query("service", "the id of a service; absent: all"),
    Query("only", "room: only those that find no room any more"),
)


class Line(NamedTuple):
    """One appointment on the page. `told`: mail, refused (the mail server does not take the address), none, or unknown;
    `to`: where it goes, as the form sends it; `problem`: the word that says why it cannot go there."""

    one: Appointment
    clock: str
    when: str
    told: str
    lacks: str | None = None
    to: str | None = None
    to_text: str = ""
    back: str = ""
    problem: str | None = None


class BookedPage:
    """The page. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        codes = ("invalid", "starting", "too_many")
        return (
            Way("GET", PATH, self.page, APPOINTMENTS, "The appointments of a day", codes=codes, page=True, query=QUERY),
            Way(
                "POST", PATH, self.act, APPOINTMENTS,
                "Moves or cancels appointments, as a form with a `key`. `act`: preview (with `do`, `one` and, to move, `to`), "
                "move (with `move`: an id, @ and the new start), cancel (with `one`)",
                codes=(*CODES, "origin_refused"), page=True,
            ),
        )  # fmt: skip

    async def page(self, ask: Ask) -> Response:
        desk = ready(ask.desk)
        days = await _days(ask)
        day = _date("day", ask.request.query_params.get("day")) or next(iter(days), _today(ask))
        chosen = [row for row in booked_on(desk.state, desk.now(), day) if _fits(ask, row)]
        lines = await _lines(ask, [row.one for row in chosen[:MOST]], {row.one.id: row.lacks for row in chosen})
        asked = {name: ask.request.query_params.get(name, "") for name in ("from", "until", "service", "only")}
        return self._drawn(
            ask, "list", day=day, days=days, lines=lines, left=max(0, len(chosen) - MOST), most=MOST, asked=asked,
            next_day=day + timedelta(days=1), lacking=[one for one, many in days.items() if many],
        )  # fmt: skip

    async def act(self, ask: Ask) -> Response:
        ready(ask.desk)
        form = await form_of(ask, MOST + 20)
        match text_of(form, "act", 16):
            case "preview":
                return await self._preview(ask, form)
            case "move":
                return await self._did(ask, "move", _moves(form), key_of(form))
            case "cancel":
                return await self._did(ask, "cancel", dict.fromkeys(_chosen(form)), key_of(form))
        raise invalid("act", "one of preview, move, cancel")

    async def _preview(self, ask: Ask, form: FormData) -> Response:
        act, state = text_of(form, "do", 16), ask.desk.state
        if act not in ACTS:
            raise invalid("do", f"one of {', '.join(ACTS)}")
        found = [state.appointments[name] for name in _chosen(form) if name in state.appointments]
        found = sorted(found, key=lambda one: (one.start, one.id))
        places: dict[str, int | None] = {}
        if act == "move":
            places = await _planned(ask, found, _date("to", text_of(form, "to", 10)))
        lines = [
            line._replace(
                to=rfc3339(at) if (at := places.get(line.one.id)) else None,
                to_text=self._when(ask, at) if at else "",
                problem=None if act == "cancel" or at else "appointments-no-place",
            )
            for line in await _lines(ask, found)
        ]
        return self._drawn(ask, "preview", act=act, lines=lines, goes=[one for one in lines if not one.problem])

    async def _did(self, ask: Ask, act: str, wanted: Mapping[str, str | None], key: str) -> Response:
        state = ask.desk.state
        before = [state.appointments[name] for name in wanted if name in state.appointments]
        lines = {line.one.id: line for line in await _lines(ask, before)}
        codes: dict[str, str | None] = {}
        names = [*wanted]
        for first in range(0, len(names), AT_ONCE):
            some = names[first : first + AT_ONCE]
            found = await gather(*(_pressed(ask, act, name, wanted[name], f"{key}-{name}") for name in some))
            codes.update(zip(some, found, strict=True))
        say, zone = partial(ask.site.say, ask.language), state.office.time_zone
        done = [
            line._replace(
                to=(to := wanted[name]),
                to_text=when_of(to, say, zone) if to and not codes[name] else "",
                back=rfc3339(line.one.start),
                problem=f"problem-{code.replace('_', '-')}" if (code := codes[name]) else None,
            )
            for name, line in lines.items()
        ]
        gone = [name for name in wanted if name not in lines]
        return self._drawn(
            ask, "done", act=act, lines=done, did=[one for one in done if not one.problem],
            refused=[one for one in done if one.problem], gone=len(gone),
            untold=[one for one in done if one.told != "mail" and not one.problem],
        )  # fmt: skip

    def _when(self, ask: Ask, at: int) -> str:
        return when(at, partial(ask.site.say, ask.language), ask.desk.state.office.time_zone)

    def _drawn(self, ask: Ask, step: str, **values: Any) -> Response:
        office = ask.desk.state.office
        return self._templates.page(
            "supervisor/appointments.html",
            ask.language,
            **boot(ask),
            step=step,
            plans=[plan for plan in office.services if plan.bookable and not plan.retired],
            named={plan.id: plan.names for plan in office.services},
            key=token_urlsafe(12),
            **values,
        )


def _today(ask: Ask) -> date:
    return local_day(ask.desk.now(), ask.desk.state.office.time_zone)


async def _days(ask: Ask) -> dict[date, int]:
    """The days with appointments to come, and how many of each find no room. A day that changed is looked at again, which takes
    milliseconds: presses go between."""
    found = {}
    for day in [*booked_days(ask.desk.state, ask.desk.now())]:
        found[day] = len(without_room(ask.desk.state, ask.desk.now(), day))
        await sleep(0)
    return found


async def _planned(ask: Ask, found: Iterable[Appointment], first: date | None) -> dict[str, int | None]:
    if first is None or first > _today(ask) + FARTHEST:
        raise invalid("to", "a date such as 2026-12-01, at most two years ahead")
    plan, places = Replan(ask.desk.state, ask.desk.now()), {}
    for one in found:
        places[one.id] = plan.place(one, first)
        await sleep(0)  # each takes a millisecond or more
    return places


async def _lines(ask: Ask, found: list[Appointment], lacks: Mapping[str, str | None] | None = None) -> list[Line]:
    told = await _told(ask, [one.id for one in found])
    zone, say = ask.desk.state.office.time_zone, partial(ask.site.say, ask.language)
    return [
        Line(one, clock(one.start, zone), when(one.start, say, zone), told[one.id], (lacks or {}).get(one.id))
        for one in found
    ]


async def _told(ask: Ask, names: list[str]) -> dict[str, str]:
    """How each will hear of it."""
    if ask.site.contacts is None:
        return dict.fromkeys(names, "none")
    try:
        known = await ask.site.contacts.reached(ask.office, names)
    except ConnectionError:
        return dict.fromkeys(names, "unknown")
    return {
        name: {True: "mail", False: "refused"}.get(known[name], "none") if name in known else "none" for name in names
    }


async def _pressed(ask: Ask, act: str, name: str, start: str | None, key: str) -> str | None:
    """None, or the code of the refusal."""
    fields = {"type": DID[act], "appointment": name, **({} if start is None else {"start": start})}
    try:
        with ask.site.limits.press(ask.actor):
            await pressed(ask.site, ask.desk, ask.actor, reading.converted(fields), key, When(None, None))
    except RefusedRequest as refused:
        return refused.refusal.code
    return None


def _chosen(form: FormData) -> list[str]:
    """The ids of the appointments that are ticked."""
    said = [one for one in form.getlist("one") if isinstance(one, str) and 0 < len(one) <= 64]
    if not said or len(said) > MOST:
        raise invalid("one", f"1 to {MOST} appointments")
    return [*dict.fromkeys(said)]


def _moves(form: FormData) -> dict[str, str | None]:
    said = [one.rpartition("@") for one in form.getlist("move") if isinstance(one, str) and len(one) <= 120]
    if not said or len(said) > MOST or any(not name or not start for name, _, start in said):
        raise invalid("move", f"1 to {MOST} times an id, @ and a start")
    return {name: start for name, _, start in said}


def _fits(ask: Ask, row: BookedRow) -> bool:
    """Whether it is one of those that were asked for."""
    said = ask.request.query_params
    at = clock(row.one.start, ask.desk.state.office.time_zone)
    return (
        (not said.get("from") or at >= said["from"])
        and (not said.get("until") or at < said["until"])
        and (not said.get("service") or said["service"] in row.one.services)
        and (said.get("only") != "room" or row.lacks is not None)
    )


def _date(field: str, said: str | None) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise invalid(field, "a date such as 2026-12-01") from None
