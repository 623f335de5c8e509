"""A day in which everything happens once: pressed through `decide`, so that its log is one that an office writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import ModuleType
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from server.messages import commands as c
from server.messages.facts import Told
from server.messages.instants import DAY, HOUR, MINUTE
from server.office.hours import day_of

if TYPE_CHECKING:
    from tests.office.room import Room


def rich_day(house: ModuleType) -> Room:
    """`house`: the module of the room's fixtures."""
    at: Callable[[int], datetime] = house.instant
    office = house.small_office()
    room: Room = house.Room(office).begin(office)
    how = room.supervisor
    bookings(room, at)
    room.open("1", "2", "3", "4", by=room.anna)
    visits(room)
    steps(room)
    moves(room, at)
    words(room, at)
    room.does(c.OpenCounter(counter="2"))
    room.does(c.TakeOverCounter(counter="1"), room.bert)
    room.does(c.ServeDirect(counter="4", services=("post",), channel="phone"))
    room.finish("4", wrap_up=True)
    room.does(c.CloseCounter(counter="4"))
    room.does(c.ConfigureOffice(office=replace(office, revision=2, name="Amt am Markt")), room.system, key="office:2")
    room.does(c.SetModel(version="2026-11-22-0f3c5a7e9b1d"), room.system, key="model:1")
    settings(room)
    over_night(room)
    ticket = room.ticket("pass", language="uk")
    room.does(c.CancelTicket(ticket=ticket, reason="left"))
    room.undo()
    room.open("2")
    room.call("2")
    room.does(c.ChangeEpoch(reason="restore", lost=("ticket_issued A009",)), room.system)
    room.does(c.LimitService(service="car", tickets=4), how)
    room.does(c.KeepTime(ahead=MINUTE), room.system, key="time:1")
    room.does(c.LimitService(service="car", tickets=5), how)
    return room


def bookings(room: Room, at: Callable[[int], datetime]) -> None:
    room.does(c.HoldSlot(services=("pass",), start=at(room.now + HOUR)), room.booking)
    hold = next(iter(room.state.holds))
    room.does(
        c.BookAppointment(services=("pass",), start=at(room.now + HOUR), hold=hold, reference="ext-7"), room.booking
    )
    code = next(iter(room.state.codes))
    room.does(c.MoveAppointment(appointment=room.state.codes[code], start=at(room.now + 20 * MINUTE)), room.booking)
    room.does(c.HoldSlot(services=("reg",), start=at(room.now + HOUR)), room.booking)
    room.does(c.ReleaseSlot(hold=next(iter(room.state.holds))), room.booking)
    room.does(c.CancelAppointment(appointment=room.state.codes[room.book(room.now + HOUR)]), room.desk)
    room.book(room.now + 10 * MINUTE, "reg")
    room.book(room.now + 26 * HOUR, "car", persons=2, language="ar")
    room.does(c.CheckIn(code=code), room.kiosk)


def visits(room: Room) -> None:
    """Called, repeated, missed, returned, away, parked, sent to a station, transferred, withdrawn, cancelled, printed."""
    first = room.ticket("pass", by=room.kiosk, needs=("step_free",), language="tr")
    room.does(c.ReportPrint(job=next(iter(room.state.prints)), state="confirmed"), room.printer)
    second, third = room.ticket("pass", "car"), room.ticket("reg", category="priority")
    room.does(c.LeaseNumbers(services=("pass",), count=5), room.kiosk)
    away = room.ticket("pass")
    room.does(c.PauseTicket(ticket=away, minutes=5), room.desk)
    room.does(c.CallTicket(counter="1", ticket=first), room.anna)
    room.does(c.RepeatCall(counter="1"), room.anna)
    room.does(c.MarkMissed(counter="1"), room.anna)
    room.does(c.CallTicket(counter="1", ticket=third), room.anna)
    room.does(c.WithdrawCall(counter="1"), room.anna)
    room.does(c.CallTicket(counter="2", ticket=third), room.anna)
    room.does(c.StartService(counter="2"), room.anna)
    room.does(c.ParkTicket(counter="2"), room.anna)
    room.does(c.ResumeTicket(counter="2", ticket=third), room.anna)
    room.does(c.SendToStation(counter="2", station="booth"), room.anna)
    room.call("booth", room.booth)
    room.does(c.StartService(counter="booth"), room.booth)
    room.does(c.FinishService(counter="booth"), room.booth)
    room.does(c.CallTicket(counter="1", ticket=second), room.anna)
    room.does(c.StartService(counter="1"), room.anna)
    room.does(c.ShowPhrase(counter="1", phrase="papers"), room.anna)
    room.does(c.FinishService(counter="1"), room.anna)
    room.does(c.SetServices(ticket=second, services=("car", "reg")), room.desk)
    room.does(c.SetCategory(ticket=second, category="priority"), room.desk)
    room.does(c.SetNeeds(ticket=second, needs=("escort",)), room.desk)
    room.does(c.TransferTicket(ticket=second, to_counter="3"), room.anna)
    room.after(6 * MINUTE)


