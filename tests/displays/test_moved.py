"""A supervisor moved waiting tickets to another service: the phone says so in its own words, and the wall names the numbers."""

import msgspec
import pytest
from playwright.sync_api import expect

from server.messages.boards import Moved
from tests.displays.boards import Boards
from tests.displays.phones import at, open_phone
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "zu diesem Anliegen verschoben. Ihr Platz in der Reihe bleibt."),
        ("en", "was moved to this matter at"),
    ],
)
def test_a_ticket_that_was_moved_says_so_and_that_its_place_stays(
    stage: Stage, boards: Boards, browser: Visitor, language: str, words: str
) -> None:
    page = open_phone(stage, browser, boards.ticket(moved_at=at(minutes=3)), query=f"?lang={language}")
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()

    stage.show(boards.ticket())
    expect(page.get_by_text(words)).to_have_count(0)


def test_numbers_that_were_moved_stand_at_the_foot_in_both_languages(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    moved = Moved(service="trauung", letter="S", names={"de": "Standesamt", "en": "Registry office"},
                  numbers=("A018", "A019"), total=5)  # fmt: skip
    stage.board = msgspec.to_builtins(boards.display(moved=(moved,)))
    page = browser.open("wall")

    expect(page.locator("footer")).to_contain_text("Jetzt bei „Standesamt“: A018, A019 und 3 weitere. Ihr Platz in")
    expect(page.locator("footer [lang=en]")).to_contain_text("Now at “Registry office”: A018, A019 and 3 more.")
    hidden = Moved(service="soziales", letter="X", names={}, numbers=("X001",), total=1)
    stage.show(boards.display(moved=(hidden,)))
    expect(page.locator("footer")).to_contain_text("Jetzt bei „X“: X001. Ihr")
