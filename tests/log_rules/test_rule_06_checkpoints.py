"""Rule 6: a fold may start at any day; the log is trimmed only before such a day; snapshots are checked or thrown away."""

import asyncio
from collections.abc import Callable
from random import Random

import pytest

from server.desk import catching_up, tend
from server.desk.desk import Desk
from server.desk.tend import Tender
from server.log.memory_log import MemoryLog
from server.log.port import EMPTY, NotContinuous, Row, Tail
from server.messages import commands as c
from server.messages import events as e
from server.messages.actor import SYSTEM
from server.messages.instants import HOUR, MINUTE, SECOND
from server.office import evolve
from server.office.decide.press import Case
from server.office.evolve import day as evolving
from server.office.state import State
from tests.nodes.clock import EIGHT, hurry
from tests.nodes.life import press
from tests.nodes.node import Nodes, done, opened, until
from tests.nodes.picture import same

Break = Callable[[pytest.MonkeyPatch], None]
OFFICE = "mitte"
ONE_IN_THE_MORNING = EIGHT + 17 * HOUR


async def live(nodes: Nodes, desk: Desk, random: Random, presses: int) -> None:
    keys: list[str] = []
    for _ in range(presses):
        nodes.clock.advance(random.choice([500, 3_000, 20_000, 90_000]))
        keys.append(nodes.key())
        await nodes.press(desk, press(random, desk.state, keys[:-1]), keys[-1])


