"""The citizens: they come, take a ticket, wait, ask for time, leave, do not hear their call, come back."""

import asyncio
import contextlib
from collections import Counter
from typing import Any, Literal

from server.messages.commands import CancelTicket, IssueTicket, PauseTicket, ReturnTicket
from server.rehearsal.contract import Contract, Taken
from server.rehearsal.pace import Pace
from server.rehearsal.plan import Day, Person, Scene, Twist
from server.rehearsal.watch import Watch

FULL = 30
"""If this many people wait for a service, a newcomer leaves at once."""
KIOSK_S = 10.0
"""Seconds that the closing waits for tickets that are just being issued."""
STRANGER_MINUTES = 0.7
"""How long somebody who is in no plan (for example you) takes, as a share of the service's mean."""

GuestState = Literal["waiting", "called", "missed", "gone"]


class Guest:
    """Somebody with a ticket. `absent`: calls still to be missed; `minutes`: work still to do, per service."""

    def __init__(self, person: Person, ticket: str, number: str, *, ours: bool = True) -> None:
        self.person, self.ticket, self.number, self.ours = person, ticket, number, ours
        self.state: GuestState = "waiting"
        self.absent = person.absent
        self.minutes = dict(person.minutes)
        self._turn: Twist = person.turn
        self.was_called = asyncio.Event()
        self.was_missed = asyncio.Event()

    def called(self) -> Twist:
        """A counter called; returns what is unusual about this call, only once."""
        self.state = "called"
        self.was_called.set()
        turn, self._turn = self._turn, ""
        return turn

    def missed(self, *, for_good: bool) -> None:
        self.state = "missed" if for_good else "waiting"
        if for_good:
            self.was_missed.set()

    def work(self, services: tuple[str, ...]) -> float:
        """Minutes at a counter with these services."""
        return sum(minutes for name, minutes in self.minutes.items() if name in services) or sum(self.minutes.values())

    def served(self, left: tuple[str, ...]) -> None:
        """A counter has finished; `left`: the services for which the ticket goes on waiting."""
        self.minutes = {name: self.minutes.get(name, 5.0) for name in left}
        self.state = "waiting" if left else "gone"


class Crowd:
    """Everybody of the present day, by ticket. `told` counts what happened to them."""

    def __init__(self, contract: Contract, watch: Watch, pace: Pace, scene: Scene) -> None:
        self._contract, self._watch, self._pace = contract, watch, pace
        self._means = {wish.id: wish.minutes for wish in scene.services}
        self._guests: dict[str, Guest] = {}
        self._at_the_kiosk: set[asyncio.Task[Guest | None]] = set()
        self.told: Counter[str] = Counter()

    async def live(self, day: Day) -> None:
        """Runs the day's people, each in their own task, until the last one has left."""
        async with asyncio.TaskGroup() as visits:
            for person in day.people:
                await self._pace.until(person.arrives)
                visits.create_task(self._visit(person), name="visit")

    def of(self, ticket: dict[str, Any]) -> Guest:
        """The person with this ticket. Somebody who is not in this crowd behaves like most people."""
        known = self._guests.get(ticket["id"])
        if known is not None:
            return known
        services = tuple(ticket["services"])
        minutes = {name: STRANGER_MINUTES * self._means.get(name, 10.0) for name in services}
        person = Person(arrives=self._pace.now, services=services, minutes=minutes)
        guest = self._guests[ticket["id"]] = Guest(person, ticket["id"], ticket["number"], ours=False)
        return guest

    async def go_home(self) -> None:
        """The doors close: everybody of this crowd who still waits cancels the ticket, also one that is just being issued."""
        if self._at_the_kiosk:
            await asyncio.wait(self._at_the_kiosk, timeout=KIOSK_S)
        left = [guest for guest in self._guests.values() if guest.ours and guest.state != "gone"]
        self._guests.clear()
        for guest in left:
            await self._contract.press(CancelTicket(ticket=guest.ticket))

    # one visit

    async def _visit(self, person: Person) -> None:
        guest = await self._take_ticket(person)
        if guest is None:
            return
        await self._ask_for_time(guest)
        await self._lose_patience(guest)
        await self._come_back(guest)

    async def _take_ticket(self, person: Person) -> Guest | None:
        """Takes a ticket. A person who is told to leave while the press is on its way still gets it, and is noted with it."""
        if not self._welcome(person):
            self.told["turned_away"] += 1
            return None
        press = asyncio.create_task(self._issued(person), name="demo:issue")
        self._at_the_kiosk.add(press)
        press.add_done_callback(self._at_the_kiosk.discard)
        return await asyncio.shield(press)

    async def _issued(self, person: Person) -> Guest | None:
        taken = await self._contract.press(
            IssueTicket(
                services=person.services,
                category=person.category,
                needs=person.needs,
                persons=person.persons,
                language=person.language,
            )
        )
        if not isinstance(taken, Taken):
            self.told["turned_away"] += 1
            return None
        ticket = taken.result["ticket"]
        guest = self._guests[ticket["id"]] = Guest(person, ticket["id"], ticket["number"])
        self.told["issued"] += 1
        return guest

    def _welcome(self, person: Person) -> bool:
        """Whether a person stays: closed services and long lines send people home, although a clerk could issue a ticket."""
        found = [self._watch.service(name) for name in person.services]
        return all(one is None or (one.open and one.waiting < FULL) for one in found)

    async def _ask_for_time(self, guest: Guest) -> None:
        if guest.person.away is None:
            return
        after, length = guest.person.away
        if await self._within(guest.was_called, after):
            return
        if isinstance(await self._contract.press(PauseTicket(ticket=guest.ticket, minutes=20)), Taken):
            self.told["away"] += 1
            await self._pace.minutes(length)
            await self._contract.press(ReturnTicket(ticket=guest.ticket))

    async def _lose_patience(self, guest: Guest) -> None:
        patience = guest.person.patience
        if patience is None or await self._within(guest.was_called, patience):
            return
        if isinstance(await self._contract.press(CancelTicket(ticket=guest.ticket)), Taken):
            guest.state = "gone"
            self.told["left"] += 1

    async def _come_back(self, guest: Guest) -> None:
        """Comes to the reception after the last miss."""
        after = guest.person.comes_back
        if after is None or guest.state == "gone" or not await self._within(guest.was_missed, 600):
            return
        await self._pace.minutes(after)
        guest.absent = 0
        if isinstance(await self._contract.press(ReturnTicket(ticket=guest.ticket)), Taken):
            guest.state = "waiting"
            self.told["came_back"] += 1

    async def _within(self, event: asyncio.Event, minutes: float) -> bool:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), self._pace.seconds(minutes))
        return event.is_set()
