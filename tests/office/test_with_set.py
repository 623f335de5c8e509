"""The end and the reason of a set of moves, as everybody reads them who is touched by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from config.words import Words
from counter_client.told import notices
from counter_client.wording import Wording
from server.messages import commands as c
from server.messages.instants import HOUR, MINUTE, rfc3339
from server.office.boards import Sight
from tests.office.room import instant
from tests.office.shown import shown

if TYPE_CHECKING:
    from tests.office.room import Room

ENDS = HOUR
GIVEN = c.AssignCounter(counter="1", services=("pass", "car"))
SHUT = c.CloseService(service="reg")


def done(room: Room, *moves: c.Command, until: int | None = None) -> str:
    """Makes a set of moves for a while, with a reason; gives the instant of its end."""
    room.open("1", "2")
    end = room.now + ENDS if until is None else until
    room.does(c.ApplyMoves(moves=moves, until=instant(end), reason="full"), room.supervisor, key="set")  # type: ignore[arg-type]
    return rfc3339(end)


def table(room: Room) -> Any:
    return shown(room, "supervisor", sight=Sight(actor=room.supervisor))


def clerk(room: Room) -> Any:
    return shown(room, "counter", "1", Sight(actor=room.clerk))


def line(room: Room, name: str) -> Any:
    return next(one for one in table(room).services if one.id == name)


def for_kiosk(room: Room, name: str) -> Any:
    return next(one for one in shown(room, "kiosk", "entrance").services if one.id == name)


def said(room: Room, name: str) -> tuple[Any, ...]:
    """(end, reason) at each place that shows this kind of move; the reason only where there is one."""
    places: dict[str, Callable[[], tuple[Any, ...]]] = {
        "given": lambda: (
            (table(room).assignments["1"].until, table(room).assignments["1"].reason),
            (clerk(room).assignment.until, clerk(room).assignment.reason),
        ),
        "shut": lambda: (
            (line(room, "reg").until, line(room, "reg").reason),
            *((one.until, one.reason) for one in clerk(room).lines if one.id == "reg"),
            (for_kiosk(room, "reg").opens_at, for_kiosk(room, "reg").reason),
        ),
        "boosted": lambda: ((line(room, "reg").boost_until,),),
        "paused": lambda: (
            (clerk(room).counter.back_at,),
            *((one.back_at,) for one in table(room).counters if one.id == "1"),
        ),
        "called": lambda: ((table(room).helpers[0].until,), (clerk(room).helpers[0].until,)),
    }
    return places[name]()


@pytest.mark.parametrize(
    ("name", "move"),
    [
        ("given", GIVEN),
        ("shut", SHUT),
        ("boosted", c.BoostService(service="reg", minutes=10)),
        ("paused", c.PauseCounter(counter="1")),
        ("called", c.CallHelper(helper="guide")),
    ],
)
def test_every_place_says_until_when_and_why_a_set_holds(room: Room, name: str, move: c.Command) -> None:
    end = done(room, move)

    places = said(room, name)
    assert len(places) >= 1
    assert set(places) <= {(end,), (end, "full")}
    assert (clerk(room).moved or table(room).shift_book[0]).until == end


def test_the_terminal_says_until_when_and_why(room: Room) -> None:
    done(room, GIVEN)

    board = clerk(room)
    texts = [one.text for one in notices(board, (), Wording(Words("de"), board, room.now))]
    assert any("10:00" in text and "zu voll" in text for text in texts)


def test_an_end_of_its_own_counts_if_it_comes_first(room: Room) -> None:
    soon = room.now + 10 * MINUTE
    shut = c.CloseService(service="reg", until=instant(soon), reason="meeting")
    end = done(room, shut, c.BoostService(service="pass", minutes=5, until=instant(room.now + 2 * HOUR)))

    assert (for_kiosk(room, "reg").opens_at, for_kiosk(room, "reg").reason) == (rfc3339(soon), "meeting")
    assert line(room, "pass").boost_until == end


def test_what_somebody_changed_since_has_no_end_of_the_set(room: Room) -> None:
    done(room, GIVEN, SHUT, c.CallHelper(helper="guide"))
    room.does(c.AssignCounter(counter="1", services=("car",)), room.supervisor)
    room.does(c.CloseService(service="reg"), room.supervisor)
    room.does(c.CallHelper(helper="guide"), room.supervisor)

    assert (table(room).assignments["1"].until, table(room).assignments["1"].reason) == (None, None)
    assert (for_kiosk(room, "reg").opens_at, line(room, "reg").reason) == (None, None)
    assert table(room).helpers[0].until is None


def test_a_rule_says_until_when_it_helps(room: Room) -> None:
    room.open("1")
    room.does(c.SetRule(rule="car-help", on=True), room.supervisor)
    room.does(c.ActOnRule(rule="car-help", act=True), room.system)

    given = clerk(room).assignment
    assert (given.by, given.until) == ("rule:car-help", rfc3339(room.now + 2 * HOUR))
