"""Where a trace disagrees with its plan or with the office file, the trace is right."""

from typing import Any

from msgspec.structs import replace

from server.messages.instants import MINUTE
from server.messages.office import CounterPlan, Office, ServicePlan, StationPlan
from server.office import hours
from server.office.evolve import evolve
from server.office.state import State
from server.rehearsal.relive import Day, date_of, office_of, on_any_day, services_by_name
from server.rehearsal.trace import Planned, Row


def visit(
    ticket: int, issued: float, called: float | None, *, counter: str = "1", service: str = "s", **more: Any
) -> Row:
    ended = None if called is None else called + 5
    return Row(
        office="A", day="1", ticket=str(ticket), service=service, kind="walk_in", issued=issued, called=called, ended=ended,
        counter=counter, **more,
    )  # fmt: skip


def on_duty(counter: str, start: float = 0.0, end: float = 300.0) -> Planned:
    return Planned(office="A", day="1", counter=counter, start=start, end=end, kind="open")


def opened(
    rows: list[Row], duty: list[Planned], office: Office | None = None
) -> dict[str, tuple[float, tuple[str, ...]]]:
    """By counter: from when it is open, in minutes since 08:00, and what it gives."""
    day, state, found = Day(office or office_of("A", rows, duty), date_of(0), rows, duty), State(), {}
    eight = hours.clock(day.office, day.day, "08:00")
    for seq, (event, _) in enumerate(day.events(), start=1):
        evolve(state, event, seq, "trace")
        for counter in state.counters.values():
            if counter.state != "closed" and counter.id not in found:
                found[counter.id] = ((event.at - eight) / MINUTE, counter.services)
    return found


def both(rows: list[Row]) -> Office:
    """An office file in which counter 2 gives `s` too."""
    made = office_of("A", rows)
    return replace(made, counters=(*made.counters, CounterPlan(id="2", label="2", zone="hall", services=("s0",))))


QUEUE = [visit(nth, nth, 10.0 * nth + 1) for nth in range(8)]
"""All come in the first minutes, and one counter calls one every ten minutes."""


def test_a_counter_that_is_planned_and_calls_nobody_is_not_there() -> None:
    """Its clerk is ill. A forecast that believed in it would promise half the wait."""
    assert set(opened(QUEUE, [on_duty("1"), on_duty("2")], both(QUEUE))) == {"1"}


def test_a_counter_that_comes_late_is_open_from_its_first_call() -> None:
    late = [*QUEUE, visit(20, 5, 62, counter="2")]

    found = opened(late, [on_duty("1"), on_duty("2")], None)
    assert {name: at for name, (at, _) in found.items()} == {"1": 0.0, "2": 62.0}


def test_without_a_plan_a_counter_that_begins_late_is_open_from_its_first_call() -> None:
    """A quarter of an hour in vain is late; less is a clerk who begins when the doors open."""
    rows = [visit(nth, nth, 10.0 * nth + 1) for nth in range(8)] + [visit(20, 5, 50, counter="2")]

    assert {name: at for name, (at, _) in opened(rows, [], None).items()} == {"1": -0.5, "2": 50.0}


def test_a_counter_for_which_nobody_waits_is_open_as_planned() -> None:
    few = [visit(nth, 30.0 * nth, 30.0 * nth + 1) for nth in range(5)]

    assert set(opened(few, [on_duty("1"), on_duty("2")], both(few))) == {"1", "2"}


def test_a_counter_gives_what_it_called_for_whatever_the_file_says() -> None:
    rows = [visit(1, 0, 1), visit(2, 0, 8, service="t")]
    made = office_of("A", rows)
    narrow = replace(made, counters=tuple(replace(one, services=("s0",)) for one in made.counters))

    assert opened(rows, [], narrow)["1"][1] == ("s0", "s1")


def test_a_row_that_nobody_called_may_name_a_counter() -> None:
    """An appointment that never came, and somebody who still waits: neither was ever at the counter that the row names."""
    missed = Row(office="A", day="1", ticket="x", service="s", kind="appointment", slot=10.0, counter="1")

    assert "1" in opened([visit(1, 0, 1), visit(2, 3, None), missed], [])


def test_a_station_that_calls_nobody_shortens_no_wait() -> None:
    file = replace(both(QUEUE), stations=(StationPlan(id="photo", label="Foto", zone="hall", services=("s0",)),))

    assert on_any_day(file).stations == ()


def test_a_name_that_two_services_have_names_neither() -> None:
    named = (("a", "Pass"), ("b", "Pass"), ("c", "a"))
    services = tuple(ServicePlan(id=id, names={"de": name}, letter="A") for id, name in named)

    assert services_by_name(Office(id="o", name="O", services=services, counters=())) == {"a": "a", "b": "b", "c": "c"}
