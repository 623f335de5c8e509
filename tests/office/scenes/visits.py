"""One scene for each command about tickets and at counters: each has the command's name."""

from __future__ import annotations

from msgspec.structs import replace

from server.messages import commands as c
from server.messages.instants import MINUTE
from tests.office.room import Room, instant
from tests.office.scenes.stage import Scene, soon, two_tickets


def issue_ticket(room: Room) -> Scene:
    others = {
        "services": ("car",), "category": "priority", "needs": ("step_free",), "persons": 3, "quantities": {"pass": 2},
        "language": "tr",
        "printer": "back", "kiosk": "side",
    }  # fmt: skip
    return room.desk, c.IssueTicket(services=("pass",), printer="paper", kiosk="entrance"), others


def serve_direct(room: Room) -> Scene:
    return (
        room.clerk,
        c.ServeDirect(counter="1", services=("pass",)),
        {"counter": "2", "services": ("reg",), "persons": 2, "channel": "phone"},
    )


def print_ticket(room: Room) -> Scene:
    one, other = two_tickets(room)
    return room.desk, c.PrintTicket(ticket=one, printer="paper"), {"ticket": other, "printer": "back"}


def report_print(room: Room) -> Scene:
    two_tickets(room, kiosk="entrance", printer="paper")
    one, other = room.state.prints
    others = {"job": other, "state": "confirmed", "reason": "cover_open"}
    return room.printer, c.ReportPrint(job=one, state="failed", reason="no_paper"), others


def lease_numbers(room: Room) -> Scene:
    return room.kiosk, c.LeaseNumbers(services=("pass",), count=3), {"services": ("reg",), "count": 5}


def hand_in_tickets(room: Room) -> Scene:
    for service in ("pass", "reg"):
        room.does(c.LeaseNumbers(services=(service,), count=3), room.kiosk)
    one, other = room.state.leases.values()
    number = f"{one.letters['pass']}{one.blocks[0][1]:03d}"
    handed = c.HandedIn(number=number, service="pass", issued_at=instant(room.now))
    late = replace(handed, issued_at=instant(room.now - 5 * MINUTE))
    return room.kiosk, c.HandInTickets(lease=one.id, tickets=(handed,)), {"lease": other.id, "tickets": (late,)}


def cancel_ticket(room: Room) -> Scene:
    one, other = two_tickets(room)
    return room.desk, c.CancelTicket(ticket=one, reason="gone"), {"ticket": other, "reason": "wrong"}


def open_counter(room: Room) -> Scene:
    for counter in ("1", "2"):
        room.does(c.CloseCounter(counter=counter))
    return (
        room.clerk,
        c.OpenCounter(counter="1", services=("pass",)),
        {"counter": "2", "services": ("reg",), "seen_seq": room.state.seq + 1},
    )


def take_over_counter(room: Room) -> Scene:
    for counter in ("1", "2"):
        room.does(c.TakeOverCounter(counter=counter), room.bert)
    return room.anna, c.TakeOverCounter(counter="1"), {"counter": "2"}


def close_counter(room: Room) -> Scene:
    return room.clerk, c.CloseCounter(counter="1"), {"counter": "2", "seen_seq": room.state.seq + 1}


def pause_counter(room: Room) -> Scene:
    command = c.PauseCounter(counter="1", reason="lunch", back_at=soon(room))
    return (
        room.clerk,
        command,
        {"counter": "2", "reason": "team", "back_at": soon(room, 20), "seen_seq": room.state.seq + 1},
    )


def begin_wrap_up(room: Room) -> Scene:
    return room.clerk, c.BeginWrapUp(counter="1"), {"counter": "2"}


def resume_counter(room: Room) -> Scene:
    for counter in ("1", "2"):
        room.does(c.PauseCounter(counter=counter))
    return room.clerk, c.ResumeCounter(counter="1"), {"counter": "2", "seen_seq": room.state.seq + 1}


def serving(room: Room, *counters: str, wants: tuple[str, ...] = ("pass", "reg", "photo")) -> None:
    for _ in counters:
        room.ticket(*wants)
    for counter in counters:
        room.serve(counter)


