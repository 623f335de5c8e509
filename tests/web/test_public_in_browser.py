"""Pages of citizens that no other browser test opens, in Chromium, from 320 px on and from right to left; axe finds nothing."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.axe import findings_there
from tests.web.chromium import WIDE, browser
from tests.web.conftest import House
from tests.web.test_draw import with_door
from tests.web.test_wishes import ANNA, City, city, link, wished

__all__ = ["browser", "city"]
pytestmark = pytest.mark.browser
LANGUAGES = ("de", "ar", "uk", "de-simple")
WIDTHS = (320, 390, 1024)


async def looked(page: Page, name: str) -> None:
    for width in WIDTHS:
        await page.set_viewport_size({"width": width, "height": 844})
        assert await findings_there(page) == [], f"{name} at {width}"
        assert await page.evaluate(WIDE) == 0, f"{name} at {width}"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_waits_for_the_frame_of_another_site(house: House, browser: Browser, language: str) -> None:
    page = await browser.new_page()
    await page.goto(f"{house.citizens}/embed/mitte?lang={language}")
    await expect(page.locator("li").first).to_be_visible()
    await looked(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_number_is_drawn_at_the_door(house: House, browser: Browser, language: str) -> None:
    await with_door(house)
    page = await browser.new_page()
    await page.goto(f"{house.citizens}/draw/mitte?lang={language}")
    await page.locator("#code").fill("000000")
    await page.locator("input[name=service]:enabled").first.check()
    await page.locator("form button.primary").click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await looked(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_held_for_a_wish(city: City, browser: Browser, language: str) -> None:
    await wished(city.house, ANNA, "rathaus")
    await city.slots("mitte", (("08:00", "08:05"),))
    assert await city.look() == 1
    page = await browser.new_page()
    await page.goto(f"{city.house.citizens}{link(city)}?lang={language}")
    await expect(page.locator("form button.primary")).to_be_visible()
    await looked(page, language)
