"""Keepers of an embedded store in processes of their own, and what became of them."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from server.log.port import Appended
from server.log.redis_log import RedisLog
from server.log.store import EmbeddedStore

OFFICE = "mitte"
DEBIAN = Path("/usr/bin/redis-server")
LIMIT_S = 20
MakeStore = Callable[..., EmbeddedStore]

# A program with an embedded store: prints the store's pid, then does nothing until it is killed.
KEEPER = """
import asyncio, sys
from pathlib import Path
import structlog
from server.log.store import EmbeddedStore
structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
async def main():
    store = EmbeddedStore(Path(sys.argv[1]))
    await store.start()
    print(store.state.pid, flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


def child(store: EmbeddedStore) -> psutil.Process:
    assert store.state.pid
    return psutil.Process(store.state.pid)


def runs(process: psutil.Process) -> bool:
    """Whether it runs; a zombie does not count."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


async def gone(process: psutil.Process) -> None:
    async with asyncio.timeout(LIMIT_S):
        while runs(process):
            await asyncio.sleep(0.01)


async def numbered(store: EmbeddedStore) -> int:
    """Appends one entry and returns its number."""
    log = RedisLog(store.url)
    try:
        tail, _ = await log.tail(OFFICE)
        answer = await log.append(OFFICE, tail, os.urandom(6).hex(), [b"entry"])
        assert isinstance(answer, Appended)
        return answer.tail.seq
    finally:
        await log.close()


def run_keeper(folder: Path) -> "tuple[subprocess.Popen[str], psutil.Process]":
    keeper = subprocess.Popen([sys.executable, "-c", KEEPER, str(folder)], stdout=subprocess.PIPE, text=True)
    assert keeper.stdout
    with keeper.stdout:
        return keeper, psutil.Process(int(keeper.stdout.readline()))
