"""A kiosk whose server is killed: numbers go on, on paper; when it is back, everybody stands where they came."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from server.messages.instants import MINUTE
from tests.story.conftest import OpenOffice, Visitors, free_port

pytestmark = pytest.mark.browser
SLOW_MS = MINUTE
SAMPLE = Path(__file__).parents[2] / "config/offices/mitte.toml"


class Office(OpenOffice):
    """Its printer is not the server's own folder, so that the box has to print."""

    def __init__(self, folder: Path) -> None:
        text = (
            SAMPLE.read_text()
            .replace('kind = "file" ', 'kind = "escpos" ')
            .replace("file:tickets", "tcp://127.0.0.1:9")
        )
        (folder / "mitte.toml").write_text(text)
        super().__init__(folder / "data", "--office", str(folder / "mitte.toml"))

    def kill(self) -> None:
        """As a power cut would: nothing is said to anybody."""
        self.process.kill()
        self.process.communicate(timeout=15)

    def freeze(self) -> None:
        """As a machine that stands still: its sockets stay open, and nobody reads them."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def again(self) -> None:
        """The same data on the same port."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                self.process.args, stdout=subprocess.PIPE, stderr=log, text=True, cwd=self.house, env=self.around
            )
        until = time.monotonic() + 120  # a busy machine starts it slowly, and it first reads what the killed one left
        while time.monotonic() < until:
            try:
                if self.http.get("/health/ready").status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.05)
        raise AssertionError(self.log.read_text())


