"""An embedded store on a disk of 24 MB that is filled and freed. Run by test_store_folder in a mount namespace.

Usage: full_disk_story.py FOLDER [BINARY]
"""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from server.log.port import EMPTY, Appended, StoreUnavailable, Tail
from server.log.redis_log import RedisLog
from server.log.redis_presence import RedisPresence
from server.log.store import EmbeddedStore

OFFICE = "mitte"
ROOM = 4 * 1024 * 1024


async def live(disk: Path, binary: Path | None) -> None:
    store = EmbeddedStore(disk / "store", binary, room=ROOM)
    await store.start()
    log, presence = RedisLog(store.url), RedisPresence(store.url)
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(20 * 1024 * 1024))
    # A lease that ends while the disk is full: deleting it would be a write.
    lease = await presence.take(OFFICE, "voice", "node-1", 1000)

    bodies = await fill(log)
    await store.until("down")
    await store.until("read_only")
    assert "full" in store.state.reason, store.state

    kept = await log.read(OFFICE, 0, 1_000_000)
    assert [row.body for row in kept][: len(bodies)] == bodies, "something acknowledged is missing"
    await refused(log, kept[-1].tail)
    assert isinstance(await log.append(OFFICE, kept[-1].tail, "compare00000", []), Appended)

    # The store looks for expired keys ten times a second, and must not crash because of them.
    restarts = store.state.restarts
    while (await log.tail(OFFICE))[1] < lease.until_ms + 1000:
        assert not await log.wait(OFFICE, kept[-1].seq, 100)
    assert (store.state.state, store.state.restarts) == ("read_only", restarts), store.state

    # Killed while the disk is full: it comes back for reading.
    assert store.state.pid
    subprocess.run(["kill", "-9", str(store.state.pid)], check=True)
    await store.until("down")
    await store.until("read_only")
    await refused(log, kept[-1].tail)

    ballast.unlink()
    await store.until("ready")
    answer = await log.append(OFFICE, kept[-1].tail, "after0000000", [b"after"])
    assert isinstance(answer, Appended), answer
    assert await log.read(OFFICE, 0, 1_000_000) == [*kept, *await log.read(OFFICE, len(kept), 10)]

    await log.close()
    await presence.close()
    await store.stop()
    await read_only_disk(disk, binary)


async def fill(log: RedisLog) -> list[bytes]:
    """Appends until the disk is full. Returns the bodies that were acknowledged."""
    tail = EMPTY
    bodies: list[bytes] = []
    while True:
        body = b"%07d" % tail.seq * 8000
        try:
            answer = await log.append(OFFICE, tail, "fill00000000", [body])
        except StoreUnavailable:
            return bodies
        assert isinstance(answer, Appended), answer
        tail = answer.tail
        bodies.append(body)


async def refused(log: RedisLog, tail: Tail) -> None:
    with pytest.raises(StoreUnavailable, match="read_only"):
        await log.append(OFFICE, tail, "refused00000", [b"one", b"two"])


async def read_only_disk(disk: Path, binary: Path | None) -> None:
    """A disk that was mounted read-only gives a clear failure; the store forgets nothing."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(OSError, match="Read-only"):
        await EmbeddedStore(disk / "store", binary).start()


def main() -> None:
    disk = Path(sys.argv[1])
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], check=True)
    asyncio.run(live(disk, Path(sys.argv[2]) if sys.argv[2] else None))


main()
