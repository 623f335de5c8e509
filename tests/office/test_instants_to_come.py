"""Every instant that a command names is checked: what must lie ahead does so, and nothing ends in a year that means "never"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from msgspec import inspect as look
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.commands import COMMANDS
from server.messages.instants import MINUTE, rfc3339
from tests.office.outcome import Played
from tests.office.room import Room, instant
from tests.office.scenes.stage import office, soon
from tests.office.test_command_differences import SCENES

FILE = "tests/office/test_instants_to_come.py"
SLOT = {"hold_slot.start", "book_appointment.start", "move_appointment.start"}
"""Refused as `slot_invalid`, as the contract has it: a slot that has passed is one that nobody can book."""
PAST = {"hand_in_tickets.tickets.issued_at"}
"""When something happened; a later instant counts as now, because people already hold the paper."""
NEVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def instants(kind: look.Type, path: str) -> Iterator[str]:
    """Every field below this one that is an instant, by its path; those of a set of moves are fields of the moves themselves."""
    match kind:
        case look.DateTimeType():
            yield path
        case look.StructType():
            for field in kind.fields:
                yield from instants(field.type, f"{path}.{field.encode_name}")
        case look.UnionType():
            yield from (one for inner in kind.types for one in instants(inner, path))
        case look.VarTupleType() | look.ListType() if path != "apply_moves.moves":
            yield from instants(kind.item_type, path)
        case look.Metadata():
            yield from instants(kind.type, path)


EVERY = sorted(one for name, kind in COMMANDS.items() for one in instants(look.type_info(kind), name))
AHEAD = [one for one in EVERY if one not in SLOT | PAST]


def pressed(where: str, when: Callable[[Room], datetime]) -> tuple[Room, Actor, c.Command]:
    """The scene of this command, with this instant in the field."""
    name, _, field = where.partition(".")
    room = Played(office()).begin(office()).open("1", "2", "3", "4")
    by, command, _ = SCENES[name](room)
    return room, by, replace(command, **{field: when(room)})


def test_each_instant_of_a_command_is_one_of_three_kinds() -> None:
    assert set(EVERY) > SLOT | PAST, f"{FILE}: SLOT or PAST names what is no instant of a command"
    assert {one.partition(".")[0] for one in AHEAD} <= SCENES.keys()
    assert all(one.count(".") == 1 for one in AHEAD), f"{FILE}: say how an instant inside another value is checked"


@pytest.mark.parametrize("where", AHEAD)
@pytest.mark.parametrize(
    ("when", "why"),
    [
        (lambda room: instant(room.now), "past"),
        (lambda room: instant(room.now - 20 * MINUTE), "past"),
        (lambda room: datetime(1970, 1, 1, tzinfo=UTC), "past"),
        (lambda room: NEVER, "leave it out"),
    ],
    ids=["now", "before", "1970", "9999"],
)
def test_what_must_lie_ahead_is_refused_by_its_field(where: str, when: Callable[[Room], datetime], why: str) -> None:
    room, by, command = pressed(where, when)
    refusal = room.refuses(command, by)

    (fault,) = refusal.errors
    assert (refusal.code, fault.field) == ("invalid", where.partition(".")[2])
    assert why in fault.reason


@pytest.mark.parametrize("where", AHEAD)
def test_what_lies_ahead_is_taken(where: str) -> None:
    room, by, command = pressed(where, soon)

    assert room.does(command, by)


@pytest.mark.parametrize("where", sorted(SLOT))
@pytest.mark.parametrize("when", [lambda room: instant(room.now - MINUTE), lambda room: NEVER], ids=["before", "9999"])
def test_a_slot_that_cannot_be_is_none(where: str, when: Callable[[Room], datetime]) -> None:
    room, by, command = pressed(where, when)

    assert room.code(command, by) == "slot_invalid"


def test_in_a_set_the_move_is_named_too(room: Room) -> None:
    room.open("1")
    late = c.PauseCounter(counter="1", back_at=instant(room.now - MINUTE))
    refusal = room.refuses(c.ApplyMoves(moves=(c.CloseService(service="pass"), late)), room.supervisor)

    assert (refusal.code, refusal.errors[0].field, refusal.more["move"]) == ("invalid", "moves[1].back_at", 1)
    assert rfc3339(room.now - MINUTE) in refusal.errors[0].reason
