"""What a state says, for comparison: everything that a snapshot holds, without order, and every board of the office."""

from typing import Any

import msgspec

from server.messages.boards import Part
from server.messages.terms import BoardKind
from server.office.boards import board
from server.office.snapshot import Snapshot, freeze
from server.office.state import State

Board = tuple[BoardKind, str]
_whole = msgspec.msgpack.Decoder(Snapshot).decode


def facts(state: State) -> dict[str, Any]:
    """Every fact by its name; where the order means nothing it is removed."""
    told = msgspec.to_builtins(
        {name: getattr(kept, name) for kept in [_whole(freeze(state))] for name in kept.__struct_fields__}
    )
    unordered = (
        "tickets",
        "counters",
        "services",
        "prints",
        "messages",
        "keys",
        "appointments",
        "holds",
        "acts",
        "shown",
    )
    return {name: sorted(value, key=repr) if name in unordered else value for name, value in told.items()}


def every_board(state: State) -> list[Board]:
    """Each board that somebody could have open."""
    office = state.office
    named: list[tuple[BoardKind, list[str]]] = [
        ("display", [one.id for one in office.displays]),
        ("announcer", [one.id for one in office.zones]),
        ("counter", [one.id for one in office.counters]),
        ("station", [one.id for one in office.stations]),
        ("kiosk", [one.id for one in office.kiosks]),
        ("printer", [one.id for one in office.printers]),
        ("ticket", sorted(state.tickets)),
        ("supervisor", [""]),
        ("desk", [""]),
    ]
    return [(kind, id) for kind, ids in named for id in ids]


def boards(state: State, now: int) -> dict[Board, bytes]:
    """All boards, as they are sent."""
    made: dict[Board, bytes] = {}
    for kind, id in every_board(state):
        part = board(state, kind, id, now)
        assert isinstance(part, Part), part
        made[kind, id] = msgspec.json.encode(part)
    return made


def same(one: State, other: State, *times: int) -> None:
    """Nobody could see a difference, now or later."""
    assert facts(one) == facts(other)
    for now in times or (one.at,):
        assert boards(one, now) == boards(other, now)
