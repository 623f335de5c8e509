"""A day of a trace as the events of a log: what happened is folded as facts, nothing is decided again.

If trace and duty disagree, the trace is right: a counter that calls during its break is back from it, and one that is planned
but calls nobody of those who wait for it is not there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any

from msgspec.structs import replace

from config.words import FALLBACK
from server.messages import events as e
from server.messages import facts
from server.messages.instants import MINUTE
from server.messages.office import CounterPlan, Office, Roster, ServicePlan
from server.office import hours
from server.rehearsal.trace import Planned, Row

FIRST = date(2026, 1, 5)
"""The date of a trace's first day, a Monday; the others follow. The trace has day numbers only."""
OPENS = 8 * 60
"""A trace counts its minutes from 08:00."""
LATEST = 24 * 60 - 1
LEFT_ALONE = 3
"""If this many people whom a counter serves wait for it in vain, it is not open, whatever its duty says."""
IN_VAIN, IN_VAIN_UNPLANNED = 3.0, 15.0
"""Minutes. Without a plan nobody knows when a clerk begins: people also wait before the doors open."""


def office_of(name: str, rows: Sequence[Row], duty: Sequence[Planned] = ()) -> Office:
    """An office with the services, counters and skills that appear in the trace."""
    services = sorted({one.service for one in rows})
    skills: dict[str, set[str]] = defaultdict(set)
    for span in duty:
        skills[span.counter]  # makes the key: a counter may be planned and never call
    for one in rows:
        if one.counter:
            skills[one.counter].add(one.service)
    counters = sorted(skills, key=lambda one: (len(one), one))
    return Office(
        id="trace", name=name, time_zone="UTC",
        services=tuple(ServicePlan(id=f"s{at}", names={FALLBACK: one}, letter=_letter(at)) for at, one in enumerate(services)),
        counters=tuple(
            CounterPlan(id=one, label=one, zone="hall", services=tuple(f"s{services.index(s)}" for s in sorted(skills[one])))
            for one in counters
        ),
    )  # fmt: skip


def services_by_name(office: Office) -> dict[str, str]:
    """A trace names a service by its first name or by its id. A name that two services have names none."""
    ids = {one.id for one in office.services}
    names = Counter(next(iter(one.names.values()), one.id) for one in office.services)
    return {one: one for one in ids} | {
        name: one.id
        for one in office.services
        if names[name := next(iter(one.names.values()), one.id)] == 1 and name not in ids - {one.id}
    }


def on_any_day(office: Office) -> Office:
    """The office without its roster, which plans weekdays: day numbers of a trace name none. When counters work is said by its
    duty, or else by its calls. (The hours change no wait of somebody who has a ticket.) It has no stations either: a trace
    tells the calls of counters, and a station that could call but never does would shorten every wait."""
    return replace(office, roster=Roster(), stations=())


def _letter(at: int) -> str:
    return "ABCDEFGHJKLMNPQRSTUVWXYZ"[at % 24]


def date_of(number: int) -> date:
    return FIRST + timedelta(days=number)


