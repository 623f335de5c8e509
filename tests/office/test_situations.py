"""Situations of the office file: two presses for the whole office, taken back as one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from server.messages import boards as b
from server.messages import commands as c
from server.messages.instants import HOUR, MINUTE, rfc3339
from server.messages.office import Helper
from server.messages.terms import NoticePlace
from server.office.boards import board
from server.office.office_grid import MESSAGES, SETS

if TYPE_CHECKING:
    from tests.office.room import Make, Room

At = Callable[[int], Any]


def supervisor(room: Room) -> b.Supervisor:
    shown = board(room.state, "supervisor", "", room.now)
    assert isinstance(shown, b.Supervisor)
    return shown


def words(room: Room, ticket: str) -> dict[str, list[str]]:
    """What a wall, a counter and a phone show, and what is said in both zones."""
    wall = board(room.state, "display", "hall", room.now)
    counter = board(room.state, "counter", "1", room.now)
    phone = board(room.state, "ticket", ticket, room.now)
    assert isinstance(wall, b.Display)
    assert isinstance(counter, b.Counter)
    assert isinstance(phone, b.Ticket)
    said = [board(room.state, "announcer", zone, room.now) for zone in ("hall", "up")]
    spoken = [one.texts["de"] for zone in said if isinstance(zone, b.Announcer) for one in zone.announcements]
    notes = {"wall": wall.messages, "counter": counter.messages, "phone": phone.messages}
    return {place: [note.text["de"] for note in found] for place, found in notes.items()} | {"spoken": spoken}


def test_an_evacuation_closes_everything_says_so_everywhere_and_is_taken_back_as_one(room: Room) -> None:
    room.open("1")
    room.does(c.CloseService(service="reg", reason="voll"), room.supervisor)
    ticket = room.ticket("pass")

    said = room.does(c.StartSituation(situation="evacuation"), room.supervisor, key="now")

    closed = len(room.state.services)
    assert said == [*["service_closed"] * closed, *["message_posted"] * 3, "moves_applied"]
    assert {(one.closed, one.reason) for one in room.state.services.values()} == {(True, "evacuation")}
    assert words(room, ticket) == {
        "wall": ["Bitte verlassen Sie das Haus."],
        "counter": ["Bitte alle hinaus."],
        "phone": ["Das Haus ist geräumt."],
        "spoken": ["Bitte verlassen Sie das Haus."] * 2,
    }
    shown = supervisor(room)
    assert [(one.id, one.key) for one in shown.situations] == [("evacuation", "now"), ("meeting", None)]
    assert shown.situations[0].since == rfc3339(room.now)
    row = shown.shift_book[0]
    assert (row.type, row.situation, row.reason, row.open) == ("situation_started", "evacuation", "evacuation", True)
    assert room.code(c.StartSituation(situation="evacuation"), room.supervisor) == "wrong_state"

    assert room.does(c.RevertMoves(key="now"), room.supervisor) == ["moves_reverted"]

    assert words(room, ticket) == {"wall": [], "counter": [], "phone": [], "spoken": []}
    assert [one.id for one in room.state.services.values() if one.closed] == ["reg"]
    assert room.state.services["reg"].reason == "voll"
    assert [one.key for one in supervisor(room).situations] == [None, None]


def test_an_evacuation_is_begun_however_much_was_moved_and_said_before(room: Room) -> None:
    for at in range(SETS):
        room.does(c.ApplyMoves(moves=(c.BoostService(service="pass", minutes=at % 50 + 1),)), room.supervisor)
    for at in range(MESSAGES):
        room.does(c.PostMessage(text={"de": f"Hinweis {at}"}), room.supervisor)
    assert room.code(c.ApplyMoves(moves=(c.OpenCounter(counter="1"),)), room.supervisor) == "too_many"

    room.does(c.StartSituation(situation="evacuation"), room.supervisor, key="now")

    assert all(one.closed for one in room.state.services.values())
    assert len(room.state.messages) == MESSAGES + 3
    room.does(c.RevertMoves(key="now"), room.supervisor)
    assert len(room.state.messages) == MESSAGES


def test_what_a_situation_said_ends_with_it_at_midnight(room: Room) -> None:
    """It had no end: on the next day services are open, and no wall tells people to leave the house."""
    room.open("1")
    room.does(c.PostMessage(text={"de": "Bleibt"}), room.supervisor)
    room.does(c.StartSituation(situation="evacuation"), room.supervisor)

    room.sleep(24 * HOUR).tick()

    assert not any(one.closed for one in room.state.services.values())
    assert [one.text["de"] for one in room.state.messages.values()] == ["Bleibt"]


def test_nobody_is_told_a_wait_while_a_service_is_closed_for_a_situation(room: Room, at: At) -> None:
    room.open("1", "3")
    mine, both, other = room.ticket("pass"), room.ticket("pass", "car"), room.ticket("car")
    room.does(c.StartSituation(situation="meeting", until=at(room.now + 30 * MINUTE), reason="runde"), room.supervisor)

    reasons = {one.id: one.expected_reason for one in supervisor(room).tickets}
    assert reasons == {mine: "situation", both: "situation", other: None}
    services = {one.id: one.expected_reason for one in supervisor(room).services}
    assert (services["pass"], services["car"]) == ("situation", None)
    issued = room.press(c.IssueTicket(services=("pass",)), room.desk)
    assert isinstance(issued, list)
    assert issued[0].expected_reason == "situation"  # type: ignore[attr-defined]
    refused = room.refuses(c.IssueTicket(services=("pass",)), room.kiosk)
    assert (refused.code, refused.more["reason"]) == ("service_closed", "meeting")
    assert room.call("1") == mine

    room.after(30 * MINUTE)

    assert {one.expected_reason for one in supervisor(room).tickets} == {None}
    assert [(one.id, one.key) for one in supervisor(room).situations] == [("evacuation", None), ("meeting", None)]


def test_two_situations_at_once_end_each_by_itself(room: Room) -> None:
    how = room.supervisor
    room.does(c.StartSituation(situation="meeting"), how, key="meeting")
    room.does(c.StartSituation(situation="evacuation"), how, key="evacuation")
    assert "start_situation" not in board(room.state, "supervisor", "", room.now).may  # type: ignore[union-attr]
    room.does(c.RevertMoves(key="meeting"), how)
    assert {one.situation for one in room.state.services.values()} == {"evacuation"}

    room.does(c.RevertMoves(key="evacuation"), how)

    assert {one.situation for one in room.state.services.values()} == {None}
    assert not any(one.closed for one in room.state.services.values())


def test_a_service_that_is_opened_during_a_situation_is_open(room: Room) -> None:
    room.does(c.StartSituation(situation="meeting"), room.supervisor, key="meeting")
    room.does(c.OpenService(service="pass"), room.supervisor)

    assert room.state.services["pass"].situation is None
    room.does(c.RevertMoves(key="meeting"), room.supervisor)
    assert not room.state.services["pass"].closed


def test_an_evacuation_is_spoken_where_it_can_be_and_never_stopped_by_a_silent_zone(room: Room) -> None:
    room.does(c.SilenceZone(zone="up"), room.supervisor)
    room.does(c.StartSituation(situation="evacuation"), room.supervisor)

    assert [said.zone for said in room.state.said] == ["hall"]
    assert room.code(c.StartSituation(situation="party"), room.supervisor) == "invalid"


# helpers of the office file


def test_a_helper_helps_where_and_when_the_office_file_says(make_room: Make, at: At) -> None:
    guide = Helper(id="guide", names={"de": "Lotse"}, counters=("3",), services=("car",), begins="08:00", ends="12:00")
    room = make_room(helpers=(guide, Helper(id="any", names={"de": "Alle"}, services=("car",))))
    how, noon = room.supervisor, room.now + 180 * MINUTE
    assert room.code(c.CallHelper(helper="guide", counter="1"), how) == "cannot_serve"
    assert room.code(c.CallHelper(helper="any", counter="4"), how) == "cannot_serve"
    assert room.code(c.CallHelper(helper="any", counter="booth"), how) == "unknown_counter"
    assert room.code(c.CallHelper(helper="guide", until=at(noon + MINUTE)), how) == "invalid"

    room.does(c.CallHelper(helper="guide"), how)
    room.does(c.CallHelper(helper="any", counter="3"), how)

    called = room.state.helpers
    assert (called["guide"].counter, called["guide"].until) == ("3", noon)
    assert (called["any"].counter, called["any"].until) == ("3", None)
    room.after(180 * MINUTE)
    assert [*room.state.helpers] == ["any"]
    assert room.code(c.CallHelper(helper="guide"), how) == "outside_hours"


@pytest.mark.parametrize("places", [("phones",), ("displays",), ("counters",), ("displays", "phones")])
def test_a_message_stands_on_the_kinds_of_screens_that_it_is_for(room: Room, places: tuple[NoticePlace, ...]) -> None:
    ticket = room.ticket("pass")
    room.does(c.PostMessage(text={"de": "Hallo"}, places=places), room.supervisor)

    shown = words(room, ticket)

    names = {"wall": "displays", "counter": "counters", "phone": "phones"}
    assert {names[place] for place, found in shown.items() if found} == set(places)
