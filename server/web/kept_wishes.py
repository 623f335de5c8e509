"""Wishes that the phone desk keeps for people who are not told by mail: noted with a code, found again by it, and what is held
for them. Asked by `routes/phone_desk.py`; offered by the same agent, in the same order as those by mail.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

import structlog
from starlette.datastructures import FormData

from server.desk.desk import Desk
from server.messages.short_code import ALPHABET
from server.office.boards import Visitors
from server.persons.sealing import NoContactKey
from server.persons.wishes import CODE_SIGNS, Offer, TooManyWishes, Wish, Wishes, new_code
from server.web.ask import Ask
from server.web.phone_search import OfficeSlots
from server.web.refused import invalid, refuse, too_many
from server.web.routes.sign_in import key_of, text_of
from server.web.routes.slots import bookable
from server.web.routes.wishes import WishForm, alive, form_for, release_held, wish_of

LONGEST_PHONE = 40
_log = structlog.get_logger("aufruf.web")


class Freed(NamedTuple):
    """A slot that is held for a wish. `phone`: whom to call; without one they call again and name the code."""

    wish: Wish
    offer: Offer
    phone: str


def kept(ask: Ask) -> Wishes:
    if ask.site.wishes is None:
        raise refuse("not_allowed", "this server keeps no wishes")
    return ask.site.wishes


async def freed(ask: Ask, desks: Mapping[str, Desk]) -> list[Freed]:
    """What is held in these offices, what runs out first at the beginning. Nothing while the database is away."""
    try:
        found = await ask.site.wishes.at_desks([*desks]) if ask.site.wishes is not None else ()
        return [
            Freed(wish, offer, await phone_of(ask, wish))
            for wish, offer in found
            if offer.hold in desks[offer.office].state.holds and offer.until > desks[offer.office].now()
        ]
    except OSError as fault:
        _log.warning("freed slots are not shown", reason=type(fault).__name__)
        return []


async def phone_of(ask: Ask, wish: Wish) -> str:
    """Empty without a number, or without the key."""
    try:
        contact = await kept(ask).contact(wish.id)
    except NoContactKey as fault:
        _log.warning("a telephone number cannot be read", office=wish.office, reason=type(fault).__name__)
        return ""
    return "" if contact is None else contact.phone


async def by_code(ask: Ask, desks: Collection[str], text: str) -> Wish | None:
    """However it is typed, like the code of an appointment."""
    code = re.sub(r"[\W_]", "", text).upper()
    if ask.site.wishes is None or len(code) != CODE_SIGNS or not {*code} <= {*ALPHABET}:
        return None
    wish = await ask.site.wishes.by_code(code)
    return wish if wish is not None and {*wish.offices} & {*desks} else None


def form_of(ask: Ask, desks: Collection[str], offered: Sequence[OfficeSlots]) -> tuple[OfficeSlots, WishForm] | None:
    """Where somebody can wish for what was looked for, if nothing suits: the first office, and others with the same services."""
    if ask.site.wishes is None or not offered:
        return None
    ask.values["office"] = offered[0].office
    form = form_for(ask, offered[0].who)
    return offered[0], form._replace(sites=tuple(one for one in form.sites if one[0] in desks))


async def noted(ask: Ask, persons: int, form: FormData, desks: Collection[str]) -> Wish:
    """A press of the form. Pressed twice, it is one wish."""
    wanted = Visitors(bookable(ask.desk, text_of(form, "services", 400).split(",")), persons)
    phone = text_of(form, "phone", LONGEST_PHONE).strip()
    id = sha256(f"{ask.office}|{key_of(form)}".encode()).hexdigest()[:24]
    made = wish_of(ask, wanted, form, id, new_code(), desks)
    try:
        return await kept(ask).keep_at_desk(made, phone, ask.language)
    except ValueError:
        raise invalid("phone", "a telephone number, or nothing") from None
    except TooManyWishes:
        raise too_many(3600, "too many wishes of this number") from None
    except NoContactKey as fault:
        _log.warning("a wish was not kept", office=ask.office, reason=type(fault).__name__)
        raise refuse("store_unavailable", "the wish could not be kept; try again") from None


async def offer_of(ask: Ask, form: FormData, office: str) -> tuple[Wish, Offer] | None:
    """The wish that a form names, and what this office still holds for it."""
    wishes = kept(ask)
    wish = await wishes.get(text_of(form, "wish", 32))
    if wish is None or not wish.code:
        return None
    offer = next((one for one in await alive(ask, wishes, wish) if one.office == office), None)
    return None if offer is None else (wish, offer)


async def passed_by(ask: Ask, offer: Offer) -> None:
    """They were not reached, or do not want it: it is free again, and the next one in order gets it."""
    await kept(ask).pass_by(offer, ask.site.desks[offer.office].now())
    await release_held(ask, [offer], "")


async def ended(ask: Ask, form: FormData, desks: Collection[str]) -> None:
    wish = await kept(ask).get(text_of(form, "wish", 32))
    if wish is not None and wish.code and {*wish.offices} & {*desks}:
        await release_held(ask, await kept(ask).forget(wish.id), "")
