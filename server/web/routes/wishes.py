"""A wish for an appointment where nothing is free: noted on the booking page; its own page confirms an offer or ends it.

Whoever has the link has the right. The first confirmation releases what other offices hold for the wish.
"""

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from secrets import token_urlsafe
from typing import Any, NamedTuple

import structlog
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from server.messages.actor import Actor
from server.messages.instants import rfc3339
from server.messages.office import Office, Texts
from server.office.boards import Visitors
from server.persons.contacts import Booked, is_mail
from server.persons.sealing import NoContactKey
from server.persons.wishes import OFFERED_MINUTES, Offer, TooManyWishes, Wish, Wishes, new_id
from server.web import reading
from server.web.ask import Ask, ready
from server.web.languages import page_language
from server.web.pressing import CODES, pressed
from server.web.reading import When
from server.web.refused import RefusedRequest, invalid, refuse, too_many
from server.web.routes.sign_in import form_of, key_of, text_of
from server.web.slot_days import clock, local_day, when
from server.web.templates import Templates
from server.web.way import Open, Way

PATH = "/w/{secret}"
PAGE = Actor(role="booking", principal="booking:page")
PARTS = {"any": ("00:00", "24:00"), "morning": ("00:00", "12:00"), "afternoon": ("12:00", "24:00")}
"""Hours of a wish, by what the form says."""
MOST_DAYS = 90
_log = structlog.get_logger("aufruf.web")


class WishForm(NamedTuple):
    """What the form of a wish offers: the dates that may be said, and the other offices with these services."""

    first: str
    last: str
    sites: tuple[tuple[str, Texts], ...]
    kept_minutes: int


def form_for(ask: Ask, wanted: Visitors) -> WishForm:
    today = local_day(ask.desk.now(), ask.desk.state.office.time_zone)
    sites = tuple(
        (id, _called(ask.site.desks[id].state.office)) for id in able_offices(ask, wanted) if id != ask.office
    )
    return WishForm(today.isoformat(), (today + timedelta(days=MOST_DAYS)).isoformat(), sites, OFFERED_MINUTES)


def _called(office: Office) -> Texts:
    """Its name, as its own language: pages in another one mark it."""
    return {office.languages[0]: office.name}


def able_offices(ask: Ask, wanted: Visitors) -> list[str]:
    """The offices of this server in which all of these services can be booked."""
    found = []
    for id, desk in ask.site.desks.items():
        plans = {one.id for one in desk.state.office.services if one.bookable and not (one.retired or one.back_office)}
        if desk.health == "ready" and plans.issuperset(wanted.services):
            found.append(id)
    return found


async def noted(ask: Ask, wanted: Visitors, form: FormData, language: str) -> Response:
    """A press of the form."""
    wishes = ask.site.wishes
    if wishes is None or not wishes.by_mail:
        raise refuse("not_allowed", "this server sends no mail")
    mail = text_of(form, "mail", 254).strip()
    if not is_mail(mail):
        raise invalid("mail", "a mail address such as name@example.de")
    wish = wish_of(ask, wanted, form, new_id())
    ask.site.limits.booking(ask.address)
    try:
        await wishes.put(wish, mail, language)
    except TooManyWishes:
        raise too_many(3600, "too many wishes of this address") from None
    except NoContactKey as fault:
        _log.warning("a wish was not kept", office=ask.office, reason=type(fault).__name__)
        raise refuse("store_unavailable", "the wish could not be kept; try again") from None
    secret = ask.site.access.links.wish_secret(wish.id)
    return RedirectResponse(
        f"{PATH.format(secret=secret)}?lang={language}&did=noted", 303, {"cache-control": "no-store"}
    )


def wish_of(
    ask: Ask, wanted: Visitors, form: FormData, id: str, code: str = "", among: Collection[str] | None = None
) -> Wish:
    """What a form of a wish says. `among`: the offices that whoever presses may book in; None: all."""
    part = text_of(form, "part", 16)
    if part not in PARTS:
        raise invalid("part", f"one of {', '.join(PARTS)}")
    offered = form_for(ask, wanted)
    first, last = _date(form, "first", offered), _date(form, "last", offered)
    if last < first:
        raise invalid("last", "not before the first day")
    sites = {*map(str, form.getlist("site")[:100])} & {*able_offices(ask, wanted)}
    if among is not None:
        sites &= {*among}
    begins, ends = PARTS[part]
    return Wish(
        id=id,
        office=ask.office,
        offices=(ask.office, *sorted(sites - {ask.office})),
        services=wanted.services,
        persons=wanted.persons,
        first=first,
        last=last,
        begins=begins,
        ends=ends,
        turn=ask.desk.now(),
        passed=(),
        code=code,
    )


def _date(form: FormData, name: str, offered: WishForm) -> str:
    said = text_of(form, name, 10)
    try:
        day = date.fromisoformat(said).isoformat()
    except ValueError:
        day = ""
    if not offered.first <= day <= offered.last:
        raise invalid(name, f"a date from {offered.first} to {offered.last}")
    return day


