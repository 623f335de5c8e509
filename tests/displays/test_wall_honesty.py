"""A cut connection: the wall says so, shows how old its calls are, hides what may be wrong, and recovers by itself."""

import msgspec
import pytest
from playwright.sync_api import Page, expect

from tests.axe import findings
from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor
from tests.staff_pages.visitor import hears

pytestmark = pytest.mark.browser

COVERED = """() => {
  const seen = (them) => [...document.querySelectorAll(them)].filter((it) => it.checkVisibility());
  const boxes = seen("#alert, #sound").map((it) => it.getBoundingClientRect());
  const under = (one) => boxes.some((other) => one.right > other.left && other.right > one.left
    && one.bottom > other.top + 1 && other.bottom > one.top + 1);
  const texts = seen(".number, .label, .way, #foot p, #head *");
  return texts.filter((it) => under(it.getBoundingClientRect())).map((it) => it.textContent);
}"""
"""Texts that are covered by the alert or by the button for the sound."""


@pytest.fixture
def page(stage: Stage, boards: Boards, browser: Visitor) -> Page:
    """A wall with one call and a clock that the test moves."""
    stage.board = msgspec.to_builtins(boards.display(boards.call("A017")))
    opened: Page = browser.open("wall", clock=True)
    expect(opened.get_by_text("A017", exact=True)).to_be_visible()
    return opened


def test_nothing_is_said_while_beats_come(page: Page, stage: Stage) -> None:
    for _ in range(6):
        page.clock.run_for(5000)
        hears(page, stage.beat)

    expect(page.get_by_role("alert")).to_be_hidden()


def test_ten_seconds_of_silence_are_said_with_the_age_of_the_data(page: Page, stage: Stage) -> None:
    page.clock.run_for(4000)
    expect(page.get_by_role("alert")).to_be_hidden()
    page.clock.run_for(6000)
    alert = page.get_by_role("alert")

    expect(alert).to_be_visible()
    expect(alert).to_contain_text("Verbindung unterbrochen")
    expect(alert).to_contain_text("Bitte am Empfang fragen.")
    expect(alert).to_contain_text("Connection lost. Please ask at reception.")
    assert page.evaluate(COVERED) == []
    expect(alert.locator(".age")).to_contain_text("Stand: vor 1")
    expect(page.get_by_text("A017", exact=True)).to_be_visible()


def test_the_age_grows_but_is_not_read_out_each_second(page: Page, stage: Stage) -> None:
    stage.silent = True
    page.clock.run_for(10_000)
    age = page.locator("#alert .age")
    before = age.inner_text()
    page.clock.run_for(20_000)

    expect(age).not_to_have_text(before)
    expect(age).to_have_attribute("aria-live", "off")


def test_a_stale_store_is_silence_though_beats_come(page: Page, stage: Stage) -> None:
    since = stage.now(seconds=30)
    for _ in range(2):
        hears(page, lambda: stage.beat(stale_since=since))
        page.clock.run_for(5000)
    alert = page.get_by_role("alert")
    expect(alert).to_be_visible()
    stage.beat()

    expect(alert).to_be_hidden()
    assert stage.opened == 1


def test_calls_are_hidden_after_the_limit_and_come_back_with_the_truth(
    page: Page, stage: Stage, boards: Boards
) -> None:
    stage.silent = True
    stage.cut()
    page.clock.run_for(119_000)
    expect(page.get_by_text("A017", exact=True)).to_be_visible()
    page.clock.run_for(3000)
    expect(page.get_by_text("A017", exact=True)).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Bitte am Empfang fragen")
    expect(page.locator(".waits")).to_have_count(0)

    stage.silent = False
    stage.board = msgspec.to_builtins(boards.display(boards.call("B042")))
    stage.seq += 1
    page.clock.resume()
    expect(page.get_by_text("B042", exact=True)).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()


def test_after_many_cuts_there_is_one_connection(page: Page, stage: Stage) -> None:
    for round_ in range(5):
        hears(page, stage.cut)
        page.clock.run_for(1000)
        stage.until(lambda wanted=round_ + 2: stage.opened >= wanted and stage.open == 1)  # type: ignore[misc]

    assert stage.open == 1
    assert stage.opened == 6


def test_a_line_that_hangs_without_closing_is_opened_anew(page: Page, stage: Stage) -> None:
    page.clock.run_for(12_000)
    stage.until(lambda: stage.opened == 2 and stage.open == 1)

    expect(page.get_by_role("alert")).to_be_hidden()


def test_the_next_hello_names_epoch_and_seq_that_are_shown(page: Page, stage: Stage, boards: Boards) -> None:
    seq = stage.show(boards.display(boards.call("B001")))
    expect(page.get_by_text("B001", exact=True)).to_be_visible()
    hears(page, stage.cut)
    page.clock.run_for(1000)
    stage.until(lambda: stage.opened == 2 and stage.open == 1)
    first, second = [frame for frame in stage.heard if frame["type"] == "hello"]

    assert first == {"type": "hello", "board": "display", "id": "hall", "seq": 0}
    assert second == {"type": "hello", "board": "display", "id": "hall", "epoch": "one", "seq": seq}


def test_a_new_epoch_is_believed_though_its_seq_is_lower(page: Page, stage: Stage, boards: Boards) -> None:
    stage.show(boards.display(boards.call("B001")))
    expect(page.get_by_text("B001", exact=True)).to_be_visible()
    stage.epoch, stage.seq = "epoch-two", 0
    stage.show(boards.display(boards.call("K001")))

    expect(page.get_by_text("K001", exact=True)).to_be_visible()


def test_an_older_board_never_replaces_a_newer_one(page: Page, stage: Stage, boards: Boards) -> None:
    newest = stage.show(boards.display(boards.call("B001")))
    expect(page.get_by_text("B001", exact=True)).to_be_visible()
    stage.send(stage.board_frame() | {"seq": newest - 1, "board": msgspec.to_builtins(boards.display())})
    stage.show(boards.display(boards.call("B002")))
    expect(page.get_by_text("B002", exact=True)).to_be_visible()

    assert page.locator(".quiet").count() == 0


@pytest.mark.parametrize(("code", "said"), [(4401, "nicht angemeldet"), (4404, "gibt es in diesem Büro nicht")])
def test_a_display_nobody_set_up_says_so(stage: Stage, browser: Visitor, code: int, said: str) -> None:
    stage.refusal = code
    page = browser.open("wall")

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.get_by_role("alert")).to_contain_text("hall")


def test_axe_finds_nothing_while_cut_off(page: Page, stage: Stage) -> None:
    page.clock.run_for(11_000)
    expect(page.get_by_role("alert")).to_be_visible()
    page.clock.resume()

    assert findings(page) == []
