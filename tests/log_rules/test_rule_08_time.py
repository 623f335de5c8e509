"""Rule 8: time is the store's and never goes back; what becomes due happens once, however many nodes look at the clock."""

import asyncio
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from server.clock import StoreClock
from server.desk.desk import Desk
from server.desk.tend import Tender
from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM
from server.messages.commands import Tick
from server.messages.instants import HOUR, MINUTE, SECOND
from server.office import decide, due
from server.office.decide.press import Case, Press, Rules
from server.office.decide.tick import BY_KIND
from server.office.state import State
from tests.nodes.clock import hurry
from tests.nodes.node import Nodes, done, opened

Break = Callable[[pytest.MonkeyPatch], None]


async def tended(nodes: Nodes, *desks: Desk) -> list[Tender]:
    tenders = [Tender(desk, nodes.logs[desk], nodes.office) for desk in desks]
    for tender in tenders:
        await tender.start()
    return tenders


# Once


async def things_happen_once() -> None:
    """Two nodes look at the clock at the same moments: an away pause ends, a timed move ends, a day ends, once each."""
    async with opened() as (nodes, one):
        two = await nodes.node()
        away = await nodes.ticket(one)
        ticket = away.result["ticket"]["id"]
        done(await nodes.press(one, c.PauseTicket(ticket=ticket, minutes=5)))
        done(await nodes.press(one, c.OpenCounter(counter="1")))
        soon = datetime.fromtimestamp((one.now() + MINUTE) / 1000, UTC)
        done(await nodes.press(one, c.CloseService(service="kfz", until=soon)))
        tenders = await tended(nodes, one, two)
        for passed in (2 * MINUTE, 5 * MINUTE, 16 * HOUR):
            nodes.clock.advance(passed)
            await asyncio.sleep(3)
        for tender in tenders:
            await tender.stop()

        happened = [type(event) for event in nodes.events]
        for kind in (e.TicketReturned, e.ServiceOpened, e.DayClosed, e.TicketExpired):
            assert happened.count(kind) == 1, kind
        assert happened.count(e.DayOpened) == 2, "yesterday and today"
        assert [event.at for event in nodes.events] == sorted(event.at for event in nodes.events)


def test_what_falls_due_happens_once_on_two_nodes() -> None:
    hurry(things_happen_once())


def pressed_blindly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock is a separate press, and what is due is done even if it was done already."""

    async def press_due(tender: Tender) -> None:
        desk = tender._desk
        now_due = [tick for tick in due.ticks(desk.state) if tick.due <= desk.now()]
        await asyncio.sleep(0.01)  # what another node appends meanwhile is not known yet
        for tick in now_due:
            await desk.submit(SYSTEM, tick, secrets.token_hex(8))

    def tick(case: Case, command: Tick) -> None:
        BY_KIND[command.kind](case, command.id)

    monkeypatch.setattr(Tender, "_press_due", press_due)
    rules: Rules = {**decide.RULES, Tick: tick}
    monkeypatch.setattr(decide, "RULES", rules)


def test_ticks_without_key_and_without_a_look_at_the_state_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    pressed_blindly(monkeypatch)
    with pytest.raises(AssertionError):
        hurry(things_happen_once())


async def what_ended_stays_ended() -> None:
    """A set of moves is taken back after a part of it ended by itself: this part does not start again for ever."""
    async with opened() as (nodes, desk):
        soon, later = (datetime.fromtimestamp((desk.now() + ms) / 1000, UTC) for ms in (MINUTE, 5 * MINUTE))
        done(await nodes.press(desk, c.CloseService(service="kfz", until=soon)))
        done(await nodes.press(desk, c.BoostService(service="kfz", minutes=10, until=soon)))
        done(await nodes.press(desk, c.AssignCounter(counter="1", services=("urkunden",), until=soon)))
        moves = (c.LimitService(service="kfz", tickets=3), c.AssignCounter(counter="1", services=("meldung",)))
        done(await nodes.press(desk, c.ApplyMoves(moves=moves, until=later)))
        before = desk.state.places["1"].services
        (tender,) = await tended(nodes, desk)
        for _ in range(3):
            nodes.clock.advance(3 * MINUTE)
            await asyncio.sleep(2)
        await tender.stop()

        service, counter = desk.state.services["kfz"], desk.state.counters["1"]
        assert (service.closed, service.boost, service.limit) == (False, 0, None)
        assert (counter.services, counter.assignment) == (before, None)
        assert [tick for tick in due.ticks(desk.state) if tick.due <= desk.now()] == []


def test_what_has_ended_by_itself_does_not_begin_again() -> None:
    hurry(what_ended_stays_ended())


# Never back


async def never_back() -> None:
    """The store's clock is set back a little, many times; the instants in the log are not."""
    async with opened() as (nodes, desk):
        for step in (0, -900, -900, 400, -3_000, 0):
            nodes.store.step_clock(step)
            await nodes.ticket(desk)
            await asyncio.sleep(1.1)

        times = [event.at for event in nodes.events]
        assert times == sorted(times)
        assert desk.state.at == times[-1]


