"""A supervisor plans today on the table of a running office: it is on the table at once, and a second one is not overwritten."""

import pytest
from playwright.sync_api import Page, expect

from tests.story.conftest import OpenOffice, Visitors, signed_in

pytestmark = pytest.mark.browser
ALL_DAY = [8] * 48


def editor(office: OpenOffice, staff: Page) -> Page:
    """The dialog for today's plan, before one is made."""
    page = staff.context.new_page()
    page.goto(f"{office.base}/supervisor/mitte")
    page.locator("[data-ask=roster]").click()
    page.get_by_role("dialog").get_by_role("button", name="Planen", exact=True).click()
    return page


def all_day(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("von", exact=True).fill("00:00")
    dialog.get_by_label("bis", exact=True).fill("00:00")
    dialog.get_by_role("button", name="Eintragen").click()


def test_a_plan_for_today_is_on_the_table_at_once_and_nobody_overwrites_it_unseen(
    office: OpenOffice, visitors: Visitors
) -> None:
    staff = signed_in(office, visitors)
    first, second = editor(office, staff), editor(office, staff)
    assert office.board("supervisor")["roster"] is None
    all_day(first)
    first.get_by_role("button", name="Sichern").click()
    expect(first.get_by_role("dialog").get_by_role("alert")).to_have_text("Gesichert.")

    today = office.board("roster")["today"]
    assert office.board("supervisor")["roster"] == {"day": today, "counts": ALL_DAY}
    expect(second.locator("main table.counts td").first).to_have_text("8")

    all_day(second)
    second.get_by_role("button", name="Sichern").click()
    expect(second.get_by_role("dialog").get_by_role("alert")).to_contain_text("jemand anders")
    second.get_by_role("button", name="Änderung verwerfen").click()
    second.get_by_role("button", name="Plan entfernen").click()
    expect(second.get_by_role("dialog").get_by_role("alert")).to_have_text("Gesichert.")
    assert office.board("supervisor")["roster"] is None
    # what the overtaken plan would do was asked too, and refused: a browser notes each refusal
    visitors.errors[:] = [line for line in visitors.errors if "409 (Conflict)" not in line]
