"""What the phone desk finds over all offices by one line of text: free slots of a service, an appointment by its code, a number.

Asked by `routes/phone_desk.py`. Presses go between the days and offices that are looked through.
"""

import re
from asyncio import sleep
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from server.desk.desk import Desk
from server.messages.boards import Found
from server.messages.facts import Appointment
from server.messages.names import folded
from server.messages.office import ServicePlan
from server.office.boards import Visitors, Wanted, free_slots
from server.web.ask import Ask

LISTED = 9
"""So many slots, one per key from 1 to 9."""
DAYS, MOST_DAYS = 7, 28
"""A week at a time, at most four, until enough slots are found."""
SHORTEST = 3
"""This many letters anywhere in the name of a service mean it; fewer only at its beginning."""
NUMBERS = 5
"""The most numbers of one office that are listed."""


class OfficeSlots(NamedTuple):
    """What was asked for, in one office. `starts`: the next free slots there."""

    office: str
    who: Visitors
    starts: tuple[str, ...]


class FreeSlot(NamedTuple):
    """One free slot of one office."""

    office: str
    who: Visitors
    start: str


def bookable(desk: Desk) -> list[ServicePlan]:
    plans = desk.state.office.services
    return [plan for plan in plans if plan.bookable and not (plan.retired or plan.back_office)]


def meant(desk: Desk, text: str) -> tuple[str, ...]:
    """The services that a text names there, by letter, id or name, one per word. Empty if a word names none."""
    found = []
    for word in [one for one in re.split(r"[\s,+]+", text) if one]:
        plan = next(
            (plan for how in (_exact, _begins, _has) for plan in bookable(desk) if how(plan, folded(word))), None
        )
        if plan is None:
            return ()
        found.append(plan.id)
    return tuple(dict.fromkeys(found))


def _exact(plan: ServicePlan, word: str) -> bool:
    return word in (folded(plan.letter), folded(plan.id))


def _begins(plan: ServicePlan, word: str) -> bool:
    return any(folded(name).startswith(word) for name in plan.names.values())


def _has(plan: ServicePlan, word: str) -> bool:
    return len(word) >= SHORTEST and any(word in folded(name) for name in plan.names.values())


async def places(desks: Mapping[str, Desk], text: str, persons: int, first: date | None) -> list[OfficeSlots]:
    """Every office that has these services, with its next free slots; whoever has the first slot goes first."""
    found = []
    for office, desk in desks.items():
        if services := meant(desk, text):
            who = Visitors(services, persons, public=False)
            found.append(OfficeSlots(office, who, await next_free(desk, who, first, LISTED)))
    return sorted(found, key=lambda place: (not place.starts, place.starts[:1]))


async def next_free(desk: Desk, who: Visitors, first: date | None, most: int) -> tuple[str, ...]:
    starts: list[str] = []
    for week in range(0, MOST_DAYS, DAYS):
        for ahead in range(week, week + DAYS):
            days = free_slots(desk.state, desk.now(), who, first, range(ahead, ahead + 1)).days
            starts += [start for day in days for start in day.starts]
            await sleep(0)
            if len(starts) >= most:
                return tuple(starts[:most])
    return tuple(starts)


def soonest(found: Iterable[OfficeSlots]) -> list[FreeSlot]:
    """The first slots of all offices together. Instants of one form sort by time."""
    every = [FreeSlot(place.office, place.who, start) for place in found for start in place.starts]
    return sorted(every, key=lambda slot: slot.start)[:LISTED]


def by_code(desks: Mapping[str, Desk], text: str) -> tuple[str, Appointment] | None:
    """Office and appointment of a code, however it is typed: "ab2-c3d" is AB2C3D."""
    code = re.sub(r"[\W_]", "", text).upper()
    for office, desk in desks.items():
        if (name := desk.state.codes.get(code)) is not None:
            return office, desk.state.appointments[name]
    return None


async def numbers(ask: Ask, offices: Collection[str], text: str) -> dict[str, Found]:
    """By office, the numbers that a text with digits names."""
    found = {}
    if any(sign.isdecimal() for sign in text):
        for office in offices:
            actor = await ask.site.access.gate.actor(ask.asker, office) if ask.asker is not None else None
            if actor is None:
                continue
            made = ask.site.hub.found(office, Wanted(query=text, limit=NUMBERS), actor)
            if isinstance(made, Found) and made.tickets:
                found[office] = made
    return found