def steps(room: Room) -> None:
    """What events about visits of several services, promises and closing counters contain since the second release."""
    told = Told(low=5, median=9, high=16, model="m1", learning=True)
    room.promise = lambda *of: told
    ticket = room.ticket("pass", "car", "reg")
    room.promise = None
    room.does(c.CallTicket(counter="2", ticket=ticket), room.anna)
    room.does(c.StartService(counter="2"), room.anna)
    room.does(c.AssignCounter(counter="2", services=("reg",)), room.supervisor)
    room.does(c.CallNext(counter="2", finish_current=True, services_done=("pass",)), room.anna)
    if room.at("2").ticket is not None:
        room.does(c.WithdrawCall(counter="2"), room.anna)
    room.does(c.MoveTickets(tickets=(ticket,), to_service="small", from_service="car"), room.supervisor)
    room.does(c.TransferTicket(ticket=ticket, to_counter="4"), room.anna)
    room.does(c.CloseCounter(counter="4"), room.anna)
    room.does(c.OpenCounter(counter="4"), room.anna)


def moves(room: Room, at: Callable[[int], datetime]) -> None:
    how, soon = room.supervisor, at(room.now + 30 * MINUTE)
    one, two = room.ticket("pass"), room.ticket("pass")
    room.does(c.BoostTicket(ticket=one, minutes=20), how)
    room.does(c.BoostService(service="reg", minutes=10, until=soon), how)
    room.does(c.MoveTickets(tickets=(two,), to_service="reg"), how)
    room.does(c.AssignCounter(counter="3", services=("pass",), until=soon, reason="voll"), how)
    room.does(c.CloseService(service="social", reason="personal"), how)
    room.does(c.OpenService(service="social"), how)
    room.does(c.LimitService(service="pass", tickets=80), how)
    room.does(c.SetPolicy(preset="punctual", until=soon), how)
    room.does(
        c.ApplyMoves(moves=(c.CloseService(service="small"), c.BoostTicket(ticket=two, minutes=5)), until=soon), how
    )
    room.does(c.NoteEffect(set=room.last_key, minutes=4.5), room.system, key="effect:1")
    room.does(c.PauseCounter(counter="2", reason="lunch", back_at=soon), room.anna)
    room.does(c.BeginWrapUp(counter="4"), room.anna)
    room.does(c.ResumeCounter(counter="4"), room.anna)
    room.does(c.SetRule(rule="car-help", on=True), how)
    says = c.RuleText(service="pass", over_minutes=40, under_minutes=20, counters=("3",))
    room.does(c.SetRule(rule="pass-help", on=True, says=says), how)
    room.does(c.SetRule(rule="gone", on=False, says=says), how)
    room.does(c.SetRule(rule="gone", on=False, remove=True), how)
    room.does(c.CallHelper(helper="guide", until=soon), how)
    room.does(c.SetRoster(weekday="tue", duty=(span("08:00", "16:00"), span("12:00", "12:30", kind="break"))), how)
    room.does(c.SetWalkIns(date="2026-12-01", shares=(c.WalkInShare(percent=70, to="12:00"),)), how)
    room.after(31 * MINUTE)


def span(start: str, end: str, **more: Any) -> c.DutySpan:
    return c.DutySpan(counter="1", from_=start, to=end, **more)


def words(room: Room, at: Callable[[int], datetime]) -> None:
    room.does(c.PostMessage(text={"de": "Aufzug defekt", "en": "Lift out of order"}, zones=("up",)), room.supervisor)
    room.does(c.PostMessage(text={"de": "kurz"}, until=at(room.now + MINUTE)), room.supervisor)
    room.does(c.PostMessage(text={"de": "Bitte gehen"}, speak=True), room.supervisor)
    for note in range(4):  # more than one entry of a new day can hold
        room.does(c.PostMessage(text={"de": f"Hinweis {note}"}, counters=("1",)), room.supervisor)
    room.does(c.AcknowledgeMessage(counter="1", message=next(iter(room.state.messages))), room.anna)
    room.does(c.SilenceZone(zone="hall", until=at(room.now + 2 * MINUTE)), room.supervisor)
    room.does(c.TestCall(zone="up"), room.supervisor)
    room.does(c.RequestHelp(), room.kiosk)
    room.does(c.AcceptHelp(help=next(iter(room.state.help))), room.desk)
    room.does(c.RaiseAlarm(counter="1"), room.anna)
    room.does(c.AcceptAlarm(counter="1", from_="2"), room.anna)
    room.does(c.EndAlarm(counter="1"), room.anna)
    room.does(c.RaiseAlarm(), room.desk)
    room.after(3 * MINUTE)


def settings(room: Room) -> None:
    """What administrators lay over the office file: one that counts, one that is taken back, one from the next day on."""
    today, tomorrow = day_of(room.state.office, room.now), day_of(room.state.office, room.now + DAY)
    room.does(c.LaySetting(path="services.reg.names.en", value='"Registration"', from_day=today), room.admin)
    room.does(c.LaySetting(path="ticket.de", value='"Danke"', from_day=today), room.admin)
    room.does(c.TakeBackSetting(path="ticket.de"), room.admin)
    room.does(c.LaySetting(path="hours.days.2026-12-31", value="[]", from_day=tomorrow), room.admin)


def over_night(room: Room) -> None:
    """Somebody is being served at midnight."""
    room.ticket("pass")
    if room.at("1").ticket is None:
        room.call("1")
    room.does(c.StartService(counter="1"))
    room.now = 1_795_474_800_000
    room.tick()
    room.sleep(9 * HOUR)
    room.does(c.OpenCounter(counter="3"))
