"""Near closing the wall says for which services a new number is probably not called today, before anybody draws one."""

import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from config.words import Words, languages
from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.test_languages import kept
from tests.displays.test_wall_names import MITTE, SIZES, sample, wrong
from tests.displays.visitor import Visitor

pytestmark = pytest.mark.browser


def test_what_is_probably_not_reached_today_is_said_instead_of_a_wait(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    """What is only likely keeps its wait; what is closed says that."""
    late, likely, closed = (
        boards.waiting(letter, name, name, 4, (10, 20), opened=letter != "S")
        for letter, name in (("A", "Ausweis"), ("B", "Meldung"), ("S", "Standesamt"))
    )
    lines = (
        replace(late, reachable_today="no"), replace(likely, reachable_today="likely"), replace(closed, reachable_today="no")
    )  # fmt: skip
    stage.board = msgspec.to_builtins(boards.display(waiting=lines))
    page = browser.open("wall")

    told = page.locator(".waits .range")
    expect(told).to_have_text(["heute voraussichtlich nicht mehr probably not today", "10–20", "geschlossen"])
    stage.show(boards.display(waiting=(late,)))
    expect(told).to_have_text(["10–20"])


@pytest.mark.parametrize("language", languages())
def test_in_every_language_it_fits_beside_names_that_stay_whole(
    stage: Stage, boards: Boards, browser: Visitor, language: str
) -> None:
    second = "en" if language == "de" else "de"
    stage.context = {"languages": [language, second], "spoken": list(MITTE.languages)}
    stage.board = msgspec.to_builtins(boards.display(languages=(language, second)))
    page = browser.open(f"wall?lang={language}")
    expect(page.locator(".quiet")).to_be_visible()
    said = Words(language).text("wall-not-today")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for count in (0, 1, 8):
            board = sample(boards, count, language, second)
            late = tuple(replace(one, reachable_today="no") for one in board.waiting)
            seq = stage.show(replace(board, waiting=late))
            stage.wait_for(lambda frame, seq=seq: frame["type"] == "report" and frame["seq"] == seq)  # type: ignore[misc]
            expect(page.locator(".row")).to_have_count(count)
            expect(page.locator(".waits .range").first).to_contain_text(said)
            kept(page, f"wall-late-{language}-{count}-{width}x{height}")

            assert wrong(page) == [], f"{count} calls at {width}x{height}"
