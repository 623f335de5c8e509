"""Rows of the wall keep their place; the newest call alone is marked; what is not on the screen is counted."""

import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from server.messages import boards as wire
from tests.displays.boards import Boards
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor

pytestmark = pytest.mark.browser
PLACES = """() => Object.fromEntries([...document.querySelectorAll('.row')].map((row) => {
  const { x, y, width, height } = row.getBoundingClientRect();
  return [row.querySelector('.number').textContent, [x, y, width, height].map(Math.round)];
}))"""
"""Where each number stands: {number: [left, top, width, height]}."""
Box = list[int]


def places(page: Page) -> dict[str, Box]:
    found: dict[str, Box] = page.evaluate(PLACES)
    return found


@pytest.fixture
def page(stage: Stage, boards: Boards, browser: Visitor) -> Page:
    stage.board = msgspec.to_builtins(boards.display())
    opened: Page = browser.open("wall")
    expect(opened.locator(".quiet")).to_be_visible()
    return opened


class Room:
    """Calls come and go; the wall shows the newest first, as the office sends them."""

    def __init__(self, page: Page, stage: Stage, boards: Boards, lines: int = 6) -> None:
        self.page, self.stage, self.boards, self.lines = page, stage, boards, lines
        self.up: list[wire.Call] = []

    def call(self, number: str, *, ago: float = 0, fresh: bool = True, counter: str = "3") -> dict[str, Box]:
        return self.show([self.boards.call(number, counter, ago=ago, fresh=fresh), *self.up])

    def gone(self, *numbers: str) -> dict[str, Box]:
        return self.show([call for call in self.up if call.number not in numbers])

    def show(self, calls: list[wire.Call]) -> dict[str, Box]:
        self.up = calls
        seq = self.stage.show(self.boards.display(*calls, lines=self.lines))
        self.stage.wait_for(lambda frame: frame["type"] == "report" and frame["seq"] == seq)
        return places(self.page)


@pytest.fixture
def room(page: Page, stage: Stage, boards: Boards) -> Room:
    return Room(page, stage, boards)


def test_a_number_stays_where_it_is_while_others_come_and_go(room: Room) -> None:
    for number in ("A001", "B002"):
        room.call(number)
    three = room.call("K003")
    four = room.call("A004")
    assert {number: four[number] for number in three} == three

    without = room.gone("B002")
    assert without == {number: four[number] for number in ("A001", "K003", "A004")}
    again = room.call("U005")
    assert again == {**without, "U005": four["B002"]}


def test_a_repeated_call_keeps_its_place(room: Room, boards: Boards) -> None:
    for number in ("A001", "B002", "K003"):
        room.call(number)
    before = room.gone("B002")
    repeated = room.show([boards.call("A001", attempt=2), *(one for one in room.up if one.number != "A001")])

    assert repeated == before


def test_a_number_called_from_another_counter_is_something_new(room: Room, boards: Boards) -> None:
    for number in ("A001", "B002", "K003"):
        room.call(number)
    before = room.gone("A001")
    moved = room.show([boards.call("B002", "5"), room.up[0]])

    assert moved["K003"] == before["K003"]
    assert moved["B002"] != before["B002"]


def test_a_number_that_is_left_alone_fills_the_wall(room: Room) -> None:
    alone = room.call("A001")["A001"]
    for number in ("B002", "K003", "A004", "B005"):
        room.call(number)
    small = places(room.page)["K003"]
    assert small[3] < alone[3] / 4

    assert room.gone("A001", "B002", "A004", "B005") == {"K003": alone}


@pytest.mark.parametrize(("width", "height", "columns"), [(1920, 1080, 2), (1080, 1920, 1)])
def test_from_the_seventh_on_a_wide_screen_has_two_columns(
    stage: Stage, boards: Boards, browser: Visitor, width: int, height: int, columns: int
) -> None:
    stage.board = msgspec.to_builtins(boards.display())
    room = Room(browser.open("wall", width=width, height=height), stage, boards, lines=8)
    expect(room.page.locator(".quiet")).to_be_visible()
    for number in range(7):
        room.call(f"A{number:03}")
    found = places(room.page)

    assert len({left for left, *_ in found.values()}) == columns
    assert len({(left, top) for left, top, *_ in found.values()}) == 7


def test_the_newest_alone_is_amber_until_the_next_comes_or_it_is_no_longer_fresh(room: Room) -> None:
    amber = room.page.locator(".row.fresh .number")
    room.call("A001")
    expect(amber).to_have_text(["A001"])
    room.call("B002")
    expect(amber).to_have_text(["B002"])

    room.show([replace(room.up[0], withdrawn=True, fresh=False), *room.up[1:]])
    expect(amber).to_have_text(["A001"])
    room.stage.show(room.boards.display(*room.up, newest_beside=True))
    expect(amber).to_have_count(0)  # the other screen of the pair has it
    room.show([replace(call, fresh=False) for call in room.up])
    expect(amber).to_have_count(0)


