"""A number drawn at the door, in a real Chromium without JavaScript: by keyboard in German, in Arabic; axe finds nothing."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.axe import findings_there
from tests.staff_pages.visitor import CHROMIUM
from tests.web.chromium import WIDE
from tests.web.conftest import House
from tests.web.test_draw import code, with_door

pytestmark = pytest.mark.browser


@asynccontextmanager
async def phone(language: str, *, scripts: bool = True, width: int = 390) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        context = await browser.new_context(
            viewport={"width": width, "height": 844}, locale=language, java_script_enabled=scripts
        )
        yield await context.new_page()
        await browser.close()


async def kept(page: Page, name: str) -> None:
    if folder := os.environ.get("AUFRUF_PICTURES"):
        await page.screenshot(path=Path(folder) / f"draw-{name}.png", full_page=True)


async def test_without_scripts_and_by_keyboard_alone(house: House) -> None:
    await with_door(house)
    async with phone("de-DE", scripts=False) as page:
        await page.goto(f"{house.citizens}/draw/mitte")
        await page.get_by_label("Code an der Tür (sechs Ziffern)").fill("12")
        await page.get_by_role("radio").first.press("Space")
        await page.get_by_text("Ich brauche Hilfe oder mehr Platz").press("Enter")
        await page.get_by_label("Weg ohne Stufen").press("Space")
        await page.get_by_role("button", name="Nummer ziehen").press("Enter")
        await expect(page.get_by_role("alert")).to_contain_text("Dieser Code gilt nicht mehr oder stimmt nicht")
        await expect(page.get_by_label("Weg ohne Stufen")).to_be_checked()
        await kept(page, "wrong")

        await page.get_by_label("Code an der Tür (sechs Ziffern)").fill(code(house))
        await page.get_by_role("button", name="Nummer ziehen").press("Enter")
        await expect(page).to_have_title("A001 · Bürgerbüro Mitte")
        await kept(page, "number")
        await page.goto(f"{house.citizens}/draw/mitte")
        await expect(page.get_by_text("Sie haben schon die Nummer A001.")).to_be_visible()
        await kept(page, "again")
        await page.get_by_role("link", name="Meine Nummer zeigen").press("Enter")
        await expect(page).to_have_title("A001 · Bürgerbüro Mitte")

    (ticket,) = house.desk.state.tickets.values()
    assert ticket.needs == ("step_free",)


@pytest.mark.parametrize(("language", "width"), [("ar", 390), ("de", 320), ("de", 640)])
async def test_it_can_be_read_from_right_to_left_and_on_a_narrow_screen(
    house: House, language: str, width: int
) -> None:
    """320 px is a phone at twice the size; axe, and nothing beside the screen."""
    await with_door(house)
    await house.press("supervisor", type="close_service", service="kfz", reason="system_down")
    async with phone(language, width=width) as page:
        await page.goto(f"{house.citizens}/draw/mitte?lang={language}")
        assert await findings_there(page) == []
        assert await page.evaluate(WIDE) == 0
        await kept(page, f"{language}-{width}")
        await page.locator("details summary").click()
        assert await findings_there(page) == []
        await page.locator("#code").fill(code(house))
        await page.locator("input[value=meldung]").check()
        await page.locator("form button.primary").click()
        await expect(page.get_by_text("B001", exact=True).first).to_be_visible()
