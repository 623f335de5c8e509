"""A real `aufruf up`: one process with everything, as it is installed. For tests that only talk to it from outside."""

import asyncio
import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from config.office_files import find
from server.keys import create_token
from server.messages.terms import Role

LIMIT_S = 40.0
"""No start and no answer takes longer."""
ROOT = Path(__file__).parents[2]
DEVICES: dict[Role, str] = {
    "display": "hall",
    "announcer": "hall",
    "printer": "entrance",
    "kiosk": "entrance",
    "station": "cash",
}
STATION = """
[[stations]]
id = "cash"
label = "Kasse"
zone = "hall"
"""
"""A station, which the sample office lacks and which a token of its role needs."""


class Up:
    """`url`: its address. `tokens`: one of each role."""

    def __init__(self, port: int, data: Path, process: "subprocess.Popen[bytes]", words: Path) -> None:
        self.port, self.url = port, f"http://127.0.0.1:{port}"
        self.live = f"ws://127.0.0.1:{port}/api/v1/offices/mitte/live"
        self._data, self._process, self._words = data, process, words
        self.tokens: dict[Role, str] = {}

    def token(self, role: Role) -> str:
        if role not in self.tokens:
            self.tokens[role] = asyncio.run(
                create_token(self._data, None, role, ("mitte",), DEVICES.get(role), "", None)
            )
        return self.tokens[role]

    def bearer(self, role: Role) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(role)}"}

    def lives(self) -> bool:
        """It is the same process as at the beginning, and it answers."""
        return (
            self._process.poll() is None and httpx.get(f"{self.url}/health/ready", timeout=LIMIT_S).status_code == 200
        )

    def words(self) -> str:
        """What it printed."""
        return self._words.read_text(errors="replace")


@contextlib.contextmanager
def standing(folder: Path) -> Iterator[Up]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    words = folder / "words"
    offices = folder / "data" / "offices"
    offices.mkdir(parents=True)
    (offices / "mitte.toml").write_text(find("mitte").read_text() + STATION)
    where = ["--data", str(folder / "data"), "--port", str(port)]
    with words.open("wb") as out:
        command = [sys.executable, "-m", "server.command_line", "up", *where]
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out)
    up = Up(port, folder / "data", process, words)
    try:
        _until_ready(up, process)
        yield up
    finally:
        process.terminate()
        try:
            process.wait(LIMIT_S)
        finally:
            process.kill()


def _until_ready(up: Up, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + LIMIT_S
    while True:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{up.url}/health/ready", timeout=2).status_code == 200:
                return
        assert process.poll() is None, up.words()
        assert time.monotonic() < deadline, up.words()
        time.sleep(0.05)
