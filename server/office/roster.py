"""Who is on duty when: the roster of one day, as instants. Read by the forecast, later by the closing planner and the slots."""

from datetime import date
from typing import NamedTuple

from server.messages.facts import Duty
from server.messages.office import WEEKDAYS
from server.office.hours import clock, local
from server.office.state import State

Span = tuple[int, int]


class Shift(NamedTuple):
    """One counter's day: when it is open and its breaks, in ms."""

    open: tuple[Span, ...] = ()
    breaks: tuple[Span, ...] = ()

    def covers(self, now: int) -> bool:
        return _within(self.open, now) and not _within(self.breaks, now)


def _within(spans: tuple[Span, ...], now: int) -> bool:
    return any(start <= now < end for start, end in spans)


def shifts(state: State, now: int) -> dict[str, Shift] | None:
    """The shifts of a day by counter. A plan for the date goes before the weekday's; None if nobody planned this day."""
    day = local(state.office, now).date()
    duty = state.roster.get(day.isoformat(), state.roster.get(WEEKDAYS[day.weekday()]))
    if duty is None:
        return None
    return {counter: _shift(state, day, [one for one in duty if one.counter == counter]) for counter in state.counters}


def on_duty(state: State, now: int) -> frozenset[str]:
    """Counters on duty and not on a break. Without a roster: those that are open or paused now."""
    planned = shifts(state, now)
    if planned is None:
        return frozenset(one.id for one in state.counters.values() if one.state != "closed")
    return frozenset(counter for counter, shift in planned.items() if shift.covers(now))


def _shift(state: State, day: date, duty: list[Duty]) -> Shift:
    def spans(kind: str) -> tuple[Span, ...]:
        mine = [one for one in duty if one.kind == kind]
        return tuple(sorted((clock(state.office, day, one.from_), clock(state.office, day, one.to)) for one in mine))

    return Shift(spans("open"), spans("break"))