def as_the_clock_says(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = Case.__init__

    def begun(case: Case, state: State, command: c.Command, press: Press) -> None:
        begin(case, state, command, press)
        case.now = press.now

    monkeypatch.setattr(Case, "__init__", begun)


def test_the_log_s_time_never_goes_back() -> None:
    hurry(never_back())


def test_instants_as_the_clock_says_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    as_the_clock_says(monkeypatch)
    with pytest.raises(AssertionError):
        hurry(never_back())


# A jump is noticed, not followed


async def a_jump_is_asked_about() -> None:
    """The store's clock jumps by an hour: nobody's pause ends because of it, and it is reported."""
    async with opened() as (nodes, desk):
        away = await nodes.ticket(desk)
        done(await nodes.press(desk, c.PauseTicket(ticket=away.result["ticket"]["id"], minutes=30)))
        tenders = await tended(nodes, desk)
        before = desk.now()
        nodes.store.step_clock(HOUR)
        await asyncio.sleep(3)
        await nodes.ticket(desk)
        for tender in tenders:
            await tender.stop()

        assert desk.clock_jump is not None
        assert abs(desk.clock_jump - HOUR) <= SECOND
        assert desk.now() - before < 10 * SECOND
        assert not any(isinstance(event, e.TicketReturned) for event in nodes.events)


def test_a_jump_of_the_store_s_clock_is_seen_and_not_obeyed() -> None:
    hurry(a_jump_is_asked_about())


def test_obeying_every_jump_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StoreClock, "JUMP", 10**12)
    with pytest.raises(AssertionError):
        hurry(a_jump_is_asked_about())


# The store's, not the node's


async def one_time_for_all() -> None:
    """A node whose own clock is three hours ahead presses with the store's time like all others."""
    async with opened() as (nodes, desk):
        fast = nodes.made(machine=Ahead(nodes, 3 * HOUR))
        await fast.start()
        await nodes.caught_up(fast)
        before = nodes.clock.now_ms()
        pressed = await nodes.ticket(fast)

        assert 0 <= pressed.entries[0].event.at - before < SECOND
        assert abs(fast.now() - desk.now()) < SECOND


class Ahead:
    """A machine whose clock is wrong."""

    def __init__(self, nodes: Nodes, ms: int) -> None:
        self._nodes, self._ms = nodes, ms

    def now_ms(self) -> int:
        return self._nodes.clock.now_ms() + self._ms

    def monotonic(self) -> float:
        return self._nodes.clock.monotonic()


class Stepped:
    """A machine whose own clock is set by somebody."""

    def __init__(self) -> None:
        self.wall, self.running = 1_000_000, 0.0

    def now_ms(self) -> int:
        return self.wall

    def monotonic(self) -> float:
        return self.running


def test_a_machine_s_own_clock_may_be_set_without_anybody_noticing() -> None:
    """The store's time counts: no jump is reported, and the node's time stays the same."""
    machine = Stepped()
    clock = StoreClock(machine)
    clock.heard(5_000_000)
    machine.wall += 3 * HOUR
    machine.running += 2.0

    assert clock.now_ms() == 5_002_000
    clock.heard(5_002_010)
    assert (clock.now_ms(), clock.jumped) == (5_002_010, None)


def test_now_is_the_store_s_clock() -> None:
    hurry(one_time_for_all())


def test_a_node_s_own_clock_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StoreClock, "heard", lambda clock, store_ms: None)
    with pytest.raises(AssertionError):
        hurry(one_time_for_all())
