"""What the package's units say, started by hand as systemd would start it: systemd itself does not run in tests."""

import re
import shlex
import socket
import subprocess
import time
import uuid
from pathlib import Path

from tests.deploy.other_machine import Machine

READY_S = 60.0
UNITS = "/usr/lib/systemd/system"
OPTIONS = "/etc/aufruf/server.env"
NOBODY = "nobody"
"""The user of a unit with `DynamicUser=yes`."""


class Unit:
    """What a unit file of the package says. `more`: the text of a drop-in."""

    def __init__(self, machine: Machine, name: str, more: str = "") -> None:
        self._machine, self.name = machine, name
        text = machine.run("cat", f"{UNITS}/{name}") + more
        lines = [line.strip().partition("=") for line in text.splitlines()]
        self._said = [(key, value) for key, _, value in lines if value and not key.startswith("#")]

    def all(self, key: str) -> list[str]:
        return [value for name, value in self._said if name == key]

    def command(self, **more: str) -> list[str]:
        """The one that the unit runs, as its user, with the files, values and secrets of its environment."""
        files = [self._machine.run("cat", file) for file in self.all("EnvironmentFile")]
        written = [line for file in files for line in file.splitlines() if line and not line.startswith("#")]
        (user,), (start,) = self.all("User") or [NOBODY], self.all("ExecStart")
        secrets = self._secrets(user)
        values = [value.replace("%d", secrets) for value in self.all("Environment")]
        environment = dict(word.split("=", 1) for word in (*written, *values))
        for folder in self.all("StateDirectory") if user == NOBODY else ():
            self._machine.run("install", "-d", "-m", "700", "-o", user, f"/var/lib/{folder}")
        words = shlex.split(start.replace("${CREDENTIALS_DIRECTORY}", secrets))
        return self._machine.command(*words, user=user, more={**environment, **more})

    def _secrets(self, user: str) -> str:
        """A folder with what `LoadCredential` names, readable by the unit alone."""
        folder = f"/run/credentials/{self.name}"
        for named in self.all("LoadCredential"):
            id, _, file = named.partition(":")
            self._machine.run("install", "-d", "-m", "700", "-o", user, "/run/credentials", folder)
            self._machine.run("install", "-m", "400", "-o", user, file, f"{folder}/{id}")
        return folder


class Running:
    """A unit that was started. `words`: what it says, as the journal would have it."""

    def __init__(self, machine: Machine, unit: Unit, words: Path, **more: str) -> None:
        self.words = words
        self.process = machine.start(unit.command(**more), into=words)

    def says(self, pattern: str) -> str:
        """The first group of the last line that matches, as soon as one does."""
        deadline = time.monotonic() + READY_S
        while not (found := re.findall(pattern, self.words.read_text())):
            assert self.process.poll() is None, self.words.read_text()
            assert time.monotonic() < deadline, self.words.read_text()
            time.sleep(0.1)
        return str(found[-1])

    def stop(self) -> None:
        self.process.terminate()
        assert self.process.wait(15) == 0, self.words.read_text()


class Served(Running):
    """The server's unit: it is started when it says READY."""

    def __init__(self, machine: Machine, folder: Path) -> None:
        place = f"/run/notify-{uuid.uuid4().hex[:8]}"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(str(machine.root / place.lstrip("/")))
            manager.settimeout(READY_S)
            machine.run("chmod", "666", place)
            super().__init__(machine, Unit(machine, "aufruf.service"), folder / "up.log", NOTIFY_SOCKET=place)
            heard = b""
            while not heard.startswith(b"READY=1"):
                assert self.process.poll() is None, self.words.read_text()
                heard = manager.recv(1000)


def done(machine: Machine, unit: str) -> None:
    """A unit that does one thing and ends."""
    ended = subprocess.run(Unit(machine, unit).command(), capture_output=True, text=True, timeout=READY_S)
    assert ended.returncode == 0, ended.stderr
