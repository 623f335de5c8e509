"""`aufruf up` as a real process with real children: started, killed, stopped, started again, and what it leaves behind."""

import asyncio
import contextlib
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
import psutil  # type: ignore[import-untyped]

from server.keys import create_token
from server.log.store_folder import socket_path
from tests.crash.stores import runs

ROOT = Path(__file__).parents[2]
OFFICE = "mitte"
START_S = 40.0
"""No start takes longer, on any machine."""
POLL_S = 0.05


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Up:
    """One node. `redis`, `database`: its options; None: its own. `before`: the command that runs it (`ip netns exec`)."""

    def __init__(
        self,
        data: Path,
        *options: str,
        redis: str | None = None,
        database: str | None = None,
        host: str = "127.0.0.1",
        before: Sequence[str] = (),
    ) -> None:
        self.data, self.redis, self.database = data, redis, database
        self.host, self.port = host, free_port()
        self._options, self._before = options, before
        self._process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def live(self) -> str:
        return f"ws://{self.host}:{self.port}/api/v1/offices/{OFFICE}/live"

    @property
    def store_url(self) -> str:
        return self.redis or f"unix://{socket_path((self.data / 'store').absolute())}"

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    async def start(self) -> None:
        self.launch()
        await self.ready()

    def launch(self) -> None:
        """Starts it and does not wait."""
        self.data.mkdir(parents=True, exist_ok=True)
        where = ["--data", str(self.data), "--host", self.host, "--port", str(self.port)]
        where += ["--redis", self.redis] if self.redis else []
        where += ["--database", self.database] if self.database else []
        command = [*self._before, sys.executable, "-m", "server.command_line", "up", *where]
        with self._words.open("ab") as words:
            self._process = subprocess.Popen([*command, *self._options], cwd=ROOT, stdout=words, stderr=words)
        self.started_at = time.monotonic()

    async def ready(self, limit_s: float = START_S) -> None:
        """`GET /health/ready` says 200."""
        assert self._process
        deadline = time.monotonic() + limit_s
        async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
            while True:
                with contextlib.suppress(httpx.TransportError):
                    if (await client.get(f"{self.url}/health/ready")).status_code == 200:
                        return
                assert self._process.poll() is None, f"it ended: {self.words()}"
                assert time.monotonic() < deadline, f"not ready: {self.words()}"
                await asyncio.sleep(POLL_S)

    async def answers(self, path: str, or_after_s: float) -> None:
        """Returns when it answers at all, or after this time."""
        deadline = time.monotonic() + or_after_s
        async with httpx.AsyncClient(timeout=1, trust_env=False) as client:
            while time.monotonic() < deadline:
                with contextlib.suppress(httpx.TransportError):
                    await client.get(f"{self.url}{path}")
                    return
                await asyncio.sleep(POLL_S)

    def runs_under(self, *before: str) -> None:
        """The command under which it runs from its next start on."""
        self._before = before

    def children(self) -> list[psutil.Process]:
        """All processes that it has started, and their children."""
        try:
            return list(psutil.Process(self.pid).children(recursive=True))
        except psutil.NoSuchProcess:
            return []

    def running(self, module: str) -> list[psutil.Process]:
        """Those of them that run this module."""
        found = []
        for child in self.children():
            with contextlib.suppress(psutil.Error):  # it has just ended
                if module in child.cmdline():
                    found.append(child)
        return found

    def store(self) -> psutil.Process | None:
        """The embedded store: a direct child with a name that operators know; None if there is none."""
        names = {"valkey-server", "redis-server"}
        try:
            return next((child for child in psutil.Process(self.pid).children() if child.name() in names), None)
        except psutil.NoSuchProcess:
            return None

    def kill(self) -> None:
        assert self._process
        self._process.kill()
        self._process.wait(START_S)

    async def terminate(self) -> int:
        """Sends SIGTERM; returns its exit code, which the contract demands within ten seconds."""
        assert self._process
        self._process.terminate()
        async with asyncio.timeout(10):
            while (code := self._process.poll()) is None:
                await asyncio.sleep(POLL_S)
        return code

    async def ended(self) -> int:
        """Returns its exit code once it has ended by itself."""
        assert self._process
        async with asyncio.timeout(START_S):
            while (code := self._process.poll()) is None:
                await asyncio.sleep(POLL_S)
        return code

    async def end(self) -> None:
        """Afterwards it is gone with everything that it started, whatever its state was."""
        if self._process is None or self._process.poll() is not None:
            return
        children = self.children()
        for one in (self._process, *children):
            with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
                one.send_signal(signal.SIGCONT)
        with contextlib.suppress(TimeoutError):
            await self.terminate()
        if self._process.poll() is None:
            self.kill()
        for left in await orphans(children):
            left.kill()

    def words(self) -> str:
        return self._words.read_text(errors="replace")[-4000:]

    @property
    def _words(self) -> Path:
        return self.data.with_name(f"{self.data.name}.log")

    async def token(self, role: str, device: str | None = None) -> str:
        """A token as `aufruf token` makes it."""
        return await create_token(self.data, self.database, role, (OFFICE,), device, "crash test", None)


async def orphans(children: Sequence[psutil.Process], limit_s: float = 8.0) -> list[psutil.Process]:
    """Those of `children` that still run `limit_s` seconds after their parent's end."""
    deadline = time.monotonic() + limit_s
    while left := [child for child in children if runs(child)]:
        if time.monotonic() > deadline:
            return left
        await asyncio.sleep(POLL_S)
    return []