def call_next(room: Room) -> Scene:
    serving(room, "1", "2")
    room.ticket("pass")
    command = c.CallNext(counter="1", finish_current=True, services_done=("pass",), outcome="done")
    return room.clerk, command, {
        "counter": "2", "finish_current": False, "services_done": ("reg",), "outcome": "left",
    }  # fmt: skip


def call_ticket(room: Room) -> Scene:
    serving(room, "1", "2")
    one, other = two_tickets(room)
    command = c.CallTicket(counter="1", ticket=one, finish_current=True)
    return room.clerk, command, {"counter": "2", "ticket": other, "finish_current": False}


def called(room: Room) -> None:
    two_tickets(room)
    for counter in ("1", "2"):
        room.call(counter)


def repeat_call(room: Room) -> Scene:
    called(room)
    return room.clerk, c.RepeatCall(counter="1"), {"counter": "2"}


def withdraw_call(room: Room) -> Scene:
    called(room)
    return room.clerk, c.WithdrawCall(counter="1"), {"counter": "2"}


def start_service(room: Room) -> Scene:
    called(room)
    return room.clerk, c.StartService(counter="1"), {"counter": "2"}


def mark_missed(room: Room) -> Scene:
    called(room)
    return room.clerk, c.MarkMissed(counter="1"), {"counter": "2"}


def finish_service(room: Room) -> Scene:
    serving(room, "1", "2")
    others = {"counter": "2", "outcome": "not_possible", "services_done": ("reg",), "wrap_up": True}
    return room.clerk, c.FinishService(counter="1", services_done=("pass",)), others


def transfer_ticket(room: Room) -> Scene:
    one, other = two_tickets(room, "pass", "reg")
    command = c.TransferTicket(ticket=one, to_service="car", to_counter="3", not_before=soon(room), from_service="pass")
    others = {
        "ticket": other, "to_service": "photo", "to_counter": None, "not_before": soon(room, 60), "from_service": "reg",
    }  # fmt: skip
    return room.clerk, command, others


def send_to_station(room: Room) -> Scene:
    serving(room, "1", "2")
    return room.clerk, c.SendToStation(counter="1", station="booth"), {"counter": "2", "station": "cash"}


def show_phrase(room: Room) -> Scene:
    serving(room, "1", "2")
    return room.clerk, c.ShowPhrase(counter="1", phrase="wait"), {"counter": "2", "phrase": "sign"}


def park_ticket(room: Room) -> Scene:
    serving(room, "1", "2")
    return room.clerk, c.ParkTicket(counter="1"), {"counter": "2"}


def resume_ticket(room: Room) -> Scene:
    serving(room, "1", "2")
    for counter in ("1", "2"):
        room.does(c.ParkTicket(counter=counter))
    one, other = (ticket.id for ticket in room.state.tickets.values() if ticket.state == "parked")
    return room.clerk, c.ResumeTicket(counter="1", ticket=one), {"counter": "2", "ticket": other}


def return_ticket(room: Room) -> Scene:
    one, other = two_tickets(room)
    for ticket in (one, other):
        room.does(c.PauseTicket(ticket=ticket, minutes=20), room.desk)
    return room.desk, c.ReturnTicket(ticket=one), {"ticket": other}


def pause_ticket(room: Room) -> Scene:
    one, other = two_tickets(room)
    return room.desk, c.PauseTicket(ticket=one, minutes=5), {"ticket": other, "minutes": 30}


def set_services(room: Room) -> Scene:
    one, other = two_tickets(room)
    return room.desk, c.SetServices(ticket=one, services=("reg",)), {"ticket": other, "services": ("car",)}


def set_category(room: Room) -> Scene:
    one, other = two_tickets(room)
    return room.desk, c.SetCategory(ticket=one, category="priority"), {"ticket": other, "category": "walk_in"}


def set_needs(room: Room) -> Scene:
    one, other = two_tickets(room)
    return room.desk, c.SetNeeds(ticket=one, needs=("hearing_loop",)), {"ticket": other, "needs": ("escort",)}
