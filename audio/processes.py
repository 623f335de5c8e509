"""Starts and ends other programs, each in its own session, and leaves none behind. Used by voices and players."""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from typing import IO

FAREWELL_S = 1.0
"""Seconds to wait for the pipes of a killed process: one of its children could keep them open."""


async def start(*command: str, stdin: int, stdout: int, stderr: int | IO[bytes] = DEVNULL) -> Process:
    """Starts a child that Ctrl-C in our terminal does not reach: it ends when we end it. OSError if it cannot be started."""
    return await asyncio.create_subprocess_exec(
        *command, stdin=stdin, stdout=stdout, stderr=stderr, start_new_session=True
    )


async def end(process: Process) -> None:
    """Kills the process and what it started, reads its pipes to their end, and returns when it is gone."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            _kill(process)
    with contextlib.suppress(TimeoutError, OSError):
        async with asyncio.timeout(FAREWELL_S):
            try:
                await process.communicate()
            except RuntimeError:  # whoever still waits for an answer reads the pipe to its end
                await process.wait()


def dying_with_parent() -> tuple[str, ...]:
    """A prefix for commands that cannot ask for a parent-death signal themselves; empty if there is no setpriv."""
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "KILL") if setpriv else ()


def _kill(process: Process) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        # Not process.kill(): that would reap a dead child before the event loop's own watcher does.
        os.killpg(process.pid, signal.SIGKILL)


def tell(process: Process, words: bytes) -> None:
    """Writes to a child's stdin. OSError if it has ended (uvloop raises RuntimeError there, which no caller expects)."""
    assert process.stdin is not None
    try:
        process.stdin.write(words)
    except RuntimeError as ended:
        raise BrokenPipeError(str(ended)) from ended
