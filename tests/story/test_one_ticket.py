"""The way of a newcomer: kiosk → ticket → call → display → voice → phone → finish → report, all of it real."""

import io
import re

import httpx
import pytest
import soundfile
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.story.conftest import OpenOffice, Visitors, signed_in

pytestmark = pytest.mark.browser
NUMBER = re.compile(r"^[A-Z]\d{3}$")


SEEN = """number => [...document.querySelectorAll("*")].some((one) =>
    one.textContent.trim() === number && !one.children.length && one.getBoundingClientRect().height >= 130)"""


def seen(wall: Page, number: str) -> None:
    """The called number is the whole text of one element, at least 130 px high at 1920x1080."""
    for _ in range(200):
        if wall.evaluate(SEEN, number):
            return
        wall.wait_for_timeout(50)
    raise AssertionError(wall.locator("main").inner_html())


def opened(page: Page, address: str) -> Page:
    another = page.context.new_page()
    another.goto(address)
    return another


def read_back(picture: bytes) -> str:
    """The text of the QR code on a picture, read by a program that is not ours."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)).convert("L"))
    assert found, "no readable QR code"
    return str(found[0].text)


def paper(office: OpenOffice, page: Page) -> bytes:
    """The ticket that the file printer printed."""
    folder = office.data / "tickets"
    expect(page.locator(".take")).to_be_visible()
    page.wait_for_timeout(0)
    for _ in range(300):
        papers = sorted(folder.glob("*.png"))
        if papers:
            return papers[-1].read_bytes()
        page.wait_for_timeout(50)
    raise AssertionError("no paper came within 15 s")


def announcement(office: OpenOffice, page: Page) -> str:
    """The address of the rendered announcement, as soon as the zone's voice has it."""
    for _ in range(300):
        for said in office.board("announcer", "hall")["announcements"]:
            if said["audio"]:
                return str(said["audio"])
        page.wait_for_timeout(50)
    raise AssertionError("nothing was rendered within 15 s")


def test_r1_a_ticket_is_drawn_called_seen_heard_served_and_remembered(office: OpenOffice, visitors: Visitors) -> None:
    wall = visitors.page(f"{office.base}/display/mitte/hall", viewport={"width": 1920, "height": 1080})
    staff = signed_in(office, visitors)

    kiosk = opened(staff, f"{office.base}/kiosk/mitte/entrance")
    kiosk.get_by_role("button", name=re.compile("^Ausweis und Pass")).click()
    kiosk.get_by_role("button", name=re.compile("^Ich habe alles")).click()
    expect(kiosk.locator("#number")).to_have_text(NUMBER)
    number = kiosk.locator("#number").inner_text()

    link = read_back(paper(office, kiosk))
    assert link.startswith(f"{office.base}/t/mitte.")
    phone = visitors.page(link, viewport={"width": 390, "height": 844})
    expect(phone.get_by_text(number, exact=True).first).to_be_visible()

    counter = opened(staff, f"{office.base}/counter/mitte/1")
    counter.locator("[data-act=open]").click()
    counter.locator("[data-act=next]").click()
    expect(counter.get_by_text(number, exact=True).first).to_be_visible()

    seen(wall, number)
    expect(wall.get_by_text("Schalter 1").first).to_be_visible()
    expect(phone.get_by_text("Schalter 1").first).to_be_visible()

    sound = httpx.get(office.base + announcement(office, wall), headers=office.http.headers)
    samples, rate = soundfile.read(io.BytesIO(sound.content))
    assert len(samples) / rate > 3
    assert float(abs(samples).max()) > 0.05

    table = opened(staff, f"{office.base}/supervisor/mitte")
    expect(table.get_by_text(number, exact=True).first).to_be_visible()

    counter.locator("[data-act=arrived]").click()
    counter.locator("[data-act=finish]").click()
    expect(phone.get_by_text("Schalter 1")).to_have_count(0)
    expect(counter.locator("[data-act=next]")).to_be_visible()

    report = opened(staff, f"{office.base}/report/mitte")
    for _ in range(40):
        if "Ausweis und Pass" in report.locator("body").inner_text():
            break
        report.wait_for_timeout(250)
        report.reload()
    expect(report.locator("body")).to_contain_text("Ausweis und Pass")


def test_undo_takes_a_call_back_on_every_screen(office: OpenOffice, visitors: Visitors) -> None:
    """The wall says "please wait", the phone waits again, and there is no second gong."""
    wall = visitors.page(f"{office.base}/display/mitte/hall", viewport={"width": 1920, "height": 1080})
    staff = signed_in(office, visitors)
    issued = office.press("issue_ticket", services=["ausweis"])["result"]["ticket"]
    phone = visitors.page(f"{office.base}/t/{issued['secret']}", viewport={"width": 390, "height": 844})
    counter = opened(staff, f"{office.base}/counter/mitte/1")
    counter.locator("[data-act=open]").click()
    counter.locator("[data-act=next]").click()
    seen(wall, issued["number"])

    counter.keyboard.press("u")

    expect(wall.get_by_text("bitte warten").first).to_be_visible()
    expect(phone.get_by_text("Schalter 1")).to_have_count(0)
    board = office.board("display", "hall")
    assert [call["withdrawn"] for call in board["calls"]] == [True]
    assert office.board("announcer", "hall")["announcements"] == []
