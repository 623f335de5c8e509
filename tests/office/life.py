"""A random life of an office: presses by random people, most of them sensible, some not at all."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec.structs import replace

from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.instants import DAY, HOUR, MINUTE
from server.messages.office import (
    Office,
)
from server.messages.terms import Need, Role
from server.office.hours import day_of
from tests.office.room import Room, instant, small_office

ROLES: tuple[Role, ...] = ("admin", "supervisor", "clerk", "desk", "kiosk", "station", "holder", "booking", "observer")


class Life:
    """Random presses by random people, most of them sensible, some not at all."""

    def __init__(self, room: Room, seed: int) -> None:
        self.room, self.random = room, random.Random(seed)
        self.mine: list[tuple[str, Actor]] = []

    def live(self, presses: int, look: Callable[[Room], None] = lambda room: None) -> Room:
        self.room.open("1", "2", "3", "4")
        for _ in range(presses):
            self.room.now += self.random.choice((0, 400, 2_000, 2_000, 9_000, 30_000, 90_000, 90_000, 400_000))
            if self.random.random() < 0.7:
                self.room.tick()
            by = self.actor()
            if self.mine and self.random.random() < 0.1:
                key, who = self.random.choice(self.mine[-3:])
                self.room.press(c.Undo(key=key), who if self.random.random() < 0.9 else by)
            else:
                self.room.press(self.command(), by, age_ms=20_000 if self.random.random() < 0.02 else 0)
                self.mine.append((self.room.last_key, by))
            look(self.room)
        return self.room

    def actor(self) -> Actor:
        own = (self.room.supervisor,) * 6 + (self.room.clerk,) * 6 + (self.room.kiosk, self.room.booth, self.room.cash)
        people = (*own, self.room.anna, self.room.bert, self.room.desk, self.room.admin, self.room.printer)
        if self.random.random() < 0.05:
            return Actor(role=self.random.choice(ROLES), principal="any", device=self.random.choice((None, "1", "x")))
        return self.random.choice(people)

    def some(self, options: Iterable[str], wrong: float = 0.03) -> str:
        known = list(options)
        return self.random.choice(known) if known and self.random.random() > wrong else "nothing"

    def services(self) -> tuple[str, ...]:
        known = [service.id for service in self.room.state.office.services]
        return tuple(self.random.sample(known, self.random.choice((1, 1, 1, 2, 3))))

    def wanted_at(self, counter: str) -> tuple[str, ...]:
        """The first service of the ticket at a counter."""
        held = self.room.state.counters.get(counter)
        ticket = self.room.state.tickets.get((held and held.ticket) or "")
        return ticket.services[:1] if ticket else ()

    def soon(self) -> datetime:
        ahead = self.random.choice((-MINUTE, 3 * MINUTE, 20 * MINUTE, HOUR, 5 * HOUR, 26 * HOUR))
        return instant(self.room.now + ahead)

    def planned(self, counter: str) -> c.Command:
        return c.SetRoster(weekday="mon", duty=(c.DutySpan(counter=counter, from_="08:00", to="12:00"),))

    def kept_free(self) -> c.Command:
        today = day_of(self.room.state.office, self.room.now + HOUR)
        return c.SetWalkIns(date=today, shares=(c.WalkInShare(percent=90),))

    def set_or_taken_back(self) -> c.Command:
        """A key that the office file may lack, today or tomorrow."""
        path, value = self.random.choice((("services.car.names.de", '"Auto"'), ("counters.1.services", '["pass"]')))
        if self.random.random() < 0.3:
            return c.TakeBackSetting(path=path)
        day = day_of(self.room.state.office, self.room.now + self.random.choice((0, DAY)))
        return c.LaySetting(path=path, value=value, from_day=day)

    def command(self) -> c.Command:
        r, state = self.random, self.room.state
        counter, ticket = self.some(state.counters), self.some(state.tickets)
        service, flip = self.some(state.services), r.random() < 0.5
        until = self.soon() if r.random() < 0.3 else None
        language = r.choice((None, "de", "en", "tr", "ar"))
        all_needs: tuple[tuple[Need, ...], ...] = ((), (), ("step_free",), ("hearing_loop", "escort"))
        needs = r.choice(all_needs)
        held = self.some((name for name, one in state.counters.items() if one.ticket), wrong=0.1)
        parked = self.some(name for name, one in state.tickets.items() if one.state == "parked")
        service_of = self.services()
        usual: list[Callable[[], c.Command]] = [
            lambda: c.IssueTicket(services=service_of, needs=needs, language=language, quantities={service_of[0]: 2}),
            lambda: c.IssueTicket(services=service_of, needs=needs, category=r.choice(("walk_in", "priority"))),
            lambda: c.OpenCounter(counter=counter) if flip else c.CallNext(counter=counter),
            lambda: c.CallNext(counter=counter, finish_current=flip),
            lambda: c.StartService(counter=held),
            lambda: c.StartService(counter=held),
            lambda: c.FinishService(counter=held, wrap_up=r.random() < 0.2),
        ]
        at_work: list[Callable[[], c.Command]] = [
            lambda: c.ShowPhrase(counter=held, phrase="papers") if flip else c.RepeatCall(counter=held),
            lambda: c.WithdrawCall(counter=held),
            lambda: c.MarkMissed(counter=held),
            lambda: c.SendToStation(counter=held, station=r.choice(("booth", "cash"))),
            lambda: c.ParkTicket(counter=held),
            lambda: c.ResumeTicket(counter=counter, ticket=parked),
            lambda: c.FinishService(counter=held),
        ]
        other: list[Callable[[], c.Command]] = [
            lambda: c.ServeDirect(counter=counter, services=self.services()),
            lambda: c.PrintTicket(ticket=ticket, printer="paper"),
            lambda: c.ReportPrint(job=self.some(state.prints), state=r.choice(("sent", "confirmed", "failed"))),
            lambda: c.LeaseNumbers(services=self.services(), count=r.randint(1, 5)),
            lambda: c.CancelTicket(ticket=ticket),
            lambda: c.TakeOverCounter(counter=counter),
            lambda: c.CloseCounter(counter=counter),
            lambda: c.PauseCounter(counter=counter, reason="lunch"),
            lambda: c.BeginWrapUp(counter=counter),
            lambda: c.ResumeCounter(counter=counter),
            lambda: c.CallTicket(counter=counter, ticket=ticket, finish_current=flip),
            lambda: c.FinishService(counter=counter, outcome=r.choice(("done", "left", "not_possible"))),
            lambda: c.FinishService(counter=held, services_done=r.choice((self.services(), self.wanted_at(held), ()))),
            lambda: c.CallNext(counter=held, finish_current=True, services_done=self.wanted_at(held)),
            lambda: c.TransferTicket(ticket=ticket, to_service=service, not_before=until),
            lambda: c.TransferTicket(ticket=ticket, to_counter=counter, not_before=until),
            lambda: c.ReturnTicket(ticket=ticket),
            lambda: c.PauseTicket(ticket=ticket, minutes=r.choice((None, 1, 15))),
            lambda: c.SetServices(ticket=ticket, services=self.services()),
            lambda: c.SetCategory(ticket=ticket, category=r.choice(("walk_in", "priority"))),
            lambda: c.SetNeeds(ticket=ticket, needs=needs),
            lambda: c.BoostTicket(ticket=ticket, minutes=r.choice((-5, 20))),
            lambda: c.BoostService(service=service, minutes=r.choice((-10, 0, 30)), until=until),
            lambda: c.MoveTickets(tickets=(ticket,), to_service=service),
            lambda: c.AssignCounter(counter=counter, services=self.services()[:1], until=until),
            lambda: c.OpenService(service=service),
            lambda: c.CloseService(service=service, until=until),
            lambda: c.LimitService(service=service, tickets=r.choice((None, 3))),
            lambda: c.SetPolicy(preset=r.choice(("balanced", "punctual", "plain")), until=until),
            lambda: c.ApplyMoves(
                moves=(
                    c.AssignCounter(counter=counter, services=self.services()[:1]),
                    c.BoostTicket(ticket=ticket, minutes=10),
                    c.CloseService(service=service),
                ),
                until=until,
            ),
            lambda: c.RevertMoves(key=self.some(state.moves)),
            lambda: c.SetRule(rule="car-help", on=flip),
            lambda: c.SetRule(
                rule=r.choice(("written", "other")),
                on=flip,
                says=c.RuleText(service=service, over_minutes=30, under_minutes=10, counters=(counter,)),
            ),
            lambda: c.SetRule(rule=self.some(state.written), on=False, remove=True),
            lambda: c.ActOnRule(rule="car-help", act=flip),
            lambda: c.StartSituation(situation=r.choice(("evacuation", "meeting")), until=until),
            lambda: c.CallHelper(helper="guide", until=until),
            lambda: c.PostMessage(text={"de": "Hallo"}, zones=r.choice(((), ("up",))), until=until),
            lambda: c.ClearMessage(message=self.some(state.messages)),
            lambda: c.AcknowledgeMessage(counter=counter, message=self.some(state.messages)),
            lambda: c.SilenceZone(zone="hall", until=until),
            lambda: c.EndSilence(zone="hall"),
            lambda: c.TestCall(zone="up"),
            lambda: self.planned(counter) if flip else self.kept_free(),
            c.RequestHelp,
            lambda: c.AcceptHelp(help=self.some(state.help)),
            lambda: c.RaiseAlarm(counter=counter if flip else None),
            lambda: c.AcceptAlarm(counter=counter if flip else None, from_="1"),
            lambda: c.EndAlarm(counter=counter if flip else None),
            lambda: c.HoldSlot(services=("pass",), start=self.soon()),
            lambda: c.ReleaseSlot(hold=self.some(state.holds)),
            lambda: c.BookAppointment(services=self.services()[:1], start=self.soon(), language=language),
            lambda: c.MoveAppointment(appointment=self.some(state.appointments), start=self.soon()),
            lambda: c.CancelAppointment(appointment=self.some(state.appointments)),
            lambda: c.CheckIn(code=self.some(state.codes)),
            lambda: c.CheckIn(code=self.some(state.codes)),
            lambda: c.OpenDay() if r.random() < 0.7 else c.CloseDay(force=r.random() < 0.3),
            lambda: c.ConfigureOffice(office=self._changed()) if r.random() < 0.3 else c.ChangeEpoch(reason="fork"),
            self.set_or_taken_back,
        ]
        if state.day is None and flip:
            return c.OpenDay()
        return r.choice(r.choice((usual, usual, usual, at_work, at_work, other, other, other)))()

    def _changed(self) -> Office:
        """The same office file some time later: some things are new, some are gone."""
        office = small_office(revision=self.room.state.office.revision + 1)
        gone = self.random.choice(("car", "photo", "small"))
        counters = [replace(desk, services=_without(desk.services, gone)) for desk in office.counters if desk.id != "3"]
        stations = [replace(station, services=_without(station.services, gone)) for station in office.stations]
        services = tuple(service for service in office.services if service.id != gone)
        full = self.random.random() < 0.5
        changed = replace(office, services=services, counters=tuple(counters), stations=tuple(stations[:1]))
        return office if full else changed


def _without(services: tuple[str, ...], gone: str) -> tuple[str, ...]:
    return tuple(service for service in services if service != gone)
