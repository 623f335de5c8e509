"""`aufruf replay`: runs days of a trace through the real fold and the real forecast, and compares promises with what happened.

Each night the model learns from the day, as in a running office. Equal arguments give equal bytes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ALL_COMPLETED, ProcessPoolExecutor, wait
from itertools import count
from multiprocessing import Value
from typing import Any, NamedTuple

from server.forecast.baselines import idle, position, queue_length
from server.forecast.learn import learn, recalibrated
from server.forecast.model import Model, cold
from server.forecast.past import Kept, Visit
from server.forecast.promise import Wait, forecast, seed_of
from server.forecast.today import Today
from server.messages.facts import Fact
from server.messages.office import Office
from server.office.evolve import evolve
from server.office.state import State
from server.rehearsal.relive import OPENS, Day, date_of, office_of, on_any_day
from server.rehearsal.trace import Planned, Row

REMEMBERED = 8
"""The range is recalibrated from the promises of the last days, this many of them."""
REHEARSED = 4
"""The last days of the learning trace get promises too, so that the range is recalibrated on the first replayed day."""

LOOK_S = 0.2
"""Seconds between two checks of the workers' progress."""


class Promise(Fact):
    """The promise to one walk-in or priority ticket, in minutes from its issue. No `wait`: nobody could serve it."""

    office: str
    day: str
    ticket: str
    kind: str
    service: str
    issued: float
    called: float | None
    wait: Wait | None
    position: float
    queue_length: float
    idle: bool

    @property
    def happened(self) -> float | None:
        return None if self.called is None else self.called - self.issued


class TraceDay(NamedTuple):
    """One day of one office: its name in the trace, its visits, and its counters' planned hours."""

    name: str
    rows: tuple[Row, ...]
    duty: tuple[Planned, ...]


class Job(Fact):
    """One office of a replay: its days in order, and the days to learn from first."""

    name: str
    office: Office
    days: tuple[TraceDay, ...]
    past: tuple[TraceDay, ...] = ()


def jobs(
    trace: Sequence[Row],
    duty: Sequence[Planned],
    past: Sequence[Row] = (),
    past_duty: Sequence[Planned] = (),
    office: Office | None = None,
) -> list[Job]:
    """One job for each office of the trace. Without an office file, services and skills come from the trace (the
    learning one too)."""
    found = []
    for name in dict.fromkeys(one.office for one in trace):
        mine, plan = [one for one in trace if one.office == name], [one for one in duty if one.office == name]
        before, planned = [one for one in past if one.office == name], [one for one in past_duty if one.office == name]
        made = on_any_day(office) if office else office_of(name, [*before, *mine], [*planned, *plan])
        found.append(Job(name=name, office=made, days=_days(mine, plan), past=_days(before, planned)))
    return found


def _days(rows: Sequence[Row], duty: Sequence[Planned]) -> tuple[TraceDay, ...]:
    by_day: dict[str, list[Row]] = {}
    plans: dict[str, list[Planned]] = defaultdict(list)
    for row in rows:
        by_day.setdefault(row.day, []).append(row)
    for span in duty:
        plans[span.day].append(span)
    return tuple(TraceDay(day, tuple(found), tuple(plans[day])) for day, found in by_day.items())


def replay(all_jobs: Sequence[Job], workers: int, done: Callable[[int], None] = lambda days: None) -> list[Promise]:
    """Every promise of every day, in the order of the trace. `done` is told how many days are finished, learning days
    included."""
    if workers <= 1 or len(all_jobs) <= 1:
        counted = count(1)
        return [promise for job in all_jobs for promise in run(job, lambda: done(next(counted)))]
    through = Value("i", 0)
    with ProcessPoolExecutor(workers, initializer=_count_in, initargs=(through,)) as pool:
        longest_first = sorted(all_jobs, key=lambda one: -sum(len(rows) for _, rows, _ in one.days))
        running = {pool.submit(run, job, _counted): job.name for job in longest_first}
        while wait(running, timeout=LOOK_S, return_when=ALL_COMPLETED).not_done:
            done(through.value)
    done(through.value)
    by_name = {name: future.result() for future, name in running.items()}
    return [promise for job in all_jobs for promise in by_name[job.name]]


