"""Simulated days keep to the plan of the office file: its roster where it has one for the weekday, and its midday closing."""

import pytest

from server.messages.facts import Duty
from server.messages.office import WEEKDAYS, CounterPlan, Hours, Office, Roster, ServicePlan
from server.rehearsal.days import HOSTILE, PLAIN, Truth, simulated
from server.rehearsal.trace import Planned, Row

WEEK = WEEKDAYS[:5]


def office(hours: Hours, roster: Roster) -> Office:
    return Office(
        id="amt",
        name="Amt",
        services=tuple(
            ServicePlan(id=one, letter=one[0].upper(), names={"de": one}, minutes=10) for one in ("pass", "car")
        ),
        counters=tuple(
            CounterPlan(id=name, label=name, zone="", services=services)
            for name, services in (("1", ("pass", "car")), ("2", ("pass",)), ("3", ("pass",)))
        ),
        hours=hours,
        roster=roster,
    )


WHOLE = Hours(week=dict.fromkeys(WEEK, (("08:00", "16:00"),)))
MONDAY = Roster(
    week={
        "mon": (
            Duty(counter="1", from_="08:00", to="16:00"),
            Duty(counter="1", from_="09:30", to="09:50", kind="break"),
            Duty(counter="1", from_="13:00", to="13:45", kind="break"),
            Duty(counter="2", from_="08:30", to="11:00"),
        )
    }
)


def of(found: tuple[list[Row], list[Planned]], day: str) -> tuple[list[Row], set[tuple[str, float, float, str]]]:
    rows, duty = found
    planned = {(one.counter, one.start, one.end, one.kind) for one in duty if one.day == day}
    return [one for one in rows if one.day == day and one.called is not None], planned


@pytest.mark.parametrize("truth", [PLAIN, HOSTILE])
def test_counters_work_as_the_roster_of_the_weekday_says(truth: Truth) -> None:
    found = simulated(office(WHOLE, MONDAY), 2, 3, truth)

    calls, planned = of(found, "3-001")
    assert planned == {
        ("1", 0.0, 480.0, "open"),
        ("1", 90.0, 110.0, "break"),
        ("1", 300.0, 345.0, "break"),
        ("2", 30.0, 180.0, "open"),
    }
    assert {one.counter for one in calls} == {"1", "2"}
    second = [one.called or 0.0 for one in calls if one.counter == "2"]
    assert (min(second) >= 30.0, max(second) < 180.0) == (True, True)
    assert [rest(calls, "1", start) for start in (90.0, 300.0)] == [
        pytest.approx(20, abs=0.03),
        pytest.approx(45, abs=0.03),
    ]

    calls, planned = of(found, "3-002")
    assert {one.counter for one in calls} == {"1", "2", "3"}, "Tuesday has no plan: every counter works"
    assert {one[:3] for one in planned if one[3] == "open"} == {(name, 0.0, 480.0) for name in "123"}
    assert all(one.called is not None for one in found[0] if one.issued is not None), "everybody inside was called"


def rest(calls: list[Row], counter: str, start: float) -> float:
    """How long the counter calls nobody from the end of the service that runs at `start`, while many wait."""
    mine = sorted((one.called or 0.0, one.ended or 0.0) for one in calls if one.counter == counter)
    begins = max([start, *(ended for called, ended in mine if called < start < ended)])
    return min(called for called, _ in mine if called >= begins) - begins


@pytest.mark.parametrize("truth", [PLAIN, HOSTILE])
def test_nobody_comes_and_nobody_is_called_while_the_office_is_closed_at_midday(truth: Truth) -> None:
    closed = Hours(week=dict.fromkeys(WEEK, (("08:00", "12:00"), ("14:00", "18:00"))))

    rows, duty = simulated(office(closed, Roster()), 3, 5, truth)

    assert {(one.start, one.end) for one in duty if one.kind == "open"} == {(0.0, 240.0), (360.0, 600.0)}
    assert not [one for one in rows if one.called is not None and 240 <= one.called < 360]
    assert not [one for one in rows if one.kind != "appointment" and 240 <= (one.issued or 0.0) < 360]
    assert not [one for one in rows if one.slot is not None and 240 <= one.slot < 360]
    assert len([one for one in rows if (one.called or 0.0) >= 360]) > len(rows) / 4
    assert all(one.called is not None for one in rows if one.issued is not None)
