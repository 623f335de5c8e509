"""Rights: every command by every role, and the order in which a command is checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_args

import pytest

from server.messages import commands as c
from server.messages.actor import Actor, by
from server.messages.instants import MINUTE
from server.messages.problems import Refusal
from server.messages.rights import COMMANDS
from server.messages.terms import Role

if TYPE_CHECKING:
    from tests.office.room import Room

ROLES: tuple[Role, ...] = get_args(Role)
LATER = 1_795_440_000_000
STAFF = {"admin", "supervisor", "clerk", "desk"}
CLERKS = {"admin", "supervisor", "clerk"}
SUPERVISORS = {"admin", "supervisor"}
STATION, KIOSK, BOOKING, HOLDER = {"station"}, {"kiosk"}, {"booking"}, {"holder"}

EXAMPLES: dict[str, tuple[Callable[[str, Any], c.Command], set[str]]] = {
    "issue_ticket": (lambda t, at: c.IssueTicket(services=("pass",)), STAFF | KIOSK | {"door"}),
    "serve_direct": (lambda t, at: c.ServeDirect(counter="1", services=("pass",)), CLERKS),
    "print_ticket": (lambda t, at: c.PrintTicket(ticket=t, printer="paper"), STAFF | KIOSK),
    "report_print": (lambda t, at: c.ReportPrint(job="job", state="sent"), {"admin", "printer"}),
    "lease_numbers": (lambda t, at: c.LeaseNumbers(services=("pass",), count=2), {"admin", "printer"} | KIOSK),
    "hand_in_tickets": (
        lambda t, at: c.HandInTickets(lease="x", tickets=(c.HandedIn(number="A1", service="pass", issued_at=at),)),
        {"admin", "printer"} | KIOSK,
    ),
    "cancel_ticket": (lambda t, at: c.CancelTicket(ticket=t), STAFF | HOLDER),
    "open_counter": (lambda t, at: c.OpenCounter(counter="1"), CLERKS),
    "take_over_counter": (lambda t, at: c.TakeOverCounter(counter="1"), CLERKS),
    "close_counter": (lambda t, at: c.CloseCounter(counter="1"), CLERKS),
    "pause_counter": (lambda t, at: c.PauseCounter(counter="1"), CLERKS),
    "begin_wrap_up": (lambda t, at: c.BeginWrapUp(counter="1"), CLERKS),
    "resume_counter": (lambda t, at: c.ResumeCounter(counter="1"), CLERKS),
    "call_next": (lambda t, at: c.CallNext(counter="1"), CLERKS | STATION),
    "call_ticket": (lambda t, at: c.CallTicket(counter="1", ticket=t), CLERKS),
    "repeat_call": (lambda t, at: c.RepeatCall(counter="1"), CLERKS | STATION),
    "withdraw_call": (lambda t, at: c.WithdrawCall(counter="1"), CLERKS | STATION),
    "start_service": (lambda t, at: c.StartService(counter="1"), CLERKS | STATION),
    "mark_missed": (lambda t, at: c.MarkMissed(counter="1"), CLERKS | STATION),
    "finish_service": (lambda t, at: c.FinishService(counter="1"), CLERKS | STATION),
    "transfer_ticket": (lambda t, at: c.TransferTicket(ticket=t, to_service="reg"), CLERKS),
    "send_to_station": (lambda t, at: c.SendToStation(counter="1", station="booth"), CLERKS),
    "show_phrase": (lambda t, at: c.ShowPhrase(counter="1", phrase="wait"), CLERKS),
    "park_ticket": (lambda t, at: c.ParkTicket(counter="1"), CLERKS),
    "resume_ticket": (lambda t, at: c.ResumeTicket(counter="1", ticket=t), CLERKS),
    "return_ticket": (lambda t, at: c.ReturnTicket(ticket=t), STAFF | KIOSK | HOLDER),
    "pause_ticket": (lambda t, at: c.PauseTicket(ticket=t), STAFF | KIOSK | HOLDER),
    "set_services": (lambda t, at: c.SetServices(ticket=t, services=("reg",)), STAFF),
    "set_category": (lambda t, at: c.SetCategory(ticket=t, category="priority"), STAFF),
    "set_needs": (lambda t, at: c.SetNeeds(ticket=t, needs=()), STAFF),
    "boost_ticket": (lambda t, at: c.BoostTicket(ticket=t, minutes=5), SUPERVISORS),
    "boost_service": (lambda t, at: c.BoostService(service="pass", minutes=5), SUPERVISORS),
    "move_tickets": (lambda t, at: c.MoveTickets(tickets=(t,), to_service="reg"), SUPERVISORS),
    "assign_counter": (lambda t, at: c.AssignCounter(counter="1", services=("car",)), SUPERVISORS),
    "open_service": (lambda t, at: c.OpenService(service="pass"), SUPERVISORS),
    "close_service": (lambda t, at: c.CloseService(service="pass"), SUPERVISORS),
    "limit_service": (lambda t, at: c.LimitService(service="pass", tickets=3), SUPERVISORS),
    "apply_moves": (lambda t, at: c.ApplyMoves(moves=(c.CloseService(service="pass"),)), SUPERVISORS),
    "set_rule": (lambda t, at: c.SetRule(rule="car-help", on=True), SUPERVISORS),
    "start_situation": (lambda t, at: c.StartSituation(situation="meeting"), SUPERVISORS),
    "revert_moves": (lambda t, at: c.RevertMoves(key="x"), SUPERVISORS),
    "set_policy": (lambda t, at: c.SetPolicy(preset="plain"), SUPERVISORS),
    "call_helper": (lambda t, at: c.CallHelper(helper="guide"), SUPERVISORS),
    "post_message": (lambda t, at: c.PostMessage(text={"de": "Hallo"}), SUPERVISORS),
    "clear_message": (lambda t, at: c.ClearMessage(message="m"), SUPERVISORS),
    "acknowledge_message": (lambda t, at: c.AcknowledgeMessage(counter="1", message="m"), CLERKS),
    "silence_zone": (lambda t, at: c.SilenceZone(zone="hall"), SUPERVISORS | STATION),
    "end_silence": (lambda t, at: c.EndSilence(zone="hall"), SUPERVISORS | STATION),
    "test_call": (lambda t, at: c.TestCall(zone="hall"), SUPERVISORS),
    "set_roster": (lambda t, at: c.SetRoster(weekday="mon", duty=()), SUPERVISORS),
    "set_walk_ins": (lambda t, at: c.SetWalkIns(date="2026-11-23", shares=None), SUPERVISORS),
    "request_help": (lambda t, at: c.RequestHelp(kiosk="entrance"), STAFF | KIOSK | STATION),
    "accept_help": (lambda t, at: c.AcceptHelp(help="h"), STAFF),
    "raise_alarm": (lambda t, at: c.RaiseAlarm(counter="1"), STAFF),
    "accept_alarm": (lambda t, at: c.AcceptAlarm(counter="1"), STAFF),
    "end_alarm": (lambda t, at: c.EndAlarm(counter="1"), STAFF),
    "hold_slot": (lambda t, at: c.HoldSlot(services=("pass",), start=at), STAFF | BOOKING),
    "release_slot": (lambda t, at: c.ReleaseSlot(hold="h"), STAFF | BOOKING),
    "book_appointment": (lambda t, at: c.BookAppointment(services=("pass",), start=at), STAFF | BOOKING),
    "move_appointment": (lambda t, at: c.MoveAppointment(appointment="a", start=at), STAFF | BOOKING | HOLDER),
    "cancel_appointment": (lambda t, at: c.CancelAppointment(appointment="a"), STAFF | BOOKING | HOLDER),
    "check_in": (lambda t, at: c.CheckIn(code="ABC"), STAFF | KIOSK | HOLDER),
    "undo": (lambda t, at: c.Undo(key="x"), CLERKS),
    "correct_clock": (lambda t, at: c.CorrectClock(), SUPERVISORS),
    "open_day": (lambda t, at: c.OpenDay(), SUPERVISORS),
    "close_day": (lambda t, at: c.CloseDay(), SUPERVISORS),
}
KNOWN_FIRST = {
    "report_print",
    "clear_message",
    "acknowledge_message",
    "accept_help",
    "move_appointment",
    "cancel_appointment",
    "check_in",
}
"""Their examples name something that does not exist, which is checked before the role: every role gets `unknown_...`."""


def test_every_command_has_its_example() -> None:
    left = sorted(c.COMMANDS.keys() - EXAMPLES.keys())

    assert not left, f"tests/office/test_rights.py: give an example of {', '.join(left)} in EXAMPLES"


@pytest.mark.parametrize("role", [role for role in ROLES if role != "system"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_command_by_a_role(room: Room, at: Callable[[int], Any], name: str, role: Role) -> None:
    """`not_allowed` exactly for the roles that the contract does not name."""
    example, who = EXAMPLES[name]
    room.open("1")
    ticket = room.ticket("pass")
    device = {"kiosk": "entrance", "station": "1", "printer": "paper", "holder": ticket}.get(role)
    actor = Actor(role=role, principal=f"x:{role}", device=device, account="9" if role in SUPERVISORS else "")

    answer = room.press(example(ticket, at(LATER)), actor)

    refused = isinstance(answer, Refusal) and answer.code == "not_allowed"
    if name in KNOWN_FIRST:
        assert isinstance(answer, Refusal)
        assert answer.code.startswith("unknown_")
        assert (role in COMMANDS[name]) == (role in who)
    else:
        assert refused == (role not in who), answer


@pytest.mark.parametrize("name", sorted(set(EXAMPLES) - {"open_day", "close_day"}))
def test_the_day_comes_after_who_may(room: Room, at: Callable[[int], Any], name: str) -> None:
    """With the day closed: `not_allowed` before `day_closed`, `day_closed` before the counter's state."""
    example, _who = EXAMPLES[name]
    room.open("1")
    ticket = room.ticket("pass")
    room.does(c.CloseDay(), room.supervisor)
    command = example(ticket, at(LATER))
    if name in KNOWN_FIRST:
        return

    assert room.code(command, room.observer) == "not_allowed"
    any_day = {"raise_alarm", "accept_alarm", "end_alarm", "accept_help", "request_help"}
    any_day |= {"hold_slot", "release_slot", "book_appointment", "correct_clock"}
    answer = room.press(command, room.admin)
    if name in any_day:
        assert not isinstance(answer, Refusal)
    else:
        assert isinstance(answer, Refusal)
        assert answer.code == "day_closed"


