"""Two screens beside each other: the second goes on with the lines where the first ends, and a call never changes the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from server.messages import commands as c
from server.messages.instants import SECOND
from server.messages.office import Display
from tests.office.shown import numbers, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.messages.office import Office
    from tests.office.room import Room


def paired(make_room: Callable[..., Room], office: Office, lines: int = 2, zones: tuple[str, ...] = ("hall",)) -> Room:
    """Ten counters in the hall call, all open; the left screen has so many lines, and the right one too."""
    counters = tuple(replace(office.counters[1], id=f"c{i}", label=f"Schalter {i}") for i in range(10))
    left = Display(id="left", name="Links", zones=zones, lines=lines)
    right = Display(id="right", name="Rechts", zones=zones, lines=lines, continues="left")
    made = replace(office, counters=(*office.counters, *counters), displays=(*office.displays, left, right))
    return make_room(office=made).open(*(counter.id for counter in counters))


def call(room: Room, counter: int) -> str:
    room.ticket("pass")
    room.call(f"c{counter}")
    return numbers(room)[0]


def test_lines_1_to_n_are_on_the_first_and_the_following_on_the_second(
    make_room: Callable[..., Room], office: Office
) -> None:
    room = paired(make_room, office)
    called = [call(room, counter) for counter in range(4)]

    assert numbers(room, "left") == [called[1], called[0]]
    assert numbers(room, "right") == [called[3], called[2]]
    assert sorted(numbers(room)) == sorted(called), "a screen that has no second one shows all"


def test_a_call_stays_on_its_screen_when_others_leave_and_when_it_is_repeated(
    make_room: Callable[..., Room], office: Office
) -> None:
    room = paired(make_room, office)
    called = [call(room, counter) for counter in range(4)]
    room.does(c.MarkMissed(counter="c0"))
    assert numbers(room, "left") == [called[1]]
    assert numbers(room, "right") == [called[3], called[2]]

    room.after(10 * SECOND)
    room.does(c.RepeatCall(counter="c2"))
    assert numbers(room, "right") == [called[2], called[3]]
    new = call(room, 5)
    assert numbers(room, "left") == [new, called[1]], "it takes the first free line"


def test_every_call_is_on_one_screen_however_many_there_are(make_room: Callable[..., Room], office: Office) -> None:
    """What has no line is spread over both; each of them lets its own take turns."""
    room = paired(make_room, office)
    called = {call(room, counter) for counter in range(10)}
    left, right = numbers(room, "left"), numbers(room, "right")

    assert {*left, *right} == called
    assert (len(left), len(right)) == (5, 5)


def test_the_lines_of_several_rooms_do_not_hide_each_other(make_room: Callable[..., Room], office: Office) -> None:
    room = paired(make_room, office, lines=2, zones=("hall", "up")).open("3")
    first = call(room, 0)
    room.ticket("car")
    room.call("3")
    second = call(room, 1)

    assert numbers(room, "left")[-1] == first
    assert len(numbers(room, "left")) == 2
    assert numbers(room, "right") == [second]


def test_only_one_of_both_highlights_the_newest(make_room: Callable[..., Room], office: Office) -> None:
    room = paired(make_room, office)

    def beside(id: str) -> bool:
        found: bool = shown(room, "display", id).newest_beside
        return found

    for counter in range(2):
        call(room, counter)
    assert (beside("left"), beside("right")) == (False, True)
    call(room, 2)
    assert (beside("left"), beside("right"), beside("hall")) == (True, False, False)
    room.does(c.WithdrawCall(counter="c2"))
    assert (beside("left"), beside("right")) == (False, True)
    room.after(room.state.office.calls.fresh * SECOND)
    assert (beside("left"), beside("right")) == (False, False)


def test_a_display_whose_partner_is_gone_shows_every_call(make_room: Callable[..., Room], office: Office) -> None:
    """A file from before the check, or a screen that was taken out of the file."""
    room = paired(make_room, office)
    call(room, 0)
    alone = tuple(one for one in room.state.office.displays if one.id != "left")
    room.state.office = replace(room.state.office, displays=alone)

    assert len(numbers(room, "right")) == 1


def test_an_undone_miss_has_a_line_again(make_room: Callable[..., Room], office: Office) -> None:
    room = paired(make_room, office)
    for counter in range(3):
        call(room, counter)
    room.does(c.MarkMissed(counter="c2"))
    assert numbers(room, "right") == []
    room.undo()
    assert len(numbers(room, "right")) == 1
