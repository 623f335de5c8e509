"""Moves that are worth trying in a simulation. Pure; asked by `advice`.

The kinds are in the order of what they cost, from nothing to a citizen's visit: another profile of one counter; a closed
counter is opened (somebody must sit there); a helper is called (away from other work); an intake is closed (people are turned
away).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Literal, NamedTuple

from server.forecast.phases import Phase, phases
from server.messages import commands as c
from server.messages.facts import Counter
from server.messages.instants import MINUTE
from server.messages.office import CounterPlan, Helper
from server.messages.value import Value
from server.office.equipped import able, opens_with
from server.office.hours import clock, local
from server.office.roster import Shift, shifts
from server.office.state import State

FULL = "full"
"""The reason with which an intake is closed: kiosks say it to the people who are turned away."""
Kind = Literal["counter", "extra", "helper", "intake"]
"""counter: one counter serves other services; extra: a closed counter is opened; helper: a helper is called; intake: the
intake of a service is closed."""
KINDS: tuple[Kind, ...] = ("counter", "extra", "helper", "intake")
MOST = 28
"""The most candidates of one kind. Those that help the services in most trouble come first (prediction.md section 7)."""
MOST_EXTRA = 6
DWELL_MS = 20 * MINUTE
"""If somebody changed the services of a counter less long ago than this, it is left alone: no clerk should be moved all the
time."""


class Candidate(Value):
    """Moves that are made together, their kind, and when they end (ms)."""

    kind: Kind
    moves: tuple[c.Move, ...]
    until: int


def candidates(
    state: State, kind: Kind, trouble: Sequence[str], now: int, until: int, recent: Mapping[str, int]
) -> list[Candidate]:
    """`trouble`: services, the one that people wait longest for first. `recent`: when somebody last changed a counter's
    services (ms)."""
    match kind:
        case "counter":
            found: Iterable[_Move] = islice(_profiles(state, trouble, now, until, recent), MOST)
        case "extra":
            found = islice(_extra(state, trouble), MOST_EXTRA)
        case "helper":
            found = islice(_helpers(state, trouble, now), MOST_EXTRA)
        case "intake":
            open_ = [name for name in trouble if not state.services[name].closed]
            shut = (c.CloseService(service=name, reason=FULL) for name in open_[: MOST_EXTRA // 2])
            found = [_Move(one) for one in shut]
    return [Candidate(kind=kind, moves=(one.move,), until=min(until, one.ends or until)) for one in found]


class _Move(NamedTuple):
    """`ends`: the latest instant until which the move can last (ms)."""

    move: c.Move
    ends: int | None = None


def _desks(state: State) -> Iterator[tuple[CounterPlan, Counter]]:
    for plan in state.office.counters:
        if not plan.retired and plan.id in state.counters:
            yield plan, state.counters[plan.id]


def _profiles(state: State, trouble: Sequence[str], now: int, until: int, recent: Mapping[str, int]) -> list[_Move]:
    """Other profiles of one open counter. Those that help the service in most trouble come first, because the last ones may
    be cut off."""
    found = []
    for place, (plan, counter) in enumerate(_desks(state)):
        if counter.state == "closed" or _rests_until(counter, recent) > now:
            continue
        for rank, order, services in _sets(plan, counter, trouble, until):
            found.append((rank, order, place, counter.id, services))
    return [_Move(c.AssignCounter(counter=name, services=services)) for *_, name, services in sorted(found)]


def rested(state: State, trouble: Sequence[str], now: int, until: int, recent: Mapping[str, int]) -> int | None:
    """When the first counter may be tried again that is left alone now and could serve something else (ms); None: there is
    none."""
    resting = ((plan, one) for plan, one in _desks(state) if one.state != "closed" and _rests_until(one, recent) > now)
    could = (one for plan, one in resting if any(_sets(plan, one, trouble, until)))
    return min((_rests_until(one, recent) for one in could), default=None)


def _rests_until(counter: Counter, recent: Mapping[str, int]) -> int:
    return recent[counter.id] + DWELL_MS if counter.id in recent else 0


def _sets(
    plan: CounterPlan, counter: Counter, trouble: Sequence[str], until: int
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Other profiles for this counter, each with the rank of the service that it would help and with how much it changes."""
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


