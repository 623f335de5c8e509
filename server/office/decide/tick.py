"""What happens by time alone, as events. Any node may decide a tick; its key makes sure that it happens only once."""

from collections.abc import Callable

from server.messages import commands as c
from server.messages import events as e
from server.office.decide import guards
from server.office.decide.day import begin, close_day
from server.office.decide.moves import revert
from server.office.decide.press import Case, Rules
from server.office.decide.tickets import returned
from server.office.due import ticks


def tick(case: Case, command: c.Tick) -> None:
    guards.allowed(case)
    # already over: another node was faster, or somebody has changed the end since the tick was sent
    still_due = any(one == command for one in ticks(case.state))
    if still_due and command.due <= case.now:
        BY_KIND[command.kind](case, command.id)


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


BY_KIND: dict[str, Callable[[Case, str], None]] = {
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
