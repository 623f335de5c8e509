"""A second process for a test, heard line by line: for crowds of sockets that must not share the test's loop and descriptors."""

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator

from tests.crash.up import ROOT


class Beside:
    """`hear` waits for its next line, `end` closes its input and returns all it says after that. Both within `limit_s`."""

    def __init__(self, process: asyncio.subprocess.Process, limit_s: float) -> None:
        assert process.stdin
        assert process.stdout
        self._to, self._from, self._limit_s = process.stdin, process.stdout, limit_s

    async def hear(self) -> list[str]:
        async with asyncio.timeout(self._limit_s):
            return (await self._from.readline()).decode().split()

    async def end(self) -> list[str]:
        self._to.close()
        async with asyncio.timeout(self._limit_s):
            return (await self._from.read()).decode().splitlines()


@contextlib.asynccontextmanager
async def beside(module: str, *words: object, limit_s: float = 60) -> AsyncIterator[Beside]:
    """`python -m tests.crash.<module> ...`; killed afterwards if it still runs."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", f"tests.crash.{module}", *map(str, words)),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield Beside(process, limit_s)
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.wait()
