"""Which commands would be accepted now: for a ticket by its state, for a counter by its standing. Pure.

`decide` checks by the same tables (`guards.in_state`), boards carry the answer as `may`, pages offer nothing else. The values
of a command are not looked at here: `decide` still refuses, for example, a transfer to a service that does not exist.
Commands about the office and its services are in `office_grid`.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal, get_args

from server.messages.actor import Actor
from server.messages.facts import Counter, Ticket
from server.messages.instants import MINUTE
from server.messages.office import StationPlan
from server.messages.rights import COMMANDS
from server.messages.terms import LIVING, Role, TicketState
from server.office.equipped import able, opens_with
from server.office.state import HELD, State
from server.office.who_next import can_serve, covers, is_for

CounterStanding = Literal["closed", "free", "paused", "wrap_up", "called", "serving"]
May = tuple[str, ...]

FROM: Mapping[str, frozenset[TicketState]] = {
    "call_ticket": frozenset({"waiting", "away", "missed"}),
    "resume_ticket": frozenset({"parked"}),
    "cancel_ticket": frozenset({"waiting", "called", "parked", "away", "missed"}),
    "pause_ticket": frozenset({"waiting", "away"}),
    "return_ticket": frozenset({"parked", "away", "missed"}),
    "transfer_ticket": frozenset({"waiting", "called", "serving", "away"}),
    "set_services": frozenset(LIVING),
    "set_needs": frozenset(LIVING),
    "set_category": frozenset({"waiting", "parked", "away", "missed"}),
    "boost_ticket": frozenset({"waiting", "parked", "away", "missed"}),
    "move_tickets": frozenset({"waiting", "away"}),
    "print_ticket": frozenset(LIVING),
}
"""The grid of tickets: the states in which a command about a ticket is accepted."""

AT: Mapping[str, frozenset[CounterStanding]] = {
    "open_counter": frozenset({"closed", "paused", "wrap_up"}),
    "take_over_counter": frozenset({"free", "paused", "wrap_up", "called", "serving"}),
    "close_counter": frozenset({"free", "paused", "wrap_up"}),
    "pause_counter": frozenset({"free", "paused", "wrap_up", "serving"}),
    "begin_wrap_up": frozenset({"free"}),
    "resume_counter": frozenset({"paused", "wrap_up"}),
    "call_next": frozenset({"free", "wrap_up", "serving"}),
    "call_ticket": frozenset({"free", "wrap_up", "serving"}),
    "resume_ticket": frozenset({"free", "wrap_up"}),
    "serve_direct": frozenset({"free", "wrap_up"}),
    "show_phrase": frozenset({"called", "serving"}),
    "repeat_call": frozenset({"called"}),
    "withdraw_call": frozenset({"called"}),
    "start_service": frozenset({"called"}),
    "mark_missed": frozenset({"called"}),
    "finish_service": frozenset({"serving"}),
    "park_ticket": frozenset({"serving"}),
    "send_to_station": frozenset({"serving"}),
    "assign_counter": frozenset(get_args(CounterStanding)),
    "acknowledge_message": frozenset(get_args(CounterStanding)),
}
"""The grid of counters. If the counter serves somebody, `call_next` and `call_ticket` first finish that (`finish_current`)."""

ENDS = frozenset({"finish_service", "park_ticket", "send_to_station", "call_next", "call_ticket"})
"""Commands that end a service. In an office that assumes arrivals they are also accepted for a ticket that is only called."""
ATTEMPTS = 100
"""How often one ticket may be called without coming, the first call included.

