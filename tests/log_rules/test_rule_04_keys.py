"""Rule 4: one press has one effect: its key holds across batch, nodes, crash, day change, checkpoint, snapshot, for 24 h."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import pytest

from server.desk import fold, pending, turn
from server.desk.desk import Desk
from server.desk.entry import Done
from server.desk.pending import Pending
from server.desk.turn import Pressed, Turn
from server.log.port import EMPTY
from server.messages import commands as c
from server.messages.actor import SYSTEM, Actor
from server.messages.events import DayOpened, Event
from server.messages.instants import HOUR, MINUTE
from server.messages.problems import Refusal
from server.office import snapshot
from server.office.decide import day as days
from server.office.evolve import evolve
from server.office.state import State
from tests.nodes.clock import hurry
from tests.nodes.node import BOSS, Nodes, done, opened, refused

Story = Callable[[Nodes, Desk], Awaitable[Sequence[Done]]]
KEY = "the press"


# What may happen between a press and its repetition. Each story returns both answers.


async def same_batch(nodes: Nodes, desk: Desk) -> Sequence[Done]:
    return await asyncio.gather(nodes.ticket(desk, KEY), nodes.ticket(desk, KEY))


async def two_nodes(nodes: Nodes, desk: Desk) -> Sequence[Done]:
    """The first answer took too long, so the caller went to the other node: both presses are decided at the same moment."""
    other = await nodes.node()
    return sorted(await asyncio.gather(nodes.ticket(desk, KEY), nodes.ticket(other, KEY)), key=lambda one: one.replayed)


async def crash(nodes: Nodes, desk: Desk) -> Sequence[Done]:
    first = await nodes.ticket(desk, KEY)
    await nodes.crash(desk)
    return first, await nodes.ticket(await nodes.node(), KEY)


async def midnight(nodes: Nodes, desk: Desk) -> Sequence[Done]:
    nodes.clock.advance(15 * HOUR + 30 * MINUTE)
    first = await nodes.ticket(desk, KEY)
    await tomorrow(nodes, desk)
    return first, await nodes.ticket(desk, KEY)


async def checkpoint(nodes: Nodes, desk: Desk) -> Sequence[Done]:
    """After midnight, and on a node that started at the checkpoint of the new day."""
    nodes.clock.advance(15 * HOUR + 30 * MINUTE)
    first = await nodes.ticket(desk, KEY)
    await tomorrow(nodes, desk)
    await nodes.crash(desk)
    await nodes.logs[desk].note_checkpoint(nodes.name, desk.checkpoints[-1][0])
    begun = await nodes.node()
    assert len(begun._fold.checkpoints) == 1
    return first, await nodes.ticket(begun, KEY)


async def kept_picture(nodes: Nodes, desk: Desk) -> Sequence[Done]:
    first = await nodes.ticket(desk, KEY)
    await desk.stop()
    assert nodes.store.snapshots
    return first, await nodes.ticket(await nodes.node(), KEY)


async def tomorrow(nodes: Nodes, desk: Desk) -> None:
    nodes.clock.advance(HOUR)
    done(await desk.submit(SYSTEM, c.OpenDay(), ""))
    assert isinstance(nodes.events[-1], DayOpened)


STORIES: list[Story] = [same_batch, two_nodes, crash, midnight, checkpoint, kept_picture]


async def promise(story: Story) -> None:
    """One ticket, and the second answer is the first."""
    async with opened() as (nodes, desk):
        first, again = await story(nodes, desk)

        assert len(nodes.numbers()) == 1
        assert (first.replayed, again.replayed) == (False, True)
        assert again.result["ticket"]["number"] == first.result["ticket"]["number"]
        assert [entry.seq for entry in again.entries] == [entry.seq for entry in first.entries]


@pytest.mark.parametrize("story", STORIES)
def test_the_same_press_twice_is_one_press(story: Story) -> None:
    hurry(promise(story))


# The same stories with a broken rule: a desk that looks too early, folds and checkpoints that forget.


def settles_on_what_is_appended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks at the keys in the log, but not at those of commands decided just before."""

    def settle(self: Turn, asked: Pending) -> bool:
        spent = self._fold.state.keys.get((asked.actor.principal, asked.key))
        asked.decided = spent or ()
        return spent is not None

    monkeypatch.setattr(Turn, "_settle", settle)


