"""A supervisor's message is heard in the room: from its announcer, and from the wall when the announcer cannot be heard."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import soundfile

from tests.story.conftest import OpenOffice, Visitors

pytestmark = pytest.mark.browser
TEXT = {"de": "Bitte verlassen Sie das Haus durch den Ausgang ①", "en": "Please leave the building"}
LONG_S = 90.0
PLAYER = """#!/bin/sh
[ -e {folder}/unplugged ] && {{ echo "no card" >&2; exit 1; }}
cp "$1" {folder}/played-$(date +%s%N).wav
"""


class Box:
    """A machine with a loudspeaker: `aufruf announcer` as a process; its player keeps the sounds that it got."""

    def __init__(self, office: OpenOffice, folder: Path) -> None:
        self.folder = folder
        programs = folder / "bin"
        programs.mkdir(parents=True)
        player = programs / "pw-play"
        player.write_text(PLAYER.format(folder=folder))
        player.chmod(0o755)
        token = folder / "hall.token"
        token.write_text(office.token("announcer", "--office", "mitte", "--for", "hall"))
        command = [sys.executable, "-m", "server.command_line", "announcer", "--server", office.base, "--zone", "hall"]
        environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
        self.process = subprocess.Popen([*command, "--token-file", str(token)], env=environment)

    def played(self) -> list[float]:
        """The length in seconds of each sound that was not silent."""
        found = [soundfile.read(file) for file in sorted(self.folder.glob("played-*.wav"))]
        return [len(samples) / rate for samples, rate in found if float(abs(samples).max()) > 0.05]

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(15)


@pytest.fixture
def box(office: OpenOffice, tmp_path: Path) -> Iterator[Box]:
    box = Box(office, tmp_path / "box")
    yield box
    box.close()


def until(good: Callable[[], Any]) -> None:
    end = time.monotonic() + LONG_S
    while not good():
        assert time.monotonic() < end
        time.sleep(0.1)


def device(office: OpenOffice, kind: str) -> dict[str, Any]:
    devices = office.board("supervisor")["devices"]
    return next(one for one in devices if (one["kind"], one["id"]) == (kind, "hall"))


def spoken_by(office: OpenOffice, kind: str) -> bool:
    """Its latest announcement was played to the end."""
    return bool(device(office, kind)["detail"] == "spoken")


def said_again(office: OpenOffice, kind: str) -> bool:
    """Sends one more message; returns whether this device spoke it. A wall asks for a free voice within four seconds."""
    assert office.press("post_message", text=TEXT, zones=["hall"], speak=True)["status"] == 200
    end = time.monotonic() + 20  # gong, German and English
    while not spoken_by(office, kind) and time.monotonic() < end:
        time.sleep(0.2)
    return spoken_by(office, kind)


def test_a_message_is_spoken_by_the_box_and_by_the_wall_once_the_box_is_mute(
    office: OpenOffice, visitors: Visitors, box: Box
) -> None:
    until(lambda: office.board("announcer", "hall")["lease"])
    assert office.press("post_message", text=TEXT, zones=["hall"], speak=True)["status"] == 200
    until(lambda: spoken_by(office, "announcer"))
    assert len(box.played()) == 1
    assert box.played()[0] > 4

    visitors.page(f"{office.base}/display/mitte/hall", viewport={"width": 1920, "height": 1080})
    until(lambda: device(office, "display")["sound"] == "ready")
    (box.folder / "unplugged").touch()
    assert office.press("test_call", zone="hall")["status"] == 200
    until(lambda: device(office, "announcer")["sound"] == "off")
    until(lambda: said_again(office, "display"))
    assert "mute" not in [worry["code"] for worry in office.board("supervisor")["worries"]]
