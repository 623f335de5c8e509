"""Very many people in a room, without a press for each: copies of tickets that were issued."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from server.messages.instants import MINUTE, SECOND

if TYPE_CHECKING:
    from tests.office.room import Room


def crowd(room: Room, waiting: int) -> None:
    """Fills the room with people who want what those already waiting want, each a little later than the one before."""
    kinds = room.state.waiting_tickets()
    for number in range(len(kinds), waiting):
        one, more = kinds[number % len(kinds)], number * SECOND // 10
        room.state.put_ticket(
            replace(
                one,
                id=f"x{number:015d}",
                number=f"X{number}",
                seq=one.seq + number,
                issued_at=one.issued_at + more,
                reference=one.reference + more,
            )
        )
    room.now += 30 * MINUTE
