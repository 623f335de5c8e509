"""What a supervisor changes, and how it affects the next call; messages, silence, alarms, help, prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from server.messages import boards as b
from server.messages import commands as c
from server.messages.events import CounterAssigned
from server.messages.instants import HOUR, MINUTE, SECOND
from server.office.boards import board
from tests.office.shown import shown

if TYPE_CHECKING:
    from tests.office.room import Room

Make = Callable[..., "Room"]


def test_services_moved_to_a_counter_count_at_the_very_next_call(room: Room, at: Callable[[int], Any]) -> None:
    """Who, when and why are in the log; a timed move takes itself back."""
    room.open("1", "2", "3")
    ticket, second = room.ticket("pass"), room.ticket("pass")
    assert room.call("3") is None
    until = room.now + 30 * MINUTE

    command = c.AssignCounter(counter="3", services=("pass",), until=at(until), reason="voll")
    events = room.press(command, room.supervisor)

    assert isinstance(events, list)
    event = events[0]
    assert isinstance(event, CounterAssigned)
    assert (event.by, event.at, event.reason) == ("supervisor:7", room.now, "voll")
    assert room.call("3") == ticket
    room.does(c.StartService(counter="3"))
    room.finish("3")
    room.after(30 * MINUTE)
    assert room.at("3").services == ("car",)
    assert room.call("3") is None
    assert room.of(second).state == "waiting"


def test_an_assignment_outlives_closing_and_a_second_one(room: Room, at: Callable[[int], Any]) -> None:
    room.does(c.AssignCounter(counter="3", services=("pass",), until=at(room.now + HOUR)), room.supervisor)
    room.does(c.AssignCounter(counter="3", services=("pass", "car"), until=at(room.now + HOUR)), room.supervisor)
    assert room.at("3").services == ("pass", "car")
    room.open("3")
    room.does(c.CloseCounter(counter="3"))
    assert room.at("3").services == ("pass", "car")

    room.after(HOUR)

    assert room.at("3").services == ("car",)
    assert room.code(c.AssignCounter(counter="4", services=("car",)), room.supervisor) == "cannot_serve"


def test_a_closed_service_refuses_the_public_with_reason_and_reopening(
    room: Room, at: Callable[[int], Any], iso: Callable[[int], str]
) -> None:
    """A clerk may still issue; no waiting ticket is lost."""
    waits = room.ticket("reg")
    until = room.now + HOUR
    room.does(c.CloseService(service="reg", reason="technik", until=at(until)), room.supervisor)

    refusal = room.refuses(c.IssueTicket(services=("pass", "reg")), room.kiosk)
    assert (refusal.code, refusal.more) == (
        "service_closed",
        {"service": "reg", "reason": "technik", "until": iso(until)},
    )
    room.ticket("reg", by=room.clerk)
    room.open("1")
    assert room.call("1") == waits
    assert room.does(c.OpenService(service="car"), room.supervisor) == []


def test_outside_hours_and_at_the_limit(make_room: Make, iso: Callable[[int], str]) -> None:
    room = make_room()
    day = room.now - HOUR
    room.does(c.LimitService(service="pass", tickets=1), room.supervisor)
    room.ticket("pass", by=room.kiosk)
    refusal = room.refuses(c.IssueTicket(services=("pass",)), room.kiosk)
    assert (refusal.code, refusal.more["until"]) == ("limit_reached", iso(day + 24 * HOUR))
    room.ticket("pass", by=room.desk)
    room.does(c.LimitService(service="pass", tickets=None), room.supervisor)
    room.ticket("pass", by=room.kiosk)

    room.now = day + 10 * HOUR
    refusal = room.refuses(c.IssueTicket(services=("pass",)), room.kiosk)
    assert (refusal.code, refusal.more["until"]) == ("outside_hours", iso(day + 24 * HOUR))
    room.ticket("pass", by=room.desk)


def test_whoever_is_in_the_house_at_closing_is_called_and_served(room: Room) -> None:
    """Opening and closing run by the hours: at six new numbers end, and nothing else; at eight they begin again."""
    room.open("1")
    inside = [room.ticket("pass", by=room.kiosk) for _ in range(3)]
    assert room.serve("1") == inside[0]
    room.after(9 * HOUR)

    assert room.code(c.IssueTicket(services=("pass",)), room.kiosk) == "outside_hours"
    assert [room.of(one).state for one in inside] == ["serving", "waiting", "waiting"]
    phone = shown(room, "ticket", inside[2])
    assert (phone.state, phone.ahead) == ("waiting", 1)
    room.finish("1")
    for one in inside[1:]:
        assert room.serve("1") == one
        room.finish("1")
    assert {room.of(one).state for one in inside} == {"finished"}
    room.after(14 * HOUR)
    assert room.state.services["pass"].issued == 0
    assert room.number(room.ticket("pass", by=room.kiosk)) == "A001"


def test_a_kiosk_offers_what_it_offers(room: Room) -> None:
    """No back-office work, nothing that its file leaves out; priority only if the service itself has it."""
    side = room.kiosk.__class__(role="kiosk", principal="device:side", device="side")

    assert room.code(c.IssueTicket(services=("reg",)), side) == "unknown_service"
    assert room.code(c.IssueTicket(services=("post",)), room.kiosk) == "unknown_service"
    assert room.code(c.IssueTicket(services=("pass",), category="priority"), room.kiosk) == "not_allowed"
    assert room.of(room.ticket("urgent", by=room.kiosk)).category == "priority"
    assert room.code(c.IssueTicket(services=("pass",), category="appointment")) == "invalid"
    assert room.code(c.SetCategory(ticket=room.ticket(), category="appointment")) == "invalid"


def test_a_ticket_is_asked_to_be_printed(room: Room) -> None:
    """Automatically at a kiosk with a printer; again on request; nowhere without a printer."""
    assert room.does(c.IssueTicket(services=("pass",)), room.kiosk) == ["ticket_issued", "print_requested"]
    ticket = next(iter(room.state.tickets))
    assert room.does(c.PrintTicket(ticket=ticket), room.desk) == ["print_requested"]
    assert len(room.state.prints) == 2
    other = room.ticket("pass")
    assert room.code(c.PrintTicket(ticket=other), room.desk) == "invalid"
    assert room.code(c.PrintTicket(ticket=other, printer="nothing"), room.desk) == "unknown_device"

    room.sleep(600 * SECOND)
    room.does(c.PrintTicket(ticket=other, printer="paper"), room.desk)
    assert len(room.state.prints) == 1


def test_a_report_on_a_ticket_that_left(make_room: Make) -> None:
    room = make_room(grace=0)
    ticket = room.ticket("pass", printer="paper")
    room.does(c.CancelTicket(ticket=ticket))
    room.sleep(30 * SECOND)
    room.ticket("reg")
    job = next(iter(room.state.prints))

    assert ticket not in room.state.tickets
    assert room.does(c.ReportPrint(job=job, state="failed", reason="paper_out"), room.printer) == ["print_reported"]
    assert room.state.prints[job].reason == "paper_out"


# messages, silence, alarms


def test_a_message_is_posted_acknowledged_and_cleared(room: Room) -> None:
    room.open("1")
    room.does(c.PostMessage(text={"de": "Bitte Geduld"}, counters=("1",)), room.supervisor)
    message = next(iter(room.state.messages))

    assert room.does(c.AcknowledgeMessage(counter="1", message=message)) == ["message_acknowledged"]
    assert room.does(c.AcknowledgeMessage(counter="1", message=message)) == []
    assert room.does(c.ClearMessage(message=message), room.supervisor) == ["message_cleared"]
    assert room.code(c.ClearMessage(message=message), room.supervisor) == "unknown_message"
    assert room.code(c.AcknowledgeMessage(counter="1", message=message)) == "unknown_message"
    assert room.code(c.PostMessage(text={}), room.supervisor) == "invalid"


def test_silence_and_its_end(room: Room) -> None:
    room.does(c.SilenceZone(zone="hall"), room.booth)

    assert room.does(c.EndSilence(zone="hall"), room.booth) == ["silence_ended"]
    assert room.does(c.EndSilence(zone="hall"), room.booth) == []


def test_help_is_asked_once_and_accepted_once(room: Room) -> None:
    assert room.does(c.RequestHelp(), room.kiosk) == ["help_requested"]
    assert room.does(c.RequestHelp(), room.kiosk) == []
    help = next(iter(room.state.help))
    assert room.does(c.AcceptHelp(help=help), room.desk) == ["help_accepted"]
    assert room.does(c.AcceptHelp(help=help), room.desk) == []
    assert room.does(c.RequestHelp(), room.kiosk) == ["help_requested"]
    assert room.code(c.AcceptHelp(help="nothing"), room.desk) == "unknown_device"


def test_an_alarm_is_raised_answered_and_ended(room: Room) -> None:
    """Even if the day is closed; the desk's alarm has no counter."""
    room.does(c.CloseDay(), room.supervisor)
    assert room.does(c.RaiseAlarm(counter="1")) == ["alarm_raised"]
    assert room.does(c.RaiseAlarm(counter="1")) == []
    assert room.does(c.AcceptAlarm(counter="1", from_="2")) == ["alarm_accepted"]
    assert room.does(c.AcceptAlarm(counter="1", from_="2")) == []
    assert room.does(c.AcceptAlarm(counter="1"), room.desk) == ["alarm_accepted"]
    assert room.state.alarms["1"].accepted_by == ("2", "desk")
    assert room.does(c.AcceptAlarm()) == []
    assert room.does(c.EndAlarm(counter="1")) == ["alarm_ended"]
    assert room.does(c.EndAlarm(counter="1")) == []
    assert room.does(c.RaiseAlarm(), room.desk) == ["alarm_raised"]
    assert list(room.state.alarms) == ["desk"]


