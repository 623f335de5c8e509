"""Moves that are worth a look: changes of one counter, another counter, a helper, a closed intake. Pure; asked by `advice`.

Kinds are tried in this order, from what costs nothing to what costs citizens their visit: another profile of a counter, a closed
counter (somebody must sit there), a helper (taken from other work), a closed intake (people are turned away).
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Literal

from server.forecast.phases import Phase, phases
from server.messages import commands as c
from server.messages.facts import Counter
from server.messages.instants import MINUTE
from server.messages.office import CounterPlan
from server.messages.value import Value
from server.office.equipped import able, opens_with
from server.office.state import State

Kind = Literal["counter", "extra", "helper", "intake"]
"""Another profile of one counter; another counter is opened; a helper is called; the intake of a service is closed."""
KINDS: tuple[Kind, ...] = ("counter", "extra", "helper", "intake")
MOST = 28
"""Candidates of one kind that are looked at: those of the services in trouble first (prediction.md section 7)."""
MOST_EXTRA = 6
DWELL_MS = 20 * MINUTE
"""A counter whose services somebody changed less long ago is left alone: its clerk is no ball."""


class Candidate(Value):
    """Moves that are made together, and their kind."""

    kind: Kind
    moves: tuple[c.Move, ...]


def candidates(
    state: State, kind: Kind, trouble: Sequence[str], now: int, until: int, recent: Mapping[str, int]
) -> list[Candidate]:
    """`trouble`: services, the one that waits longest first. `recent`: when somebody last changed a counter's services (ms)."""
    match kind:
        case "counter":
            return list(islice(_profiles(state, trouble, now, until, recent), MOST))
        case "extra":
            return list(islice(_extra(state, trouble), MOST_EXTRA))
        case "helper":
            return list(islice(_helpers(state, trouble), MOST_EXTRA))
        case "intake":
            open_ = [name for name in trouble if not state.services[name].closed]
            return [_one("intake", c.CloseService(service=name)) for name in open_[: MOST_EXTRA // 2]]


def _one(kind: Kind, move: c.Move) -> Candidate:
    return Candidate(kind=kind, moves=(move,))


def _desks(state: State) -> Iterator[tuple[CounterPlan, Counter]]:
    for plan in state.office.counters:
        if not plan.retired and plan.id in state.counters:
            yield plan, state.counters[plan.id]


def _profiles(state: State, trouble: Sequence[str], now: int, until: int, recent: Mapping[str, int]) -> list[Candidate]:
    """Changes of one open counter, those that help the service in most trouble first: what the bound cuts off matters least."""
    found = []
    for place, (plan, counter) in enumerate(_desks(state)):
        if counter.state == "closed" or now - recent.get(counter.id, now - DWELL_MS) < DWELL_MS:
            continue
        for rank, order, services in _sets(plan, counter, trouble, until):
            found.append((rank, order, place, counter.id, services))
    return [_one("counter", c.AssignCounter(counter=name, services=services)) for *_, name, services in sorted(found)]


def _sets(
    plan: CounterPlan, counter: Counter, trouble: Sequence[str], until: int
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Other services for this counter: the rank of the service that it would help, how much it changes, and the services."""
    has, given = counter.services, counter.assignment
    for rank, name in enumerate(trouble):
        if name not in has and name in able(plan):
            yield rank, 0, (*has, name)
        if name in able(plan) and has != (name,):
            yield rank, 1, (name,)
        if (
            name in has
            and given is not None
            and given.until is not None
            and given.until < until
            and name not in given.before
        ):
            yield rank, 0, has  # it stays for longer
    for name in has if len(has) > 1 else ():
        left = tuple(one for one in has if one != name)
        yield min((trouble.index(one) for one in left if one in trouble), default=len(trouble)), 2, left


def _extra(state: State, trouble: Sequence[str]) -> Iterator[Candidate]:
    """Closed counters: with the services of the office file, or only with the one in most trouble."""
    for plan, counter in _closed(state, trouble):
        yield _one("extra", c.OpenCounter(counter=plan.id))
        best = next(name for name in trouble if name in able(plan))
        if opens_with(state, counter) != (best,):
            yield _one("extra", c.OpenCounter(counter=plan.id, services=(best,)))


def _helpers(state: State, trouble: Sequence[str]) -> Iterator[Candidate]:
    """Whoever of the list is not called yet, at the closed counters that fit best. Who they are changes nothing."""
    free = next((one.id for one in state.office.helpers if one.id not in state.helpers), None)
    taken = {one.counter for one in state.helpers.values()}
    for plan, counter in _closed(state, trouble):
        if free is not None and plan.id not in taken and not set(opens_with(state, counter)).isdisjoint(trouble):
            yield _one("helper", c.CallHelper(helper=free, counter=plan.id))


def _closed(state: State, trouble: Sequence[str]) -> list[tuple[CounterPlan, Counter]]:
    """Closed counters that could give a service in trouble, those of the first in the list first."""
    rank = {name: at for at, name in enumerate(trouble)}
    known = [(plan, one) for plan, one in _desks(state) if one.state == "closed" and not able(plan).isdisjoint(rank)]

    def first(desk: tuple[CounterPlan, Counter]) -> int:
        plan, _ = desk
        return min(rank[name] for name in able(plan) if name in rank)

    return sorted(known, key=first)


def leaves_none_alone(before: State, after: State, now: int, until: int) -> bool:
    """Whether at any time until then each service has a counter that calls people if it had one without these moves. Other
    changes end meanwhile, so the last counter of a service may be another then."""
    without, with_ = phases(before, now, until), phases(after, now, until)
    times = sorted({phase.at for phase in (*without, *with_)})
    return all(_given(_at(without, time)) <= _given(_at(with_, time)) for time in times)


def _at(steps: Sequence[Phase], time: int) -> State:
    return next(step.state for step in reversed(steps) if step.at <= time)


def _given(state: State) -> frozenset[tuple[str, str]]:
    """Services of counters that call people, and of counters that are staffed at all."""
    open_ = [one for _, one in _desks(state) if one.state != "closed"]
    calling = {
        ("called", name) for one in open_ if one.state == "open" and not one.coming_pause for name in one.services
    }
    return frozenset(calling | {("staffed", name) for one in open_ for name in one.services})
