"""Was the promise of a slot kept? Whoever has an appointment and is there is called within ten minutes of their slot, or of their
check-in if they come later. Judged on rows of a trace, beside what walk-ins waited on the same days."""

from collections.abc import Iterable, Sequence

from server.messages.value import Value
from server.rehearsal.trace import Row

WITHIN_MIN = 10.0
ROUNDED = 1e-6
"""Instants of a trace are whole hundredths of a minute."""


class Kept(Value):
    """`kept`: the share of those who came that was called in time; whoever was never called counts as not kept. `overdue`:
    what nine of ten waited at most after slot and check-in; infinite if more than one of ten was never called. Both None if
    nobody with an appointment came. Waits of walk-ins in minutes."""

    came: int
    kept: float | None
    overdue: float | None
    walk_ins: int
    walk_median: float | None
    walk_p90: float | None


def kept(rows: Iterable[Row]) -> Kept:
    late, waits = [], []
    for row in rows:
        if row.issued is None:
            continue
        if row.slot is not None:
            late.append(float("inf") if row.called is None else max(0.0, row.called - max(row.slot, row.issued)))
        elif row.called is not None and row.kind == "walk_in":
            waits.append(row.called - row.issued)
    late.sort()
    waits.sort()
    return Kept(
        came=len(late),
        kept=sum(one <= WITHIN_MIN + ROUNDED for one in late) / len(late) if late else None,
        overdue=_at(late, 0.9),
        walk_ins=len(waits),
        walk_median=_at(waits, 0.5),
        walk_p90=_at(waits, 0.9),
    )


def _at(ordered: Sequence[float], part: float) -> float | None:
    """The nearest rank."""
    return ordered[max(0, -(-int(part * 100) * len(ordered) // 100) - 1)] if ordered else None
