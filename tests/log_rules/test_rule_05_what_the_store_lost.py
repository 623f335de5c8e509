"""Rule 5: what the store lost is restored if that is safe; else it is a fork, never folded silently and always listed."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest

from server.desk import catching_up, recover
from server.desk import fold as folding
from server.desk.catching_up import CatchingUp
from server.desk.desk import Desk
from server.desk.fold import Fold, begin
from server.desk.standing import Standing
from server.desk.tend import Tender
from server.log.memory_log import MemoryLog
from server.log.port import Row, Tail
from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM
from server.messages.boards import Supervisor
from server.messages.instants import HOUR, MINUTE, SECOND
from server.office.boards import board
from tests.nodes.clock import hurry
from tests.nodes.node import QUIET_S, Nodes, done, opened
from tests.nodes.picture import facts

Break = Callable[[pytest.MonkeyPatch], None]
OFFICE = "mitte"


def forks(nodes: Nodes) -> list[e.EpochChanged]:
    return [event for event in nodes.events if isinstance(event, e.EpochChanged) and event.reason == "fork"]


# Restored


async def nothing(*_: object) -> bool:
    return False


def instant(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


async def is_put_back() -> None:
    """The store comes back from an older copy: the raw rows return with their marks, and nothing is different."""
    async with opened() as (nodes, one):
        two = await nodes.node()
        for _ in range(6):
            await nodes.ticket(one)
        await nodes.caught_up()
        rows, epoch = list(nodes.rows), one.state.epoch

        nodes.store.lose(OFFICE, 5)
        nodes.store.restart()
        await nodes.settled()

        assert nodes.rows == rows
        assert (one.state.epoch, two.state.epoch, one.lost, two.lost) == (epoch, epoch, (), ())
        assert [desk.state.seq for desk in (one, two)] == [len(rows)] * 2
        await nodes.ticket(two)
        assert len(set(nodes.numbers())) == 7


def never(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catching_up, "put_back", nothing)


def test_what_the_store_lost_is_put_back() -> None:
    hurry(is_put_back())


def test_a_desk_that_puts_nothing_back_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    never(monkeypatch)
    with pytest.raises(AssertionError):
        hurry(is_put_back())


async def who_holds_most_wins() -> None:
    """The store was away. The node with fewer rows is back first and restores them; then the other restores the rest."""
    async with opened() as (nodes, ahead):
        behind = await nodes.node()
        await nodes.ticket(ahead)
        await nodes.caught_up()
        nodes.cut_off(behind)
        held = await nodes.ticket(ahead)
        rows = list(nodes.rows)
        nodes.store.lose(OFFICE, 3)
        nodes.cut_off(ahead)
        await asyncio.sleep(1)

        nodes.join(behind)
        pressed = asyncio.ensure_future(nodes.ticket(behind))
        await asyncio.sleep(1)
        nodes.join(ahead)
        new = await pressed
        await nodes.settled()

        assert nodes.rows[: len(rows)] == rows
        assert forks(nodes) == []
        assert new.result["ticket"]["number"] != held.result["ticket"]["number"]


def decides_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Standing, "quiet_for", 0.0)


def test_nobody_decides_until_every_node_could_put_back() -> None:
    hurry(who_holds_most_wins())


def test_deciding_at_once_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    decides_at_once(monkeypatch)
    with pytest.raises(AssertionError):
        hurry(who_holds_most_wins())


async def two_seconds_pass() -> None:
    """After a changed run id or a lost connection: no append for 2 s, then the press that waited is answered."""
    async with opened() as (nodes, one):
        await nodes.node()
        for trouble in (nodes.store.restart, nodes.store.go_away):
            trouble()
            await asyncio.sleep(1.2)  # all nodes have noticed it
            nodes.store.come_back()
            await asyncio.sleep(0.1)
            before = len(nodes.rows)
            pressed = asyncio.ensure_future(nodes.ticket(one))
            await asyncio.sleep(QUIET_S / 3)
            assert len(nodes.rows) == before
            await pressed


def test_after_a_lost_connection_or_another_process_nobody_decides_for_two_seconds() -> None:
    hurry(two_seconds_pass())


def test_no_pause_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    decides_at_once(monkeypatch)
    with pytest.raises(AssertionError):
        hurry(two_seconds_pass())


# Forks: what cannot be restored safely is dropped here, reported in the log, and listed


async def other_history(nodes: Nodes, one: Desk, keep: int) -> None:
    """While this node was cut off, the store lost rows and another node wrote there."""
    await written_there(nodes, keep, 1)


async def longer_history(nodes: Nodes, one: Desk, keep: int) -> None:
    """The same, and by now the other history is longer than what this node holds."""
    await written_there(nodes, keep, 4)


async def written_there(nodes: Nodes, keep: int, tickets: int) -> None:
    nodes.store.lose(OFFICE, keep)
    two = await nodes.node()
    for _ in range(tickets):
        await nodes.ticket(two)
    await nodes.crash(two)


async def too_long_ago(nodes: Nodes, one: Desk, keep: int) -> None:
    """Nobody wrote, but people have worked without this node for more than a minute."""
    nodes.store.lose(OFFICE, keep)
    nodes.clock.advance(61 * SECOND)


async def another_day(nodes: Nodes, one: Desk, keep: int) -> None:
    """Only twenty seconds, but midnight was in between."""
    nodes.store.lose(OFFICE, keep)
    nodes.clock.advance(20 * SECOND)


Story = Callable[[Nodes, Desk, int], Awaitable[None]]
STORIES: list[Story] = [other_history, longer_history, too_long_ago, another_day]


async def promise(story: Story, desk_class: type[Desk] = Desk) -> None:
    """The store's history is the log: only entries that report the fork are added, and everybody sees what was lost."""
    async with opened(desk_class=desk_class) as (nodes, one):
        if story is another_day:
            nodes.clock.advance(15 * HOUR + 59 * MINUTE + 40 * SECOND)
        done(await nodes.press(one, c.OpenCounter(counter="1")))
        kept = await nodes.ticket(one)
        lost = await nodes.ticket(one)
        done(await nodes.press(one, c.CallNext(counter="1")))
        before = one.state.epoch
        nodes.cut_off(one)
        await story(nodes, one, kept.seq)
        theirs = list(nodes.rows)

        nodes.join(one)
        await nodes.settled()
        await nodes.caught_up()

        assert nodes.rows[: len(theirs)] == theirs
        assert [type(event) for event in nodes.events[len(theirs) :]] == [e.EpochChanged]
        (fork,) = forks(nodes)
        number, called = (answer.result["ticket"]["number"] for answer in (lost, kept))
        assert fork.lost == one.lost == (f"ticket_issued {number}", f"ticket_called {called}")
        assert one.state.epoch == fork.epoch != before
        table = board(one.state, "supervisor", "", one.now())
        assert isinstance(table, Supervisor)
        assert table.lost == fork.lost
        assert facts(one.state) == facts((await nodes.node()).state)


