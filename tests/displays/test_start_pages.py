"""The first pages of a newcomer: the launch pad says what to do next, sign-in asks for little, problems are explained."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.messages.office import Accessibility
from server.web.routes.statement import GAPS
from tests.axe import findings
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor

pytestmark = pytest.mark.browser

CONTACT = Accessibility(
    mail="hilfe@example.de", phone="030 115", form="https://example.de/f", enforcement="https://example.de/e"
)
OFFICE = {
    "id": "mitte",
    "name": "Bürgerbüro Mitte",
    "open": True,
    "doors": ("kiosk", "display", "counter", "supervisor", "report"),
    "kiosks": [{"id": "entrance", "name": "Automat Eingang"}],
    "displays": [{"id": "hall", "name": "Wartehalle"}],
    "counters": [{"id": str(i), "label": f"Schalter {i}"} for i in range(1, 9)],
}
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "launch": ("launch", {"offices": [OFFICE], "path": "/"}),
    "launch without an office": ("launch", {"offices": []}),
    "sign-in": ("sign_in", {"error": None, "next": "/counter/mitte/3"}),
    "sign-in refused": ("sign_in", {"error": "Konto oder Passwort stimmt nicht.", "next": ""}),
    "first link": ("first", {"secret": "aufruf_x"}),
    "password": ("password", {"error": None, "named": None, "account": "admin", "least": 10}),
    "password refused": ("password", {"error": "Das Passwort ist zu kurz.", "named": "m.schneider", "least": 10}),
    "launch signed in": (
        "launch",
        {"offices": [OFFICE], "who": "Angemeldet: m.schneider", "signed_in": True, "nameless": True},
    ),
    "accessibility": (
        "accessibility",
        {"title": "Bürgerbüro Mitte", "spoken": ["de"], "gaps": GAPS, "contact": CONTACT, "kiosk": "entrance"},
    ),
    "403": ("problem", {"status": 403}),
    "404": ("problem", {"status": 404, "detail": "unknown_display"}),
    "410": ("problem", {"status": 410}),
    "500": ("problem", {"status": 500}),
}


def open_page(stage: Stage, browser: Visitor, name: str, language: str = "de", **options: Any) -> Page:
    template, stage.context = PAGES[name]
    page: Page = browser.open(f"{template}?lang={language}", width=1280, height=800, **options)
    return page


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(stage: Stage, browser: Visitor, name: str, language: str) -> None:
    page = open_page(stage, browser, name, language)

    assert findings(page) == []
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_out_of_320_px(stage: Stage, browser: Visitor, name: str) -> None:
    page = open_page(stage, browser, name)
    page.set_viewport_size({"width": 320, "height": 640})

    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_the_launch_pad_leads_through_the_first_call(stage: Stage, browser: Visitor) -> None:
    page = open_page(stage, browser, "launch")
    steps = page.locator(".steps li")

    expect(steps).to_have_count(3)
    hrefs = [step.get_by_role("link").get_attribute("href") for step in steps.all()]
    assert hrefs == ["/kiosk/mitte/entrance", "/counter/mitte/1", "/display/mitte/hall"]


def test_the_launch_pad_links_every_page_of_the_office(stage: Stage, browser: Visitor) -> None:
    page = open_page(stage, browser, "launch")
    hrefs = page.locator(".doors a").evaluate_all("(all) => all.map((it) => it.getAttribute('href'))")

    counters = [f"/counter/mitte/{i}" for i in range(1, 9)]
    assert hrefs == ["/kiosk/mitte/entrance", "/display/mitte/hall", *counters, "/supervisor/mitte", "/report/mitte"]


def test_a_name_from_an_office_file_is_text_not_markup(stage: Stage, browser: Visitor) -> None:
    stage.context = {"offices": [OFFICE | {"name": "<script>alert(1)</script>"}]}
    page = browser.open("launch")

    expect(page.get_by_role("heading", name="<script>alert(1)</script>")).to_be_visible()


def test_sign_in_posts_account_password_and_where_to_go_next(stage: Stage, browser: Visitor) -> None:
    page = open_page(stage, browser, "sign-in")
    form = page.locator("form").first
    fields = form.locator("input").evaluate_all("(all) => all.map((it) => [it.name, it.type, it.autocomplete])")

    assert form.get_attribute("method") == "post"
    assert fields == [
        ["next", "hidden", ""],
        ["account", "text", "username"],
        ["password", "password", "current-password"],
    ]
    expect(form.locator("input[name=next]")).to_have_value("/counter/mitte/3")
    expect(page.get_by_label("Konto")).to_be_editable()


def test_a_devices_browser_signs_in_with_its_token(stage: Stage, browser: Visitor) -> None:
    page = open_page(stage, browser, "sign-in")
    page.get_by_text("Dieses Gerät anmelden").click()
    field = page.get_by_label("Geräteschlüssel")

    expect(field).to_be_editable()
    expect(field).to_have_attribute("name", "device")


def test_a_first_link_is_one_button(stage: Stage, browser: Visitor) -> None:
    page = open_page(stage, browser, "first link")

    expect(page.locator("main form")).to_have_attribute("action", "/first/aufruf_x")
    expect(page.locator("main").get_by_role("button")).to_have_count(1)


def test_the_first_administrator_may_choose_a_password_later(stage: Stage, browser: Visitor) -> None:
    page = open_page(stage, browser, "password")

    expect(page.get_by_role("link", name="Später")).to_have_attribute("href", "/")


def test_the_first_link_sets_a_password_and_says_the_rule(stage: Stage, browser: Visitor) -> None:
    page = open_page(stage, browser, "password refused")
    field = page.get_by_label("Neues Passwort")

    expect(field).to_have_attribute("autocomplete", "new-password")
    expect(page.get_by_role("alert")).to_have_text("Das Passwort ist zu kurz.")
    expect(field).to_have_accessible_description(
        "Mindestens 10 Zeichen. Ein ganzer Satz ist gut. Das Passwort ist zu kurz."
    )
