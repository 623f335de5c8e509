"""The Debian package as a city's IT meets it: made, installed, told what the office is, started, used, updated, removed, purged.

systemd does not run in tests: what a unit says is started by hand, as its user, with its environment and a socket that hears
READY.
"""

import re
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.crash.up import ROOT, free_port
from tests.deploy.installed import OPTIONS, UNITS, Running, Served, Unit, done
from tests.deploy.other_machine import Machine, NoMachine, other_machine
from tests.mqtt_outbox.broker import Ear, Mosquitto

pytestmark = [
    pytest.mark.wheel,
    pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="no Debian"),
    pytest.mark.skipif(not Path("/usr/bin/python3").exists(), reason="no Python of Debian's"),
]
OFFICE = "rathaus"


@pytest.fixture(scope="module")
def machine(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    if Path("/opt/aufruf").exists() or Path("/etc/aufruf").exists():
        pytest.skip("Aufruf is installed on this machine")
    try:
        with other_machine(tmp_path_factory.mktemp("machine") / "m", shows=package.parent) as made:
            made.run("dpkg", "--install", str(package))
            yield made
    except NoMachine as why:
        pytest.skip(f"no machine to install it on: {why}")


def press(machine: Machine, token: str, **command: Any) -> dict[str, Any]:
    answer = httpx.post(
        f"http://127.0.0.1:{port_of(machine)}/api/v1/offices/{OFFICE}/commands",
        json=command,
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex},
        timeout=20,
        trust_env=False,
    )
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["result"])


def number(machine: Machine, token: str) -> str:
    return str(press(machine, token, type="issue_ticket", services=["ausweis"])["ticket"]["number"])


def port_of(machine: Machine) -> int:
    options = machine.run("cat", OPTIONS).splitlines()
    return int(next(line for line in options if line.startswith("AUFRUF_PORT=")).partition("=")[2])


@pytest.fixture(scope="module")
def told(machine: Machine) -> Machine:
    """With what README.Debian says to do first: an office file by three answers, and options."""
    answers = ("--name", "Rathaus", "--service", "Ausweis", "--service", "Meldung", "--counters", "2")
    machine.run("aufruf", "new", "/etc/aufruf/office.toml", *answers)
    with (machine.root / OPTIONS.lstrip("/")).open("a") as options:
        options.write(f"AUFRUF_PORT={free_port()}\n")
    return machine


def token(machine: Machine, role: str = "supervisor") -> str:
    made = ("aufruf", "token", "--data", "/var/lib/aufruf", "--role", role, "--office", OFFICE)
    return machine.run(*made, user="aufruf").strip()


