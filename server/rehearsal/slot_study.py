"""How many appointments a day the counters of an office carry with walk-ins as they come, and what one slot an hour more or less
does to both waits: simulated days with the order of call of production. Pure; run by `server.slot_study_process`."""

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from server.messages.instants import HOUR
from server.messages.office import Office
from server.messages.slot_study import Carried, DaySpread, SlotsAsked, SlotStudy
from server.office import hours
from server.rehearsal.days import PLAIN, Truth, open_days, simulated
from server.rehearsal.kept import kept
from server.rehearsal.trace import Row

DAYS = 8
MORE = 6
"""So many further slots an hour are tried."""
NEVER = 600.0
"""Minutes that stand for a call that never came."""
LEAST = 86.0
"""The share of promises that must be kept, per cent."""


def study(office: Office, asked: SlotsAsked, seed: int = 1) -> SlotStudy | None:
    """None if the office never opens, or nobody comes."""
    found = list(open_days(office, 1))
    if not found or asked.walk_ins + asked.booked <= 0 or not asked.mix:
        return None
    day, _ = found[0]
    per_step = sum((end - start) for start, end in hours.spans(office, office.hours, day)) / HOUR
    truth = replace(PLAIN, mix={name: float(many) for name, many in asked.mix.items()}, no_show=asked.no_show)
    steps: list[Carried] = []
    now, most = 0, None
    for step in range(-1, MORE + 1):
        booked = asked.booked + step * per_step
        if booked < 0:
            continue
        now = len(steps) if step == 0 else now
        one = _carried(office, truth, asked.walk_ins, booked, seed)
        if one is None:
            continue
        steps.append(one)
        if one.kept.median >= LEAST:
            most = one.booked
        elif step >= 1:
            break
    return SlotStudy(days=DAYS, per_step=round(per_step, 1), now=now, steps=tuple(steps), most=most) if steps else None


def _carried(office: Office, truth: Truth, walk_ins: float, booked: float, seed: int) -> Carried | None:
    many = walk_ins + booked
    rows, _ = simulated(office, DAYS, seed, replace(truth, visits=many, booked=booked / many))
    by_day: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row)
    days = [kept(its) for its in by_day.values()]
    shares = [100 * one.kept for one in days if one.kept is not None]
    overdue = [min(one.overdue, NEVER) for one in days if one.overdue is not None]
    waits = [one.walk_p90 for one in days if one.walk_p90 is not None]
    if not shares or not waits:
        return None
    return Carried(booked=round(booked, 1), kept=_spread(shares), overdue=_spread(overdue), walk_in=_spread(waits))


def _spread(found: Sequence[float]) -> DaySpread:
    ordered = sorted(found)
    low, median, high = (ordered[round(part * (len(ordered) - 1))] for part in (0.1, 0.5, 0.9))
    return DaySpread(low=round(low, 1), median=round(median, 1), high=round(high, 1))
