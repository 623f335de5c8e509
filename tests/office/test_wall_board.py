"""The wall's board: which calls it shows, for how long, and who waits next."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import to_builtins
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.instants import MINUTE, SECOND
from server.messages.office import Media, Theme
from server.messages.terms import BoardKind
from server.office.boards import announcements
from server.office.boards.next_change import changed_between
from server.office.boards.sight import BLIND
from tests.office.shown import numbers, shown

if TYPE_CHECKING:
    from server.messages.office import Office
    from tests.office.room import Room


Make = Callable[..., "Room"]


def test_a_wall_has_the_logo_of_the_file_and_the_pictures_that_are_for_it(make_room: Make) -> None:
    theme = Theme(logo="wappen.svg", logo_text={"de": "Wappen"})
    room = make_room(theme=theme, revision=3, media=(Media(id="spring", folder="spring", displays=("hall",)),))
    hall, up = shown(room, "display", "hall"), shown(room, "display", "up")

    assert hall.logo.address == up.logo.address == f"/static/theme/{room.state.office.id}/logo-3.svg"
    assert (hall.logo.text, hall.media, up.media) == ({"de": "Wappen"}, True, False)


def test_the_newest_call_comes_first_and_no_call_is_unseen(room: Room) -> None:
    """However many calls there are; a wall shows the zones that it is for."""
    room.open("1", "2", "3")
    for at, counter in enumerate(("1", "2", "3")):
        room.ticket("car" if counter == "3" else "pass")
        room.call(counter)
        room.sleep(at * SECOND)

    assert numbers(room) == ["K001", "A002", "A001"]
    assert numbers(room, "up") == ["K001"]
    room.does(c.RepeatCall(counter="1"))
    assert numbers(room) == ["A001", "K001", "A002"]
    call = shown(room, "display", "hall").calls[0]
    assert (call.attempt, call.fresh, call.counter.label, call.counter.way) == (2, True, "Schalter 1", {"de": "links"})


def test_a_call_into_another_room_names_the_room(room: Room) -> None:
    """A wall that hangs in the hall shows calls of the upper floor too; people would look for the counter in the hall."""
    room.open("1", "3")
    for service, counter in (("pass", "1"), ("car", "3")):
        room.ticket(service)
        room.call(counter)

    assert [(call.number, call.room) for call in shown(room, "display", "hall").calls] == [
        ("K001", {"de": "Oben"}),
        ("A001", {}),
    ]
    assert [call.room for call in shown(room, "display", "up").calls] == [{}]


def test_a_pictogram_stands_beside_a_name_and_not_beside_a_letter_that_hides_one(
    make_room: Make, office: Office
) -> None:
    services = tuple(replace(one, pictogram="id") for one in office.services)
    room = make_room(office=replace(office, services=services))

    lines = {line.service: line for line in shown(room, "display", "hall").waiting}
    assert (lines["pass"].pictogram, lines["social"].pictogram, lines["social"].names) == ("id", None, {})


def test_a_sign_stands_on_the_wall_instead_of_a_name_that_is_too_long(make_room: Make, office: Office) -> None:
    """Elsewhere the name stays; a language without a sign keeps its name."""
    counters = tuple(replace(one, sign="S 1") if one.id == "1" else one for one in office.counters)
    services = tuple(
        replace(one, names={"de": "Reisepässe und Ausweise", "en": "Passports"}, sign={"de": "Pass"})
        if one.id == "pass"
        else one
        for one in office.services
    )
    zones = tuple(
        replace(zone, names={"de": "Wartehalle", "en": "Hall"}, sign={"de": "Halle"}) for zone in office.zones
    )
    room = make_room(office=replace(office, counters=counters, services=services, zones=zones)).open("1")
    ticket = room.ticket("pass")
    room.call("1")
    wall = shown(room, "display", "hall")

    assert wall.calls[0].counter.label == "S 1"
    assert next(one.names for one in wall.waiting if one.service == "pass") == {"de": "Pass", "en": "Passports"}
    assert wall.room == {"de": "Halle", "en": "Hall"}
    assert shown(room, "ticket", ticket).counter.label == "Schalter 1"


def test_a_call_stays_until_the_service_began_and_some_seconds(make_room: Make) -> None:
    """Not only until the clerk presses "arrived": the citizen may still be on the way."""
    room = make_room(stay_after_start=20, fresh=20).open("1")
    room.ticket("pass")
    room.call("1")
    room.sleep(10 * MINUTE)
    assert numbers(room) == ["A001"]
    assert not shown(room, "display", "hall").calls[0].fresh
    room.does(c.StartService(counter="1"))

    room.sleep(20 * SECOND - 1)
    assert numbers(room) == ["A001"]
    room.sleep(1)
    assert numbers(room) == []


def test_a_withdrawn_number_says_please_wait(make_room: Make) -> None:
    room = make_room(withdrawn=15).open("1")
    room.ticket("pass")
    room.call("1")
    room.does(c.WithdrawCall(counter="1"))

    call = shown(room, "display", "hall").calls[0]
    assert (call.withdrawn, call.fresh) == (True, False)
    room.sleep(15 * SECOND - 1)
    assert numbers(room) == ["A001"]
    room.sleep(1)
    assert numbers(room) == []


@pytest.mark.parametrize("how", ["cancelled", "missed", "transferred"])
def test_a_number_leaves_with_its_ticket(room: Room, how: str) -> None:
    room.open("1")
    ticket = room.ticket("pass")
    room.call("1")
    away: dict[str, c.Command] = {
        "cancelled": c.CancelTicket(ticket=ticket),
        "missed": c.MarkMissed(counter="1"),
        "transferred": c.TransferTicket(ticket=ticket, to_service="car"),
    }
    room.does(away[how])

    assert numbers(room) == []
    assert announcements(room.state, "hall", room.now, BLIND) == ()


def test_back_office_work_is_never_shown(room: Room) -> None:
    room.open("4")
    ticket = room.ticket("post")
    assert "P001" not in json.dumps(to_builtins(shown(room, "display", "hall")))
    room.call("4")
    wall = shown(room, "display", "hall")

    assert "P001" not in json.dumps(to_builtins(wall))
    assert [line.service for line in wall.waiting if line.service == "post"] == []
    assert shown(room, "announcer", "up").announcements == ()
    assert "post" not in [service.id for service in shown(room, "kiosk", "entrance").services]
    room.does(c.MarkMissed(counter="4"))
    room.sleep(10 * MINUTE)
    room.call("4")
    room.does(c.MarkMissed(counter="4"))
    assert room.of(ticket).state == "missed"
    assert shown(room, "display", "hall").missed == ()


def test_back_office_work_withdrawn_is_not_shown_either(room: Room) -> None:
    room.open("4")
    room.ticket("post")
    room.call("4")
    room.does(c.WithdrawCall(counter="4"))

    assert numbers(room) == []


def test_a_service_that_hides_what_it_is_about_shows_its_letter(room: Room) -> None:
    room.ticket("social")
    line = next(line for line in shown(room, "display", "hall").waiting if line.service == "social")

    assert (line.letter, line.names, line.count) == ("S", {}, 1)


def test_who_is_missed_and_who_waits_next(make_room: Make) -> None:
    room = make_room(recall_limit=0, missed_shown=300).open("1")
    for _ in range(8):
        room.ticket("pass")
    room.call("1")
    room.does(c.MarkMissed(counter="1"))
    wall = shown(room, "display", "hall")

    assert wall.missed == ("A001",)
    assert wall.numbers_waiting == ("A002", "A003", "A004", "A005", "A006", "A007")
    room.sleep(300 * SECOND)
    assert shown(room, "display", "hall").missed == ()


def test_messages_go_where_they_are_meant(room: Room, at: Callable[[int], Any]) -> None:
    for where in ({}, {"displays": ("up",)}, {"zones": ("up",)}, {"counters": ("1",)}):
        room.does(c.PostMessage(text={"de": str(sorted(where))}, **where), room.supervisor)  # type: ignore[arg-type]
    room.does(c.PostMessage(text={"de": "kurz"}, until=at(room.now + MINUTE)), room.supervisor)

    def texts(kind: BoardKind, id: str) -> list[str]:
        return [note.text["de"] for note in shown(room, kind, id).messages]

    assert texts("display", "up") == ["[]", "['displays']", "['zones']", "kurz"]
    assert texts("display", "hall") == ["[]", "['zones']", "kurz"]
    assert texts("counter", "1") == ["[]", "['displays']", "['zones']", "['counters']", "kurz"]
    assert texts("counter", "2") == ["[]", "['displays']", "['zones']", "kurz"]
    room.sleep(MINUTE)
    assert texts("display", "hall") == ["[]", "['zones']"]


def test_an_arrow_is_shown_where_the_office_gives_one(make_room: Make) -> None:
    room = make_room()
    ways = {"1": "left", "2": None}
    counters = tuple(replace(desk, arrow=ways.get(desk.id)) for desk in room.state.office.counters)
    room = make_room(counters=counters)
    room.open("1", "2")
    ticket = room.ticket("pass")
    room.call("1")
    room.ticket("pass")
    room.call("2")

    assert {call.counter.id: call.counter.arrow for call in shown(room, "display", "hall").calls} == ways
    assert shown(room, "ticket", ticket).counter.arrow == "left"


# a wall sends nobody to the wrong place


@pytest.mark.parametrize("back_office_first", [False, True])
def test_what_a_call_is_about_may_change_while_it_is_up(room: Room, back_office_first: bool) -> None:
    """Every public board follows what the call is about now; after an undo it is as before."""
    services = [("pass",), ("post",)]
    before, after = reversed(services) if back_office_first else services
    room.does(c.OpenCounter(counter="4", services=("post",)))
    room.does(c.AssignCounter(counter="4", services=("post", "social")), room.supervisor)
    ticket = room.ticket(*before)
    room.does(c.TransferTicket(ticket=ticket, to_counter="4"))
    room.call("4")

    def up() -> tuple[bool, bool]:
        wall, voice = shown(room, "display", "hall"), shown(room, "announcer", "up")
        return bool(wall.calls), bool(voice.announcements)

    assert up() == ((not back_office_first,) * 2)
    room.does(c.SetServices(ticket=ticket, services=after))
    assert up() == ((back_office_first,) * 2)
    room.undo()
    assert up() == ((not back_office_first,) * 2)
    room.does(c.StartService(counter="4"))
    room.does(c.FinishService(counter="4", outcome="left"))
    assert up() == (not back_office_first, False)


LEAVINGS: dict[str, Callable[[str], c.Command]] = {
    "transferred": lambda ticket: c.TransferTicket(ticket=ticket, to_service="car"),
    "kept for another counter": lambda ticket: c.TransferTicket(ticket=ticket, to_counter="2"),
    "sent to a station": lambda ticket: c.SendToStation(counter="1", station="booth"),
    "waiting for another service": lambda ticket: c.FinishService(counter="1"),
    "parked": lambda ticket: c.ParkTicket(counter="1"),
}


@pytest.mark.parametrize("how", LEAVINGS)
def test_who_has_left_a_counter_is_not_sent_there_by_the_wall(room: Room, how: str) -> None:
    """Although they arrived there a moment ago, and calls stay up for a while after that."""
    room.open("1", "2")
    ticket = room.ticket("pass", "car")
    room.serve("1")
    assert numbers(room) == ["A001"]
    room.does(LEAVINGS[how](ticket))
    assert numbers(room) == []


def test_who_goes_on_at_another_counter_is_not_sent_to_the_first(room: Room) -> None:
    room.open("1", "2")
    ticket = room.ticket("pass")
    room.serve("1")
    room.does(c.ParkTicket(counter="1"))
    room.does(c.ResumeTicket(counter="2", ticket=ticket))

    assert numbers(room) == []


def moved(room: Room) -> list[dict[str, Any]]:
    return [to_builtins(one) for one in shown(room, "display", "hall").moved]


def test_walls_tell_for_some_minutes_who_was_moved_where(room: Room) -> None:
    tickets = tuple(room.ticket("pass") for _ in range(10))
    room.does(c.MoveTickets(tickets=tickets, to_service="car"), room.supervisor)
    room.does(c.MoveTickets(tickets=(room.ticket("pass"),), to_service="social"), room.supervisor)
    room.does(c.MoveTickets(tickets=(room.ticket("pass"),), to_service="post"), room.supervisor)
    begun = room.now

    car, social = moved(room)
    assert (car["service"], car["letter"], len(car["numbers"]), car["total"]) == ("car", "K", 5, 10)
    assert (social["names"], len(social["numbers"])) == ({}, 1)
    room.open("3")
    room.call("3")
    assert moved(room)[0]["total"] == 9
    assert "display" in changed_between(room.state, begun, begun + 10 * MINUTE).kinds
    room.after(11 * MINUTE)
    assert moved(room) == []


def test_walls_tell_who_was_moved_in_a_set_of_many_moves(room: Room) -> None:
    ticket = room.ticket("pass")
    limits = tuple(c.LimitService(service=name, tickets=9) for name in ("pass", "reg", "car", "photo"))
    boosts = tuple(
        c.BoostService(service=name, minutes=at) for name in ("pass", "reg", "car", "photo") for at in (5, 6, 7)
    )
    moves: tuple[c.Move, ...] = (*limits, *boosts, c.MoveTickets(tickets=(ticket,), to_service="car"))
    room.does(c.ApplyMoves(moves=moves), room.supervisor)

    assert [one["service"] for one in moved(room)] == ["car"]


def test_who_is_moved_back_is_told_so(room: Room) -> None:
    ticket = room.ticket("pass")
    room.does(c.MoveTickets(tickets=(ticket,), to_service="car"), room.supervisor, key="move")
    room.does(c.RevertMoves(key="move"), room.supervisor)

    assert room.of(ticket).services == ("pass",)
    assert [(one["service"], one["numbers"]) for one in moved(room)] == [("pass", (room.number(ticket),))]
    room.does(c.MoveTickets(tickets=(ticket,), to_service="car"), room.supervisor)
    room.does(c.TransferTicket(ticket=ticket, to_service="reg"))
    assert moved(room) == []
