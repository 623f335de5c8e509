"""An office in memory, and a database."""

from tests.office.conftest import make_room, office, room
from tests.standing_database import engine, later, url

__all__ = ["engine", "later", "make_room", "office", "room", "url"]
