"""Rule 1: a batch is appended only if the store's tail is the one that the node has folded: same seq and same mark."""

import asyncio
from pathlib import Path
from random import Random

import msgspec
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from server.desk.desk import Desk
from server.log import redis_log
from server.log.memory_log import MemoryLog
from server.log.port import EMPTY, AppendAnswer, Appended, Conflict, Row, Tail
from server.log.redis_log import RedisLog
from server.log.script import Script
from tests.nodes.clock import hurry
from tests.nodes.node import Nodes, opened

OFFICE = "mitte"


class Watched(MemoryLog):
    """Checks every append that the store accepts: has the appending desk folded what comes before it?"""

    desk: Desk | None = None
    forks = 0

    def _compare_and_append(self, office: str, after: Tail, rows: list[Row]) -> AppendAnswer:
        before = list(self.store.rows[office])
        answer = super()._compare_and_append(office, after, rows)
        if isinstance(answer, Appended) and rows and self.desk is not None:
            held = self.desk._fold.held  # since the day was opened
            there = [row for row in before if row.seq >= held[0].seq]
            self.forks += there != [row for row in held if row.seq < rows[0].seq]
        return answer


class NumbersOnly(Watched):
    """Without the rule: accepts an append for the right number, whoever wrote that number."""

    def _compare_and_append(self, office: str, after: Tail, rows: list[Row]) -> AppendAnswer:
        tail = self.store.tail(office)
        return super()._compare_and_append(office, tail if tail.seq == after.seq else after, rows)


class Step(msgspec.Struct, frozen=True):
    """Citizens come to one node; then the store loses some entries, and `pause` ms pass."""

    node: int
    tickets: int
    lost: int
    pause: int = 0


def steps_of(pauses: list[int]) -> st.SearchStrategy[list[Step]]:
    """Usually the store loses exactly what was written last: then the other node may well write the same numbers."""
    tickets = st.sampled_from([0, 1, 1, 1, 2])
    amount = tickets.flatmap(lambda n: st.tuples(st.just(n), st.sampled_from([0, n, n, 1, 4])))
    step = st.builds(
        lambda node, n, pause: Step(node, n[0], n[1], pause), st.integers(0, 1), amount, st.sampled_from(pauses)
    )
    return st.lists(step, min_size=3, max_size=10)


async def promise(log_class: type[Watched], steps: list[Step]) -> None:
    """Two nodes serve an office whose store sometimes loses its newest entries: no append on entries they have not folded."""
    async with opened(log_class) as (nodes, first):
        desks = [first, await nodes.node()]
        for desk in desks:
            vars(nodes.logs[desk])["desk"] = desk
        opening = len(nodes.rows)
        for step in steps:
            await citizens(nodes, desks[step.node], step.tickets)
            if step.lost:
                nodes.store.lose(OFFICE, max(opening, nodes.store.tail(OFFICE).seq - step.lost))
            await asyncio.sleep(step.pause / 1000)

        assert sum(log.forks for log in nodes.logs.values() if isinstance(log, Watched)) == 0


async def citizens(nodes: Nodes, desk: Desk, tickets: int) -> None:
    """Some get their answer, some leave before it comes."""
    pressed = [asyncio.ensure_future(nodes.ticket(desk)) for _ in range(tickets)]
    if pressed:
        await asyncio.wait(pressed, timeout=3)
    for one in pressed:
        one.cancel()
    await asyncio.gather(*pressed, return_exceptions=True)


@pytest.mark.no_cover
@settings(max_examples=60)
@given(steps_of([0, 0, 10, 1_500, 90_000]))
def test_no_append_lands_on_a_history_its_node_has_not_folded(steps: list[Step]) -> None:
    hurry(promise(Watched, steps))


# One node issues a number that the store then loses; the other writes another entry with this number; the first goes on.
SAME_NUMBER = [Step(0, 1, 1), Step(1, 1, 0), Step(0, 1, 0)]


def test_compared_by_number_alone_a_history_forks_silently() -> None:
    with pytest.raises(AssertionError):
        hurry(promise(NumbersOnly, SAME_NUMBER))


def test_the_search_finds_a_log_that_compares_numbers_only() -> None:
    """The search is good enough: it finds the story by itself."""

    def forks(steps: list[Step]) -> bool:
        try:
            hurry(promise(NumbersOnly, steps))
        except AssertionError:
            return True
        return False

    search = settings(max_examples=1_000, database=None, phases=[Phase.generate])
    assert find(steps_of([0]), forks, settings=search, random=Random(3))


# The same comparison where it really happens: one Lua file in the store.


async def lua_promise(url: str, office: str) -> None:
    """An equal number with another mark is another history: nothing is written."""
    log = RedisLog(url)
    try:
        await log.append(office, EMPTY, "mark-of-one-", [b"one"])
        answer = await log.append(office, Tail(1, "mark-of-two-"), "mark-of-two-", [b"two"])

        assert isinstance(answer, Conflict)
        assert await log.read(office, 0, 10) == [Row(1, "mark-of-one-", b"one")]
    finally:
        await log.close()


async def test_the_store_compares_marks(redis_url: str) -> None:
    await lua_promise(redis_url, "rule-01")


async def test_a_script_without_the_mark_lets_it_through(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Path(str(redis_log.__file__)).with_name("append.lua").read_text()
    rule = " or tail_mark ~= mark"
    assert rule in source
    broken = Script("append")
    vars(broken).update(_source=source.replace(rule, "").encode(), _digest="0" * 40)
    monkeypatch.setattr(redis_log, "_append", broken)

    with pytest.raises(AssertionError):
        await lua_promise(redis_url, "rule-01-broken")
