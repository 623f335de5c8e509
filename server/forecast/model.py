"""What was learned about an office: how long services take, how many leave silently or miss an appointment. Plain values."""

from collections.abc import Mapping, Sequence
from math import exp, log
from typing import NamedTuple

from server.messages.facts import Fact, TakenUp
from server.messages.office import Office

HALF_HOURS = 48
PARTS = 6
"""Arrivals are learned for this many parts of a half hour, five minutes each: when the doors open, many people come at once."""
PRIOR = 15
"""The office's mean counts like this many cases of each service (prediction.md section 5, model point 1)."""
COLD = 20
"""The minutes in the office file count like this many cases."""
SIGMA = 0.6
"""The coefficient of variation of a service that was not measured yet. For real walk-in services it was 0.53 (Tyler's
Grill, 110 cases)."""
LEARNING = 200
"""With fewer finished tickets than this, a promise says that it is still learning."""
WAITS = (10.0, 30.0, 60.0, 90.0, 120.0)
"""The bounds of bands of minutes waited. The chance that somebody has left is learned for each band."""
BANDS = (10.0, 30.0)
"""The bounds of bands of minutes promised. The range is recalibrated for each band."""

SURE = 0.9
"""A ticket whose chance of being called today is at least this is not said to be in doubt."""
BUSY = 0.15
"""Coefficient of variation of a day's arrivals, before it is learned."""
SIDE = 1.0
"""The least minutes of each side of a range before it is stretched."""


class Length(Fact):
    """Minutes from call to end, log-normal: mean and SD of their logarithm; `n`: how many cases it comes from."""

    mu: float
    sigma: float
    n: int = 0


class Stretch(Fact):
    """Factors by which the range is wider than the simulated one, below and above its median."""

    low: float = 1.0
    high: float = 1.0
    n: int = 0


class Spread(NamedTuple):
    """Minutes."""

    mean: float
    sd: float


class Chance(NamedTuple):
    """How likely something is, and the mean minutes it then takes."""

    chance: float
    minutes: float


class Model(Fact):
    """What was learned. `day_sd`: SD of a day's pace (log). `absent`: the chance that somebody does not come when called,
    by the bands of `WAITS`; each time costs `absent_minutes`. `show_up`, `lateness`: of appointments. `pause`: after a
    service. `back`: the chance that somebody who was missed comes back (not measured anywhere; a cautious guess).
    `priority`, `walk_in`: arrivals per service and half hour of the day. `busy`: by how much days differ in them
    (coefficient of variation). `within`: the share of each half hour's arrivals that comes in each of its `PARTS`, for all
    half hours of a day; empty: they come evenly. `taken_up`: of the appointments that were due."""

    version: str
    services: dict[str, Length]
    office: Length
    day_sd: float = 0.08
    absent: tuple[float, ...] = (0.01, 0.05, 0.15, 0.25, 0.35, 0.4)
    absent_minutes: float = 1.0
    show_up: float = 0.87
    lateness: Spread = Spread(-5.0, 6.0)
    pause: Chance = Chance(0.05, 6.0)
    priority: dict[str, tuple[float, ...]] = {}
    bands: tuple[Stretch, ...] = (Stretch(), Stretch(), Stretch())
    finished: int = 0
    back: Chance = Chance(0.15, 10.0)
    walk_in: dict[str, tuple[float, ...]] = {}
    busy: float = BUSY
    within: tuple[float, ...] = ()
    taken_up: TakenUp | None = None

    @property
    def learning(self) -> bool:
        return self.finished < LEARNING

    def length(self, service: str) -> Length:
        return self.services.get(service, self.office)

    def together(
        self, services: Sequence[str], offered: Sequence[str], times: Mapping[str, float] | None = None
    ) -> Length:
        """The length of one stay for all of these services that a counter offers; if it offers none, for the first of them.
        `times`: by which factor several of one service take longer than one."""
        names = [name for name in services if name in offered] or [services[0]]
        done, times = [self.length(name) for name in names], times or {}
        whole = sum(exp(one.mu) * times.get(name, 1.0) for name, one in zip(names, done, strict=True))
        return Length(mu=log(whole), sigma=max(one.sigma for one in done) / len(done) ** 0.5)


def by_part(rates: Sequence[float], within: Sequence[float]) -> list[float]:
    """Arrivals by parts of half hours. `rates`: by half hours; `within`: as in the model."""
    shares = within or (1 / PARTS,) * (PARTS * len(rates))
    return [rates[part // PARTS] * share for part, share in enumerate(shares)]


def cold(office: Office) -> Model:
    """A model from the office file only, before anybody was served."""
    lengths = {one.id: _configured(one.minutes) for one in office.services}
    mean = sum(one.minutes for one in office.services) / max(1, len(office.services))
    return Model(version="cold", services=lengths, office=_configured(mean or 10.0))


def _configured(minutes: float) -> Length:
    sigma = log(1 + SIGMA**2) ** 0.5
    return Length(mu=log(max(minutes, 0.5)) - sigma**2 / 2, sigma=sigma)
