"""A whole server on loopback, as the tests of the web have it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conftest import FreshDatabase
from tests.web.conftest import House, Stand, standing


@pytest.fixture
async def house(tmp_path: Path, fresh_database: FreshDatabase) -> AsyncIterator[House]:
    async with standing(fresh_database(tmp_path), Stand()) as house:
        yield house