def days_of(all_jobs: Sequence[Job]) -> int:
    """How many days a replay goes through."""
    return sum(len(job.days) + len(job.past[-REHEARSED:]) for job in all_jobs)


def _count_in(through: Any) -> None:
    """Called in each worker process: where it reports that a day is finished."""
    global _through
    _through = through


def _counted() -> None:
    with _through.get_lock():
        _through.value += 1


_through: Any = None


def run(job: Job, done: Callable[[], None] = lambda: None) -> list[Promise]:
    """One office, day after day, learning each night."""
    start = cold(job.office)
    names = Day(job.office, date_of(0), (), ()).service
    visits = [visit for day in job.past for visit in visits_of(day.rows, names)]
    breaks = [span for day in job.past for span in breaks_of(day.duty)]
    model = learn(visits, start, breaks) if visits else start
    nights: list[list[Kept]] = []
    for number, day in enumerate(job.past[-REHEARSED:]):
        nights.append(kept(promises_of(job, number, day, model)))
        done()
    model = recalibrated(model, [one for night in nights for one in night])
    found: list[Promise] = []
    for number, day in enumerate(job.days):
        promises = promises_of(job, number, day, model)
        found += promises
        nights = [*nights, kept(promises)][-REMEMBERED:]
        visits += visits_of(day.rows, names)
        breaks += breaks_of(day.duty)
        model = recalibrated(learn(visits, start, breaks), [one for night in nights for one in night])
        done()
    return found


def kept(promises: Sequence[Promise]) -> list[Kept]:
    """The promises by which the range is judged: to people who found no idle counter, as simulated."""
    return [
        Kept(p10=p10, p50=one.wait.p50, p90=p90, happened=one.happened)
        for one in promises
        if one.wait is not None and one.happened is not None and not one.idle
        for p10, p90 in [one.wait.raw]
    ]


def visits_of(rows: Sequence[Row], service: Callable[[str], str | None]) -> list[Visit]:
    """Rows of a trace in the form of the history, in minutes since midnight."""

    def at(minutes: float | None) -> float | None:
        return None if minutes is None else minutes + OPENS

    return [
        Visit(
            day=one.day, service=name, category=one.kind, issued=at(one.issued), called=at(one.called), ended=at(one.ended),
            counter=one.counter, absent=one.absent, slot=at(one.slot),
        )
        for one in rows
        if (name := service(one.service)) is not None
    ]  # fmt: skip


def breaks_of(duty: Sequence[Planned]) -> list[tuple[str, str, float, float]]:
    return [(one.day, one.counter, one.start + OPENS, one.end + OPENS) for one in duty if one.kind == "break"]


def promises_of(job: Job, number: int, day: TraceDay, model: Model) -> list[Promise]:
    """Folds one day event by event, and makes a promise at each issue."""
    name, rows, duty = day
    return list(_lived(job, name, Day(job.office, date_of(number), rows, duty), model))


def _lived(job: Job, name: str, day: Day, model: Model) -> Iterator[Promise]:
    state, today = State(), Today()
    mean = _minutes(job)
    for seq, (event, row) in enumerate(day.events(), start=1):
        today.note(state, event)
        evolve(state, event, seq, "trace")
        if row is not None and row.kind != "appointment":
            ticket = state.tickets[row.ticket]
            waits_here = forecast(state, model, today.pace(model), event.at, seed_of(job.name, name, seq))
            yield Promise(
                office=job.name, day=name, ticket=row.ticket, kind=row.kind, service=row.service,
                issued=row.issued or 0.0, called=row.called, wait=waits_here.tickets.get(row.ticket),
                position=position(state, ticket, mean, event.at),
                queue_length=queue_length(state, ticket, mean, event.at),
                idle=idle(state, ticket, event.at),
            )  # fmt: skip


def _minutes(job: Job) -> float:
    """The office's mean minutes from call to end: from the learning trace, or from the office file."""
    spent = [
        one.ended - one.called
        for _, rows, _ in job.past
        for one in rows
        if one.called is not None and one.ended is not None and not one.absent
    ]
    configured = [one.minutes for one in job.office.services]
    return sum(spent) / len(spent) if spent else sum(configured) / max(1, len(configured))
