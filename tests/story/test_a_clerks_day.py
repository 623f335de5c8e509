"""A clerk's day at a real counter: once with the keyboard alone, once with the server killed while somebody is being served. By
names alone: `test_a_day_by_names.py`."""

import subprocess

import pytest
from playwright.sync_api import Page, expect

from tests.story.conftest import OpenOffice, Visitors, signed_in

pytestmark = pytest.mark.browser
SLOW_MS = 40_000


def at_counter(office: OpenOffice, visitors: Visitors) -> Page:
    """Counter 1, closed; three people wait for it."""
    for _ in range(3):
        office.press("issue_ticket", services=["ausweis"])
    page = signed_in(office, visitors)
    page.goto(office.base + "/counter/mitte/1")
    can(page, "open")
    return page


def can(page: Page, act: str) -> None:
    """Waits until this is what the big button does, and it can be pressed."""
    expect(page.locator(f".acts[data-settled=true] .big[data-act={act}]")).to_be_visible(timeout=SLOW_MS)


def holds(page: Page, number: str) -> None:
    expect(page.locator(".now h2.number")).to_have_text(number)


def tab_to(page: Page, selector: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


def test_a_day_by_keyboard_alone(office: OpenOffice, visitors: Visitors) -> None:
    page = at_counter(office, visitors)
    keys = page.keyboard
    keys.press("Enter")
    can(page, "next")
    keys.press("Enter")
    can(page, "arrived")
    holds(page, "A001")
    keys.press("r")
    expect(page.locator(".now")).to_contain_text("zum 2. Mal")
    can(page, "arrived")
    keys.press("Enter")
    can(page, "finish-next")
    keys.press("n")
    keys.type("Foto fehlt")
    tab_to(page, "dialog .primary")
    keys.press("Enter")
    expect(page.locator(".now")).to_contain_text("Foto fehlt")

    keys.press("Enter")
    can(page, "arrived")
    holds(page, "A002")
    expect(page.locator(".undo b")).to_have_text("A001 fertig, A002 aufgerufen")
    keys.press("u")
    can(page, "finish-next")
    holds(page, "A001")
    keys.press("f")
    can(page, "next")
    keys.press("Enter")
    can(page, "arrived")
    keys.press("m")  # no display runs here, so the page asks first
    expect(page.get_by_role("dialog")).to_be_visible()
    tab_to(page, "dialog .primary")
    keys.press("Enter")
    can(page, "next")
    expect(page.get_by_role("region", name="Als Nächstes (2 warten)")).to_contain_text("A002")
    keys.press("Enter")
    can(page, "arrived")
    holds(page, "A003")
    keys.press("a")
    can(page, "finish-next")
    keys.press("k")
    can(page, "next")
    keys.press("2")
    tab_to(page, "[data-act^=resume-]")
    keys.press("Enter")
    can(page, "finish-next")
    holds(page, "A003")
    keys.press("f")
    can(page, "next")
    for key, then in (("w", "next"), ("w", "next"), ("p", ""), ("Enter", "resume"), ("Enter", "next"), ("x", "open")):
        keys.press(key)
        if then:
            can(page, then)
        else:
            expect(page.get_by_role("dialog")).to_be_visible()


def test_r24_reception_gives_out_a_number_in_three_keystrokes_and_answers_who_calls_for_help(
    office: OpenOffice, visitors: Visitors
) -> None:
    page = signed_in(office, visitors)
    page.goto(office.base + "/desk/mitte")
    expect(page.locator(".draws button").first).to_be_enabled()
    for key in ("n", "a", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".given h2.number")).to_have_text("A001")
    expect(page.locator(".given img")).to_be_visible()
    (ticket,) = office.board("desk")["tickets"]
    assert (ticket["number"], ticket["services"], ticket["state"]) == ("A001", ["ausweis"], "waiting")

    office.press("request_help", kiosk="entrance")
    page.get_by_role("button", name="Es kommt jemand").click()
    expect(page.get_by_role("button", name="Es kommt jemand")).to_have_count(0)
    assert office.board("kiosk", "entrance")["help"]["accepted_by"] == "supervisor"
    page.get_by_label("Nummer suchen").fill("a 1")
    expect(page.locator("[aria-labelledby=found] .number")).to_have_text("A001")


def test_the_server_is_killed_while_somebody_is_served(office: OpenOffice, visitors: Visitors) -> None:
    """The case stays on the screen; the press made meanwhile counts once, or the page says that it was not taken."""
    page = at_counter(office, visitors)
    for then in ("next", "arrived", "finish-next"):
        page.keyboard.press("Enter")
        can(page, then)

    office.process.kill()
    office.process.communicate()
    page.keyboard.press("f")
    holds(page, "A001")
    with office.log.open("a") as log:
        office.process = subprocess.Popen(office.process.args, stdout=subprocess.PIPE, stderr=log, text=True)
    told = page.locator(".refusal:not(:empty)")
    expect(page.locator(".acts[data-settled=true] .big[data-act=next]").or_(told)).to_be_visible(timeout=SLOW_MS)
    if told.is_visible():
        holds(page, "A001")
        page.keyboard.press("f")
        can(page, "next")

    expect(page.locator(".line")).to_have_count(0, timeout=SLOW_MS)
    assert [ticket["number"] for ticket in office.board("supervisor")["tickets"]] == ["A002", "A003"]
    visitors.errors[:] = [line for line in visitors.errors if "WebSocket" not in line]
