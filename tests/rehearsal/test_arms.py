"""Three days lived twice: is the advice worth following, and as good as it said? (Thirty days: `make evaluate`.)"""

from __future__ import annotations

from statistics import fmean, stdev

import pytest
from msgspec.structs import replace

from server.messages.office import CounterPlan, Office, ServicePlan, Zone
from server.rehearsal.arms import Outcome, Setting, all_lived, learned
from server.rehearsal.days import PLAIN

CLOSES = 240.0
DAYS = 3


@pytest.fixture(scope="module")
def setting() -> Setting:
    """Three clerks who could do both services, and do one each."""
    minutes = {"A": 12.0, "K": 8.0}
    office = Office(
        id="three",
        name="three",
        zones=(Zone(id="hall"),),
        services=tuple(
            ServicePlan(id=one, names={"de": one}, letter=one, minutes=long) for one, long in minutes.items()
        ),
        counters=tuple(
            CounterPlan(id=str(nth), label=str(nth), zone="hall", services=(one,), skills=("A", "K"))
            for nth, one in enumerate("AAK", start=1)
        ),
    )
    truth = replace(PLAIN, load=0.9, mix={"A": 0.5, "K": 0.5})
    return Setting(office=office, truth=truth, seed=2, model=learned(office, truth, 11, 20, CLOSES), closes=CLOSES)


@pytest.fixture(scope="module")
def days(setting: Setting) -> list[Outcome]:
    return all_lived(setting, DAYS, workers=1)


def test_three_days_with_advice_have_shorter_longest_waits(days: list[Outcome]) -> None:
    before, after = (fmean(one.longest[arm] for one in days) for arm in (0, 1))

    assert all(one.moves for one in days)
    assert after <= 0.7 * before


def test_what_was_predicted_happens(days: list[Outcome]) -> None:
    honest = [one for day in days for one in day.honest]
    off = [one.mean - one.happened for one in honest]

    assert len(honest) > DAYS
    assert abs(fmean(off)) <= min(2 * stdev(off) / len(off) ** 0.5, 5.0)
    assert all(one.low <= one.told <= one.high for one in honest)


def test_no_service_is_left_alone_and_everybody_inside_is_called(days: list[Outcome]) -> None:
    assert [one.uncovered for one in days] == [0] * DAYS
    assert [one.others for one in days] == [0] * DAYS
    assert [one.turned for one in days] == [0] * DAYS
