"""Offices are looked at one after the other; boards get the present alerts, the post gets those that began and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.letters.standing import Began
from server.letters.watch import MOST_TURNS, Watch
from server.messages.boards import Worry
from server.messages.instants import MINUTE
from server.office.boards import BLIND, Sight
from server.office.boards.alerts import Condition
from tests.letters.desk import Desk

if TYPE_CHECKING:
    from tests.office.room import Room

CLOCK = Condition("clock", detail="ahead")


def watching(room: Room) -> tuple[Watch, list[str]]:
    watch, changed = Watch({"amt": Desk(room)}), list[str]()
    watch.changed = changed.append
    return watch, changed


def ahead(office: str) -> Sight:
    return Sight(worries=(Worry(code="clock", detail="ahead"),))


def test_boards_are_told_when_an_alert_comes_and_when_it_goes_and_at_no_other_time(room: Room) -> None:
    watch, changed = watching(room)
    watch.look("amt")
    assert changed == []
    watch.sight = ahead
    for _ in range(3):
        watch.look("amt")
    assert (changed, [one.code for one in watch.alerts("amt")]) == (["amt"], ["clock"])
    watch.sight = lambda office: BLIND
    watch.look("amt")
    assert (changed, watch.alerts("amt")) == (["amt", "amt"], ())


def test_an_office_that_cannot_be_looked_at_keeps_its_alerts(room: Room) -> None:
    def broken(office: str) -> Sight:
        raise RuntimeError("no reports")

    watch, _ = watching(room)
    watch.sight = ahead
    watch.look("amt")
    watch.sight = broken
    watch.look("amt")

    assert [one.code for one in watch.alerts("amt")] == ["clock"]


def test_who_takes_over_tells_only_what_was_not_written_down(room: Room) -> None:
    watch, _ = watching(room)
    watch.sight = ahead
    watch.look("amt")
    room.now += MINUTE
    line = Condition("no_counter", "car", people=2)
    watch.resume("amt", [Began(line, 5)])

    assert [(one.condition.id, one.since) for one in watch.turns("amt")] == [("clock", room.now - MINUTE)]
    assert {one.id for one in watch.alerts("amt")} == {"clock", "no_counter:car"}
    watch.resume("amt", [Began(CLOCK, 5)])
    assert list(watch.turns("amt")) == [Began(line, 5)]


def test_what_nobody_takes_is_bounded(room: Room) -> None:
    watch, _ = watching(room)
    for turn in range(MOST_TURNS):
        watch.sight = ahead if turn % 2 else lambda office: BLIND
        watch.look("amt")
        watch.sight = lambda office: BLIND
        watch.look("amt")

    assert len(watch.turns("amt")) <= MOST_TURNS
