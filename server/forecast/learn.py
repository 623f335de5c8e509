"""Learns a model from the visits of finished days. Pure; the nightly run and `aufruf replay` both call it. It is robust: a
ticket that nobody ended for four hours, or a day with a wrong clock, changes the model little."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from math import exp, log
from typing import Any

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from server.forecast.model import (
    BANDS,
    COLD,
    HALF_HOURS,
    PARTS,
    PRIOR,
    SIDE,
    WAITS,
    Chance,
    Length,
    Model,
    Spread,
    Stretch,
)
from server.forecast.past import Break, Kept, Visit
from server.messages.facts import TakenUp, Told

SHORTEST, LONGEST = 0.2, 240.0
"""Minutes that a service can last. A shorter one was pressed by mistake, a longer one was ended too late."""
FAR = 3.5
"""Robust standard deviations (1.4826 x median absolute deviation) at which an outlier is cut."""
PROMISE_MIN = 10.0
"""A slot is a promise: whoever is there is called within so many minutes of it, or of their check-in."""
SHORT = 0.25
"""Minutes. A shorter time between an end and the next call is not a pause."""
COVER = 0.9
"""Each side of the shown range must be right for nine of ten."""
EVENLY = 60
"""The weight of the assumption that people come evenly, compared with when they really came, as a number of people in a half
hour."""
STEADY = 60
"""The weight of the assumption that a range needs no stretch, compared with the real promises, as a number of promises."""


def learn(visits: Sequence[Visit], start: Model, breaks: Iterable[Break] = ()) -> Model:
    """The model of these visits. Where there are few of them, `start` counts more. `breaks`: planned ones (day, counter,
    from, to)."""
    served = [
        one for one in visits if one.called is not None and one.ended is not None and not (one.absent or one.mixed)
    ]
    lengths, office = _lengths(served, start)
    model = replace(start, services=lengths, office=office, finished=len(served))
    model = replace(model, day_sd=_day_sd(served, model), absent=_absent(visits, start))
    model = replace(model, absent_minutes=_absent_minutes(visits, start), pause=_pause(visits, set(breaks), start))
    show_up, lateness = _appointments(visits, start)
    priority, walk_in = _arrivals(visits, "priority"), _arrivals(visits, "walk_in")
    model = replace(
        model,
        show_up=show_up,
        lateness=lateness,
        priority=priority,
        walk_in=walk_in,
        busy=_busy(visits, start),
        within=_within(visits),
        taken_up=_taken_up(visits),
    )
    return versioned(model)


def versioned(model: Model) -> Model:
    """The model with a name made from its content: equal models have the same name."""
    plain = repr(replace(model, version=""))
    return replace(model, version=sha256(plain.encode()).hexdigest()[:12])


def _minutes(visit: Visit) -> float:
    return (visit.ended or 0.0) - (visit.called or 0.0)


def _of_one(visit: Visit) -> float:
    """The minutes of one piece: four identity cards would make every single one seem long. The forecast multiplies by the same
    number."""
    return _minutes(visit) / visit.times


def _cut(logs: Sequence[float]) -> NDArray[Any]:
    """The values, with outliers moved to the bound `FAR`."""
    values = np.asarray(logs)
    middle = float(np.median(values))
    spread = 1.4826 * float(np.median(np.abs(values - middle))) or 0.3
    return np.asarray(np.clip(values, middle - FAR * spread, middle + FAR * spread))


def _lengths(served: Sequence[Visit], start: Model) -> tuple[dict[str, Length], Length]:
    by_service: dict[str, list[float]] = defaultdict(list)
    for one in served:
        if SHORTEST <= _of_one(one) <= LONGEST:
            by_service[one.service].append(log(_of_one(one)))
    everything = [value for values in by_service.values() for value in values]
    if not everything:
        return start.services, start.office
    office = _shrunk(_cut(everything), start.office, COLD)
    lengths = dict(start.services)
    for name, values in by_service.items():
        configured = start.services.get(name)
        prior = office if configured is None or start.version != "cold" else configured
        lengths[name] = _shrunk(_cut(values), prior, COLD if configured else PRIOR)
    return lengths, office


def _shrunk(values: NDArray[Any], prior: Length, weight: int) -> Length:
    n = len(values)
    mu = (float(values.sum()) + weight * prior.mu) / (n + weight)
    variance = (float(((values - values.mean()) ** 2).sum()) + weight * prior.sigma**2) / (n + weight)
    return Length(mu=mu, sigma=max(variance**0.5, 0.1), n=n)


def _day_sd(served: Sequence[Visit], model: Model) -> float:
    """The spread of the paces of days, without the part that comes from having only few cases per day."""
    days: dict[str, list[float]] = defaultdict(list)
    for one in served:
        if SHORTEST <= _of_one(one) <= LONGEST:
            length = model.length(one.service)
            days[one.day].append(
                float(np.clip((log(_of_one(one)) - length.mu) / length.sigma, -FAR, FAR)) * length.sigma
            )
    many = [values for values in days.values() if len(values) >= 20]
    if len(many) < 5:
        return model.day_sd
    means = _cut([float(np.mean(values)) for values in many])
    alone = np.mean([np.var(values) / len(values) for values in many])
    return float(np.clip(max(float(np.var(means, ddof=1)) - float(alone), 0.0) ** 0.5, 0.03, 0.4))


def band(minutes: float, edges: Sequence[float]) -> int:
    return sum(minutes >= edge for edge in edges)


def _absent(visits: Iterable[Visit], start: Model) -> tuple[float, ...]:
    """The share of people who had left when they were called, by how long they had waited. `start` counts like 30 cases."""
    prior = [*start.absent, *start.absent[-1:] * (len(WAITS) + 1)][: len(WAITS) + 1]  # an older model has fewer bands
    called, left = [30.0] * len(prior), [30.0 * p for p in prior]
    for one in visits:
        if one.called is not None and one.issued is not None and one.category != "appointment":
            at = band(one.called - one.issued, WAITS)
            called[at] += 1
            left[at] += one.absent
    return tuple(gone / all for gone, all in zip(left, called, strict=True))


def _absent_minutes(visits: Iterable[Visit], start: Model) -> float:
    lost = [_minutes(one) for one in visits if one.absent and one.called is not None and one.ended is not None]
    return float(np.median(lost)) if len(lost) >= 10 else start.absent_minutes


def _pause(visits: Sequence[Visit], breaks: set[Break], start: Model) -> Chance:
    """The gaps between an end and the next call at a counter while it could have called somebody: how likely they are, and
    their mean."""
    planned: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for day, counter, begins, ends in breaks:
        planned[day, counter].append((begins, ends))
    days: dict[str, list[Visit]] = defaultdict(list)
    for one in visits:
        if one.called is not None and one.ended is not None and one.issued is not None:
            days[one.day].append(one)
    gaps = np.array([gap for day, found in days.items() for gap in _gaps(day, found, planned)])
    if len(gaps) < 50:
        return start.pause
    long = gaps[(gaps > SHORT) & (gaps < 60)]
    return Chance(len(long) / len(gaps), float(long.mean()) if len(long) else start.pause.minutes)


def _gaps(day: str, visits: Sequence[Visit], planned: dict[tuple[str, str], list[tuple[float, float]]]) -> list[float]:
    does: dict[str, set[str]] = defaultdict(set)
    rows: dict[str, list[Visit]] = defaultdict(list)
    for one in visits:
        does[one.counter].add(one.service)
        rows[one.counter].append(one)
    issued, called = np.array([one.issued for one in visits]), np.array([one.called for one in visits])
    found = []
    for counter, mine in rows.items():
        mine.sort(key=lambda one: one.called or 0.0)
        wanted = np.array([one.service in does[counter] for one in visits])
        for before, after in pairwise(mine):
            ended, next_ = before.ended or 0.0, after.called or 0.0
            if before.absent or any(b - 1 <= next_ and ended <= e + 30 for b, e in planned[day, counter]):
                continue
            if (wanted & (issued <= ended) & (called > ended + SHORT)).any() or next_ - ended <= SHORT:
                found.append(next_ - ended)
    return found


def _appointments(visits: Iterable[Visit], start: Model) -> tuple[float, Spread]:
    booked = [one for one in visits if one.slot is not None]
    late = [one.issued - one.slot for one in booked if one.issued is not None and one.slot is not None]
    if len(booked) < 30 or len(late) < 20:
        return start.show_up, start.lateness
    cut = _cut(late)
    return len(late) / len(booked), Spread(float(cut.mean()), max(float(cut.std()), 1.0))


def _taken_up(visits: Iterable[Visit]) -> TakenUp | None:
    booked = [one for one in visits if one.slot is not None]
    came = [one for one in booked if one.issued is not None]
    in_time = [one for one in came if one.called is not None and one.called - _due(one) <= PROMISE_MIN]
    return TakenUp(booked=len(booked), came=len(came), in_time=len(in_time)) if booked else None


def _due(one: Visit) -> float:
    return max(one.slot or 0.0, one.issued or 0.0)


def _arrivals(visits: Iterable[Visit], category: str) -> dict[str, tuple[float, ...]]:
    """Mean arrivals of a category per service and half hour of the day, over all days."""
    days = len({one.day for one in visits}) or 1
    counts: dict[str, list[float]] = {}
    for one in visits:
        if one.category == category and one.issued is not None:
            counts.setdefault(one.service, [0.0] * HALF_HOURS)[int(one.issued // 30) % HALF_HOURS] += 1 / days
    return {name: tuple(values) for name, values in counts.items()}


def _within(visits: Iterable[Visit]) -> tuple[float, ...]:
    """When in each half hour people come. EVENLY people of each half hour are assumed to come evenly."""
    counts = np.full((HALF_HOURS, PARTS), EVENLY / PARTS)
    for one in visits:
        if one.category != "appointment" and one.issued is not None:
            part = int(one.issued * PARTS // 30) % (HALF_HOURS * PARTS)
            counts[divmod(part, PARTS)] += 1
    return tuple(float(share) for share in (counts / counts.sum(1, keepdims=True)).ravel())


def _busy(visits: Iterable[Visit], start: Model) -> float:
    """By how much days differ in how many people come, apart from the differences that chance alone makes."""
    days = Counter(one.day for one in visits if one.slot is None)
    if len(days) < 10:
        return start.busy
    counts = _cut([float(one) for one in days.values()])
    return float(np.clip(max(np.var(counts, ddof=1) - counts.mean(), 0.0) ** 0.5 / counts.mean(), 0.05, 0.5))


def kept(told: Told, by: Model, happened: float) -> Kept | None:
    """A promise and what happened, with the model's stretch taken out. None if a counter was idle, or if no range was told."""
    if told.p10 is None or told.p90 is None or told.median < 1:
        return None
    stretch, middle = by.bands[band(told.median, BANDS)], float(told.median)
    low, high = middle - (middle - told.p10) / stretch.low, middle + (told.p90 - middle) / stretch.high
    return Kept(p10=low, p50=middle, p90=high, happened=happened)


def recalibrated(model: Model, kept: Sequence[Kept]) -> Model:
    """The model with a range that is stretched so far that each side would have held its share of the promises, in three
    bands of the promised wait."""
    bands = []
    for number in range(len(BANDS) + 1):
        bands.append(_stretch([one for one in kept if band(one.p50, BANDS) == number]))
    return versioned(replace(model, bands=tuple(bands)))


def _stretch(kept: Sequence[Kept]) -> Stretch:
    """Split conformal prediction on each side: the 90 % quantile of the error, in units of the simulated side."""
    if not kept:
        return Stretch()
    above = [(one.happened - one.p50) / max(one.p90 - one.p50, SIDE) for one in kept]
    below = [(one.p50 - one.happened) / max(one.p50 - one.p10, SIDE) for one in kept]
    n, steady = len(kept), float(STEADY)

    def side(far: list[float]) -> float:
        seen = float(np.clip(np.quantile(far, COVER), 0.5, 3.0))
        return exp((n * log(seen) + steady * 0.0) / (n + steady))

    return Stretch(low=side(below), high=side(above), n=n)
