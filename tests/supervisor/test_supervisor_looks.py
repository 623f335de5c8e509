"""The look of the supervisor's table: axe, on a desktop, a tablet, a phone, at 200 % zoom, in every theme."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.axe import findings
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor, overflow, picture
from tests.supervisor.test_supervisor_table import opened

pytestmark = pytest.mark.browser
SIZES = {
    "1920x1080": (1920, 1080), "1280x720": (1280, 720), "tablet": (820, 1180), "zoom-200": (640, 360), "390x844": (390, 844)
}  # fmt: skip
DIALOGS = [
    "[data-ask=service]",
    "[data-counter='1']",
    "[data-ticket='t-B043']",
    "[data-ask=message]",
    "[data-ask=rule]",
    "[data-ask=policy]",
    "[data-ask=day]",
]


@pytest.mark.parametrize("size", SIZES)
def test_the_table_fits_and_axe_finds_nothing(stage: Stage, visitor: Visitor, size: str) -> None:
    width, height = SIZES[size]
    page = opened(stage, visitor, o.supervisor(undo=o.takeback(o.MOVED, left=600)), width=width, height=height)

    picture(page, f"supervisor-{size}")
    assert overflow(page) <= 0
    assert findings(page) == []
    small = page.evaluate("""() => [...document.querySelectorAll('button, a[href], select')].filter(one => one.checkVisibility())
        .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
        .filter(([, box]) => Math.min(box.width, box.height) < 24)""")
    assert small == []


@pytest.mark.parametrize(
    ("asks", "theme"), [({"color_scheme": "dark"}, "night"), ({"contrast": "more"}, "contrast"), ({}, "paper")]
)
def test_a_page_wears_what_the_browser_asks_for_until_somebody_chooses(
    stage: Stage, visitor: Visitor, asks: dict[str, Any], theme: str
) -> None:
    page = opened(stage, visitor, **asks)
    html = page.locator("html")
    expect(html).to_have_attribute("data-theme", theme)
    page.emulate_media(color_scheme="dark")
    expect(html).to_have_attribute("data-theme", "contrast" if theme == "contrast" else "night")
    page.evaluate("localStorage.setItem('aufruf-theme', 'paper')")
    page.reload()
    expect(html).to_have_attribute("data-theme", "paper")


@pytest.mark.parametrize("theme", ["night", "contrast"])
def test_other_themes_keep_their_contrast(stage: Stage, visitor: Visitor, theme: str) -> None:
    page = opened(stage, visitor)
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)

    picture(page, f"supervisor-{theme}")
    assert findings(page) == []


def test_every_question_is_clean_and_leaves_by_escape(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, width=390, height=844)
    dialog = page.get_by_role("dialog")

    for opener in DIALOGS:
        page.locator(opener).first.click()
        expect(dialog).to_be_visible()
        assert findings(page) == [], opener
        assert dialog.evaluate("one => one.scrollWidth - one.clientWidth") <= 0, opener
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
    assert stage.pressed == []


def test_a_large_office_still_fits(stage: Stage, visitor: Visitor) -> None:
    """40 counters and 400 tickets: lists scroll in their own boxes, nothing is wider than the screen."""
    counters = tuple(o.face(str(n)) for n in range(1, 41))
    tickets = tuple(o.line(f"A{n:03}", waited=n / 8) for n in range(400))
    page = opened(stage, visitor, o.supervisor(counters=counters, tickets=tickets))

    assert overflow(page) <= 0
    expect(page.get_by_role("banner")).to_contain_text("400 warten")
    expect(page.get_by_role("grid").get_by_role("row")).to_have_count(41)
