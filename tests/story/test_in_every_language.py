"""A visit in each language of the sample office, all of it real: kiosk, paper, wall, phone and voice."""

import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from config.loader import load
from config.office_files import find
from config.words import Words, direction
from server.web.templates import tag
from tests.story.conftest import OpenOffice, Visitors, signed_in
from tests.story.test_one_ticket import read_back

pytestmark = [pytest.mark.browser, pytest.mark.voice]
MITTE = load(find("mitte"))
SERVICE = next(one for one in MITTE.services if one.id == "ausweis")


def drawn(office: OpenOffice, kiosk: Page, language: str) -> tuple[str, str]:
    """A number drawn at the kiosk in this language: the number, and the link on its paper."""
    folder = office.data / "tickets"
    before = set(folder.glob("*.png"))
    words = Words(language)
    kiosk.goto(f"{office.base}/kiosk/mitte/entrance")
    kiosk.get_by_role("button", name=words.text("common-language-name"), exact=True).click()
    expect(kiosk.locator("html")).to_have_attribute("dir", str(direction(language)))
    expect(kiosk.get_by_role("heading", level=1)).to_have_text(words.text("kiosk-question"))
    kiosk.locator("[data-service=ausweis]").click()
    kiosk.locator("[data-act=have]").click()
    expect(kiosk.locator("#number")).to_be_visible()
    return kiosk.locator("#number").inner_text(), read_back(printed(folder, before, kiosk))


def printed(folder: Path, before: set[Path], page: Page) -> bytes:
    for _ in range(300):
        if new := set(folder.glob("*.png")) - before:
            return new.pop().read_bytes()
        page.wait_for_timeout(50)
    raise AssertionError("no paper came within 15 s")


def spoken(office: OpenOffice, number: str) -> dict[str, Any]:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        for said in office.board("announcer", "hall")["announcements"]:
            if said["number"] == number and said["audio"]:
                return dict(said)
        time.sleep(0.05)
    raise AssertionError(f"{number} was not spoken")


def test_a_visit_in_every_language(office: OpenOffice, visitors: Visitors) -> None:
    wall = visitors.page(f"{office.base}/display/mitte/hall", viewport={"width": 1920, "height": 1080})
    expect(wall.locator("#room .waits")).to_be_visible()
    kiosk = signed_in(office, visitors).context.new_page()
    office.press("open_counter", counter="1")
    for language in MITTE.languages:
        words = Words(language)
        number, link = drawn(office, kiosk, language)
        phone = visitors.page(link, viewport={"width": 320, "height": 568})
        expect(phone.locator("html")).to_have_attribute("lang", tag(language))
        expect(phone.locator("html")).to_have_attribute("dir", str(direction(language)))
        expect(phone.locator(".services")).to_contain_text(SERVICE.names[language])

        office.press("call_next", counter="1")
        expect(wall.locator(".row.fresh .number")).to_have_text(number)
        expect(phone.locator(".state")).to_contain_text(words.text("phone-come"))
        said = spoken(office, number)
        assert list(said["texts"]) == list(dict.fromkeys(("de", tag(language))))  # easy German is spoken as German
        assert all(said["texts"].values())

        office.press("start_service", counter="1")
        office.press("finish_service", counter="1")
        expect(phone.locator(".state")).to_contain_text(words.text("phone-state-finished"))
        phone.close()
