"""How good the promises to citizens were, per service and week: what was told, compared with what happened.

Web shows it at the report. The wait of a promise ends with the first call of the first step, whether anybody came or not.
Visits that waited for something other than was promised are counted separately, as "changed".
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Float, Select, case, cast, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from server.history.reports import LEAST, hidden
from server.history.tables import visits
from server.messages.instants import MINUTE
from server.messages.office import Office
from server.messages.value import Value

WEEKS = 8
"""How many weeks are shown; the last is the week of the chosen day."""
NEVER = ("cancelled", "expired")
"""The states in which a visit ends without ever being called."""


class Kept(Value):
    """Promises of one cell. Shares are of `promises`, minutes are means; a figure on too few promises is null (hidden).

    `covered`: called within what was shown; `later`: after it; `error`: how far the median was off; `bias`: how much later than
    the median people were called, negative: earlier. `changed`: promises whose visit became a different one.
    """

    promises: int | None
    changed: int | None
    covered: float | None = None
    later: float | None = None
    error: float | None = None
    bias: float | None = None


class OfService(Value):
    """One service; `names` per language."""

    id: str
    letter: str
    names: dict[str, str]
    cell: Kept


class OfWeek(Value):
    """`week`: of the year, as ISO 8601 counts; `monday`: its first day."""

    week: int
    monday: str
    cell: Kept
    services: tuple[OfService, ...]


class Promised(Value):
    """The weeks up to a day's, oldest first; those without a promise are left out."""

    total: Kept
    services: tuple[OfService, ...]
    weeks: tuple[OfWeek, ...]

    def plot(self) -> list[dict[str, Any]]:
        """What the page's script draws: share within the shown range in per cent, by week."""
        return [{"week": one.week, "covered": _percent(one.cell.covered)} for one in self.weeks]


class Sums(NamedTuple):
    """The sums of one service and day, as the database adds them up."""

    promises: int = 0
    changed: int = 0
    covered: int = 0
    later: int = 0
    error: float = 0.0
    bias: float = 0.0


def cell(found: Iterable[Sums], least: int) -> Kept:
    promises, changed, covered, later, error, bias = map(sum, zip(Sums(), *found, strict=True))
    told = Kept(promises=hidden(int(promises), least), changed=hidden(int(changed), least))
    if promises < max(least, 1):
        return told
    return replace(
        told,
        covered=covered / promises,
        later=later / promises,
        error=round(error / promises, 1),
        bias=round(bias / promises, 1),
    )


def _counted() -> ColumnElement[bool]:
    """Promises that can be judged: called for the first time, waiting for what was promised until then."""
    before = visits.c.changed_at <= visits.c.first_called_at
    return visits.c.first_called_at.is_not(None) & (visits.c.changed_at.is_(None) | ~before)


def _changed() -> ColumnElement[bool]:
    """Promises that cannot be judged: the ticket was changed before a call, or it ended without one."""
    called, changed = visits.c.first_called_at.is_not(None), visits.c.changed_at.is_not(None)
    return (called & changed & (visits.c.changed_at <= visits.c.first_called_at)) | (
        ~called & (changed | visits.c.state.in_(NEVER))
    )


def _query(office: str, first: str, last: str) -> Select[Any]:
    """One row for each service and day: a page costs the database the work, and not this process."""
    here, during = visits.c.office == office, visits.c.day.between(first, last)
    lives = select(visits.c.ticket, func.max(visits.c.generation).label("generation")).where(here, during)
    newest = lives.group_by(visits.c.ticket).subquery()  # a log that was lost and put back tells a visit twice
    wait = cast(visits.c.first_called_at - visits.c.issued_at, Float) / MINUTE
    off, its = wait - visits.c.told_median, _counted()

    def add(what: Any, where: ColumnElement[bool]) -> ColumnElement[Any]:
        return func.sum(case((where, what), else_=0))

    return (
        select(
            *(visits.c.service, visits.c.day, add(1, its), add(1, _changed())),
            add(1, its & wait.between(visits.c.told_low, visits.c.told_high)),
            *(add(1, its & (wait > visits.c.told_high)), add(func.abs(off), its), add(off, its)),
        )
        .join(newest, (visits.c.ticket == newest.c.ticket) & (visits.c.generation == newest.c.generation))
        .where(here, during, visits.c.undone.is_(False), visits.c.told_low.is_not(None))
        .group_by(visits.c.service, visits.c.day)
    )


async def promised(engine: AsyncEngine, office: Office, day: str, least: int = LEAST, weeks: int = WEEKS) -> Promised:
    """The weeks up to that of `day`, with services named as in the office file."""
    last = date.fromisoformat(day)
    first = _monday(last) - timedelta(weeks=weeks - 1)
    query = _query(office.id, first.isoformat(), (_monday(last) + timedelta(days=6)).isoformat())
    async with engine.execution_options(read_only=True).connect() as connection:
        rows = [
            Of(service, _monday(date.fromisoformat(day)), Sums(*sums))
            for service, day, *sums in await connection.execute(query)
        ]
    return Promised(
        total=cell([one.sums for one in rows], least),
        services=_services(office, rows, least),
        weeks=tuple(
            OfWeek(
                week=monday.isocalendar().week,
                monday=monday.isoformat(),
                cell=cell([one.sums for one in rows if one.monday == monday], least),
                services=_services(office, [one for one in rows if one.monday == monday], least),
            )
            for monday in sorted({one.monday for one in rows})
        ),
    )


class Of(NamedTuple):
    """What one day adds to a week of its service."""

    service: str
    monday: date
    sums: Sums


def _services(office: Office, rows: Sequence[Of], least: int) -> tuple[OfService, ...]:
    """In the order of the office file; one that is not in it any more stands last, under its id."""
    known = {one.id: one for one in office.services}
    found = {one.service for one in rows}
    return tuple(
        OfService(
            id=name,
            letter=known[name].letter if name in known else "",
            names=dict(known[name].names) if name in known else {},
            cell=cell([one.sums for one in rows if one.service == name], least),
        )
        for name in (*(one for one in known if one in found), *sorted(found - known.keys()))
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _percent(share: float | None) -> int | None:
    return None if share is None else round(100 * share)
