"""Several rules, and supervisors, at one counter: whichever ends first takes back what it gave, and nothing else."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from server.messages import boards as b
from server.messages import commands as c
from server.messages.instants import HOUR, MINUTE
from server.messages.office import Rule
from server.office.boards import board
from server.office.standing import wishes
from server.office.waits import Waits
from tests.office.room import instant, small_office

if TYPE_CHECKING:
    from tests.office.room import Make, Room

OWN = ("pass", "reg")
TAKES = {"car-help": ("car",), "social-help": ("social", "car"), "photo-help": ("photo",)}
RULES = tuple(
    Rule(id=name, service=take[0], over_minutes=40, under_minutes=20, counters=("1",), take=take, on=True)
    for name, take in TAKES.items()
)


@pytest.fixture
def shared(make_room: Make) -> Room:
    """Counter 1 gives passports and registrations; three rules want it too, two of them for cars."""
    office = small_office(rules=RULES)
    one, *others = office.counters
    able = replace(one, skills=("pass", "reg", "car", "social", "photo", "small"))
    return make_room(office=replace(office, counters=(able, *others))).open("1")


def acts(room: Room, rule: str, *, act: bool = True) -> list[str]:
    return room.does(c.ActOnRule(rule=rule, act=act), room.system)


def given(room: Room) -> tuple[str, ...]:
    assert room.refold().counters == room.state.counters
    return room.at("1").services


def wanted(*rules: str) -> set[str]:
    return {*OWN, *(name for rule in rules for name in TAKES[rule])}


@pytest.mark.parametrize("ends", [*permutations(TAKES)])
@pytest.mark.parametrize("begins", [*permutations(TAKES)])
def test_each_rule_takes_back_its_own_services_in_whatever_order_they_end(
    shared: Room, begins: tuple[str, ...], ends: tuple[str, ...]
) -> None:
    acting = []
    for rule in begins:
        acts(shared, rule)
        acting += [rule] if rule in {one.rule for one in shared.state.moves.values()} else []
        assert set(given(shared)) == wanted(*acting)

    for rule in ends:
        acts(shared, rule, act=False)
        acting = [one for one in acting if one != rule]
        assert set(given(shared)) == wanted(*acting), (acting, shared.at("1"))

    assert given(shared) == OWN
    assert shared.at("1").assignment is None
    assert shared.state.moves == {}


def test_while_the_other_rule_helps_the_counter_shows_whose_help_that_is(shared: Room) -> None:
    acts(shared, "car-help")
    acts(shared, "photo-help")
    acts(shared, "car-help", act=False)

    left = shared.at("1").assignment
    assert left is not None
    assert (left.by, left.services, left.before) == ("rule:photo-help", (*OWN, "photo"), OWN)
    shown = board(shared.state, "counter", "1", shared.now)
    assert isinstance(shown, b.Counter)
    assert [one.id for one in shown.rules] == ["photo-help"]


def test_a_supervisors_set_beneath_a_rule_ends_by_itself(shared: Room) -> None:
    """Given for half an hour; the rule that came later keeps only what it added."""
    moves = (c.AssignCounter(counter="1", services=("pass", "small")),)
    shared.does(c.ApplyMoves(moves=moves, until=instant(shared.now + 30 * MINUTE)), shared.supervisor)
    acts(shared, "car-help")
    assert given(shared) == ("pass", "small", "car")

    shared.after(30 * MINUTE)

    assert given(shared) == (*OWN, "car")
    acts(shared, "car-help", act=False)
    assert (given(shared), shared.at("1").assignment) == (OWN, None)


def test_a_single_move_beneath_a_rule_is_taken_back_in_the_shift_book(shared: Room) -> None:
    shared.does(c.AssignCounter(counter="1", services=("pass", "small")), shared.supervisor, key="mine")
    acts(shared, "car-help")
    shown = board(shared.state, "supervisor", "", shared.now)
    assert isinstance(shown, b.Supervisor)
    assert [one.open for one in shown.shift_book] == [True, True]

    shared.does(c.RevertMoves(key="mine"), shared.supervisor)

    assert given(shared) == (*OWN, "car")
    acts(shared, "car-help", act=False)
    assert given(shared) == OWN


def test_what_a_supervisor_decided_after_the_rule_holds(shared: Room) -> None:
    acts(shared, "car-help")
    acts(shared, "photo-help")
    shared.does(c.AssignCounter(counter="1", services=("pass", "photo")), shared.supervisor)

    acts(shared, "car-help", act=False)

    assert given(shared) == ("pass", "photo")
    acts(shared, "photo-help", act=False)
    assert given(shared) == ("pass", "photo")


def test_a_rule_ends_no_later_than_what_a_supervisor_gave_the_counter_for_a_while(shared: Room) -> None:
    """Otherwise the counter would keep it for as long as the rule helps."""
    until = instant(shared.now + 30 * MINUTE)
    shared.does(c.AssignCounter(counter="1", services=("pass", "small"), until=until), shared.supervisor)
    acts(shared, "car-help")
    assert given(shared) == ("pass", "small", "car")

    shared.after(30 * MINUTE)

    assert (given(shared), shared.at("1").assignment) == (OWN, None)
    acts(shared, "car-help")
    assert given(shared) == (*OWN, "car")
    shared.after(2 * HOUR)
    assert given(shared) == OWN


def test_a_rule_that_the_office_file_dropped_meanwhile_ends_like_the_others(shared: Room) -> None:
    acts(shared, "car-help")
    acts(shared, "photo-help")
    file = replace(shared.state.office, revision=2, rules=RULES[:1])
    shared.does(c.ConfigureOffice(office=file), shared.system, key="office:2")

    acts(shared, "car-help", act=False)
    assert given(shared) == (*OWN, "photo")
    shared.after(2 * HOUR)
    assert given(shared) == OWN


def test_a_counter_helps_two_rules_at_once_and_on_when_the_first_ends(make_room: Make) -> None:
    """Over 40 minutes counter 1 helps, over 60 counters 1 and 2 do: whichever of the two ends first."""
    early = replace(RULES[0], id="early", counters=("1",))
    late = replace(RULES[0], id="late", over_minutes=60, counters=("1", "2"))
    office = small_office(rules=(early, late))
    one, two, *others = office.counters
    able = (replace(one, skills=("car",)), replace(two, skills=("car",)), *others)
    for first, second, left in (("early", "late", True), ("late", "early", False)):
        room = make_room(office=replace(office, counters=able)).open("1", "2")
        acts(room, "early")
        acts(room, "late")
        assert (given(room), room.at("2").services) == ((*OWN, "car"), (*OWN, "car"))

        acts(room, first, act=False)
        assert (given(room), room.at("2").services) == ((*OWN, "car"), (*OWN, "car") if left else OWN)
        acts(room, second, act=False)
        assert (given(room), room.at("2").services) == (OWN, OWN)


def test_a_rule_acts_also_while_another_gives_all_that_it_wants(make_room: Make) -> None:
    """So what it wants goes on without a break when the other one ends; in the other order, too."""
    wide = Rule(id="wide", service="social", over_minutes=40, under_minutes=20, counters=("1",), take=("social", "car"))
    narrow = Rule(id="narrow", service="car", over_minutes=40, under_minutes=20, counters=("1",))
    office = small_office(rules=(replace(wide, on=True), replace(narrow, on=True)))
    one, *others = office.counters
    orders: tuple[tuple[str, str], ...] = (("wide", "narrow"), ("narrow", "wide"))
    for ends in orders:
        room = make_room(office=replace(office, counters=(replace(one, skills=("car", "social")), *others))).open("1")
        acts(room, "wide")
        assert acts(room, "narrow")
        assert [one.rule for one in room.state.moves.values()] == ["wide", "narrow"]
        assert set(given(room)) == {*OWN, "social", "car"}

        acts(room, ends[0], act=False)
        assert set(given(room)) == {*OWN, "car", *(("social",) if ends[0] == "narrow" else ())}
        acts(room, ends[1], act=False)
        assert (given(room), room.state.moves) == (OWN, {})


def test_a_rule_is_wished_while_another_gives_all_that_it_wants_and_once_only(make_room: Make) -> None:
    first, second = (replace(RULES[0], id=name, counters=("1",)) for name in ("first", "second"))
    office = small_office(rules=(first, second))
    one, *others = office.counters
    room = make_room(office=replace(office, counters=(replace(one, skills=("car",)), *others))).open("1")
    room.ticket("car")
    room.now += HOUR

    acts(room, "first")
    assert [*wishes(room.state, Waits(), room.now)] == ["rule:second"]
    acts(room, "second")
    assert wishes(room.state, Waits(), room.now) == {}
