"""`/admin/settings` in a real browser: the forms are sent by keyboard, both values are listed, and one press takes back."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.admin.test_in_browser import SIZES, leading
from tests.axe import findings
from tests.story.conftest import OpenOffice, Visitors

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("AUFRUF_TEST_PICTURES")


def test_a_manager_renames_a_service_and_takes_it_back(shared_office: OpenOffice, visitors: Visitors) -> None:
    page = leading(shared_office, visitors, {})
    page.goto(f"{shared_office.base}/admin")
    page.get_by_role("link", name="Einstellungen").click()
    page.get_by_label("Was soll sich ändern").select_option("services.ausweis.names.de")
    page.get_by_role("button", name="Wählen").press("Enter")
    value = page.get_by_label("Neuer Wert")
    value.fill(" ")
    value.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text(
        "services.ausweis.names.de: Es muss ein Text mit 1 bis 400 Zeichen sein."
    )
    page.get_by_label("Neuer Wert").fill("Ausweise und Pässe")
    assert findings(page) == []
    page.get_by_label("Neuer Wert").press("Enter")
    difference = page.get_by_role("status")
    expect(difference).to_contain_text("Das ändert sich: services.ausweis.names.de")
    expect(difference.locator("del")).to_have_text("Ausweis und Pass")
    expect(difference.locator("ins")).to_have_text("Ausweise und Pässe")
    assert findings(page) == []
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / "settings-difference.png"), full_page=True)
    difference.get_by_role("button", name="Einstellen").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("gilt ab ihrem Tag")
    row = page.locator("tbody tr").first
    for said in ("services.ausweis.names.de", "Ausweise und Pässe", "gilt", "leitung"):
        expect(row).to_contain_text(said)
    for name, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"settings-{name}.png"), full_page=True)
    assert findings(page) == []
    page.get_by_role("button", name="Zurücknehmen").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("zurückgenommen")
    expect(page.locator("tbody")).to_contain_text("Hier ist nichts eingestellt")
    visitors.errors[:] = [line for line in visitors.errors if "422" not in line]