def test_the_others_step_back_and_stay_readable(room: Room) -> None:
    for number in ("A001", "B002", "K003"):
        room.call(number)
    size = "(all) => all.map((it) => parseFloat(getComputedStyle(it).fontSize))"
    newest = room.page.locator(".row.fresh .number").evaluate_all(size)[0]
    others = room.page.locator(".row:not(.fresh) .number").evaluate_all(size)

    assert all(0.8 * newest < one < 0.9 * newest for one in others)
    ink = "(all) => all.map((it) => getComputedStyle(it).color)"
    assert set(room.page.locator(".row:not(.fresh) .number").evaluate_all(ink)) == {"rgb(255, 248, 234)"}


def test_numbers_that_are_not_on_the_screen_are_counted_in_both_languages(room: Room) -> None:
    more = room.page.locator(".more")
    for number in range(6):
        room.call(f"A{number:03}", ago=600, fresh=False)
    expect(more).to_have_text("")
    six = places(room.page)
    for number in range(6, 10):
        room.call(f"A{number:03}", ago=600, fresh=False)

    expect(more).to_contain_text("4 weitere Nummern")
    expect(more.locator("[lang=en]")).to_have_text("4 more numbers, taking turns")
    assert sorted(places(room.page).values()) == sorted(six.values())
    assert places(room.page).keys() <= {call.number for call in room.up}
    room.gone("A000")
    expect(more).to_contain_text("3 weitere Nummern")


def test_who_takes_turns_takes_the_place_of_who_steps_off(stage: Stage, boards: Boards, browser: Visitor) -> None:
    calls = [boards.call(f"A{100 + i}", str(i % 8 + 1)) for i in range(8)]
    stage.board = msgspec.to_builtins(boards.display(*calls, lines=6))
    page = browser.open("wall", clock=True)
    expect(page.locator(".row")).to_have_count(6)
    before = places(page)
    page.clock.run_for(8_100)
    after = places(page)

    stayed = before.keys() & after.keys()
    assert len(stayed) == 4
    assert {number: after[number] for number in stayed} == {number: before[number] for number in stayed}
    assert sorted(after.values()) == sorted(before.values())


def test_the_head_names_the_room_in_both_languages_and_not_the_device(page: Page, stage: Stage, boards: Boards) -> None:
    head = page.locator("#head")

    expect(head).to_contain_text("Wartehalle")
    expect(head.locator("[lang=en]")).to_have_text("Waiting hall")
    expect(head).not_to_contain_text("Eingang")
    stage.show(boards.display(room={}))
    expect(head.locator(".title")).to_have_text("")


def lines_of_ways(page: Page) -> list[list[int]]:
    """For each row the tops of its ways, the first language's and, if it is shown, the second's."""
    found: list[list[int]] = page.locator(".row .way").evaluate_all(
        """ways => ways.map((way) => {
          const range = document.createRange();
          range.selectNodeContents(way);
          const tops = [...range.getClientRects()].map((box) => box.top).sort((one, other) => one - other);
          return tops.filter((top, at) => !at || top - tops[at - 1] > 8);
        })"""
    )
    return found


def test_the_way_has_one_line_in_each_language(room: Room, page: Page) -> None:
    for number in range(4):
        room.call(f"A{number:03}")

    assert [len(tops) for tops in lines_of_ways(page)] == [2] * 4
    expect(page.locator(".way [lang=en]").first).to_be_visible()
    room.show([replace(call, room={"de": "Obergeschoss", "en": "Upper floor"}) for call in room.up])
    assert [len(tops) for tops in lines_of_ways(page)] == [2] * 4
    expect(page.locator(".way").first).to_contain_text("Obergeschoss · links, 1. Tür")
    expect(page.locator(".way [lang=en]").first).to_have_text("Upper floor · left, first door")


def test_where_there_is_no_room_for_it_the_second_language_of_the_way_gives_way(
    room: Room, boards: Boards, page: Page
) -> None:
    long = "die Treppe hoch, dann am Ende des Flurs die letzte Tür auf der rechten Seite neben dem Fahrstuhl"
    place = replace(boards.place(), label="Gewerbeanmeldungsannahmestelle Süd", way={"de": long, "en": long})
    room.show([replace(boards.call(f"KF999{i}"), counter=place) for i in range(6)])

    expect(page.locator(".way").first).to_be_visible()
    expect(page.locator(".way .second:visible")).to_have_count(0)


def test_the_next_numbers_are_the_next_ones_with_none_left_out_between(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    """A narrow number further back would fit where a wide one does not: whoever is before it would believe to be passed over."""
    crowd = ("A018", "KK077", "WM019", "WM043", "F1", "F2")
    stage.board = msgspec.to_builtins(boards.display(numbers_waiting=crowd))
    page = browser.open("wall", width=1024, height=768)
    expect(page.locator(".next li").first).to_be_visible()
    shown = page.locator(".next li:visible").all_text_contents()

    assert 1 <= len(shown) < len(crowd)
    assert shown == list(crowd[: len(shown)])
