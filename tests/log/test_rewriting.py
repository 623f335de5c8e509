"""Entries trimmed from a log stay in the store's file until the file is rewritten."""

import asyncio
from pathlib import Path

from server.log.port import EMPTY, Appended
from server.log.redis_log import RedisLog
from server.log.store import EmbeddedStore

LONG = 20.0


def held(folder: Path, secret: bytes) -> bool:
    return any(secret in _content(file) for file in (folder / "appendonlydir").iterdir())


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:  # the store has just put a shorter file in its place
        return b""


async def test_a_rewritten_file_has_forgotten_what_was_trimmed(tmp_path: Path) -> None:
    secret = b"an id that was somebody's"
    store = EmbeddedStore(tmp_path)
    await store.start()
    log = RedisLog(store.url)
    try:
        answer = await log.append("mitte", EMPTY, "m1", [b'{"holder":"' + secret + b'"}', b"{}"])
        assert isinstance(answer, Appended)
        await log.trim("mitte", 2)
        assert held(tmp_path, secret)

        await log.rewrite()

        async with asyncio.timeout(LONG):
            while held(tmp_path, secret):  # the store does it in the background and reports nothing
                await asyncio.sleep(0.05)
        assert [row.seq for row in await log.read("mitte", 0, 10)] == [2]
    finally:
        await log.close()
        await store.stop()
