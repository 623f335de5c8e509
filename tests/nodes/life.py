"""A random life in an office: anything that people could press next, in no sensible order. The desk accepts or refuses it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import Random

from server.messages import commands as c
from server.messages.commands import Command
from server.messages.instants import MINUTE
from server.office.hours import day_of
from server.office.state import State

Make = Callable[["Chance"], Command]


class Chance:
    """Picks at random from what is in the state."""

    def __init__(self, random: Random, state: State, keys: Sequence[str] = ()) -> None:
        self.random, self.state, self.keys = random, state, keys

    def one(self, names: Sequence[str]) -> str:
        return self.random.choice(list(names)) if names else "nobody"

    @property
    def counter(self) -> str:
        return self.one(["1", "1", "2", "2", "5", "8"])

    @property
    def service(self) -> str:
        return self.one(["ausweis", "meldung", "meldung", "kfz", "soziales"])

    @property
    def ticket(self) -> str:
        return self.one(sorted(self.state.tickets))

    def in_state(self, *states: str) -> str:
        return self.one(sorted(t.id for t in self.state.tickets.values() if t.state in states))

    def soon(self, minutes: int = 0) -> datetime:
        ms = self.state.at + (minutes or self.random.randrange(1, 90)) * MINUTE
        return datetime.fromtimestamp(ms / 1000, UTC)


def _plan(x: Chance) -> Command:
    hours = x.random.randrange(8)
    if hours == 0:
        return c.SetWalkIns(date=day_of(x.state.office, x.state.at), shares=(c.WalkInShare(percent=80),))
    return c.SetRoster(weekday="mon", duty=(c.DutySpan(counter="1", from_="08:00", to=f"1{hours}:00"),))


PRESSES: list[tuple[int, Make]] = [
    (30, lambda x: c.IssueTicket(services=(x.service,))),
    (6, lambda x: c.IssueTicket(services=("ausweis", "meldung"), language="en", persons=2, printer="entrance")),
    (3, lambda x: c.IssueTicket(services=(x.service,), quantities={x.service: 3})),
    (4, lambda x: c.IssueTicket(services=(x.service,), category="priority", needs=("step_free",))),
    (25, lambda x: c.OpenCounter(counter=x.counter)),
    (40, lambda x: c.CallNext(counter=x.counter)),
    (8, lambda x: c.CallNext(counter=x.counter, finish_current=True)),
    (25, lambda x: c.StartService(counter=x.counter)),
    (20, lambda x: c.FinishService(counter=x.counter)),
    (3, lambda x: c.FinishService(counter=x.counter, outcome="left", wrap_up=True)),
    (6, lambda x: c.RepeatCall(counter=x.counter)),
    (6, lambda x: c.MarkMissed(counter=x.counter)),
    (4, lambda x: c.WithdrawCall(counter=x.counter)),
    (5, lambda x: c.ParkTicket(counter=x.counter)),
    (2, lambda x: c.ShowPhrase(counter=x.counter, phrase="sign")),
    (5, lambda x: c.ResumeTicket(counter=x.counter, ticket=x.in_state("parked"))),
    (4, lambda x: c.ReturnTicket(ticket=x.in_state("missed", "away", "parked"))),
    (5, lambda x: c.PauseTicket(ticket=x.in_state("waiting"), minutes=5)),
    (4, lambda x: c.CallTicket(counter=x.counter, ticket=x.in_state("waiting", "away", "missed"))),
    (4, lambda x: c.TransferTicket(ticket=x.ticket, to_service=x.service, not_before=x.soon(10))),
    (3, lambda x: c.TransferTicket(ticket=x.ticket, to_counter=x.counter)),
    (4, lambda x: c.CancelTicket(ticket=x.ticket)),
    (3, lambda x: c.SetServices(ticket=x.ticket, services=(x.service,))),
    (3, lambda x: c.SetCategory(ticket=x.ticket, category="priority")),
    (2, lambda x: c.SetNeeds(ticket=x.ticket, needs=("escort",))),
    (3, lambda x: c.BoostTicket(ticket=x.ticket, minutes=15)),
    (2, lambda x: c.BoostService(service=x.service, minutes=10, until=x.soon())),
    (2, lambda x: c.MoveTickets(tickets=(x.ticket,), to_service=x.service)),
    (3, lambda x: c.PauseCounter(counter=x.counter, reason="pause")),
    (3, lambda x: c.BeginWrapUp(counter=x.counter)),
    (4, lambda x: c.ResumeCounter(counter=x.counter)),
    (2, lambda x: c.CloseCounter(counter=x.counter)),
    (2, lambda x: c.TakeOverCounter(counter=x.counter)),
    (3, lambda x: c.AssignCounter(counter=x.counter, services=(x.service,), until=x.soon())),
    (2, lambda x: c.CloseService(service=x.service, reason="voll", until=x.soon())),
    (2, lambda x: c.OpenService(service=x.service)),
    (1, lambda x: c.LimitService(service=x.service, tickets=50)),
    (1, lambda x: c.SetPolicy(preset="punctual", until=x.soon())),
    (2, lambda x: c.ApplyMoves(moves=(c.BoostService(service=x.service, minutes=5),), until=x.soon())),
    (1, lambda x: c.StartSituation(situation="besprechung", until=x.soon())),
    (1, lambda x: c.PostMessage(text={"de": "Aufzug defekt"}, until=x.soon())),
    (1, lambda x: c.ClearMessage(message=x.one(sorted(x.state.messages)))),
    (1, lambda x: c.SilenceZone(zone="hall", until=x.soon())),
    (1, lambda x: c.EndSilence(zone="hall")),
    (1, lambda x: c.RaiseAlarm(counter=x.counter)),
    (1, lambda x: c.EndAlarm(counter=x.counter)),
    (3, lambda x: c.ServeDirect(counter=x.counter, services=(x.service,))),
    (3, lambda x: c.BookAppointment(services=(x.service,), start=x.soon())),
    (1, lambda x: c.BookAppointment(services=(x.service,), start=x.soon(3 * 24 * 60))),
    (3, lambda x: c.CheckIn(code=x.one(sorted(x.state.codes)))),
    (1, lambda x: c.CancelAppointment(appointment=x.one(sorted(x.state.appointments)))),
    (1, lambda x: _plan(x)),
    (8, lambda x: c.Undo(key=x.keys[-1] if x.keys else "none")),
]


def press(random: Random, state: State, keys: Sequence[str] = ()) -> Command:
    """One press; `keys`: those used so far, the newest last."""
    (made,) = random.choices([make for _, make in PRESSES], [weight for weight, _ in PRESSES])
    return made(Chance(random, state, keys))
