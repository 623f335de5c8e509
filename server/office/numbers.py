"""Ticket numbers: a letter and three digits, from the range of the first service wanted.

A range wraps; a number still alive is never given twice; with every number alive, numbers go on above the range.
"""

from itertools import chain

from server.office.reserved import holds
from server.office.state import State, range_of


def printed(letter: str, ordinal: int) -> str:
    """("A", 17) → "A017"; ("A", 1000) → "A1000"."""
    return f"{letter}{ordinal:03d}"


def next_number(state: State, service: str) -> tuple[str, int]:
    """The letter and ordinal of the next free number of a service."""
    kind = state.kinds[service]
    last = state.numbers.get(range_of(kind), kind.first - 1)
    inside = range(kind.first, kind.last + 1)
    start = last + 1 if last + 1 in inside else kind.first
    for ordinal in chain(range(start, kind.last + 1), range(kind.first, start)):
        if _free(state, kind.letter, ordinal):
            return kind.letter, ordinal
    above = max(last, kind.last) + 1
    while not _free(state, kind.letter, above) or _leased(state, kind.letter, above):
        above += 1
    return kind.letter, above


def _free(state: State, letter: str, ordinal: int) -> bool:
    """Nobody has it: not alive, and not given out by what the store lost."""
    return printed(letter, ordinal) not in state.alive and not holds(state.reserved, state.day, letter, ordinal)


def _leased(state: State, letter: str, ordinal: int) -> bool:
    blocks = (block for lease in state.leases.values() for block in lease.blocks)
    return any(state.kinds[name].letter == letter and start <= ordinal <= end for name, start, end in blocks)


def next_block(state: State, service: str, count: int) -> tuple[int, int]:
    """A block above every range of the letter, and above every other block of it."""
    letter = state.kinds[service].letter
    lasts = [kind.last for kind in state.kinds.values() if kind.letter == letter]
    ends = [
        end for lease in state.leases.values() for name, _, end in lease.blocks if state.kinds[name].letter == letter
    ]
    start = max([*lasts, *state.numbers.values(), *ends]) + 1
    while not all(_free(state, letter, ordinal) for ordinal in range(start, start + count)):
        start += 1
    return start, start + count - 1
