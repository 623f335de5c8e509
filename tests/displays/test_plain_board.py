"""What the plain wall shows at one time: the newest call on every page, each other one in its turn, names in both languages."""

import re

from msgspec.structs import replace

from server.web.plain_board import TURN_MS, told
from tests.displays.boards import Boards
from tests.displays.test_wall import many
from tests.staff_pages.drawn import drawn, say


def page(boards: Boards, turn: int = 0, **changes: object) -> str:
    board = boards.display(boards.call("A017"), **changes)
    return drawn(
        "plain_board", "de", **told(board, ("de", "en"), turn * TURN_MS, 1), say=say, languages=("de", "en"), order=None
    )


def test_the_newest_is_on_every_page_and_each_other_call_in_its_turn(boards: Boards) -> None:
    board = many(boards, 12, lines=4, distance=1)
    seen = []
    for turn in range(4):
        shown = told(board, ("de", "en"), turn * TURN_MS, 1)
        assert shown["newest"] is board.calls[0]
        assert shown["calls"][0] is shown["newest"]
        assert len(shown["calls"]) == 4
        assert shown["more"] == 8
        seen += shown["calls"][1:]
    assert {call.number for call in seen} == {call.number for call in board.calls[1:]}


def test_on_one_line_all_take_turns(boards: Boards) -> None:
    board = many(boards, 3, lines=1)
    assert [told(board, ("de",), turn * TURN_MS, 1)["calls"] for turn in range(3)] == [(call,) for call in board.calls]


def test_services_stand_in_both_languages_until_there_are_too_many(boards: Boards) -> None:
    five = page(boards)
    assert re.search(
        r"Ausweis und Pass\s*<span class=\"second\" lang=\"en\" dir=\"ltr\">Identity card and passport", five
    )
    six = page(boards, waiting=(*boards.display().waiting, boards.waiting("X", "Fundbüro", "Lost property", 1, None)))
    assert "Fundbüro" in six
    assert "Lost property" not in six


def test_room_and_way_are_one_phrase_of_one_language(boards: Boards) -> None:
    """On a page from right to left "Obergeschoss" would stand behind "Treppe hoch"."""
    call = boards.call("A017")
    way = {"ar": "اصعد الدرج", "de": "Treppe hoch"}
    call = replace(call, room={"ar": "الطابق العلوي", "de": "Obergeschoss"}, counter=replace(call.counter, way=way))
    shown = told(boards.display(call, languages=("ar", "de")), ("ar", "de"), 0, 1)
    text = drawn("plain_board", "ar", **shown, say=say, languages=("ar", "de"), order=None)

    assert '<span class="way">الطابق العلوي · اصعد الدرج</span>' in text
    assert '<span class="second" lang="de" dir="ltr">Obergeschoss · Treppe hoch</span>' in text


def test_what_is_not_translated_says_its_language_beside_what_is(boards: Boards) -> None:
    call = boards.call("A017")
    call = replace(call, room={"ar": "الطابق العلوي"}, counter=replace(call.counter, way={"de": "Treppe hoch"}))
    shown = told(boards.display(call, languages=("ar", "de")), ("ar", "de"), 0, 1)
    text = drawn("plain_board", "ar", **shown, say=say, languages=("ar", "de"), order=None)

    assert 'الطابق العلوي · <span lang="de" dir="ltr">Treppe hoch</span>' in text
