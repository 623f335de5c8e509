"""Which commands would be accepted now: for a ticket by its state, for a counter by its standing, for the whole office. Pure.

`decide` checks by the same tables (`guards.in_state`), boards carry the answer as `may`, pages offer nothing else. The values
of a command are not looked at here: `decide` still refuses, for example, a transfer to a service that does not exist.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal

from server.messages.actor import Actor
from server.messages.facts import Counter, Ticket
from server.messages.instants import MINUTE
from server.messages.office import StationPlan
from server.messages.rights import COMMANDS
from server.messages.terms import Role, TicketState
from server.office import hours
from server.office.equipped import able, opens_with
from server.office.state import HELD, State
from server.office.who_next import can_serve, covers, is_for

Standing = Literal["closed", "free", "paused", "wrap_up", "called", "serving"]
May = tuple[str, ...]

LIVING: tuple[TicketState, ...] = ("waiting", "called", "serving", "parked", "away", "missed")
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
}
"""The grid of tickets: the states in which a command about a ticket is accepted."""

AT: Mapping[str, frozenset[Standing]] = {
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
    "repeat_call": frozenset({"called"}),
    "withdraw_call": frozenset({"called"}),
    "start_service": frozenset({"called"}),
    "mark_missed": frozenset({"called"}),
    "finish_service": frozenset({"serving"}),
    "park_ticket": frozenset({"serving"}),
    "send_to_station": frozenset({"serving"}),
}
"""The grid of counters. If the counter serves somebody, `call_next` and `call_ticket` first finish that (`finish_current`)."""

ENDS = frozenset({"finish_service", "park_ticket", "send_to_station", "call_next", "call_ticket"})
"""Commands that end a service. In an office that assumes arrivals they are also accepted for a ticket that is only called."""
ATTEMPTS = 100
"""How often one call may be made, the first included. Each is announced: somebody who missed a hundred is not there."""
BY_FILE = frozenset(
    {"take_over_counter", "open_counter", "call_ticket", "serve_direct", "repeat_call", "send_to_station"}
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


def standing(state: State, counter: Counter) -> Standing:
    ticket = state.ticket_at(counter)
    if ticket is not None:
        return "called" if ticket.state == "called" else "serving"
    return "free" if counter.state == "open" else counter.state


def of_counter(state: State, counter: Counter, actor: Actor) -> May:
    """The commands that this actor may send at a counter, also about the ticket that it holds."""
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
def by_standing(role: Role, stands: Standing, *, assumed: bool, coming_pause: bool) -> May:
    """The commands that the tables allow. There are few different answers, so they are cached."""
    found = {name for name, standings in AT.items() if stands in standings}
    if stands == "called" and assumed:
        found |= ENDS
    if coming_pause:
        found.add("resume_counter")
    if stands in HELD:
        found |= {name for name, states in FROM.items() if stands in states}
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
    return True


def _offered(state: State, services: Iterable[str]) -> bool:
    return any(name in state.plans and not state.plans[name].retired for name in services)


def of_tickets(state: State, actor: Actor, at_counter: May = ()) -> dict[TicketState, May]:
    """By state, the commands that this actor may send about a ticket that no counter holds. `at_counter`: those of its
    counter."""
    return {} if state.day is None else dict(by_state(actor.role, OF_COUNTERS.intersection(at_counter)))


@lru_cache(256)
def by_state(role: Role, at_counter: frozenset[str]) -> Mapping[TicketState, May]:
    known = sorted(name for name in FROM if role in COMMANDS[name] and (name in at_counter or name not in OF_COUNTERS))
    return {how: tuple(name for name in known if how in FROM[name]) for how in LIVING if how not in HELD}


def not_here(state: State, counter: Counter, tickets: Iterable[Ticket], now: int) -> Iterator[str]:
    """Those of the tickets that this counter can neither call now nor resume: other services, needs, a later time."""
    for ticket in tickets:
        here = ticket.counter == counter.id and ticket.state == "parked"
        mine = (
            here or can_serve(state, counter, ticket)
            if ticket.state == "parked"
            else _callable(state, counter, ticket, now)
        )
        if not (mine and covers(state, counter.id, ticket)):
            yield ticket.id


def _callable(state: State, counter: Counter, ticket: Ticket, now: int) -> bool:
    return is_for(state, counter, ticket, now) and (ticket.not_before or 0) <= now


def of_office(state: State, actor: Actor, now: int) -> May:
    """The commands that this actor may send to the office as a whole."""
    if not state.configured:
        return ()
    today = hours.day_of(state.office, now)
    found = {
        "open_day": state.day is None or state.day < today or bool(state.ahead),
        "close_day": state.day is not None and not any(ticket.state in HELD for ticket in state.living()),
        "correct_clock": bool(state.ahead),
        "issue_ticket": state.day is not None and any(not kind.retired for kind in state.office.services),
    }
    return tuple(sorted(name for name, now_so in found.items() if now_so and actor.role in COMMANDS[name]))


def of_link(state: State, ticket: Ticket, command: str) -> bool:
    """Whether the ticket's own link may send this command now."""
    spent = command == "pause_ticket" and ticket.away >= state.office.policy.away_most_minutes * MINUTE
    return state.day is not None and ticket.state in FROM[command] and not spent
