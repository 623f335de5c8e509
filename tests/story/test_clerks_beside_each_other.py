"""Two clerks and a supervisor at one office, each in a browser of their own: they see each other's changes. A second tab of a
counter follows the first."""

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.story.conftest import OpenOffice, Visitors, signed_in
from tests.story.test_a_clerks_day import can, holds

pytestmark = pytest.mark.browser


def browsers(office: OpenOffice, visitors: Visitors, many: int) -> list[BrowserContext]:
    """The first administrator's, at several machines: the link that `up` printed works once."""
    first = signed_in(office, visitors).context
    return [first, *(visitors.context(storage_state=first.storage_state()) for _ in range(many - 1))]


def opened(office: OpenOffice, context: BrowserContext, counter: str) -> Page:
    page = context.new_page()
    page.goto(f"{office.base}/counter/mitte/{counter}")
    can(page, "open")
    page.keyboard.press("Enter")
    can(page, "next")
    return page


def how(page: Page, label: str) -> Locator:
    """What this clerk reads of another counter."""
    return page.get_by_role("region", name="Andere Schalter").get_by_role("listitem").filter(has_text=label)


def test_two_clerks_and_a_supervisor_see_each_others_changes(office: OpenOffice, visitors: Visitors) -> None:
    here, there, above = browsers(office, visitors, 3)
    one, two = opened(office, here, "1"), opened(office, there, "2")
    table = above.new_page()
    table.goto(f"{office.base}/supervisor/mitte")
    expect(how(one, "Schalter 2")).to_contain_text("frei")
    expect(how(two, "Schalter 1")).to_contain_text("frei")

    office.press("issue_ticket", services=["ausweis"])
    expect(one.locator(".acts .big")).to_contain_text("A001")
    one.keyboard.press("Enter")
    can(one, "arrived")
    expect(how(two, "Schalter 1")).to_contain_text("ruft A001")
    expect(table.get_by_text("ruft A001").first).to_be_visible()

    table.get_by_role("button", name="Neue Nachricht").click()
    form = table.get_by_role("dialog")
    form.get_by_role("radio", name="Für Kolleginnen und Kollegen an den Schaltern").check()
    form.get_by_label("Deutsch").fill("Bitte Formular B nutzen.")
    form.get_by_role("button", name="Zeigen").click()
    for page in (one, two):
        expect(page.locator(".notice.message")).to_contain_text("Bitte Formular B nutzen.")
    two.get_by_role("button", name="Gelesen").click()
    expect(two.locator(".notice.message")).to_have_count(0)
    expect(one.locator(".notice.message")).to_have_count(1)

    moved = office.press("assign_counter", counter="2", services=["urkunden"], reason="personal")
    assert moved["status"] == 200
    expect(two.locator(".notice.assignment")).to_contain_text(re.compile(r"Aufsicht.*Urkunde.*\(.+\)"))

    two.keyboard.press("Control+Alt+a")
    expect(one.get_by_role("alert").filter(has_text="Alarm: Schalter 2")).to_be_visible()
    one.get_by_role("button", name="Ich gehe hin").click()
    expect(two.locator(".alarm-notice")).to_contain_text("Es geht hin: 1")
    expect(table.locator(".alarm-notice")).to_contain_text("Es geht hin: 1")
    two.get_by_role("button", name="Alarm beenden").click()
    for page in (one, two, table):
        expect(page.locator(".alarm-notice")).to_have_count(0)


def test_a_second_tab_of_a_counter_follows_the_first(office: OpenOffice, visitors: Visitors) -> None:
    """Whichever is pressed, both show the same, and a press counts once."""
    (here,) = browsers(office, visitors, 1)
    for _ in range(2):
        office.press("issue_ticket", services=["ausweis"])
    tab = opened(office, here, "1")
    second = here.new_page()
    second.goto(f"{office.base}/counter/mitte/1")
    can(second, "next")

    for pressed, follows, key, then in (
        (tab, second, "Enter", "arrived"),
        (second, tab, "a", "finish-next"),
        (tab, second, "f", "next"),
    ):
        pressed.bring_to_front()
        pressed.keyboard.press(key)
        can(pressed, then)
        can(follows, then)
    second.bring_to_front()
    second.keyboard.press("Enter")
    can(second, "arrived")
    holds(second, "A002")
    holds(tab, "A002")