def _extra(state: State, trouble: Sequence[str]) -> Iterator[_Move]:
    """Closed counters: with the services of the office file, or only with the one in most trouble."""
    for plan, counter in _closed(state, trouble):
        yield _Move(c.OpenCounter(counter=plan.id))
        best = next(name for name in trouble if name in able(plan))
        if opens_with(state, counter) != (best,):
            yield _Move(c.OpenCounter(counter=plan.id, services=(best,)))


def _helpers(state: State, trouble: Sequence[str], now: int) -> Iterator[_Move]:
    """The helper of the list who can stay longest, at the closed counters that fit best."""
    day = local(state.office, now).date()
    free = [one for one in state.office.helpers if one.id not in state.helpers]
    spans = [(one, clock(state.office, day, one.begins), clock(state.office, day, one.ends)) for one in free]
    there = [(one, ends) for one, begins, ends in spans if begins <= now < ends]
    taken = {one.counter for one in state.helpers.values()}
    for plan, counter in _closed(state, trouble):
        fit = {one.id: ends for one, ends in there if _fits(one, plan)}
        if fit and plan.id not in taken and not set(opens_with(state, counter)).isdisjoint(trouble):
            helper = max(fit, key=lambda name: fit[name])
            yield _Move(c.CallHelper(helper=helper, counter=plan.id), fit[helper])


def _fits(helper: Helper, plan: CounterPlan) -> bool:
    useful = not helper.services or not able(plan).isdisjoint(helper.services)
    return useful and (not helper.counters or plan.id in helper.counters)


def _closed(state: State, trouble: Sequence[str]) -> list[tuple[CounterPlan, Counter]]:
    """Closed counters that could serve a service in trouble; first those for the service in most trouble."""
    rank = {name: at for at, name in enumerate(trouble)}
    known = [(plan, one) for plan, one in _desks(state) if one.state == "closed" and not able(plan).isdisjoint(rank)]

    def first(desk: tuple[CounterPlan, Counter]) -> int:
        plan, _ = desk
        return min(rank[name] for name in able(plan) if name in rank)

    return sorted(known, key=first)


GivenAt = frozenset[tuple[str, str, str]]
"""What counters serve that call people, and what counters serve that are staffed at all. Each service is listed once more
with every feature of those counters, because somebody may need that feature."""
Covered = list[tuple[int, GivenAt]]
"""What is given from when on (ms)."""


def covered(state: State, now: int, until: int) -> Covered:
    """What is given from now until `until`. It is listed anew at every instant at which it can change: other changes end
    meanwhile, and clerks come and go by the plan, so the last counter of a service may be another one then."""
    steps, planned = phases(state, now, until), shifts(state, now) or {}
    edges = {edge for shift in planned.values() for span in shift.open for edge in span if now < edge <= until}
    times = sorted(edges | {step.at for step in steps})
    return [(at, _given(_then(steps, at), planned, now, at)) for at in times]


def leaves_none_alone(without: Covered, with_: Covered) -> bool:
    """Whether these moves leave every service a counter that calls people, at every instant at which it would have one
    without them."""
    times = sorted({at for at, _ in (*without, *with_)})
    return all(_at(without, time) <= _at(with_, time) for time in times)


def _at(steps: Covered, time: int) -> GivenAt:
    return next(given for at, given in reversed(steps) if at <= time)


def _then(steps: Sequence[Phase], time: int) -> State:
    return next(step.state for step in reversed(steps) if step.at <= time)


def _given(state: State, planned: Mapping[str, Shift], now: int, at: int) -> GivenAt:
    found: set[tuple[str, str, str]] = set()
    for plan, counter in _desks(state):
        calls = counter.state in ("open", "closed") and not counter.coming_pause
        names = opens_with(state, counter) if counter.state == "closed" else counter.services
        if _staffed(counter, planned.get(counter.id, Shift()), now, at):
            how = ("staffed", *(("called",) if calls else ()))
            found |= set(product(how, names, ("", *plan.features)))
    return frozenset(found)


def _staffed(counter: Counter, shift: Shift, now: int, at: int) -> bool:
    if counter.state == "closed":
        return any(now < start <= at < end for start, end in shift.open)
    ends = max((end for _, end in shift.open), default=now)
    return at < ends or ends <= now  # nobody knows when somebody goes who is there longer than planned
