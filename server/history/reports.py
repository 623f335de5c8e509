"""The report of a day: tickets, waits, service, per service and per hour. Web asks for the page and for the figures.

Waits are shown only for five visits or more: fewer would tell how long one person waited, or how one clerk worked. Counts of
tickets are hidden only on request, and nothing here is by counter.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import to_builtins
from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncEngine

from server.history.tables import positions, visits
from server.messages.office import Office
from server.messages.value import Value

LEAST = 5
"""Cells of fewer visits show no waits (a common rule of data protection)."""


class Waits(Value):
    """Waits of `count` visits from issue to first call, in whole seconds."""

    count: int
    mean: int
    median: int
    p90: int


class Cell(Value):
    """Some tickets of a day. `called`: at least once; `missed`: called and never came. None means hidden."""

    tickets: int | None
    called: int | None
    served: int | None
    missed: int | None
    cancelled: int | None
    open: int | None
    waits: Waits | None
    served_median: int | None


class ServiceReport(Value):
    """One service; `names` per language."""

    id: str
    letter: str
    names: dict[str, str]
    cell: Cell


class HourReport(Value):
    """Tickets drawn in this hour of the office's clock, 0 to 23."""

    hour: int
    cell: Cell


class DayReport(Value):
    """A day of an office. `days`: all days with data, newest first; `least`: how many visits a shown wait needs."""

    office: str
    name: str
    day: str
    time_zone: str
    least: int
    total: Cell
    services: tuple[ServiceReport, ...]
    hours: tuple[HourReport, ...]
    days: tuple[str, ...]

    def plot(self) -> dict[str, Any]:
        """What the page's script draws: JSON-ready, hours with tickets and median waits in minutes."""
        return {
            "hours": [{"hour": h.hour, "tickets": h.cell.tickets, "wait": _minutes(h.cell.waits)} for h in self.hours]
        }

    def page(self) -> dict[str, Any]:
        """What the template gets besides the usual: `report` (this, as plain values) and `plot`."""
        return {"report": to_builtins(self), "plot": self.plot()}


class Reports:
    """Questions to the history. Only reads."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._reads = engine.execution_options(read_only=True)

    async def day(self, office: Office, day: str, least: int = LEAST, hide_counts: bool = False) -> DayReport:
        """One day; for a day without tickets all figures are zero. `hide_counts`: counts under `least` are hidden too."""
        query = select(visits).where(visits.c.office == office.id, visits.c.day == day, visits.c.undone.is_(False))
        living = select(positions.c.generation).where(positions.c.office == office.id)
        async with self._reads.connect() as connection:
            found = (await connection.execute(query.order_by(visits.c.generation))).all()
            generation = (await connection.execute(living)).scalar()
        rows = list({row.ticket: row for row in found}.values())  # a log that was lost and put back has a visit twice
        cell = partial(_cell, generation=generation, least=least, hide_counts=hide_counts)
        zone = ZoneInfo(office.time_zone)
        by_hour = _grouped(rows, lambda row: _hour(row.issued_at, zone))
        return DayReport(
            office=office.id,
            name=office.name,
            day=day,
            time_zone=office.time_zone,
            least=least,
            total=cell(rows),
            services=tuple(_services(office, _grouped(rows, lambda row: row.service), cell)),
            hours=tuple(HourReport(hour=hour, cell=cell(by_hour.get(hour, []))) for hour in _span(by_hour)),
            days=await self.days(office.id),
        )

    async def days(self, office: str, most: int = 400) -> tuple[str, ...]:
        """The days with data, newest first."""
        query = select(visits.c.day).where(visits.c.office == office, visits.c.day != "").distinct()
        async with self._reads.connect() as connection:
            found = await connection.execute(query.order_by(visits.c.day.desc()).limit(most))
            return tuple(row.day for row in found)


def waits(found: Iterable[int]) -> Waits | None:
    """Mean, median and nearest-rank 90th percentile of waits in milliseconds; None if there are no waits."""
    ordered = sorted(found)
    if not ordered:
        return None
    mean = sum(ordered) / len(ordered)
    return Waits(
        count=len(ordered), mean=_seconds(mean), median=_seconds(_median(ordered)), p90=_seconds(_rank(ordered, 0.9))
    )


def _cell(rows: Sequence[Row[Any]], generation: int | None, least: int, hide_counts: bool) -> Cell:
    """`generation`: of the present log. Visits of a log that was lost cannot still be open."""
    waited = [row.waited_ms for row in rows if row.waited_ms is not None]
    served = [row.served_ms for row in rows if row.state == "finished"]

    def told(count: int) -> int | None:
        return hidden(count, least) if hide_counts else count

    return Cell(
        tickets=told(len(rows)),
        called=told(sum(row.first_called_at is not None or row.direct for row in rows)),
        served=told(len(served)),
        missed=told(sum(_missed(row) for row in rows)),
        cancelled=told(sum(row.state == "cancelled" for row in rows)),
        open=told(sum(_open(row, generation) for row in rows)),
        waits=waits(waited) if len(waited) >= least else None,
        served_median=_seconds(_median(sorted(served))) if len(served) >= least else None,
    )


def hidden(count: int, least: int) -> int | None:
    """The count, or null if it is too small to be shown."""
    return None if 0 < count < least else count


def _open(row: Row[Any], generation: int | None) -> bool:
    return row.ended_at is None and row.state != "missed" and generation in (None, row.generation)


def _missed(row: Row[Any]) -> bool:
    """Whether it was called, never came and was not served: it is still missed, or expired after a miss."""
    return row.state == "missed" or (row.state == "expired" and row.misses > 0 and row.first_started_at is None)


def _services(
    office: Office, rows: dict[str, list[Row[Any]]], cell: Callable[[Sequence[Row[Any]]], Cell]
) -> Iterable[ServiceReport]:
    """In the order of the office file; services that are no longer in it come last, under their ids."""
    known = {service.id: service for service in office.services}
    for service in office.services:
        if service.id in rows or not service.retired:
            yield ServiceReport(
                id=service.id, letter=service.letter, names=dict(service.names), cell=cell(rows.get(service.id, []))
            )
    for name in sorted(rows.keys() - known.keys()):
        yield ServiceReport(id=name, letter="", names={}, cell=cell(rows[name]))


def _grouped(rows: Sequence[Row[Any]], key: Callable[[Row[Any]], Any]) -> dict[Any, list[Row[Any]]]:
    groups: dict[Any, list[Row[Any]]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _hour(at: int, zone: ZoneInfo) -> int:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone).hour


def _span(hours: Iterable[int]) -> Iterable[int]:
    found = sorted(hours)
    return range(found[0], found[-1] + 1) if found else ()


def _median(ordered: Sequence[int]) -> float:
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _rank(ordered: Sequence[int], part: float) -> int:
    """The nearest rank: the smallest value such that at least this part of all values is not above it."""
    return ordered[max(0, -(-int(part * 100) * len(ordered) // 100) - 1)]


def _seconds(ms: float) -> int:
    return round(ms / 1000)


def _minutes(found: Waits | None) -> float | None:
    return None if found is None else round(found.median / 60, 1)
