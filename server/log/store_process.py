"""One run of the embedded store's process: start, readiness, last output, end.

Used by the keeper in `store` only.
"""

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path

import structlog

_LAUNCHER = Path(__file__).with_name("store_launch.py")
_READY_POLL_S = 0.01
_GRACE_S = 3.0
"""A store syncs and ends within milliseconds of SIGTERM."""
_LAST_WORDS = 20

_log = structlog.get_logger("aufruf.log")


class StoreProcess:
    """A running store. `launch` makes one."""

    def __init__(self, process: asyncio.subprocess.Process, words: "_Words", socket: Path) -> None:
        self._process = process
        self._words = words
        self._socket = socket
        self.pid = process.pid

    @classmethod
    async def launch(cls, binary: Path, arguments: Sequence[str], socket: Path, keep_open: int) -> "StoreProcess":
        """Start `binary` with `arguments`; it will listen on `socket` and inherits the descriptor `keep_open`.

        From the main thread only: the parent-death signal follows the thread that started the process, not the parent.
        """
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("the embedded store must be started from the main thread")
        words, output = await _Words.listen()
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-S", str(_LAUNCHER), str(os.getpid()), str(binary), *arguments),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=(keep_open,),
                start_new_session=True,  # Ctrl-C in a terminal is for us; we stop the store when we no longer need it
            )
        except BaseException:
            words.close()
            raise
        finally:
            os.close(output)
        return cls(process, words, socket)

    async def ready(self) -> bool:
        """Wait until it answers (True) or has exited (False)."""
        while self._process.returncode is None:
            with contextlib.suppress(OSError, TimeoutError):
                if await ask(self._socket, "PING") == "+PONG":
                    return True
            await asyncio.sleep(_READY_POLL_S)
        return False

    async def exited(self) -> None:
        """Wait for its end and its last output, which can be late only if a child of the store still holds the pipe."""
        await self._process.wait()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._words.ended.wait(), 0.1)

    def last_words(self) -> list[str]:
        return list(self._words.lines)

    @property
    def killed(self) -> bool:
        """Whether it was ended by a signal from outside, or because memory ran out."""
        return self._process.returncode in (-signal.SIGKILL, -signal.SIGTERM)

    def end(self) -> str:
        """How it ended, for people."""
        code = self._process.returncode
        if code is not None and code < 0:
            return f"killed by {signal.Signals(-code).name}"
        return f"exit code {code}"

    async def stop(self, grace_s: float = _GRACE_S) -> None:
        """SIGTERM, then after a while SIGKILL. Returns when the process has ended."""
        self._send(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), grace_s)
        except TimeoutError:
            _log.warning("the store did not end in time and was killed", seconds=grace_s)
            self._send(signal.SIGKILL)
            await self._process.wait()
        finally:
            self._words.close()

    def _send(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)


async def ask(socket: Path, *command: str, limit_s: float = 1.0) -> str:
    """The store's one-line answer on `socket` to an inline command. OSError or TimeoutError if there is none."""
    async with asyncio.timeout(limit_s):
        reader, writer = await asyncio.open_unix_connection(str(socket))
        try:
            writer.write(" ".join(command).encode() + b"\r\n")
            return (await reader.readline()).decode().strip()
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


class _Words(asyncio.Protocol):
    """The store's output: passed to our log. The last lines are kept, because they say why it ended."""

    def __init__(self) -> None:
        self.lines: deque[str] = deque(maxlen=_LAST_WORDS)
        self.ended = asyncio.Event()
        self._rest = b""
        self._transport: asyncio.BaseTransport | None = None

    @classmethod
    async def listen(cls) -> tuple["_Words", int]:
        """A listener, and the descriptor to print to."""
        source, output = os.pipe()
        _, words = await asyncio.get_running_loop().connect_read_pipe(cls, os.fdopen(source, "rb", 0))
        return words, output

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *lines, rest = (self._rest + data).split(b"\n")
        self._rest = rest[-4096:]
        for line in lines:
            text = line.decode("utf-8", "replace").rstrip()
            self.lines.append(text)
            _log.debug("the store says", text=text)

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended.set()

    def close(self) -> None:
        if self._transport:
            self._transport.close()
