"""What can be learned of an office from its history: visits and kept promises of the last days, in the form that
`server.forecast` reads.

Reads only, and much: called in a process of its own (`server.learning`), never on the event loop of a node.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.forecast.past import Break, Visit
from server.history.position import Position
from server.history.raw import event_of, strings_of
from server.history.shelf import told_of
from server.history.tables import calls, entries, positions, visits
from server.history.writing import living
from server.messages.events import AppointmentMissed, DayOpened, OfficeConfigured, RosterSet, TicketIssued
from server.messages.facts import Duty, Told
from server.messages.instants import LAST, MINUTE
from server.messages.office import Office, planned
from server.messages.value import Value

DAYS = 60
"""How many past days the model learns from."""
MOST = 50_000
"""The most visits it learns from; if there are more, the newest."""
LONGEST = 24 * 60
"""The most minutes that a wait or stay can last within a day; a longer or negative one comes from a wrong clock."""
REMEMBERED = 8
"""Days whose promises recalibrate the range."""
SLACK_MS = MINUTE
"""A stay that lasts longer than its time of service by more than this was interrupted."""


class Past(Value):
    """`office`: its file as the log had it last; `day`: today there. `breaks`: planned ones, on the days that had visits.

    `told`: promises of the last days, each with the minutes that were then waited.
    """

    office: Office
    day: str
    visits: tuple[Visit, ...] = ()
    breaks: tuple[Break, ...] = ()
    told: tuple[tuple[Told, float], ...] = ()


async def past(engine: AsyncEngine, office: str, now: int, days: int = DAYS) -> Past | None:
    """The days before today. None: the history does not know this office."""
    async with engine.execution_options(read_only=True).connect() as connection:
        row = (await connection.execute(select(positions).where(positions.c.office == office))).first()
        stands = None if row is None else Position(**row._mapping)
        file = None if stands is None else await _file(connection, stands)
        if stands is None or file is None:
            return None
        zone, oldest = ZoneInfo(file.time_zone), await _oldest(connection, stands)
        today = datetime.fromtimestamp(now / 1000, UTC).astimezone(zone).date()
        before, since = today.isoformat(), (today - timedelta(days=days)).isoformat()
        recent = (today - timedelta(days=REMEMBERED)).isoformat()
        rows = await _visits(connection, office, since, before)
        times = await _times(connection, stands, file)
        found = [one for row, its in rows for one in _lived(row, its, zone, oldest, times.get(row.ticket, {}))]
        missed = await _missed(connection, stands, zone, since, before)
        roster = await _roster(connection, stands)
    on = sorted({visit.day for visit in found})
    return Past(
        office=file,
        day=before,
        visits=(*found, *missed),
        breaks=tuple(one for day in on for one in _breaks(file, day, roster)),
        told=tuple(kept for row, _ in rows if row.day >= recent for kept in _kept(row)),
    )


def _kept(row: Row[Any]) -> Iterator[tuple[Told, float]]:
    """The promise and the wait that followed; nothing if the ticket was changed before its first call."""
    told = told_of(row)
    if told is None or row.first_called_at is None or (row.changed_at or LAST) <= row.first_called_at:
        return
    waited = (row.first_called_at - row.issued_at) / MINUTE
    if 0 <= waited <= LONGEST:
        yield told, waited


async def _file(connection: AsyncConnection, stands: Position) -> Office | None:
    found = await _events(connection, stands, ("day_opened", "office_configured"), newest=1)
    return next((one.office for one in found if isinstance(one, DayOpened | OfficeConfigured)), None)


async def _oldest(connection: AsyncConnection, stands: Position) -> int:
    """The time of the oldest raw entry, ms. Only raw entries show appointments to which nobody came."""
    return int((await connection.execute(select(func.min(entries.c.at)).where(living(stands)))).scalar() or 0)


async def _events(
    connection: AsyncConnection, stands: Position, types: Sequence[str], newest: int | None = None
) -> list[Any]:
    """In the order of the log."""
    query = select(entries.c.body).where(living(stands), entries.c.type.in_(types))
    rows = (await connection.execute(query.order_by(entries.c.seq.desc()).limit(newest))).all()
    return [event_of(row.body) for row in reversed(rows)]


async def _visits(
    connection: AsyncConnection, office: str, since: str, before: str
) -> list[tuple[Row[Any], list[Row[Any]]]]:
    """Each visit with its calls that were not withdrawn. A log that was lost and put back tells a visit twice."""
    where = (visits.c.office == office, visits.c.day >= since, visits.c.day < before, visits.c.undone.is_(False))
    newest = select(visits).where(*where).order_by(visits.c.issued_at.desc()).limit(MOST)
    rows: dict[str, Row[Any]] = {}
    for row in await connection.execute(newest):
        if row.ticket not in rows or row.generation > rows[row.ticket].generation:
            rows[row.ticket] = row
    its: dict[str, list[Row[Any]]] = {name: [] for name in rows}
    during = (calls.c.office == office, calls.c.day >= since, calls.c.withdrawn_at.is_(None))
    for call in await connection.execute(select(calls).where(*during).order_by(calls.c.seq)):
        if call.ticket in its and call.generation == rows[call.ticket].generation:
            its[call.ticket].append(call)
    return [(rows[name], its[name]) for name in sorted(rows, key=lambda name: rows[name].issued_at)]


async def _times(
    connection: AsyncConnection, stands: Position, file: Office
) -> Mapping[str, Mapping[str, float | None]]:
    """By ticket that asked for several of one service: how much longer they take than one, as the office file says now. None: it
    no longer knows the service. Only raw entries show it; encoders write the field only if it is set."""
    issued = (living(stands), entries.c.type == "ticket_issued", entries.c.body.like('%"quantities":{"%'))
    rows = await connection.execute(select(entries.c.body).where(*issued))
    plans = {plan.id: plan for plan in file.services}
    return {
        one.ticket: {name: plans[name].times(many) if name in plans else None for name, many in one.quantities.items()}
        for one in (event_of(row.body) for row in rows)
        if isinstance(one, TicketIssued)
    }


def _lived(
    row: Row[Any], its: list[Row[Any]], zone: ZoneInfo, oldest: int, times: Mapping[str, float | None]
) -> Iterator[Visit]:
    """One row for each call: the first is the visit's; later ones, after a missed call or for further steps, tell when a
    counter was busy. `times`: by service, as `_times` tells it."""
    longer = times.get(row.service, 1.0)
    mixed, longer = longer is None or _mixed(row, its), longer or 1.0
    if row.direct and row.first_started_at is not None:
        counter, began = next(iter(strings_of(row.counters)), ""), row.first_started_at
        yield from _possible(row, zone, None, began, row.ended_at, counter=counter, mixed=mixed, times=longer)
    again = False  # the call before was missed: what follows is still the first step
    for number, call in enumerate(its):
        first = number == 0 and not row.direct
        slot = row.slot if first and row.issued_at >= oldest else None
        yield from _possible(
            *(row, zone, row.issued_at if first else call.waiting_since, call.called_at, call.ended_at),
            slot=slot,
            category=row.category if first else "step",
            counter=call.counter,
            absent=_absent(row, call),
            mixed=mixed or not (first or again),
            times=longer,
        )
        again = (first or again) and call.missed_at is not None


def _possible(
    row: Row[Any],
    zone: ZoneInfo,
    issued: int | None,
    called: int,
    ended: int | None,
    slot: int | None = None,
    **more: Any,
) -> Iterator[Visit]:
    """The visit in minutes since midnight by the office's clock; nothing where a clock was wrong or the stay has no end."""
    begins = called if issued is None else issued
    at = datetime.fromtimestamp(begins / 1000, UTC).astimezone(zone)
    midnight = at.hour * 60 + at.minute + at.second / 60

    def minutes(instant: int | None) -> float | None:
        return None if instant is None else round(midnight + (instant - begins) / MINUTE, 3)

    if ended is None or not (0 <= called - begins <= LONGEST * MINUTE and 0 <= ended - called <= LONGEST * MINUTE):
        return
    yield Visit(
        day=row.day,
        service=row.service,
        issued=minutes(issued),
        called=minutes(called),
        ended=minutes(ended),
        slot=minutes(slot),
        **({"category": row.category} | more),
    )


