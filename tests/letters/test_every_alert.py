"""Every kind of alert comes once and ends once: on the supervisor's table, by mail and by webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.json import decode

from server.messages import commands as c
from server.messages.boards import ALERTS, Expected, Worry
from server.messages.instants import DAY, SECOND
from server.office.boards import Sight
from server.office.waits import Drawn, Waits
from tests.office.shown import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.letters.place import Place
    from tests.office.room import Room

    Seen = dict[str, Any]
    Cause = tuple[Callable[[Room], Seen], Callable[[Room], Seen], str]


def told(room: Room, more: int) -> Seen:
    target = room.state.plans["pass"].target_minutes + more
    wait = Expected(low=0, median=target, high=target, at="", learning=False)
    return {"waits": Waits(known=True, drawn={("pass", "walk_in"): Drawn(shown=wait, low=0, high=target)})}


def worried(code: str) -> Callable[[Room], Seen]:
    return lambda room: {"worries": (Worry(code=code, detail="why"),)}


def reported(device: str, age_s: int = 0, **report: Any) -> Callable[[Room], Seen]:
    return lambda room: {"seen": {device: {"at": room.now - age_s * SECOND, **report}}}


def drawn(service: str, many: int) -> Callable[[Room], Seen]:
    def draw(room: Room) -> Seen:
        while len(room.state.alive) < many:
            room.ticket(service)
        return {}

    return draw


def calm(room: Room) -> Seen:
    return {}


def called_off(room: Room) -> Seen:
    for ticket in tuple(room.state.alive.values()):
        room.does(c.CancelTicket(ticket=ticket))
    return {}


def sold(room: Room) -> Seen:
    if not room.state.appointments:
        room.book(room.now + DAY, "pass")
        room.does(c.SetRoster(day="2026-11-24", duty=()), room.supervisor)
    return {}


def given_room(room: Room) -> Seen:
    if "2026-11-24" in room.state.roster:
        room.does(c.SetRoster(day="2026-11-24", duty=None), room.supervisor)
    return {}


def unseen(room: Room) -> Seen:
    if not room.state.alive:
        room.ticket("pass", needs=("visual_call",))
    return reported("display:hall", age_s=40)(room)


CAUSES: dict[str, Cause] = {
    "durability": (worried("durability"), calm, "Speicher"),
    "clock": (worried("clock"), calm, "Uhr"),
    "visual_call": (unseen, reported("display:hall"), "1 Person muss den Aufruf sehen"),
    "no_counter": (drawn("car", 2), called_off, "Car: 2 warten"),
    "printer": (reported("printer:paper", state="paper_out"), reported("printer:paper", state="ok"), "Drucker"),
    "over_target": (lambda room: told(room, 5), lambda room: told(room, 0), "Pass: Wer jetzt zieht"),
    "overbooked": (sold, given_room, "1 Termin hat keinen Platz mehr"),
    "mute": (reported("announcer:hall", sound="off"), reported("announcer:hall", sound="ready"), "Ansagen"),
    "device": (reported("display:hall", age_s=40), reported("display:hall"), "meldet sich nicht"),
    "idle_counter": (drawn("pass", 3), called_off, "frei, obwohl 3 warten"),
}
"""What causes each, what ends it (asked again at every look, as boards are), and a part of what is said."""
DETAILS = {"no_counter": "kein Schalter dafür offen", "printer": "kein Papier", "clock": "why"}
"""What the letter says besides: codes in words, worries as they are."""


@pytest.mark.parametrize("code", ALERTS)
async def test_each_kind_of_alert_comes_once_with_its_end(place: Place, code: str) -> None:
    room, node = place.room, place.node()
    room.open("1")
    begins, ends, words = CAUSES[code]
    node.watch.sight = lambda office: Sight(**begins(room))
    await node.live(3)

    listed = node.watch.alerts("amt")
    table = shown(room, "supervisor", "", Sight(actor=room.supervisor, alerts=listed))
    assert [one.code for one in table.alerts] == [code]
    assert place.web.types() == ["alert.began"]
    assert len(place.mail.letters) == 1

    node.watch.sight = lambda office: Sight(**ends(room))
    await node.live(3)

    assert node.watch.alerts("amt") == ()
    assert place.web.types() == ["alert.began", "alert.ended"]
    began, ended = place.mail.subjects()
    assert words in began
    if code in DETAILS:
        assert f"Meldung: {DETAILS[code]}\n" in str(place.mail.letters[0].get_content()).replace("\r\n", "\n")
    assert (began.removeprefix("Amt: "), ended.removeprefix("Amt: beendet: ")) == (began[5:], began[5:])
    posted = [decode(content)["data"] for _, content in place.web.posts]
    assert [(one["code"], one["alert"]) for one in posted] == [(code, listed[0].id)] * 2
