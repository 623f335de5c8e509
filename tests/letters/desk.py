"""A desk over an office in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from server.office.state import State
    from tests.office.room import Room


class Desk:
    """A desk over an office in memory."""

    health = "ready"

    def __init__(self, room: Room) -> None:
        self.room = room
        self._still: State | None = None

    def stand_still(self) -> None:
        """From now on it folds nothing more, like a process that was stopped."""
        self._still = self.room.state.copy()

    @property
    def state(self) -> State:
        return self._still or self.room.state

    def now(self) -> int:
        return self.room.now
