"""The distributions of a day: when people come, how long services take, how long people wait. Pure; all draws come from `rng`.

Minutes count from the opening of the doors. The forecast was measured with the same figures: a morning peak, a gamma
day factor (CV 0.15), log-normal services (CV 0.6), a mean patience of 150 minutes.
"""

import math
from collections.abc import Sequence
from itertools import accumulate
from random import Random

OPEN = 480.0
"""Minutes from the first to the last ticket: 08:00 to 16:00."""
HALF_HOURS = (1.6, 2.0, 2.2, 2.0, 1.7, 1.4, 1.2, 1.0, 0.8, 0.7, 0.7, 0.8, 0.9, 0.8, 0.6, 0.4)
"""Relative arrivals per half hour, with a peak in the morning."""
AT_THE_DOOR = 0.05
"""The share of people who wait at the door when it opens."""
DAY_CV, SERVICE_CV, PATIENCE = 0.15, 0.6, 150.0


def day_factor(rng: Random) -> float:
    """How busy this day is; the mean is 1."""
    shape = 1 / DAY_CV**2
    return rng.gammavariate(shape, 1 / shape)


def arrivals(rng: Random, count: int, half_hours: Sequence[float] = HALF_HOURS) -> list[float]:
    """`count` instants, sorted."""
    early = [rng.uniform(0, 1.5) for _ in range(round(count * AT_THE_DOOR))]
    return sorted([*early, *(_instant(rng, half_hours) for _ in range(count - len(early)))])


def _instant(rng: Random, half_hours: Sequence[float]) -> float:
    bounds = list(accumulate(half_hours))
    at = rng.uniform(0, bounds[-1])
    slot = next(i for i, bound in enumerate(bounds) if at <= bound)
    return (slot + 1 - (bounds[slot] - at) / half_hours[slot]) * OPEN / len(half_hours)


def service_minutes(rng: Random, mean: float) -> float:
    spread = math.log(1 + SERVICE_CV**2)
    return rng.lognormvariate(math.log(mean) - spread / 2, math.sqrt(spread))


def patience(rng: Random) -> float:
    """Minutes of waiting after which somebody leaves: at least ten."""
    return 10 + rng.expovariate(1 / PATIENCE)
