"""A kiosk that is a machine with a printer of its own: its browser prints, once, and nothing of the page around the ticket.
The last story prints for real: Chromium with a window that nobody sees, started as a kiosk is, into PDF files."""

from __future__ import annotations

import base64
import io
import json
import re
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.staff_pages.visitor import CHROMIUM
from tests.story.conftest import OpenOffice, Visitors

pytestmark = pytest.mark.browser
SAMPLE = Path(__file__).parents[2] / "config/offices/mitte.toml"
PRINTS = """
if (location.protocol === "http:") sessionStorage.prints ??= "[]"; // an empty page has no store
window.print = () => {
  const seen = (one) => one.getClientRects().length > 0;
  const pictures = [...document.querySelectorAll(".on-paper img")].filter(seen);
  const made = pictures.map((one) => ({ src: one.src, wide: one.getBoundingClientRect().width }));
  const page = seen(document.getElementById("page"));
  sessionStorage.prints = JSON.stringify([...JSON.parse(sessionStorage.prints), { made, page }]);
};
"""
"""A browser without a screen prints nothing: what would be on the paper is kept."""
SLOW_S = 60.0
PAPER_PX = 72 / 25.4 * 96
"""72 mm are printed on an 80 mm roll."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    text = SAMPLE.read_text(encoding="utf-8")
    assert text.count('kind = "file" ') == 1
    text = "".join(
        line
        for line in text.replace('kind = "file" ', 'kind = "browser" ').splitlines(keepends=True)
        if "file:tickets" not in line
    )
    (tmp_path / "mitte.toml").write_text(text, encoding="utf-8")
    opened = OpenOffice(tmp_path / "data", "--office", str(tmp_path / "mitte.toml"))
    yield opened
    assert opened.close() == 0


def opened(office: OpenOffice, visitors: Visitors) -> Page:
    """Its styles are those of paper from the beginning: a test sees what a printer would."""
    context = visitors.context(viewport={"width": 1080, "height": 1920})
    context.add_init_script(PRINTS)
    page = context.new_page()
    page.emulate_media(media="print")
    sign_in(office, page)
    return page


def sign_in(office: OpenOffice, page: Page) -> None:
    token = office.token("kiosk", "--office", "mitte", "--for", "entrance")
    page.goto(f"{office.base}/sign-in?next=/kiosk/mitte/entrance")
    page.get_by_text("Dieses Gerät anmelden").click()
    page.get_by_label("Geräteschlüssel").fill(token)
    page.get_by_role("button", name="Gerät anmelden").click()
    expect(page.locator("footer")).to_be_visible()


def touched(page: Page) -> None:
    page.locator("[data-service=ausweis]").click()
    have = page.locator("[data-act=have]")
    expect(have.or_(page.locator("#number"))).to_be_visible()
    if have.is_visible():
        have.click()
    expect(page.locator("#number")).to_be_visible()


def prints(page: Page, many: int) -> list[dict[str, Any]]:
    page.wait_for_function("many => JSON.parse(sessionStorage.prints).length >= many", arg=many)
    return list(page.evaluate("JSON.parse(sessionStorage.prints)"))


def test_a_touch_is_one_paper_with_nothing_around_it_also_when_the_page_is_loaded_again(
    office: OpenOffice, visitors: Visitors
) -> None:
    page = opened(office, visitors)
    touched(page)
    expect(page.locator(".take")).to_have_text("Bitte nehmen Sie das Papier.")

    (paper,) = prints(page, 1)
    (ticket,) = paper["made"]
    assert not paper["page"]
    assert abs(ticket["wide"] - PAPER_PX) < 1
    with Image.open(io.BytesIO(base64.b64decode(ticket["src"].partition(",")[2]))) as picture:
        assert picture.width == 576
        assert "/t/" in zxingcpp.read_barcodes(picture.convert("L"))[0].text
    expect(page.locator(".on-paper")).to_have_count(0)
    page.reload()
    expect(page.locator("footer")).to_be_visible()

    office.press("issue_ticket", services=["ausweis"], printer="entrance")  # at reception, on the kiosk's printer
    assert len(prints(page, 2)) == 2
    assert [one["state"] for one in office.board("kiosk", "entrance")["prints"]] == ["sent"]


TO_PDF = {
    "recentDestinations": [{"id": "Save as PDF", "origin": "local", "account": ""}],
    "selectedDestinationId": "Save as PDF",
}
UNSEEN = ["--ozone-platform=headless", "--kiosk", "--kiosk-printing"]
"""A Chromium that prints as if somebody saw it: without a window it would print nothing."""


@pytest.fixture
def machine(chromium: Browser, tmp_path: Path) -> Iterator[BrowserContext]:
    """A kiosk of which the default printer writes PDF files into the folder `printed`."""
    profile = tmp_path / "profile" / "Default"
    profile.mkdir(parents=True)
    sticky = json.dumps(TO_PDF | {"version": 2})
    printing = {"print_preview_sticky_settings": {"appState": sticky}}
    saving = {"default_directory": str(tmp_path / "printed")}
    (tmp_path / "printed").mkdir()
    (profile / "Preferences").write_text(json.dumps({"printing": printing, "savefile": saving, "download": saving}))
    flags = [flag for flag in CHROMIUM if flag != "--headless"]
    context = chromium.browser_type.launch_persistent_context(
        profile.parent, executable_path="/usr/bin/chromium", headless=False, args=[*flags, *UNSEEN], locale="de-DE"
    )
    yield context
    context.close()


def papers(folder: Path, many: int) -> list[bytes]:
    until = time.monotonic() + SLOW_S
    while time.monotonic() < until:
        found = [file.read_bytes() for file in sorted(folder.glob("*.pdf"))]
        if len(found) >= many and all(one.rstrip().endswith(b"%%EOF") for one in found):
            return found
        time.sleep(0.1)
    raise AssertionError([*folder.iterdir()])


def pictures_in(pdf: bytes) -> list[Image.Image]:
    """As Chromium writes them: one stream of packed rows each, in grey or in three colours."""
    found = []
    for head, begin in [
        (one[1], one.end()) for one in re.finditer(rb"<<([^<>]*/Subtype /Image[^<>]*)>>\s*stream\r?\n", pdf)
    ]:
        width, height = (int(re.findall(rb"/%s (\d+)" % name, head)[0]) for name in (b"Width", b"Height"))
        rows = zlib.decompressobj().decompress(pdf[begin:])
        found.append(Image.frombytes("L" if len(rows) == width * height else "RGB", (width, height), rows))
    return found


def test_a_chromium_started_as_a_kiosk_prints_one_page_without_a_question(
    office: OpenOffice, machine: BrowserContext, tmp_path: Path
) -> None:
    page = machine.new_page()
    sign_in(office, page)
    touched(page)

    (paper,) = papers(tmp_path / "printed", 1)
    assert len(re.findall(rb"/Type /Page\b", paper)) == 1
    (ticket,) = pictures_in(paper)
    assert "/t/" in zxingcpp.read_barcodes(ticket.convert("L"))[0].text
    assert [one["state"] for one in office.board("kiosk", "entrance")["prints"]] == ["sent"]
    page.reload()
    expect(page.locator("footer")).to_be_visible()
    office.press("issue_ticket", services=["ausweis"], printer="entrance")
    assert len(papers(tmp_path / "printed", 2)) == 2
