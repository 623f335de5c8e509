"""The closing-time planner on the supervisor's table: who is the last to be reached today, by the roster or by the hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from server.messages import boards as b
from server.messages import commands as c
from server.office.boards import Sight, board
from tests.office.test_waits import forecast

if TYPE_CHECKING:
    from tests.office.room import Room


def test_the_table_names_the_last_who_is_surely_reached_today_and_how_many_are_not(room: Room) -> None:
    room.open("1", "3")
    first, second, third = (room.ticket("pass") for _ in range(3))
    car = room.ticket("car")

    def planned(**more: Any) -> dict[str, tuple[str | None, str | None, int | None]]:
        waits = forecast(room, **{"reached": {"pass": "likely", "reg": "yes", "car": "no"}, **more})
        shown = board(room.state, "supervisor", "", room.now, Sight(waits=waits))
        assert isinstance(shown, b.Supervisor)
        return {one.id: (one.reachable_today, one.last_reached, one.beyond) for one in shown.services[:3]}

    assert planned(late=frozenset({third, car})) == {
        "pass": ("likely", room.number(second), 1),
        "reg": ("yes", None, None),
        "car": ("no", None, 1),
    }
    assert planned(late=frozenset({first, third}))["pass"] == ("likely", room.number(second), 1)
    assert planned()["pass"] == ("likely", room.number(third), 0)
    assert planned(known=False, reached={})["pass"] == (None, None, None)


def test_without_a_roster_the_table_names_the_last_who_is_called_before_closing(room: Room) -> None:
    """Clerks stay until all are served, so nobody is told that it is too late; the table says for how many somebody must stay."""
    room.open("1", "3")
    first, second, third = (room.ticket("pass") for _ in range(3))

    def planned(*late: str) -> tuple[str | None, str | None, int | None]:
        waits = forecast(room, reached={}, late=frozenset(late))
        shown = board(room.state, "supervisor", "", room.now, Sight(waits=waits))
        assert isinstance(shown, b.Supervisor)
        return shown.services[0].reachable_today, shown.services[0].last_reached, shown.services[0].beyond

    assert planned() == (None, None, None)
    assert planned(third) == (None, room.number(second), 1)
    assert planned(first, second, third) == (None, None, 3)
    room.does(c.SetRoster(day="2026-11-23", duty=()), room.supervisor)
    assert planned(third) == (None, None, None), "by this roster nobody works today: there is no last one"
