"""Is a slot a promise? A section of docs/promise.md: of those with an appointment who came, how many were called within ten
minutes of slot and check-in, and what walk-ins waited on the same days; and does it stay one where an office overbooks? Called by
`evaluate`; a test lives four such days."""

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from bench.result import Claim, Result, Table
from server.messages.facts import TakenUp
from server.messages.office import Office
from server.office.capacity import KNOWN, overbooking
from server.rehearsal.days import Truth, simulated
from server.rehearsal.kept import WITHIN_MIN, Kept, kept
from server.rehearsal.trace import Row

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
appointments wait too, and fewer promises are kept. Overbooked: the same days again, with as many more appointments as production
sells after such days (at most {most} % more; of fewer than {known} appointments nobody knows how many do not come), and with
the walk-ins as they were. Not field results."""
MOST = 30
"""What the office file of an office that overbooks allows here, per cent."""


def measure(
    offices: Mapping[str, Office],
    truth: Truth,
    days: int,
    seed: int,
    done: Callable[[str], None] = lambda said: None,
) -> Result:
    claims, rows, learned = [], [], {}
    for share in SHARES:
        done(f"slots: {100 * share:.0f} % booked")
        each = {name: simulated(one, days, seed, replace(truth, booked=share))[0] for name, one in offices.items()}
        rows += [_row(f"{100 * share:.0f} %", name, kept(found)) for name, found in with_all(each)]
        if share == JUDGED:
            claims = [claim for name, found in with_all(each) for claim in _claims(name, kept(found))]
            learned = {name: more_sold(offices[name], found) for name, found in each.items()}
    done("slots: overbooked")
    each = {name: simulated(one, days, seed, overbooked(truth, learned[name]))[0] for name, one in offices.items()}
    said = {**{name: f"{more} %" for name, more in learned.items()}, ALL: "as each"}
    rows += [_row(f"{100 * JUDGED:.0f} % and {said[name]} more", name, kept(found)) for name, found in with_all(each)]
    claims += _overbooked_claims(kept([row for one in each.values() for row in one]))
    return Result(
        name="slots",
        title="Is a slot a promise?",
        how=HOW.format(days=days, within=WITHIN_MIN, most=MOST, known=KNOWN),
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


def with_all(each: Mapping[str, list[Row]]) -> list[tuple[str, list[Row]]]:
    return [*each.items(), (ALL, [row for one in each.values() for row in one])]


def more_sold(office: Office, rows: Sequence[Row]) -> int:
    """By how many per cent more production sells after such days."""
    due = [row for row in rows if row.kind == "appointment"]
    found = kept(due)
    lately = TakenUp(booked=len(due), came=found.came, in_time=round((found.kept or 0.0) * found.came))
    return overbooking(replace(office, appointments=replace(office.appointments, overbook_percent=MOST)), lately)


def overbooked(truth: Truth, more: int) -> Truth:
    """More appointments, and as many walk-ins as before."""
    grown = 1 + JUDGED * more / 100
    return replace(truth, load=truth.load * grown, booked=JUDGED * (1 + more / 100) / grown)


def _overbooked_claims(found: Kept) -> list[Claim]:
    if found.kept is None or found.walk_p90 is None:
        raise SystemExit("overbooked: nobody came")
    return [
        Claim(what="overbooked, called within ten minutes", value=100 * found.kept, unit="%", limit=LEAST, most=False),
        Claim(what="overbooked, nine of ten walk-ins wait", value=found.walk_p90, unit="min"),
    ]


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


def _row(booked: str, name: str, found: Kept) -> tuple[str, ...]:
    return (
        booked,
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