class Wished:
    """The page of a wish. Made per app. `version()`: of the files that it loads."""

    def __init__(self, templates: Templates, version: Callable[[], str]) -> None:
        self._templates, self._version = templates, version

    def ways(self) -> tuple[Way, ...]:
        return (
            Way(
                "GET", PATH, self.page, Open.ALL, "What is held for somebody who wished for an appointment",
                codes=("link_expired", "unknown_appointment", "too_many"), page=True, strangers=True, citizens=True,
            ),
            Way(
                "POST", PATH, self.act, Open.ALL, "Confirms an offer, or ends the wish, as a form: `act` is take or end",
                codes=("link_expired", "unknown_appointment", "not_allowed", "wrong_state", *CODES),
                page=True, strangers=True, citizens=True,
            ),
        )  # fmt: skip

    async def page(self, ask: Ask) -> Response:
        wishes, wish = await self._wish(ask)
        return self._drawn(ask, wish, await alive(ask, wishes, wish))

    async def act(self, ask: Ask) -> Response:
        wishes, wish = await self._wish(ask)
        form = await form_of(ask)
        kind = text_of(form, "act", 16)
        if kind == "end":
            await release_held(ask, await wishes.forget(wish.id), "")
            return self._drawn(ask, wish, [], over=True)
        if kind != "take":
            raise refuse("not_allowed", "this form does not do that")
        office = text_of(form, "office", 64)
        offer = next((one for one in await alive(ask, wishes, wish) if one.office == office), None)
        if offer is None or not await wishes.claim(wish.id, ask.site.clock.now_ms()):
            return self._drawn(ask, wish, await alive(ask, wishes, wish), problem="wish-gone")
        try:
            booked = await self._book(ask, wish, offer, key_of(form))
        except RefusedRequest:
            await wishes.let_go(wish.id)
            return self._drawn(ask, wish, await alive(ask, wishes, wish), problem="wish-gone")
        did = "mail" if await _reachable(ask, wishes, wish, offer, booked["id"]) else "no_mail"
        await release_held(ask, await wishes.forget(wish.id), offer.hold)
        path = f"/a/{booked['secret']}?lang={self._language(ask)}&did={did}"
        return RedirectResponse(path, 303, {"cache-control": "no-store"})

    async def _wish(self, ask: Ask) -> tuple[Wishes, Wish]:
        """The wish of the link; 410 for one that is over."""
        ask.site.limits.stranger(ask.address)
        id, wishes = ask.site.access.links.parse_wish(ask.values["secret"]), ask.site.wishes
        if id is None:
            ask.site.limits.guessed(ask.address)
            raise refuse("unknown_appointment", "no wish has this link")
        wish = None if wishes is None else await wishes.get(id)
        if wishes is None or wish is None or wish.office not in ask.site.desks:
            raise refuse("link_expired", "this wish is over")
        ask.values["office"] = wish.office
        ready(ask.desk)
        return wishes, wish

    async def _book(self, ask: Ask, wish: Wish, offer: Offer, key: str) -> Any:
        command = {
            "type": "book_appointment", "services": wish.services, "persons": wish.persons, "start": rfc3339(offer.start),
            "hold": offer.hold, "language": self._language(ask),
        }  # fmt: skip
        return (await _press(ask, offer.office, command, key))["appointment"]

    def _drawn(
        self, ask: Ask, wish: Wish, offers: list[Offer], *, over: bool = False, problem: str | None = None
    ) -> Response:
        say, office = partial(ask.site.say, self._language(ask)), ask.desk.state.office
        shown = []
        for one in offers:
            file = ask.site.desks[one.office].state.office
            at = when(one.start, say, file.time_zone)
            shown.append((one.office, _called(file), at, clock(one.until, file.time_zone)))
        query = ask.request.query_params
        return self._templates.page(
            "booking/wish.html",
            self._language(ask),
            409 if problem else 200,
            self._version(),
            office=office.id,
            name=office.name,
            spoken=office.languages,
            languages=ask.site.languages,
            named={plan.id: plan for plan in office.services},
            query="",
            key=token_urlsafe(12),
            wanted=wish,
            kept_minutes=OFFERED_MINUTES,
            offers=shown,
            sites=[_called(ask.site.desks[id].state.office) for id in wish.offices if id in ask.site.desks],
            over=over,
            noted=query.get("did") == "noted",
            ending=query.get("end") == "1",
            problem=problem,
        )

    def _language(self, ask: Ask) -> str:
        return page_language(ask.request, ask.site.languages)


async def alive(ask: Ask, wishes: Wishes, wish: Wish) -> list[Offer]:
    """The offers whose slot is still held."""
    found = []
    for one in await wishes.offered(wish.id):
        desk = ask.site.desks.get(one.office)
        if desk is not None and one.hold in desk.state.holds and one.until > desk.now():
            found.append(one)
    return found


async def release_held(ask: Ask, held: Any, but: str) -> None:
    for one in held:
        if one.hold != but and one.office in ask.site.desks:
            with suppress(RefusedRequest):  # an office that cannot be reached: its hold runs out
                await _press(ask, one.office, {"type": "release_slot", "hold": one.hold}, f"wish-end-{one.hold}")


async def _press(ask: Ask, office: str, command: dict[str, Any], key: str) -> Any:
    with ask.site.limits.press(PAGE):
        made = reading.converted(command)
        return (await pressed(ask.site, ask.site.desks[office], PAGE, made, key, When(None, None))).result


async def _reachable(ask: Ask, wishes: Wishes, wish: Wish, offer: Offer, appointment: str) -> bool:
    """The address of the wish becomes that of the appointment. False if that did not work: the booking stands."""
    desk = ask.site.desks[offer.office]
    try:
        contact = await wishes.contact(wish.id)
        if contact is None or ask.site.contacts is None:
            return False
        booked = Booked(
            office=offer.office,
            appointment=appointment,
            day=local_day(offer.start, desk.state.office.time_zone).isoformat(),
            start=offer.start,
            epoch=desk.state.epoch,
            seq=desk.state.seq,
        )
        await ask.site.contacts.put(booked, contact.mail, contact.language, desk.now())
    except (OSError, NoContactKey) as fault:
        _log.warning("a mail address was not kept", office=offer.office, reason=type(fault).__name__)
        return False
    return True
