"""Every page of a busy office in three sizes: axe finds nothing, no script fails, nothing is wider than the screen."""

import pytest
from playwright.sync_api import expect

from config.words import Words
from server.web.door import WITHOUT_ID
from server.web.routes.pages import TEMPLATES
from tests.axe import findings
from tests.story.conftest import OpenOffice, Visitors, signed_in

pytestmark = pytest.mark.browser
SIZES = [(1920, 1080), (1080, 1920), (390, 844)]


def morning(office: OpenOffice) -> str:
    """People wait, one is called, one is served. Returns the secret of a waiting ticket."""
    for service in ("ausweis", "meldung", "kfz", "ausweis", "soziales"):
        office.press("issue_ticket", services=[service])
    last = office.press("issue_ticket", services=["ausweis"], needs=["step_free"], language="en")
    for counter in "125":
        office.press("open_counter", counter=counter)
        office.press("call_next", counter=counter)
    office.press("start_service", counter="5")
    office.press("post_message", text={"de": "Ausweise bitte bereithalten.", "en": "Please have your ID ready."})
    return str(last["result"]["ticket"]["secret"])


def test_axe_finds_nothing_on_any_page(office: OpenOffice, visitors: Visitors) -> None:
    secret = morning(office)
    link = visitors.page(office.sign_in)
    found = findings(link)
    staff = signed_in(office, visitors)
    found += findings(staff)
    pages = {
        "/": "a", "/sign-in": "#password", "/pair": "#code", "/display/mitte/hall": ".number", "/display/mitte/upstairs": "main",
        "/kiosk/mitte/entrance": "button", "/counter/mitte/1": ".number", "/counter/mitte/8": "button",
        "/desk/mitte": ".draws", "/station/mitte/photo": "h1", "/supervisor/mitte": "table", "/supervisor": "table",
        "/admin": "table", "/admin/devices": "h2",
        "/desk": "table", "/desk?q=ausweis": ".slots", "/admin/tokens": "table", "/admin/audit": "table",
        "/admin/settings": "a", "/admin/settings/mitte": "table",
        "/report/mitte": "table", "/appointments/mitte": "h1", "/evaluation/mitte": "h1",
        "/accessibility/mitte?kiosk=entrance": "h1", "/book/mitte": "fieldset",
        "/accessibility": "h1", "/book": "h1", "/book/mitte?services=ausweis": "summary", "/draw/mitte": "h1",
        "/embed/mitte": "li", "/help": "h1", "/help?find=Papier": "h1", "/help/kiosk": "h1", "/api": "h1", "/api/live": "h1",
        f"/t/{secret}": ".number", "/nothing-here": "h1",
    }  # fmt: skip
    page = staff.context.new_page()
    for path, shows in pages.items():
        page.goto(office.base + path)
        expect(page.locator(shows).first).to_be_visible()
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            found += findings(page)
            wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [f"{path} is {wide} px too wide at {width}"] if wide > 0 else []
    visitors.errors[:] = [line for line in visitors.errors if "404" not in line]

    assert found == []


def test_a_page_of_what_does_not_exist_says_so_and_does_not_say_that_it_connects(
    office: OpenOffice, visitors: Visitors
) -> None:
    """Every page of a board with an id: whatever such a page is added later is asked too."""
    page = signed_in(office, visitors).context.new_page()
    wrong = []
    for kind in sorted(TEMPLATES.keys() - WITHOUT_ID):
        page.goto(f"{office.base}/{kind}/mitte/nowhere")
        expect(page.get_by_role("alert").first).to_be_visible()
        said = page.locator("body").inner_text()
        wrong += [f"{kind}: {said}"] if Words("de").text("common-connecting") in said else []
        wrong += findings(page)
    visitors.errors[:] = [line for line in visitors.errors if "404" not in line]

    assert wrong == []
