"""No append on a history that the client has not folded: random appends, losses, restores and cut answers on several nodes."""

import asyncio
import itertools
from collections.abc import Iterable
from typing import Literal

import msgspec
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from server.log.memory_log import MemoryLog
from server.log.memory_store import MemoryStore
from server.log.port import EMPTY, AppendAnswer, Appended, Behind, Conflict, NotContinuous, Row, StoreUnavailable, Tail

OFFICE = "mitte"

Deed = Literal["append", "compare", "follow", "put_back", "lose", "cut", "trim"]


class Step(msgspec.Struct, frozen=True):
    """One thing that happens: what, on which node, how much."""

    deed: Deed
    node: int
    amount: int


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(["append", "append", "compare", "follow", "follow", "put_back", "lose", "cut", "trim"]),
        st.integers(0, 1),
        st.integers(0, 4),
    ),
    max_size=60,
)


class ForkedHistory(AssertionError):
    """The log accepted an append from a node that had folded something else."""


class Node:
    """A client like the desk: it keeps what it folded, and appends only after that."""

    def __init__(self, log: MemoryLog, marks: Iterable[str]) -> None:
        self.log = log
        self.store = log.store
        self.folded: list[Row] = []
        self._marks = iter(marks)

    @property
    def tail(self) -> Tail:
        return self.folded[-1].tail if self.folded else EMPTY

    async def append(self, count: int) -> None:
        mark = next(self._marks)
        rows = [Row(seq, mark, b"%d" % seq) for seq in range(self.tail.seq + 1, self.tail.seq + count + 1)]
        before = list(self.store.rows[OFFICE])
        try:
            answer = await self.log.append(OFFICE, self.tail, mark, [row.body for row in rows])
        except StoreUnavailable:
            await self.follow()  # rule 7: read before anything else
            return
        if isinstance(answer, Appended):
            self._expect_to_have_folded(before)
            self.folded += rows
        else:
            await self.follow()

    async def follow(self) -> None:
        while True:
            try:
                rows = await self.log.follow(OFFICE, self.tail, 3)
            except NotContinuous:
                self.folded = await self.log.read(OFFICE, 0, 1000)
                return
            if not rows:
                return
            self.folded += rows

    async def put_back(self) -> None:
        """Restores what the store lost, if everything it still has is a prefix of what this node holds."""
        tail, _ = await self.log.tail(OFFICE)
        missing = [row for row in self.folded if row.seq > tail.seq]
        if not missing or tail not in [EMPTY, *(row.tail for row in self.folded)] or missing[0].seq != tail.seq + 1:
            return
        before = list(self.store.rows[OFFICE])
        answer = await self.log.put_back(OFFICE, tail, missing)
        if isinstance(answer, Appended):
            self._expect_to_have_folded(before)

    def _expect_to_have_folded(self, rows: list[Row]) -> None:
        mine = {row.seq: row for row in self.folded}
        if any(mine.get(row.seq, row) != row for row in rows) or (rows and rows[-1].seq not in mine):
            raise ForkedHistory(rows)


async def live(log_class: type[MemoryLog], steps: Iterable[Step]) -> None:
    """Two nodes on one store take `steps`. Raises ForkedHistory if the log allowed one."""
    store = MemoryStore()
    marks = (f"mark{number:08}" for number in itertools.count())
    nodes = [Node(log_class(store), marks) for _ in range(2)]
    for step in steps:
        node = nodes[step.node]
        match step.deed:
            case "append":
                await node.append(step.amount)
            case "compare":
                await node.append(0)
            case "follow":
                await node.follow()
            case "put_back":
                await node.put_back()
            case "lose":
                store.lose(OFFICE, store.tail(OFFICE).seq - step.amount)
            case "cut":
                store.cut_next_answer()
                await node.append(step.amount)
            case "trim":
                await node.log.trim(OFFICE, store.tail(OFFICE).seq - step.amount)
        seqs = [row.seq for row in store.rows[OFFICE]]
        assert seqs == list(range(seqs[0], seqs[0] + len(seqs))) if seqs else True


@pytest.mark.no_cover
@settings(max_examples=300)
@given(STEPS)
def test_no_append_lands_on_a_history_its_node_has_not_folded(steps: list[Step]) -> None:
    asyncio.run(live(MemoryLog, steps))


class NumbersOnly(MemoryLog):
    """A log that breaks one rule: it compares numbers and ignores the marks."""

    def _compare_and_append(self, office: str, after: Tail, rows: list[Row]) -> AppendAnswer:
        tail = self.store.tail(office)
        return super()._compare_and_append(office, tail if tail.seq == after.seq else after, rows)


class BlindFollow(MemoryLog):
    """A log that breaks another rule: it returns what comes after a number, whoever wrote that number."""

    async def follow(self, office: str, after: Tail, limit: int) -> list[Row]:
        return await self.read(office, after.seq, limit)


# A appends 1; the store loses it; B writes another 1; A goes on with 2.
SAME_NUMBER = [Step("append", 0, 1), Step("lose", 0, 1), Step("append", 1, 1), Step("append", 0, 1)]
# The same, but B writes two, so that A finds itself behind, reads on, and then appends.
OVERTAKEN = [
    *(Step("append", 0, 1), Step("lose", 0, 1), Step("append", 1, 2)),
    *(Step("append", 0, 1), Step("append", 0, 1)),
]


@pytest.mark.parametrize(("broken", "story"), [(NumbersOnly, SAME_NUMBER), (BlindFollow, OVERTAKEN)])
async def test_without_its_rule_the_log_forks_silently(broken: type[MemoryLog], story: list[Step]) -> None:
    """This is what marks are for: the same stories are safe with the rule, and fork without it."""
    await live(MemoryLog, story)

    with pytest.raises(ForkedHistory):
        await live(broken, story)


@pytest.mark.parametrize("broken", [NumbersOnly, BlindFollow])
def test_the_property_finds_the_broken_log_by_itself(broken: type[MemoryLog]) -> None:
    """The search is good enough: it finds the forks without knowing the stories."""

    with asyncio.Runner() as runner:

        def forks(steps: list[Step]) -> bool:
            try:
                runner.run(live(broken, steps))
            except (
                ForkedHistory,
                ValueError,
            ):  # a node that followed blindly may have a gap, and cannot put its rows back
                return True
            return False

        search = settings(max_examples=5000, database=None, phases=[Phase.generate])
        assert find(STEPS, forks, settings=search)


async def test_a_store_that_lost_entries_takes_them_back_from_a_node_that_holds_them() -> None:
    store = MemoryStore()
    marks = (f"mark{number:08}" for number in itertools.count())
    node = Node(MemoryLog(store), marks)
    await node.append(3)
    await node.append(2)
    held = list(store.rows[OFFICE])

    store.lose(OFFICE, 1)
    await node.put_back()

    assert store.rows[OFFICE] == held


async def test_rows_of_a_fork_are_never_put_back() -> None:
    """Another node has written meanwhile: the comparison refuses, whatever the restoring node believes."""
    store = MemoryStore()
    log = MemoryLog(store)
    await log.append(OFFICE, EMPTY, "a" * 12, [b"1", b"2"])
    held = list(store.rows[OFFICE])
    store.lose(OFFICE, 1)
    await log.append(OFFICE, held[0].tail, "b" * 12, [b"other 2"])

    assert isinstance(await log.put_back(OFFICE, held[0].tail, held[1:]), Behind)
    assert isinstance(await log.put_back(OFFICE, held[1].tail, []), Conflict)
    assert [row.body for row in store.rows[OFFICE]] == [b"1", b"other 2"]
