"""The machine: random presses at several nodes, lost answers, crashes, a store that loses entries; and what must always hold."""

import asyncio
from collections.abc import Callable, Coroutine
from random import Random
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from server.desk.desk import Desk
from server.desk.entry import Done, Reply
from server.log.port import Row
from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM
from server.messages.instants import HOUR, MINUTE, SECOND
from server.messages.problems import Refusal
from server.office.due import key_of, ticks
from server.office.evolve import evolve
from server.office.snapshot import freeze, thaw
from server.office.state import State
from tests.models.book import Book
from tests.nodes.life import press
from tests.nodes.node import BOSS, Nodes
from tests.nodes.picture import facts, same

T = TypeVar("T")
node_of = st.integers(0, 5)
chance = st.randoms(use_true_random=False)


class DeskMachine(RuleBasedStateMachine):
    """Two or three nodes on one store, and one notebook. Subclasses choose the store and the event loop."""

    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None
    make: Callable[[], Nodes]
    book: Book

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner(loop_factory=self.loop_factory)
        self.keys: list[tuple[str, c.Command, list[int]]] = []
        self.pictures: list[bytes] = []
        self.do(self._open())

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    async def _open(self) -> None:
        self.nodes = type(self).make()
        self.book = Book(self.nodes.office)
        first = await self.nodes.node()
        for command, key in ((c.ConfigureOffice(office=self.nodes.office), "office"), (c.OpenDay(), "")):
            self._noted(await first.submit(SYSTEM, command, key))
        await self.nodes.node()
        await self._hinted()

    async def _hinted(self) -> None:
        """Notes where a fold may start, as a tender does."""
        await self.nodes.caught_up()
        desk = self.nodes.desks[0]
        await desk._log.note_checkpoint(self.nodes.name, desk.checkpoints[-1][0])

    def teardown(self) -> None:
        try:
            self.do(self._whole())
        finally:
            self.do(self.nodes.close())
            self.runner.close()

    def _desk(self, number: int) -> Desk:
        return self.nodes.desks[number % len(self.nodes.desks)]

    # what people do

    @rule(node=node_of, random=chance)
    def somebody_presses(self, node: int, random: Random) -> None:
        self.do(self._press(self._desk(node), random))

    @rule(node=node_of, random=chance)
    def the_answer_is_lost(self, node: int, random: Random) -> None:
        """Written, but the answer to the desk is cut off: the key finds out what happened to the press."""
        self.nodes.cut_next_answer(self._desk(node))
        self.do(self._press(self._desk(node), random))

    @rule(random=chance, other=chance)
    def two_press_at_once(self, random: Random, other: Random) -> None:
        async def both() -> None:
            makers = [(self._desk(0), random), (self._desk(1), other)]
            pressed = [(desk, press(chance, desk.state), self.nodes.key()) for desk, chance in makers]
            answers = await asyncio.gather(*(desk.submit(BOSS, command, key) for desk, command, key in pressed))
            self.book.note(entry for answer in answers if isinstance(answer, Done) for entry in answer.entries)
            for (_, command, key), answer in zip(pressed, answers, strict=True):
                self._remember(command, key, answer)

        self.do(both())

    @rule(random=chance)
    def the_same_press_on_two_nodes(self, random: Random) -> None:
        async def both() -> None:
            command, key = press(random, self._desk(0).state), self.nodes.key()
            answers = await asyncio.gather(*(self._desk(n).submit(BOSS, command, key) for n in (0, 1)))
            told = [answer for answer in answers if isinstance(answer, Done) and answer.entries]
            assert len({tuple(entry.seq for entry in one.entries) for one in told}) <= 1, "one press, decided twice"
            assert sum(not one.replayed for one in told) <= 1
            for answer in answers:
                self._noted(answer)
            self._remember(command, key, told[0] if told else answers[0])

        self.do(both())

    @precondition(lambda self: self.keys)
    @rule(node=node_of, pick=st.integers(0, 200))
    def an_old_press_is_sent_again(self, node: int, pick: int) -> None:
        """By a phone that got no answer: it gets the first answer, and nothing new happens."""

        async def again() -> None:
            key, command, seqs = self.keys[pick % len(self.keys)]
            before = len(await self.nodes.history())
            answer = await self._desk(node).submit(BOSS, command, key)
            assert isinstance(answer, Done), answer
            assert answer.replayed
            assert [entry.seq for entry in answer.entries] == seqs
            assert len(await self.nodes.history()) == before

        self.do(again())

    # what happens to nodes

    @rule(node=node_of, random=chance, turns=st.integers(0, 30))
    def a_node_dies_while_somebody_presses(self, node: int, random: Random, turns: int) -> None:
        """Its caller goes to another node with the same key: whatever happened before, it happens once."""

        async def dies() -> None:
            desk = self._desk(node)
            command, key = press(random, desk.state), self.nodes.key()
            pressed = asyncio.ensure_future(desk.submit(BOSS, command, key))
            for _ in range(turns):
                await asyncio.sleep(0)
            await self.nodes.crash(desk)
            if pressed.done():
                self._noted(pressed.result())
            pressed.cancel()
            await self.nodes.node()
            answer = await self._desk(node).submit(BOSS, command, key)
            self._noted(answer)
            self._remember(command, key, answer)

        self.do(dies())

    @rule(node=node_of)
    def a_node_is_restarted(self, node: int) -> None:
        async def restarted() -> None:
            desk = self._desk(node)
            await desk.stop()
            await self.nodes.crash(desk)
            await self.nodes.node()

        self.do(restarted())

    @rule(node=node_of)
    def a_picture_is_kept(self, node: int) -> None:
        self.pictures.append(freeze(self._desk(node).state))

    # what must always hold

    @invariant()
    def what_was_acknowledged_is_there_and_the_notebook_is_right(self) -> None:
        self.do(self._right())

    async def _right(self) -> None:
        await self.nodes.caught_up()
        rows = await self.nodes.history()
        self._nothing_missing(rows)
        one = self.nodes.desks[0].state
        for desk in self.nodes.desks:
            assert facts(desk.state) == facts(one)
            self._nobody_twice(desk.state)
        living = {
            t.id: (t.number, t.state, t.counter if t.state in ("called", "serving") else None) for t in alive(one)
        }
        assert living == self.book.living()

    def _nothing_missing(self, rows: list[Row]) -> None:
        there = {row.seq: row.mark for row in rows}
        assert list(there) == list(range(rows[0].seq, rows[0].seq + len(rows))), "no gaps"
        kept = {seq: mark for seq, mark in self.book.taken.items() if seq >= rows[0].seq}
        assert kept.items() <= there.items(), "acknowledged, and not in the log"
        assert not any(isinstance(event, e.EpochChanged) and event.reason == "fork" for event in map(decoded, rows))

    @staticmethod
    def _nobody_twice(state: State) -> None:
        held = [(t.counter, t.id) for t in alive(state) if t.state in ("called", "serving")]
        assert sorted(held) == sorted((n.id, n.ticket) for n in state.counters.values() if n.ticket is not None)
        assert len({counter for counter, _ in held}) == len(held), "two people at one counter"
        numbers = [t.number for t in alive(state)]
        assert len(set(numbers)) == len(numbers), "one number, two people"

    async def _whole(self) -> None:
        """A new fold of the log alone, and one from every snapshot with the entries after it, give the same boards."""
        await self.nodes.caught_up()
        desk = self.nodes.desks[0]
        fresh = await self.nodes.node()
        times = tuple(desk.state.at + ms for ms in (0, 11 * SECOND, 40 * SECOND, 11 * MINUTE, 2 * HOUR))
        same(fresh.state, desk.state, *times)
        rows = await self.nodes.history()
        for picture in self.pictures:
            state = thaw(picture)
            assert state is not None
            if state.seq + 1 >= rows[0].seq:
                for row in rows[max(0, state.seq + 1 - rows[0].seq) :]:
                    evolve(state, decoded(row), row.seq, row.mark)
                same(state, desk.state, *times)

    # the notebook

    async def _press(self, desk: Desk, random: Random) -> None:
        command, key = press(random, desk.state, [one for one, _, _ in self.keys]), self.nodes.key()
        sure = self.book.surely_next(command.counter) if isinstance(command, c.CallNext) else []
        answer = await desk.submit(BOSS, command, key)
        self._believable(command, answer, sure)
        self._noted(answer)
        self._remember(command, key, answer)

    def _believable(self, command: c.Command, answer: Reply, sure: list[str]) -> None:
        """What the notebook knows about calling: a refusal had a reason, and nobody is left out."""
        if isinstance(answer, Refusal):
            assert answer.code != "fault", answer
        if not isinstance(command, c.CallNext):
            return
        if isinstance(answer, Refusal) and answer.code == "counter_busy":
            assert self.book.at(command.counter)
        elif isinstance(answer, Refusal) and answer.code == "counter_closed":
            assert command.counter not in self.book.opened
        elif isinstance(answer, Done) and answer.result["ticket"] is None:
            assert not sure, f"nobody was found for counter {command.counter}, and {sure} wait"

    def _noted(self, answer: Reply) -> None:
        if isinstance(answer, Done):
            self.book.note(answer.entries)

    def _remember(self, command: c.Command, key: str, answer: Reply) -> None:
        if isinstance(answer, Done) and answer.entries:
            self.keys.append((key, command, [entry.seq for entry in answer.entries]))

    # time, for machines that control it

    def tick(self, ms: int) -> None:
        """Time passes; both nodes look at the clock at the same moment, and what is due happens once."""

        async def passes() -> None:
            self.nodes.clock.advance(ms)
            await asyncio.sleep(1.1)
            for _ in range(4):
                due = [one for one in ticks(self._desk(0).state) if one.due <= self._desk(0).now()]
                if not due:
                    return
                for one in due:
                    for answer in await asyncio.gather(
                        *(self._desk(n).submit(SYSTEM, one, key_of(one)) for n in (0, 1))
                    ):
                        self._noted(answer)
                await self._hinted()
            raise AssertionError(f"always due: {due}")

        self.do(passes())
        self.keys = [one for one in self.keys if self._still_kept(one[0])]

    def _still_kept(self, key: str) -> bool:
        return (BOSS.principal, key) in self._desk(0).state.keys


def alive(state: State) -> list[Any]:
    return [
        t for t in state.tickets.values() if t.state in ("waiting", "called", "serving", "parked", "away", "missed")
    ]


def decoded(row: Row) -> e.Event:
    return e.decode(row.body)