def settles_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The node keeps keys only in memory and not in the log."""

    def without_key(state: State, event: Event, seq: int, mark: str) -> None:
        evolve(state, event, seq, mark)
        state.keys.clear()

    monkeypatch.setattr(fold, "evolve", without_key)


def days_forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "_keys", lambda case: ())


def pictures_forget(monkeypatch: pytest.MonkeyPatch) -> None:
    thaw = snapshot.thaw

    def without_keys(blob: bytes) -> State | None:
        state = thaw(blob)
        assert state is not None
        state.keys.clear()
        return state

    monkeypatch.setattr(fold, "thaw", without_keys)


@pytest.mark.parametrize(
    ("story", "broken"),
    [
        (same_batch, settles_on_what_is_appended),
        (two_nodes, settles_in_memory),
        (crash, settles_in_memory),
        (midnight, days_forget),
        (checkpoint, days_forget),
        (kept_picture, pictures_forget),
    ],
)
def test_keys_that_are_forgotten_are_found(
    story: Story, broken: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch)
    with pytest.raises(AssertionError):
        hurry(promise(story))


async def trimmed_away() -> None:
    """Somebody cut the log by hand, and the first answer with it: no second ticket, and no answer of another press."""
    async with opened() as (nodes, desk):
        await checkpoint(nodes, desk)
        await nodes.logs[nodes.desks[0]].trim(nodes.name, nodes.rows[-1].seq)
        begun = await nodes.node()

        assert refused(await nodes.press(begun, c.IssueTicket(services=("ausweis",)), KEY)).code == "log_trimmed"
        assert nodes.numbers() == []


def test_a_key_whose_entries_are_gone_answers_with_no_others() -> None:
    hurry(trimmed_away())


# Another command under the same key


async def another_command_is_refused() -> None:
    async with opened() as (nodes, desk):
        first = await nodes.ticket(desk, KEY)
        other = await nodes.press(desk, c.IssueTicket(services=("kfz",)), KEY)
        stranger = Actor(role="admin", principal="token:other")

        assert refused(other).code == "key_reused"
        assert nodes.numbers() == [first.result["ticket"]["number"]]
        assert not done(await nodes.press(desk, c.IssueTicket(services=("kfz",)), KEY, stranger)).replayed


def test_the_same_key_with_another_command_is_refused_and_keys_belong_to_who_used_them() -> None:
    hurry(another_command_is_refused())


def test_digests_that_say_nothing_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pending, "digest", lambda command: "the same")
    with pytest.raises(AssertionError):
        hurry(another_command_is_refused())


# What uses up a key


async def refusals_spend_nothing() -> None:
    """Refused first and accepted later: a closed counter opens, an empty room fills, and the same press is decided again."""
    async with opened() as (nodes, desk):
        assert refused(await nodes.press(desk, c.CallNext(counter="1"), KEY)).code == "counter_closed"
        done(await nodes.press(desk, c.OpenCounter(counter="1")))
        assert done(await nodes.press(desk, c.CallNext(counter="1"), KEY)).result["ticket"] is None
        citizen = await nodes.ticket(desk)

        called = done(await nodes.press(desk, c.CallNext(counter="1"), KEY))

        assert not called.replayed
        assert called.result["ticket"] is not None
        assert called.result["ticket"]["number"] == citizen.result["ticket"]["number"]


def remembers_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    decide, known = Turn.decide, dict[str, Refusal]()

    def decided(self: Turn, pressed: Pressed) -> None:
        decide(self, pressed)
        for one in self.batch:
            if isinstance(one.decided, Refusal):
                known[one.key] = one.decided
            elif one.key in known:
                one.decided = known[one.key]

    monkeypatch.setattr(turn.Turn, "decide", decided)


def remembers_empty_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    settle, known = Turn._settle, set[str]()

    def settled(self: Turn, one: Pending) -> bool:
        if one.key in known and isinstance(one.command, c.CallNext):
            return True
        if isinstance(one.command, c.CallNext) and self._fold.state.counters["1"].state == "open":
            known.add(one.key)
        return settle(self, one)

    monkeypatch.setattr(turn.Turn, "_settle", settled)


def test_refusals_and_empty_answers_spend_no_key() -> None:
    hurry(refusals_spend_nothing())


@pytest.mark.parametrize("broken", [remembers_refusals, remembers_empty_answers])
def test_keys_spent_by_nothing_are_found(
    broken: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken(monkeypatch)
    with pytest.raises(AssertionError):
        hurry(refusals_spend_nothing())


# How long a key holds


async def after_a_day_it_is_another_press() -> None:
    """24 h of event time, on every node: one minute before it is still the same press, one minute after it another one."""
    async with opened() as (nodes, desk):
        first = await nodes.ticket(desk, KEY)
        await tomorrow_at(nodes, desk, 24 * HOUR - MINUTE)
        assert (await nodes.ticket(desk, KEY)).replayed

        nodes.clock.advance(2 * MINUTE)
        await nodes.ticket(desk)
        again = await nodes.ticket(desk, KEY)

        assert not again.replayed
        assert again.seq > first.seq
        whole = await nodes.logs[desk].follow(nodes.name, EMPTY, 100)
        assert (BOSS.principal, KEY) in desk.state.keys
        assert desk.state.keys == (await nodes.node()).state.keys
        assert len(whole) == desk.state.seq


async def tomorrow_at(nodes: Nodes, desk: Desk, later: int) -> None:
    nodes.clock.advance(later)
    done(await desk.submit(SYSTEM, c.OpenDay(), ""))


def test_a_key_holds_for_24_hours() -> None:
    hurry(after_a_day_it_is_another_press())


@pytest.mark.parametrize("life", [12 * HOUR, 48 * HOUR])
def test_keys_that_live_shorter_or_longer_are_found(life: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "KEY_LIFE_MS", life)
    monkeypatch.setattr("server.office.evolve.KEY_LIFE_MS", life)
    with pytest.raises(AssertionError):
        hurry(after_a_day_it_is_another_press())


async def under_the_id_of_the_next_day() -> None:
    """A page's id is valid for a day: a press repeated after midnight, under the new id, is the same press."""
    async with opened() as (nodes, desk):
        nodes.clock.advance(15 * HOUR + 30 * MINUTE)
        page = Actor(role="clerk", principal="signin:old", holder="old", page=True)
        press = c.IssueTicket(services=("ausweis",))
        first = done(await desk.submit(page, press, KEY))
        await tomorrow(nodes, desk)
        later = Actor(role="clerk", principal="signin:new", holder="new", page=True, earlier="old")

        again = done(await desk.submit(later, press, KEY))

        assert again.replayed
        assert again.entries == first.entries


def test_a_press_of_a_page_holds_over_midnight() -> None:
    hurry(under_the_id_of_the_next_day())