def test_helpers_and_test_calls(room: Room) -> None:
    assert room.code(c.CallHelper(helper="nothing"), room.supervisor) == "invalid"
    assert room.does(c.CallHelper(helper="guide"), room.supervisor) == ["helper_called"]
    assert room.does(c.TestCall(zone="up"), room.supervisor) == ["call_tested"]
    assert room.code(c.TestCall(zone="nothing"), room.supervisor) == "unknown_zone"


# the roster


def duty(counter: str, start: str, end: str, **more: Any) -> c.DutySpan:
    return c.DutySpan(counter=counter, from_=start, to=end, **more)


@pytest.mark.parametrize("day", [{"date": "2026-11-23"}, {"weekday": "mon"}, {"day": "mon"}, {"day": "2026-11-30"}])
def test_a_roster_is_kept_whole_until_its_day_is_over(room: Room, day: dict[str, str]) -> None:
    spans = (duty("1", "08:00", "12:00"), duty("1", "10:00", "10:15", kind="break"), duty("1", "12:00", "24:00"))
    room.does(c.SetRoster(duty=spans, **day), room.supervisor)  # type: ignore[arg-type]
    name = next(iter(day.values()))
    kept = [(d.counter, d.from_, d.to, d.kind) for d in room.state.roster[name]]
    assert kept == [(d.counter, d.from_, d.to, d.kind) for d in spans]

    room.after(15 * HOUR)

    assert room.state.day == "2026-11-24"
    assert set(room.state.roster) == ({name} if name != "2026-11-23" else set())


