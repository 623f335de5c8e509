"""The checks every rule makes, in the order of the contract: known, allowed, day, counter state, busy, eligible."""

from datetime import datetime

from server.messages.agreed import STALE_AFTER_MS
from server.messages.commands import CancelAppointment, CancelTicket, Command
from server.messages.facts import Counter, Service, Ticket, Told
from server.messages.instants import DAY, millis, rfc3339
from server.messages.rights import COMMANDS
from server.office.decide.press import Case, No, invalid
from server.office.grid import FROM, another_desk, held_by_another
from server.office.keys import KEYS, STAFF_KEYS
from server.office.reach import Reach
from server.office.state import HELD
from server.office.touched import tickets_of, touches
from server.office.waits import Newcomer

LAST = (CancelTicket, CancelAppointment)
NEVER_MS = 100 * 366 * DAY
"""Nobody means an instant further ahead than this.

It is a slip, or another program's way to say "no end"; here that is said by leaving the field out.
"""


def allowed(case: Case) -> None:
    """Checks that the role may send this command at all."""
    kind = str(case.command.__struct_config__.tag)
    if case.actor.role not in COMMANDS[kind]:
        raise No("not_allowed", f"the role {case.actor.role} may not {kind}")


def within_bounds(case: Case) -> None:
    """Limits what one principal may add to log, state and checkpoint. Cancelling a ticket or appointment is always allowed."""
    actor = case.actor
    if not case.events or not case.press.key or actor.role == "system" or isinstance(case.command, LAST):
        return
    most = KEYS.get(actor.role, STAFF_KEYS)
    if case.state.keys.held.get(actor.principal, 0) >= most:
        raise No("too_many", f"{most} presses in 24 hours are the most for {actor.role}")


def by_supervisor(case: Case) -> None:
    """The checks of a supervisor's act: the role may send it, and the day is open."""
    allowed(case)
    day(case)


def day(case: Case) -> str:
    if case.state.day is None:
        raise No("day_closed", "the day is not open")
    return case.state.day


def known_counter(case: Case, name: str) -> Counter:
    counter = case.state.counters.get(name)
    if counter is None:
        raise No("unknown_counter", f"there is no counter {name}")
    return counter


def known_ticket(case: Case, name: str) -> Ticket:
    ticket = case.state.tickets.get(name)
    if ticket is None:
        raise No("unknown_ticket", f"there is no ticket {name}")
    return ticket


def known_services(case: Case, names: tuple[str, ...]) -> tuple[str, ...]:
    """Checks that all are known and not retired; returns each once, in the order given."""
    for name in names:
        known_service(case, name)
    return tuple(dict.fromkeys(names))


def known_service(case: Case, name: str) -> Service:
    plan = case.state.plans.get(name)
    if plan is None or plan.retired:
        raise No("unknown_service", f"there is no service {name}")
    return case.state.services[name]


def yours(case: Case, counter: Counter) -> None:
    """Checks that a device or a `--for` token acts for its own counter only."""
    device = case.actor.device
    if another_desk(case.actor, counter.id):
        raise No("not_yours", f"this sign-in acts for {device} only", counter=device)


def not_held(case: Case, counter: Counter) -> None:
    """Checks that a page acts only for counters that it opened or took over, or that nobody holds."""
    if held_by_another(case.actor, counter):
        raise No("counter_held", f"counter {counter.id} was opened by somebody else; take it over first")


def at_counter(case: Case, name: str) -> Counter:
    """Checks: known, allowed, own device, day, and not held by somebody else."""
    counter = known_counter(case, name)
    allowed(case)
    yours(case, counter)
    day(case)
    not_held(case, counter)
    return counter


def not_stale(case: Case) -> None:
    if case.press.age_ms > STALE_AFTER_MS:
        raise No("stale_press", "pressed too long ago; look again and press again", age_ms=case.press.age_ms)


def to_come(case: Case, field: str, instant: datetime | None) -> int | None:
    """An instant that must lie ahead, ms; None if the command names none."""
    if instant is None:
        return None
    at = millis(instant)
    if at <= case.now:
        invalid(field, f"{rfc3339(at)} lies in the past")
    if at > case.now + NEVER_MS:
        invalid(field, f"{rfc3339(at)} is more than a hundred years ahead; leave it out if there is no end")
    return at


def opened(counter: Counter) -> None:
    if counter.state == "closed":
        raise No("counter_closed", f"counter {counter.id} is closed")


def calling(counter: Counter) -> None:
    """Checks that the counter is open or wrapping up, so that it may take somebody."""
    opened(counter)
    if counter.state == "paused":
        raise No("counter_paused", f"counter {counter.id} is paused")


def free(case: Case, counter: Counter) -> None:
    ticket = case.state.ticket_at(counter)
    if ticket is not None:
        raise busy(counter, ticket)


def busy(counter: Counter, ticket: Ticket) -> No:
    detail = f"counter {counter.id} holds {ticket.number}"
    return No("counter_busy", detail, number=ticket.number, ticket=ticket.id)


def holding(case: Case, counter: Counter) -> Ticket:
    """The ticket that an open counter holds."""
    opened(counter)
    ticket = case.state.ticket_at(counter)
    if ticket is None:
        raise No("counter_idle", f"counter {counter.id} holds nobody")
    return ticket


def called(case: Case, counter: Counter) -> Ticket:
    ticket = holding(case, counter)
    if ticket.state != "called":
        raise wrong_state(ticket)
    return ticket


def wrong_state(ticket: Ticket) -> No:
    return No("wrong_state", f"{ticket.number} is {ticket.state}", number=ticket.number, state=ticket.state)


def in_state(case: Case, ticket: Ticket) -> None:
    """The ticket is in a state from which this command may be asked."""
    if ticket.state not in FROM[str(case.command.__struct_config__.tag)]:
        raise wrong_state(ticket)


def not_yet(ticket: Ticket, until: int) -> No:
    return No("not_yet", f"{ticket.number} may not be called before {rfc3339(until)}", until=rfc3339(until))


def of_ticket(case: Case, name: str) -> Ticket:
    """The checks before a ticket is changed: known, allowed, its own link or its own counter, day."""
    ticket = known_ticket(case, name)
    allowed(case)
    if case.actor.role == "holder" and case.actor.device != ticket.id:
        raise No("not_yours", "this link belongs to another ticket")
    counter = case.state.counters[ticket.counter] if ticket.state in HELD and ticket.counter is not None else None
    if counter is not None:
        yours(case, counter)
    day(case)
    if counter is not None:
        not_held(case, counter)
    return ticket


def promised(case: Case, who: Newcomer) -> tuple[Told | None, str | None]:
    """The wait that somebody who takes a ticket now is promised, or the reason why none is."""
    untold = Reach(case.state, case.now).of_new(who.services, who.needs)
    if untold or case.press.promise is None:
        return None, untold
    said = case.press.promise(case.state, who)
    return (None, said) if isinstance(said, str) else (said, None)


def as_seen(case: Case, move: Command, seen: int | None) -> None:
    """Refuses a move that was chosen when the office looked different from now. `seen`: its `seen_seq`."""
    if seen is None:
        return
    state = case.state
    things = [name for name in touches(move) if state.touched.get(name, 0) > seen]
    tickets = (state.tickets[name] for name in tickets_of(move) if name in state.tickets)
    things += [f"ticket:{ticket.number}" for ticket in tickets if ticket.last_seq > seen]
    if things or seen > state.seq:  # a seq that is still to come belongs to entries that the store lost
        what = things[0] if things else "the office"
        raise No("overtaken", f"{what} was changed since entry {seen}; look again", changed=things)
