"""Rooms and random lives of the core's own tests: the forecast looks at the same states."""

from tests.office.conftest import at, iso, live, make_life, make_room, office, room

__all__ = ["at", "iso", "live", "make_life", "make_room", "office", "room"]
