"""A real office and a browser without scripts: number, state and papers, and every act of the ticket's owner as a form."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.story.conftest import OpenOffice, Visitors

pytestmark = pytest.mark.browser


def plain(office: OpenOffice, visitors: Visitors, secret: str, language: str = "de") -> Page:
    return visitors.page(
        f"{office.base}/t/{secret}?lang={language}",
        java_script_enabled=False,
        viewport={"width": 320, "height": 568},
    )


def issued(office: OpenOffice) -> dict[str, str]:
    answer = office.press("issue_ticket", services=["ausweis"])
    return dict(answer["result"]["ticket"])


def test_every_act_is_a_form_that_works(shared_office: OpenOffice, visitors: Visitors) -> None:
    shared_office.press("open_counter", counter="1")
    ticket = issued(shared_office)
    page = plain(shared_office, visitors, ticket["secret"])
    origins = []
    page.on("request", lambda one: origins.append(one.headers.get("origin")) if one.method == "POST" else None)
    main = page.locator("main")
    expect(main).to_contain_text(ticket["number"])
    expect(main).to_contain_text("Bitte bereithalten")
    page.get_by_role("button", name="Ich brauche 20 Minuten mehr Zeit").click()
    expect(page.locator(".big")).to_have_text(re.compile(r"^Pause bis \d\d:\d\d$"))
    page.get_by_role("button", name="Ich bin wieder da").click()
    expect(page.locator(".big")).not_to_contain_text("Pause")

    shared_office.press("call_next", counter="1")
    page.get_by_role("link", name="Neu laden").click()
    expect(main).to_contain_text("Sie sind dran")
    expect(main).to_contain_text("Schalter 1")
    shared_office.press("mark_missed", counter="1")
    page.get_by_role("link", name="Neu laden").click()
    expect(page.locator(".big")).to_have_text(re.compile(r"^Sie wurden um \d\d:\d\d aufgerufen$"))
    page.get_by_role("button", name="Ich bin da").click()
    expect(main).to_contain_text("Gut. Sie stehen wieder in der Reihe")

    page.locator("summary").click()
    expect(page.locator("details[open] p")).to_be_visible()
    page.get_by_role("button", name="Ja, Nummer zurückgeben").click()
    expect(page.locator(".big")).to_have_text("Nummer zurückgegeben")
    expect(page.get_by_role("button")).to_have_count(0)
    assert set(origins) == {"null"}


@pytest.mark.parametrize("language", ["de", "ar", "de-simple"])
def test_nothing_is_cut_at_320_px(shared_office: OpenOffice, visitors: Visitors, language: str) -> None:
    ticket = issued(shared_office)
    page = plain(shared_office, visitors, ticket["secret"], language)
    expect(page.locator("main form")).to_have_count(2)
    shown_ones = page.locator("main button, main summary, main .big, main .number").filter(visible=True)
    boxes = [one.bounding_box() for one in shown_ones.all()]

    shown = [box for box in boxes if box is not None]
    assert shown
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 320 for box in shown)
    assert min(box["height"] for box in shown[1:]) >= 28
    shared_office.press("cancel_ticket", ticket=ticket["id"])
