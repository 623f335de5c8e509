"""Is the advice worth following? Days lived twice with the same people: nothing is moved, and every advice is taken. Pure.

And is it honest: each advice is lived again in twin worlds, with it and without it, both without any later move; there the
predicted cut of the longest wait is compared with what happened. Used by `bench.evaluate_advice` and by a test with three days.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from functools import partial
from random import Random

from msgspec.structs import replace

from server.forecast.advice import AHEAD_MIN, Advice, looked
from server.forecast.ahead import horizon
from server.forecast.candidates import Kind
from server.forecast.learn import learn
from server.forecast.model import Model, cold
from server.forecast.promise import seed_of
from server.messages.facts import Fact
from server.messages.instants import MINUTE
from server.messages.office import Office
from server.rehearsal.days import Truth
from server.rehearsal.on_duty import CLOSE
from server.rehearsal.relive import FIRST
from server.rehearsal.replay import breaks_of, visits_of
from server.rehearsal.steered import Fault, Steered, Taken
from server.rehearsal.trace import Row

ABSENT = 0.3
"""The share of days on which a clerk is absent."""
SHIFT = (0.06, 0.53)
"""When two hours begin in which one service is wanted more often, as a share of the day."""


class Setting(Fact):
    """An office with its truth, and what it has learned. `kinds`: of moves that may be advised; `closes`: minutes after 08:00;
    `empty`: counters at which nobody sits."""

    office: Office
    truth: Truth
    seed: int
    model: Model
    kinds: tuple[Kind, ...] = ("counter",)
    closes: float = CLOSE
    empty: tuple[str, ...] = ()


class Honest(Fact):
    """One advice: minutes by which the longest wait was said to become shorter, and did in twin worlds."""

    kind: Kind
    told: float
    mean: float
    low: float
    high: float
    happened: float


class Outcome(Fact):
    """One day of both arms, in minutes. `pooled`: the longest wait if every counter gave all that its clerk can do; `moves`: what
    was made; `turned`: people who found the intake closed, because of a move; `uncovered`: services that were left without a
    counter by a move; `others`: people who were called in one arm only."""

    longest: tuple[float, float]
    p95: tuple[float, float]
    mean: tuple[float, float]
    pooled: float
    moves: tuple[Kind, ...]
    honest: tuple[Honest, ...]
    turned: int
    uncovered: int
    others: int


def learned(office: Office, truth: Truth, seed: int, days: int, closes: float = CLOSE) -> Model:
    """What the office knows after some days of the same kind, on which nobody moved anything."""
    setting = Setting(office=office, truth=truth, seed=seed, model=cold(office), closes=closes)
    days_ = [_day(setting, number) for number in range(days)]
    rows = [row for one in days_ for row in one.live()]
    names = {next(iter(one.names.values())): one.id for one in office.services}
    return learn(visits_of(rows, names.get), setting.model, breaks_of([span for one in days_ for span in one.duty]))


def lived(setting: Setting, number: int) -> Outcome:
    """One day in both arms; each advice of it is lived again in twin worlds."""
    nothing = _day(setting, number)
    advised = _day(setting, number, partial(_advice, setting))
    before, after = nothing.live(), advised.live()
    return Outcome(
        longest=(max(_waits(before)), max(_waits(after))),
        p95=(_share(before), _share(after)),
        mean=(_mean(before), _mean(after)),
        pooled=max(_waits(_day(_pooled(setting), number).live())),
        moves=tuple(one.advice.kind for one in advised.taken),
        honest=tuple(_honest(setting, number, advised, nth) for nth in range(len(advised.taken))),
        turned=advised.turned,
        uncovered=len(advised.uncovered - nothing.uncovered),
        others=len(_called(before) ^ _called(after)),
    )


def all_lived(setting: Setting, days: int, workers: int) -> list[Outcome]:
    if workers <= 1:
        return [lived(setting, number) for number in range(days)]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(partial(lived, setting), range(days)))


Asks = Callable[[Steered, float], Advice | None]


def _day(setting: Setting, number: int, adviser: Asks | None = None) -> Steered:
    office, closes, name = setting.office, setting.closes, f"{setting.seed}-{number}"
    rng = Random(f"{name}/fault")  # noqa: S311  a simulated day, not a secret
    spare = [one.id for one in office.counters if one.id not in setting.empty and _spare(setting, one.id)]
    absent = rng.choice(spare) if spare and rng.random() < ABSENT else ""
    fault = Fault(
        absent=absent, wanted=rng.choice([one.id for one in office.services]), start=closes * rng.uniform(*SHIFT)
    )
    day = FIRST + timedelta(days=number % 5 + number // 5 * 7)
    return Steered(office, setting.truth, name, day, closes, fault, adviser, setting.empty)


def _pooled(setting: Setting) -> Setting:
    counters = tuple(replace(one, services=one.skills or one.services) for one in setting.office.counters)
    return replace(setting, office=replace(setting.office, counters=counters))


def _spare(setting: Setting, counter: str) -> bool:
    """Whether every service still has a counter if this one stays empty too."""
    staffed = [one for one in setting.office.counters if one.id not in (counter, *setting.empty)]
    return {one.id for one in setting.office.services} <= {name for one in staffed for name in one.services}


def _advice(setting: Setting, day: Steered, now: float) -> Advice | None:
    state, instant = day.state, day.zero + round(now * MINUTE)
    pace = day.so_far.pace(setting.model)
    seed = seed_of(state.office.id, state.epoch, state.seq)
    return looked(state, setting.model, pace, instant, seed, day.so_far.given, day.so_far.came, setting.kinds).advice


def _honest(setting: Setting, number: int, advised: Steered, nth: int) -> Honest:
    """The world with the advice and the one without it: both had the moves before it, neither has one after it."""
    taken = advised.taken[nth]
    without, with_it = (
        _day(setting, number, partial(_again, advised.taken[:count])).live() for count in (nth, nth + 1)
    )
    ends = taken.at + min(AHEAD_MIN, horizon(advised.state, advised.zero + round(taken.at * MINUTE)))
    happened = _longest(without, taken.at, ends, setting.office) - _longest(with_it, taken.at, ends, setting.office)
    told = taken.advice
    return Honest(kind=told.kind, told=told.median, mean=told.mean, low=told.low, high=told.high, happened=happened)


def _again(taken: Sequence[Taken], day: Steered, now: float) -> Advice | None:
    return next((one.advice for one in taken if one.at == now), None)


def _longest(rows: Sequence[Row], start: float, end: float, office: Office) -> float:
    """The longest wait of everybody who waits at `start` or comes before `end`: what the prediction is about."""
    early = office.policy.appointment_before / 60
    found = [
        one.called - (one.issued if one.issued <= start or one.slot is None else max(one.issued, one.slot - early))
        for one in rows
        if one.issued is not None and one.called is not None and one.issued <= end and one.called > start
    ]
    return max(found, default=0.0)


def _called(rows: Sequence[Row]) -> frozenset[str]:
    return frozenset(one.ticket for one in rows if one.called is not None)


def _waits(rows: Sequence[Row]) -> list[float]:
    return sorted(one.called - one.issued for one in rows if one.issued is not None and one.called is not None)


def _share(rows: Sequence[Row]) -> float:
    waits = _waits(rows)
    return waits[min(int(0.95 * len(waits)), len(waits) - 1)]


def _mean(rows: Sequence[Row]) -> float:
    waits = _waits(rows)
    return sum(waits) / len(waits)
