"""Ticket numbers: a letter and three digits, from the range of the first service that the ticket wants.

A range starts again at its end. A number that is still alive is never given twice; if all are, numbers go on above the range.
"""

from itertools import chain, count

from server.messages.facts import Lease, Reserved
from server.messages.office import ServicePlan
from server.office.reserved import holds
from server.office.state import State, range_of

DAYS = 3
"""For how many past days the office remembers which numbers were given out."""


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
    """Whether this number is free: no living ticket has it, and nobody whose ticket the store lost."""
    return printed(letter, ordinal) not in state.alive and not holds(state.reserved, state.day, letter, ordinal)


def earlier(state: State) -> tuple[Reserved, ...]:
    """The numbers given out on the last days.

    A corrected clock may make one of these days today again; then they are not given twice.
    """
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
    """Blocks of a letter that are lent, inside a range or above it: an office file may have changed the ranges since."""
    return [
        (start, end)
        for lease in state.leases.values()
        for name, start, end in lease.blocks
        if lent_letter(state, lease, name) == letter
    ]


def lent_letter(state: State, lease: Lease, service: str) -> str:
    """The letter that the service had when the numbers were lent."""
    return lease.letters.get(service) or state.plans[service].letter


def next_block(state: State, service: str, size: int) -> tuple[int, int]:
    """A free block of numbers, above every range and every lent block of the letter."""
    letter = state.plans[service].letter
    lasts = [plan.last for plan in state.plans.values() if plan.letter == letter]
    ends = [end for _, end in _lent(state, letter)]
    start = max([*lasts, *state.numbers.values(), *ends]) + 1
    while not all(_free(state, letter, ordinal) for ordinal in range(start, start + size)):
        start += 1
    return start, start + size - 1
