"""Whatever people press and whatever breaks, on each log: nothing acknowledged is missing, and nobody is at two counters."""

import asyncio
import contextlib
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyStrategyDefinition
from hypothesis.stateful import precondition, rule, run_state_machine_as_test
from msgspec.structs import replace

from server.desk import catching_up, desk, standing
from server.desk.turn import Turn
from server.log.memory_log import MemoryLog
from server.log.port import AppendAnswer, Appended, Row, Tail
from server.messages import events as e
from server.messages.facts import Ticket
from server.messages.instants import HOUR, MINUTE, SECOND
from server.office.evolve import evolve
from server.office.state import State
from tests.models import machine
from tests.models.machine import DeskMachine, decoded
from tests.models.valkey import ValkeyNodes
from tests.nodes.clock import HurryingLoop
from tests.nodes.node import Nodes

PASSES = [SECOND, 6 * SECOND, 40 * SECOND, 6 * MINUTE, HOUR, 9 * HOUR, 25 * HOUR]


class MemoryMachine(DeskMachine):
    """Controls time: hours and days pass, and the store loses entries, is cut off, is trimmed."""

    loop_factory = HurryingLoop
    make = Nodes

    @rule(ms=st.sampled_from(PASSES))
    def time_passes(self, ms: int) -> None:
        self.tick(ms)

    @rule(lost=st.integers(1, 5), again=st.booleans())
    def the_store_falls_back(self, lost: int, again: bool) -> None:
        """It comes back from an older copy of its disk; nodes still hold what it lost."""
        store, name = self.nodes.store, self.nodes.name
        opening = [row.seq for row in self.nodes.rows if isinstance(decoded(row), e.DayOpened)][-1]

        async def falls() -> None:
            await self.nodes.caught_up()
            store.lose(name, max(opening, store.tail(name).seq - lost))
            if again:
                store.restart()
            await self.nodes.settled()

        self.do(falls())

    @rule(seconds=st.sampled_from([0.01, 1.0, 7.0]))
    def the_store_is_away(self, seconds: float) -> None:
        async def away() -> None:
            self.nodes.store.go_away()
            await asyncio.sleep(seconds)
            self.nodes.store.come_back()

        self.do(away())

    @precondition(lambda self: len(self.nodes.desks) > 1)
    @rule(seconds=st.sampled_from([0.01, 1.0, 7.0]))
    def a_node_is_cut_off(self, seconds: float) -> None:
        async def off() -> None:
            desk = self.nodes.desks[-1]
            self.nodes.cut_off(desk)
            await asyncio.sleep(seconds)
            self.nodes.join(desk)

        self.do(off())

    @rule(node=st.integers(0, 5))
    def yesterday_is_trimmed(self, node: int) -> None:
        opening = [row.seq for row in self.nodes.rows if isinstance(decoded(row), e.DayOpened)][-1]
        desk = self._desk(node)
        self.do(self.nodes.logs[desk].note_checkpoint(self.nodes.name, opening))
        self.do(self.nodes.logs[desk].trim(self.nodes.name, opening))
        self.keys = [(key, command, seqs) for key, command, seqs in self.keys if seqs[0] >= opening]


class Numbers:
    """Takes the place of entropy: hypothesis lives a life again, and must find the same ids to choose from."""

    def __init__(self) -> None:
        self._random = Random(7)

    def token_hex(self, size: int) -> str:
        return self._random.randbytes(size).hex()


@pytest.mark.no_cover
def test_days_of_an_office_on_the_log_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    class Again(MemoryMachine):
        def __init__(self) -> None:
            numbers = Numbers()
            for module in (desk, catching_up):
                monkeypatch.setattr(module, "secrets", numbers)
            super().__init__()

    run_state_machine_as_test(Again, settings=settings(max_examples=40, stateful_step_count=40))


def test_an_hour_of_an_office_on_the_embedded_store(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same presses, races, lost answers and crashes with real time and with the comparison in Lua."""
    monkeypatch.setattr(standing, "QUIET_S", 0.05)  # only an answer is lost here, so a node need not wait long

    class ValkeyMachine(DeskMachine):
        make = staticmethod(lambda: ValkeyNodes(redis_url))

    run_state_machine_as_test(ValkeyMachine, settings=settings(max_examples=10, stateful_step_count=30))


def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Turn, "_settle", lambda turn, asked: False)


def no_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compares only numbers: of two that press at once, both are accepted."""

    def compare(self: MemoryLog, office: str, after: Tail, rows: list[Row]) -> AppendAnswer:
        tail = self.store.tail(office)
        kept = [row for row in self.store.rows[office] if row.seq <= after.seq]
        if tail.seq >= after.seq:
            self.store.rows[office] = kept + rows
        return Appended(self.store.tail(office), self.store.now_ms())

    monkeypatch.setattr(MemoryLog, "_compare_and_append", compare)


def pictures_without_people(monkeypatch: pytest.MonkeyPatch) -> None:
    put = State.put_ticket

    def half(state: State, ticket: Ticket) -> None:
        put(state, replace(ticket, boost=0))

    monkeypatch.setattr(machine, "evolve", evolving_with(half))


def evolving_with(put: Callable[[State, Ticket], None]) -> Callable[[State, e.Event, int, str], None]:
    def evolved(state: State, event: e.Event, seq: int, mark: str) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(State, "put_ticket", put)
            evolve(state, event, seq, mark)

    return evolved


def searched(search: settings, tried: type[MemoryMachine] = MemoryMachine) -> None:
    """What is broken may go on differently after the same steps; then the search begins again."""
    for _ in range(3):
        with contextlib.suppress(FlakyStrategyDefinition):
            run_state_machine_as_test(tried, settings=search)
            return


@pytest.mark.no_cover
@pytest.mark.parametrize("broken", [no_keys, no_marks, pictures_without_people])
def test_the_machine_finds_what_is_broken(
    broken: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is good enough: nobody has to tell it where to look."""
    broken(monkeypatch)
    search = settings(max_examples=1_000, stateful_step_count=40, database=None, phases=[Phase.generate])
    with pytest.raises((AssertionError, ExceptionGroup)):
        searched(search)
