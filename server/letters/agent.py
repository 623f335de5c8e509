"""The appointment agent: a slot that became free is offered to whoever wished for one, in order, as a hold in that office's log.

The hold keeps it from everybody else, so it is never offered to two. Owned by `post`, on the sending node of each office. After
a crash between a hold and its letter, another slot is offered, and that hold runs out by itself.
"""

from collections.abc import Awaitable, Callable, Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.json import encode

from server.letters.tables import letters
from server.letters.visits import fresh_letter
from server.messages.commands import AnyCommand, HoldSlot, ReleaseSlot
from server.messages.instants import MINUTE, millis
from server.messages.value import Value
from server.office.boards import Visitors, free_slots
from server.office.state import State
from server.persons.wishes import OFFERED_MINUTES, Offer, Wish, Wishes

WISHES = "wishes"
WHOLE_MS = MINUTE
"""How often free slots are looked for although nothing happened: a release of slots or a new day makes some."""
AT_ONCE = 20
"""The most offers of one office in one turn."""
LOOKED_AT = 200
"""The most wishes that are looked at in one turn."""

PressFor = Callable[[str, AnyCommand, str], Awaitable[dict[str, Any] | None]]
"""Office, command and key; the result, or None if it was refused."""


class OfferFact(Value):
    """What a letter says of an offer. No contact data."""

    hold: str
    start: int
    until: int
    services: tuple[str, ...]
    persons: int


class WishAgent:
    """`wanted(office)`: whether anybody wishes for a slot there, as of the last `look`."""

    def __init__(self, wishes: Wishes, press: PressFor) -> None:
        self._wishes, self._press = wishes, press
        self._every: list[Wish] = []
        self._looked: dict[str, tuple[tuple[str, int, int], int]] = {}

    def wanted(self, office: str) -> bool:
        return any(office in wish.offices for wish in self._every)

    async def look(self) -> None:
        self._every = await self._wishes.every()

    def resume(self, office: str) -> None:
        """This node takes over."""
        self._looked.pop(office, None)

    async def write_down(self, office: str, state: State, now: int) -> int:
        """Ends the offers that nobody confirmed, and makes new ones. Returns how many letters were written."""
        seen = (state.epoch, state.seq, len(self._every))
        last, at = self._looked.get(office, (None, 0))
        if last == seen and 0 <= now - at < WHOLE_MS:
            return 0
        held, passed = set(), False
        for one in await self._wishes.open_in(office):
            if one.hold in state.holds and one.until > now:
                held.add(one.wish)
            else:
                await self._wishes.pass_by(one, now)
                held.add(one.wish)  # its next turn comes with the next look
                passed = True
        done = told = 0
        waiting = [wish for wish in self._every if office in wish.offices and wish.id not in held]
        for wish in waiting[:LOOKED_AT]:
            if done < AT_ONCE and await self._offer(office, state, now, wish):
                done += 1
                told += not wish.code  # the phone desk looks for itself
        if passed:
            self._looked.pop(office, None)
        else:
            self._looked[office] = (seen, now)
        return told

    async def _offer(self, office: str, state: State, now: int, wish: Wish) -> bool:
        for start in fitting(state, now, wish):
            told = "|".join((wish.id, office, str(millis(start)), str(len(wish.passed))))
            key = f"wish-{sha256(told.encode()).hexdigest()[:32]}"
            command = HoldSlot(services=wish.services, start=start, persons=wish.persons, minutes=OFFERED_MINUTES)
            made = await self._press(office, command, key)
            if made is None:  # somebody was quicker
                continue
            fact = OfferFact(
                hold=made["hold"],
                start=millis(start),
                until=now + OFFERED_MINUTES * MINUTE,
                services=wish.services,
                persons=wish.persons,
            )
            offer = Offer(wish=wish.id, office=office, hold=fact.hold, start=fact.start, until=fact.until)
            letter = None if wish.code else letters.insert().values(letter_row(office, wish.id, fact, now))
            return await self._wishes.offer(offer, letter)
        return False

    async def refused(self, wish: str) -> None:
        """The mail server refuses the address for good: the wish ends, and what was held is free again."""
        for one in await self._wishes.forget(wish):
            await self._press(one.office, ReleaseSlot(hold=one.hold), f"wish-end-{one.hold}")


def fitting(state: State, now: int, wish: Wish) -> Iterator[datetime]:
    """The free slots that the wish asks for, and that were not offered before; the soonest first."""
    zone = ZoneInfo(state.office.time_zone)
    today = datetime.fromtimestamp(now / 1000, zone).date()
    first = max(today, date.fromisoformat(wish.first))
    days = (date.fromisoformat(wish.last) - first).days + 1
    plans = {plan.id for plan in state.office.services if plan.bookable and not plan.retired}
    if days <= 0 or not plans.issuperset(wish.services):
        return
    visitors, soonest = Visitors(wish.services, wish.persons), now + (OFFERED_MINUTES + 10) * MINUTE
    for ahead in range(days):
        for day in free_slots(state, now, visitors, first + timedelta(days=ahead), range(1)).days:
            for text in day.starts:
                start = datetime.fromisoformat(text)
                clock = start.astimezone(zone).strftime("%H:%M")
                passed = f"{state.office.id} {millis(start)}" in wish.passed
                if wish.begins <= clock < wish.ends and millis(start) > soonest and not passed:
                    yield start


def letter_row(office: str, wish: str, fact: OfferFact, now: int) -> dict[str, object]:
    """A letter as the outbox has it."""
    row = fresh_letter("|".join((office, wish, fact.hold)), now)
    body = encode(fact).decode()
    return row | {
        "office": office,
        "channel": WISHES,
        "alert": wish,
        "since": fact.start,
        "what": "offered",
        "body": body,
    }