class Day:
    """One office's day: `events()` yields each event with the row whose ticket it issued, in the order of time."""

    def __init__(self, office: Office, day: date, rows: Sequence[Row], duty: Sequence[Planned]) -> None:
        self.office, self.day = office, day
        self.rows = sorted(rows, key=lambda one: one.issued if one.issued is not None else 0.0)
        self.duty = duty
        self._queue: list[tuple[int, int, int, e.Event, Row | None]] = []
        self._order = count()
        self._names = services_by_name(office)
        self.counters = {one.id: one for one in office.counters}
        self._zero = hours.clock(office, day, clock_text(0.0))

    def service(self, name: str) -> str | None:
        return self._names.get(name)

    def events(self) -> Iterator[tuple[e.Event, Row | None]]:
        self._open()
        for row in self.rows:
            self._visit(row)
        while self._queue:
            *_, event, issued = heappop(self._queue)
            yield event, issued

    def _instant(self, minutes: float) -> int:
        """In the office's own time zone, as the plan of its counters is."""
        return self._zero + round(minutes * MINUTE)

    def _say(self, minutes: float, rank: int, event: type[e.Event], row: Row | None = None, **said: Any) -> None:
        """`rank` orders what happens at the same instant: first ends, then issues, then calls."""
        at = self._instant(minutes)
        heappush(self._queue, (at, rank, next(self._order), event(v=1, at=at, by="trace", **said), row))

    def _open(self) -> None:
        opens = (
            min([0.0, *(one.issued for one in self.rows if one.issued is not None), *(one.start for one in self.duty)])
            - 1
        )
        day = self.day.isoformat()
        self._say(
            opens, 0, e.DayOpened, day=day, epoch="trace", office=self.office, appointments=self._book(),
            roster={day: self._roster()} if self.duty else {},
        )  # fmt: skip
        for name in self.counters:
            self._duty(name, opens)

    def _roster(self) -> tuple[facts.Duty, ...]:
        return tuple(
            facts.Duty(
                counter=one.counter,
                from_=clock_text(one.start),
                to=clock_text(one.end),
                kind="break" if one.kind == "break" else "open",
            )
            for one in self.duty
            if one.counter in self.counters
        )

    def _book(self) -> tuple[facts.Appointment, ...]:
        """The day's appointments, known from the morning."""
        return tuple(
            facts.Appointment(
                id=f"a{one.ticket}", code=f"c{one.ticket}", services=(name,), start=self._instant(one.slot)
            )
            for one in self.rows
            if one.slot is not None and (name := self.service(one.service)) is not None
        )

    def _duty(self, name: str, opens: float) -> None:
        """Opens as planned, or at its first call if that is earlier, or if people waited for it in vain before; a break begins
        when the service before it has ended."""
        mine = [one for one in self.rows if one.counter == name and one.called is not None]
        open_ = [one for one in self.duty if one.counter == name and one.kind == "open"]
        if not open_ and not mine:
            return
        first = min([one.called or 0.0 for one in mine], default=LATEST)
        planned = min((one.start for one in open_), default=first if self.duty else opens + 0.5)
        gives = self._gives(name, mine)
        patience = IN_VAIN if open_ else IN_VAIN_UNPLANNED
        starts = first if self._in_vain(gives, planned, first, patience) >= LEFT_ALONE else min(planned, first)
        if starts == LATEST:
            return
        self._say(starts, 1, e.CounterOpened, counter=name, services=gives)
        for one in self.duty:
            if one.counter == name and one.kind == "break":
                self._break(name, mine, one)
        if open_:
            last = max(open_, key=lambda one: (one.start, one.end))
            ends = max([last.end, *(one.ended or one.called or 0.0 for one in mine)])
            self._say(ends, 9, e.CounterClosed, counter=name)

    def _gives(self, name: str, mine: Sequence[Row]) -> tuple[str, ...]:
        """What the office file says, and what it called for."""
        called = (self.service(one.service) for one in mine)
        return tuple(dict.fromkeys((*self.counters[name].services, *(one for one in called if one is not None))))

    def _in_vain(self, gives: Sequence[str], planned: float, first: float, patience: float) -> int:
        """How many people whom a counter serves waited that many minutes between its planned begin and its first call."""
        found = 0
        for one in self.rows:
            if one.issued is None or self.service(one.service) not in gives:
                continue
            begins = max(planned, one.issued, one.slot if one.slot is not None else one.issued)
            until = min(first, one.called if one.called is not None else LATEST)
            found += until - begins > patience
        return found

    def _break(self, name: str, mine: Sequence[Row], planned: Planned) -> None:
        running = [one.ended or 0.0 for one in mine if (one.called or 0.0) < planned.start < (one.ended or 0.0)]
        begins = max(running, default=planned.start)
        length = planned.end - planned.start
        after = min((one.called or 0.0 for one in mine if (one.called or 0.0) >= begins), default=LATEST)
        if after <= begins + 0.02:
            return  # it called on: the trace is right
        back = min(begins + length, after)
        self._say(begins, 1, e.CounterPaused, counter=name, reason="break", back_at=self._instant(begins + length))
        self._say(back, 2, e.CounterResumed, counter=name)

    def _visit(self, row: Row) -> None:
        name = self.service(row.service)
        if row.issued is None or name is None:
            return
        ticket: dict[str, Any] = {"ticket": row.ticket, "number": row.ticket}
        slot = self._instant(row.slot) if row.slot is not None else None
        late = slot is not None and self._instant(row.issued) > slot + self.office.policy.appointment_late * 1000
        self._say(
            row.issued, 3, e.TicketIssued, row, **ticket, services=(name,), category=row.kind, slot=slot,
            appointment=f"a{row.ticket}" if slot else None,
            reference=slot if slot and not late else self._instant(row.issued),
        )  # fmt: skip
        if slot:
            self._say(row.issued, 4, e.AppointmentCheckedIn, **ticket, appointment=f"a{row.ticket}")
        if row.called is None:
            return
        called = max(row.called, row.issued)
        self._say(
            called,
            5,
            e.TicketCalled,
            **ticket,
            counter=row.counter,
            why=facts.Why(code="longest_wait"),
            services=(name,),
        )
        ended = _ended(row)
        if row.absent:
            self._say(ended, 0, e.TicketMissed, **ticket, counter=row.counter, again_at=None)
        else:
            self._say(called, 6, e.ServiceStarted, **ticket, counter=row.counter)
            self._say(ended, 0, e.ServiceFinished, **ticket, counter=row.counter, outcome="done", services_done=(name,))
        self._goes_on(row.counter, ended)

    def _goes_on(self, counter: str, ended: float) -> None:
        """Calls of a trace may overlap at a counter: it goes on with the last of them, and is free when all have ended."""
        running = [
            (one.called, one.ticket)
            for one in self.rows
            if one.counter == counter and one.issued is not None and one.called is not None
            and one.called < ended < _ended(one) and self.service(one.service) is not None
        ]  # fmt: skip
        if running:
            _, last = max(running)
            self._say(ended, 0, e.TicketResumed, ticket=last, number=last, counter=counter)


def _ended(row: Row) -> float:
    """When a call ended; a trace may leave it open."""
    called = max(row.called or 0.0, row.issued or 0.0)
    return row.ended if row.ended is not None else called + 10.0


def clock_text(minutes: float) -> str:
    whole = min(max(round(OPENS + minutes), 0), 24 * 60)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def by_day(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    """Rows by (office, day), in the order in which they first appear."""
    found: dict[tuple[str, str], list[Row]] = {}
    for one in rows:
        found.setdefault((one.office, one.day), []).append(one)
    return found
