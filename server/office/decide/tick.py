"""Time as a fact: what is due by now, and the events that say it happened. Any node may decide a tick; its key makes it once."""

from collections.abc import Callable, Iterator

from server.messages import commands as c
from server.messages import events as e
from server.office import hours
from server.office.decide import guards
from server.office.decide.day import begin, close_day
from server.office.decide.moves import revert
from server.office.decide.press import Case, Rules
from server.office.decide.tickets import returned
from server.office.state import SECOND, State


def key_of(tick: c.Tick) -> str:
    return f"tick:{tick.kind}:{tick.id}:{tick.due}"


def ticks(state: State) -> Iterator[c.Tick]:
    """Everything that will become a fact by itself, with its instant; of appointments, those due next: there are thousands."""
    if not state.configured:
        return
    if state.last_day is not None:
        yield c.Tick(kind="day", id=state.last_day, due=hours.midnight_after(state.office, state.last_day))
    if state.day is None:
        return
    for kind, name, due in _due(state):
        if due is not None:
            yield c.Tick(kind=kind, id=name, due=due)


def _due(state: State) -> Iterator[tuple[str, str, int | None]]:
    assumed = state.office.policy.arrival == "assumed"
    for ticket in state.living():
        if ticket.state == "away":
            yield "away", ticket.id, ticket.away_until
        elif ticket.state == "called" and assumed and ticket.called_at is not None:
            yield "arrival", ticket.id, ticket.called_at + state.office.policy.arrival_after * SECOND
    for counter in state.counters.values():
        if counter.assignment is not None:
            yield "assignment", counter.id, counter.assignment.until
    for service in state.services.values():
        yield "service", service.id, service.until if service.closed else None
        yield "boost", service.id, service.boost_until if service.boost else None
    yield "policy", "-", state.preset_until
    for message in state.messages.values():
        yield "message", message.id, message.until
    for zone, until in state.silences.items():
        yield "silence", zone, until
    for helper, until in state.helpers.items():
        yield "helper", helper, until
    for moves in state.moves.values():
        yield "moves", moves.key, moves.until
    for hold in state.holds.values():
        yield "hold", hold.id, hold.until
    yield from _no_shows(state)


def _no_shows(state: State) -> Iterator[tuple[str, str, int]]:
    """What is over by the time of the log, and the next slot after that."""
    late, upcoming = state.office.policy.no_show_after * SECOND, None
    for start, name in state.coming:
        if start + late > state.at:
            if upcoming is not None and start > upcoming:
                return
            upcoming = start
        yield "no_show", name, start + late


def tick(case: Case, command: c.Tick) -> None:
    guards.allowed(case)
    still_due = any(one == command for one in ticks(case.state))
    if still_due and command.due <= case.now:
        _RULES[command.kind](case, command.id)


def _day(case: Case, day: str) -> None:
    if case.state.day is not None:
        close_day(case, c.CloseDay(force=True))
    begin(case)


def _away(case: Case, name: str) -> None:
    returned(case, case.state.tickets[name])


def _arrival(case: Case, name: str) -> None:
    ticket = case.state.tickets[name]
    case.say(e.ServiceStarted, ticket=ticket.id, number=ticket.number, counter=ticket.counter)


def _assignment(case: Case, name: str) -> None:
    given = case.state.counters[name].assignment
    assert given is not None, "it is due"
    case.say(e.CounterAssigned, counter=name, services=given.before, reason=given.reason, ended=True)


def _service(case: Case, name: str) -> None:
    case.say(e.ServiceOpened, service=name)


def _boost(case: Case, name: str) -> None:
    case.say(e.ServiceBoosted, service=name, minutes=0)


def _policy(case: Case, name: str) -> None:
    case.say(e.PolicySet, preset=case.state.preset_before or case.state.office.policy.preset, ended=True)


def _message(case: Case, name: str) -> None:
    case.say(e.MessageCleared, message=name)


def _silence(case: Case, name: str) -> None:
    case.say(e.SilenceEnded, zone=name)


def _helper(case: Case, name: str) -> None:
    case.say(e.HelperCalled, helper=name, ended=True)


def _moves(case: Case, name: str) -> None:
    revert(case, case.state.moves[name])


def _hold(case: Case, name: str) -> None:
    case.say(e.SlotReleased, hold=name)


def _no_show(case: Case, name: str) -> None:
    case.say(e.AppointmentMissed, appointment=name)


_RULES: dict[str, Callable[[Case, str], None]] = {
    "day": _day,
    "away": _away,
    "arrival": _arrival,
    "assignment": _assignment,
    "service": _service,
    "boost": _boost,
    "policy": _policy,
    "message": _message,
    "silence": _silence,
    "helper": _helper,
    "moves": _moves,
    "hold": _hold,
    "no_show": _no_show,
}
RULES: Rules = {c.Tick: tick}
