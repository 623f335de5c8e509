"""Fixtures that the tests of several rooms need. Few on purpose; a room's own fixtures are in its own conftest."""

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import redis
import uvloop
from hypothesis import settings

from server.history.database import close_database, default_url, open_database
from server.log import store_launch
from server.log.store import bundled_binary

# no test is timed: what a slow machine draws in half a second is as right as what it draws at once
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

StartStore = Callable[..., str]
FreshDatabase = Callable[[Path], str]


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], AbstractEventLoop]]:
    """The event loop that `up` uses."""
    return {"uvloop": uvloop.new_event_loop}


@contextlib.contextmanager
def _stores() -> Iterator[StartStore]:
    """Yields a function that starts a durable store on its own socket and returns its URL. The stores end with the block."""
    with contextlib.ExitStack() as ending:

        def start(binary: Path, *options: str) -> str:
            folder = ending.enter_context(tempfile.TemporaryDirectory(prefix="aufruf-test-"))
            socket = f"{folder}/s"
            settings = ["--port", "0", "--unixsocket", socket, "--dir", folder, "--save", ""]
            settings += ["--appendonly", "yes", "--appendfsync", "always", *options]
            launcher = [sys.executable, "-I", "-S", store_launch.__file__, str(os.getpid())]
            process = subprocess.Popen([*launcher, str(binary), *settings], stdout=subprocess.DEVNULL)
            ending.callback(process.wait, 10)
            ending.callback(process.kill)
            _until_it_answers(socket, process)
            return f"unix://{socket}"

        yield start


def _until_it_answers(socket: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 10
    with redis.Redis(unix_socket_path=socket) as client:
        while True:
            try:
                client.ping()
                return
            except redis.RedisError:
                assert process.poll() is None, "the store ended before it answered"
                assert time.monotonic() < deadline, "the store does not answer"
                time.sleep(0.01)


@pytest.fixture
def start_store() -> Iterator[StartStore]:
    """Starts stores that only this test uses: `start_store(binary, *options)` returns a URL."""
    with _stores() as start:
        yield start


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """One embedded Valkey for the whole session, with a sync for every write. Use an office name that no other test uses."""
    with _stores() as start:
        yield start(bundled_binary())


@pytest.fixture(scope="session")
def debian_redis_url() -> Iterator[str]:
    """The same with Debian's redis-server 7.0; skipped where it is not installed."""
    binary = Path("/usr/bin/redis-server")
    if not binary.exists():
        pytest.skip("redis-server is not installed: make system")
    with _stores() as start:
        yield start(binary)


@pytest.fixture(scope="session")
def fresh_database(tmp_path_factory: pytest.TempPathFactory) -> FreshDatabase:
    """Puts a database with all tables and no rows into a folder and returns its URL: made once, then copied."""
    made = tmp_path_factory.mktemp("database")

    async def make() -> None:
        await close_database(await open_database(default_url(made)))

    asyncio.run(make())

    def put(folder: Path) -> str:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(made / "aufruf.db", folder)
        return default_url(folder)

    return put
