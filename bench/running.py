"""A server as `aufruf up` runs it, in its own process, with its own folder and port. Stopped by its pid."""

import asyncio
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec

from server.keys import create_token
from server.messages.commands import Command

OFFICE = "mitte"
START_S, STOP_S = 120.0, 15.0
QUIET_S = 2.0
PUBLIC_URL = "http://waiting.example"
"""Makes tickets carry links, as in a real installation."""


class Server:
    """`ready_s`: from the start of the process to the first 200 of /health/ready."""

    def __init__(self, data: Path, port: int, process: "subprocess.Popen[bytes]") -> None:
        self.data, self.port, self.process = data, port, process
        self.ready_s = 0.0

    @property
    def pid(self) -> int:
        return self.process.pid

    async def token(self, role: str, device: str | None = None, offices: Sequence[str] = (OFFICE,)) -> str:
        return await create_token(self.data, None, role, tuple(offices), device, "bench", None)

    def until_ready(self) -> None:
        begin = time.monotonic()
        while not self._ready():
            if self.process.poll() is not None or time.monotonic() - begin > START_S:
                raise RuntimeError((self.data / "up.log").read_text()[-2_000:])
            time.sleep(0.02)
        self.ready_s = time.monotonic() - begin

    def _ready(self) -> bool:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as asked:
            try:
                asked.request("GET", "/health/ready")
                return asked.getresponse().status == 200
            except (OSError, http.client.HTTPException):
                return False

    def stop(self) -> None:
        if self.process.poll() is None:
            os.kill(self.pid, signal.SIGTERM)
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(STOP_S)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def start(data: Path, *offices: str, forecast: bool = True, more: Sequence[str] = ()) -> Server:
    """Starts the process; it is not ready yet. `offices`: files, else the sample; without `forecast` nobody forecasts; `more`:
    further options."""
    data.mkdir(parents=True, exist_ok=True)
    port = free_port()
    module = "server.command_line" if forecast else "bench.without_forecast"
    named = [option for office in offices or (OFFICE,) for option in ("--office", office)]
    command = [sys.executable, "-m", module, "up", *named, "--data", str(data)]
    with (data / "up.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--public-url", PUBLIC_URL, *more],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    return Server(data, port, process)


@asynccontextmanager
async def running(
    data: Path | None = None, *offices: str, forecast: bool = True, more: Sequence[str] = ()
) -> AsyncIterator[Server]:
    """A ready server. Without `data` its folder is deleted with it."""
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as scratch:
        server = start(data or Path(scratch) / "data", *offices, forecast=forecast, more=more)
        try:
            await asyncio.to_thread(server.until_ready)
            yield server
        finally:
            await asyncio.to_thread(server.stop)


class Presser:
    """One kept-alive connection that presses with as little own work as possible. Blocks."""

    def __init__(self, server: Server, token: str, office: str = OFFICE) -> None:
        self._path = f"/api/v1/offices/{office}/commands"
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self._used = 0.0
        self._authorization = f"Bearer {token}"
        self._number = 0
        self._name = os.urandom(4).hex()

    def press(self, command: Command) -> dict[str, Any]:
        """The answer; RuntimeError for a refusal."""
        self._awake()
        self._number += 1
        headers = {
            "Authorization": self._authorization,
            "Content-Type": "application/json",
            "Idempotency-Key": self.last_key,
        }
        self._connection.request("POST", self._path, msgspec.json.encode(command), headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(body.decode())
        found: dict[str, Any] = msgspec.json.decode(body)
        return found

    @property
    def last_key(self) -> str:
        return f"{self._name}-{self._number}"

    def presses(self, commands: Sequence[Command]) -> list[dict[str, Any]]:
        return [self.press(command) for command in commands]

    def _awake(self) -> None:
        """A server closes connections that were quiet for 5 s: this opens a new one in time, before anything is measured."""
        now = time.monotonic()
        if now - self._used > QUIET_S:
            self._connection.close()
            self._connection.connect()
            self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._used = now

    def close(self) -> None:
        self._connection.close()
