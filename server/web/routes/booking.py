"""The booking page: what for, when, and one press. Drawn by the server, so it works without scripts and by keyboard.

Nobody is asked for a name: whoever has the appointment's link may change it. A mail address may be left, and goes into
`server.persons` alone. A slot is held for ten minutes meanwhile. Every
press carries a key made with its page, so that a form that is sent twice acts once.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from math import inf
from secrets import token_urlsafe
from typing import Any, NamedTuple

import structlog
from msgspec.structs import replace
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from server.desk.desk import Desk
from server.messages.actor import Actor
from server.messages.boards import Expected
from server.messages.commands import AnyCommand
from server.messages.facts import Hold
from server.messages.instants import rfc3339
from server.office.boards import Visitors, minutes_of
from server.persons.contacts import Booked, is_mail
from server.persons.sealing import NoContactKey
from server.web import reading
from server.web.ask import Ask, ready
from server.web.languages import page_language
from server.web.next_free import NextFree
from server.web.pressing import CODES, pressed
from server.web.problems import wants_page
from server.web.reading import When
from server.web.refused import RefusedRequest, invalid, refuse
from server.web.routes.sign_in import form_of, key_of, secure, text_of
from server.web.routes.slots import (
    MOST_PERSONS,
    MOST_SERVICES,
    bookable,
    first_day,
    persons,
)
from server.web.routes.wishes import noted
from server.web.site import Site
from server.web.slot_days import clock, key_for, local_day, when
from server.web.slot_list import SlotList, framed, offered, query_of, spoken_in
from server.web.templates import Templates
from server.web.way import Open, Query, Way
from server.web.work import LONGEST

ALL, PATH = "/book", "/book/{office}"
COOKIE, COOKIE_S = "aufruf_hold", 600
"""What a browser holds, for as long as a hold lasts: with another choice it is given back, so a browser holds one slot."""
PAGE = Actor(role="booking", principal="booking:page")
"""Who presses for a citizen. The keys of its presses are random, so one principal is enough, and the log names no address."""
_log = structlog.get_logger("aufruf.web")
GONE = frozenset({"slot_taken", "slot_invalid"})
"""Refusals after which another time is offered."""
QUERY = (
    Query("services", "ids of services, with commas between them or each by itself; absent: asks for them"),
    Query("persons", f"1 to {MOST_PERSONS}, else 1", True),
    Query("from", "the first day of the list; absent: the first day with a free slot"),
    Query("hold", "the slot that is held"),
)


class OfficeLine(NamedTuple):
    """An office. `next`: the next free appointment in words, or none; `start`: its instant, infinite if there is none; `wait`: of
    somebody who just comes."""

    id: str
    name: str
    next: str | None
    start: float
    wait: Expected | None


class Booking:
    """The page `/book/{office}`, and the list of offices. Made per app. `version()`: of the files that it loads."""

    def __init__(self, templates: Templates, version: Callable[[], str]) -> None:
        self._templates, self._version = templates, version
        self._list, self._next = SlotList(templates, version), NextFree()

    def ways(self) -> tuple[Way, ...]:
        codes = ("unknown_service", "starting", "too_many")
        return (
            Way("GET", ALL, self.all, Open.ALL, "Where to book", page=True, strangers=True, citizens=True),
            Way(
                "GET", PATH, self.page, Open.ALL, "The booking page", codes=("invalid", *codes),
                page=True, strangers=True, citizens=True, query=QUERY,
            ),
            Way(
                "POST", PATH, self.act, Open.ALL,
                "A press on the booking page, as a form: `act` is hold, book or release, with the `key` of the press",
                codes=("not_allowed", "slot_taken", "slot_invalid", "unknown_service", *CODES),
                page=True, strangers=True, citizens=True,
            ),
        )  # fmt: skip

    async def all(self, ask: Ask) -> Response:
        """The offices of this server in which something can be booked, the nearest free appointment first; if there is only one,
        its page."""
        desks = {id: desk for id, desk in ask.site.desks.items() if offered(desk.state.office)}
        if len(desks) == 1:
            return RedirectResponse(PATH.format(office=next(iter(desks))), 303)
        language = page_language(ask.request, ask.site.languages)
        found = [await self._office(ask, desk, language) for desk in desks.values()]
        offices = sorted(found, key=lambda one: (one.start, one.name))
        return self._templates.page(
            "booking/offices.html", language, languages=ask.site.languages, path=ALL, offices=offices
        )

    async def _office(self, ask: Ask, desk: Desk, language: str) -> OfficeLine:
        """Of all its services: the next free slot, and the waits of today from the shortest to the longest."""
        office = desk.state.office
        starts = (await self._next.of(desk, ask.site.clock.monotonic())).values() if desk.health == "ready" else ()
        start = min((one for one in starts if one is not None), default=None)
        text = None if start is None else when(start, partial(ask.site.say, language), office.time_zone)
        known = ask.site.expected(office.id)
        waits = [known[plan.id] for plan in offered(office) if plan.id in known]
        wait = None
        if waits:
            wait = replace(waits[0], low=min(one.low for one in waits), high=max(one.high for one in waits))
        return OfficeLine(office.id, office.name, text, inf if start is None else start, wait)

    async def page(self, ask: Ask) -> Response:
        desk = ready(ask.desk)
        said = [name for one in ask.request.query_params.getlist("services") for name in one.split(",") if name]
        if not said or len({*said}) > MOST_SERVICES:
            return self._services(ask, said)
        wanted = Visitors(bookable(desk, said), persons(ask))
        hold = desk.state.holds.get(ask.request.query_params.get("hold", ""))
        if hold is not None and hold.until > desk.now() and hold.public:
            return self._held(ask, hold)
        gone = "slot_invalid" if "hold" in ask.request.query_params else ""
        return await self._list.page(ask, wanted, first_day(ask), gone)

    async def act(self, ask: Ask) -> Response:
        """Holds a slot, books it, or gives it back; then the page that follows."""
        ready(ask.desk)
        form = await form_of(ask)
        kind = text_of(form, "act", 16)
        wanted = Visitors(
            bookable(ask.desk, text_of(form, "services", 400).split(",")), _whole(text_of(form, "persons", 2))
        )
        try:
            if kind == "hold":
                if not _worked(ask, form):
                    return await self._list.page(ask, wanted, None, "work")
                return await self._hold(ask, wanted, text_of(form, "start", 40), key_of(form))
            if kind == "book":
                return await self._book(ask, wanted, text_of(form, "start", 40), form, key_of(form))
            if kind == "wish":
                return await noted(ask, wanted, form, spoken_in(ask))
            if kind == "release":
                await _press(ask, {"type": "release_slot", "hold": text_of(form, "hold", 64)}, key_of(form))
                return self._on(ask, wanted)
        except RefusedRequest as refused:
            if refused.refusal.code not in GONE or not wants_page(ask.request):
                raise
            return await self._list.page(ask, wanted, None, refused.refusal.code)
        raise refuse("not_allowed", "this form does not do that")

    async def _hold(self, ask: Ask, wanted: Visitors, start: str, key: str) -> Response:
        key = key_for(key, start)
        command = {"type": "hold_slot", "services": wanted.services, "persons": wanted.persons, "start": start}
        before = ask.request.cookies.get(COOKIE, "")[:64]
        with ask.site.limits.holds.one(f"{ask.office} {ask.address}", ask.desk.state.holds, before) as note:
            held = (await _press(ask, command, key))["hold"]
            note(held)
        old = ask.desk.state.holds.get(before)
        if old is not None and old.public and before != held:
            with suppress(RefusedRequest):  # it has just run out
                await _press(ask, {"type": "release_slot", "hold": before}, token_urlsafe(12))
        answer = self._on(ask, wanted, f"&hold={held}")
        path = PATH.format(office=ask.office)
        answer.set_cookie(COOKIE, held, COOKIE_S, path=path, httponly=True, samesite="lax", secure=secure(ask))
        return answer

    async def _book(self, ask: Ask, wanted: Visitors, start: str, form: FormData, key: str) -> Response:
        hold = text_of(form, "hold", 64)
        mail = text_of(form, "mail", 254).strip() if "mail" in form else ""
        mailed = _asks_mail(ask) and bool(mail)
        held = ask.desk.state.holds.get(hold)
        if mailed and not is_mail(mail) and held is not None and wants_page(ask.request):
            return self._held(ask, held, 422, "book-mail-wrong", mail)
        if mailed and not is_mail(mail):
            raise invalid("mail", "a mail address such as name@example.de, or nothing")
        ask.site.limits.booking(ask.address)
        command = {
            "type": "book_appointment", "services": wanted.services, "persons": wanted.persons, "start": start, "hold": hold,
            "language": spoken_in(ask),
        }  # fmt: skip
        booked = await _press(ask, command, key)
        did = "book"
        if mailed:
            did = (
                "mail"
                if await reachable(ask.site, ask.desk, booked["appointment"]["id"], mail, spoken_in(ask))
                else "no_mail"
            )
        path = f"/a/{booked['appointment']['secret']}?lang={spoken_in(ask)}&did={did}"
        return RedirectResponse(path, 303, {"cache-control": "no-store"})

    def _on(self, ask: Ask, wanted: Visitors, more: str = "") -> Response:
        path = f"{ask.request.url.path}?lang={spoken_in(ask)}{query_of(wanted)}{more}"
        return RedirectResponse(path, 303, {"cache-control": "no-store"})

    def _services(self, ask: Ask, said: list[str]) -> Response:
        office = ask.desk.state.office
        plans = offered(office)
        return self._drawn(
            ask,
            "services",
            plans=plans,
            occasions=[one for one in office.occasions if {*one.services} <= {plan.id for plan in plans}],
            chosen=said,
            waits=ask.site.expected(ask.office),
            most=MOST_SERVICES,
            most_persons=MOST_PERSONS,
            problem="book-choose" if said or "persons" in ask.request.query_params else None,
        )

    def _held(self, ask: Ask, hold: Hold, status: int = 200, problem: str | None = None, mail: str = "") -> Response:
        state, say = ask.desk.state, self._say(ask)
        wanted, zone = Visitors(hold.services, hold.persons), state.office.time_zone
        return self._drawn(
            ask,
            "held",
            status=status,
            problem=problem,
            mail=mail,
            asks_mail=_asks_mail(ask),
            wanted=wanted,
            query=f"{query_of(wanted)}&hold={hold.id}",
            hold=hold.id,
            start=rfc3339(hold.start),
            when=when(hold.start, say, zone),
            until=clock(hold.until, zone),
            minutes=minutes_of(state, wanted),
            plans=[state.plans[name] for name in hold.services],
        )

    def _drawn(self, ask: Ask, name: str, *, status: int = 200, **values: Any) -> Response:
        values.setdefault("query", "")
        return self._templates.page(
            f"booking/{name}.html",
            spoken_in(ask),
            status,
            self._version(),
            key=token_urlsafe(12),
            **framed(ask),
            **values,
        )

    def _say(self, ask: Ask) -> Callable[..., str]:
        return partial(ask.site.say, spoken_in(ask))


async def _press(ask: Ask, command: dict[str, Any], key: str) -> Any:
    """The result of a press of the page."""
    made: AnyCommand = reading.converted(command)
    with ask.site.limits.press(PAGE):
        done = await pressed(ask.site, ask.desk, PAGE, made, key, When(None, None))
    return done.result


def _worked(ask: Ask, form: FormData) -> bool:
    """Whether the browser did what keeps programs from hoarding slots, if the office wants it."""
    if not ask.desk.state.office.appointments.proof_of_work:
        return True
    said = (text_of(form, name, LONGEST) if name in form else "" for name in ("work", "answer"))
    return ask.site.work.done(ask.office, *said)


def _asks_mail(ask: Ask) -> bool:
    return ask.site.contacts is not None and ask.desk.state.office.appointments.ask_mail


async def reachable(site: Site, desk: Desk, appointment: str, mail: str, language: str) -> bool:
    """Notes how the owner of an appointment is reached. False if that could not be noted: the booking stands all the same."""
    state = desk.state
    one = state.appointments.get(appointment)
    if one is None or site.contacts is None:  # somebody cancelled it meanwhile
        return False
    booked = Booked(
        office=desk.office,
        appointment=one.id,
        day=local_day(one.start, state.office.time_zone).isoformat(),
        start=one.start,
        epoch=state.epoch,
        seq=state.seq,
    )
    try:
        await site.contacts.put(booked, mail, language, desk.now())
    except (OSError, NoContactKey) as fault:
        _log.warning("a mail address was not kept", office=desk.office, reason=type(fault).__name__)
        return False
    return True


def _whole(said: str) -> int:
    found = reading.number(said, MOST_PERSONS)
    return max(1, found or 1)
