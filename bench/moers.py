"""A real office without tickets: Moers published hourly mean waits. Fits a simulated office to them, and predicts the next hour.

Arrivals of the simulated office are fitted until its hourly means match those of 2014 and 2015. Then, on each day of 2016, the
next hour's mean is predicted from the hours so far: the mean of simulated days, weighted by how well their hours so far fit.
Used by `evaluate`.
"""

import csv
import math
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path
from statistics import fmean

from msgspec.structs import replace
from scipy.optimize import least_squares

from bench.result import Claim, Plot, Result, Table
from server.messages.office import WEEKDAYS, Hours, Office
from server.rehearsal.days import Truth, simulated
from server.rehearsal.shapes import HALF_HOURS
from server.rehearsal.trace import Row

FILE = Path(__file__).with_name("moers_hourly_waits.csv")
"""Week 33 of 2014 to week 26 of 2016, by the city of Moers (Datenlizenz Deutschland Zero 2.0), kept by github.com/tursics."""
HOURS = (8, 9, 10, 11, 12)
"""Hours that almost every day has: afternoons are open on some weekdays only."""
TRIES = 20
"""The most steps of the fit."""
LEVELS = (0.7, 0.8, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2, 1.3, 1.4, 1.5)
"""How busy a simulated day is, as a multiple of the fitted arrivals: 2016 was much busier than the years before."""
NEAR_MIN = 6.0
"""Minutes by which a simulated day's hours may differ from the real ones and still count much."""
HOW = """The city of Moers published the mean wait of its citizen office by the hour; there are no tickets. The arrivals of a
simulated office of {counters} counters are fitted to the hourly means of {learned} days of 2014 and 2015; {made} simulated
days of it, from quiet to crowded, then predict each next hour of {judged} days of 2016 from the hours of that day so far.
Days whose value never changes are faults of the source and are left out. There is no target: it shows that the live day, not
the year before, is what carries a prediction."""
Waits = tuple[float, ...]
"""Mean minutes of wait in each of `HOURS`."""


def measure(
    office: Office, truth: Truth, days: int, seed: int, done: Callable[[str], None] = lambda said: None
) -> Result:
    office = replace(office, hours=Hours(week=dict.fromkeys(WEEKDAYS, (("08:00", "13:00"),))))
    learned, judged = real((2014, 2015)), real((2016,))
    wanted = _means(learned)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        fitted, found = _fit(pool, office, replace(truth, booked=0.0), wanted, days, seed, done)
        made = [
            one
            for some in pool.map(
                partial(_days, office, days), _levels(fitted), range(seed + 100, seed + 100 + len(LEVELS))
            )
            for one in some
        ]
    return _result(office, learned, judged, wanted, found, made)


def real(years: Sequence[int]) -> list[Waits]:
    """Days that have every hour, in order."""
    found: dict[tuple[int, int, int], dict[int, float]] = defaultdict(dict)
    with FILE.open(encoding="ascii", newline="") as file:
        for row in csv.DictReader(file):
            day = int(row["iso_year"]), int(row["iso_week"]), int(row["weekday_mon0"])
            found[day][int(row["hour"])] = float(row["avg_wait_min"])
    return [
        tuple(hours[hour] for hour in HOURS)
        for (year, _, _), hours in sorted(found.items())
        if year in years and all(hour in hours for hour in HOURS) and len(set(hours.values())) > 1
    ]


