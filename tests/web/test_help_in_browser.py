"""Help and interface in a real Chromium: axe finds nothing, nothing is cut off on a phone, the policy blocks nothing."""

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, expect

from tests.axe import findings_there
from tests.web.chromium import WIDE, browser
from tests.web.conftest import House

__all__ = ["browser"]
pytestmark = pytest.mark.browser


async def page_of(browser: Browser, width: int, height: int) -> tuple[Page, list[str]]:
    """A page in German, and what its console says: a style or script that the policy blocks is named there."""
    context = await browser.new_context(viewport={"width": width, "height": height}, locale="de-DE")
    page, said = await context.new_page(), list[str]()

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", hear)
    return page, said


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_somebody_looks_for_help_and_finds_it(house: House, browser: Browser, width: int) -> None:
    page, said = await page_of(browser, width, 900)
    await page.goto(f"{house.url}/help")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Hilfe")
    assert await findings_there(page) == []
    await page.get_by_label("In der Hilfe suchen").fill("Papier")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("Stellen")
    assert await findings_there(page) == []
    assert await page.evaluate(WIDE) == 0
    await page.get_by_role("link", name="Störungen", exact=True).first.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Störungen")
    assert await findings_there(page) == []
    assert await page.evaluate(WIDE) == 0
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Trouble")
    assert said == []


@pytest.mark.parametrize("path", ["/help/office-file", "/help/anschliessen", "/api/live"])
async def test_long_pages_fit_a_phone(house: House, browser: Browser, path: str) -> None:
    page, said = await page_of(browser, 390, 844)
    await page.goto(f"{house.url}{path}")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert await page.evaluate(WIDE) == 0
    assert await findings_there(page) == []
    assert said == []


async def test_the_interface_is_read_by_keyboard(house: House, browser: Browser) -> None:
    page, said = await page_of(browser, 1280, 900)
    await page.goto(f"{house.url}/api")
    await page.get_by_role("link", name="Counters and calls").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#command-call_next")).to_be_visible()
    way = page.locator("summary", has_text="/api/v1/offices/{office}/waits")
    await way.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("details[open]", has=way)).to_contain_text("everybody")
    assert await page.evaluate(WIDE) == 0
    assert await findings_there(page) == []
    assert said == []
