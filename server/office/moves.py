"""Sets of moves: which parts of a counter, service or ticket a set changed, whether that still holds, and how it was before.

Each part carries the seq of the entry that last changed it. A set keeps a picture of the parts as they were before it. Its
change still holds while the part's seq is above the seq in that picture and not above the set's own: what somebody changed
later has a higher seq, and is left as it is. Standing rules only add services to what a counter gives, so a set that ends below
one takes its own services with it, and the rule's stay.
Keys belong to whoever made them, so moves of two supervisors may have the same one. `name_of` is what the state calls a move by,
`shown` what boards and events call it, and `found` understands both.
Pure; used when a set is taken back, when another set is, and when a day opens.
"""

import collections
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple, TypeVar

from msgspec.structs import replace

from server.messages.events import Event
from server.messages.facts import CalledHelper, Counter, Moves, Row, Service, Ticket
from server.messages.terms import LONGEST_KEY
from server.office.standing import rule_of
from server.office.state import ALIVE, HELD, State

Thing = TypeVar("Thing", Counter, Service, Ticket)


def by_name(state: State) -> dict[str, Moves | Row]:
    """All moves of today that somebody could mean."""
    return {**state.book, **state.moves}


def name_of(one: Moves | Row) -> str:
    return one.name or one.key


def _alias(one: Moves | Row) -> str:
    return alias(one.key, one.seq)


def alias(key: str, seq: int) -> str:
    """What boards show instead of the key, where the key alone does not tell which move is meant.

    `seq`: that of the move's first entry.
    """
    return f"{key[:40]}~{seq}"


def own(state: State, who: str, key: str) -> str | None:
    """The name of the move that somebody made with this key."""
    spent = state.keys.spent(who, key)
    mine = (name for name, one in by_name(state).items() if spent and (one.key, one.seq) == (key, spent.seq))
    return next(mine, None)


def begun(state: State, event: Event) -> dict[str, Any]:
    """`seq` and `name` of the move to which an event belongs.

    Logs of the first release fold as they did then: one move per key.
    """
    if event.v == 1:
        return {}
    if (known := own(state, event.who, event.key)) is not None:
        first = by_name(state)[known]
        return {"seq": first.seq, "name": first.name}
    spent = state.keys.spent(event.who, event.key)
    seq = state.seq if spent is None else spent.seq
    # keys have no spaces, so this name is never equal to a key
    return {"seq": seq, "name": f"{event.key} {seq}" if event.key in by_name(state) else ""}


def shared(state: State) -> frozenset[str]:
    """Keys that do not tell which move is meant: several moves have them, or another move is shown by them."""
    every = by_name(state).values()
    shown = {_alias(one) for one in every}
    return frozenset(
        key for key, count in collections.Counter(one.key for one in every).items() if count > 1 or key in shown
    )


def shown(one: Moves | Row, shared: Collection[str]) -> str:
    """The key with which anybody can take it back.

    The office's own rules may have keys that are too long for a command: they get an alias.
    """
    return _alias(one) if one.key in shared or len(one.key) > LONGEST_KEY else one.key


def found(state: State, key: str) -> str | None:
    """The name of the move that is shown by this key; None if there is none, or if several have it."""
    every = by_name(state).items()
    named = [name for name, one in every if _alias(one) == key] or [name for name, one in every if one.key == key]
    return named[0] if len(named) == 1 else None


class Part(NamedTuple):
    """Fields that one act changes together. `seq`: the name of the field that says which entry last changed them."""

    seq: str
    fields: tuple[str, ...]


CLOSING = Part("closed_seq", ("closed", "reason", "until", "situation"))
LIMIT = Part("limit_seq", ("limit",))
BOOST = Part("boost_seq", ("boost", "boost_until"))
SERVED = Part("served_seq", ("services", "assignment"))
STANDING = Part("state_seq", ("state", "reason", "back_at", "coming_pause", "holder", "since"))
WANTED = Part("wanted_seq", ("services", "moved_at", "only_counter", "only_until", "station", "station_counter"))
PARTS: dict[type, tuple[Part, ...]] = {
    Service: (CLOSING, LIMIT, BOOST),
    Counter: (SERVED, STANDING),
    Ticket: (WANTED,),
}


def stands(before: int, current: int, last_seq: int) -> bool:
    """Whether a part is still as a set left it. `before`: its seq in the set's picture; `last_seq`: the set's own seq."""
    return before < current <= last_seq


def changed(current: Thing, before: Thing, part: Part, last_seq: int) -> bool:
    return stands(getattr(before, part.seq), getattr(current, part.seq), last_seq)


def taken_back(current: Thing, before: Thing, last_seq: int) -> Thing:
    """`current`, with the parts that the set changed and nobody touched since as they were before the set."""
    names = _changed(current, before, last_seq)
    return replace(current, **{name: getattr(before, name) for name in names}) if names else current


def left_of(state: State, current: Counter, before: Counter, last_seq: int) -> Counter:
    """The counter after the end of a set. Of services that the set gave, only those stay that rules have added since."""
    then = taken_back(current, before, last_seq)
    added = _added(state, then, before, last_seq)
    if added is None:
        return then
    services, given = tuple(dict.fromkeys((*before.services, *added))), then.assignment
    beneath = before.assignment.before if before.assignment is not None else before.services
    kept = replace(given, services=services, before=beneath) if given is not None else None
    return replace(then, services=services, assignment=kept)