@pytest.mark.parametrize("story", STORIES)
def test_what_cannot_be_put_back_is_a_fork_that_everybody_sees(story: Story) -> None:
    hurry(promise(story))


def without_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    """Restores every row with a higher number than the store's last one."""

    def missing(fold: Fold, tail: Tail) -> list[Row] | None:
        return [row for row in fold.held if row.seq > tail.seq] or None

    monkeypatch.setattr(recover, "_missing", missing)


def at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recover, "CONTACT_S", 1e9)


def on_any_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recover, "_same_day", lambda fold, now: True)


def silently(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drops its own rows and goes on without a word."""

    async def mend(self: CatchingUp) -> None:
        self.fold = await begin(self._log, self._office)

    monkeypatch.setattr(CatchingUp, "_mend", mend)


def stubborn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads on from the number it knows, whoever wrote that entry."""

    async def follow(self: MemoryLog, office: str, after: Tail, limit: int) -> list[Row]:
        return await self.read(office, after.seq, limit)

    monkeypatch.setattr(MemoryLog, "follow", follow)


@pytest.mark.parametrize(
    ("story", "broken"),
    [
        (other_history, without_prefix),
        (too_long_ago, at_any_time),
        (another_day, on_any_day),
        *((story, silently) for story in STORIES),
        (longer_history, stubborn),
    ],
)
def test_a_rule_less_is_found(story: Story, broken: Break, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch)
    with pytest.raises(AssertionError):
        hurry(promise(story))


# The store's disk is lost while a node lives


async def everything_is_there_or_listed(restarted: bool, gone_for: int) -> None:
    """The second day of an office. All that was acknowledged today is in the log again, or the supervisor sees it in a list."""
    async with opened() as (nodes, one):
        done(
            await one.submit(
                SYSTEM, c.BookAppointment(services=("kfz",), start=instant(one.now() + 40 * HOUR)), "booked"
            )
        )
        nodes.clock.advance(24 * HOUR)
        done(await one.submit(SYSTEM, c.OpenDay(), ""))
        opening = nodes.store.tail(OFFICE).seq
        await nodes.logs[one].note_checkpoint(OFFICE, opening)
        numbers = [(await nodes.ticket(one)).result["ticket"]["number"] for _ in range(3)]
        if restarted:
            await one.stop()
            await nodes.crash(one)
            one = await nodes.node()
        today = [row for row in nodes.rows if row.seq >= opening]
        tender = Tender(one, nodes.logs[one], nodes.office)
        await tender.start()
        await asyncio.sleep(1)

        nodes.cut_off(one)
        nodes.store.lose(OFFICE, 0)
        nodes.store.snapshots.clear()
        nodes.store.checkpoints.clear()
        nodes.store.restart()
        nodes.clock.advance(gone_for)
        nodes.join(one)
        await nodes.settled()

        if gone_for < MINUTE:
            assert nodes.rows == today
            assert (len(one.state.appointments), forks(nodes)) == (1, [])
        else:
            assert [line for line in one.state.lost if line.startswith("ticket_issued")] == [
                f"ticket_issued {number}" for number in numbers
            ]
            assert one.state.day is not None, "the office goes on"
        assert (await nodes.ticket(one)).result["ticket"]["number"] not in numbers
        assert facts(one.state) == facts((await nodes.node()).state)
        await tender.stop()


@pytest.mark.parametrize("gone_for", [10 * SECOND, 90 * SECOND])
@pytest.mark.parametrize("restarted", [False, True])
def test_a_disk_lost_while_a_node_lives(restarted: bool, gone_for: int) -> None:
    """Also by a node that started from a snapshot made after the day was opened."""
    hurry(everything_is_there_or_listed(restarted, gone_for))


async def lost_before_the_day(keep: int) -> None:
    """The store lost everything since before the day was opened, too long ago to restore: the office opens again by itself."""
    async with opened() as (nodes, desk):
        tender = Tender(desk, nodes.logs[desk], nodes.office)
        await tender.start()
        await nodes.ticket(desk)
        await asyncio.sleep(1)
        nodes.cut_off(desk)
        nodes.store.lose(OFFICE, keep)
        nodes.clock.advance(2 * MINUTE)
        nodes.join(desk)
        await nodes.settled()
        await tender.stop()

        assert desk.state.day is not None
        assert desk.state.lost
        await nodes.ticket(desk)


@pytest.mark.parametrize("keep", [0, 2])
def test_an_office_whose_opening_was_lost_opens_again(keep: int) -> None:
    hurry(lost_before_the_day(keep))


def holds_nothing_from_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """A node that started from a snapshot holds only what came later."""
    monkeypatch.setattr(folding, "_hold_today", nothing)


@pytest.mark.parametrize("gone_for", [10 * SECOND, 90 * SECOND])
def test_a_node_that_holds_too_little_is_found(gone_for: int, monkeypatch: pytest.MonkeyPatch) -> None:
    holds_nothing_from_before(monkeypatch)
    with pytest.raises(AssertionError):
        hurry(everything_is_there_or_listed(True, gone_for))
