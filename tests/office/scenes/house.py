"""One scene for each command of supervisors, for help and alarms, about appointments and days: each has the command's name."""

from __future__ import annotations

from server.messages import commands as c
from server.messages.instants import HOUR, MINUTE
from tests.office.room import Room
from tests.office.scenes.stage import Scene, soon, two_tickets
from tests.office.scenes.visits import serving


def boost_ticket(room: Room) -> Scene:
    one, other = two_tickets(room)
    return (
        room.supervisor,
        c.BoostTicket(ticket=other, minutes=5),
        {"ticket": one, "minutes": -5, "seen_seq": room.state.seq + 1},
    )


def boost_service(room: Room) -> Scene:
    two_tickets(room, "reg"), two_tickets(room, "pass")
    command = c.BoostService(service="pass", minutes=5, until=soon(room))
    return (
        room.supervisor,
        command,
        {"service": "reg", "minutes": 20, "until": soon(room, 60), "seen_seq": room.state.seq + 1},
    )


def move_tickets(room: Room) -> Scene:
    one, other = two_tickets(room, "pass", "reg")
    command = c.MoveTickets(tickets=(one,), to_service="car", from_service="pass")
    return (
        room.supervisor,
        command,
        {"tickets": (other,), "to_service": "photo", "from_service": "reg", "seen_seq": room.state.seq + 1},
    )


def assign_counter(room: Room) -> Scene:
    command = c.AssignCounter(counter="1", services=("pass",), until=soon(room), reason="sick")
    others = {
        "counter": "2",
        "services": ("reg",),
        "until": soon(room, 60),
        "reason": "rush",
        "seen_seq": room.state.seq + 1,
    }
    return room.supervisor, command, others


def open_service(room: Room) -> Scene:
    for service in ("pass", "reg"):
        room.does(c.CloseService(service=service), room.supervisor)
    return room.supervisor, c.OpenService(service="pass"), {"service": "reg", "seen_seq": room.state.seq + 1}


def close_service(room: Room) -> Scene:
    command = c.CloseService(service="pass", reason="sick", until=soon(room))
    return (
        room.supervisor,
        command,
        {"service": "reg", "reason": "system_down", "until": soon(room, 60), "seen_seq": room.state.seq + 1},
    )


def limit_service(room: Room) -> Scene:
    return (
        room.supervisor,
        c.LimitService(service="pass", tickets=1),
        {"service": "reg", "tickets": None, "seen_seq": room.state.seq + 1},
    )


def apply_moves(room: Room) -> Scene:
    moves = (c.CloseService(service="pass"),)
    told = c.Gain(low=3.0, median=9.0, high=14.0, chance=0.9)
    others = {
        "moves": (c.CloseService(service="reg"),), "until": soon(room, 60), "reason": "rush", "seen_seq": 0, "told": told,
    }  # fmt: skip
    return room.supervisor, c.ApplyMoves(moves=moves, until=soon(room), reason="sick"), others


def revert_moves(room: Room) -> Scene:
    for service in ("pass", "reg"):
        room.does(c.ApplyMoves(moves=(c.CloseService(service=service),)), room.supervisor, key=f"set of {service}")
    return room.supervisor, c.RevertMoves(key="set of pass"), {"key": "set of reg"}


def start_situation(room: Room) -> Scene:
    command = c.StartSituation(situation="meeting", until=soon(room), reason="sick")
    return room.supervisor, command, {"situation": "evacuation", "until": soon(room, 60), "reason": "rush"}


def set_rule(room: Room) -> Scene:
    says = c.RuleText(service="car", over_minutes=40, under_minutes=20, counters=("1",))
    other = c.RuleText(service="pass", over_minutes=30, under_minutes=10, counters=("1",), take=("pass",))
    command = c.SetRule(rule="written", on=True, says=says)
    return room.supervisor, command, {"rule": "another", "on": False, "says": other, "remove": True}


def set_policy(room: Room) -> Scene:
    return (
        room.supervisor,
        c.SetPolicy(preset="plain", until=soon(room)),
        {"preset": "punctual", "until": soon(room, 60), "seen_seq": room.state.seq + 1},
    )


def call_helper(room: Room) -> Scene:
    return (
        room.supervisor,
        c.CallHelper(helper="guide", until=soon(room)),
        {"helper": "porter", "until": soon(room, 60), "counter": "2", "reason": "rush", "seen_seq": room.state.seq + 1},
    )


def post_message(room: Room) -> Scene:
    others = {
        "text": {"de": "Tschüs"}, "displays": ("up",), "counters": ("3",), "zones": ("up",), "speak": True,
        "until": soon(room, 60), "places": ("phones",),
    }  # fmt: skip
    command = c.PostMessage(
        text={"de": "Hallo"}, displays=("hall",), counters=("1",), zones=("hall",), until=soon(room)
    )
    return room.supervisor, command, others


def messages(room: Room) -> tuple[str, str]:
    for text in ("eins", "zwei"):
        room.does(c.PostMessage(text={"de": text}), room.supervisor)
    one, other = room.state.messages
    return one, other


def clear_message(room: Room) -> Scene:
    one, other = messages(room)
    return room.supervisor, c.ClearMessage(message=one), {"message": other}


