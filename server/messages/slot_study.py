"""How many appointments the counters of an office carry: what is asked, and what simulated days say."""

from server.messages.facts import Duty, TakenUp
from server.messages.office import WalkIns
from server.messages.value import Value


class SlotsAsked(Value):
    """`walk_ins`, `booked`: of a day in the mean, as they come now. `mix`: visits by service, relative. `no_show`: the share of
    bookings to which nobody comes. `after`: the days after this one are simulated.

    `roster`, `shares`, `taken_up`: what capacity is reckoned from besides the office file, as the state has it: plans and shares
    that supervisors set, and how many came lately."""

    walk_ins: float
    booked: float
    mix: dict[str, int]
    no_show: float
    after: str
    roster: dict[str, tuple[Duty, ...]] = {}
    shares: dict[str, tuple[WalkIns, ...]] = {}
    taken_up: TakenUp | None = None


class DaySpread(Value):
    """Over the simulated days: a low, the middle and a high value, of which eight of ten days lie between the outer two."""

    low: float
    median: float
    high: float


class Carried(Value):
    """What so many appointments a day would do. `kept`: called within ten minutes of slot and check-in, per cent; `overdue`: nine
    of ten appointments are called after so many minutes; `walk_in`: what nine of ten walk-ins wait, minutes."""

    booked: float
    kept: DaySpread
    overdue: DaySpread
    walk_in: DaySpread


class SlotStudy(Value):
    """`steps`: from one slot an hour less to more, in order; the one at `now` is as many as now. `most`: the most appointments a
    day with which the promise holds; None: it holds with none of them. `full`: more than the last step cannot be booked, for
    hours, roster and the share of walk-ins leave no room."""

    days: int
    per_step: float
    now: int
    steps: tuple[Carried, ...]
    most: float | None
    full: bool = False
