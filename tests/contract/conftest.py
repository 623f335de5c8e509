"""The office of the contract's tests, and the historian that follows it."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from config.loader import load
from server.history.database import close_database, open_database
from server.history.historian import Historian
from server.log.memory_log import MemoryLog
from server.log.memory_presence import MemoryPresence
from server.log.memory_store import MemoryStore
from server.messages.office import Office
from server.office.waits import PromiseTo, Waits
from tests.conftest import FreshDatabase
from tests.contract.house import TUESDAY, House, Stand, Stepped

BASE = Path(__file__).parent / "base.toml"


@pytest.fixture
async def stand(tmp_path: Path, fresh_database: FreshDatabase) -> AsyncIterator[Stand]:
    """Starts an office, which ends with the test."""
    async with AsyncExitStack() as stack:

        async def standing(
            toml: str = "",
            *,
            at: str = TUESDAY,
            nodes: int = 1,
            promise: PromiseTo | None = None,
            waits: Callable[[], Waits | None] = lambda: None,
        ) -> House:
            engine = await open_database(fresh_database(tmp_path))
            stack.push_async_callback(close_database, engine)
            clock = Stepped(at)
            store = MemoryStore(clock.now_ms)
            file, presence = _office(tmp_path, toml), MemoryPresence(store)
            house = House(clock, store, presence, engine, stack, file, promise=promise, waits=waits)
            for _ in range(nodes):
                await house.another_node()
            return house

        yield standing


def _office(folder: Path, toml: str) -> Office:
    """The office file of the test, read by the real loader."""
    shutil.copy(BASE, folder / "base.toml")
    file = folder / "amt.toml"
    file.write_text(f'extends = "base.toml"\n{toml}', encoding="utf-8")
    return load(file)


@pytest.fixture
async def house(stand: Stand) -> House:
    """The office of the file, on one server."""
    return await stand()


@asynccontextmanager
async def historian_of(house: House) -> AsyncIterator[Historian]:
    historian = Historian(house.engine, MemoryLog(house.store), house.clock)
    yield historian
    await historian.stop()


HistoryOf = Callable[[House], AbstractAsyncContextManager[Historian]]


@pytest.fixture
def history() -> HistoryOf:
    """The historian of an office: `async with history(house) as historian`."""
    return historian_of
