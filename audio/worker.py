"""A child process for one kind of heavy or fragile work: started when needed, killed when it hangs, started again.

Voices, sound processing and the sound card run in such processes, so that none of them can block the caller's interpreter.
"""

import asyncio
import contextlib
import os
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import IO

import msgspec

from audio.child import LENGTH, Answer
from audio.processes import end, start, tell

LONGEST_ANSWER = 64 * 1024 * 1024
"""Bytes. A larger answer is a broken frame: a minute of 48 kHz WAV is 6 MB."""

FAREWELL_S = 1.0
"""Seconds that a worker gets to end after its stdin was closed; then it is killed."""

_BOOT = (
    "import os, runpy, sys; os.closerange(3, 1 << 16); sys.path.insert(0, sys.argv[1]); del sys.argv[:2]; "
    "runpy.run_module(sys.argv[0], run_name='__main__')"
)
"""The child imports from this source tree, installed or not, and never from the folder it was started in (-P). It closes
inherited files, because not every event loop does that."""
_ROOT = str(Path(__file__).resolve().parent.parent)


class WorkerFault(Exception):
    """A job without a result. `reason`: fault (of the job; the worker goes on), died, hung or garbled."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class Worker:
    """One child process that runs `module`, one job at a time; other jobs wait for their turn.

    `ask(request, limit)` → the answer's bytes within `limit` seconds after its turn began, else WorkerFault. The next `ask`
    starts a dead or killed process again. It inherits no socket or file of ours, and dies with us.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        self._command = (sys.executable, "-P", "-c", _BOOT, _ROOT, module, str(os.getpid()), *arguments)
        self._process: Process | None = None
        self._complaints: IO[bytes] | None = None
        self._turn = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is none."""
        return self._process.pid if self._alive() and self._process is not None else None

    async def ask(self, request: bytes, limit: float) -> bytes:
        async with self._turn:
            try:
                async with asyncio.timeout(limit):
                    return await self._exchange(request)
            except TimeoutError:
                await self._kill()
                raise WorkerFault("hung", f"no answer in {limit:g} s") from None
            except WorkerFault as fault:
                if fault.reason != "fault":
                    await self._kill()
                raise
            except BaseException:  # a cancelled job's answer would stay in the pipe, and the next job would read it
                await self._kill()
                raise

    async def close(self) -> None:
        """Ends the child by closing its stdin, or by force if that does not help."""
        process = self._process
        if process is None:
            return
        with contextlib.suppress(TimeoutError, OSError):
            if process.stdin is not None:
                process.stdin.close()
            async with asyncio.timeout(FAREWELL_S):
                await process.wait()
        await self._kill()

    async def _exchange(self, request: bytes) -> bytes:
        try:
            frame = await self._frame(request)
            answer = msgspec.msgpack.decode(frame, type=Answer)
        except (asyncio.IncompleteReadError, OSError) as fault:
            raise WorkerFault("died", self._last_words() or str(fault)) from fault
        except msgspec.MsgspecError as fault:
            raise WorkerFault("garbled", str(fault)) from fault
        if answer.fault:
            raise WorkerFault("fault", answer.fault)
        return answer.body

    async def _frame(self, request: bytes) -> bytes:
        process = await self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        tell(process, LENGTH.pack(len(request)) + request)
        await process.stdin.drain()
        (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
        if length > LONGEST_ANSWER:
            raise WorkerFault("garbled", f"a frame of {length} bytes")
        return await process.stdout.readexactly(length)

    async def _started(self) -> Process:
        if not self._alive():
            await self._kill()
            self._complaints = tempfile.TemporaryFile()  # noqa: SIM115
            self._process = await start(*self._command, stdin=PIPE, stdout=PIPE, stderr=self._complaints)
        assert self._process is not None
        return self._process

    def _last_words(self) -> str:
        """The last line the child wrote to stderr: usually the name of what is missing."""
        if self._complaints is None:
            return ""
        self._complaints.seek(0)
        lines = self._complaints.read().decode(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else ""

    def _alive(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            await end(process)
        if self._complaints is not None:
            self._complaints.close()
            self._complaints = None
