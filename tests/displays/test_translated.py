"""Phone and wall in a browser that translates: after every change they show the same as an untranslated page."""

import msgspec
import pytest
from playwright.sync_api import Page, expect

from server.messages.boards import Part
from tests.displays.boards import Boards
from tests.displays.phones import STATES, open_phone, states
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor
from tests.staff_pages.translated import read, translate

pytestmark = pytest.mark.browser


def shown(stage: Stage, board: Part) -> None:
    seq = stage.show(board)
    stage.wait_for(lambda frame: frame["type"] == "report" and frame.get("seq") == seq)


def fresh(stage: Stage, page: Page, board: Part) -> str:
    """The text of a page that is opened with this board."""
    stage.seq, stage.board, stage.context["board"] = stage.seq + 1, msgspec.to_builtins(board), board
    page.reload()
    stage.wait_for(lambda frame: frame.get("kind") == "shown" and frame["seq"] == stage.seq)
    return read(page)


def test_the_phone_says_what_is_true_in_every_state(stage: Stage, boards: Boards, browser: Visitor) -> None:
    known = states(boards)
    said = {}
    page = open_phone(stage, browser, boards.ticket(ahead=2))
    expect(page.locator(".squares")).to_be_visible()
    translate(page)
    for name in STATES:
        shown(stage, known[name])
        said[name] = read(page)
        translate(page)
        assert read(page) == said[name]
    for name in STATES:
        assert said[name] == fresh(stage, page, known[name]), name


def test_one_fewer_before_me_is_seen_at_once(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_phone(stage, browser, boards.ticket(ahead=2, expected=None))
    expect(page.get_by_text("2 Personen vor Ihnen")).to_be_visible()
    translate(page)
    stage.show(boards.ticket(ahead=1, expected=None))
    expect(page.get_by_text("1 Person vor Ihnen")).to_be_visible()
    expect(page.get_by_text("2 Personen vor Ihnen")).to_have_count(0)
    stage.show(boards.ticket(ahead=0, expected=None))
    expect(page.get_by_text("Sie sind als Nächste dran")).to_be_visible()
    expect(page.get_by_text("1 Person vor Ihnen")).to_have_count(0)


def test_who_wants_the_original_back_gets_it(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_phone(stage, browser, boards.ticket(ahead=2, expected=None))
    expect(page.locator(".squares")).to_be_visible()
    before = read(page)
    translate(page)
    page.evaluate("document.querySelectorAll('body font').forEach((font) => font.remove())")

    assert read(page) == before


def test_the_wall_says_what_is_true(stage: Stage, boards: Boards, browser: Visitor) -> None:
    rounds = [
        boards.display(boards.call("A017")),
        boards.display(boards.call("B042", "5"), boards.call("A017", fresh=False)),
        boards.display(),
    ]
    stage.board = msgspec.to_builtins(rounds[0])
    page = browser.open("wall")
    expect(page.locator(".row .number")).to_have_text("A017")
    said = []
    for board in rounds:
        translate(page)
        shown(stage, board)
        said.append(read(page))
    for board, seen in zip(rounds, said, strict=True):
        assert seen == fresh(stage, page, board)
