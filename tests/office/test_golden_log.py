"""Golden logs: what a release wrote can be folded for ever, to the state and the boards that it had then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec import to_builtins

from server.messages.actor import Actor
from server.messages.boards import Part
from server.messages.events import EVENTS, DayOpened, RosterSet, TooNew, decode, encode
from server.messages.facts import Duty
from server.messages.terms import BoardKind
from server.office.boards import Sight, board
from server.office.evolve import evolve
from server.office.snapshot import freeze, thaw
from server.office.state import State

GOLDEN = Path(__file__).parent / "golden"
RELEASES = sorted(file.stem for file in GOLDEN.glob("v*.jsonl"))
FACTS = (
    "day",
    "last_day",
    "epoch",
    "seq",
    "mark",
    "at",
    "preset",
    "lost",
    "roster",
    "model",
    "numbers",
    "silences",
    "codes",
)
TABLES = ("tickets", "counters", "services", "prints", "messages", "alarms", "appointments", "leases", "moves", "shown")
SINCE = {
    "day_carried",
    "time_kept",
    "model_set",
    "effect_noted",
    "rule_set",
    "walk_ins_set",
    "phrase_shown",
    "setting_laid",
    "setting_taken_back",
}
"""Types of events that came with a later release."""
KINDS: tuple[tuple[BoardKind, str], ...] = (
    ("display", "hall"),
    ("counter", "2"),
    ("supervisor", ""),
    ("desk", ""),
    ("announcer", "hall"),
    ("printer", "paper"),
    ("kiosk", "entrance"),
    ("station", "booth"),
)


def picture(state: State, now: int) -> dict[str, Any]:
    """A state and its boards as plain JSON."""
    sight = Sight(actor=Actor(role="clerk", principal="page:anna", holder="day-anna", page=True))
    shown: dict[str, Part | Any] = {kind: board(state, kind, id, now, sight) for kind, id in KINDS}
    shown |= {f"ticket {id}": board(state, "ticket", id, now) for id in state.tickets}
    plain: dict[str, Any] = to_builtins(
        {
            "facts": {name: getattr(state, name) for name in FACTS},
            "tables": {name: getattr(state, name) for name in TABLES},
            "keys": sorted(key for _, key in state.keys),
            "order": [
                ticket.id for ticket in sorted(state.waiting_tickets(), key=lambda one: (one.reference, one.seq))
            ],
            "boards": shown,
            "now": now,
        }
    )
    found: dict[str, Any] = json.loads(json.dumps(plain))
    return found


def missing(wanted: Any, found: Any, path: str = "") -> list[str]:
    """Where `found` differs from then; new members may be added."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        return [fault for name in wanted for fault in missing(wanted[name], found.get(name), f"{path}/{name}")]
    if isinstance(wanted, list) and isinstance(found, list) and len(wanted) == len(found):
        pairs = enumerate(zip(wanted, found, strict=True))
        return [fault for at, (one, other) in pairs for fault in missing(one, other, f"{path}/{at}")]
    return [] if wanted == found else [f"{path}: {wanted!r} became {found!r}"]


def entries(release: str) -> list[tuple[int, str, bytes]]:
    lines = (GOLDEN / f"{release}.jsonl").read_text(encoding="utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    return [(entry["seq"], entry["mark"], entry["body"].encode()) for entry in read]


def folded(rows: list[tuple[int, str, bytes]], state: State | None = None) -> State:
    state = state or State()
    for seq, mark, body in rows:
        evolve(state, decode(body), seq, mark)
    return state


@pytest.mark.parametrize("release", RELEASES)
def test_what_a_release_wrote_folds_to_what_it_meant(release: str) -> None:
    expected = json.loads((GOLDEN / f"{release}.expected.json").read_text(encoding="utf-8"))
    if release == "v1":
        expected["facts"].pop("roster")  # counts that name no counter: another test checks what is left of them

    found = picture(folded(entries(release)), expected["now"])

    assert missing(expected, found) == []


def test_a_roster_of_the_first_release_is_read_as_the_breaks_it_named() -> None:
    """It counted open counters per half hour and named none of them."""
    rows = [row for row in entries("v1") if b'"roster_set"' in row[2] or b'"day_opened"' in row[2]]
    said = [event for event in (decode(body) for _, _, body in rows) if isinstance(event, RosterSet | DayOpened)]

    assert [event.roster for event in said if isinstance(event, DayOpened)] == [{}, {}]
    assert [(event.day, event.duty) for event in said if isinstance(event, RosterSet)] == [
        ("tue", (Duty(counter="1", from_="12:00", to="12:30", kind="break"),))
    ]


@pytest.mark.parametrize("release", RELEASES)
def test_the_newest_day_of_it_is_enough(release: str) -> None:
    rows = entries(release)
    start = max(at for at, (_, _, body) in enumerate(rows) if b'"day_opened"' in body)

    whole, trimmed = folded(rows), folded(rows[start:])

    assert 0 < start < len(rows) - 1
    assert picture(trimmed, whole.at) == picture(whole, whole.at)


@pytest.mark.parametrize("release", RELEASES)
def test_a_snapshot_at_every_entry_of_it_is_as_good(release: str) -> None:
    rows = entries(release)
    whole = freeze(folded(rows))
    state = State()
    for at, (seq, mark, body) in enumerate(rows, 1):
        evolve(state, decode(body), seq, mark)
        kept = thaw(freeze(state))
        assert kept is not None
        if at % 7 == 0:
            assert freeze(folded(rows[at:], kept)) == whole


@pytest.mark.parametrize("release", RELEASES)
def test_it_is_read_and_written_as_it_was(release: str) -> None:
    """A program that restores, forwards or exports entries keeps their meaning."""
    for _, _, body in entries(release):
        assert decode(encode(decode(body))) == decode(body)


@pytest.mark.parametrize(("release", "later"), [("v1", SINCE), ("v2", set())])
def test_a_release_wrote_every_type_of_event(release: str, later: set[str]) -> None:
    written = {json.loads(body)["type"] for _, _, body in entries(release)}

    new, old = sorted(set(EVENTS) - later - written), sorted(written & later)
    hint = (
        "live it in tests/office/golden/rich_day.py and write the log again (write.py)"
        if not later
        else "name it in SINCE"
    )
    assert not new, f"tests/office/test_golden_log.py: {release} has no {', '.join(new)}; {hint}"
    assert not old, f"tests/office/test_golden_log.py: {release} has {', '.join(old)}; take it out of SINCE"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"type":"ticket_teleported","v":1,"at":0,"by":"x"}', ("ticket_teleported", 1)),
        (b'{"type":"ticket_issued","v":3}', ("ticket_issued", 3)),
    ],
)
def test_what_a_later_release_wrote_is_not_folded(body: bytes, said: tuple[str, int]) -> None:
    with pytest.raises(TooNew) as raised:
        decode(body)

    assert (raised.value.type, raised.value.v) == said
    assert str(raised.value) == f"entry {said[0]} v{said[1]} is newer than this release (v2)"