def _added(state: State, current: Counter, before: Counter, last_seq: int) -> list[str] | None:
    """The services that standing rules have added to this counter since the set; None if not only rules have changed them since,
    or nobody has."""
    added: list[str] = []
    while not changed(current, before, SERVED, last_seq):
        found = _last_rule(state, current) if current.served_seq > before.served_seq else None
        if found is None:
            return None
        rule, picture = found
        named = rule_of(state, rule)
        wants = {*(named.take or (named.service,))} if named is not None else set()
        mine = (name for name in current.services if name in wants or name not in picture.services)
        added, current = [*mine, *added], picture
    return added or None


def _last_rule(state: State, counter: Counter) -> tuple[str, Counter] | None:
    """The rule whose set changed this counter's services last, and the counter before it; None if that was somebody else."""
    sets = ((one.rule, one.last_seq, picture) for one in state.moves.values() if one.rule for picture in one.counters)
    mine = (
        (rule, picture)
        for rule, last, picture in sets
        if picture.id == counter.id and changed(counter, picture, SERVED, last)
    )
    return next(mine, None)


def _changed(current: Counter | Service | Ticket, before: Counter | Service | Ticket, last_seq: int) -> list[str]:
    parts = [
        one for one in PARTS[type(current)] if stands(getattr(before, one.seq), getattr(current, one.seq), last_seq)
    ]
    return [name for part in parts for name in (part.seq, *part.fields)]


def in_time(thing: Thing, at: int) -> Thing:
    """The old picture of a thing, without assignments, closings and boosts that have run out since.

    Their tick does not come a second time.
    """
    if isinstance(thing, Counter):
        given = thing.assignment
        if given is not None and given.until is not None and given.until <= at:
            return replace(thing, services=given.before, assignment=None)
    if isinstance(thing, Service):
        if thing.closed and thing.until is not None and thing.until <= at:
            thing = replace(thing, closed=False, reason=None, until=None, situation=None)
        if thing.boost_until is not None and thing.boost_until <= at:
            thing = replace(thing, boost=0, boost_until=None)
    return thing


def without(state: State, later: Moves, gone: Moves) -> Moves:
    """A later set whose picture of before no longer holds the changes of `gone`, a set that is taken back now."""
    policy = stands(gone.policy_seq, later.policy_seq, gone.last_seq) and None not in (later.policy, gone.policy)
    fields = {name: getattr(gone, name) for name in POLICY} if policy else {}
    known = {one.id: one for one in gone.counters}
    return replace(
        later,
        counters=tuple(left_of(state, one, known.get(one.id, one), gone.last_seq) for one in later.counters),
        services=_each_without(later.services, gone.services, gone.last_seq),
        tickets=_each_without(later.tickets, gone.tickets, gone.last_seq),
        helpers=tuple(_helper_without(one, gone) for one in later.helpers),
        **fields,
    )


def _helper_without(picture: CalledHelper, gone: Moves) -> CalledHelper:
    known = {one.id: one for one in gone.helpers}
    before = known.get(picture.id, picture)
    return before if stands(before.last_seq, picture.last_seq, gone.last_seq) else picture


def in_force(state: State, moves: Moves) -> bool:
    """Whether taking it back would change anything now."""
    last = moves.last_seq
    known: tuple[tuple[Counter | Service | Ticket | None, Counter | Service | Ticket], ...] = (
        *((state.counters.get(old.id), old) for old in moves.counters),
        *((state.services.get(old.id), old) for old in moves.services),
        *((state.tickets.get(old.id), old) for old in moves.tickets),
    )
    pairs = [(now, old) for now, old in known if now is not None and not _ended(now)]
    boosted = (now.placed_seq <= last for now, _ in pairs if isinstance(now, Ticket) and moves.boosts.get(now.id))
    called = ((state.helpers.get(old.id), old) for old in moves.helpers)
    return (
        any(_holds(state, now, old, last) for now, old in pairs)
        or any(boosted)
        or (moves.policy is not None and stands(moves.policy_seq, state.preset_seq, last))
        or any(now is not None and stands(old.last_seq, now.last_seq, last) for now, old in called)
    )


def _holds(state: State, now: Counter | Service | Ticket, old: Counter | Service | Ticket, last_seq: int) -> bool:
    if _changed(now, old, last_seq):
        return True
    return isinstance(now, Counter) and isinstance(old, Counter) and _added(state, now, old, last_seq) is not None


def _ended(thing: Counter | Service | Ticket) -> bool:
    return isinstance(thing, Ticket) and (thing.state in HELD or thing.state not in ALIVE)


POLICY = ("policy", "policy_until", "policy_before", "policy_seq")


def _each_without(later: Collection[Thing], gone: Collection[Thing], last_seq: int) -> tuple[Thing, ...]:
    known = {one.id: one for one in gone}
    return tuple(taken_back(one, known.get(one.id, one), last_seq) for one in later)


def carried(thing: Thing, part: Part, pictures: Iterable[tuple[int, Collection[Thing]]]) -> bool:
    """Whether this part is still as some set left it. `pictures`: for each set its seq and its picture of before."""
    return any(
        one.id == thing.id and changed(thing, one, part, last_seq) for last_seq, before in pictures for one in before
    )
