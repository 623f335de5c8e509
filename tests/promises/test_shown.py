"""A shown range stays until its rounded ends change; its median and its instant change only then."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from server.messages.boards import Expected
from server.messages.instants import MINUTE
from server.office.waits import Waits
from server.promises.shown import same, shown
from server.promises.wire import Forecasted, Range

NINE = 1_795_420_800_000


def found(
    low: int,
    median: int,
    high: int,
    *,
    after_s: int = 0,
    learning: bool = True,
    reached: float = 0.95,
    p05: float = 0.0,
) -> Forecasted:
    range = Range(low, median, high, low + 0.5, high - 0.5, p05)
    return Forecasted(
        seq=7, now=NINE + after_s * 1000, model="m", learning=learning, tickets={"t": range},
        drawn=[("pass", "walk_in", range)], reached={"pass": reached}, minutes={"pass": 9.0},
    )  # fmt: skip


def nothing(ticket: str) -> Expected | None:
    return None


def test_a_range_stands_until_an_end_changes() -> None:
    first = shown(found(10, 14, 20), Waits(), nothing)
    moved = shown(found(10, 16, 20, after_s=10), first, nothing)
    changed = shown(found(10, 17, 25, after_s=20), moved, nothing)

    assert same(first, moved)
    assert moved.tickets["t"] == Expected(low=10, median=14, high=20, at="2026-11-23T08:00:00.000Z", learning=True)
    assert changed.tickets["t"] == Expected(low=10, median=17, high=25, at="2026-11-23T08:00:20.000Z", learning=True)
    assert changed.drawn["pass", "walk_in"].shown == changed.tickets["t"]
    assert not same(moved, changed)


def test_boards_look_the_same_until_a_wait_changes_that_they_show() -> None:
    """Those of one service with needs are shown; those of several services are only promised at an issue."""
    range, longer = Range(10, 14, 20, 10.5, 19.5), Range(20, 24, 30, 20.5, 29.5)
    loop, both = (("pass",), "walk_in", ("hearing_loop",)), (("car", "pass"), "walk_in", ())

    def looked(*others: Any) -> Waits:
        return shown(structs.replace(found(10, 14, 20), others=list(others)), Waits(), nothing)

    first = looked((*loop, range), (*both, range))
    assert same(first, looked((*loop, range), (*both, longer)))
    assert not same(first, looked((*loop, longer), (*both, range)))
    assert first.others[both].shown.high == 20  # type: ignore[index]


def test_that_it_has_learned_is_told_at_once() -> None:
    first = shown(found(10, 14, 20), Waits(), nothing)

    assert shown(found(10, 14, 20, learning=False), first, nothing).tickets["t"].learning is False


def test_what_was_told_at_the_issue_stands_like_any_range() -> None:
    told = Expected(low=10, median=12, high=20, at="2026-11-23T07:59:59.000Z", learning=True)

    assert shown(found(10, 14, 20), Waits(), lambda ticket: told).tickets["t"] is told


def test_why_it_takes_longer_stands_until_it_is_asked_again_or_the_ticket_waits_no_more() -> None:
    first = shown(structs.replace(found(10, 14, 20), fewer=["t"]), Waits(), nothing)
    later = shown(found(10, 14, 20, after_s=1), first, nothing)
    gone = shown(structs.replace(found(10, 14, 20, after_s=2), tickets={}), later, nothing)
    asked = shown(structs.replace(found(10, 14, 20, after_s=10), fewer=[]), later, nothing)

    assert [one.fewer for one in (first, later, gone, asked)] == [{"t"}, {"t"}, set(), set()]
    assert same(first, later)
    assert not same(later, asked)


@pytest.mark.parametrize(
    ("chance", "word"), [(0.9, "yes"), (0.89, "likely"), (0.5, "likely"), (0.49, "no"), (0.0, "no")]
)
def test_whether_today_still_reaches_them_is_one_of_three_words(chance: float, word: str) -> None:
    assert shown(found(10, 14, 20, reached=chance), Waits(), nothing).reached == {"pass": word}


def test_who_is_not_surely_reached_today_is_told_when_it_changes() -> None:
    first = shown(found(10, 14, 20), Waits(), nothing)
    late = shown(structs.replace(found(10, 14, 20, after_s=10), late=["t"]), first, nothing)

    assert (first.late, late.late) == (frozenset(), frozenset({"t"}))
    assert not same(first, late)


@pytest.mark.parametrize(
    ("soonest", "back_s", "minutes"), [(20.0, 300, 15), (24.9, 300, 15), (19.9, 300, 0), (19.9, 0, 15), (61.0, 600, 50)]
)
def test_one_may_leave_for_what_nearly_all_wait_less_the_way_back(soonest: float, back_s: int, minutes: int) -> None:
    leave = shown(found(20, 30, 40, p05=soonest), Waits(), nothing, back_s).leave

    assert leave == ({"t": NINE + minutes * MINUTE} if minutes else {})


def test_the_time_to_be_back_is_a_full_five_minutes_of_the_clock() -> None:
    leave = shown(found(20, 30, 40, after_s=170, p05=30.0), Waits(), nothing, 300).leave

    assert leave == {"t": NINE + 25 * MINUTE}


def test_while_the_range_stands_the_time_to_be_back_only_comes_nearer() -> None:
    first = shown(found(20, 30, 40, p05=36.0), Waits(), nothing, 300)
    later = shown(found(20, 31, 40, p05=44.0), first, nothing, 300)
    sooner = shown(found(20, 29, 40, p05=27.0), later, nothing, 300)
    changed = shown(found(25, 35, 45, p05=44.0), sooner, nothing, 300)

    assert [one.leave["t"] - NINE for one in (first, later, sooner, changed)] == [
        30 * MINUTE, 30 * MINUTE, 20 * MINUTE, 35 * MINUTE,
    ]  # fmt: skip
    assert same(first, later)
    assert not same(later, sooner)
