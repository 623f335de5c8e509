"""The plain wall, which nothing measures: whatever is called, in every language, stays in its row and on the screen."""

import time

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from config.words import languages
from server.messages.boards import Display
from server.web.plain_board import told
from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.test_languages import CUT_OFF, kept
from tests.displays.test_wall_names import SHY, SIZES, TORN, sample
from tests.displays.visitor import Visitor
from tests.staff_pages.drawn import say
from tests.web.test_plain_in_browser import OUTSIDE

pytestmark = pytest.mark.browser
PHONE = (390, 844)
BELOW = """() => [...document.querySelectorAll('aside h2, aside p, aside tr')]
  .filter((one) => one.getBoundingClientRect().bottom > document.querySelector('aside').getBoundingClientRect().bottom + 1)
  .map((one) => 'hidden below: ' + one.innerText)"""


def drawn(stage: Stage, page: Page, board: Display, first: str, second: str) -> None:
    about = told(board, (first, second), int(time.time() * 1000), 1)
    stage.context = {**about, "say": say, "languages": (first, second)}
    page.reload()
    expect(page.locator(".row")).to_have_count(len(about["calls"]))


def wrong(page: Page) -> list[str]:
    found: list[str] = [fault for script in (OUTSIDE, CUT_OFF, BELOW, TORN) for fault in page.evaluate(script)]
    return found


def opened(stage: Stage, boards: Boards, browser: Visitor, first: str, second: str) -> Page:
    about = told(sample(boards, 0, first, second), (first, second), int(time.time() * 1000), 1)
    stage.context = {**about, "say": say, "languages": (first, second)}
    return browser.open(f"plain?lang={first}", java_script_enabled=False)


@pytest.mark.parametrize("language", languages())
def test_no_name_of_the_sample_office_leaves_its_row(
    stage: Stage, boards: Boards, browser: Visitor, language: str
) -> None:
    second = "en" if language == "de" else "de"
    page = opened(stage, boards, browser, language, second)
    for width, height in (*SIZES, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        aspect = "9:16" if width < height else "4:3" if width == 1024 else "16:9"
        for count in (0, 1, 5, 8, 12):
            board = replace(sample(boards, count, language, second), lines=12, aspect=aspect)
            drawn(stage, page, board, language, second)
            kept(page, f"plain-{language}-{count}-{width}x{height}")

            assert wrong(page) == [], f"{count} calls at {width}x{height}"


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize(
    "label", ["Annahmestelle für Gewerbe und Gaststätten", f"Gewerbeanmeldungs{SHY}annahmestelle Süd Haus 2"]
)
def test_a_label_of_40_letters_stays_in_its_row(
    stage: Stage, boards: Boards, browser: Visitor, label: str, width: int, height: int
) -> None:
    page = opened(stage, boards, browser, "de", "en")
    page.set_viewport_size({"width": width, "height": height})
    aspect = "9:16" if width < height else "4:3" if width == 1024 else "16:9"
    for count in (1, 2, 4, 6, 8, 12):
        place = replace(boards.place(), label=label, arrow="left")
        calls = tuple(replace(boards.call(f"KF9{i:02}"), counter=place) for i in range(count))
        drawn(stage, page, boards.display(*calls, lines=12, distance=1, aspect=aspect), "de", "en")
        kept(page, f"plain-label-{len(label)}-{count}-{width}x{height}")

        assert wrong(page) == [], f"{count} calls"