@pytest.mark.parametrize(
    ("field", "command"),
    [
        ("date", c.SetRoster(duty=())),
        ("date", c.SetRoster(duty=(), date="2026-11-30", weekday="mon")),
        ("date", c.SetRoster(duty=(), date="2026-02-30")),
        ("date", c.SetRoster(duty=(), date="2026-11-22")),
        ("date", c.SetRoster(duty=(), date="2029-11-22")),
        ("duty.to", c.SetRoster(weekday="mon", duty=(duty("1", "12:00", "12:00"),))),
        ("duty.from", c.SetRoster(weekday="mon", duty=(duty("1", "11:00", "13:00"), duty("1", "08:00", "12:00")))),
    ],
)
def test_a_roster_that_cannot_be_is_refused_by_its_field(room: Room, field: str, command: c.SetRoster) -> None:
    refusal = room.refuses(command, room.supervisor)
    assert (refusal.code, refusal.errors[0].field) == ("invalid", field)


# messages that are read out


def heard(room: Room, zone: str) -> list[tuple[str, ...]]:
    """What a zone's voice says, by language in the order of speaking."""
    voice = board(room.state, "announcer", zone, room.now)
    assert isinstance(voice, b.Announcer)
    assert all(one.languages == tuple(one.texts) for one in voice.announcements)
    return [tuple(one.texts.values()) for one in voice.announcements]


def message(**more: Any) -> c.PostMessage:
    text = {"en": "Please leave", "de": "Bitte gehen", "tr": "Gidin"}
    return c.PostMessage(**{"text": text, "speak": True, **more})


SAID = [("Bitte gehen", "Please leave", "Gidin")]


@pytest.mark.parametrize(
    ("where", "zones"),
    [
        ({}, {"hall", "up"}),
        ({"zones": ("hall",)}, {"hall"}),
        ({"displays": ("up",)}, {"up"}),
        ({"displays": ("hall",), "counters": ("1",)}, {"hall", "up"}),
    ],
)
def test_a_spoken_message_is_an_announcement_where_it_is_meant_for(
    room: Room, where: dict[str, tuple[str, ...]], zones: set[str]
) -> None:
    room.does(message(speak=False, **where), room.supervisor)
    assert {zone for zone in ("hall", "up") if heard(room, zone)} == set()
    room.does(message(**where), room.supervisor)
    assert {zone for zone in ("hall", "up") if heard(room, zone) == SAID} == zones
    assert len({said.id for said in room.state.said}) == len(zones), "each zone's voice has one of its own"
    room.sleep(31 * SECOND)
    assert heard(room, "hall") == []


def test_a_message_that_is_cleared_is_not_read_out_any_more(room: Room) -> None:
    room.does(message(), room.supervisor)
    room.does(c.ClearMessage(message=next(iter(room.state.messages))), room.supervisor)
    assert heard(room, "hall") == []


def test_what_nobody_would_hear_is_refused(room: Room) -> None:
    refusal = room.refuses(message(counters=("1",)), room.supervisor)
    assert (refusal.code, refusal.errors[0].field) == ("invalid", "speak")
    room.does(c.SilenceZone(zone="up"), room.supervisor)
    for command in (message(), message(displays=("up",)), c.TestCall(zone="up")):
        assert room.code(command, room.supervisor) == "wrong_state"
    room.does(message(zones=("hall",)), room.supervisor)
    assert heard(room, "hall") == SAID
