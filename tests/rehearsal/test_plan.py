"""The plan of a simulated day: the same for the same seed, with the arrivals of a morning in an office."""

from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.loader import load
from config.office_files import find
from server.messages.office import Office
from server.rehearsal import shapes
from server.rehearsal.plan import CounterPlace, Scene, Wish, plan


def scene_of(office: Office, free: int = 1) -> Scene:
    places = [
        CounterPlace(id=one.id, services=one.services, skills=one.skills, features=one.features)
        for one in office.counters
    ]
    return Scene(
        services=tuple(Wish(id=one.id, minutes=one.minutes) for one in office.services),
        staffed=tuple(places[: len(places) - free]),
        free=tuple(places[len(places) - free :]),
        languages=office.languages,
    )


MITTE = scene_of(load(find("mitte")))


def test_a_seed_is_a_day() -> None:
    assert plan(MITTE, 7) == plan(MITTE, 7)
    assert plan(MITTE, 7) != plan(MITTE, 8)


def test_more_people_come_in_the_morning_than_in_the_afternoon() -> None:
    arrivals = [person.arrives for seed in range(20) for person in plan(MITTE, seed).people]
    before_eleven = sum(at < 180 for at in arrivals)
    after_one = sum(at > 300 for at in arrivals)

    assert before_eleven > 1.5 * after_one


def test_somebody_stands_at_the_door_when_it_opens() -> None:
    for seed in range(20):
        assert sum(person.arrives < 2 for person in plan(MITTE, seed).people) >= 5


def test_a_day_brings_about_as_much_work_as_its_clerks_can_do() -> None:
    """Neither an empty hall nor an overfull one."""
    minutes = mean(sum(person.minutes[person.services[0]] for person in plan(MITTE, seed).people) for seed in range(40))

    assert 0.65 < minutes / (len(MITTE.staffed) * shapes.OPEN) < 1.05


def test_seven_in_a_hundred_have_priority() -> None:
    people = [person for seed in range(40) for person in plan(MITTE, seed).people]

    assert 0.05 < mean(person.category == "priority" for person in people) < 0.09


def test_a_day_has_everything_that_happens_in_an_office() -> None:
    people = [person for seed in range(20) for person in plan(MITTE, seed).people]

    assert {person.turn for person in people} == {"", "repeat", "withdraw", "undo", "park", "transfer", "left"}
    assert any(len(person.services) == 2 for person in people)
    assert any(person.absent for person in people)
    assert any(person.comes_back for person in people)
    assert any(person.away for person in people)
    assert {person.language for person in people} == {None, *MITTE.languages[1:]}


def test_breaks_are_staggered_and_within_the_day() -> None:
    shifts = plan(MITTE, 1).shifts
    begins = [shift.pause_at for shift in shifts]

    assert [shift.counter for shift in shifts] == [place.id for place in MITTE.staffed]
    assert max(begins) - min(begins) > 60
    assert all(60 < shift.pause_at < 400 for shift in shifts)


@pytest.mark.parametrize("office", ["mitte", "rathaus", "koffer"])
def test_every_sample_office_can_be_lived_in(office: str) -> None:
    scene = scene_of(load(find(office)))
    day = plan(scene, 1)

    assert day.people
    assert len(day.shifts) == len(scene.staffed)


def test_without_clerks_people_come_all_the_same() -> None:
    """The smallest office has one counter, which is left for the person who watches."""
    scene = scene_of(load(find("rathaus")))

    assert not scene.staffed
    assert plan(scene, 1).people
    assert not plan(scene, 1).shifts


@given(seed=st.integers(0, 10_000), free=st.integers(0, 8))
def test_nobody_comes_in_vain(seed: int, free: int) -> None:
    """Somebody who needs a counter with a feature finds one that has it and is staffed."""
    scene = scene_of(load(find("mitte")), free)
    for person in plan(scene, seed).people:
        assert 0 <= person.arrives <= shapes.OPEN
        assert all(minutes > 0 for minutes in person.minutes.values())
        for need in {"step_free", "hearing_loop"}.intersection(person.needs):
            able = [place for place in scene.staffed if need in place.features]
            assert any(person.services[0] in place.services for place in able)
