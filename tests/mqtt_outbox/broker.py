"""Debian's mosquitto on a loopback port, and somebody who hears all that it says: with paho's own thread, not with our code."""

import asyncio
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from tests.certificates import certificate
from tests.crash.up import free_port

LIMIT_S = 30.0
USER, PASSWORD = "aufruf", "a password with blanks"


class Mosquitto:
    """`secure`: TLS with a certificate of its own, and one user with a password; else anybody is let in."""

    def __init__(self, folder: Path, *, secure: bool = False) -> None:
        folder.mkdir(exist_ok=True)
        self.folder, self.secure, self.port = folder, secure, free_port()
        program = shutil.which("mosquitto", path=f"{os.environ['PATH']}:/usr/sbin")
        if program is None:
            pytest.skip("mosquitto is not installed: make system")
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        lines = [f"listener {self.port} 127.0.0.1", "persistence false", "log_dest stderr"]
        if os.geteuid() == 0:
            lines.append("user root")  # otherwise it becomes a user who may not read the folder of the tests
        if secure:
            self.chain, key = certificate(folder)
            subprocess.run(["mosquitto_passwd", "-b", "-c", str(folder / "users"), USER, PASSWORD], check=True)
            lines += [
                f"certfile {self.chain}",
                f"keyfile {key}",
                "allow_anonymous false",
                f"password_file {folder / 'users'}",
            ]
        else:
            lines.append("allow_anonymous true")
        self.file = folder / "mosquitto.conf"
        self.file.write_text("\n".join(lines) + "\n")

    @property
    def url(self) -> str:
        return f"mqtts://localhost:{self.port}" if self.secure else f"mqtt://127.0.0.1:{self.port}"

    def start(self) -> Self:
        with (self.folder / "mosquitto.log").open("ab") as words:
            self._process = subprocess.Popen([self._program, "-c", str(self.file)], stdout=words, stderr=words)
        deadline = time.monotonic() + LIMIT_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                assert self._process.poll() is None, (self.folder / "mosquitto.log").read_text()
                assert time.monotonic() < deadline, "mosquitto does not answer"
                time.sleep(0.05)

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(LIMIT_S)
            self._process = None


class Ear:
    """`said`: what each topic says now; `all`: everything that was heard, in order, after the hello."""

    def __init__(self, broker: Mosquitto, user: str = USER, topics: str = "#") -> None:
        self.said: dict[str, str] = {}
        self.all: list[tuple[str, str, bool]] = []
        self._client = Client(CallbackAPIVersion.VERSION2)
        if broker.secure:
            self._client.username_pw_set(user, PASSWORD)
            self._client.tls_set(str(broker.chain))
        self._client.on_connect = lambda client, *_: client.subscribe(topics, 1)
        self._client.on_message = self._hear
        self._client.connect("localhost" if broker.secure else "127.0.0.1", broker.port)
        self._client.loop_start()

    def _hear(self, client: Client, userdata: object, message: MQTTMessage) -> None:
        self.all.append((message.topic, message.payload.decode(), bool(message.retain)))
        self.said[message.topic] = message.payload.decode()

    async def until(self, true: Callable[[dict[str, str]], object]) -> None:
        deadline = time.monotonic() + LIMIT_S
        while not true(dict(self.said)):
            assert time.monotonic() < deadline, self.said
            await asyncio.sleep(0.02)

    async def hears(self, **topics: str) -> None:
        """Waits until topics below `aufruf/mitte` say this; `__` stands for a slash."""
        wanted = {f"aufruf/mitte/{name.replace('__', '/')}": text for name, text in topics.items()}
        await self.until(lambda said: {topic: said.get(topic) for topic in wanted} == wanted)

    def waits(self, topics: dict[str, str], office: str) -> None:
        """The same where nobody awaits."""
        wanted, deadline = (
            {f"aufruf/{office}/{name}": text for name, text in topics.items()},
            time.monotonic() + LIMIT_S,
        )
        while {topic: self.said.get(topic) for topic in wanted} != wanted:
            assert time.monotonic() < deadline, self.said
            time.sleep(0.05)

    async def answer(self, counter: str, text: str) -> None:
        """Waits until an answer to a button holds this text."""
        await self.until(lambda said: text in said.get(f"aufruf/mitte/counter/{counter}/pressed", ""))

    def push(self, counter: str, payload: str | bytes, *, retain: bool = False, office: str = "mitte") -> None:
        self._client.publish(f"aufruf/{office}/counter/{counter}/press", payload, 1, retain).wait_for_publish(LIMIT_S)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()