def test_it_is_made_for_one_minor_of_python_and_carries_no_path_of_where_it_was_made(package: Path) -> None:
    told = subprocess.run(["dpkg-deb", "--field", str(package)], capture_output=True, text=True, check=True).stdout
    minor = subprocess.run(
        ["/usr/bin/python3", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()

    assert f"Depends: python{minor}, libc6 (>= " in told
    assert "\nVersion: 0." in told


def test_it_makes_a_user_and_folders_that_only_that_user_reads(machine: Machine) -> None:
    assert (
        machine.run("stat", "-c", "%U:%G %a", "/var/lib/aufruf", "/var/backups/aufruf").split("\n")[:2]
        == ["aufruf:aufruf 700"] * 2
    )
    assert machine.run("getent", "passwd", "aufruf").strip().endswith(":/var/lib/aufruf:/usr/sbin/nologin")
    marked = machine.run("dpkg-query", "--showformat=${Conffiles}", "--show", "aufruf").split()
    assert {word for word in marked if word.startswith("/")} == {
        "/etc/aufruf/server.env",
        "/etc/aufruf/box.env",
        "/etc/aufruf/display.env",
        "/etc/aufruf/mqtt.env",
    }
    assert machine.run("dpkg", "--audit") == ""


def test_no_file_names_the_folder_where_it_was_made(machine: Machine) -> None:
    assert machine.tried("grep", "-rl", "aufruf-deb-", "/opt/aufruf", "/usr/lib/aufruf", UNITS).stdout == ""


def test_systemd_reads_the_installed_units(machine: Machine) -> None:
    units = [line for line in machine.run("dpkg", "--listfiles", "aufruf").splitlines() if line.startswith(f"{UNITS}/")]
    names = [unit.replace("@.", "@entrance.") for unit in units]

    said = machine.tried("systemd-analyze", "verify", "--man=no", *names)

    assert len(units) == 10
    # cage is only suggested: a server has no screen
    wrong = [line for line in said.stderr.splitlines() if "aufruf" in line and "/usr/bin/cage" not in line]
    assert wrong == []


def test_the_unit_of_lamps_and_buttons_tells_a_broker(told: Machine, tmp_path: Path) -> None:
    """With what docs/mqtt.md says under "As a service", the drop-in for buttons among it; the extra is in the package."""
    machine = told
    served, broker = Served(machine, tmp_path), Mosquitto(tmp_path / "broker").start()
    ear = Ear(broker)
    try:
        key = token(machine)
        press(machine, key, type="open_counter", counter="1")
        mine = machine.root / "etc/aufruf"
        (mine / "mqtt.token").write_text(token(machine, "observer"))
        (mine / "buttons.token").write_text(token(machine, "clerk"))
        for name in ("mqtt.token", "buttons.token"):
            (mine / name).chmod(0o600)
        (mine / "mqtt.env").write_text(
            f"AUFRUF_SERVER=http://127.0.0.1:{port_of(machine)}\nAUFRUF_BROKER={broker.url}\n"
        )
        page = (ROOT / "docs" / "mqtt.md").read_text(encoding="utf-8")
        (said,) = re.findall(r"^    \[Service\]\n(?:    .*\n)+", page, re.MULTILINE)
        buttons = "".join(line for line in said.splitlines(keepends=True) if "assword" not in line)
        lamps = Running(machine, Unit(machine, "aufruf-mqtt.service", more=buttons), tmp_path / "mqtt.log")
        ear.waits({"status": "online", "counter/1/state": "free"}, OFFICE)
        first = number(machine, key)
        ear.push("1", "next", office=OFFICE)
        ear.waits({"counter/1/state": "called", "counter/1/number": first}, OFFICE)
        lamps.stop()
    finally:
        ear.close()
        broker.end()
        served.stop()


def test_an_office_is_started_used_updated_removed_and_purged(told: Machine, package: Path, tmp_path: Path) -> None:
    """One life of an installation. The log goes on through stop, update and removal; a purge leaves the backup."""
    machine = told
    check = Unit(machine, "aufruf.service").command()
    assert subprocess.run([*check, "--check"], capture_output=True, timeout=60).returncode == 0

    served = Served(machine, tmp_path)
    key = token(machine)
    first = number(machine, key)
    done(machine, "aufruf-backup.service")
    (backup,) = machine.run("ls", "/var/backups/aufruf").split()
    machine.run("aufruf", "restore", f"/var/backups/aufruf/{backup}", "--check", user="aufruf")
    served.stop()

    machine.run(
        "dpkg", "--install", str(package)
    )  # an update: the options that were changed are kept without a question
    assert "AUFRUF_PORT=" in machine.run("cat", OPTIONS)
    served = Served(machine, tmp_path)
    second = number(machine, key)
    served.stop()

    machine.run("dpkg", "--remove", "aufruf")
    assert not machine.has("/opt/aufruf")
    assert not machine.has("/usr/bin/aufruf")
    assert machine.has(OPTIONS)
    machine.run("dpkg", "--install", str(package))
    served = Served(machine, tmp_path)
    third = number(machine, key)
    served.stop()
    numbers = [int(one.removeprefix("A")) for one in (first, second, third)]
    assert numbers == [*range(numbers[0], numbers[0] + 3)]

    machine.run("dpkg", "--purge", "aufruf")
    gone = ("/opt/aufruf", "/var/lib/aufruf", OPTIONS, f"{UNITS}/aufruf.service", "/usr/share/doc/aufruf")
    assert [path for path in gone if machine.has(path)] == []
    assert machine.tried("getent", "passwd", "aufruf").returncode != 0
    assert machine.run("stat", "-c", "%U", f"/var/backups/aufruf/{backup}").strip() == "root"
    assert machine.has("/etc/aufruf/office.toml")
