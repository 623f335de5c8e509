"""The embedded store's folder: its lock, its config file, its socket's path, the room on its disk. No processes here."""

import asyncio
import contextlib
import fcntl
import hashlib
import os
import stat
from pathlib import Path

LOCK_WAIT_S = 5.0
ROOM_BYTES = 64 * 1024 * 1024
"""What must be free before a store that met a full disk appends again."""

_LOCK_POLL_S = 0.05
_LONGEST_SOCKET_PATH = 100
"""Bytes; Linux takes 107, macOS 103."""

_CONFIG = """\
# Written by aufruf at every start of the embedded store; changes are lost.
dir {folder}
unixsocket {socket}
unixsocketperm 700
port 0
appendonly yes
appendfsync always
no-appendfsync-on-rewrite no
aof-use-rdb-preamble no
save ""
maxmemory-policy noeviction
daemonize no
logfile ""
"""

# Trimmed entries stay in the store's memory, marked as deleted, and the preamble would write them to the file again (seen: an id
# trimmed before the rewrite was in the file after it). As commands, only living entries are written.

READING = ["--replicaof", "127.0.0.1", "0", "--replica-serve-stale-data", "yes", "--replica-read-only", "yes"]
"""A replica without a primary: reads work, writes are refused. Without this the store would expire old keys, which writes, and on
a full disk that kills it (measured). Nobody can listen on port 0."""


class FolderTaken(Exception):
    """Another keeper, or a store that it left behind, uses `folder`. `pid`: the keeper's, if known."""

    def __init__(self, folder: Path, pid: int | None) -> None:
        who = f"process {pid}" if pid else "another process"
        super().__init__(
            f"the data folder {folder} is in use by {who}; stop that one, or give this one a folder of its own"
        )
        self.folder = folder
        self.pid = pid


class FolderLock:
    """A lock on a folder. The store inherits `fd`, so the folder is free only when its keeper *and* its store have ended."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.fd = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @classmethod
    async def take(cls, folder: Path, wait_s: float = LOCK_WAIT_S) -> "FolderLock":
        """Take the lock; wait up to `wait_s` for a store that is just ending. FolderTaken if it stays locked."""
        lock = cls(folder)
        try:
            async with asyncio.timeout(wait_s):
                while not lock._try():  # the kernel does not tell when a lock becomes free
                    await asyncio.sleep(_LOCK_POLL_S)
        except BaseException as error:
            pid = lock._holder()
            lock.release()
            if isinstance(error, TimeoutError):
                raise FolderTaken(folder, pid) from None
            raise
        return lock

    def release(self) -> None:
        os.close(self.fd)

    def _try(self) -> bool:
        try:
            fcntl.flock(self.fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        os.ftruncate(self.fd, 0)
        with contextlib.suppress(OSError):  # the pid is for people; a full disk may refuse it
            os.pwrite(self.fd, b"%d\n" % os.getpid(), 0)
        return True

    def _holder(self) -> int | None:
        written = os.pread(self.fd, 20, 0).strip()
        return int(written) if written.isdigit() else None


def make_private(folder: Path) -> None:
    """Make `folder` with access for us only. PermissionError if somebody else made it first, as anybody may in /tmp."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to another user of this machine")
    folder.chmod(0o700)


def socket_path(folder: Path, fallback: Path = Path("/tmp")) -> Path:  # noqa: S108 - private folder below, checked
    """The store's socket: in `folder`, or under `fallback` by a stable name if the path is too long for a socket."""
    here = folder / "store.sock"
    if len(os.fsencode(here)) <= _LONGEST_SOCKET_PATH:
        return here
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    return fallback / f"aufruf-{os.getuid()}-{name}" / "store.sock"


def write_config(folder: Path, socket: Path) -> Path:
    """Write the store's config file; not if it is right already, so that a start does not fail on a full disk."""
    path = folder / "store.conf"
    text = os.fsencode(_CONFIG.format(folder=_quoted(folder), socket=_quoted(socket)))
    if not path.exists() or path.read_bytes() != text:
        path.write_bytes(text)
    return path


def _quoted(path: Path) -> str:
    escaped = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def has_room(folder: Path, room: int = ROOM_BYTES) -> bool:
    """Whether `room` bytes can be written there: asks the disk, then tries it, because only that shows a quota. Blocks."""
    found = os.statvfs(folder)
    if found.f_bavail * found.f_frsize < room:
        return False
    probe = folder / "room"
    try:
        fd = os.open(probe, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            os.posix_fallocate(fd, 0, room)
        finally:
            os.close(fd)
    except OSError:
        return False
    finally:
        with contextlib.suppress(OSError):
            probe.unlink()
    return True
