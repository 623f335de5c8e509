"""Who is on duty when: the roster of one day, as instants and as counts per half hour. Read by the forecast and by boards,
later by the closing planner and the slots."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from msgspec.json import encode

from server.messages.facts import Duty
from server.messages.office import Office, planned
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
    """The shifts of a day by counter; None if nobody planned this day."""
    day = local(state.office, now).date()
    duty = planned(state.office.roster, state.roster, day)
    if duty is None:
        return None
    return {counter: shift(state.office, day, counter, duty) for counter in state.counters}


def on_duty(state: State, now: int) -> frozenset[str]:
    """Counters on duty and not on a break; no stations. Without a roster: those that are open or paused now."""
    planned, counters = shifts(state, now), [state.counters[one.id] for one in state.office.counters]
    if planned is None:
        return frozenset(one.id for one in counters if one.state != "closed")
    return frozenset(one.id for one in counters if planned[one.id].covers(now))


def shift(office: Office, day: date, counter: str, duty: tuple[Duty, ...]) -> Shift:
    """One counter's shift by a plan of the day."""

    def spans(kind: str) -> tuple[Span, ...]:
        mine = [one for one in duty if one.counter == counter and one.kind == kind]
        return tuple(sorted((clock(office, day, one.from_), clock(office, day, one.to)) for one in mine))

    return Shift(spans("open"), spans("break"))


def own(state: State, day: str) -> tuple[Duty, ...] | None:
    """The plan written for this date or weekday: a supervisor's, else the office file's."""
    return state.roster.get(day, state.office.roster.own(day))


def version(state: State, day: str) -> str:
    """A text that changes with the plan of the day; empty without a plan."""
    duty = own(state, day)
    return "" if duty is None else blake2b(encode(duty), digest_size=8).hexdigest()


@lru_cache(64)  # boards ask for the same day at each press
def counts(duty: tuple[Duty, ...]) -> tuple[int, ...]:
    """For each half hour from midnight on: how many counters are on duty during all of it."""
    whole = [0] * 48
    for counter in {one.counter for one in duty}:
        mine = [one for one in duty if one.counter == counter]
        open_, breaks = (_minutes(one for one in mine if one.kind == kind) for kind in ("open", "break"))
        for half in range(48):
            minutes = range(half * 30, half * 30 + 30)
            whole[half] += open_.issuperset(minutes) and breaks.isdisjoint(minutes)
    return tuple(whole)


def _minutes(spans: Iterable[Duty]) -> set[int]:
    return {minute for one in spans for minute in range(_minute(one.from_), _minute(one.to))}


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])
