"""The Containerfile: base images cannot be fetched here, so its steps are done in an empty root made from Debian's packages."""

import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.crash.up import ROOT
from tests.deploy.containerfile import Image, build, steps
from tests.deploy.other_machine import Machine, NoMachine, other_machine

CONTEXT = ROOT / "deploy" / "container"
READY_S = 60.0
pytestmark = [
    pytest.mark.wheel,
    pytest.mark.skipif(shutil.which("mmdebstrap") is None, reason="mmdebstrap is not installed: make system"),
]


class Built(NamedTuple):
    machine: Machine
    image: Image


@pytest.fixture(scope="module")
def debian(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What `debian:12-slim` is made of: the packages that every Debian has, and apt."""
    root = tmp_path_factory.mktemp("debian") / "root"
    command = ["mmdebstrap", "--quiet", "--variant=minbase", "bookworm", str(root)]
    made = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if made.returncode:
        pytest.skip(f"no empty Debian could be made: {made.stderr[-300:]}")
    if Path("/etc/resolv.conf").exists():
        shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
    yield root
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(scope="module")
def built(debian: Path, package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    context = tmp_path_factory.mktemp("context")
    shutil.copy(CONTEXT / "Containerfile", context)
    shutil.copy(package, context)
    try:
        with other_machine(tmp_path_factory.mktemp("machine") / "m", root=debian, shows=context) as machine:
            image = build(machine, context)
            machine.cut_off()
            yield Built(machine, image)
    except NoMachine as why:
        pytest.skip(f"no machine to build it on: {why}")


def test_it_begins_with_the_debian_for_which_the_package_is_made() -> None:
    assert dict(steps(CONTEXT / "Containerfile"))["FROM"] == "debian:12-slim"


def test_it_serves_an_office_as_a_user_without_rights_and_stops_when_told(built: Built, tmp_path: Path) -> None:
    machine, image = built
    words = tmp_path / "container.log"
    process = machine.start(machine.command(*image.command, user=image.user, more=image.environment), into=words)
    deadline = time.monotonic() + READY_S
    while machine.tried(*image.health, user=image.user).returncode:
        assert process.poll() is None, words.read_text()
        assert time.monotonic() < deadline, words.read_text()
        time.sleep(0.2)
    made = ("aufruf", "token", "--role", "observer", "--office", "mitte")
    token = machine.run(*made, user=image.user, more=image.environment).strip()
    process.send_signal(signal.Signals[image.stop])

    assert token.startswith("aufruf_")
    assert process.wait(15) == 0, words.read_text()
    assert image.user != "root"
    assert image.ports == [8080]
    (volume,) = image.volumes
    assert machine.has(f"{volume}/aufruf.db")


def test_it_leaves_no_package_lists_and_no_package_behind(built: Built) -> None:
    left = built.machine.run("sh", "-c", "ls /tmp; ls /var/lib/apt/lists 2>/dev/null || true")

    assert [line for line in left.split() if "aufruf" in line or line.endswith("Packages")] == []
