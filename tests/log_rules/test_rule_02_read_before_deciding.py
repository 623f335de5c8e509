"""Rule 2: behind, gap and conflict are three answers; after any doubt the log is read, keys settle, the rest is decided again."""

import asyncio
from collections.abc import Sequence

import pytest

from server.desk.catching_up import CatchingUp
from server.desk.desk import Desk
from server.desk.entry import unavailable
from server.desk.turn import Turn
from server.log.memory_log import MemoryLog
from server.log.port import EMPTY, AppendAnswer, Appended, Behind, Conflict, Gap, Row, Tail
from server.messages import commands as c
from tests.nodes.clock import hurry
from tests.nodes.node import done, opened

OFFICE = "mitte"


# Three answers


async def three_answers(log: MemoryLog) -> None:
    """Another node was faster, the store lost something, the store is another one: three different answers."""
    await log.append(OFFICE, EMPTY, "one", [b"1", b"2"])
    answers = [
        await log.append(OFFICE, tail, "two", [b""]) for tail in (Tail(1, "one"), Tail(3, "one"), Tail(2, "not"))
    ]

    assert [type(answer) for answer in answers] == [Behind, Gap, Conflict]


class OneAnswer(MemoryLog):
    """Without the rule: every append that failed has the same answer."""

    def _compare_and_append(self, office: str, after: Tail, rows: list[Row]) -> AppendAnswer:
        answer = super()._compare_and_append(office, after, rows)
        return answer if isinstance(answer, Appended) else Behind(answer.tail, answer.now_ms)


def test_behind_gap_and_conflict_are_told_apart() -> None:
    asyncio.run(three_answers(MemoryLog()))


def test_a_log_with_one_answer_for_all_is_found() -> None:
    with pytest.raises(AssertionError):
        asyncio.run(three_answers(OneAnswer()))


# An answer that never came


async def one_press_one_citizen() -> None:
    """The batch is written, its answer is cut off: the press is answered as its own, and there is one ticket."""
    async with opened() as (nodes, desk):
        nodes.store.cut_next_answer()
        answer = await nodes.ticket(desk)

        assert not answer.replayed
        assert nodes.numbers() == [answer.result["ticket"]["number"]]


def test_an_append_whose_answer_never_came_is_one_citizen() -> None:
    hurry(one_press_one_citizen())


def test_without_settling_by_key_it_is_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Turn, "_settle", lambda turn, asked: False)

    with pytest.raises(AssertionError):
        hurry(one_press_one_citizen())


# First the log is read


class Noted(MemoryLog):
    """Remembers what it was asked and whether it answered."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.asked: list[str] = []

    async def append(self, office: str, after: Tail, mark: str, bodies: Sequence[bytes]) -> AppendAnswer:
        self.asked.append("append")
        return await super().append(office, after, mark, bodies)

    async def follow(self, office: str, after: Tail, limit: int) -> list[Row]:
        rows = await super().follow(office, after, limit)
        self.asked.append("read")
        return rows


async def reads_first() -> None:
    """From a failed append until the tail is known again nothing is decided, whoever presses."""
    async with opened(Noted) as (nodes, desk):
        log = nodes.logs[desk]
        assert isinstance(log, Noted)
        nodes.store.go_away()
        log.asked.clear()
        presses = [asyncio.ensure_future(nodes.ticket(desk)) for _ in range(3)]
        await asyncio.sleep(1)
        during = log.asked.copy()
        nodes.store.come_back()
        await asyncio.gather(*presses)

        assert during == ["append"]
        assert log.asked[:2] == ["append", "read"]


async def headlong(reader: CatchingUp) -> bool:
    """Without the rule: tries again with what it believes to be true."""
    return True


def test_after_an_error_the_log_is_read_first() -> None:
    hurry(reads_first())


def test_a_desk_that_tries_again_at_once_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CatchingUp, "read", headlong)
    with pytest.raises(AssertionError):
        hurry(reads_first())


# The slower one decides again


async def both_are_served(desk_class: type[Desk]) -> None:
    """Two clerks at two nodes press at the same moment, many times: two citizens are called, and nobody notices the race."""
    async with opened(desk_class=desk_class) as (nodes, one):
        two = await nodes.node()
        for counter in ("1", "2"):
            done(await nodes.press(one, c.OpenCounter(counter=counter)))
        for _ in range(20):
            await nodes.ticket(one)
        await nodes.caught_up()
        for _ in range(10):
            calls = [c.CallNext(counter="1"), c.CallNext(counter="2")]
            pressed = zip((one, two), calls, strict=True)
            answers = [done(a) for a in await asyncio.gather(*(nodes.press(desk, call) for desk, call in pressed))]
            called = [answer.result["ticket"]["number"] for answer in answers]
            assert len(set(called)) == 2
            for counter in ("1", "2"):
                done(await nodes.press(one, c.StartService(counter=counter)))
                done(await nodes.press(one, c.FinishService(counter=counter)))
            await nodes.caught_up()


class Sorry(Desk):
    """Without the rule: the slower one is refused."""

    def _again(self) -> None:
        for asked in self._in_hand:
            asked.tell(unavailable("somebody was faster"))
        super()._again()


def test_two_clerks_at_once_get_two_citizens_and_no_refusal() -> None:
    hurry(both_are_served(Desk))


def test_a_desk_that_refuses_the_slower_is_found() -> None:
    with pytest.raises(AssertionError):
        hurry(both_are_served(Sorry))
