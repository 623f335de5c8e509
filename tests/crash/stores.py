"""A Valkey or Redis for one test: killed, restarted on the same files, stopped, asked as an operator would."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import redis

from server.log import store_launch
from server.log.store import bundled_binary

DEBIAN = Path("/usr/bin/redis-server")
FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
"""Lets a test set the clock of a process."""
LIMIT_S = 20.0


class RunningStore:
    """Syncs every write, as our documents demand of an external store. Ends with the test."""

    def __init__(self, binary: Path | None = None, *options: str, environment: Mapping[str, str] | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="aufruf-store-"))
        self.socket = self.folder / "s"
        self.url = f"unix://{self.socket}"
        self._binary, self._options = binary or bundled_binary(), options
        self._environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def start(self) -> None:
        settings = ["--port", "0", "--unixsocket", str(self.socket), "--dir", str(self.folder), "--save", ""]
        settings += ["--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction"]
        launcher = [sys.executable, "-I", "-S", store_launch.__file__, str(os.getpid()), str(self._binary)]
        with (self.folder / "words").open("ab") as words:
            command = [*launcher, *settings, *self._options]
            self._process = subprocess.Popen(command, stdout=words, stderr=words, env=self._environment)
        deadline = time.monotonic() + LIMIT_S
        while not self.answers():
            assert self._process.poll() is None, self.words()
            assert time.monotonic() < deadline, f"the store does not answer: {self.words()}"
            time.sleep(0.01)

    def answers(self) -> bool:
        try:
            return bool(self.told("PING"))
        except redis.AuthenticationError:
            return True
        except redis.RedisError:
            return False

    def told(self, *command: str) -> Any:
        """The answer to an operator's command."""
        with redis.Redis(unix_socket_path=str(self.socket), socket_timeout=LIMIT_S) as client:
            return client.execute_command(*command)

    def kill(self) -> None:
        assert self._process
        self._process.kill()
        self._process.wait(LIMIT_S)

    def lose_its_disk(self) -> None:
        """Kills it and deletes everything it had written."""
        self.kill()
        for found in self.folder.iterdir():
            if found.name != "words":
                shutil.rmtree(found) if found.is_dir() else found.unlink()

    @contextlib.contextmanager
    def stopped(self) -> Iterator[None]:
        """It neither answers nor closes connections."""
        with stopped(self.pid):
            yield

    def words(self) -> str:
        return (self.folder / "words").read_text(errors="replace")[-2000:]

    def end(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGCONT)
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def stopped(pid: int) -> Iterator[None]:
    """SIGSTOP around a block."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def runs(process: psutil.Process) -> bool:
    """Whether it runs; a zombie does not count."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