def _fit(
    pool: ProcessPoolExecutor,
    office: Office,
    truth: Truth,
    wanted: Waits,
    days: int,
    seed: int,
    done: Callable[[str], None],
) -> tuple[Truth, Waits]:
    """The truth whose hourly means come nearest, and these means. Each try has the same random numbers."""
    tries = count(1)

    def means(factors: Sequence[float]) -> Waits:
        done(f"Moers: try {next(tries)}")
        halves = pool.map(partial(_days, office, days // 2), [_with(truth, factors)] * 2, (seed, seed + 1))
        return _means([one for some in halves for one in some])

    found = least_squares(
        lambda factors: [a - b for a, b in zip(means(factors), wanted, strict=True)],
        x0=[1.0] * (len(HOURS) - 1),
        bounds=(0.05, 10.0),
        diff_step=0.1,  # arrivals are whole people: a smaller step may change nothing
        max_nfev=TRIES,
    )
    return _with(truth, found.x), means(found.x)


def _with(truth: Truth, factors: Sequence[float]) -> Truth:
    """`factors`: how many times as many people come, by the hour. In the last hour nobody draws a ticket."""
    each = len(HALF_HOURS) // (len(HOURS) - 1)
    hours = [one * factors[at // each] for at, one in enumerate(truth.half_hours)]
    more = sum(hours) / sum(truth.half_hours)
    return replace(truth, half_hours=tuple(hours), load=truth.load * more)


def _levels(truth: Truth) -> list[Truth]:
    return [replace(truth, load=truth.load * level) for level in LEVELS]


def _days(office: Office, days: int, truth: Truth, seed: int) -> list[Waits]:
    """The hourly means of simulated days."""
    rows, _ = simulated(office, days, seed, truth)
    by_day: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row)
    return [_hourly(some) for some in by_day.values()]


def _hourly(rows: Sequence[Row]) -> Waits:
    """By the hour in which people were called; an hour without calls has the wait of the hour before."""
    waits: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        if row.issued is not None and row.called is not None:
            waits[8 + int(row.called // 60)].append(row.called - row.issued)
    found: list[float] = []
    for hour in HOURS:
        found.append(fmean(waits[hour]) if waits[hour] else (found[-1] if found else 0.0))
    return tuple(found)


def _means(days: Sequence[Waits]) -> Waits:
    return tuple(fmean(column) for column in zip(*days, strict=True))


def predicted(made: Sequence[Waits], so_far: Sequence[float]) -> float:
    """The mean wait of the next hour."""
    known = len(so_far)
    apart = [fmean((a - b) ** 2 for a, b in zip(one, so_far, strict=False)) for one in made]
    near = min(apart)  # some day always counts, however strange this one is
    weights = [math.exp((near - one) / (2 * NEAR_MIN**2)) for one in apart]
    return sum(weight * one[known] for weight, one in zip(weights, made, strict=True)) / sum(weights)


def _result(
    office: Office, learned: list[Waits], judged: list[Waits], wanted: Waits, found: Waits, made: list[Waits]
) -> Result:
    errors = {
        hour: (
            fmean(abs(predicted(made, day[:at]) - day[at]) for day in judged),
            fmean(abs(day[at - 1] - day[at]) for day in judged),
            fmean(abs(wanted[at] - day[at]) for day in judged),
        )
        for at, hour in enumerate(HOURS)
        if at
    }
    ours, last, before = (fmean(column) for column in zip(*errors.values(), strict=True))
    now = _means(judged)
    named = [f"{hour} to {hour + 1}" for hour in HOURS]
    return Result(
        name="promise_moers",
        title="A real office: Moers, hour by hour",
        how=HOW.format(counters=len(office.counters), learned=len(learned), made=len(made), judged=len(judged)),
        claims=(
            Claim(what="mean error of the next hour", value=ours, unit="min"),
            Claim(what="mean error of “as in the last hour”", value=last, unit="min"),
            Claim(what="mean error of the mean of 2014 and 2015", value=before, unit="min"),
            Claim(what="error to that of the last hour", value=ours / last, unit="times"),
            Claim(
                what="the fit: mean difference to the hourly means of 2014 and 2015",
                value=fmean(abs(a - b) for a, b in zip(found, wanted, strict=True)),
                unit="min",
            ),
        ),
        tables=(
            Table(
                title="Mean waits, minutes",
                columns=("hour", "2014 and 2015", "fitted", "2016"),
                rows=tuple(
                    (name, *(f"{value:.1f}" for value in values))
                    for name, *values in zip(named, wanted, found, now, strict=True)
                ),
            ),
            Table(
                title="Mean error in 2016, minutes",
                columns=("hour", "ours", "as in the last hour", "mean of 2014 and 2015"),
                rows=tuple(
                    (f"{hour} to {hour + 1}", *(f"{value:.1f}" for value in values)) for hour, values in errors.items()
                ),
            ),
        ),
        plots=(
            Plot(
                name="moers",
                title="Mean wait by the hour, Moers",
                x="o'clock",
                y="minutes",
                series={
                    name: tuple(zip(map(float, HOURS), values, strict=True))
                    for name, values in (("2014 and 2015", wanted), ("fitted", found), ("2016", now))
                },
            ),
        ),
    )
