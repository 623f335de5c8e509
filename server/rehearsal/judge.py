"""How good promises were: error, bias, coverage, lateness, compared with the two baselines of the same run."""

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import fmean

from server.forecast.learn import band
from server.forecast.model import BANDS
from server.messages.facts import Fact
from server.rehearsal.replay import Promise

OUT = (
    "office", "day", "ticket", "kind", "issued_min", "called_min", "p10", "p50", "p90", "shown_low", "shown_high", "position",
    "queue_length",
)  # fmt: skip


class Verdict(Fact):
    """Minutes and shares over the tickets that were called. `bands`: coverage by the promised wait (<10, 10-30, >30 min)."""

    tickets: int
    promised: float
    error: float
    bias: float
    covered: float
    late: float
    bands: tuple[float | None, ...]
    position: float
    queue_length: float
    covered_idle: float | None
    idle: int


def verdict(promises: Iterable[Promise]) -> Verdict | None:
    """None if nobody was called. Coverage counts only tickets that found no idle counter which could serve them; the others are
    counted separately."""
    called = [one for one in promises if one.happened is not None]
    told = [(one, one.wait, one.happened) for one in called if one.wait is not None and one.happened is not None]
    if not told:
        return None
    busy = [(wait, happened) for one, wait, happened in told if not one.idle]
    free = [(wait, happened) for one, wait, happened in told if one.idle]
    bands = [[pair for pair in busy if band(pair[0].p50, BANDS) == at] for at in range(len(BANDS) + 1)]
    return Verdict(
        tickets=len(called),
        promised=len(told) / len(called),
        error=fmean(abs(wait.p50 - happened) for _, wait, happened in told),
        bias=fmean(wait.p50 - happened for _, wait, happened in told),
        covered=_covered(busy) or 0.0,
        late=fmean(happened > wait.high for _, wait, happened in told),
        bands=tuple(_covered(pairs) for pairs in bands),
        position=fmean(abs(one.position - happened) for one, _, happened in told),
        queue_length=fmean(abs(one.queue_length - happened) for one, _, happened in told),
        covered_idle=_covered(free),
        idle=len(free),
    )


def _covered(pairs: Sequence[tuple[object, float]]) -> float | None:
    return fmean(wait.p10 <= happened <= wait.p90 for wait, happened in pairs) if pairs else None  # type: ignore[attr-defined]


def told(promises: Sequence[Promise], say: Callable[[str], None]) -> None:
    """Says the verdict for each office and over all, in lines."""
    offices = list(dict.fromkeys(one.office for one in promises))
    say(
        "office     tickets  error   bias  covered  <10  10-30  >30  late  position  queue length  (idle counter: covered)"
    )
    for name in [*offices, *(["all"] if len(offices) > 1 else [])]:
        found = verdict(one for one in promises if name in (one.office, "all"))
        if found is None:
            say(f"{name:10} nobody was called")
            continue
        bands = "  ".join(_percent(one) for one in found.bands)
        say(
            f"{name:10} {found.tickets:7} {found.error:6.1f} {found.bias:+6.1f} {_percent(found.covered):>8}  {bands}  "
            f"{_percent(found.late)}  {found.position:5.1f} ({_ratio(found.error, found.position)})  "
            f"{found.queue_length:5.1f} ({_ratio(found.error, found.queue_length)})     "
            f"{found.idle}: {_percent(found.covered_idle)}"
        )
        if found.promised < 1:
            say(f"           {_percent(found.promised)} got a range")
    say(
        "minutes of wait from issue; late: called after the upper end shown; in brackets: our error as a share of theirs"
    )


def _percent(share: float | None) -> str:
    return "   -" if share is None else f"{100 * share:3.0f}%"


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.2f}" if theirs else "-"


def write_promises(path: Path, promises: Iterable[Promise]) -> None:
    """Writes one row per walk-in and priority ticket; fields are empty if there is no promise or no call."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(OUT)
        writer.writerows(_row(one) for one in promises)


def _row(one: Promise) -> list[object]:
    wait, empty = one.wait, ("", "", "", "", "")
    range_ = empty if wait is None else (_two(wait.p10), _two(wait.p50), _two(wait.p90), wait.low, wait.high)
    called = "" if one.called is None else _two(one.called)
    formulas = (_two(one.position), _two(one.queue_length))
    return [one.office, one.day, one.ticket, one.kind, _two(one.issued), called, *range_, *formulas]


def _two(minutes: float) -> str:
    return f"{minutes:.2f}"