def test_known_comes_before_allowed(room: Room) -> None:
    for command in (
        c.CallNext(counter="nothing"),
        c.CancelTicket(ticket="nothing"),
        c.IssueTicket(services=("nothing",)),
        c.SilenceZone(zone="nothing"),
        c.PostMessage(text={"de": "x"}, displays=("nothing",)),
        c.PostMessage(text={"de": "x"}, counters=("nothing",)),
        c.PostMessage(text={"de": "x"}, zones=("nothing",)),
        c.AssignCounter(counter="1", services=("nothing",)),
        c.CallTicket(counter="1", ticket="nothing"),
        c.IssueTicket(services=("pass",), printer="nothing"),
        c.IssueTicket(services=("pass",), kiosk="nothing"),
        c.RaiseAlarm(counter="nothing"),
        c.EndAlarm(counter="nothing"),
        c.SetRoster(weekday="mon", duty=(c.DutySpan(counter="nothing", from_="08:00", to="12:00"),)),
        c.SetWalkIns(date="2026-11-23", shares=(c.WalkInShare(percent=50, services=("nothing",)),)),
    ):
        assert room.code(command, room.observer).startswith("unknown_")


def test_a_link_acts_for_its_own_ticket_only(room: Room) -> None:
    mine, other = room.ticket("pass"), room.ticket("pass")
    holder = Actor(role="holder", principal=f"ticket:{mine}", device=mine)

    assert room.code(c.CancelTicket(ticket=other), holder) == "not_yours"
    assert room.does(c.PauseTicket(ticket=mine), holder) == ["ticket_paused"]
    assert room.of(mine).away_until == room.now + 20 * MINUTE
    assert room.does(c.ReturnTicket(ticket=mine), holder) == ["ticket_returned"]
    assert room.does(c.CancelTicket(ticket=mine), holder) == ["ticket_cancelled"]


