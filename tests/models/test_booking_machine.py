"""Appointments on two nodes, whatever is booked, moved, cancelled and planned anew, and whatever breaks: no slot is sold twice,
no appointment is lost, and whoever finds no room any more is listed and told.

The same machine as for presses of all kinds, with more bookings and a notebook of them.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test
from msgspec.structs import replace

from server.desk import catching_up, desk
from server.desk.desk import Desk
from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM, Actor
from server.messages.instants import DAY, HOUR, MINUTE
from server.messages.office import WEEKDAYS, Hours
from server.office.boards.alerts import conditions
from server.office.boards.sight import BLIND
from server.office.hours import local
from server.office.slots import Overbooked, Slots
from server.office.state import State
from tests.models.book import Book
from tests.models.machine import chance, node_of
from tests.models.test_desk_machine import MemoryMachine, Numbers, searched
from tests.nodes.node import BOSS, MITTE
from tests.office.test_slots import Moment, judged

CITIZEN = Actor(role="booking", principal="booking:page")
SERVICES = (("ausweis",), ("meldung",), ("kfz",), ("ausweis", "meldung"))
TIGHT = replace(MITTE, appointments=replace(MITTE.appointments, walk_in_percent=60))
Booked = tuple[tuple[str, ...], int, int]


class Bookings(Book):
    """`booked`: services, persons and start of each appointment that somebody was told of and nobody cancelled. `cut`: whether
    plans changed after something was sold."""

    def __init__(self) -> None:
        super().__init__(TIGHT)
        self.booked: dict[str, Booked] = {}
        self.cut = False

    def _note(self, event: e.Event) -> None:
        super()._note(event)
        match event:
            case e.AppointmentBooked():
                assert event.appointment not in self.booked
                self.booked[event.appointment] = (event.services, event.persons, event.start)
            case e.AppointmentMoved():
                services, persons, _ = self.booked[event.appointment]
                self.booked[event.appointment] = (services, persons, event.start)
            case e.AppointmentCancelled():
                del self.booked[event.appointment]
            case e.RosterSet() | e.WalkInsSet() | e.OfficeConfigured():
                self.cut = True


class BookingMachine(MemoryMachine):
    """Nearly everybody wants the same hour of the next two days."""

    async def _open(self) -> None:
        self.nodes = type(self).make()
        self.nodes.office = TIGHT
        self.book = self.bookings = Bookings()
        first = await self.nodes.node()
        for command, key in ((c.ConfigureOffice(office=TIGHT), "office"), (c.OpenDay(), "")):
            self._noted(await first.submit(SYSTEM, command, key))
        self.bookings.cut = False
        await self.nodes.node()
        await self._hinted()

    @rule(node=node_of, random=chance, many=st.integers(1, 8))
    def people_book(self, node: int, random: Random, many: int) -> None:
        async def book() -> None:
            for _ in range(many):
                desk = self._desk(node)
                before, seen = self._without_room(desk), desk.today()
                answer = await desk.submit(
                    random.choice([CITIZEN, BOSS]), booking(random, desk.state), self.nodes.key()
                )
                self._noted(answer)
                await self.nodes.caught_up()
                assert desk.today() != seen or self._without_room(desk) <= before, "sold, and no room for it"

        self.do(book())

    @rule(random=chance)
    def two_want_the_same_slot_on_two_nodes(self, random: Random) -> None:
        async def both() -> None:
            wanted = booking(random, self._desk(0).state, random.choice([c.HoldSlot, c.BookAppointment]))
            for answer in await asyncio.gather(
                *(self._desk(n).submit(CITIZEN, wanted, self.nodes.key()) for n in (0, 1))
            ):
                self._noted(answer)

        self.do(both())

    @rule(node=node_of, random=chance)
    def the_plan_changes(self, node: int, random: Random) -> None:
        async def change() -> None:
            desk = self._desk(node)
            await self.nodes.caught_up()
            self._noted(await desk.submit(*planned_anew(random, desk), self.nodes.key()))

        self.do(change())

    async def _right(self) -> None:
        await super()._right()
        desk = self.nodes.desks[0]
        now, state = desk.now(), desk.state
        coming = {
            one.id: (one.services, one.persons, one.start) for one in state.appointments.values() if one.start > now
        }
        assert coming == {name: one for name, one in self.bookings.booked.items() if one[2] > now}, "lost, or not known"
        lacking = self._without_room(desk)
        for day in days_of(state, now):
            assert [*judged(Moment(state, now), day, lacking, held=False)] == [], "no room, and not listed"
            if not self.bookings.cut:
                assert [*judged(Moment(state, now), day)] == [], "sold twice"
        assert self.bookings.cut or not lacking
        assert self._told(state, now) == len(lacking), "listed, and staff are not told"

    @staticmethod
    def _without_room(desk: Desk) -> set[str]:
        """Of the days to come, also of today: whoever began to be served is not among them."""
        state, now = desk.state.copy(), desk.now()
        slots, today = Slots(state, now), local(state.office, now).date()
        found = {name for day in {today, *days_of(state, now)} for name, _ in slots.look_at(day).lacking}
        return {name for name in found if state.appointments[name].start > now}

    @staticmethod
    def _told(state: State, now: int) -> int:
        seen = state.copy()
        told = [conditions(seen, now, BLIND).get("overbooked") for _ in range(len(days_of(state, now)) + 2)][-1]
        return 0 if told is None else told.people or 0


def days_of(state: State, now: int) -> set[date]:
    """The days after today on which something is booked or held."""
    starts = [one.start for one in state.appointments.values()] + [one.start for one in state.holds.values()]
    days = {local(state.office, start).date() for start in starts}
    return {day for day in days if day > local(state.office, now).date()}


def start(random: Random, state: State) -> datetime:
    day = (state.at // DAY + random.choice([1, 2])) * DAY
    return datetime.fromtimestamp((day + 9 * HOUR + random.randrange(0, 60, 10) * MINUTE) / 1000, UTC)


def booking(random: Random, state: State, *kinds: Callable[..., c.Command]) -> c.Command:
    """What somebody with or without an appointment may press."""
    one, hold = (random.choice(sorted(there)) if there else None for there in (state.appointments, state.holds))
    made = (
        kinds
        or random.choices(
            [(c.BookAppointment,), (c.HoldSlot,), (c.MoveAppointment,), (c.CancelAppointment,), (c.ReleaseSlot,), ()],
            [30, 10, 12, 5, 3, 6],
        )[0]
    )
    if made == () and hold is not None:
        kept = state.holds[hold]
        at = datetime.fromtimestamp(kept.start / 1000, UTC)
        return c.BookAppointment(services=kept.services, persons=kept.persons, start=at, hold=hold)
    if made == (c.MoveAppointment,) and one is not None:
        return c.MoveAppointment(appointment=one, start=start(random, state))
    if made == (c.CancelAppointment,) and one is not None:
        return c.CancelAppointment(appointment=one)
    if made == (c.ReleaseSlot,) and hold is not None:
        return c.ReleaseSlot(hold=hold)
    new = c.HoldSlot if made == (c.HoldSlot,) else c.BookAppointment
    return new(services=random.choice(SERVICES), persons=random.randint(1, 4), start=start(random, state))


def planned_anew(random: Random, desk: Desk) -> tuple[Actor, c.Command]:
    """Fewer counters, or all again; more kept for walk-ins; other hours of every day."""
    state = desk.state
    day = local(state.office, int(start(random, state).timestamp() * 1000)).date().isoformat()
    kind = random.randrange(4)
    if kind == 0:
        spans = tuple(
            c.DutySpan(counter=one.id, from_="08:00", to=random.choice(["10:00", "18:00"]))
            for one in state.office.counters
            if random.random() < 0.4
        )
        return BOSS, c.SetRoster(day=day, duty=random.choice([spans, None]))
    if kind == 1:
        shares = (c.WalkInShare(percent=random.choice([0, 50, 90])),)
        return BOSS, c.SetWalkIns(date=day, shares=random.choice([shares, None]))
    hours = random.choice([TIGHT.hours, Hours(week=dict.fromkeys(WEEKDAYS, (("08:00", "10:30"),)))])
    return SYSTEM, c.ConfigureOffice(office=replace(state.office, revision=state.office.revision + 1, hours=hours))


def again(monkeypatch: pytest.MonkeyPatch) -> type[BookingMachine]:
    """A life is lived again with the same ids."""

    class Again(BookingMachine):
        def __init__(self) -> None:
            numbers = Numbers()
            for module in (desk, catching_up):
                monkeypatch.setattr(module, "secrets", numbers)
            super().__init__()

    return Again


@pytest.mark.no_cover
def test_capacity_is_never_exceeded_none_is_lost_and_each_without_room_is_listed_and_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run_state_machine_as_test(again(monkeypatch), settings=settings(max_examples=25, stateful_step_count=30))


def always_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Slots, "fits", lambda slots, who, start, but="": slots.open(who, start))


def nobody_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Slots, "look_at", lambda slots, day: Overbooked(slots.capacity(day), ()))


@pytest.mark.no_cover
@pytest.mark.parametrize("broken", [always_room, nobody_is_listed])
def test_the_machine_finds_what_is_broken(
    broken: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch)
    search = settings(max_examples=1_000, stateful_step_count=30, database=None, phases=[Phase.generate])
    with pytest.raises((AssertionError, ExceptionGroup)):
        searched(search, BookingMachine)