class Box:
    """The machine at the entrance: a printer that draws into a folder, and the kiosk beside it."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.data, self.port = office, folder, free_port()
        folder.mkdir()
        for role in ("printer", "kiosk"):
            token = office.token(role, "--office", "mitte", "--for", "entrance")
            (folder / f"{role}.token").write_text(token)
        self.kept = folder / "kiosks/mitte/entrance"
        self.log = folder / "box.log"
        self.on()

    def on(self) -> None:
        verb = [sys.executable, "-m", "server.command_line", "printer", "--server", self.office.base]
        who = ["--printer", "entrance", "--token-file", str(self.data / "printer.token")]
        kiosk = ["--kiosk", "entrance", "--kiosk-token-file", str(self.data / "kiosk.token")]
        where = ["--data", str(self.data), "--address", "file:papers", "--listen", f"127.0.0.1:{self.port}"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen([*verb, *who, *kiosk, *where], stdout=log, stderr=log)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(15)

    def off(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(20) == 0, self.log.read_text()

    def papers(self) -> int:
        return len(list((self.data / "papers").glob("*.png")))

    def until(self, true: Callable[[], bool]) -> None:
        ends = time.monotonic() + SLOW_MS / 1000
        while not true():
            assert time.monotonic() < ends, self.log.read_text()
            time.sleep(0.05)

    def prepared(self) -> None:
        self.until(lambda: (self.kept / "page").exists() and '"loan"' in (self.kept / "numbers").read_text())

    def lines(self, tag: str) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in (self.kept / "numbers").read_text().splitlines()]
        return [line for line in lines if line["type"] == tag]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path)
    yield opened
    assert opened.close() == 0


@pytest.fixture
def box(office: Office, tmp_path: Path) -> Iterator[Box]:
    made = Box(office, tmp_path / "box")
    yield made
    made.off()


def at(box: Box, visitors: Visitors) -> Page:
    page = visitors.context(viewport={"width": 1080, "height": 1920}).new_page()
    box.until(lambda: _listens(box))
    page.goto(f"http://127.0.0.1:{box.port}/")
    return page


def _listens(box: Box) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{box.port}/", timeout=2).status_code == 303
    except httpx.HTTPError:
        return False


def touched(page: Page, service: str = "ausweis") -> str:
    """Draws a number as a visitor does, and gives the screen back."""
    button = page.locator(f"[data-service={service}]")
    expect(button).to_be_enabled(timeout=SLOW_MS)
    button.click()
    have = page.locator("[data-act=have]")
    expect(have.or_(page.locator("#number"))).to_be_visible(timeout=SLOW_MS)
    if have.is_visible():
        expect(have).to_be_enabled(timeout=SLOW_MS)
        have.click()
    expect(page.locator("#number")).to_be_visible(timeout=SLOW_MS)
    number = page.locator("#number").inner_text()
    expect(page.locator(".take")).to_have_text("Bitte nehmen Sie das Papier.")
    page.locator("[data-act=done]").click()
    expect(button).to_be_visible()
    return number


def queue(office: Office) -> list[str]:
    return [one["number"] for one in office.board("line", "ausweis")["tickets"]]


def test_numbers_go_on_when_the_server_is_killed_and_are_handed_in_when_it_is_back(
    office: Office, box: Box, visitors: Visitors
) -> None:
    page = at(box, visitors)
    first = touched(page)
    assert first == "A001"
    box.until(lambda: box.papers() == 1)
    box.prepared()

    office.kill()
    notice = page.get_by_text("Der Automat hat gerade keine Verbindung. Sie bekommen hier trotzdem eine Nummer.")
    expect(notice).to_be_visible(timeout=SLOW_MS)
    expect(page.get_by_role("button", name="Ich habe einen Termin")).to_be_disabled()
    alone = [touched(page)]
    box.until(lambda: box.papers() == 2)

    page.reload()  # the browser starts again without the server, and so does the box after a power cut
    alone.append(touched(page))
    box.kill()
    box.on()
    box.until(lambda: _listens(box))
    page.goto(f"http://127.0.0.1:{box.port}/")
    expect(notice).to_be_visible(timeout=SLOW_MS)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text("This machine has no connection at the moment.")).to_be_visible()
    page.get_by_role("button", name="Deutsch", exact=True).click()
    alone.append(touched(page))
    assert alone == ["A1000", "A1001", "A1002"]
    box.until(lambda: box.papers() == 4)

    office.again()
    expect(notice).to_be_hidden(timeout=SLOW_MS)
    box.until(lambda: len(box.lines("settled")) == 3)
    assert [line["refused"] for line in box.lines("settled")] == ["", "", ""]
    last = touched(page)
    assert queue(office) == [first, *alone, last]
    box.until(lambda: box.papers() == 5)
    visitors.errors.clear()  # the browser says of every request that the server did not answer


def test_a_frozen_server_gets_one_ticket_for_a_touch_that_it_had_not_answered(
    office: Office, box: Box, visitors: Visitors
) -> None:
    """The touch lies in its socket. Nobody waits until beats are missed, and when it thaws it draws no second number."""
    page = at(box, visitors)
    expect(page.locator("[data-service=ausweis]")).to_be_enabled(timeout=SLOW_MS)
    box.prepared()

    office.freeze()
    try:
        first, second = touched(page), touched(page)
        assert (first, second) == ("A1000", "A1001")
        box.until(lambda: box.papers() == 2)
    finally:
        office.thaw()
    box.until(lambda: len(box.lines("settled")) == 2)
    expect(page.get_by_text("Der Automat hat gerade keine Verbindung.")).to_be_hidden(timeout=SLOW_MS)
    third = touched(page)
    assert queue(office) == [first, second, third]
    box.until(lambda: box.papers() == 3)
    visitors.errors.clear()


def test_a_touch_that_the_server_had_taken_already_has_one_number_in_the_end(office: Office, box: Box) -> None:
    """Its answer was lost with the line: the box gives a number that people hold on paper, and the server's is given back."""
    box.prepared()
    touch = {"type": "issue_ticket", "services": ["ausweis"], "language": "de", "kiosk": "entrance"}
    kiosk = (box.data / "kiosk.token").read_text()
    signed = {"Authorization": f"Bearer {kiosk}", "Idempotency-Key": "kiosk~the-same-touch"}
    taken = office.http.post("/api/v1/offices/mitte/commands", json=touch, headers=signed).json()
    assert taken["result"]["ticket"]["number"] == "A001"
    box.until(lambda: box.papers() == 1)
    office.kill()

    box.kill()
    loan = box.lines("loan")[0]
    drawn = {
        "type": "drawn", "key": "kiosk~the-same-touch", "lease": loan["lease"], "number": "A1000", "service": "ausweis",
        "at": int(time.time() * 1000), "issued_at": "2026-01-01T08:00:00Z", "command": touch,
    }  # fmt: skip
    with (box.kept / "numbers").open("a") as file:
        file.write(json.dumps(drawn) + os.linesep)
    office.again()
    box.on()

    box.until(lambda: len(box.lines("settled")) == 1)
    assert queue(office) == ["A1000"]
    assert box.papers() == 1


def test_only_the_kiosks_own_page_comes_through(office: Office, box: Box) -> None:
    """Whatever comes through has the rights of the kiosk: another site in the same browser must not."""
    box.until(lambda: _listens(box))
    here = f"http://127.0.0.1:{box.port}"
    me = httpx.get(f"{here}/api/v1/me")
    assert (me.status_code, me.json()["for"]) == (200, "entrance")
    for headers in (
        {"Origin": "https://elsewhere.example"},
        {"Host": f"elsewhere.example:{box.port}"},
        {"Sec-Fetch-Site": "cross-site"},
    ):
        assert httpx.get(f"{here}/api/v1/me", headers=headers).status_code == 403, headers
    assert httpx.post(f"{here}/api/v1/offices/mitte/commands", content=b"x" * 70_000).status_code == 413
    assert httpx.get(f"{here}/supervisor/mitte", follow_redirects=False).status_code in (302, 303, 403)
