"""Where the appointments of a day can go when staff move them all at once: a plan. Nothing is booked by it, `decide` checks each
move again. Asked by the page of a day's appointments."""

from datetime import date, timedelta

from server.messages.facts import Appointment
from server.office.hours import local
from server.office.slots import SlotDay, Slots, Visitors, visit_of
from server.office.state import State

SEARCHED = 28
"""So many days are looked through for one appointment, from the day that was asked for."""


class Replan:
    """The plan for one day's appointments. Two of them never get one place: each that found one counts for those after it."""

    def __init__(self, state: State, now: int) -> None:
        self._slots, self._office = Slots(state, now), state.office
        self._days: dict[date, SlotDay] = {}
        self._full: set[tuple[date, Visitors]] = set()

    def place(self, one: Appointment, first: date) -> int | None:
        """On the first day from `first` on that has room: the free slot nearest to the time of day that it has now."""
        who, wanted = Visitors(one.services, one.persons, one.public), self._time(one.start)
        for ahead in range(SEARCHED):
            day = first + timedelta(days=ahead)
            if (day, who) in self._full:
                continue
            free = [start for start in self._slots.free(who, day) if start != one.start]
            for start in sorted(free, key=lambda at: abs(self._time(at) - wanted)):
                if self._put(who, start):
                    return start
            self._full.add((day, who))
        return None

    def _put(self, who: Visitors, start: int) -> bool:
        visit = visit_of(self._office, who, start)
        names = self._slots.days(visit)
        for name in names:
            if name not in self._days:
                self._days[name] = self._slots.copy(name)
        days = [self._days[name] for name in names]
        released = self._slots.released(names[0])
        if not all(day.takes(visit, released) for day in days):
            return False
        for day in days:
            day.add(visit)
        return True

    def _time(self, at: int) -> int:
        """Minutes since midnight by the office's clock."""
        shown = local(self._office, at)
        return shown.hour * 60 + shown.minute
