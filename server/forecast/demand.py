"""How many people are still to come, by category, service and half hour: what was learned, corrected by today so far. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from server.forecast.model import HALF_HOURS, PARTS, Model, by_part
from server.forecast.people import Coming
from server.messages.instants import MINUTE
from server.messages.terms import Category
from server.office import hours
from server.office.state import State

WINDOW_MIN, WEIGHT = 45.0, 6.0
"""Demand is corrected by the arrivals of the last WINDOW_MIN minutes. What was learned has the weight of WEIGHT people."""
FADES_MIN = 60.0
"""The correction holds for this many minutes ahead: a surge does not last all day."""
LATELY_MIN = 60.0
"""If nothing was learned about a service, as many people are expected per minute as came in the last LATELY_MIN minutes."""
CATEGORIES: tuple[Category, ...] = ("walk_in", "priority")
"""Categories of tickets that people draw without a booking."""


class Came(NamedTuple):
    """Somebody who drew a ticket today."""

    at: int
    service: str
    category: Category


Rates = dict[Category, dict[str, tuple[float, ...]]]


def expected(state: State, model: Model, came: Sequence[Came] | None, now: int, minutes: float) -> Coming:
    """Arrivals of the next `minutes`. `came`: who drew a ticket today, in the order of time; None: not known."""
    wall = hours.local(state.office, now)
    minute = wall.hour * 60 + wall.minute + wall.second / 60
    learned: Rates = {"walk_in": model.walk_in, "priority": model.priority}
    if not model.walk_in:
        return Coming(_as_lately(state, came or (), now), minutes)
    if came is None:
        return Coming(learned, minutes, within=model.within)
    so_far = sum(_between(model, rates, 0.0, minute) for of in learned.values() for rates in of.values())
    prior = 1 / model.busy**2
    shape = prior + sum(one.category in CATEGORIES for one in came)
    mean = shape / (prior + so_far)
    lately = [one for one in came if one.at > now - WINDOW_MIN * MINUTE]
    found: Rates = {}
    for category, of in learned.items():
        found[category] = {}
        for service, rates in of.items():
            n = sum((one.service, one.category) == (service, category) for one in lately)
            m = mean * _between(model, rates, minute - WINDOW_MIN, minute)
            found[category][service] = _scaled(rates, (WEIGHT + n) / (WEIGHT + m), minute)
    return Coming(found, minutes, (shape, mean), model.within)


def _between(model: Model, rates: Sequence[float], start: float, end: float) -> float:
    """Arrivals between two minutes of the day."""
    long = 30 / PARTS
    return sum(
        rate * max(0.0, min(end, (part + 1) * long) - max(start, part * long)) / long
        for part, rate in enumerate(by_part(rates, model.within))
        if rate
    )


def _scaled(rates: Sequence[float], factor: float, minute: float) -> tuple[float, ...]:
    return tuple(
        rate * (factor if half * 30 < minute + FADES_MIN else 1.0) for half, rate in enumerate(rates[:HALF_HOURS])
    )


def _as_lately(state: State, came: Sequence[Came], now: int) -> Rates:
    found: Rates = {category: {} for category in CATEGORIES}
    lately = [one for one in came if one.at > now - LATELY_MIN * MINUTE]
    begin = max(came[0].at if came else now, now - LATELY_MIN * MINUTE)
    spent = max((now - begin) / MINUTE, 30.0)
    for category in CATEGORIES:
        for service in state.services:
            n = sum((one.service, one.category) == (service, category) for one in lately)
            if n:
                found[category][service] = (n * 30 / spent,) * HALF_HOURS
    return found
