"""docs/mqtt.md, followed to the letter: the process, its topics, TLS and password, the broker's rights, and how it ends."""

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from device_line.presses import BUTTONS
from mqtt_outbox.topics import STATUS, told
from tests.crash.up import ROOT
from tests.mqtt_outbox.broker import LIMIT_S, PASSWORD, USER, Ear, Mosquitto
from tests.mqtt_outbox.test_topics import board
from tests.web.conftest import House

PAGE = (ROOT / "docs" / "mqtt.md").read_text(encoding="utf-8")


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    """With TLS by an authority that no machine knows, and a user with a password."""
    made = Mosquitto(tmp_path / "broker", secure=True).start()
    yield made
    made.end()


class Process:
    """`aufruf mqtt`, with the options of the page."""

    def __init__(
        self, folder: Path, house: House, observer: str, presses: str, broker: Mosquitto, **changes: str
    ) -> None:
        files = {
            "observer.token": changes.pop("token", observer),
            "buttons.token": presses,
            "broker.password": changes.pop("password", PASSWORD),
        }
        for name, text in files.items():
            (folder / name).write_text(f"{text}\n")
        options = {
            "server": house.url,
            "token-file": "observer.token",
            "broker": broker.url,
            "broker-ca": str(broker.chain),
            "broker-user": USER,
            "broker-password-file": "broker.password",
            "button-token-file": "buttons.token",
            **changes,
        }
        files_too = {name: str(folder / value) if value in files else value for name, value in options.items()}
        words = [word for name, value in files_too.items() for word in (f"--{name}", value)]
        self._words = folder / "mqtt.log"
        with self._words.open("wb") as out:
            command = [sys.executable, "-m", "server.command_line", "mqtt", *words]
            self.child = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out)

    def said(self) -> str:
        return self._words.read_text()

    async def ended(self) -> int:
        return await asyncio.wait_for(asyncio.to_thread(self.child.wait), LIMIT_S)

    def kill(self) -> None:
        self.child.kill()
        self.child.wait(LIMIT_S)


@pytest.fixture
async def tokens(house: House) -> tuple[str, str]:
    return await house.token("observer"), await house.token("clerk")


async def test_a_lamp_and_a_button_over_tls(
    house: House, tokens: tuple[str, str], broker: Mosquitto, ear: Ear, tmp_path: Path
) -> None:
    ticket = await house.ticket()
    await house.press(type="open_counter", counter="3")
    process = Process(tmp_path, house, *tokens, broker)
    try:
        await ear.hears(status="online", counter__3__state="free")
        ear.push("3", "next")
        await ear.hears(counter__3__state="called", counter__3__number=ticket["number"])
        process.child.terminate()
        assert await process.ended() == 0, process.said()
        await ear.hears(status="offline", counter__3__state="called")
        assert process.said() == ""
    finally:
        process.kill()


async def test_if_it_dies_the_broker_says_so(
    house: House, tokens: tuple[str, str], broker: Mosquitto, ear: Ear, tmp_path: Path
) -> None:
    process = Process(tmp_path, house, *tokens, broker)
    try:
        await ear.hears(status="online")
    finally:
        process.kill()
    await ear.hears(status="offline")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"password": "another"}, "the broker localhost:PORT does not let us in"),
        ({"token": "aufruf_" + "x" * 43}, "the server does not accept this token"),
        ({"broker-user": "stranger"}, "the broker localhost:PORT does not let us in"),
    ],
    ids=["password", "token", "user"],
)
async def test_who_is_refused_ends_with_one_line(
    house: House, tokens: tuple[str, str], broker: Mosquitto, tmp_path: Path, changes: dict[str, str], why: str
) -> None:
    process = Process(tmp_path, house, *tokens, broker, **changes)
    try:
        code = await process.ended()
    finally:
        process.kill()

    assert code == 1
    assert why.replace("PORT", str(broker.port)) in process.said()
    assert len(process.said().splitlines()) == 1
    assert not any(secret in process.said() for secret in (*tokens, PASSWORD))


async def test_a_broker_that_is_not_trusted_hears_nothing(
    house: House, tokens: tuple[str, str], broker: Mosquitto, ear: Ear, tmp_path: Path
) -> None:
    """It waits, for a certificate can be renewed; and it still ends when it is asked to."""
    (tmp_path / "other").mkdir()
    other = Mosquitto(tmp_path / "other", secure=True)
    process = Process(tmp_path, house, *tokens, broker, **{"broker-ca": str(other.chain)})
    try:
        async with asyncio.timeout(LIMIT_S):
            while "certificate verify failed" not in process.said():
                await asyncio.sleep(0.05)
        assert process.child.poll() is None
        process.child.terminate()
        assert await process.ended() == 0, process.said()
    finally:
        process.kill()
    assert ear.said == {}


async def test_the_rights_of_the_page_let_a_button_press_at_its_own_counter_only(
    house: House, tokens: tuple[str, str], tmp_path: Path
) -> None:
    broker = Mosquitto(tmp_path / "narrow", secure=True)
    rights = PAGE[PAGE.index("    user aufruf\n") : PAGE.index("## As a service")]
    (broker.folder / "rights").write_text(re.sub(r"(?m)^    ", "", rights))
    subprocess.run(["mosquitto_passwd", "-b", str(broker.folder / "users"), "counter3", PASSWORD], check=True)
    with broker.file.open("a") as file:
        file.write(f"acl_file {broker.folder / 'rights'}\n")
    broker.start()
    ear, button = Ear(broker), Ear(broker, "counter3", "aufruf/mitte/counter/3/state")
    process = Process(tmp_path, house, *tokens, broker)
    try:
        ticket = await house.ticket()
        for counter in ("2", "3"):
            await house.press(type="open_counter", counter=counter)
        await ear.hears(status="online", counter__3__state="free")
        button.push("2", "next")
        button.push("3", "next")
        await ear.hears(counter__3__number=ticket["number"], counter__2__state="free")
        await button.hears(counter__3__state="called")
        assert {topic for topic, *_ in button.all} == {"aufruf/mitte/counter/3/state"}
    finally:
        process.kill()
        ear.close()
        button.close()
        broker.end()


def test_the_page_names_every_topic_and_every_press() -> None:
    """Those that it lists are those that the outbox makes of a board, and no other."""
    rows = set(re.findall(r"^\| `aufruf/mitte/([^`]+)` \|", PAGE, re.M))
    made = {STATUS, *told(board(), {"hall": b""})}

    assert rows == {re.sub(r"counter/\w+", "counter/3", topic) for topic in made}
    assert [word for word in BUTTONS if f"`{word}`" not in PAGE] == []
    assert [
        word for word in ("closed", "free", "called", "serving", "paused", "wrap_up") if f"`{word}`" not in PAGE
    ] == []
