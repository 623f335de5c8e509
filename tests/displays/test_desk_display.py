"""A display over one counter: its label, whom it calls, or what it does."""

from typing import Any

import msgspec
import pytest
from playwright.sync_api import expect

from server.messages import boards as wire
from tests.axe import findings
from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.test_wall_far import angles
from tests.displays.visitor import Visitor
from tests.staff_pages.visitor import picture

pytestmark = pytest.mark.browser
SIZES = [(1024, 768), (1920, 1080), (800, 480), (480, 800)]


def over(
    boards: Boards,
    *calls: wire.Call,
    state: str = "open",
    back_at: str | None = None,
    sentence: wire.SentenceShown | None = None,
    **changes: Any,
) -> wire.Display:
    desk = wire.OverDesk(counter=boards.place("3"), state=state, back_at=back_at, sentence=sentence)
    return boards.display(*calls, desk=desk, lines=1, room={}, **changes)


@pytest.mark.parametrize(
    ("state", "back_at", "said", "second"),
    [
        ("open", None, "Bitte warten", "Please wait"),
        ("wrap_up", None, "Bitte warten", "Please wait"),
        ("closed", None, "geschlossen", "closed"),
        ("paused", None, "Pause", "Break"),
        ("paused", "2026-12-01T09:30:00.000Z", "Pause bis 10:30", "Break until 10:30"),
    ],
)
def test_it_says_what_its_counter_does_in_both_languages(
    stage: Stage, boards: Boards, browser: Visitor, state: str, back_at: str | None, said: str, second: str
) -> None:
    stage.board = msgspec.to_builtins(over(boards, state=state, back_at=back_at))
    page = browser.open("wall", width=1024, height=768)
    expect(page.locator("h1:visible")).to_have_text("Schalter 3")
    expect(page.locator(".does")).to_contain_text(said)
    expect(page.locator(".does [lang=en]")).to_have_text(second)
    assert findings(page) == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_whom_it_calls_fills_it_and_can_be_read_from_three_metres(
    stage: Stage, boards: Boards, browser: Visitor, width: int, height: int
) -> None:
    stage.board = msgspec.to_builtins(over(boards, boards.call("A017", "3")))
    page = browser.open("wall", width=width, height=height)
    number = page.get_by_text("A017", exact=True)
    expect(number).to_be_visible()
    box = number.bounding_box()
    assert box is not None
    assert min(box["x"], box["y"]) >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.evaluate("document.querySelector('.slip').classList.add('row')")
    assert min(angles(page, (width, height), 15, 3)) >= 0.7

    stage.show(over(boards))
    expect(page.locator(".does")).to_contain_text("Bitte warten")


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (480, 800)])
def test_what_the_clerk_says_is_in_the_language_of_whom_they_serve(
    stage: Stage, boards: Boards, browser: Visitor, width: int, height: int
) -> None:
    papers = ("جواز السفر القديم", "صورة شخصية حديثة", "شهادة الميلاد")
    said = wire.SentenceShown(phrase="come_back", language="ar", papers=papers)
    stage.board = msgspec.to_builtins(over(boards, boards.call("A017", "3"), sentence=said))
    page = browser.open("wall", width=width, height=height)
    sentence = page.locator(".sentence")
    expect(sentence).to_have_attribute("dir", "rtl")
    expect(sentence.locator("p")).to_have_text("يرجى العودة ومعك:")
    expect(sentence.locator("li")).to_have_text(papers)
    picture(page, f"desk-sentence-{width}x{height}")
    box = sentence.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= height
    assert findings(page) == []
