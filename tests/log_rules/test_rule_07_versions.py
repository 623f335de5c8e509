"""Rule 7: an entry that this release does not understand stops the office on this node; nothing is folded wrongly."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from server.desk import entry, fold
from server.desk.desk import Desk
from server.desk.standing import Standing
from server.log.port import Row
from server.messages import events as e
from server.messages.commands import IssueTicket
from server.messages.events import Event
from server.messages.instants import HOUR
from tests.nodes.clock import hurry
from tests.nodes.node import MITTE, Nodes, opened, refused
from tests.nodes.picture import facts, same

Break = Callable[[pytest.MonkeyPatch], None]
Change = dict[str, object]
GOLDEN = Path(__file__).parents[1] / "office" / "golden"
NEWER: list[Change] = [{"v": e.VERSION + 1}, {"type": "ticket_teleported"}]
"""What a newer release writes: a known type with a new meaning, and a new type."""


def of_a_newer_release(nodes: Nodes, change: Change) -> None:
    """A node of the next release appended it, and goes on with types that the old release knows."""
    newest = nodes.rows[-1]
    body = {**msgspec.json.decode(newest.body), "key": "", **change}
    rows = [type(newest)(newest.seq + 1, "newer-newer-", msgspec.json.encode(body))]
    plain = msgspec.json.encode({**body, "v": 1, "type": "ticket_cancelled"})
    nodes.store.add(nodes.name, [*rows, type(newest)(newest.seq + 2, "newer-again-", plain)])


async def stops(change: Change) -> None:
    """An old node beside a new one during an update: it stops where it is, refuses with retry, and writes nothing."""
    async with opened() as (nodes, old):
        await nodes.ticket(old)
        stood = facts(old.state)
        of_a_newer_release(nodes, change)
        rows = list(nodes.rows)
        await nodes.settled()

        assert old.health == "too_new"
        assert facts(old.state) == stood
        answer = refused(await nodes.press(old, IssueTicket(services=("kfz",))))
        assert (answer.status, answer.retry) == (503, True)
        assert nodes.rows == rows

        begun = nodes.made()
        await begun.start()
        await nodes.settled()
        assert begun.health == "too_new"
        assert nodes.rows == rows


@pytest.mark.parametrize("change", NEWER)
def test_an_old_node_stops_at_what_a_newer_release_wrote(change: Change) -> None:
    hurry(stops(change))


async def goes_on() -> None:
    """The entry is removed again (the update was rolled back): the node goes on without a restart."""
    async with opened() as (nodes, old):
        await nodes.ticket(old)
        of_a_newer_release(nodes, NEWER[0])
        await nodes.settled()
        assert old.health == "too_new"

        nodes.store.lose(nodes.name, nodes.rows[-1].seq - 2)
        await nodes.settled()

        assert old.health == "ready"
        await nodes.ticket(old)


def test_rolled_back_it_goes_on() -> None:
    hurry(goes_on())


# What earlier releases wrote


def clock_at_the_end(rows: list[Row]) -> int:
    """The time of the store's clock when the last of them was written."""
    events = [e.decode(row.body) for row in rows]
    ahead = [event.ahead for event in events if isinstance(event, e.TimeKept)]
    return events[-1].at - (ahead[-1] if ahead else 0)


@pytest.mark.parametrize("written", sorted(GOLDEN.glob("*.jsonl")), ids=lambda path: path.stem)
def test_the_log_of_every_release_is_served_by_a_desk_of_this_one(written: Path) -> None:
    """From the first entry and from each day the desk comes to the same state, and goes on. `tests/office` checks the state."""

    async def served() -> None:
        rows = [
            Row(line["seq"], line["mark"], line["body"].encode())
            for line in map(msgspec.json.decode, written.read_bytes().splitlines())
        ]
        nodes = Nodes(office=replace(MITTE, id="golden"))
        nodes.clock.advance(clock_at_the_end(rows) - nodes.clock.now_ms())
        nodes.store.add(nodes.name, rows)
        whole = await nodes.node()
        assert (whole.health, whole.state.seq) == ("ready", rows[-1].seq)
        for row in rows:
            if isinstance(e.decode(row.body), e.DayOpened):
                nodes.store.rows[nodes.name] = rows[row.seq - rows[0].seq :]
                begun = await nodes.node()
                same(begun.state, whole.state, whole.state.at, whole.state.at + HOUR)
        await nodes.close()

    hurry(served())


# Without the rule


_decode = e.decode


def reads_what_it_can(body: bytes) -> Event:
    """Without the rule: ignores the version."""
    return _decode(body.replace(b'"v":%d' % (e.VERSION + 1), b'"v":1'))


def ignores_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (fold, entry):
        monkeypatch.setattr(room, "decode", reads_what_it_can)


def passes_over_the_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the rule: ignores types that it does not know."""
    folded = fold.Fold.fold

    def known(self: fold.Fold, rows: list[Row]) -> None:
        for row in rows:
            try:
                folded(self, [row])
            except e.TooNew:
                self.tail = row.tail

    monkeypatch.setattr(fold.Fold, "fold", known)


def decides_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the rule: it stops folding, but goes on deciding."""
    monkeypatch.setattr(Desk, "_closed_door", lambda desk: None)
    monkeypatch.setattr(Standing, "too_new", lambda standing, fault: None)


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (NEWER[0], ignores_the_version),
        (NEWER[0], passes_over_the_unknown),
        (NEWER[1], passes_over_the_unknown),
        (NEWER[0], decides_on),
    ],
)
def test_folding_on_is_found(change: Change, broken: Break, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(monkeypatch)
    with pytest.raises(AssertionError):
        hurry(stops(change))
