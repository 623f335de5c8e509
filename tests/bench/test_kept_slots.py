"""A slot is a promise: called within ten minutes of slot and check-in, on days lived by the order of call of production."""

import pytest
from msgspec.structs import replace

from bench.evaluate import LOAD, SEEDS, SIZES, office
from bench.kept_slots import JUDGED, LEAST, MOST, measure, more_sold, overbooked
from server.rehearsal.days import PLAIN
from server.rehearsal.kept import kept
from server.rehearsal.trace import Row


def row(kind: str, slot: float | None, issued: float | None, called: float | None) -> Row:
    return Row(office="M", day="1", ticket="1", service="A", kind=kind, slot=slot, issued=issued, called=called)


def test_in_time_is_ten_minutes_after_slot_and_check_in_whichever_is_later() -> None:
    found = kept(
        [
            row("appointment", 60, 50, 70),  # ten minutes after the slot
            row("appointment", 60, 50, 70.01),
            row("appointment", 60, 65, 75),  # ten minutes after the check-in
            row("appointment", 60, 50, 55),  # before the slot
            row("appointment", 60, 50, None),  # came, and nobody called
            row("appointment", 60, None, None),  # did not come
            row("walk_in", None, 0, 12),
            row("walk_in", None, 0, None),
            row("priority", None, 0, 1),
        ]
    )
    assert (found.came, found.kept, found.overdue) == (5, 0.6, float("inf"))
    assert (found.walk_ins, found.walk_median, found.walk_p90) == (1, 12, 12)
    nobody = kept([])
    assert (nobody.kept, nobody.walk_median) == (None, None)


def test_on_simulated_days_the_promise_holds_and_walk_ins_are_told_beside_it() -> None:
    """A slice of `make evaluate`: four days of each office."""
    offices = {name: office(name) for name in SIZES}
    found = measure(offices, replace(PLAIN, load=LOAD), 4, SEEDS["judge"])
    promises = [claim for claim in found.claims if claim.limit is not None]

    assert [(one.limit, one.most, one.met) for one in promises] == [(LEAST, False, True)] * 2
    assert promises[1].what.startswith("overbooked")
    assert [line[:2] for line in found.tables[0].rows[:12]] == [
        (booked, name) for booked in ("0 %", "18 %", "36 %") for name in (*SIZES, "all")
    ]
    sold = {name: booked for booked, name, *_ in found.tables[0].rows[12:]}
    assert [*sold] == [*SIZES, "all"]
    assert sold["S"] == "18 % and 0 % more", "of so few nobody knows how many do not come"
    assert 0 < int(sold["L"].split()[3]) <= MOST
    came = {line[:2]: int(line[2].replace(",", "")) for line in found.tables[0].rows}
    assert came[sold["L"], "L"] > came["18 %", "L"]
    assert found.tables[0].rows[0][3] == "-"
    assert all(line[-1].endswith("min") for line in found.tables[0].rows)


def test_after_days_on_which_nobody_misses_a_slot_or_slots_are_broken_no_more_is_sold() -> None:
    came = [row("appointment", 60, 50, 65)] * 300
    missing = [row("appointment", 60, None, None)] * 60
    late = [row("appointment", 60, 50, 90)] * 300
    assert more_sold(office("M"), came) == 0
    assert 0 < more_sold(office("M"), [*came, *missing]) < 20
    assert more_sold(office("M"), [*late, *missing]) == 0


def test_overbooked_days_have_as_many_walk_ins() -> None:
    more = overbooked(PLAIN, 20)
    assert more.load * (1 - more.booked) == pytest.approx(PLAIN.load * (1 - JUDGED))
    assert more.load * more.booked == pytest.approx(PLAIN.load * JUDGED * 1.2)
