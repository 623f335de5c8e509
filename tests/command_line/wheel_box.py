"""What the wheel's tests work with: an environment with one extra, the user who works in it, and an office served from it."""

import contextlib
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpx

from tests.story.conftest import free_port

ROOT = Path(__file__).parents[2]
LIMIT_S = 60.0
NOBODY = 65534


OTHER = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups") if os.geteuid() == 0 else ()
"""A user who is not root is already another user."""


def pip(*words: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr


class Box:
    """An environment with one extra, and the user who works in it."""

    def __init__(self, folder: Path, trap: Path) -> None:
        self.folder, self._trap = folder, trap
        self._children: list[subprocess.Popen[bytes]] = []

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def install(self, wheel: Path, extras: Sequence[str]) -> None:
        wanted = f"{wheel}[{','.join(extras)}]" if extras else str(wheel)
        pip("--python", str(self.python), "install", "--no-compile", "-c", str(ROOT / "constraints.txt"), wanted)

    def command(self, *words: str) -> dict[str, Any]:
        return {
            "args": [*OTHER, str(self.folder / "bin" / "aufruf"), *words],
            "cwd": self._trap,
            "env": {
                "PATH": "/usr/local/bin:/usr/bin:/bin",
                "HOME": str(self._trap),
                "LANG": "C.UTF-8",
                "TERM": "xterm-256color",
            },
        }

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            **self.command(*words), capture_output=True, text=True, timeout=LIMIT_S, stdin=subprocess.DEVNULL
        )

    def start(self, *words: str, into: Path) -> "subprocess.Popen[bytes]":
        with into.open("wb") as words_said:
            child = subprocess.Popen(
                **self.command(*words), stdin=subprocess.DEVNULL, stdout=words_said, stderr=words_said
            )
        self._children.append(child)
        return child

    def has(self, module: str) -> bool:
        asked = [
            str(self.python),
            "-I",
            "-c",
            f"import importlib.util as u; raise SystemExit(u.find_spec('{module}') is None)",
        ]
        return subprocess.run(asked, timeout=LIMIT_S).returncode == 0

    def close(self) -> None:
        for child in self._children:
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
        for child in self._children:
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def until(what: str, true: Callable[[], object], said: Path | None = None) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not true():
        assert time.monotonic() < deadline, f"{what}: {said.read_text(errors='replace')[-3000:] if said else ''}"
        time.sleep(0.1)


class Office:
    """`up` from the wheel, and a supervisor's token."""

    def __init__(self, box: Box, place: Path, trap: Path) -> None:
        self.port, self.words, self._box, self._trap = free_port(), place / "up.log", box, trap
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = box.start("up", "--data", "house", "--port", str(self.port), into=self.words)
        until("ready", self._ready, self.words)
        self.pen = httpx.Client(base_url=f"{self.url}/api/v1/offices/mitte", timeout=20, trust_env=False)
        self.pen.headers["Authorization"] = f"Bearer {self.token('supervisor').read_text().strip()}"

    def _ready(self) -> bool:
        assert self.process.poll() is None, self.words.read_text(errors="replace")
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/health/ready", timeout=5, trust_env=False).status_code == 200
        return False

    def token(self, role: str, device: str | None = None) -> Path:
        more = ("--for", device) if device else ()
        made = self._box.run("token", "--data", "house", "--role", role, "--office", "mitte", *more)
        assert made.returncode == 0, made.stderr
        file = self._trap / f"{role}.token"
        file.write_text(made.stdout)
        return file

    def press(self, type: str, **fields: Any) -> dict[str, Any]:
        answer = self.pen.post(
            "/commands", json={"type": type, **fields}, headers={"Idempotency-Key": uuid.uuid4().hex}
        )
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def device(self, id: str) -> str:
        """online, offline, unknown ..."""
        found = self.pen.get("/boards/supervisor").json()["devices"]
        return next((str(one["state"]) for one in found if id in (one["id"], f"{one['kind']}:{one['id']}")), "absent")
