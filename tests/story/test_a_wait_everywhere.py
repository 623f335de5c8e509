"""One forecast on every page of an open office: kiosk, ticket, wall, phone, counter, supervisor; and what a dead worker costs."""

import contextlib
import re
import signal
import time
from collections.abc import Callable
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import expect

from tests.story.conftest import OpenOffice, Visitors, signed_in

RANGE = re.compile(r"\d+–\d+ min")
LONG_S = 60.0
Said = Callable[[], Any]


def until(said: Said) -> Any:
    """Waits until the result is something."""
    end = time.monotonic() + LONG_S
    while not (found := said()):
        assert time.monotonic() < end, "it was never said"
        time.sleep(0.05)
    return found


def service(office: OpenOffice, name: str = "ausweis") -> dict[str, Any]:
    return next(one for one in office.board("desk")["services"] if one["id"] == name)


def worker(office: OpenOffice) -> psutil.Process | None:
    for one in psutil.Process(office.process.pid).children(recursive=True):
        with contextlib.suppress(psutil.Error):  # it may end while it is looked at
            if one.is_running() and "server.promises.worker" in one.cmdline():
                return one
    return None


def crowded(office: OpenOffice) -> dict[str, Any]:
    """Two counters are open and nine people wait; the last ticket got a promised wait."""
    for counter in ("1", "2"):
        assert office.press("open_counter", counter=counter)["status"] == 200
    until(lambda: service(office)["expected"])
    for _ in range(8):
        office.press("issue_ticket", services=["ausweis"])
    until(lambda: service(office)["expected"]["low"] > 0)
    ticket: dict[str, Any] = office.press("issue_ticket", services=["ausweis"], kiosk="entrance")["result"]["ticket"]
    return ticket


@pytest.mark.browser
def test_kiosk_ticket_wall_phone_counter_and_table_say_one_wait(office: OpenOffice, visitors: Visitors) -> None:
    wall = visitors.page(f"{office.base}/display/mitte/hall", viewport={"width": 1920, "height": 1080})
    staff = signed_in(office, visitors)
    ticket = crowded(office)
    assert ticket["expected"]["low"] > 0

    seen = {}
    for name, path in (
        ("kiosk", "kiosk/mitte/entrance"),
        ("counter", "counter/mitte/1"),
        ("table", "supervisor/mitte"),
    ):
        seen[name] = staff.context.new_page()
        seen[name].goto(f"{office.base}/{path}")
    phone = visitors.page(f"{office.base}/t/{ticket['secret']}", viewport={"width": 390, "height": 844})

    expect(seen["kiosk"].locator('[data-service="ausweis"] .wait b')).to_have_text(RANGE)
    expect(seen["table"].locator('[data-service="ausweis"]').first).to_contain_text(RANGE)
    expect(seen["counter"].locator(".row .more").last).to_contain_text(re.compile(r"noch \d+–\d+ min"))
    expect(wall.locator(".waits .range").first).to_have_text(re.compile(r"^\d+–\d+$"))
    expect(phone.locator("main")).to_contain_text(RANGE)

    seen["kiosk"].locator('[data-service="ausweis"]').click()
    seen["kiosk"].locator("[data-act=have]").click()
    expect(seen["kiosk"].locator(".ahead b")).to_have_text(RANGE)
    for name, page in (*seen.items(), ("wall", wall), ("phone", phone)):
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} is wider than its screen"

    def told() -> bool:
        shown = next(one for one in office.board("supervisor")["tickets"] if one["id"] == ticket["id"])["expected"]
        return f"{shown['low']}–{shown['high']} min" in phone.locator("main").inner_text()

    until(told)


def test_presses_and_boards_go_on_whatever_becomes_of_the_worker(office: OpenOffice) -> None:
    crowded(office)
    first = until(lambda: worker(office))

    first.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    issued = [office.press("issue_ticket", services=["meldung"])["status"] for _ in range(5)]
    assert issued == [200] * 5
    assert service(office)["waiting"] == 9
    answered = time.monotonic() - began
    second = until(lambda: (found := worker(office)) and found.pid != first.pid and found)
    until(lambda: service(office, "meldung")["expected"])

    second.kill()
    assert office.press("issue_ticket", services=["meldung"])["status"] == 200
    until(lambda: (found := worker(office)) and found.pid != second.pid and found)

    assert answered < LONG_S / 2
    degraded = office.http.get("/health/ready").json()["degraded"]
    assert any("promises:run" in line for line in degraded), degraded
    assert 'aufruf_task_restarts_total{task="promises:run"}' in office.http.get("/metrics").text
    assert re.search(
        r'expected_wait_minutes{end="high",office="mitte",service="ausweis"} \d+', office.http.get("/metrics").text
    )


def test_the_worker_ends_with_its_node(office: OpenOffice) -> None:
    office.press("open_counter", counter="1")
    service(office)
    living = until(lambda: worker(office))
    living.send_signal(signal.SIGSTOP)

    began = time.monotonic()
    assert office.close() == 0

    assert time.monotonic() - began < 10
    assert not living.is_running()
