"""A visit at the kiosk of a real office: two matters on one number, without a phone, without seeing, and what is kept of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from config.words import Words, direction
from tests.axe import findings
from tests.story.conftest import OpenOffice, Visitors

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(shared_office: OpenOffice) -> OpenOffice:
    for counter in ("1", "2"):
        shared_office.press("open_counter", counter=counter)
    return shared_office


def at_kiosk(
    house: OpenOffice, visitors: Visitors, width: int = 1080, height: int = 1920, language: str = "de"
) -> Page:
    context = visitors.context(viewport={"width": width, "height": height})
    token = house.token("kiosk", "--office", "mitte", "--for", "entrance")
    page = context.new_page()
    page.goto(f"{house.base}/sign-in?next=/kiosk/mitte/entrance")
    page.get_by_text("Dieses Gerät anmelden").click()
    page.get_by_label("Geräteschlüssel").fill(token)
    page.get_by_role("button", name="Gerät anmelden").click()
    expect(page.locator("footer")).to_be_visible()
    if language != "de":
        page.get_by_role("button", name=Words(language).text("common-language-name"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(Words(language).text("kiosk-question"))
    return page


def drawn(house: OpenOffice, number: str) -> dict[str, object]:
    return next(one for one in house.board("desk")["tickets"] if one["number"] == number)


@pytest.mark.parametrize("language", ["de", "en", "ar", "de-simple"])
@pytest.mark.parametrize("way", ["touch", "keyboard", "switch", "names"])
def test_two_matters_and_four_cards_on_one_number(
    house: OpenOffice, visitors: Visitors, language: str, way: str
) -> None:
    words = Words(language)
    page = at_kiosk(house, visitors, language=language)
    expect(page.locator("html")).to_have_attribute("dir", str(direction(language)))

    def press(selector: str, name: str) -> None:
        """As this visitor does it: with a finger, with Tab and Enter, with one key that goes on and one that presses, by name."""
        target = page.locator(selector).first
        expect(target).to_be_enabled()
        if way == "touch":
            target.click()
        elif way == "names":
            page.get_by_role("button", name=re.compile(re.escape(name))).first.click()
        else:
            for _ in range(60):
                page.keyboard.press("Tab")
                if target.evaluate("one => one === document.activeElement"):
                    break
            page.keyboard.press("Space" if way == "switch" else "Enter")

    if way == "touch":
        press("[data-occasion=umzug]", "")
    else:
        press("[data-act=several]", words.text("kiosk-several"))
        for service in ("meldung", "ausweis"):
            press(f"[data-service={service}]", page.locator(f"[data-service={service}] .what b").inner_text())
        press("[data-act=collected]", words.text("kiosk-chosen", count=2))
    for _ in range(3):
        press("[data-count=ausweis] [data-act=more]", words.text("kiosk-more"))
    assert findings(page) == []
    press("[data-act=have]", words.text("kiosk-have"))
    expect(page.locator("#number")).to_be_visible()

    ticket = drawn(house, page.locator("#number").inner_text())
    assert (ticket["services"], ticket["quantities"]) == (["meldung", "ausweis"], {"ausweis": 4})
    assert ticket.get("language") == language
    assert findings(page) == []
    press("[data-act=done]", words.text("kiosk-done"))
    expect(page.get_by_role("heading", level=1)).to_have_text(Words("de").text("kiosk-question"))
    assert page.evaluate("sessionStorage.length") == 0, "the next person finds nothing of this one"


def test_r24_who_has_no_phone_reads_comes_back_and_gives_up(house: OpenOffice, visitors: Visitors) -> None:
    made = house.press("issue_ticket", services=["kfz"])["result"]["ticket"]
    page = at_kiosk(house, visitors)
    page.locator("[data-act=mine]").click()
    for sign in made["number"] + made["code"]:
        page.locator(f"[data-key='{sign}']").click()
    page.locator("[data-act=show-mine]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(made["number"])
    expect(page.locator("main")).to_contain_text("Sie warten")
    assert findings(page) == []
    page.locator("[data-act=more-time]").click()
    expect(page.locator("main")).to_contain_text("Ihre Nummer macht Pause")
    assert drawn(house, made["number"])["state"] == "away"
    page.get_by_role("button", name="Ich bin wieder da").click()
    expect(page.locator("main")).to_contain_text("Sie warten")
    page.get_by_role("button", name="Noch einmal drucken").click()
    expect(page.locator(".take")).to_have_text("Bitte nehmen Sie das Papier.")
    page.get_by_role("button", name="Ich komme nicht mehr").click()
    page.get_by_role("button", name="Ja, Nummer zurückgeben").click()
    expect(page.locator("main")).to_contain_text("Nummer zurückgegeben")


def test_a_scanner_that_types_shows_the_ticket_from_any_screen(house: OpenOffice, visitors: Visitors) -> None:
    made = house.press("issue_ticket", services=["urkunden"])["result"]["ticket"]
    page = at_kiosk(house, visitors)
    page.locator("[data-act=needs]").click()
    page.keyboard.type(f"{house.base}/t/{made['secret']}")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(made["number"])


def test_wrong_signs_are_said_and_counted(house: OpenOffice, visitors: Visitors) -> None:
    page = at_kiosk(house, visitors)
    page.locator("[data-act=mine]").click()
    page.keyboard.type("A9992222")
    for _ in range(5):
        page.locator("[data-act=show-mine]").click()
        expect(page.get_by_role("alert")).to_contain_text("kennen wir heute nicht")
    page.locator("[data-act=show-mine]").click()
    expect(page.get_by_role("alert")).not_to_contain_text("kennen wir heute nicht")
    visitors.errors[:] = [line for line in visitors.errors if "404" not in line and "429" not in line]


def test_who_lacks_a_paper_keeps_the_place(house: OpenOffice, visitors: Visitors) -> None:
    page = at_kiosk(house, visitors, 1920, 1080)
    page.locator("[data-service=soziales]").click()
    page.locator("[data-act=come-back]").click()
    expect(page.locator("main")).to_contain_text("Ihr Platz bleibt. Bitte seien Sie bis")

    assert drawn(house, page.locator("#number").inner_text())["state"] == "away"
