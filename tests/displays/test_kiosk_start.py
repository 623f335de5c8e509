"""The ready-made start of a screen: units that systemd accepts, and a browser that begins at its address with our flags."""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.displays.conftest import LOUD
from tests.live_sockets import DEADLINE_S

KIOSK = Path(__file__).parents[2] / "displays/kiosk"
START = KIOSK / "start-display"
UNITS = sorted(path.name for path in KIOSK.glob("*.*") if path.suffix in (".service", ".timer"))


def flags() -> list[str]:
    return [line for line in (KIOSK / "chromium.flags").read_text().splitlines() if line.startswith("--")]


def started(folder: Path, browser: str, url: str = "http://127.0.0.1:9/pair") -> "subprocess.Popen[str]":
    """`start-display` with a browser of the test; it does not wait for the server."""
    script = folder / "browser"
    script.write_text(f"#!/bin/sh\n{browser}\n")
    script.chmod(0o755)
    told = {"AUFRUF_URL": url, "AUFRUF_BROWSER": str(script), "AUFRUF_WAIT": "0", "STATE_DIRECTORY": str(folder)}
    return subprocess.Popen(
        ["sh", str(START)], env={"PATH": os.environ["PATH"]} | {key: value for key, value in told.items() if value},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze here")
def test_systemd_accepts_every_unit(tmp_path: Path) -> None:
    """What the units start is not installed here; everything else is checked as it stands."""
    assert len(UNITS) == 3
    for name in UNITS:
        text = re.sub(r"^ExecStart=.*", "ExecStart=/bin/true", (KIOSK / name).read_text(), flags=re.MULTILINE)
        (tmp_path / name).write_text(text)
    units = [str(tmp_path / name) for name in UNITS]
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, timeout=60
    )

    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    service = (KIOSK / "aufruf-display.service").read_text()
    assert "ExecStart=/usr/bin/cage -d -- /usr/local/lib/aufruf/start-display\n" in service
    assert "EnvironmentFile=/etc/aufruf/display.env\n" in service
    assert os.access(START, os.X_OK)


def test_a_screen_begins_at_its_address_with_a_profile_that_stays(tmp_path: Path) -> None:
    said, _ = started(tmp_path, 'printf "%s\\n" "$@"').communicate(timeout=DEADLINE_S)

    assert said.splitlines() == [*flags(), f"--user-data-dir={tmp_path}/chromium", "http://127.0.0.1:9/pair"]
    assert {"--kiosk", LOUD, "--disable-session-crashed-bubble"} <= set(flags())


def test_without_an_address_it_says_what_is_missing(tmp_path: Path) -> None:
    process = started(tmp_path, "true", url="")
    _, faults = process.communicate(timeout=DEADLINE_S)

    assert process.returncode != 0
    assert "AUFRUF_URL" in faults


class Visits(HTTPServer):
    """Serves one page, whose script says what the browser allows; remembers what was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Visit)
        self.paths: list[str] = []
        self.came = threading.Event()


class Visit(BaseHTTPRequestHandler):
    server: Visits

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        page = b"""<script>const sound = new AudioContext(); fetch("/said/" + sound.state)</script>"""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)
        if self.path.startswith("/said/"):
            self.server.came.set()

    def log_message(self, *_: object) -> None:
        """Writes nothing."""


@pytest.fixture
def visits() -> Iterator[Visits]:
    made = Visits()
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.mark.browser
def test_chromium_takes_the_flags_and_may_speak_without_a_touch(tmp_path: Path, visits: Visits) -> None:
    """Debian's Chromium without a screen: all flags but the one that wants a compositor."""
    run = 'for flag; do shift; [ "$flag" = --ozone-platform=wayland ] || set -- "$@" "$flag"; done\n'
    run += 'exec /usr/bin/chromium --headless --no-sandbox --disable-gpu "$@"'
    process = started(tmp_path, run, f"http://127.0.0.1:{visits.server_port}/pair")
    came = visits.came.wait(DEADLINE_S * 2)
    process.terminate()
    process.communicate(timeout=DEADLINE_S)

    assert came, visits.paths
    assert "/said/running" in visits.paths  # without the flag its state would be "suspended"
    assert (tmp_path / "chromium").is_dir()