async def days_pass(nodes: Nodes, desk: Desk, random: Random, presses: int = 120) -> None:
    """Three days with everything that people do in them, and bookings for a fourth."""
    for _ in range(2):
        await live(nodes, desk, random, presses)
        nodes.clock.advance((ONE_IN_THE_MORNING - nodes.clock.now_ms()) % (24 * HOUR))
        done(await desk.submit(SYSTEM, c.OpenDay(), ""))
    await live(nodes, desk, random, presses // 4)


def openings(nodes: Nodes) -> list[int]:
    return [row.seq for row in nodes.rows if isinstance(e.decode(row.body), e.DayOpened)]


def later(state: State) -> tuple[int, ...]:
    """When boards are compared: now, and when more has become visible or due."""
    return tuple(state.at + ms for ms in (0, 11 * SECOND, 35 * SECOND, 12 * MINUTE, 3 * HOUR))


# A log trimmed before today


async def trimmed_is_whole(seed: int, cut: Callable[[Nodes], list[int]] = openings) -> None:
    """Folded from the whole log, from each day, and after trimming before it: the same state and boards, now and later."""
    async with opened() as (nodes, desk):
        await days_pass(nodes, desk, Random(seed))
        whole = await nodes.node()
        assert whole._fold.checkpoints[0][0] == 3, "it began at the first entry"
        same(whole.state, desk.state, *later(desk.state))
        for first in cut(nodes):
            await nodes.logs[desk].trim(OFFICE, first)
            trimmed = await nodes.node()
            same(trimmed.state, whole.state, *later(desk.state))
            assert (await nodes.ticket(trimmed)).seq == whole.state.seq + 1
            await nodes.caught_up()


@pytest.mark.parametrize("seed", range(4))
def test_a_log_trimmed_in_front_of_a_day_folds_to_the_same(seed: int) -> None:
    hurry(trimmed_is_whole(seed))


def test_a_log_cut_anywhere_else_is_found() -> None:
    with pytest.raises(AssertionError):
        hurry(trimmed_is_whole(0, lambda nodes: [openings(nodes)[-1] + 1]))


def a_day_remembers(name: str) -> Break:
    """Wrong on purpose: the fold remembers what lives on, instead of taking it from the entry."""

    def broken(monkeypatch: pytest.MonkeyPatch) -> None:
        opened_by_rule = evolving.RULES[e.DayOpened]
        say = Case.say

        def carries_less(case: Case, kind: type[e.Event], **fields: object) -> object:
            return say(
                case, kind, **{key: value for key, value in fields.items() if (kind, key) != (e.DayOpened, name)}
            )

        def keeps(state: State, event: e.DayOpened) -> None:
            before = getattr(state, name)
            opened_by_rule(state, event)
            setattr(state, name, before)

        monkeypatch.setattr(Case, "say", carries_less)
        rules: dict[type[e.Event], evolve.Folding] = dict(evolve.RULES)
        rules[e.DayOpened] = keeps
        monkeypatch.setattr(evolve, "RULES", rules)

    return broken


LIVES_ON = ["appointments", "keys", "roster", "preset", "alarms", "silences", "services"]


@pytest.mark.parametrize("name", LIVES_ON)
def test_a_day_that_does_not_carry_what_lives_on_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    a_day_remembers(name)(monkeypatch)

    def is_found(seed: int) -> bool:
        try:
            hurry(trimmed_is_whole(seed))
        except AssertionError:
            return True
        return False

    assert any(is_found(seed) for seed in range(12)), "in some life it matters"


# A reader checks that its first row is the next one


async def old_picture_new_log() -> None:
    """A snapshot from before the trimmed days: it does not fill the gap."""
    async with opened() as (nodes, desk):
        await live(nodes, desk, Random(1), 40)
        await desk.keep_snapshot()
        await days_pass(nodes, desk, Random(2), 60)
        await nodes.logs[desk].trim(OFFICE, openings(nodes)[-1])

        begun = await nodes.node()

        same(begun.state, desk.state, *later(desk.state))


async def another_history_s_picture() -> None:
    """A snapshot of a history that the store lost and whose numbers were used again: it is not used."""
    async with opened() as (nodes, desk):
        await nodes.ticket(desk)
        await desk.keep_snapshot()
        seq = desk.state.seq
        await nodes.crash(desk)
        nodes.store.lose(OFFICE, seq - 1)
        kept, nodes.store.snapshots = nodes.store.snapshots, {}
        other = await nodes.node()
        done(await nodes.press(other, c.IssueTicket(services=("kfz",))))
        assert other.state.seq == seq
        nodes.store.snapshots = kept

        begun = await nodes.node()

        same(begun.state, other.state, *later(other.state))


async def numbers_only(self: MemoryLog, office: str, after: Tail, limit: int) -> list[Row]:
    """Returns what comes after a number, wherever that starts and whoever wrote it."""
    rows = await self.read(office, after.seq, limit)
    if after != EMPTY and not rows and after.seq != self.store.tail(office).seq:
        raise NotContinuous(after)
    return rows


async def picture_before_a_hole() -> None:
    """The log was cut by hand where no fold may start: the office does not open as if it knew what happened."""
    async with opened() as (nodes, desk):
        await live(nodes, desk, Random(6), 20)
        await desk.keep_snapshot()
        await live(nodes, desk, Random(7), 20)
        await nodes.crash(desk)
        await nodes.logs[desk].trim(OFFICE, nodes.rows[-1].seq)
        before = list(nodes.rows)
        blind = nodes.made()
        await blind.start()
        await asyncio.sleep(5)

        assert (blind.health, nodes.rows) == ("starting", before)
        assert "not in the store" in blind.detail


STORIES = [old_picture_new_log, another_history_s_picture, picture_before_a_hole]


@pytest.mark.parametrize("story", STORIES)
def test_a_snapshot_is_proven_by_seq_and_mark(story: Callable[[], object]) -> None:
    hurry(story())  # type: ignore[arg-type]


@pytest.mark.parametrize("story", [another_history_s_picture, picture_before_a_hole])
def test_a_reader_that_proves_nothing_is_found(story: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MemoryLog, "follow", numbers_only)
    with pytest.raises(AssertionError):
        hurry(story())  # type: ignore[arg-type]


def test_a_snapshot_may_always_be_thrown_away() -> None:
    """Broken, or of a release that folds differently: the log is folded."""

    async def story() -> None:
        async with opened() as (nodes, desk):
            await live(nodes, desk, Random(3), 40)
            await desk.keep_snapshot()
            tail, blob = nodes.store.snapshots[OFFICE]
            for broken in (b"", blob[:-7], b"\x00" * 50, blob[:1] + b"\x7f" + blob[2:]):
                nodes.store.snapshots[OFFICE] = (tail, broken)
                same((await nodes.node()).state, desk.state, *later(desk.state))

    hurry(story())


# A node that slept while the log was trimmed


async def sleeper() -> None:
    """It starts at a checkpoint. Nothing was lost, and nothing is reported."""
    async with opened() as (nodes, one):
        two = await nodes.node()
        await live(nodes, one, Random(4), 40)
        await nodes.caught_up()
        epoch = one.state.epoch
        nodes.cut_off(two)
        await days_pass(nodes, one, Random(5), 40)
        await nodes.logs[one].trim(OFFICE, openings(nodes)[-1])
        before = list(nodes.rows)

        nodes.join(two)
        await nodes.settled()

        assert nodes.rows == before
        assert (two.health, two.lost, two.state.epoch) == ("ready", (), epoch)
        same(two.state, one.state, *later(one.state))


def test_a_node_that_slept_while_the_log_was_trimmed_starts_at_a_checkpoint() -> None:
    hurry(sleeper())


def test_taking_trimmed_for_lost_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(*_: object) -> bool:
        return False

    monkeypatch.setattr(catching_up, "outrun", never)
    with pytest.raises(AssertionError):
        hurry(sleeper())


# Who trims


async def trims_what_is_passed(passed_days: int) -> None:
    """Only before a day that the historian has passed and whose keys have ended, never the newest day."""
    async with opened() as (nodes, desk):
        tender = Tender(desk, nodes.logs[desk], nodes.office)
        await tender.start()
        for day in range(4):
            await live(nodes, desk, Random(day), 30)
            if day == passed_days:
                tender.passed = desk.state.seq
            before = desk.state.day
            nodes.clock.advance(24 * HOUR)
            await until(lambda: desk.state.day != before, "a day")  # noqa: B023 - asked at once
        if passed_days == 4:
            tender.passed = desk.state.seq
        await asyncio.sleep(3)
        await tender.stop()

        opening = await nodes.logs[desk].checkpoint(OFFICE)
        assert opening == desk._fold.checkpoints[-1][0], "the hint where a fold may start"
        first = nodes.rows[0]
        assert isinstance(e.decode(first.body), e.DayOpened)
        assert first.seq <= tender.passed
        same((await nodes.node()).state, desk.state)
        days_ago = sum(isinstance(event, e.DayOpened) for event in nodes.events[1:])
        assert days_ago == 4 - min(passed_days, 3)


@pytest.mark.parametrize("passed_days", [1, 2, 3, 4])
def test_trimmed_is_what_the_historian_has_passed_and_no_key_needs(passed_days: int) -> None:
    hurry(trims_what_is_passed(passed_days))


def trims_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tender, "passed", property(lambda tender: 10**9, lambda tender, value: None), raising=False)


def trims_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tend, "KEY_LIFE_MS", 0)


@pytest.mark.parametrize(("passed_days", "broken"), [(1, trims_unread), (4, trims_today)])
def test_trimming_too_much_is_found(passed_days: int, broken: Break, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch)
    with pytest.raises(AssertionError):
        hurry(trims_what_is_passed(passed_days))
