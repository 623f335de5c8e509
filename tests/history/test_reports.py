"""The report of a day: the right figures, in the office's hours, and nobody's wait alone in a figure."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncEngine

from server.history.reports import Reports, Waits, waits
from server.history.shelf import Shelf
from server.history.tables import positions
from server.history.visit import Call, Visit
from server.messages.instants import MINUTE
from server.messages.office import Office, ServicePlan

EIGHT = 1_795_330_800_000  # eight o'clock in Berlin
DAY = "2026-11-22"


def drawn(n: int, minutes: float, service: str = "pass", wait: float | None = None) -> Visit:
    """A ticket drawn this many minutes after eight, called after `wait` minutes and served for five."""
    at = EIGHT + int(minutes * MINUTE)
    visit = Visit(
        ticket=f"t{n}",
        number=f"A{n:03d}",
        epoch="e",
        day=DAY,
        service=service,
        services=(service,),
        issued_at=at,
        since=at,
        first_seq=n,
        last_seq=n,
    )
    if wait is None:
        return visit
    called = at + int(wait * MINUTE)
    served = replace(visit, calls=(Call(seq=n, counter="1", waiting_since=at, called_at=called, day=DAY),))
    return served.serving("1", called).ended("finished", called + 5 * MINUTE)


async def told(engine: AsyncEngine, visits: Sequence[Visit], office: str = "mitte") -> None:
    async with engine.begin() as connection:
        await Shelf(connection, office, 1).store(visits)


async def test_a_day_in_figures(engine: AsyncEngine, office: Office) -> None:
    waited = [drawn(n, n, wait=n) for n in range(1, 11)]
    missed = replace(drawn(20, 70, "meld", wait=4), state="missed", ended_at=None, served_ms=0, misses=2)
    gone = drawn(21, 75, "meld").ended("cancelled", EIGHT + 80 * MINUTE)
    still = drawn(22, 130, "meld")
    never = replace(drawn(23, 0), undone=True, state="cancelled")
    await told(engine, [*waited, missed, gone, still, never])

    report = await Reports(engine).day(office, DAY)

    total = report.total
    assert (total.tickets, total.called, total.served) == (13, 11, 10)
    assert (total.missed, total.cancelled, total.open) == (1, 1, 1)
    assert total.waits == Waits(count=11, mean=322, median=300, p90=540)
    assert total.served_median == 300
    assert [(s.id, s.cell.tickets) for s in report.services] == [("pass", 10), ("meld", 3), ("fund", 0)]
    assert [(h.hour, h.cell.tickets) for h in report.hours] == [(8, 10), (9, 2), (10, 1)]


async def test_a_wait_of_fewer_than_five_is_somebodys_own(engine: AsyncEngine, office: Office) -> None:
    await told(
        engine, [drawn(n, n, wait=10) for n in range(1, 6)] + [drawn(n, n, "meld", wait=30) for n in range(6, 10)]
    )

    report = await Reports(engine).day(office, DAY)
    cells = {service.id: service.cell for service in report.services}

    assert cells["pass"].waits is not None
    assert (cells["meld"].waits, cells["meld"].served_median) == (None, None)
    assert cells["meld"].tickets == 4, "how many came is no secret"
    hidden = await Reports(engine).day(office, DAY, hide_counts=True)
    assert {service.id: service.cell.tickets for service in hidden.services} == {"pass": 5, "meld": None, "fund": 0}
    open_to_all = await Reports(engine).day(office, DAY, least=1)
    assert all(service.cell.waits for service in open_to_all.services if service.id != "fund")


async def test_an_empty_day_is_a_day_of_noughts(engine: AsyncEngine, office: Office) -> None:
    report = await Reports(engine).day(office, "2026-12-24")

    assert (report.total.tickets, report.total.waits, report.hours, report.days) == (0, None, (), ())
    assert [service.cell.tickets for service in report.services] == [0, 0, 0]


async def test_offices_and_days_are_kept_apart(engine: AsyncEngine, office: Office) -> None:
    await told(engine, [drawn(1, 0)])
    await told(engine, [drawn(2, 0), drawn(3, 0)], office="nord")
    await told(engine, [replace(drawn(4, 0), day="2026-11-21")])

    report = await Reports(engine).day(office, DAY)

    assert report.total.tickets == 1
    assert report.days == ("2026-11-22", "2026-11-21")


async def test_a_service_that_left_the_office_file_is_still_told(engine: AsyncEngine, office: Office) -> None:
    await told(engine, [drawn(1, 0, "gewerbe")])

    report = await Reports(engine).day(office, DAY)

    assert (report.services[-1].id, report.services[-1].cell.tickets) == ("gewerbe", 1)


async def test_a_retired_service_without_tickets_is_not_told(engine: AsyncEngine, office: Office) -> None:
    retired = ServicePlan(id="alt", names={"de": "Alt"}, letter="X", retired=True)
    changed = replace(office, services=(*office.services, retired))

    assert "alt" not in [service.id for service in (await Reports(engine).day(changed, DAY)).services]


async def test_hours_are_the_offices(engine: AsyncEngine, office: Office) -> None:
    await told(engine, [drawn(1, 0)])

    assert [h.hour for h in (await Reports(engine).day(office, DAY)).hours] == [8]
    lisbon = replace(office, time_zone="Europe/Lisbon")
    assert [h.hour for h in (await Reports(engine).day(lisbon, DAY)).hours] == [7]


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=60))
def test_the_order_of_the_figures(found: list[int]) -> None:
    told = waits(found)

    assert told is not None
    assert min(found) // 1000 <= told.median <= told.p90 <= round(max(found) / 1000)
    assert told.count == len(found)
    assert sum(value <= told.p90 * 1000 + 500 for value in found) >= 0.9 * len(found)


@pytest.mark.parametrize(("count", "p90"), [(1, 0), (10, 8), (11, 9), (100, 89)])
def test_the_90th_percentile_is_a_wait_that_somebody_had(count: int, p90: int) -> None:
    told = waits(n * 1000 for n in range(count))

    assert told is not None
    assert told.p90 == p90


async def test_nobody_is_open_in_a_log_that_was_lost_and_nobody_counts_twice(
    engine: AsyncEngine, office: Office
) -> None:
    """The store came back empty: three who waited do not wait any more; what was restored later is counted once, as it ended."""
    lost = [drawn(n, n) for n in range(1, 4)]
    await told(engine, [*lost, drawn(4, 4)])
    async with engine.begin() as connection:
        await connection.execute(
            positions.insert().values(
                office="mitte", generation=2, seq=9, mark="m", epoch="e", day=DAY, holder="", moved_at=EIGHT
            )
        )
        await Shelf(connection, "mitte", 2).store([drawn(4, 4, wait=2), drawn(9, 9)])

    total = (await Reports(engine).day(office, DAY)).total

    assert (total.tickets, total.served, total.open) == (5, 1, 1)
