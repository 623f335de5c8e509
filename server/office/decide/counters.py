"""Counters: open, take over, pause, wrap up, resume, close. A counter belongs to its holder until somebody takes it over."""

from server.messages import commands as c
from server.messages import events as e
from server.messages.office import StationPlan
from server.office.decide import guards
from server.office.decide.press import Case, No, Rules
from server.office.equipped import able, opens_with
from server.office.state import HELD


def open_counter(case: Case, command: c.OpenCounter) -> None:
    services = guards.known_services(case, command.services) if command.services else None
    counter = guards.at_counter(case, command.counter)
    place = case.state.places[counter.id]
    if counter.state == "closed" and not isinstance(place, StationPlan) and place.retired:
        raise No("unknown_counter", f"counter {counter.id} is no longer in the office file")
    if counter.state in ("paused", "wrap_up"):
        case.say(e.CounterResumed, counter=counter.id)
    elif counter.state == "closed":
        wanted = services or opens_with(case.state, counter)
        can_do(case, counter.id, wanted)
        case.say(e.CounterOpened, counter=counter.id, services=wanted, holder=_holder(case))


def _holder(case: Case) -> str | None:
    """A clerk opens a counter for themselves; a supervisor opens it for others, so it has no holder yet."""
    return None if case.actor.role in ("supervisor", "admin") else case.actor.holder or None


def can_do(case: Case, counter: str, services: tuple[str, ...]) -> None:
    """A counter serves only what it is equipped and trained for (`services` and `skills` of the office file)."""
    known = able(case.state.places[counter])
    missing = [name for name in services if name not in known]
    if missing:
        raise No("cannot_serve", f"counter {counter} cannot serve {', '.join(missing)}", services=missing)


def take_over_counter(case: Case, command: c.TakeOverCounter) -> None:
    counter = guards.known_counter(case, command.counter)
    guards.allowed(case)
    guards.yours(case, counter)
    guards.day(case)
    guards.opened(counter)
    if counter.holder != case.actor.holder:
        case.say(e.CounterTakenOver, counter=counter.id, holder=case.actor.holder or None)


def close_counter(case: Case, command: c.CloseCounter) -> None:
    counter = guards.at_counter(case, command.counter)
    if counter.state == "closed":
        return
    guards.free(case, counter)
    # tickets kept for this counter would wait for nobody: any counter may call them now
    kept = tuple(t.id for t in case.state.living() if t.only_counter == counter.id and t.state not in HELD)
    case.say(e.CounterClosed, counter=counter.id, unbound=kept)


def pause_counter(case: Case, command: c.PauseCounter) -> None:
    counter = guards.at_counter(case, command.counter)
    guards.opened(counter)
    ticket = case.state.ticket_at(counter)
    # somebody is on the way to this counter; a ticket in service only delays the pause (`after_finish`)
    if ticket is not None and ticket.state == "called":
        raise guards.busy(counter, ticket)
    back_at = guards.to_come(case, "back_at", command.back_at)
    case.say(
        e.CounterPaused,
        counter=counter.id,
        reason=command.reason,
        back_at=back_at,
        after_finish=ticket is not None,
    )


def begin_wrap_up(case: Case, command: c.BeginWrapUp) -> None:
    counter = guards.at_counter(case, command.counter)
    guards.calling(counter)
    guards.free(case, counter)
    if counter.state == "open":
        case.say(e.WrapUpBegun, counter=counter.id)


def resume_counter(case: Case, command: c.ResumeCounter) -> None:
    counter = guards.at_counter(case, command.counter)
    guards.opened(counter)
    if counter.state in ("paused", "wrap_up") or counter.coming_pause:
        case.say(e.CounterResumed, counter=counter.id)


RULES: Rules = {
    c.OpenCounter: open_counter,
    c.TakeOverCounter: take_over_counter,
    c.CloseCounter: close_counter,
    c.PauseCounter: pause_counter,
    c.BeginWrapUp: begin_wrap_up,
    c.ResumeCounter: resume_counter,
}
