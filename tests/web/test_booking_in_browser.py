"""Booking on a telephone, in a real Chromium: in Turkish, by touch and by keyboard; axe finds nothing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from server.persons.contacts import Contacts
from server.persons.sealing import Sealing
from tests.axe import findings_there
from tests.staff_pages.visitor import CHROMIUM
from tests.web.chromium import WIDE
from tests.web.conftest import House
from tests.web.test_robots import wants_work

pytestmark = pytest.mark.browser


@pytest.fixture
async def phone() -> AsyncIterator[Page]:
    """Of somebody who reads Turkish; what the server does not mark in another language is in theirs."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        context = await browser.new_context(viewport={"width": 390, "height": 844}, locale="tr-TR")
        yield await context.new_page()
        await browser.close()


async def looked(page: Page) -> None:
    assert await findings_there(page) == []
    assert await page.evaluate(WIDE) == 0


async def test_somebody_books_in_turkish_moves_and_cancels(house: House, phone: Page) -> None:
    page = phone
    await page.goto(f"{house.url}/book?lang=tr")
    await expect(page.locator("main li")).to_have_count(len(house.site.desks))
    await looked(page)
    await page.get_by_role("link", name=house.desk.state.office.name).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Randevu al")
    await looked(page)
    await page.locator("input[name=services][value=ausweis]").check()
    await page.locator("input[name=services][value=meldung]").check()
    await page.get_by_label("Kaç kişi için?").fill("2")
    await page.get_by_role("button", name="Boş saatleri göster").click()
    await looked(page)
    await page.locator("details[open] button[name=start]").nth(3).click()
    await expect(page.get_by_role("status")).to_contain_text("sizin için ayrıldı")
    await looked(page)
    await page.get_by_role("button", name="Randevuyu al").click()

    (one,) = house.desk.state.appointments.values()
    assert (one.services, one.persons, one.language) == (("ausweis", "meldung"), 2, "tr")
    await expect(page.get_by_role("status")).to_have_text("Randevunuz alındı.")
    await expect(page.locator(".letters")).to_have_text(one.code)
    await looked(page)
    await page.get_by_role("link", name="Randevuyu değiştir").press("Enter")
    await looked(page)
    await page.locator("details summary").nth(1).press("Enter")
    await page.locator("details button[name=start]:visible").last.press("Enter")
    await expect(page.get_by_role("status")).to_have_text("Randevunuz değiştirildi.")
    assert house.desk.state.appointments[one.id].moved == 1
    await page.get_by_text("Randevuyu iptal et").click()
    await page.get_by_role("button", name="Evet, iptal et").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Randevunuz iptal edildi")
    assert house.desk.state.appointments == {}
    await looked(page)


async def test_an_address_is_left_and_a_slot_given_back_by_one_press(house: House, phone: Page, tmp_path: Path) -> None:
    """In Turkish, by keyboard; what is no address is said beside the field."""
    kept = Contacts(house.site.notes._writes, Sealing(tmp_path / "contacts.key"))
    object.__setattr__(house.site, "contacts", kept)
    page = phone
    await page.goto(f"{house.url}/book/mitte?services=ausweis")
    await page.locator("details[open] button[name=start]").first.press("Enter")
    field = page.get_by_label("E-posta adresi (isteğe bağlı)")
    await field.fill("erika@example")
    await looked(page)
    await field.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("Bu bir e-posta adresi değil")
    await looked(page)
    await field.fill("erika@example.org")
    await field.press("Enter")
    await expect(page.get_by_role("status")).to_contain_text("Birazdan bir e-posta alacaksınız.")
    assert await kept.offices() == {"mitte"}
    await page.goto(f"{page.url.partition('?')[0]}?lang=tr&release=1")
    await looked(page)
    await page.get_by_role("button", name="Evet, iptal et").press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Randevunuz iptal edildi")
    assert house.desk.state.appointments == {}


async def test_a_telephone_works_for_a_moment_and_nobody_has_to_solve_anything(house: House, phone: Page) -> None:
    """Whoever presses at once waits for it; without scripts the page says before the list what to do."""
    await wants_work(house)
    page = phone
    await page.goto(f"{house.url}/book/mitte?services=ausweis")
    await looked(page)
    await page.locator("details[open] button[name=start]").first.click(no_wait_after=True)
    await expect(page.get_by_role("status")).to_contain_text("sizin için ayrıldı", timeout=45_000)
    await looked(page)
    assert len(house.desk.state.holds) == 1

    assert page.context.browser is not None
    bare = await page.context.browser.new_context(java_script_enabled=False, locale="tr-TR")
    plain = await bare.new_page()
    await plain.goto(f"{house.url}/book/mitte?services=ausweis")
    hint = plain.locator("noscript .notice")  # Playwright's search by text leaves out what is in noscript
    await expect(hint).to_be_visible()
    assert "JavaScript’e izin verip" in await hint.inner_text()
    await plain.locator("details[open] button[name=start]").nth(5).click()
    await expect(plain.get_by_role("alert")).to_contain_text("bizi arayın veya gelin")
    assert len(house.desk.state.holds) == 1
    await bare.close()
