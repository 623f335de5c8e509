"""A fresh database and a key file."""

from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from server.persons.contacts import Contacts
from server.persons.sealing import Sealing
from tests.standing_database import engine, url

__all__ = ["engine", "url"]


@pytest.fixture
def sealing(tmp_path: Path) -> Sealing:
    return Sealing(tmp_path / "contacts.key")


@pytest.fixture
def contacts(engine: AsyncEngine, sealing: Sealing) -> Contacts:
    return Contacts(engine, sealing)
