"""What is learned of arrivals: how many people come, for which service, in which half hour, and by how much days differ."""

from __future__ import annotations

import pytest
from msgspec.json import decode, encode

from server.forecast.learn import learn
from server.forecast.model import BUSY, HALF_HOURS, PARTS, Length, Model
from server.forecast.past import Visit
from server.messages.facts import TakenUp

START = Model(version="cold", services={}, office=Length(mu=2.0, sigma=0.5))


def day(name: str, walk_ins: int, urgent: int = 0) -> list[Visit]:
    came = [Visit(day=name, service="pass", category="walk_in", issued=545.0) for _ in range(walk_ins)]
    return [*came, *(Visit(day=name, service="pass", category="priority", issued=575.0) for _ in range(urgent))]


def test_arrivals_are_learned_by_category_service_and_half_hour() -> None:
    model = learn([*day("1", 4, 1), *day("2", 6)], START)

    assert model.walk_in["pass"][18] == 5.0
    assert sum(model.walk_in["pass"]) == 5.0
    assert model.priority["pass"][19] == 0.5


def test_days_that_differ_by_more_than_chance_are_busy_or_quiet() -> None:
    even = [visit for number in range(20) for visit in day(str(number), 100)]
    uneven = [visit for number in range(20) for visit in day(str(number), 60 if number % 2 else 140)]

    assert learn(even, START).busy == 0.05
    assert learn(uneven, START).busy == pytest.approx(0.4, abs=0.03)
    assert learn(uneven[:300], START).busy == BUSY, "of a few days nothing is learned"


def test_one_strange_day_makes_no_other_day_uncertain() -> None:
    """Twenty days alike; then one on which all visits took ten times as long, and one that ended after two people."""

    def served(name: str, minutes: float, people: int = 40) -> list[Visit]:
        return [
            Visit(day=name, service="pass", category="walk_in", issued=540.0 + at, called=545.0 + at,
                  ended=545 + at + minutes * (0.7 + (at % 5) * 0.15), counter="1")
            for at in range(people)
        ]  # fmt: skip

    good = [visit for number in range(20) for visit in served(str(number), 10 + number % 3 * 0.3, 100 + number % 4)]
    before = learn(good, START)
    after = learn([*good, *served("broken", 100, 100), *served("short", 10, 2)], START)

    assert after.day_sd == pytest.approx(before.day_sd, abs=0.05)
    assert after.busy == pytest.approx(before.busy, abs=0.02)


def test_it_is_learned_when_in_a_half_hour_people_come() -> None:
    """Nine of ten are there when the doors open at nine, the others come evenly; the other half hours have nobody."""
    doors = [Visit(day="1", service="pass", category="walk_in", issued=541.0) for _ in range(900)]
    later = [Visit(day="1", service="pass", category="walk_in", issued=540 + at * 0.3) for at in range(100)]

    within = learn([*doors, *later], START).within

    assert sum(within) == pytest.approx(HALF_HOURS)
    assert within[18 * PARTS] == pytest.approx(0.87, abs=0.02)
    assert within[19 * PARTS : 20 * PARTS] == pytest.approx((1 / PARTS,) * PARTS)


def test_a_model_that_was_stored_without_walk_ins_is_still_read() -> None:
    stored = encode(START).replace(b'"walk_in":{},', b"").replace(b',"busy":0.15', b"")

    assert b"busy" not in stored
    assert decode(stored, type=Model) == START


def test_it_is_counted_how_many_come_to_their_appointment_and_are_called_in_time() -> None:
    """Ten minutes after the slot, or after the check-in of those who came later. Whoever was never called was not in time."""

    def booked(issued: float | None, called: float | None) -> Visit:
        return Visit(day="1", service="pass", category="appointment", slot=600.0, issued=issued, called=called)

    came = [
        booked(590, 595),
        booked(590, 610),
        booked(590, 610.1),
        booked(605, 615),
        booked(605, 616),
        booked(590, None),
    ]
    model = learn([*day("1", 30), *came, booked(None, None)], START)

    assert model.taken_up == TakenUp(booked=7, came=6, in_time=3)
    assert learn(day("1", 30), START).taken_up is None
