"""`python -m bench.evaluate`: how good is the forecast? Compares it with what happened, on days the model has not seen.

There are two kinds of days: `PLAIN` ones fit the model, `HOSTILE` ones break its assumptions. Each office learns from earlier
days of the same kind with another seed, and every night from the day that passed. The order of call is that of production,
with the preset `balanced`. Both baselines are computed in the same run on the same tickets. And is the advice worth following
(`advised`)? Writes docs/promise.md; `--only advice` measures one section, the page keeps the others as they were measured.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

from msgspec.structs import replace

from bench import advised, kept_slots, moers, page
from bench.measuring import this_machine
from bench.result import Claim, Plot, Result, Table
from server.forecast.model import BANDS
from server.messages.office import CounterPlan, Office, ServicePlan, Zone
from server.rehearsal.days import HOSTILE, PLAIN, Truth, simulated
from server.rehearsal.judge import Verdict, verdict
from server.rehearsal.replay import REHEARSED, Job, Promise, jobs, replay

LEARNED, JUDGED = 40, 20
"""Days from which an office learns before the first forecast, and days on which it is judged."""
LOAD = 0.85
"""Incoming work as a share of what the counters can do; this gives mean waits of 20 to 30 minutes, with 4 counters 125 people a
day, with 8 some 290, with 12 some 440: the sizes of real offices of this kind."""
SEEDS = {"learn": 4101, "judge": 7301}
"""Never used while the forecast was built."""
WAY_BACK_MIN, AWAY_MIN = 5, 15
"""Minutes a citizen needs for the way back, and the shortest time away that is offered."""
MINUTES = {"A": 14.0, "B": 8.0, "E": 5.0, "F": 6.0, "K": 12.0, "M": 9.0}
"""Minutes of ID cards, certifications, found property, police certificates, cars, residence, as in German offices of this
size."""
SIZES = {
    "S": ("MA", "AM", "MAK", "MK"),
    "M": ("AM", "AM", "FMA", "BAF", "K", "KF", "KAM", "MBF"),
    "L": ("MA", "AM", "AM", "AMF", "BFA", "K", "K", "FK", "MAK", "EMFB", "AMFE", "FEB"),
}
"""What each counter serves, by the first letter of the service: skills overlap only in part, as they do there."""
WANTED = {"A": 0.38, "M": 0.28, "K": 0.17, "F": 0.11, "B": 0.07, "E": 0.04}
"""How often each service is wanted: not quite as counters are skilled for it, so some lines are longer than others."""
BINS = (0, 5, 10, 15, 20, 30, 40, 60, 90)
TITLES = {"plain": "Days as the model believes them", "hostile": "Days that break what the model believes"}
HOW = {
    "plain": "{days} days of three offices (4, 8 and 12 counters) after {learned} days of learning, with seeds of their own.",
    "hostile": "{days} days of the same offices after {learned} days of the same kind: gamma lengths with 4 % long cases, surges "
    "on half of the days, clerks who speed up under load, no-shows in clumps.",
}
HEAD = """# Is the promise true?

