"""The recipe for a Raspberry Pi: what lies on its card makes a screen or a box of a machine at the first start."""

import platform
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.up import ROOT, Up
from tests.deploy.other_machine import Machine, NoMachine, other_machine

RECIPE = ROOT / "deploy" / "raspberry-pi"
BOOT = "boot/firmware/aufruf"
UNITS = "/etc/systemd/system"
LIMIT_S = 60.0
pytestmark = [
    pytest.mark.wheel,
    pytest.mark.skipif(platform.machine() != "x86_64", reason="its bundle is made for another processor"),
    pytest.mark.skipif(not Path("/usr/bin/python3.11").exists(), reason="no Debian 12"),
]


@pytest.fixture
def machine(bundle_file: Path, tmp_path: Path) -> Iterator[Machine]:
    """Before its first start, with the card's boot partition."""
    try:
        with other_machine(tmp_path / "m") as made:
            card = made.root / BOOT
            card.mkdir(parents=True)
            for file in (RECIPE / "first-boot", bundle_file):
                shutil.copy(file, card)
            for group in ("video", "audio", "input", "render"):
                made.run("groupadd", "--force", group)
            yield made
    except NoMachine as why:
        pytest.skip(f"no machine to try it on: {why}")


def says(machine: Machine, text: str) -> None:
    """Edited on Windows."""
    (machine.root / BOOT / "aufruf.conf").write_bytes(text.replace("\n", "\r\n").encode())


@pytest.mark.parametrize("kind", ["box", "kiosk"])
async def test_a_box_reaches_its_server_and_shows_a_code(machine: Machine, tmp_path: Path, kind: str) -> None:
    up = Up(tmp_path / "node")
    await up.start()
    try:
        says(machine, f"KIND={kind}\nSERVER={up.url}/\nLISTEN=127.0.0.1:8090\n")
        machine.run("sh", f"/{BOOT}/first-boot")
        machine.run("sh", f"/{BOOT}/first-boot")  # once more: an update
        assert machine.run("systemctl", "is-enabled", "aufruf-box.service").strip() == "enabled"
        lines = machine.run("cat", "/etc/aufruf/box.env").split()
        environment = dict(one.split("=", 1) for one in lines)
        assert [*environment] == ["AUFRUF_SERVER", *(["AUFRUF_LISTEN"] if kind == "kiosk" else [])]
        words = tmp_path / "box.log"
        command = machine.command("/opt/aufruf/bin/aufruf", "device", more={**environment, "PYTHONUNBUFFERED": "1"})
        process, deadline = machine.start(command, into=words), time.monotonic() + LIMIT_S
        while not re.search(r"\b[A-Z0-9]{3}[ -]?[A-Z0-9]{3}\b", words.read_text()):
            assert process.poll() is None, words.read_text()
            assert time.monotonic() < deadline, words.read_text()
            time.sleep(0.1)
    finally:
        await up.end()


def test_a_screen_begins_at_the_page_that_shows_its_code(machine: Machine) -> None:
    says(machine, "KIND=screen\nSERVER=https://warten.example.de\n")
    machine.run("sh", f"/{BOOT}/first-boot")

    assert machine.run("cat", "/etc/aufruf/display.env") == "AUFRUF_URL=https://warten.example.de/pair\n"
    for unit in ("aufruf-display.service", "aufruf-display-night.timer"):
        assert machine.run("systemctl", "is-enabled", unit).strip() == "enabled"
    assert {"video", "audio", "input", "render"} <= {*machine.run("id", "--name", "--groups", "aufruf").split()}
    assert machine.has("/usr/local/lib/aufruf/start-display")


def test_a_kiosks_screen_opens_the_box_on_its_own_machine_as_the_recipe_has_it(machine: Machine) -> None:
    written = (RECIPE / "aufruf.conf").read_text()
    assert "KIND=screen\n" in written
    says(machine, written.replace("KIND=screen\n", "KIND=kiosk\n"))
    machine.run("sh", f"/{BOOT}/first-boot")

    listened = machine.run("cat", "/etc/aufruf/box.env").splitlines()[-1].removeprefix("AUFRUF_LISTEN=")
    assert machine.run("cat", "/etc/aufruf/display.env").splitlines()[0] == f"AUFRUF_URL=http://{listened}/"
    for unit in ("aufruf-box.service", "aufruf-display.service"):
        assert machine.run("systemctl", "is-enabled", unit).strip() == "enabled"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("KIND=wall\nSERVER=https://x\n", "KIND must be"),
        ("KIND=box\nSERVER=x\n", "SERVER must begin"),
        ("KIND=kiosk\nSERVER=https://x\nLISTEN=0.0.0.0:8090\n", "LISTEN must be"),
    ],
)
def test_what_the_card_must_not_say_is_one_line_and_nothing_is_done(machine: Machine, text: str, said: str) -> None:
    says(machine, text)
    tried = machine.tried("sh", f"/{BOOT}/first-boot")

    assert (tried.returncode, tried.stderr.count("\n")) == (1, 1)
    assert said in tried.stderr
    assert not machine.has("/etc/aufruf")


def test_cloud_init_knows_every_key_of_the_first_start(machine: Machine) -> None:
    """Installed on that machine alone: on a developer's it would set up the next start."""
    card = machine.root / BOOT
    shutil.copy(RECIPE / "user-data", card)
    fetched = machine.tried("sh", "-c", "apt-get update -qq; apt-get install -y -qq --no-install-recommends cloud-init")
    if fetched.returncode:
        pytest.skip(f"cloud-init cannot be installed: {fetched.stderr[-200:]}")
    said = machine.run("cloud-init", "schema", "--config-file", f"/{BOOT}/user-data")

    assert "Valid" in said
