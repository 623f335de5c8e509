"""How many appointments a day the counters of an office carry with walk-ins as they come, and what one slot an hour more or less
does to both waits: simulated days with the order of call of production. Booked is only what `server.office.slots` sells, which
`decide` and the slot list ask too. Pure; run by `server.slot_study_process`."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from msgspec.structs import replace

from server.messages.instants import HOUR, MINUTE
from server.messages.office import WEEKDAYS, Office
from server.messages.slot_study import Carried, DaySpread, SlotsAsked, SlotStudy
from server.office import hours
from server.office.slots import Slots, Visitors, visit_of
from server.office.state import State
from server.rehearsal.days import PLAIN, Truth, _Day, open_days
from server.rehearsal.kept import kept
from server.rehearsal.on_duty import Opening

DAYS = 8
MORE = 6
"""So many further slots an hour are tried."""
NEVER = 600.0
"""Minutes that stand for a call that never came."""
LEAST = 86.0
"""The share of promises that must be kept, per cent."""


def study(office: Office, asked: SlotsAsked, seed: int = 1) -> SlotStudy | None:
    """None if the office never opens, or nobody comes."""
    state = selling(office, asked)
    office = state.office
    days = [*open_days(office, DAYS, date.fromisoformat(asked.after) + timedelta(days=1))]
    if not days or asked.walk_ins + asked.booked <= 0 or not asked.mix:
        return None
    (first, _), *_ = days
    per_step = sum((end - start) for start, end in hours.spans(office, office.hours, first)) / HOUR
    truth = replace(PLAIN, mix={name: float(many) for name, many in asked.mix.items()}, no_show=asked.no_show)
    steps: list[Carried] = []
    now, most, full = 0, None, False
    for step in range(-1, MORE + 1):
        booked = asked.booked + step * per_step
        if booked < 0 or asked.walk_ins + booked <= 0:
            continue
        now = len(steps) if step == 0 else now
        one = _carried(state, days, _with(truth, asked.walk_ins, booked), booked, seed)
        if one is None:
            continue
        full = one.booked < booked - per_step / 2
        steps.append(one)
        if one.kept.median >= LEAST:
            most = one.booked
        elif step >= 1:
            break
        if full and step >= 0:
            break
    if not steps:
        return None
    return SlotStudy(days=len(days), per_step=round(per_step, 1), now=now, steps=tuple(steps), most=most, full=full)


def selling(office: Office, asked: SlotsAsked) -> State:
    """The office before anything is sold, with what supervisors set."""
    roster = office.roster
    week = {name: asked.roster.get(name, roster.week.get(name)) for name in WEEKDAYS}
    days = {name: duty for name, duty in asked.roster.items() if name not in WEEKDAYS}
    roster = replace(
        roster,
        week={name: duty for name, duty in week.items() if duty is not None},
        days={**roster.days, **days},
    )
    state = State()
    state.office, state.walk_ins, state.taken_up = replace(office, roster=roster), asked.shares, asked.taken_up
    return state


class Selling:
    """The slots of one day, sold one after another. By the end of the day all that the office releases are released."""

    def __init__(self, state: State, day: date) -> None:
        slots = Slots(state, hours.midnight_after(state.office, day.isoformat()))
        self._office, self._released = state.office, slots.released(day)
        self._empty, self._left = slots.copy(day), slots.copy(day)
        self.sold = self.refused = 0

    def sell(self, service: str, wanted: int) -> int | None:
        """The slot that is nearest to this instant of those that can still be booked, at a desk too."""
        who = Visitors((service,), public=False)
        for start in sorted(self._empty.free(who, self._released), key=lambda at: abs(at - wanted)):
            visit = visit_of(self._office, who, start)
            if self._left.takes(visit, self._released):
                self._left.add(visit)
                self.sold += 1
                return start
        self.refused += 1
        return None


class _Sold(_Day):
    """A day on which only those have an appointment who find a slot."""

    def __init__(self, state: State, truth: Truth, seed: str, day: date, spans: Sequence[Opening]) -> None:
        super().__init__(state.office, truth, Random(seed), seed, day, spans)  # noqa: S311  a simulated day, not a secret
        self.selling = Selling(state, day)
        self.bookable = {one.id for one in state.office.services if one.bookable and not one.retired}

    def _booked(self, wanted: float, weights: dict[str, float], bad: bool) -> None:
        bookable = {name: weight for name, weight in weights.items() if name in self.bookable and weight}
        if bookable:
            super()._booked(wanted, bookable, bad)
        else:
            self.selling.refused += 1

    def _slot(self, service: str, wanted: float) -> float | None:
        found = self.selling.sell(service, self._instant(wanted))
        return None if found is None else (found - self.zero) / MINUTE


def _with(truth: Truth, walk_ins: float, booked: float) -> Truth:
    return replace(truth, visits=walk_ins + booked, booked=booked / (walk_ins + booked))


def _carried(
    state: State, days: Sequence[tuple[date, Sequence[Opening]]], truth: Truth, booked: float, seed: int
) -> Carried | None:
    lived, found = [], []
    for number, (day, spans) in enumerate(days):
        one = _Sold(state, truth, f"{seed}/{number}", day, spans)
        found.append(kept(one.live()))
        lived.append(one.selling)
    shares = [100 * one.kept for one in found if one.kept is not None]
    overdue = [min(one.overdue, NEVER) for one in found if one.overdue is not None]
    waits = [one.walk_p90 for one in found if one.walk_p90 is not None]
    if not shares or not waits:
        return None
    if any(one.refused for one in lived):
        booked = sum(one.sold for one in lived) / len(lived)
    return Carried(booked=round(booked, 1), kept=_spread(shares), overdue=_spread(overdue), walk_in=_spread(waits))


def _spread(found: Sequence[float]) -> DaySpread:
    ordered = sorted(found)
    low, median, high = (ordered[round(part * (len(ordered) - 1))] for part in (0.1, 0.5, 0.9))
    return DaySpread(low=round(low, 1), median=round(median, 1), high=round(high, 1))
