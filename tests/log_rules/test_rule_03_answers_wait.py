"""Rule 3: every answer of a batch waits for its append, refusals too; "nobody waits" is never older than the log."""

import asyncio
from collections.abc import Sequence

import pytest

from server.desk.pending import Pending
from server.desk.turn import Pressed, Turn
from server.log.memory_log import MemoryLog
from server.log.port import AppendAnswer, Appended, Tail
from server.messages import commands as c
from server.messages.problems import Refusal
from tests.nodes.clock import hurry
from tests.nodes.node import done, opened, refused


class Gated(MemoryLog):
    """Accepts appends, also empty ones, when it is told to. Learns of other nodes only when asked."""

    gate: asyncio.Event | None = None

    async def append(self, office: str, after: Tail, mark: str, bodies: Sequence[bytes]) -> AppendAnswer:
        if self.gate is not None:
            await self.gate.wait()
        return await super().append(office, after, mark, bodies)

    async def wait(self, office: str, after: int, timeout_ms: int) -> bool:
        await asyncio.sleep(timeout_ms / 1000)
        return False


# Refusals wait


async def refusals_wait() -> None:
    """A refusal depends on earlier presses of the same batch: it is not sent before they are in the log."""
    async with opened(Gated) as (nodes, desk):
        gate = vars(nodes.logs[desk])["gate"] = asyncio.Event()
        opening = asyncio.ensure_future(nodes.press(desk, c.OpenCounter(counter="1")))
        await asyncio.sleep(0.5)  # the first batch is being written, the next one waits behind it
        closed = asyncio.ensure_future(nodes.press(desk, c.CallNext(counter="2")))
        await asyncio.sleep(0.5)

        assert not opening.done()
        assert not closed.done()

        gate.set()
        done(await opening)
        assert refused(await closed).code == "counter_closed"

        gate.clear()
        alone = asyncio.ensure_future(nodes.press(desk, c.CallNext(counter="2")))
        await asyncio.sleep(0.5)
        assert not alone.done()
        gate.set()
        assert refused(await alone).code == "counter_closed"


def test_a_refusal_waits_for_the_append_of_its_batch() -> None:
    hurry(refusals_wait())


def test_refusals_that_do_not_wait_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    decide = Turn.decide

    def at_once(turn: Turn, pressed: Pressed) -> None:
        decide(turn, pressed)
        for asked in turn.batch:
            if isinstance(asked.decided, Refusal):
                asked.tell(asked.decided)

    monkeypatch.setattr(Turn, "decide", at_once)
    with pytest.raises(AssertionError):
        hurry(refusals_wait())


# "Nobody waits" is compared with the log too


async def nobody_waits_is_true(log_class: type[Gated]) -> None:
    """A citizen came on another node, and this node does not know it yet when it is asked for the next."""
    async with opened(log_class) as (nodes, here):
        there = await nodes.node()
        done(await nodes.press(here, c.OpenCounter(counter="1")))
        citizen = await nodes.ticket(there)
        assert here.state.seq < citizen.seq

        called = done(await nodes.press(here, c.CallNext(counter="1")))

        assert called.result["ticket"] is not None
        assert called.result["ticket"]["number"] == citizen.result["ticket"]["number"]


class NothingIsNothing(Gated):
    """Without the rule: if there is nothing to write, nothing is compared."""

    async def append(self, office: str, after: Tail, mark: str, bodies: Sequence[bytes]) -> AppendAnswer:
        if not bodies:
            return Appended(after, self.store.now_ms())
        return await super().append(office, after, mark, bodies)


def test_nobody_waits_is_never_older_than_the_log() -> None:
    hurry(nobody_waits_is_true(Gated))


def test_a_batch_without_events_that_is_not_compared_is_found() -> None:
    with pytest.raises(AssertionError):
        hurry(nobody_waits_is_true(NothingIsNothing))


# Presses of callers who have left are not decided


async def who_left_presses_nothing() -> None:
    """The store was away and the caller gave up: the wish is not carried out later without the caller."""
    async with opened() as (nodes, desk):
        nodes.store.go_away()
        leaves = asyncio.ensure_future(nodes.ticket(desk))
        gives_up = asyncio.ensure_future(nodes.press(desk, c.IssueTicket(services=("kfz",))))
        await asyncio.sleep(0.5)
        leaves.cancel()
        assert refused(await gives_up).code == "store_unavailable"

        nodes.store.come_back()
        await nodes.settled()
        stays = await nodes.ticket(desk)

        assert nodes.numbers() == [stays.result["ticket"]["number"]]


def test_a_command_whose_caller_was_answered_or_left_is_dropped() -> None:
    hurry(who_left_presses_nothing())


def test_deciding_for_nobody_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pending, "gone", False)
    with pytest.raises(AssertionError):
        hurry(who_left_presses_nothing())