def _mixed(row: Row[Any], its: list[Row[Any]]) -> bool:
    """More than one service, or it was set aside in between: parked, sent away, left."""
    several = len({*strings_of(row.done), *strings_of(row.services)}) > 1
    stays = sum((one.ended_at or one.started_at) - one.started_at for one in its if one.started_at is not None)
    aside = stays - row.served_ms > SLACK_MS and not row.direct
    return several or aside or row.state != "finished" or row.outcome == "left"


def _absent(row: Row[Any], call: Row[Any]) -> bool:
    """Whether nobody came to this call: missed, or the ticket expired or was cancelled before service began."""
    return call.missed_at is not None or (call.started_at is None and row.state in ("expired", "cancelled"))


async def _missed(
    connection: AsyncConnection, stands: Position, zone: ZoneInfo, since: str, before: str
) -> list[Visit]:
    """Appointments to which nobody came."""
    found = [
        one for one in await _events(connection, stands, ("appointment_missed",)) if isinstance(one, AppointmentMissed)
    ]
    times = [datetime.fromtimestamp(one.at / 1000, UTC).astimezone(zone) for one in found]
    return [
        Visit(day=at.date().isoformat(), service="", category="appointment", slot=at.hour * 60.0 + at.minute)
        for at in times
        if since <= at.date().isoformat() < before
    ]


async def _roster(connection: AsyncConnection, stands: Position) -> Mapping[str, tuple[Duty, ...]]:
    """What supervisors planned, by date or weekday; the latest plan counts. It reaches back as far as entries are kept."""
    opened = await _events(connection, stands, ("day_opened",), newest=1)
    roster = {day: duty for one in opened if isinstance(one, DayOpened) for day, duty in one.roster.items()}
    for one in await _events(connection, stands, ("roster_set",)):
        if isinstance(one, RosterSet):
            roster = one.into(roster)
    return roster


def _breaks(file: Office, day: str, roster: Mapping[str, tuple[Duty, ...]]) -> Iterator[Break]:
    for one in planned(file.roster, roster, date.fromisoformat(day)) or ():
        if one.kind == "break":
            yield day, one.counter, _clock(one.from_), _clock(one.to)


def _clock(text: str) -> float:
    hour, minute = text.split(":")
    return int(hour) * 60.0 + int(minute)
