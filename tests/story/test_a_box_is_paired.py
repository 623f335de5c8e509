"""`aufruf device` on a box: shows a code, becomes the printer that a supervisor says; sent away, shows a code again."""

import contextlib
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import httpx
import pytest
from PIL import Image

from tests.crash.up import ROOT
from tests.story.conftest import OpenOffice, free_port
from ticket_printer.paired_by_paper import code_paper

pytestmark = pytest.mark.browser
SLOW_S = 40.0


class Box:
    """A box without a screen; what it says comes line by line."""

    def __init__(self, office: OpenOffice, data: Path, *options: str, address: str = "file:paper") -> None:
        command = [sys.executable, "-P", "-m", "server.command_line", "device", "--server", office.base]
        command += ["--data", str(data), "--address", address, *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1)
        self._lines: Queue[str] = Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout:
            for line in self.process.stdout:
                self._lines.put(line)

    def says(self, pattern: str) -> str:
        heard = []
        until = time.monotonic() + SLOW_S
        while time.monotonic() < until:
            try:
                heard.append(self._lines.get(timeout=1))
            except Empty:
                continue
            if found := re.search(pattern, heard[-1]):
                return found[1]
        raise AssertionError(heard)

    def close(self) -> int:
        self.process.terminate()
        return self.ended()

    def ended(self) -> int:
        code = self.process.wait(20)
        self._reader.join(20)
        return code


@pytest.fixture
def boxes() -> Iterator[list[Box]]:
    running: list[Box] = []
    yield running
    for box in running:
        box.process.kill()
        box.ended()


def paired(office: OpenOffice, code: str, kind: str = "printer") -> int:
    place = {"kind": kind, "id": "entrance", "name": "Drucker im Flur"}
    return office.http.post(f"/api/v1/offices/mitte/pairings/{code.replace(' ', '')}", json=place).status_code


def running(office: OpenOffice) -> None:
    """Its agent has signed in with the token that it collected."""
    until = time.monotonic() + SLOW_S
    while not any(
        one["name"] == "Drucker im Flur" and one["used_at"]
        for one in office.http.get("/api/v1/offices/mitte/devices").json()
    ):
        assert time.monotonic() < until, "the box never came"
        time.sleep(0.2)


def test_a_box_is_paired_prints_starts_again_and_is_sent_away(
    shared_office: OpenOffice, tmp_path: Path, boxes: list[Box]
) -> None:
    boxes.append(Box(shared_office, tmp_path / "box"))
    code = boxes[0].says(r"pairing code: (\w{3} \w{3})")
    assert paired(shared_office, code) == 200
    assert boxes[0].says(r"paired as (.+)$") == "printer entrance"
    kept = tmp_path / "box" / "device.json"
    assert kept.stat().st_mode & 0o077 == 0
    told = shared_office.http.get("/api/v1/offices/mitte/devices").json()
    assert [one["id"] for one in told if one["name"] == "Drucker im Flur"] == ["entrance"]
    running(shared_office)
    assert boxes[0].close() == 0

    boxes.append(Box(shared_office, tmp_path / "box"))  # it knows what it is
    time.sleep(2)
    assert shared_office.http.delete("/api/v1/offices/mitte/devices/printer:entrance").status_code == 204
    boxes[1].close()
    boxes.append(Box(shared_office, tmp_path / "box"))
    assert boxes[2].says(r"pairing code: (\w{3} \w{3})") != code
    assert not kept.exists()


def test_a_box_with_a_kiosk_shows_a_second_code_and_serves_the_page_from_then_on(
    shared_office: OpenOffice, tmp_path: Path, boxes: list[Box]
) -> None:
    here = f"127.0.0.1:{free_port()}"
    boxes.append(Box(shared_office, tmp_path / "box", "--listen", here))
    assert paired(shared_office, boxes[0].says(r"pairing code: (\w{3} \w{3})")) == 200
    assert boxes[0].says(r"paired as (.+)$") == "printer entrance"
    code = boxes[0].says(r"pairing code of the kiosk: (\w{3} \w{3})")
    assert paired(shared_office, code, "printer") == 422  # it is a kiosk and nothing else
    running(shared_office)  # its printer prints meanwhile
    assert paired(shared_office, code, "kiosk") == 200
    assert boxes[0].says(r"paired as (.+)$") == "kiosk entrance"
    assert (tmp_path / "box" / "kiosk.json").stat().st_mode & 0o077 == 0
    assert me_through(here)["role"] == "kiosk"
    assert boxes[0].close() == 0

    boxes.append(Box(shared_office, tmp_path / "box", "--listen", here))  # it knows both
    assert me_through(here)["for"] == "entrance"
    assert shared_office.http.delete("/api/v1/offices/mitte/devices/kiosk:entrance").status_code == 204
    assert boxes[1].says(r"pairing code of the kiosk: (\w{3} \w{3})") != code
    assert boxes[1].close() == 0


def me_through(here: str) -> dict[str, object]:
    """Who the browser on the box is to the server."""
    until = time.monotonic() + SLOW_S
    while time.monotonic() < until:
        try:
            answer = httpx.get(f"http://{here}/api/v1/me", timeout=5)
            if answer.status_code == 200:
                return dict(answer.json())
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise AssertionError("the kiosk's address was never served")


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A receipt printer in a process of its own: its address, and where its papers fall."""
    port, tray = free_port(), tmp_path / "tray"
    tray.mkdir()
    words = [sys.executable, "-m", "tests.ticket_printer.fake_printer", "127.0.0.1", str(port), str(tray)]
    with subprocess.Popen(words, cwd=ROOT) as process:
        yield f"tcp://127.0.0.1:{port}", tray
        process.kill()


def test_its_printer_prints_the_code(
    shared_office: OpenOffice, tmp_path: Path, boxes: list[Box], printer: tuple[str, Path]
) -> None:
    address, tray = printer
    until = time.monotonic() + SLOW_S
    while not listens(address):
        assert time.monotonic() < until
        time.sleep(0.1)
    boxes.append(Box(shared_office, tmp_path / "box", address=address))
    code = boxes[0].says(r"pairing code: (\w{3} \w{3})")
    until = time.monotonic() + SLOW_S
    while not (tray / "1.png").exists():
        assert time.monotonic() < until, "no paper"
        time.sleep(0.1)

    drawn = code_paper(code, shared_office.base)
    with Image.open(tray / "1.png") as paper:
        assert paper.crop((0, 0, *drawn.size)).tobytes() == drawn.tobytes()
    assert paired(shared_office, code) == 200
    assert boxes[0].says(r"paired as (.+)$") == "printer entrance"


def listens(address: str) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2]))):
        return True
    return False