Made by `make evaluate` (`python -m bench.evaluate`); do not edit. Every walk-in and priority ticket of simulated days that the
model has not seen gets a range at its issue; here it is judged by what happened. *Simulated offices, not field results.*
The two other formulas are computed on the same tickets in the same run: *position* (place in the one merged line times the
mean minutes over the counters on duty, as used in the field), and *queue length* (people before you in any line
of your counters).
Coverage counts tickets that found no able counter idle; the others would make it look better than it is and are printed apart.
"""


def main() -> int:
    asked = _asked()
    results = [_done(one) for name in asked.only or SECTIONS for one in SECTIONS[name](asked.days)]
    if asked.out is not None:
        for one in results:
            page.keep(one, asked.out / "promise")
        page.write_page(asked.out / "promise.md", HEAD, page.kept(asked.out / "promise", ORDER), asked.out / "promise")
    return 0 if all(claim.met is not False for one in results for claim in one.claims) else 1


def _done(result: Result) -> Result:
    print(f"\n{result.title}")
    for claim in result.claims:
        print(f"  {claim}", flush=True)
    return replace(result, when=_now(), machine=this_machine())


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.evaluate", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--only", action="append", choices=list(SECTIONS), help="a section; again for another; none: all"
    )
    parser.add_argument(
        "--days", type=_days, help=f"days that are judged ({JUDGED} of each office; {advised.DAYS} with advice)"
    )
    parser.add_argument(
        "--out", type=Path, help="folder of promise.md; sections not asked for stay as they are; none: only print"
    )
    return parser.parse_args()


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 200:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days from 1 to 200")
    return int(text)


def _promises(days: int | None) -> Iterator[Result]:
    for name, truth in {"plain": PLAIN, "hostile": HOSTILE}.items():
        yield _judged(name, replace(truth, load=LOAD), days or JUDGED)


def _moers(days: int | None) -> Iterator[Result]:
    yield moers.measure(office("M"), replace(PLAIN, load=LOAD), JUDGED, SEEDS["judge"], _step)


def _advice(days: int | None) -> Iterator[Result]:
    yield advised.measure(days or advised.DAYS, _step)


def _slots(days: int | None) -> Iterator[Result]:
    offices = {name: office(name) for name in SIZES}
    yield kept_slots.measure(offices, replace(PLAIN, load=LOAD), days or JUDGED, SEEDS["judge"], _step)


SECTIONS: dict[str, Callable[[int | None], Iterator[Result]]] = {
    "promise": _promises,
    "moers": _moers,
    "advice": _advice,
    "slots": _slots,
}
ORDER = ("promise_plain", "promise_hostile", "promise_moers", "advice", "slots")
"""The results on the page."""


def office(name: str) -> Office:
    served = sorted(set("".join(SIZES[name])))
    return Office(
        id=name,
        name=name,
        zones=(Zone(id="hall"),),
        services=tuple(ServicePlan(id=one, names={"de": one}, letter=one, minutes=MINUTES[one]) for one in served),
        counters=tuple(
            CounterPlan(id=str(number), label=str(number), zone="hall", services=tuple(skills))
            for number, skills in enumerate(SIZES[name], start=1)
        ),
    )


def _judged(name: str, truth: Truth, days: int) -> Result:
    planned = [_job(one, truth, days) for one in SIZES]
    total = sum(len(one.days) + REHEARSED for one in planned)
    promises = replay(planned, os.cpu_count() or 1, _progress(name, total))
    return _result(name, promises, days)


def _job(name: str, truth: Truth, days: int) -> Job:
    made = office(name)
    truth = replace(truth, mix={one.id: WANTED[one.id] for one in made.services})
    learned, learned_duty = simulated(made, LEARNED, SEEDS["learn"], truth)
    judged, duty = simulated(made, days, SEEDS["judge"], truth)
    return jobs(judged, duty, learned, learned_duty, made)[0]


def _progress(name: str, total: int) -> Callable[[int], None]:
    said = -1

    def done(days: int) -> None:
        nonlocal said
        if days != said:
            _step(f"{name}: {days} of {total} days")
        said = days

    return done


def _step(said: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{said}    ")
        sys.stderr.flush()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _result(name: str, promises: Sequence[Promise], days: int) -> Result:
    found = verdict(promises)
    if found is None:
        raise SystemExit(f"{name}: nobody was called")
    by_size = {size: one for size in SIZES if (one := verdict(p for p in promises if p.office == size)) is not None}
    return Result(
        name=f"promise_{name}",
        title=TITLES[name],
        how=HOW[name].format(days=days, learned=LEARNED),
        claims=tuple(_claims(found, promises, hostile=name == "hostile")),
        tables=(_sizes(by_size), _bins(promises)),
        plots=tuple(_plots(name, promises)),
    )


def _claims(found: Verdict, promises: Sequence[Promise], *, hostile: bool) -> list[Claim]:
    limits = (0.65, 0.70, 74.0, 14.0) if hostile else (0.60, 0.65, 77.0, 10.0)
    claims = [
        _claim("mean error", found.error, "min"),
        _claim("mean error of the position formula", found.position, "min"),
        _claim("mean error of queue length", found.queue_length, "min"),
        _claim("error to the position formula's", found.error / found.position, "times", limits[0]),
        _claim("error to queue length's", found.error / found.queue_length, "times", limits[1]),
        _claim("bias", found.bias, "min"),
        _claim("inside the 80 % range", 100 * found.covered, "%", limits[2], most=False),
        _claim("called later than the shown upper end", 100 * found.late, "%", limits[3]),
    ]
    if not hostile:
        claims += [
            _claim("inside the 80 % range, not more than", 100 * found.covered, "%", 84.0),
            *_bands(found),
            _claim("called before 'you can leave until'", 100 * _too_early(promises), "%", 5.0),
            _claim("of those called, got a range", 100 * found.promised, "%", 98.0, most=False),
        ]
    if found.covered_idle is not None:
        claims.append(_claim("inside the range, an able counter was idle", 100 * found.covered_idle, "%"))
    return claims


def _claim(what: str, value: float, unit: str, limit: float | None = None, *, most: bool = True) -> Claim:
    return Claim(what=what, value=value, unit=unit, limit=limit, most=most)


def _bands(found: Verdict) -> list[Claim]:
    names = (f"under {BANDS[0]:.0f}", f"{BANDS[0]:.0f} to {BANDS[1]:.0f}", f"over {BANDS[1]:.0f}")
    shares = [(name, 100 * share) for name, share in zip(names, found.bands, strict=True) if share is not None]
    return [
        claim
        for name, share in shares
        for claim in (
            _claim(f"inside, told {name} min", share, "%", 72.0, most=False),
            _claim(f"inside, told {name} min, not more than", share, "%", 88.0),
        )
    ]


def _too_early(promises: Sequence[Promise]) -> float:
    """Of the people who were told when to be back, the share who were called before that time."""
    away = [
        (WAY_BACK_MIN + until, one.happened)
        for one in promises
        if one.wait is not None and one.happened is not None
        if (until := (one.wait.p05 - WAY_BACK_MIN) // 5 * 5) >= AWAY_MIN
    ]
    return fmean(happened < until - WAY_BACK_MIN for until, happened in away) if away else 0.0


def _sizes(found: dict[str, Verdict]) -> Table:
    def share(one: float | None) -> str:
        return "-" if one is None else f"{100 * one:.0f} %"

    return Table(
        title="By office",
        columns=(
            "office",
            "tickets",
            "error",
            "position",
            "queue length",
            "bias",
            "inside",
            "<10",
            "10-30",
            ">30",
            "late",
        ),
        rows=tuple(
            (
                size,
                f"{one.tickets:,}",
                f"{one.error:.1f}",
                f"{one.position:.1f}",
                f"{one.queue_length:.1f}",
                f"{one.bias:+.1f}",
                share(one.covered),
                *map(share, one.bands),
                share(one.late),
            )
            for size, one in found.items()
        ),
    )


def _binned(promises: Sequence[Promise]) -> list[tuple[str, list[Promise]]]:
    told = [one for one in promises if one.wait is not None and one.happened is not None and not one.idle]
    ends = (*BINS[1:], 10_000)
    return [
        (f"{low}-{high}" if high < 10_000 else f"{low}+", found)
        for low, high in zip(BINS, ends, strict=True)
        if len(found := [one for one in told if one.wait is not None and low <= one.wait.p50 < high]) >= 20
    ]


def _bins(promises: Sequence[Promise]) -> Table:
    rows = []
    for name, found in _binned(promises):
        inside = fmean(one.wait.p10 <= (one.happened or 0) <= one.wait.p90 for one in found if one.wait)
        rows.append((name, f"{len(found):,}", *(f"{value:.1f}" for value in _means(found)), f"{100 * inside:.0f} %"))
    return Table(
        title="By what was told (median, minutes); tickets that found no able counter idle",
        columns=(
            "told",
            "tickets",
            "10 % told",
            "50 % told",
            "90 % told",
            "happened",
            "error",
            "position",
            "queue length",
            "inside",
        ),
        rows=tuple(rows),
    )


def _means(found: Sequence[Promise]) -> tuple[float, ...]:
    told = [(one, one.wait, one.happened or 0.0) for one in found if one.wait is not None]
    return (
        fmean(wait.p10 for _, wait, _ in told),
        fmean(wait.p50 for _, wait, _ in told),
        fmean(wait.p90 for _, wait, _ in told),
        fmean(happened for _, _, happened in told),
        fmean(abs(wait.p50 - happened) for _, wait, happened in told),
        fmean(abs(one.position - happened) for one, _, happened in told),
        fmean(abs(one.queue_length - happened) for one, _, happened in told),
    )


def _plots(name: str, promises: Sequence[Promise]) -> list[Plot]:
    means = [_means(found) for _, found in _binned(promises)]
    lines = {"10 % told": 0, "50 % told": 1, "90 % told": 2, "happened, mean": 3}
    errors = {"our range's median": 4, "position formula": 5, "queue length": 6}
    return [
        Plot(
            name=f"{name}_told",
            title="What was told, and what happened",
            x="told median, minutes",
            y="minutes",
            series={label: tuple((one[1], one[at]) for one in means) for label, at in lines.items()},
        ),
        Plot(
            name=f"{name}_error",
            title="Mean error by what was told",
            x="told median, minutes",
            y="minutes",
            series={label: tuple((one[1], one[at]) for one in means) for label, at in errors.items()},
        ),
    ]


if __name__ == "__main__":
    raise SystemExit(main())