def acknowledge_message(room: Room) -> Scene:
    one, other = messages(room)
    return room.clerk, c.AcknowledgeMessage(counter="1", message=one), {"counter": "2", "message": other}


def silence_zone(room: Room) -> Scene:
    return room.supervisor, c.SilenceZone(zone="hall", until=soon(room)), {"zone": "up", "until": soon(room, 60)}


def end_silence(room: Room) -> Scene:
    for zone in ("hall", "up"):
        room.does(c.SilenceZone(zone=zone), room.supervisor)
    return room.supervisor, c.EndSilence(zone="hall"), {"zone": "up"}


def call_for_a_test(room: Room) -> Scene:
    return room.supervisor, c.TestCall(zone="hall"), {"zone": "up", "tone": True}


def set_roster(room: Room) -> Scene:
    for counter in "1234":
        room.does(c.CloseCounter(counter=counter))
    two_tickets(room)
    early = (c.DutySpan(counter="1", from_="08:00", to="12:00"),)
    room.does(c.SetRoster(weekday="mon", duty=early), room.supervisor)
    duty = (c.DutySpan(counter="3", from_="11:00", to="18:00"),)
    command = c.SetRoster(weekday="mon", duty=duty)
    return room.supervisor, command, {
        "duty": (c.DutySpan(counter="1", from_="09:30", to="18:00"),), "weekday": "tue", "date": "2026-11-23", "day": "tue",
        "seen": "another plan",
    }  # fmt: skip


def set_walk_ins(room: Room) -> Scene:
    """Before it, nothing could be booked on this day at all."""
    room.does(c.SetWalkIns(date="2026-11-23", shares=(c.WalkInShare(percent=100),)), room.supervisor)
    command = c.SetWalkIns(date="2026-11-23", shares=(c.WalkInShare(percent=100, from_="15:00"),))
    return room.supervisor, command, {"date": "2026-11-25", "shares": (c.WalkInShare(percent=90),)}


def request_help(room: Room) -> Scene:
    return room.admin, c.RequestHelp(kiosk="entrance"), {"kiosk": "side", "station": "booth"}


def accept_help(room: Room) -> Scene:
    room.does(c.RequestHelp(), room.kiosk)
    room.does(c.RequestHelp(), room.booth)
    one, other = room.state.help
    return room.desk, c.AcceptHelp(help=one), {"help": other}


def raise_alarm(room: Room) -> Scene:
    return room.clerk, c.RaiseAlarm(counter="1"), {"counter": "2"}


def alarms(room: Room) -> None:
    for counter in ("1", "2"):
        room.does(c.RaiseAlarm(counter=counter))


def accept_alarm(room: Room) -> Scene:
    alarms(room)
    return room.clerk, c.AcceptAlarm(counter="1", from_="3"), {"counter": "2", "from": "4"}


def end_alarm(room: Room) -> Scene:
    alarms(room)
    return room.clerk, c.EndAlarm(counter="1"), {"counter": "2"}


def hold_slot(room: Room) -> Scene:
    for minutes in range(60, 120, 10):  # nearly all that may be sold of that hour
        room.book(room.now + minutes * MINUTE)
    return (
        room.booking,
        c.HoldSlot(services=("pass",), start=soon(room, 60)),
        {"services": ("car",), "start": soon(room, -5), "persons": 4, "minutes": 30},
    )


def release_slot(room: Room) -> Scene:
    for minutes in (60, 90):
        room.does(c.HoldSlot(services=("pass",), start=soon(room, minutes)), room.booking)
    one, other = room.state.holds
    return room.booking, c.ReleaseSlot(hold=one), {"hold": other}


def book_appointment(room: Room) -> Scene:
    room.does(c.HoldSlot(services=("pass",), start=soon(room, 60)), room.booking)
    room.book(room.now + HOUR, reference="theirs")
    command = c.BookAppointment(
        services=("pass",), start=soon(room, 60), hold=next(iter(room.state.holds)), reference="ours"
    )
    return room.booking, command, {
        "services": ("car",), "start": soon(room, 90), "hold": "none", "persons": 3, "language": "tr", "reference": "theirs",
    }  # fmt: skip


def booked(room: Room) -> tuple[str, str]:
    for minutes in (60, 90):
        room.book(room.now + minutes * MINUTE)
    one, other = room.state.appointments
    return one, other


def move_appointment(room: Room) -> Scene:
    one, other = booked(room)
    command = c.MoveAppointment(appointment=one, start=soon(room, 120))
    return room.booking, command, {"appointment": other, "start": soon(room, 150)}


def cancel_appointment(room: Room) -> Scene:
    one, other = booked(room)
    return room.booking, c.CancelAppointment(appointment=one), {"appointment": other}


def check_in(room: Room) -> Scene:
    one, other = (room.book(room.now + minutes * MINUTE) for minutes in (10, 15))
    return room.kiosk, c.CheckIn(code=one), {"code": other}


def undo(room: Room) -> Scene:
    for key in ("one", "other"):
        room.press(c.IssueTicket(services=("pass",)), key=key)
    return room.clerk, c.Undo(key="one"), {"key": "other"}


def close_day(room: Room) -> Scene:
    serving(room, "1")
    return room.supervisor, c.CloseDay(force=True), {"force": False}