Each is announced: somebody who missed a hundred is not there.
"""
BY_FILE = frozenset(
    {
        "take_over_counter",
        "open_counter",
        "call_ticket",
        "serve_direct",
        "repeat_call",
        "send_to_station",
        "assign_counter",
        "acknowledge_message",
    }
)
"""Commands for which the tables are not enough: `_lacks_nothing` decides."""
OF_COUNTERS = frozenset({"call_ticket", "resume_ticket"})
"""Commands that need a counter as well: its board says which tickets it cannot call."""


def another_desk(actor: Actor, counter: str) -> bool:
    """Whether the actor is a device or has a `--for` token, and this is not its counter."""
    return actor.device not in (None, counter) and actor.role in ("clerk", "station", "desk")


def held_by_another(actor: Actor, counter: Counter) -> bool:
    """Whether the actor may act only for counters that it opened or took over, and somebody else holds this one."""
    others = counter.holder is not None and not actor.holds(counter.holder)
    return actor.held_back and others and counter.state != "closed"


def standing(state: State, counter: Counter) -> CounterStanding:
    ticket = state.ticket_at(counter)
    if ticket is not None:
        return "called" if ticket.state == "called" else "serving"
    return "free" if counter.state == "open" else counter.state


def of_counter(state: State, counter: Counter, actor: Actor) -> May:
    """The commands that this actor may send at a counter, also about the ticket that it holds."""
    found, ticket = _at_counter(state, counter, actor), state.ticket_at(counter)
    if ticket is None or state.day is None or actor.role not in COMMANDS["print_ticket"]:
        return found
    return found if printer_of(state, ticket) is None else (*found, "print_ticket")  # whoever holds the counter


def _at_counter(state: State, counter: Counter, actor: Actor) -> May:
    if another_desk(actor, counter.id):
        return ()
    stands, theirs = standing(state, counter), held_by_another(actor, counter)
    if state.day is None:  # after the day only a service that is still running may be finished
        late = stands == "serving" and not theirs and actor.role in COMMANDS["finish_service"]
        return ("finish_service",) if late else ()
    assumed = state.office.policy.arrival == "assumed"
    found = by_standing(actor.role, stands, assumed=assumed, coming_pause=counter.coming_pause)
    if theirs:
        found = tuple(name for name in found if name == "take_over_counter")
    return tuple(name for name in found if name not in BY_FILE or _lacks_nothing(state, counter, actor, name))


@lru_cache(256)
def by_standing(role: Role, stands: CounterStanding, *, assumed: bool, coming_pause: bool) -> May:
    """The commands that the tables allow. There are few different answers, so they are cached."""
    found = {name for name, standings in AT.items() if stands in standings}
    if stands == "called" and assumed:
        found |= ENDS
    if coming_pause:
        found.add("resume_counter")
    if stands in HELD:
        found |= {name for name, states in FROM.items() if stands in states} - {"print_ticket"}
    return tuple(sorted(name for name in found if role in COMMANDS[name]))


def _lacks_nothing(state: State, counter: Counter, actor: Actor, name: str) -> bool:
    """Whether a command of `BY_FILE` would be accepted: that depends on the office file, or on the actor."""
    place, ticket = state.places[counter.id], state.ticket_at(counter)
    match name:
        case "take_over_counter":
            return counter.holder != actor.holder
        case "open_counter" if counter.state == "closed":
            gone = not isinstance(place, StationPlan) and place.retired
            return not gone and able(place).issuperset(opens_with(state, counter))
        case "call_ticket":
            return state.office.policy.picking or actor.role != "clerk"
        case "serve_direct":
            return _offered(state, counter.services) or _offered(state, able(place))
        case "repeat_call":
            return ticket is not None and ticket.attempt < ATTEMPTS
        case "send_to_station":
            return ticket is not None and any(covers(state, one.id, ticket) for one in state.office.stations)
        case "assign_counter":
            return _offered(state, place.services) or _offered(state, able(place))
        case "acknowledge_message":
            return any(counter.id not in message.acknowledged for message in state.messages.values())
    return True


def _offered(state: State, services: Iterable[str]) -> bool:
    return any(name in state.plans and not state.plans[name].retired for name in services)


def of_tickets(state: State, actor: Actor, at_counter: May = ()) -> dict[TicketState, May]:
    """By state, the commands that this actor may send about a ticket that no counter holds. `at_counter`: those of its
    counter."""
    if state.day is None:
        return {}
    lacks = OF_COUNTERS.difference(at_counter)
    return dict(by_state(actor.role, lacks if _printing(state) else lacks | {"print_ticket"}))


@lru_cache(256)
def by_state(role: Role, lacks: frozenset[str]) -> Mapping[TicketState, May]:
    known = sorted(name for name in FROM if role in COMMANDS[name] and name not in lacks)
    return {how: tuple(name for name in known if how in FROM[name]) for how in LIVING if how not in HELD}


def _printing(state: State) -> frozenset[str]:
    """The kiosks that have a printer: the tickets of others are printed only where somebody names a printer."""
    return frozenset(kiosk.id for kiosk in state.office.kiosks if kiosk.printer is not None)


def printer_of(state: State, ticket: Ticket) -> str | None:
    """Where a ticket is printed if nobody names a printer: at the kiosk that issued it."""
    return next((kiosk.printer for kiosk in state.office.kiosks if kiosk.id == ticket.kiosk), None)


def not_printed(state: State, actor: Actor, tickets: Iterable[Ticket]) -> tuple[str, ...]:
    """Those of the tickets that are printed only where a printer is named: no kiosk with a printer issued them."""
    printing = _printing(state)
    if state.day is None or actor.role not in COMMANDS["print_ticket"] or not printing:
        return ()
    return tuple(one.id for one in tickets if one.kiosk not in printing and one.state not in HELD)


def not_here(state: State, counter: Counter, tickets: Iterable[Ticket], now: int) -> Iterator[str]:
    """Those of the tickets that this counter can neither call now nor resume: other services, needs, a later time."""
    for ticket in tickets:
        here = ticket.counter == counter.id and ticket.state == "parked"
        if ticket.state == "parked":
            mine = here or can_serve(counter, ticket)
        else:
            mine = is_for(counter, ticket, now) and (ticket.not_before or 0) <= now
        if not (mine and covers(state, counter.id, ticket)):
            yield ticket.id


def of_link(state: State, ticket: Ticket, command: str, now: int) -> bool:
    """Whether the ticket's own link may send this command now.

    Somebody whose call was missed may say that they are here while they wait for the next one: they are back in line already.
    """
    if state.day is None:
        return False
    if command == "return_ticket" and ticket.state == "waiting":
        return ticket.misses > 0 and (ticket.not_before or 0) > now
    spent = command == "pause_ticket" and ticket.away >= state.office.policy.away_most_minutes * MINUTE
    return ticket.state in FROM[command] and not spent
