"""The wall display: readable, complete, plain, and announced to people who do not see it."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from server.messages.boards import Display, Note
from tests.axe import findings
from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor

pytestmark = pytest.mark.browser

SIZES = [(1920, 1080), (3840, 2160), (1080, 1920), (1280, 720)]
# Rows with parts that leave the row, touch each other, or leave the screen.
INSIDE = """() => [...document.querySelectorAll('.row')].filter((row) => {
  const outer = row.getBoundingClientRect();
  const parts = [row.querySelector('.number'), row.querySelector('.label'), row.querySelector('.way')].filter(Boolean);
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const wide = boxes.some((box) => box.left < outer.left || box.right > outer.right + 1);
  const high = boxes.some((box) => box.top < outer.top - 1 || box.bottom > outer.bottom + 1);
  const [number, label] = boxes;
  const beside = number.right <= label.left || label.right <= number.left;
  const above = number.bottom <= label.top + 1 || label.bottom <= number.top + 1;
  return wide || high || !(beside || above) || outer.bottom > innerHeight || outer.right > innerWidth;
}).map((row) => row.innerText)"""

# Short words in a place's name that are broken in two.
BROKEN = """() => [...document.querySelectorAll('.label, .way')].flatMap((part) => {
  const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) for (const word of walk.currentNode.data.matchAll(/\\S+/g)) {
    const range = document.createRange();
    const soft = walk.currentNode.data[word.index - 1] === '\\u00AD';  // its hyphen counts to the letter that follows
    range.setStart(walk.currentNode, word.index + (soft ? 1 : 0));
    range.setEnd(walk.currentNode, word.index + word[0].length);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 1);
    if (new Set(boxes.map((box) => Math.round(box.top))).size > 1) found.push(word[0]);
  }
  return found;
})"""


def many(boards: Boards, count: int, **changes: Any) -> Display:
    calls = [boards.call(f"{'ABKF'[i % 4]}{17 + i:03d}", str(1 + i % 8), fresh=i == 0) for i in range(count)]
    return boards.display(*calls, **changes)


def shown(page: Page) -> list[str]:
    return page.locator(".row .number").all_text_contents()


@pytest.mark.parametrize("fresh", [True, False])
def test_the_called_number_is_one_element_of_at_least_130_px(
    stage: Stage, boards: Boards, browser: Visitor, fresh: bool
) -> None:
    stage.board = msgspec.to_builtins(boards.display(boards.call("A017", fresh=fresh)))
    page = browser.open("wall")
    number = page.get_by_text("A017", exact=True)
    expect(number).to_be_visible()

    assert number.evaluate("(it) => it.textContent") == "A017"
    assert number.evaluate("(it) => it.childElementCount") == 0
    assert number.evaluate("(it) => parseFloat(getComputedStyle(it).fontSize)") >= 180  # the digits are 0.73 of it
    box = number.bounding_box()
    assert box is not None
    assert box["height"] >= 130


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_count_of_calls_stays_inside_its_row_and_the_screen(
    stage: Stage, boards: Boards, browser: Visitor, width: int, height: int
) -> None:
    stage.board = msgspec.to_builtins(many(boards, 1, lines=12, distance=1))
    page = browser.open("wall", width=width, height=height)
    for count in (1, 2, 3, 5, 6, 8, 12):
        stage.show(many(boards, count, lines=12, distance=1))
        expect(page.locator(".row")).to_have_count(count)

        assert page.evaluate(INSIDE) == [], f"{count} calls at {width}x{height}"
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_arrows_point_where_the_office_says_and_stand_in_one_column(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    """Left is left in every language; a counter without an arrow of its own shows none."""
    ways = {"1": "left", "2": "right", "3": None, "4": "up", "5": "straight", "6": "down"}
    calls = [boards.call(f"A00{name}", name, fresh=name == "1") for name in ways]
    pointed = [replace(call, counter=replace(call.counter, arrow=ways[call.counter.id])) for call in calls]
    stage.board = msgspec.to_builtins(boards.display(*pointed))
    page = browser.open("wall")
    expect(page.locator(".row")).to_have_count(6)

    drawn = page.locator(".row").evaluate_all(
        "rows => rows.map((row) => row.querySelector('.arrow')?.dataset.arrow ?? null)"
    )
    assert drawn == list(ways.values())
    assert page.evaluate(INSIDE) == []
    boxes = [arrow.bounding_box() for arrow in page.locator(".arrow").all()]
    middles = {round(box["x"] + box["width"] / 2) for box in boxes if box}
    assert max(middles) - min(middles) <= 12
    points = page.locator(".arrow path").evaluate_all("paths => paths.map((path) => path.getAttribute('d'))")
    assert len(set(points)) == 5
    stage.show(boards.display(*calls))
    expect(page.locator(".arrow")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_word_of_a_place_is_broken_however_many_calls_there_are(
    stage: Stage, boards: Boards, browser: Visitor, width: int, height: int
) -> None:
    """With and without an arrow beside it."""
    stage.board = msgspec.to_builtins(boards.display(lines=12, distance=1))
    page = browser.open("wall", width=width, height=height)
    for arrow in (None, "left"):
        for count in (1, 2, 3, 6, 8):
            board = many(boards, count, lines=12, distance=1)
            calls = tuple(replace(call, counter=replace(call.counter, arrow=arrow)) for call in board.calls)
            stage.show(replace(board, calls=calls))
            expect(page.locator(".row")).to_have_count(count)
            expect(page.locator(".arrow")).to_have_count(count if arrow else 0)

            assert page.evaluate(BROKEN) == [], f"{count} calls at {width}x{height}, arrow: {arrow}"


def test_the_newest_call_is_larger_and_amber_and_the_others_are_not(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    stage.board = msgspec.to_builtins(many(boards, 3))
    page = browser.open("wall")
    expect(page.locator(".row")).to_have_count(3)
    sizes = page.locator(".row .number").evaluate_all(
        "(all) => all.map((it) => Math.round(parseFloat(getComputedStyle(it).fontSize)))"
    )
    grounds = page.locator(".row").evaluate_all(
        "(all) => all.map((it) => getComputedStyle(it).getPropertyValue('--slip-of'))"
    )

    assert sizes[0] > sizes[1] == sizes[2]
    assert [ground.strip() for ground in grounds] == ["#ffc53d", "#12293a", "#12293a"]


def test_a_long_number_and_a_long_place_still_fit(stage: Stage, boards: Boards, browser: Visitor) -> None:
    place = msgspec.structs.replace(
        boards.place(),
        label="Zimmer 1.204",
        way={"de": "zweiter Stock, am Ende des Flurs rechts", "en": "second floor"},
    )
    calls = [msgspec.structs.replace(boards.call(f"A{1000 + i}", fresh=not i), counter=place) for i in range(6)]
    stage.board = msgspec.to_builtins(boards.display(*calls))
    page = browser.open("wall")
    expect(page.locator(".row")).to_have_count(6)

    assert page.evaluate(INSIDE) == []


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1080, 1920), (1280, 720), (1024, 768)])
@pytest.mark.parametrize("arrow", [None, "left"])
def test_a_name_too_long_for_a_wall_gets_smaller_and_the_number_does_not(
    stage: Stage, boards: Boards, browser: Visitor, width: int, height: int, arrow: str | None
) -> None:
    way = {"de": "die Treppe hoch, dann am Ende des Flurs die letzte Tür auf der rechten Seite", "en": "upstairs"}
    place = replace(boards.place(), label="Gewerbeanmeldungsannahmestelle Süd", way=way, arrow=arrow)
    calls = [replace(boards.call(f"KF999{i}", fresh=not i), counter=place) for i in range(6)]
    stage.board = msgspec.to_builtins(boards.display(*calls))
    page = browser.open("wall", width=width, height=height)
    expect(page.locator(".row")).to_have_count(6)

    assert page.evaluate(INSIDE) == []
    sizes = page.locator(".row:not(.fresh) .number").evaluate_all(
        "them => them.map((it) => getComputedStyle(it).fontSize)"
    )
    stage.show(boards.display(*(boards.call(f"KF999{i}", fresh=not i) for i in range(6))))
    expect(page.get_by_text("Schalter 3").first).to_be_visible()
    short = page.locator(".row:not(.fresh) .number").evaluate_all(
        "them => them.map((it) => getComputedStyle(it).fontSize)"
    )
    assert sizes == short


def test_r6_the_highlight_is_a_fade_below_one_hertz_and_over_after_three_seconds(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    stage.board = msgspec.to_builtins(many(boards, 2))
    page = browser.open("wall")
    expect(page.locator(".row.fresh")).to_be_visible()
    timings = page.evaluate("document.getAnimations().map((it) => it.effect.getComputedTiming())")

    assert len(timings) == 1
    assert timings[0]["duration"] >= 1000
    assert timings[0]["endTime"] <= 3000


def test_a_repeat_highlights_again(stage: Stage, boards: Boards, browser: Visitor) -> None:
    stage.board = msgspec.to_builtins(boards.display(boards.call("A017", attempt=1)))
    page = browser.open("wall")
    expect(page.locator(".row.fresh")).to_be_visible()
    page.evaluate("document.getAnimations().forEach((it) => it.finish())")
    assert page.evaluate("document.getAnimations().length") == 0

    stage.show(boards.display(boards.call("A017", attempt=2)))

    page.wait_for_function("() => document.getAnimations().length === 1")


def test_r7_who_wants_no_motion_gets_none(stage: Stage, boards: Boards, browser: Visitor) -> None:
    stage.board = msgspec.to_builtins(many(boards, 2))
    page = browser.open("wall", reduced_motion="reduce")
    expect(page.locator(".row.fresh")).to_be_visible()

    assert page.evaluate("document.getAnimations().length") == 0


def test_a_withdrawn_call_asks_to_wait_and_names_no_place(stage: Stage, boards: Boards, browser: Visitor) -> None:
    stage.board = msgspec.to_builtins(boards.display(boards.call("A017", withdrawn=True)))
    page = browser.open("wall")
    row = page.locator(".row")

    expect(row).to_contain_text("Bitte warten")
    expect(row).to_contain_text("A017")
    expect(row).not_to_contain_text("Schalter")
    expect(page.locator("#status")).to_have_text("")


def test_r8_a_call_is_told_once_in_one_polite_region_without_moving_the_focus(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    stage.board = msgspec.to_builtins(boards.display())
    page = browser.open("wall")
    status = page.get_by_role("status")
    expect(page.locator(".quiet")).to_be_visible()
    page.evaluate(
        "window.told = []; new MutationObserver(() => told.push(document.querySelector('#status').textContent))"
        ".observe(document.querySelector('#status'), {childList: true, characterData: true, subtree: true})"
    )
    call = boards.call("A017", "3")
    stage.show(boards.display(call))
    expect(status).to_have_text("Nummer A017, Schalter 3, links, 1. Tür")
    stage.show(boards.display(call, numbers_waiting=("A018",)))
    expect(page.locator(".next li")).to_have_count(1)

    assert page.evaluate("told") == ["Nummer A017, Schalter 3, links, 1. Tür"]
    assert status.get_attribute("aria-live") == "polite"
    assert status.get_attribute("aria-atomic") == "true"
    assert page.get_by_role("status").count() == 1
    assert page.evaluate("document.activeElement === document.body")


def test_the_wall_speaks_the_offices_languages_never_the_browsers(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    stage.board = msgspec.to_builtins(boards.display(boards.call()))
    page = browser.open("wall?lang=en", locale="en-US", timezone_id="America/New_York")
    expect(page.locator("html")).to_have_attribute("lang", "de")

    expect(page.locator(".way")).to_contain_text("links, 1. Tür")
    expect(page.locator(".way [lang=en]")).to_have_text("left, first door")
    expect(page.locator(".waits h2 [lang=en]")).to_have_text("Wait from now, in minutes")


def test_the_clock_is_the_offices(stage: Stage, boards: Boards, browser: Visitor) -> None:
    stage.board = msgspec.to_builtins(boards.display(time_zone="Asia/Tokyo"))
    page = browser.open("wall", timezone_id="America/New_York")
    tokyo = page.evaluate(
        "() => new Intl.DateTimeFormat('de', {hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Tokyo'}).format()"
    )

    expect(page.locator("time")).to_have_text(tokyo)


def test_waits_are_ranges_and_unknown_ones_are_left_out(stage: Stage, boards: Boards, browser: Visitor) -> None:
    stage.board = msgspec.to_builtins(boards.display())
    page = browser.open("wall")
    lines = page.locator(".waits li")

    expect(lines.nth(0)).to_contain_text("20–30")
    expect(lines.nth(0)).to_contain_text("9 warten")
    expect(lines.nth(3).locator(".range")).to_have_text("")
    expect(lines.nth(3)).to_contain_text("1 wartet")
    expect(lines.nth(4)).to_contain_text("geschlossen")


def test_a_wall_says_that_its_waits_still_learn(stage: Stage, boards: Boards, browser: Visitor) -> None:
    known = boards.waiting("A", "Ausweis und Pass", "ID card", 9, (20, 30))
    early = replace(known, expected=replace(boards.expected(20, 30), learning=True))
    stage.board = msgspec.to_builtins(boards.display(waiting=(early,)))
    page = browser.open("wall")

    expect(page.locator(".waits .learning")).to_have_text("Schätzung, lernt noch estimate, still learning")
    stage.board = msgspec.to_builtins(boards.display(waiting=(known,)))
    page = browser.open("wall")
    expect(page.locator(".waits .range")).to_have_text("20–30")
    expect(page.locator(".waits .learning")).to_have_count(0)


def test_where_no_wait_is_known_the_column_says_how_many_wait(stage: Stage, boards: Boards, browser: Visitor) -> None:
    plain = (
        boards.waiting("A", "Ausweis und Pass", "ID card", 9, None),
        boards.waiting("B", "Meldung", "Address", 0, None),
    )
    stage.board = msgspec.to_builtins(boards.display(waiting=plain))
    page = browser.open("wall")

    expect(page.locator(".waits h2")).to_contain_text("Es warten")
    expect(page.locator(".waits .range")).to_have_text(["9", "0"])


def test_a_service_that_hides_its_name_shows_its_letter_only(stage: Stage, boards: Boards, browser: Visitor) -> None:
    hidden = msgspec.structs.replace(boards.waiting("S", "", "", 2, None), names={})
    stage.board = msgspec.to_builtins(boards.display(waiting=(hidden,)))
    page = browser.open("wall")

    expect(page.locator(".waits .letter")).to_have_text("S")
    expect(page.locator(".waits .service")).to_have_text("")
    expect(page.locator(".pictogram")).to_have_count(0)
    pictured = msgspec.structs.replace(boards.waiting("A", "Ausweis", "ID", 2, None), pictogram="id")
    stage.show(boards.display(waiting=(pictured,)))
    expect(page.locator(".waits .pictogram")).to_be_visible()


def test_every_number_beside_the_calls_is_whole_or_not_there(stage: Stage, boards: Boards, browser: Visitor) -> None:
    crowd = tuple(f"A{100 + i}" for i in range(60))
    stage.board = msgspec.to_builtins(boards.display(boards.call(), numbers_waiting=crowd))
    page = browser.open("wall")
    expect(page.locator(".next li").first).to_be_visible()
    cut = page.evaluate(
        "[...document.querySelectorAll('.chips')].flatMap((list) => [...list.children].filter((item) => !item.hidden"
        " && item.getBoundingClientRect().bottom > list.getBoundingClientRect().bottom + 1).map((item) => item.innerText))"
    )

    assert cut == []
    assert page.locator(".missed li:visible").all_text_contents() == ["B038"]


def test_messages_stand_at_the_foot_each_phrase_in_its_language(stage: Stage, boards: Boards, browser: Visitor) -> None:
    note = Note(id="m", text={"de": "Fahrstuhl defekt.", "ar": "المصعد معطل"}, at=stage.now(), until=None, speak=False)
    stage.board = msgspec.to_builtins(boards.display(messages=(note,)))
    page = browser.open("wall")

    expect(page.locator("footer [lang=de]")).to_have_text("Fahrstuhl defekt.")
    expect(page.locator("footer [lang=ar]")).to_have_css("direction", "rtl")  # by its letters: there is no Arabic file


def test_a_closed_office_and_an_empty_room_say_so(stage: Stage, boards: Boards, browser: Visitor) -> None:
    stage.board = msgspec.to_builtins(boards.display())
    page = browser.open("wall")
    expect(page.locator("main")).to_contain_text("Bitte warten. Ihre Nummer wird hier gezeigt")
    stage.show(boards.display(open=False))

    expect(page.locator("main")).to_contain_text("Heute ist geschlossen.")


def test_a_display_asked_for_its_name_shows_it(stage: Stage, boards: Boards, browser: Visitor) -> None:
    stage.board = msgspec.to_builtins(boards.display())
    page = browser.open("wall", clock=True)
    expect(page.locator(".quiet")).to_be_visible()
    stage.send({"type": "device", "do": "identify"})
    expect(page.locator("#name")).to_have_text("Halle, über dem Eingang (hall)")
    page.clock.run_for(10_000)

    expect(page.locator("#name")).to_be_hidden()


def test_what_was_painted_is_reported_with_its_seq(stage: Stage, boards: Boards, browser: Visitor) -> None:
    stage.board = msgspec.to_builtins(boards.display())
    page = browser.open("wall")
    expect(page.locator(".quiet")).to_be_visible()
    seq = stage.show(boards.display(boards.call()))

    report = stage.wait_for(lambda frame: frame["type"] == "report" and frame["seq"] == seq)
    assert report == {"type": "report", "kind": "shown", "seq": seq, "sound": "off"}


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920)])
def test_axe_finds_nothing(stage: Stage, boards: Boards, browser: Visitor, size: tuple[int, int]) -> None:
    calls = [boards.call("A017"), boards.call("B042", fresh=False), boards.call("K003", withdrawn=True)]
    stage.board = msgspec.to_builtins(boards.display(*calls))
    page = browser.open("wall", width=size[0], height=size[1])
    expect(page.locator(".row")).to_have_count(3)
    assert findings(page) == []
    stage.show(boards.display(open=False, numbers_waiting=(), missed=()))
    expect(page.locator(".quiet")).to_be_visible()

    assert findings(page) == []