def test_a_link_may_cancel_while_called(room: Room) -> None:
    """Whichever clerk holds the counter."""
    room.open("1", by=room.anna)
    mine = room.ticket("pass")
    room.call("1", room.anna)

    assert room.does(c.CancelTicket(ticket=mine), Actor(role="holder", principal="l", device=mine)) == [
        "ticket_cancelled"
    ]
    assert room.at("1").ticket is None


def test_devices_act_for_themselves(room: Room) -> None:
    side = Actor(role="kiosk", principal="device:side", device="side")
    ticket = room.ticket("pass", by=room.kiosk)

    assert room.code(c.IssueTicket(services=("pass",), kiosk="entrance"), side) == "not_yours"
    assert room.code(c.PrintTicket(ticket=ticket), side) == "not_yours"
    assert room.does(c.PrintTicket(ticket=ticket), room.kiosk) == ["print_requested"]
    job = next(iter(room.state.prints))
    other = Actor(role="printer", principal="device:other", device="other")
    assert room.code(c.ReportPrint(job=job, state="sent"), other) == "not_yours"
    assert room.does(c.ReportPrint(job=job, state="sent"), room.printer) == ["print_reported"]
    assert room.does(c.ReportPrint(job=job, state="sent"), room.printer) == []
    assert room.code(c.CallNext(counter="cash"), room.booth) == "not_yours"


@pytest.mark.parametrize(
    ("actor", "command", "said"),
    [
        (Actor(role="clerk", principal="anna", holder="h", page=True), c.CallNext(counter="3"), "counter:3"),
        (Actor(role="clerk", principal="anna", holder="h", page=True), c.CancelTicket(ticket="t"), "desk"),
        (Actor(role="supervisor", principal="page:eva", account="7"), c.CallNext(counter="3"), "supervisor:7"),
        (Actor(role="admin", principal="token:1"), c.OpenDay(), "supervisor:token"),
        (Actor(role="kiosk", principal="k", device="entrance"), c.RequestHelp(), "kiosk:entrance"),
        (Actor(role="holder", principal="l", device="t"), c.CancelTicket(ticket="t"), "holder"),
        (Actor(role="station", principal="s"), c.CallNext(counter="x"), "station:-"),
        (Actor(role="booking", principal="b"), c.ReleaseSlot(hold="h"), "booking"),
        (Actor(role="door", principal="door:mitte"), c.IssueTicket(services=("pass",)), "door"),
    ],
)
def test_the_log_never_names_a_clerk(actor: Actor, command: c.Command, said: str) -> None:
    assert by(actor, command) == said
