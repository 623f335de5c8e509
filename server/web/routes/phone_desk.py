"""The page `/desk` for whoever answers the authority's number: waits and next free slots of every office, and one line of text
that finds a service's slots, an appointment by its code, or a number. Drawn by the server; a script only adds keys.

Nobody is asked for a name. A mail address may be noted for whoever wants the code in writing.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from secrets import token_urlsafe
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from server.desk.desk import Desk
from server.messages import boards
from server.messages.actor import SYSTEM, Actor
from server.messages.facts import Appointment
from server.messages.instants import rfc3339
from server.messages.rights import PHONE_DESK
from server.office.boards import Visitors, minutes_of
from server.persons.contacts import is_mail
from server.persons.wishes import OFFERED_MINUTES
from server.web import kept_wishes, reading
from server.web.ask import Ask
from server.web.languages import with_words
from server.web.phone_search import (
    LISTED,
    FreeSlot,
    bookable,
    by_code,
    next_free,
    numbers,
    places,
    soonest,
)
from server.web.pressing import CODES, pressed
from server.web.reading import When
from server.web.refused import RefusedRequest, invalid, refuse
from server.web.routes.booking import reachable
from server.web.routes.pages import who
from server.web.routes.sign_in import form_of, key_of, text_of
from server.web.routes.slots import MOST_PERSONS, MOST_SERVICES
from server.web.routes.wishes import release_held
from server.web.slot_days import clock, day_of, key_for, when, when_of
from server.web.templates import Templates
from server.web.way import Query, Way

PATH = "/desk"
LONGEST = 60
MOST_OFFICES = 40
"""The most offices whose waits and slots are listed; the search looks at all."""
GONE = frozenset({"slot_taken", "slot_invalid"})
ASKED = ("move", "cancel")
DONE = {
    "cancel": "phonedesk-cancelled",
    "wish": "phonedesk-wish-noted",
    "pass": "phonedesk-wish-passed",
    "end": "phonedesk-wish-ended",
}
"""What was done, by the word in the address."""
QUERY = (
    Query("q", "a service by its letter or name, a code of an appointment, or a number"),
    Query("persons", f"1 to {MOST_PERSONS}, else 1", True),
    Query("from", "the first day of the slots; absent: today"),
    Query("office", "of the appointment that is shown"),
    Query("appointment", "the id of the one that is shown"),
    Query("wish", "the code of a wish that is kept here"),
    Query("ask", "move: its free slots; cancel: asks before it is cancelled"),
)


class PhoneDesk:
    """The page. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        return (
            Way("GET", PATH, self.page, PHONE_DESK, "The phone desk of all offices", codes=("invalid",), page=True, query=QUERY),
            Way(
                "POST", PATH, self.act, PHONE_DESK,
                "A press of the phone desk, as a form with `office` and a `key`: `act` is book (`services`, `persons`, `start`), "
                "move (`appointment`, `start`), cancel (`appointment`), mail (`appointment`, `mail`, `language`), "
                "wish (`services`, `persons`, `first`, `last`, `part`, `site`, `phone`), take, pass or end (`wish`)",
                codes=(*CODES, "origin_refused", "unknown_office"), page=True,
            ),
        )  # fmt: skip

    async def page(self, ask: Ask) -> Response:
        said = ask.request.query_params
        if said.get("wish"):
            return await self._wished(ask, said["wish"])
        if said.get("appointment"):
            return await self._one(ask, said.get("office", ""), said["appointment"])
        if text := said.get("q", "").strip():
            return await self._results(ask, text)
        return await self._overview(ask)

    async def act(self, ask: Ask) -> Response:
        form = await form_of(ask)
        office, kind = text_of(form, "office", 64), text_of(form, "act", 16)
        desk, actor = await _desk(ask, office)
        try:
            match kind:
                case "book":
                    name = await _book(ask, desk, actor, form)
                case "move" | "cancel":
                    name = text_of(form, "appointment", 64)
                    await _change(ask, desk, actor, kind, name, form)
                case "mail":
                    return await self._mail(ask, desk, form)
                case "wish":
                    return await self._wish(ask, office, form)
                case "take":
                    if (taken := await _take(ask, desk, actor, form)) is None:
                        return await self._overview(ask, 409, "phonedesk-wish-gone")
                    kind, name = "book", taken
                case "pass" | "end":
                    return await self._let_go(ask, office, kind, form)
                case _:
                    raise invalid("act", "one of book, move, cancel, mail, wish, take, pass, end")
        except RefusedRequest as refused:
            if refused.refusal.code == "too_late_to_change":
                return await self._one(ask, office, name, 409, "problem-too-late-to-change")
            if refused.refusal.code not in GONE:
                raise
            return await self._gone(ask, desk, kind, form)
        return _to(f"?office={office}&appointment={name}&did={kind}" if kind != "cancel" else "?did=cancel")

    async def _overview(self, ask: Ask, status: int = 200, problem: str | None = None) -> Response:
        desks = _desks(ask)
        listed = dict([*desks.items()][:MOST_OFFICES])
        rows = []
        for office, desk in listed.items():
            now = _services(ask, office)
            services = [(plan, now.get(plan.id), await self._first(ask, desk, plan.id)) for plan in bookable(desk)]
            rows.append((office, services))
        did = DONE.get(ask.request.query_params.get("did", ""))
        freed = [self._freed(ask, one) for one in await kept_wishes.freed(ask, desks)]
        left = len(desks) - len(listed)
        return self._drawn(ask, "overview", status, rows=rows, left=left, problem=problem, did=did, freed=freed)

    async def _first(self, ask: Ask, desk: Desk, service: str) -> str:
        starts = await next_free(desk, Visitors((service,), public=False), None, 1)
        return when_of(starts[0], self._say(ask), desk.state.office.time_zone) if starts else ""

    async def _results(self, ask: Ask, text: str, status: int = 200, problem: str | None = None) -> Response:
        if len(text) > LONGEST:
            raise invalid("q", f"at most {LONGEST} characters")
        desks, persons = _desks(ask), _persons(ask.request.query_params.get("persons", "1"))
        if (found := by_code(desks, text)) is not None:
            office, one = found
            return _to(f"?office={office}&appointment={one.id}")
        if (wish := await kept_wishes.by_code(ask, desks, text)) is not None:
            return _to(f"?wish={wish.code}")
        first = _date(ask.request.query_params.get("from"))
        offered = await places(desks, text, persons, first)
        offered = [place for place in offered if len(place.who.services) <= MOST_SERVICES]
        tickets = await numbers(ask, desks, text)
        zones = {name: desk.state.office.time_zone for name, desk in desks.items()}
        return self._drawn(
            ask,
            "results",
            status,
            q=text,
            persons=persons,
            first=first,
            places=offered,
            tickets=tickets,
            problem=problem,
            slots=[self._shown(ask, slot) for slot in soonest(offered)],
            waits={one.office: _services(ask, one.office) for one in offered},
            firsts={
                one.office: when_of(one.starts[0], self._say(ask), zones[one.office]) for one in offered if one.starts
            },
            later=self._later(desks, soonest(offered)),
            wish=kept_wishes.form_of(ask, desks, offered),
        )

    def _later(self, desks: dict[str, Desk], slots: list[FreeSlot]) -> date | None:
        """The day after the last slot of a full list."""
        if len(slots) < LISTED:
            return None
        last = slots[-1]
        return day_of(last.start, desks[last.office].state.office.time_zone) + timedelta(days=1)

    async def _one(
        self, ask: Ask, office: str, name: str, status: int = 200, problem: str | None = None, mail: str = ""
    ) -> Response:
        desk, _ = await _desk(ask, office)
        one = desk.state.appointments.get(name)
        if one is None:
            return await self._overview(ask, 404, "problem-unknown-appointment")
        said, zone = ask.request.query_params, desk.state.office.time_zone
        asks = said.get("ask") if said.get("ask") in ASKED and _changeable(desk, one) else None
        slots: list[tuple[FreeSlot, str]] = []
        if asks == "move":
            whom = Visitors(one.services, one.persons, one.public)
            starts = await next_free(desk, whom, _date(said.get("from")), LISTED)
            slots = [self._shown(ask, FreeSlot(office, whom, start)) for start in starts]
        languages = with_words(desk.state.office.languages, ask.site.languages)
        return self._drawn(
            ask, "one", status, office=office, one=one, asks=asks, slots=slots, problem=problem, mail=mail,
            when=when(one.start, self._say(ask), zone), minutes=minutes_of(desk.state, Visitors(one.services, one.persons)),
            changeable=_changeable(desk, one), spelled=spelled(ask, one.code), known=languages,
            asks_mail=ask.site.contacts is not None and desk.state.office.appointments.ask_mail,
            first=_date(said.get("from")),
            did={"book": "phonedesk-booked", "move": "phonedesk-moved", "mail": "phonedesk-mailed"}.get(said.get("did", "")),
        )  # fmt: skip

    async def _wish(self, ask: Ask, office: str, form: FormData) -> Response:
        ask.values["office"] = office
        wish = await kept_wishes.noted(ask, _persons(text_of(form, "persons", 2)), form, _desks(ask))
        return _to(f"?wish={wish.code}&did=wish")

    async def _wished(self, ask: Ask, code: str) -> Response:
        """A wish with its code, and what is held for it."""
        desks = _desks(ask)
        wish = await kept_wishes.by_code(ask, desks, code[:LONGEST])
        if wish is None:
            return await self._overview(ask, 404, "phonedesk-wish-over")
        held = [one for one in await kept_wishes.freed(ask, desks) if one.wish.id == wish.id]
        return self._drawn(
            ask, "wish", 200, wished=wish, freed=[self._freed(ask, one) for one in held],
            phone=await kept_wishes.phone_of(ask, wish), spelled=spelled(ask, wish.code),
            did=DONE.get(ask.request.query_params.get("did", "")), kept_minutes=OFFERED_MINUTES,
        )  # fmt: skip

    async def _let_go(self, ask: Ask, office: str, kind: str, form: FormData) -> Response:
        if kind == "end":
            await kept_wishes.ended(ask, form, _desks(ask))
            return _to("?did=end")
        if (found := await kept_wishes.offer_of(ask, form, office)) is None:
            return await self._overview(ask, 409, "phonedesk-wish-gone")
        _, offer = found
        await kept_wishes.passed_by(ask, offer)
        return _to("?did=pass")

    def _freed(self, ask: Ask, one: kept_wishes.Freed) -> tuple[kept_wishes.Freed, str, str]:
        """With the day and time of the slot, and until when it is held."""
        zone = ask.site.desks[one.offer.office].state.office.time_zone
        return one, when(one.offer.start, self._say(ask), zone), clock(one.offer.until, zone)

    async def _gone(self, ask: Ask, desk: Desk, kind: str, form: FormData) -> Response:
        """The slot is taken: what is free instead."""
        if kind == "move":
            return await self._one(ask, desk.office, text_of(form, "appointment", 64), 409, "phonedesk-taken")
        return await self._results(ask, text_of(form, "services", 400).replace(",", " "), 409, "phonedesk-taken")

    async def _mail(self, ask: Ask, desk: Desk, form: FormData) -> Response:
        name, mail = text_of(form, "appointment", 64), text_of(form, "mail", 254).strip()
        language = text_of(form, "language", 20)
        if language not in ask.site.languages:
            raise invalid("language", "a language of this server")
        if not is_mail(mail):
            return await self._one(ask, desk.office, name, 422, "book-mail-wrong", mail)
        if not await reachable(ask.site, desk, name, mail, language):
            return await self._one(ask, desk.office, name, 503, "phonedesk-mail-failed", mail)
        return _to(f"?office={desk.office}&appointment={name}&did=mail")

    def _shown(self, ask: Ask, slot: FreeSlot) -> tuple[FreeSlot, str]:
        zone = ask.site.desks[slot.office].state.office.time_zone
        return slot, when_of(slot.start, self._say(ask), zone)

    def _say(self, ask: Ask) -> Callable[..., str]:
        return partial(ask.site.say, ask.language)

    def _drawn(self, ask: Ask, step: str, status: int, /, **values: Any) -> Response:
        desks = _desks(ask)
        about: dict[str, Any] = {
            "office": "",
            "id": "",
            "path": PATH,
            "who": who(ask),
            "q": "",
            "persons": 1,
            "first": None,
        }
        return self._templates.page(
            "counter_client/phone_desk.html",
            ask.language,
            status,
            step=step,
            key=token_urlsafe(12),
            most_persons=MOST_PERSONS,
            office_files={name: desk.state.office for name, desk in desks.items()},
            named={name: {plan.id: plan.names for plan in desk.state.office.services} for name, desk in desks.items()},
            **(about | values),
        )


