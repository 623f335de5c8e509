"""Rooms and random lives from the tests of the core: the forecast sees the same states."""

from tests.office.conftest import at, iso, live, make_life, make_room, office, room

__all__ = ["at", "iso", "live", "make_life", "make_room", "office", "room"]
