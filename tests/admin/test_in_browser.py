"""The administrator's pages in real browsers: a colleague is let in and put out again; by keyboard, in both languages."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.axe import findings
from tests.story.conftest import OpenOffice, Visitors, signed_in

pytestmark = pytest.mark.browser
PASSWORD = "Kaffee um halb zehn"
SLOW_MS = 15_000
SIZES = {"wide": (1280, 900), "phone": (390, 844), "zoomed": (640, 450)}
"""The last is what a window of 1280 x 900 has left at 200 % zoom."""
PICTURES = os.environ.get("AUFRUF_TEST_PICTURES")
"""A folder for pictures of these pages, if somebody wants to look at them."""


@pytest.fixture(scope="module")
def leader(shared_office: OpenOffice) -> dict[str, str]:
    return {"link": shared_office.sign_in}


def leading(office: OpenOffice, visitors: Visitors, leader: dict[str, str]) -> Page:
    """The first administrator, who has chosen a password."""
    if "done" not in leader:
        page = signed_in(office, visitors)
        page.get_by_label("Konto").fill("leitung")
        page.get_by_label("Neues Passwort").fill(PASSWORD)
        page.get_by_role("button", name="Passwort setzen").click()
        expect(page.locator(".who")).to_contain_text("leitung")
        leader["done"] = "yes"
        return page
    return sign_in(office, visitors, "leitung")


def sign_in(office: OpenOffice, visitors: Visitors, name: str) -> Page:
    page = visitors.page(f"{office.base}/sign-in")
    page.get_by_label("Konto").fill(name)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    expect(page.locator(".who")).to_contain_text(name)
    return page


def test_a_colleague_is_invited_works_and_is_put_out_again(
    shared_office: OpenOffice, visitors: Visitors, leader: dict[str, str]
) -> None:
    page = leading(shared_office, visitors, leader)
    page.goto(shared_office.base)
    page.get_by_role("link", name="Verwaltung").click()
    page.get_by_label("Konto").fill("m.meyer")
    page.get_by_label("Aufgabe", exact=True).select_option("supervisor")
    page.get_by_role("button", name="Konto anlegen").click()
    link = page.get_by_label("Link", exact=True).input_value()
    assert findings(page) == []

    colleague = visitors.page(link)
    colleague.get_by_role("button", name="Anmelden").click()
    colleague.get_by_label("Neues Passwort").fill(PASSWORD)
    colleague.get_by_role("button", name="Passwort setzen").click()
    expect(colleague.locator(".who")).to_contain_text("m.meyer")
    colleague.goto(f"{shared_office.base}/supervisor/mitte")
    expect(colleague.locator("table").first).to_be_visible()
    colleague.goto(f"{shared_office.base}/admin")
    expect(colleague.locator("h1")).to_contain_text("Dafür fehlt die Berechtigung")
    colleague.goto(f"{shared_office.base}/supervisor/mitte")
    expect(colleague.locator("table").first).to_be_visible()

    page.get_by_role("link", name="Zum Konto").click()
    page.get_by_label("Aufgabe", exact=True).select_option("clerk")
    page.get_by_role("button", name="Aufgabe geben").click()
    expect(page.get_by_role("status")).to_contain_text("gegeben")
    colleague.reload()
    expect(colleague.locator("table").first).to_be_visible()
    page.get_by_role("button", name="Überall abmelden").click()
    expect(page.get_by_role("status")).to_contain_text("gleich")
    expect(colleague.locator("body")).to_contain_text("Sie sind nicht angemeldet", timeout=10_000)

    page.goto(f"{shared_office.base}/admin/audit")
    rows = page.locator("tbody tr")
    expect(rows.first).to_contain_text("überall abgemeldet")
    expect(rows.first).to_contain_text("leitung")
    expect(page.locator("tbody")).to_contain_text("m.meyer")
    visitors.errors[:] = [line for line in visitors.errors if "403" not in line and "WebSocket" not in line]


def test_a_supervisors_act_is_in_the_audit_by_account_and_a_clerks_press_is_not(
    shared_office: OpenOffice, visitors: Visitors, leader: dict[str, str]
) -> None:
    page = leading(shared_office, visitors, leader)
    me = page.evaluate(
        """async () => (await fetch("/api/v1/offices/mitte/commands", {method: "POST", headers: {"Idempotency-Key": "close",
        "content-type": "application/json"}, body: JSON.stringify({type: "close_service", service: "kfz"})})).status"""
    )
    assert me == 200
    shared_office.press("issue_ticket", services=["ausweis"])
    shared_office.press("open_counter", counter="3")
    page.goto(f"{shared_office.base}/admin/audit?act=service_closed")
    row = page.locator("tr", has_text="Annahme geschlossen")
    for _ in range(100):  # it is copied from the history within seconds
        if row.count():
            break
        page.wait_for_timeout(200)
        page.reload()
    expect(row).to_contain_text("leitung")
    expect(row).to_contain_text("kfz")
    with page.expect_download() as told:
        page.get_by_role("link", name="CSV").click()
    text = Path(told.value.path()).read_text(encoding="utf-8-sig")
    assert "service_closed" in text
    assert shared_office.http.get("/admin/audit.csv").status_code == 200


def test_every_page_is_for_everybody_at_every_size_in_both_languages(
    shared_office: OpenOffice, visitors: Visitors, leader: dict[str, str]
) -> None:
    page = leading(shared_office, visitors, leader)
    shared_office.token("display", "--office", "mitte", "--for", "hall", "--name", "Fernseher am Fenster")
    shared_office.token("observer", "--name", "Leitstand der Stadt")
    page.goto(f"{shared_office.base}/admin")
    account = page.get_by_role("link", name="leitung").get_attribute("href")
    found = []
    for language in ("de", "en"):
        for path in ("/admin", str(account), "/admin/devices", "/admin/tokens", "/admin/audit"):
            page.goto(f"{shared_office.base}{path}?lang={language}")
            for detail in page.locator("details").all():
                detail.evaluate("one => { one.open = true }")
            for name, (width, height) in SIZES.items():
                page.set_viewport_size({"width": width, "height": height})
                found += findings(page)
                wide = page.evaluate(
                    "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
                )
                found += [f"{path} is {wide} px too wide at {width}"] if wide > 0 else []
                if PICTURES:
                    file = f"{language}-{path.strip('/').replace('/', '-')[:14]}-{name}.png"
                    page.screenshot(path=f"{PICTURES}/{file}", full_page=True)
    assert found == []


def test_a_key_is_revoked_by_keyboard_alone(
    shared_office: OpenOffice, visitors: Visitors, leader: dict[str, str]
) -> None:
    page = leading(shared_office, visitors, leader)
    shared_office.token("observer", "--name", "Verlorener Laptop")
    page.goto(f"{shared_office.base}/admin/tokens")
    focused = "() => document.activeElement.tagName + document.activeElement.textContent"
    for _ in range(60):
        if page.evaluate(focused).startswith("BUTTON") and "Verlorener Laptop" in page.evaluate(focused):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("gilt nicht mehr")
    expect(page.locator("table")).not_to_contain_text("Verlorener Laptop")


def test_a_screen_is_renamed_and_told_to_load_its_page_again(
    shared_office: OpenOffice, visitors: Visitors, leader: dict[str, str]
) -> None:
    page = leading(shared_office, visitors, leader)
    screen = visitors.page(f"{shared_office.base}/sign-in?next=/display/mitte/upstairs")
    screen.locator("summary").click()
    screen.get_by_label("Geräteschlüssel").fill(
        shared_office.token("display", "--office", "mitte", "--for", "upstairs")
    )
    screen.get_by_role("button", name="Gerät anmelden").click()
    expect(screen.locator("main").first).to_be_visible()

    page.goto(f"{shared_office.base}/admin/devices")
    page.locator("summary", has_text="Treppenabsatz").click()
    with screen.expect_event("load", timeout=SLOW_MS):
        page.locator("details[open]").get_by_role("button", name="Neu laden").click()
    expect(page.get_by_role("status")).to_contain_text("lädt seine Seite neu")
