"""Is the advice worth following? A section of docs/promise.md: simulated days of an office lived with advice and without it.

Clerks begin with one service each though they could do two to four; each day one service is wanted more often for two hours, and
on three days of ten a clerk is absent. The same people come in both arms. Called by `evaluate`; a test lives three such days.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from statistics import fmean, stdev

from msgspec.structs import replace

from bench.result import Claim, Plot, Result, Table
from server.forecast.candidates import Kind
from server.messages.office import CounterPlan, Helper, Office, ServicePlan, Zone
from server.rehearsal.arms import Honest, Outcome, Setting, all_lived, learned
from server.rehearsal.days import PLAIN

DAYS, LEARNED, APART = 30, 20, 6
"""Days that are judged, days from which the office learns first, and days for each other kind of moves."""
SEEDS = {"learn": 5203, "judge": 9743}
"""Never used while the advice was built."""
LOAD = 0.85
MINUTES = {"A": 14.0, "B": 8.0, "F": 6.0, "K": 12.0, "M": 9.0}
WANTED = {"A": 0.38, "M": 0.28, "K": 0.17, "F": 0.11, "B": 0.07}
PROFILES = (
    ("A", "AM"),
    ("A", "AMF"),
    ("A", "AK"),
    ("M", "MAF"),
    ("M", "MABF"),
    ("K", "KA"),
    ("K", "KFM"),
    ("FB", "FBMA"),
)
"""What each counter begins with, and all that its clerk could do."""
SPARE = ("A", "AM")
"""The profile of a ninth counter, at which nobody sits."""
APART_KINDS: dict[Kind, str] = {
    "extra": "another counter is opened",
    "helper": "a helper is called to it",
    "intake": "the intake of a service is closed",
}
CUT, OFF = 30.0, 5.0
"""The least cut of the longest wait (%), and the most minutes by which a prediction may be wrong on average."""
HOW = """{days} days of an office of {counters} counters, with seeds of their own, after {learned} days of the same kind. Clerks
begin with one service though they could do two to four; one service is wanted more often for two hours of each day; on three days
of ten a clerk is absent. Decisions are made every 10 minutes, and all advice is taken; only changes of one counter. The same
people come and are served in both arms. Each piece of advice is lived again in twin worlds, with it and without it, both without
any later one: there "happened" is measured, as far ahead as the prediction looks. All of them are judged: the first of each day
alone are too few to tell an error of five minutes from chance."""


def office() -> Office:
    return Office(
        id="M",
        name="M",
        zones=(Zone(id="hall"),),
        services=tuple(
            ServicePlan(id=one, names={"de": one}, letter=one, minutes=long) for one, long in MINUTES.items()
        ),
        counters=tuple(_counter(nth, *one) for nth, one in enumerate(PROFILES, start=1)),
    )


def _counter(number: int, first: str, skills: str) -> CounterPlan:
    return CounterPlan(id=str(number), label=str(number), zone="hall", services=tuple(first), skills=tuple(skills))


def measure(days: int = DAYS, done: Callable[[str], None] = lambda said: None) -> Result:
    truth, workers = replace(PLAIN, load=LOAD, mix=WANTED), os.cpu_count() or 1
    done("advice: the office learns")
    setting = Setting(
        office=office(), truth=truth, seed=SEEDS["judge"], model=learned(office(), truth, SEEDS["learn"], LEARNED)
    )
    done(f"advice: {days} days")
    found = all_lived(setting, days, workers)
    others = {}
    for kind in APART_KINDS:
        done(f"advice: {kind}")
        others[kind] = all_lived(apart(setting, kind), min(days, APART), workers)
    return result(found, others)


def apart(setting: Setting, kind: Kind) -> Setting:
    """Only this kind is advised. A ninth counter is empty, and one colleague may be called."""
    spare = _counter(len(setting.office.counters) + 1, *SPARE)
    made = replace(
        setting.office, counters=(*setting.office.counters, spare), helpers=(Helper(id="back", names={"de": "back"}),)
    )
    return replace(setting, office=made, kinds=(kind,), empty=(spare.id,))


def result(found: Sequence[Outcome], others: dict[Kind, list[Outcome]]) -> Result:
    return Result(
        name="advice",
        title="Is the advice worth following?",
        how=HOW.format(days=len(found), counters=len(PROFILES), learned=LEARNED),
        claims=tuple(_claims(found)),
        tables=(_arms(found), _apart(others)),
        plots=(_plot(found),),
    )


def _claims(found: Sequence[Outcome]) -> list[Claim]:
    before, after = (fmean(one.longest[arm] for one in found) for arm in (0, 1))
    honest = [one for day in found for one in day.honest]
    off = [one.mean - one.happened for one in honest]
    return [
        Claim(what="mean daily longest wait, nothing is moved", value=before, unit="min"),
        Claim(what="mean daily longest wait with advice", value=after, unit="min"),
        Claim(what="cut of the longest wait", value=100 * (1 - after / before), unit="%", limit=CUT, most=False),
        Claim(what="days on which it is shorter", value=100 * fmean(a > b for a, b in _pairs(found)), unit="%"),
        Claim(what="pieces of advice", value=float(len(honest)), unit=""),
        Claim(what="predicted cut of an advice", value=_mean(one.mean for one in honest), unit="min"),
        Claim(what="cut that happened", value=_mean(one.happened for one in honest), unit="min"),
        *_honesty(off),
        *_first([day.honest[0] for day in found if day.honest]),
        Claim(
            what="happened inside the range of the prediction",
            value=100 * _mean(one.low <= one.happened <= one.high for one in honest),
            unit="%",
        ),
        Claim(what="moves a day", value=fmean(len(one.moves) for one in found), unit=""),
        _none("services left without a counter", sum(one.uncovered for one in found)),
        _none("people served in one arm only", sum(one.others for one in found)),
        _none("people turned away", sum(one.turned for one in found)),
    ]


def _pairs(found: Sequence[Outcome]) -> list[tuple[float, float]]:
    return [one.longest for one in found]


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return fmean(known) if known else 0.0


def _honesty(off: Sequence[float]) -> list[Claim]:
    """`off`: predicted minus happened. With fewer than two pieces of advice there is no standard error to judge by."""
    if len(off) < 2:
        return []
    what, value = "predicted less happened, without its sign", abs(fmean(off))
    return [
        Claim(what=f"{what}; two standard errors", value=value, unit="min", limit=2 * _error(off)),
        Claim(what=what, value=value, unit="min", limit=OFF),
    ]


def _first(honest: Sequence[Honest]) -> list[Claim]:
    """The same for the first advice of each day."""
    off = [one.mean - one.happened for one in honest]
    return [
        Claim(what="the first advice of a day, predicted cut", value=_mean(one.mean for one in honest), unit="min"),
        Claim(
            what="the first advice of a day, cut that happened", value=_mean(one.happened for one in honest), unit="min"
        ),
        Claim(what="standard error of their difference", value=_error(off), unit="min"),
    ]


def _error(off: Sequence[float]) -> float:
    return stdev(off) / len(off) ** 0.5 if len(off) > 1 else 0.0


def _none(what: str, many: int) -> Claim:
    return Claim(what=what, value=float(many), unit="", limit=0.0)


def _arms(found: Sequence[Outcome]) -> Table:
    rows = [(name, *(f"{fmean(getattr(one, name)[arm] for one in found):.1f}" for arm in (0, 1))) for name in MEASURES]
    pooled = f"{fmean(one.pooled for one in found):.1f}"
    rows = [(*row, pooled if row[0] == "longest" else "") for row in rows]
    columns = ("wait", "nothing is moved", "with advice", "every counter always gives all its clerk can do")
    return Table(title="Means of the days, minutes", columns=columns, rows=tuple(rows))


def _apart(found: dict[Kind, list[Outcome]]) -> Table:
    rows = [
        (
            APART_KINDS[kind],
            *(f"{fmean(one.longest[arm] for one in days):.1f}" for arm in (0, 1)),
            f"{fmean(len(one.moves) for one in days):.1f}",
            f"{fmean(one.turned for one in days):.1f}",
        )
        for kind, days in found.items()
    ]
    many = max((len(days) for days in found.values()), default=0)
    return Table(
        title=f"Other kinds of moves, each by itself, on {many} of the days; a ninth counter is empty",
        columns=("move", "longest wait, nothing is moved", "with advice", "moves a day", "people turned away a day"),
        rows=tuple(rows),
    )


MEASURES = ("longest", "p95", "mean")


def _plot(found: Sequence[Outcome]) -> Plot:
    names, pairs = ("nothing is moved", "with advice"), sorted(_pairs(found))
    series = {
        name: tuple((float(nth), pair[arm]) for nth, pair in enumerate(pairs, start=1))
        for arm, name in enumerate(names)
    }
    title = "The longest wait of each day, without and with advice"
    return Plot(name="advice", title=title, x="days, the one with the shortest first", y="minutes", series=series)
