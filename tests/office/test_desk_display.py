"""The board of a display over one counter: its own calls alone, and what the counter does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from server.messages import commands as c
from server.messages.instants import MINUTE, rfc3339
from server.messages.office import Display
from tests.office.room import instant
from tests.office.shown import numbers, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.messages.office import Office
    from tests.office.room import Room


def test_it_shows_its_counter_alone(make_room: Callable[..., Room], office: Office) -> None:
    over = Display(id="over", name="Schalter 1", zones=(), counter="1")
    room = make_room(office=replace(office, displays=(*office.displays, over)))
    assert shown(room, "display", "over").desk.state == "closed"
    room.open("1", "2")
    for counter in ("1", "2"):
        room.ticket("pass")
        room.call(counter)

    assert len(numbers(room)) == 2
    assert numbers(room, "over") == ["A001"]
    desk = shown(room, "display", "over").desk
    assert (desk.counter.label, desk.state, desk.back_at) == ("Schalter 1", "open", None)
    assert shown(room, "display", "hall").desk is None


def test_it_speaks_the_language_of_whoever_is_served_until_they_leave(
    make_room: Callable[..., Room], office: Office
) -> None:
    over = Display(id="over", name="Schalter 1", zones=(), counter="1")
    room = make_room(office=replace(office, displays=(*office.displays, over))).open("1", "2")
    assert (shown(room, "counter", "1").over_desk, shown(room, "counter", "2").over_desk) == (True, False)
    assert room.code(c.ShowPhrase(counter="1", phrase="wait")) == "counter_idle"
    room.ticket("pass", language="tr")
    room.serve("1")
    assert room.does(c.ShowPhrase(counter="1", phrase="wait")) == ["phrase_shown"]
    assert room.does(c.ShowPhrase(counter="1", phrase="wait")) == []
    said = shown(room, "display", "over").desk.sentence
    assert (said.phrase, said.language, said.papers) == ("wait", "tr", ())

    room.does(c.ShowPhrase(counter="1", phrase="come_back"))
    assert shown(room, "display", "over").desk.sentence.papers == ("alter Pass",)
    assert shown(room, "counter", "1").current.phrase == "come_back"
    room.finish("1")
    assert shown(room, "display", "over").desk.sentence is None
    room.does(c.ServeDirect(counter="1", services=("pass",)))
    assert shown(room, "counter", "1").current.phrase is None


def test_a_break_says_until_when(make_room: Callable[..., Room], office: Office) -> None:
    over = Display(id="over", name="Schalter 1", zones=(), counter="1")
    room = make_room(office=replace(office, displays=(*office.displays, over))).open("1")
    back = room.now + 15 * MINUTE
    room.does(c.PauseCounter(counter="1", reason="lunch", back_at=instant(back)))

    desk = shown(room, "display", "over").desk
    assert (desk.state, desk.back_at) == ("paused", rfc3339(back))