def spelled(ask: Ask, code: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """A code as it is read out: in each alphabet, every sign with its word."""
    found: dict[str, tuple[str, list[tuple[str, str]]]] = {}
    for language in ask.site.staff_languages:
        alphabet = ask.site.say(language, "phonedesk-alphabet")
        if alphabet in found:  # a language without one of its own
            continue
        letters = dict(word.strip().split(" ", 1) for word in alphabet.split(","))
        spoken = ask.site.say(language, "say-numbers").split(",")
        letters |= {sign: word.strip() for sign, word in zip("0123456789", spoken, strict=False)}
        found[alphabet] = language, [(sign, letters[sign]) for sign in code]
    return list(found.values())


def _desks(ask: Ask) -> dict[str, Desk]:
    """The offices in which whoever asks may book, and which are folded."""
    asker = ask.asker
    found = {} if asker is None else {id: desk for id, desk in ask.site.desks.items() if asker.role(id) in PHONE_DESK}
    return {id: desk for id, desk in found.items() if desk.health in ("ready", "stale")}


def _services(ask: Ask, office: str) -> dict[str, boards.KioskService]:
    """How full each service is, as reception sees it."""
    board = ask.site.hub.board(office, "desk", "", SYSTEM)
    return {one.id: one for one in board.services} if isinstance(board, boards.Desk) else {}


async def _desk(ask: Ask, office: str) -> tuple[Desk, Actor]:
    desk = _desks(ask).get(office)
    actor = await ask.site.access.gate.actor(ask.asker, office) if desk is not None and ask.asker is not None else None
    if desk is None or actor is None:
        raise refuse("unknown_office", f"there is no office {office[:64]} of yours")
    return desk, actor


async def _press(ask: Ask, desk: Desk, actor: Actor, key: str, **fields: Any) -> Any:
    with ask.site.limits.press(actor):
        done = await pressed(ask.site, desk, actor, reading.converted(fields), key, When(None, None))
    return done.result


async def _book(ask: Ask, desk: Desk, actor: Actor, form: FormData) -> str:
    start = text_of(form, "start", 40)
    done = await _press(
        ask, desk, actor, key_for(key_of(form), start), type="book_appointment", start=start,
        services=text_of(form, "services", 400).split(","), persons=_persons(text_of(form, "persons", 2)),
    )  # fmt: skip
    return str(done["appointment"]["id"])


async def _take(ask: Ask, desk: Desk, actor: Actor, form: FormData) -> str | None:
    """Books what is held for a wish, and releases what other offices hold for it. None: it is not held any more, or a colleague
    is booking it."""
    found, wishes = await kept_wishes.offer_of(ask, form, desk.office), kept_wishes.kept(ask)
    if found is None or not await wishes.claim(found[0].id, ask.site.clock.now_ms()):
        return None
    wish, offer = found
    try:
        done = await _press(
            ask, desk, actor, key_of(form), type="book_appointment", start=rfc3339(offer.start), services=wish.services,
            persons=wish.persons, hold=offer.hold,
        )  # fmt: skip
    except RefusedRequest:
        await wishes.let_go(wish.id)
        return None
    await release_held(ask, await wishes.forget(wish.id), offer.hold)
    return str(done["appointment"]["id"])


async def _change(ask: Ask, desk: Desk, actor: Actor, kind: str, name: str, form: FormData) -> None:
    start = {"start": text_of(form, "start", 40)} if kind == "move" else {}
    key = key_for(key_of(form), start.get("start", ""))
    await _press(ask, desk, actor, key, type=f"{kind}_appointment", appointment=name, **start)


def _changeable(desk: Desk, one: Appointment) -> bool:
    return one.ticket is None and not one.missed and one.start > desk.now()


def _to(query: str) -> Response:
    return RedirectResponse(f"{PATH}{query}", 303, {"cache-control": "no-store"})


def _persons(said: str) -> int:
    found = reading.number(said, MOST_PERSONS)
    if not found:
        raise invalid("persons", f"1 to {MOST_PERSONS}")
    return found


def _date(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise invalid("from", "a date such as 2026-12-01") from None
