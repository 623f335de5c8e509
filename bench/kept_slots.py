"""Is a slot a promise? A section of docs/promise.md: of those with an appointment who came, how many were called within ten
minutes of slot and check-in, and what walk-ins waited on the same days. Called by `evaluate`; a test lives two such days."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from bench.result import Claim, Result, Table
from server.messages.office import Office
from server.rehearsal.days import Truth, simulated
from server.rehearsal.kept import WITHIN_MIN, Kept, kept

LEAST = 86.0
"""The share that the contract promises under the preset `balanced`, per cent."""
SHARES = (0.0, 0.18, 0.36)
"""Of all visits, those that are booked: what more or fewer slots do to both waits. The promise is judged on the middle one."""
JUDGED = 0.18
ALL = "all"
"""In place of an office: all of them."""
HOW = """{days} days of three offices (4, 8 and 12 counters) under the preset `balanced`, with the same load, however many of the
visits are booked. A promise is kept if somebody who came is called within {within:.0f} minutes of the slot, or of the check-in if
they came later. Services are wanted as often as the counters can give them: where one line is far longer than the others, its
appointments wait too, and fewer promises are kept. Not field results."""


def measure(
    offices: Mapping[str, Office],
    truth: Truth,
    days: int,
    seed: int,
    done: Callable[[str], None] = lambda said: None,
) -> Result:
    claims, rows = [], []
    for share in SHARES:
        done(f"slots: {100 * share:.0f} % booked")
        each = {name: simulated(one, days, seed, replace(truth, booked=share))[0] for name, one in offices.items()}
        for name, found in {**each, ALL: [row for one in each.values() for row in one]}.items():
            judged = kept(found)
            rows.append(_row(share, name, judged))
            if share == JUDGED:
                claims += _claims(name, judged)
    return Result(
        name="slots",
        title="Is a slot a promise?",
        how=HOW.format(days=days, within=WITHIN_MIN),
        claims=tuple(claims),
        tables=(
            Table(
                title="What booked visits do to both waits",
                columns=(
                    "booked",
                    "office",
                    "came",
                    "kept",
                    "9 of 10 called after",
                    "walk-ins",
                    "median wait",
                    "9 of 10 waited",
                ),
                rows=tuple(rows),
            ),
        ),
    )


def _claims(name: str, found: Kept) -> list[Claim]:
    if found.kept is None or found.overdue is None or found.walk_p90 is None:
        raise SystemExit(f"{name}: nobody came")
    if name != ALL:
        return [Claim(what=f"kept in office {name}", value=100 * found.kept, unit="%")]
    return [
        Claim(
            what="called within ten minutes of slot and check-in",
            value=100 * found.kept,
            unit="%",
            limit=LEAST,
            most=False,
        ),
        Claim(what="nine of ten appointments are called after", value=found.overdue, unit="min"),
        Claim(what="nine of ten walk-ins wait on the same days", value=found.walk_p90, unit="min"),
    ]


def _row(share: float, name: str, found: Kept) -> tuple[str, ...]:
    return (
        f"{100 * share:.0f} %",
        name,
        f"{found.came:,}",
        "-" if found.kept is None else f"{100 * found.kept:.1f} %",
        _minutes(found.overdue),
        f"{found.walk_ins:,}",
        _minutes(found.walk_median),
        _minutes(found.walk_p90),
    )


def _minutes(found: float | None) -> str:
    return "-" if found is None else f"{found:.1f} min"
