"""The roster's board, and what the supervisor's table shows of today."""

from datetime import date

from server.messages import boards as b
from server.messages.office import WEEKDAYS, WalkIns, planned
from server.office.roster import counts, own, version
from server.office.state import State


def roster(state: State) -> b.Roster:
    """The standard week, and the single days from today on."""
    office, today = state.office, state.last_day or ""
    days = sorted(day for day in {*state.roster, *office.roster.days} if day not in WEEKDAYS and day >= today)
    return b.Roster(
        office=office.id,
        name=office.name,
        time_zone=office.time_zone,
        today=today,
        counters=tuple(b.RosterCounter(id=one.id, label=one.label) for one in office.counters),
        days=tuple(_day(state, day) for day in (*WEEKDAYS, *days)),
        walk_ins=tuple(_kept(day, state.walk_ins[day]) for day in sorted(state.walk_ins) if day >= today),
    )


def _kept(day: str, shares: tuple[WalkIns, ...]) -> b.WalkInDay:
    lines = (b.WalkInLine(percent=one.percent, from_=one.begins, to=one.ends, services=one.services) for one in shares)
    return b.WalkInDay(day=day, shares=tuple(lines))


def on_duty(state: State) -> b.OnDuty | None:
    """Reads the office's day, not the date: at midnight the tick that ends the day comes first, and then the board changes."""
    if state.last_day is None:
        return None
    duty = planned(state.office.roster, state.roster, date.fromisoformat(state.last_day))
    return None if duty is None else b.OnDuty(day=state.last_day, counts=counts(duty))


def _day(state: State, day: str) -> b.RosterDay:
    duty = own(state, day)
    lines = tuple(b.DutyLine(counter=s.counter, from_=s.from_, to=s.to, kind=s.kind) for s in duty or ())
    return b.RosterDay(
        day=day,
        duty=None if duty is None else lines,
        counts=counts(duty or ()),
        changed=day in state.roster,
        version=version(state, day),
    )
