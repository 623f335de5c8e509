"""How appointments went beside walk-ins, over some days: booked, taken up, missed, how late people came, how soon they were
called.

Web shows it on the page of evaluation. Never about a person, never by counter; a figure of fewer than five visits is hidden.
Visits are kept for years; what came of a booking to which nobody came is known as long as raw entries are kept (`since`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.history.position import Position
from server.history.raw import event_of, strings_of
from server.history.reports import LEAST, hidden
from server.history.tables import entries, positions, visits
from server.history.writing import living
from server.messages import events as e
from server.messages.instants import DAY, MINUTE
from server.messages.office import Office
from server.messages.value import Value

PROMISE_MIN = 10
"""A slot is a promise: whoever is there is called within so many minutes of it, or of their check-in."""
MOST_VISITS, MOST_ENTRIES = 50_000, 100_000
"""The most rows that are read for one page: the newest."""
LATE = (-10, -5, 0, 5, 10)
"""Where the classes of lateness end, minutes: the last is open."""
AHEAD = (1, 2, 7, 14, 28)
"""Where the classes of lead time end, days: the last is open."""
BOOKINGS = ("appointment_booked", "appointment_moved", "appointment_cancelled", "appointment_missed")


class Side(Value):
    """Appointments and walk-ins of one cell. None: hidden, or nobody knows. `taken` and `missed` make `booked`: whoever cancelled
    in time is not in it. `punctual`: the share of `taken` that was called in time. Waits in minutes. `minutes`: what the booked
    visits take by the office file."""

    booked: int | None
    taken: int | None
    missed: int | None
    walk_ins: int | None
    minutes: float = 0.0
    punctual: float | None = None
    wait_median: float | None = None
    wait_p90: float | None = None
    late_median: float | None = None
    late_p90: float | None = None


class BookedDays(Value):
    """`since`: from which day on no-shows, cancellations and lead times are known. `late`, `ahead`: counts by class, one more
    than `LATE` and `AHEAD` have. `days`: by date. `per_day`: walk-ins and bookings of an open day in the mean, `mix`: visits by
    service, for a simulation."""

    first: str
    last: str
    since: str
    least: int
    total: Side
    hours: dict[int, Side]
    services: dict[str, Side]
    days: dict[str, Side]
    cancelled: int | None
    late: tuple[int | None, ...]
    ahead: tuple[int | None, ...]
    late_ends: tuple[int, ...] = LATE
    ahead_ends: tuple[int, ...] = AHEAD
    promise: int = PROMISE_MIN
    per_day: tuple[float, float] = (0.0, 0.0)
    mix: dict[str, int] = {}


class _One(Value):
    """One visit, or one appointment to which nobody came (without `issued`)."""

    day: str
    hour: int
    service: str
    slot: int | None = None
    issued: int | None = None
    called: int | None = None
    minutes: float = 0.0


async def booked(engine: AsyncEngine, office: Office, first: date, last: date, least: int = LEAST) -> BookedDays:
    """Of these days, both included."""
    async with engine.execution_options(read_only=True).connect() as connection:
        found = await _visits(connection, office, first, last)
        row = (await connection.execute(select(positions).where(positions.c.office == office.id))).first()
        made, since = ({}, None) if row is None else await _made(connection, Position(**row._mapping))
    zone = ZoneInfo(office.time_zone)
    inside = [one for one in made.values() if first <= _at(one.start, zone).date() <= last]
    missed = [_no_show(office, one, zone) for one in inside if one.end == "missed"]
    every = [*found, *missed]
    ahead = [(one.start - one.made) / DAY for one in inside if one.made is not None and one.end != "cancelled"]
    opened = len({one.day for one in every}) or 1
    return BookedDays(
        first=first.isoformat(),
        last=last.isoformat(),
        since=max(first, _at(since, zone).date()).isoformat() if since is not None else last.isoformat(),
        least=least,
        total=_side(every, least),
        hours={hour: _side(its, least) for hour, its in sorted(_by(every, lambda one: one.hour).items())},
        services={name: _side(its, least) for name, its in _by(every, lambda one: one.service).items()},
        days={day: _side(its, least) for day, its in sorted(_by(every, lambda one: one.day).items())},
        cancelled=hidden(sum(one.end == "cancelled" for one in inside), least),
        late=_classes([late for one in every if (late := _late(one)) is not None], LATE, least),
        ahead=_classes(ahead, AHEAD, least),
        per_day=(
            sum(one.slot is None for one in every) / opened,
            sum(one.slot is not None for one in every) / opened,
        ),
        mix=dict(Counter(one.service for one in every if one.service)),
    )


class _Made(Value):
    """What raw entries say of a booking. `made`: when it was booked, ms; None: before the oldest entry. `end`: cancelled, missed,
    or nothing."""

    start: int
    service: str = ""
    made: int | None = None
    end: str = ""


async def _made(connection: AsyncConnection, stands: Position) -> tuple[Mapping[str, _Made], int | None]:
    where = (living(stands),)
    oldest = (await connection.execute(select(func.min(entries.c.at)).where(*where))).scalar()
    query = select(entries.c.body).where(*where, entries.c.type.in_(BOOKINGS)).order_by(entries.c.seq.desc())
    found: dict[str, _Made] = {}
    for row in reversed((await connection.execute(query.limit(MOST_ENTRIES))).all()):
        match event_of(row.body):
            case e.AppointmentBooked(appointment=name, start=start, services=services, at=at):
                found[name] = _Made(start=start, service=services[0], made=at)
            case e.AppointmentMoved(appointment=name, start=start, services=services):
                known = found.get(name)
                service = known.service if known else next(iter(services), "")
                found[name] = _Made(start=start, service=service, made=known.made if known else None)
            case e.AppointmentCancelled(appointment=name) if name in found:
                found[name] = _ended(found[name], "cancelled")
            case e.AppointmentMissed(appointment=name, at=at):
                found[name] = _ended(found.get(name) or _Made(start=at), "missed")
    return found, oldest


def _ended(one: _Made, end: str) -> _Made:
    return _Made(start=one.start, service=one.service, made=one.made, end=end)


async def _visits(connection: AsyncConnection, office: Office, first: date, last: date) -> list[_One]:
    days = visits.c.day.between(first.isoformat(), last.isoformat())
    query = select(visits).where(visits.c.office == office.id, days, visits.c.undone.is_(False))
    rows: dict[str, Row[Any]] = {}
    for row in await connection.execute(query.order_by(visits.c.issued_at.desc()).limit(MOST_VISITS)):
        if row.ticket not in rows or row.generation > rows[row.ticket].generation:  # a log put back tells a visit twice
            rows[row.ticket] = row
    zone, long = ZoneInfo(office.time_zone), {plan.id: plan.minutes for plan in office.services}
    return [
        _One(
            day=row.day,
            hour=_at(row.issued_at if row.slot is None else row.slot, zone).hour,
            service=row.service,
            slot=row.slot,
            issued=row.issued_at,
            called=row.first_called_at,
            minutes=sum(
                long.get(name, 0.0) for name in {*strings_of(row.services), *strings_of(row.done)} or {row.service}
            ),
        )
        for row in rows.values()
        if not row.direct
    ]


def _no_show(office: Office, one: _Made, zone: ZoneInfo) -> _One:
    at = _at(one.start, zone)
    minutes = next((plan.minutes for plan in office.services if plan.id == one.service), 0.0)
    return _One(day=at.date().isoformat(), hour=at.hour, service=one.service, slot=one.start, minutes=minutes)


def _side(found: Sequence[_One], least: int) -> Side:
    slots = [one for one in found if one.slot is not None]
    taken = [one for one in slots if one.issued is not None]
    walk_ins = [one for one in found if one.slot is None]
    waits = sorted((one.called - one.issued) / MINUTE for one in walk_ins if one.called and one.issued)
    late = sorted(late for one in taken if (late := _late(one)) is not None)
    missed = len(slots) - len(taken)
    few = 0 < missed < least or 0 < len(taken) < least
    return Side(
        # a sum of which one part is hidden would tell that part
        booked=None if few else hidden(len(slots), least),
        taken=hidden(len(taken), least),
        missed=hidden(missed, least),
        walk_ins=hidden(len(walk_ins), least),
        minutes=sum(one.minutes for one in slots) if not few and len(slots) >= least else 0.0,
        punctual=sum(map(_punctual, taken)) / len(taken) if len(taken) >= least else None,
        wait_median=_rank(waits, 0.5, least),
        wait_p90=_rank(waits, 0.9, least),
        late_median=_rank(late, 0.5, least),
        late_p90=_rank(late, 0.9, least),
    )


def _punctual(one: _One) -> bool:
    """Whoever was there and never called was not called in time."""
    return one.called is not None and one.called - max(one.slot or 0, one.issued or 0) <= PROMISE_MIN * MINUTE


def _late(one: _One) -> float | None:
    return None if one.slot is None or one.issued is None else (one.issued - one.slot) / MINUTE


def _classes(found: Iterable[float], ends: Sequence[int], least: int) -> tuple[int | None, ...]:
    counts = Counter(next((place for place, end in enumerate(ends) if one < end), len(ends)) for one in found)
    return tuple(hidden(counts[place], least) for place in range(len(ends) + 1))


def _rank(ordered: Sequence[float], part: float, least: int) -> float | None:
    """The nearest rank."""
    if len(ordered) < least:
        return None
    return round(ordered[max(0, -(-int(part * 100) * len(ordered) // 100) - 1)], 1)


def _by(found: Iterable[_One], key: Any) -> dict[Any, list[_One]]:
    groups: dict[Any, list[_One]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    return groups


def _at(ms: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(zone)
