"""Starting and ending other programs: each in a session of its own, and never one left behind. Used by voices and players."""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from typing import IO

FAREWELL_S = 1.0
"""Seconds to wait for a killed process's pipes: a grandchild of its could hold them open."""


async def start(*command: str, stdin: int, stdout: int, stderr: int | IO[bytes] = DEVNULL) -> Process:
    """A child that Ctrl-C at our terminal does not reach: it ends when we say so. OSError if it cannot be started."""
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
            await process.communicate()


def dying_with_parent() -> tuple[str, ...]:
    """What to put before a command that cannot ask for a parent-death signal itself; nothing where there is no setpriv."""
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "KILL") if setpriv else ()


def _kill(process: Process) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        # Not process.kill(): that reaps a dead child behind the back of the event loop's own watcher.
        os.killpg(process.pid, signal.SIGKILL)


def tell(process: Process, words: bytes) -> None:
    """Writes to a child's stdin. OSError if it has ended: uvloop calls that a RuntimeError, which nobody expects."""
    assert process.stdin is not None
    try:
        process.stdin.write(words)
    except RuntimeError as ended:
        raise BrokenPipeError(str(ended)) from ended
