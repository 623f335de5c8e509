"""Ticket numbers: a letter and three digits, from the range of the first service wanted.

A range wraps; a number still alive is never given twice; with every number alive, numbers go on above the range.
"""

from itertools import chain, count

from server.messages.facts import Lease, Reserved
from server.messages.office import ServicePlan
from server.office.reserved import holds
from server.office.state import State, range_of

DAYS = 3
"""So many days are remembered whose numbers went out."""


def printed(letter: str, ordinal: int) -> str:
    """("A", 17) → "A017"; ("A", 1000) → "A1000"."""
    return f"{letter}{ordinal:03d}"


def next_number(state: State, service: str) -> tuple[str, int]:
    """The letter and ordinal of the next free number of a service."""
    plan = state.plans[service]
    last = _last(state, plan)
    inside = range(plan.first, plan.last + 1)
    start = last + 1 if last + 1 in inside else plan.first
    lent = _lent(state, plan.letter)
    inside_then_above = chain(range(start, plan.last + 1), range(plan.first, start), count(max(last, plan.last) + 1))
    free = (
        ordinal
        for ordinal in inside_then_above
        if not any(first <= ordinal <= end for first, end in lent) and _free(state, plan.letter, ordinal)
    )
    return plan.letter, next(free)


def _free(state: State, letter: str, ordinal: int) -> bool:
    """Nobody has it: not alive, and not given out by what the store lost."""
    return printed(letter, ordinal) not in state.alive and not holds(state.reserved, state.day, letter, ordinal)


def earlier(state: State) -> tuple[Reserved, ...]:
    """The numbers that went out on the last day and on those before it: as many days as a wrong clock may count in one."""
    if state.last_day is None:
        return state.earlier
    spans = {(plan.letter, plan.first, max(_last(state, plan), 0)) for plan in state.plans.values()}
    spans |= {
        (lent_letter(state, lease, name), first, last)
        for lease in state.leases.values()
        for name, first, last in lease.blocks
    }
    held = state.reserved.spans if state.reserved is not None and state.reserved.day == state.last_day else ()
    given = tuple(sorted({*held, *((letter, first, last) for letter, first, last in spans if last >= first)}))
    return (*state.earlier, Reserved(day=state.last_day, spans=given))[-DAYS:]


def _last(state: State, plan: ServicePlan) -> int:
    return state.numbers.get(range_of(plan), plan.first - 1)


def _lent(state: State, letter: str) -> list[tuple[int, int]]:
    """Blocks lent of a letter, inside a range or above it: ranges may grow and move meanwhile."""
    return [
        (start, end)
        for lease in state.leases.values()
        for name, start, end in lease.blocks
        if lent_letter(state, lease, name) == letter
    ]


def lent_letter(state: State, lease: Lease, service: str) -> str:
    """The letter of what was lent, as it was then."""
    return lease.letters.get(service) or state.plans[service].letter


def next_block(state: State, service: str, size: int) -> tuple[int, int]:
    """A block above every range of the letter, and above every other block of it."""
    letter = state.plans[service].letter
    lasts = [plan.last for plan in state.plans.values() if plan.letter == letter]
    ends = [end for _, end in _lent(state, letter)]
    start = max([*lasts, *state.numbers.values(), *ends]) + 1
    while not all(_free(state, letter, ordinal) for ordinal in range(start, start + size)):
        start += 1
    return start, start + size - 1
