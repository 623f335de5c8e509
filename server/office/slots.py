"""Which appointments the office can take: one pure function of opening hours, roster, bookings, held slots and the time that is
kept for people who just come. `decide` asks it, so that two nodes never sell one slot twice; so does the list of free slots.

In each piece of five minutes every visit needs a counter of its own that can serve it. In each hour of the clock, visits fill at
most the share of the counters' time that is not kept for walk-ins: of the time of all counters together, and of the time of
those that can serve a service. An office that overbooks sells as much more of the hour as lately did not come, and still gives
every visit a counter. A visit that goes on after midnight, in an office that does, needs its counter on both days.

If roster, hours or shares change afterwards, a booking may find no room any more: it stands all the same, and `overbooked`
says so.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date, timedelta
from typing import NamedTuple

from server.messages.facts import Appointment, Hold
from server.messages.instants import DAY, MINUTE, rfc3339
from server.messages.office import Office, planned
from server.messages.terms import OverbookedReason
from server.office.capacity import ALL, Capacity, able, length, overbooking
from server.office.hours import clock, days_between, joined, local, open_over_midnight
from server.office.places import Places
from server.office.state import State

MOST_KINDS = 16
"""For so many kinds of visits a day remembers its free slots: pages ask for the same ones again and again."""


class Visitors(NamedTuple):
    """Who asks for a slot, and what for. `public`: from home; only a desk may book the slots that are kept for it."""

    services: tuple[str, ...]
    persons: int = 1
    public: bool = True


class Visit(NamedTuple):
    """A slot that is sold, held or asked for. `able`: the counters that can serve it, one bit each."""

    start: int
    end: int
    able: int
    who: Visitors


class Slots:
    """The slots of one office at one instant."""

    def __init__(self, state: State, now: int) -> None:
        self.state, self.office, self.now = state, state.office, now
        self._more = overbooking(state.office, state.taken_up)
        self._kinds: dict[Visitors, Visit] = {}
        self._held: dict[str, list[Hold]] = defaultdict(list)
        for hold in state.holds.values():
            if hold.until > now:
                visit = self._visit(Visitors(hold.services, hold.persons, hold.public), hold.start)
                for day in days_between(state.office.time_zone, visit.start, visit.end):
                    self._held[day].append(hold)

    def _visit(self, who: Visitors, start: int) -> Visit:
        """At a release hundreds of slots are held, of a few kinds."""
        kind = self._kinds.get(who)
        if kind is None:
            kind = self._kinds[who] = visit_of(self.office, who, 0)
        return Visit(start, start + kind.end, kind.able, who)

    def open(self, who: Visitors, start: int) -> bool:
        """Whether the office, and each service that has hours of its own, is open all through a visit that begins then."""
        visit = self._visit(who, start)
        return _open(_hours(self.office, who, local(self.office, start).date()), visit.start, visit.end)

    def fits(self, who: Visitors, start: int, but: str = "") -> bool:
        """Whether the counters can take one more visit that begins then. `but`: as if this appointment or hold were not there."""
        visit = self._visit(who, start)
        released = self.released(local(self.office, start).date())
        return self.open(who, start) and all(self._day(day, but).takes(visit, released) for day in self.days(visit))

    def free(self, who: Visitors, day: date) -> list[int]:
        """When a visit can begin on a day, in order: the instants that the office offers, of which the past is left out."""
        found = self._day(day).free(who, self.released(day))
        return [found[place] for place in self._coming(who, day, found)]

    def free_texts(self, who: Visitors, day: date) -> tuple[str, ...]:
        """The same as lists name them: written once per day and kind, for a list of 90 days has thousands."""
        sold, released = self._day(day), self.released(day)
        found, texts = sold.free(who, released), sold.texts(who, released)
        places = self._coming(who, day, found)
        return texts[places.start : places.stop] if isinstance(places, range) else tuple(texts[at] for at in places)

    def _coming(self, who: Visitors, day: date, found: list[int]) -> Sequence[int]:
        """Which of these are still to come, by their place; of those that would go on after midnight, which find room there."""
        first = bisect_right(found, self.now)
        after = bisect_right(found, self.capacity(day).end - self._visit(who, 0).end)
        late = range(max(first, after), len(found))
        stay = [place for place in late if self._goes_on(who, day, found[place])]
        return range(first, len(found)) if len(stay) == len(late) else [*range(first, after), *stay]

    def _goes_on(self, who: Visitors, day: date, start: int) -> bool:
        """Whether a visit that found room on its first day finds it after midnight too."""
        visit = self._visit(who, start)
        return all(self._day(later).takes(visit, self.released(day)) for later in self.days(visit)[1:])

    def days(self, visit: Visit) -> list[date]:
        """The day on which a visit begins, and each on which it goes on."""
        first, last = (local(self.office, at).date() for at in (visit.start, visit.end - 1))
        return [first + timedelta(days=more) for more in range((last - first).days + 1)]

    def next_free(self, who: Visitors, after: int, most: int = 3, days: int = 14) -> list[int]:
        """The first free slots from an instant on, at most `most`, looked for on so many days."""
        found: list[int] = []
        for ahead in range(days):
            if len(found) >= most:
                break
            day = local(self.office, after).date() + timedelta(days=ahead)
            found += [start for start in self.free(who, day) if start >= after]
        return found[:most]

    def overbooked(self, day: date) -> "Overbooked | None":
        """Which appointments of a day find no room any more, in the order of their slots; None: it was not looked at since
        something changed that may matter."""
        known = self.state.overbooked.get(day.isoformat())
        current = known is not None and known.capacity is not None and known.capacity is self._known(day)
        return known if current else None

    def look_at(self, day: date) -> "Overbooked":
        """Finds out which appointments of a day find no room any more. Who is here already keeps their place. What was overbooked
        by the rule of its day has room, also if people are more reliable today."""
        capacity = self.capacity(day)
        made, lacking = SlotDay(capacity.overbooked(self.office.appointments.overbook_percent), [], iter(())), []
        for one in sorted(self._booked(capacity), key=lambda one: (one.ticket is None, one.start, one.id)):
            visit = visit_of(self.office, Visitors(one.services, one.persons, one.public), one.start)
            sure = (
                one.ticket is not None or one.start < capacity.begin
            )  # who began before midnight is told with that day
            reason = None if sure else self._lacks(made, visit)
            if reason is None:
                made.add(visit)
            else:
                lacking.append((one.id, reason))
        found = self.state.overbooked[day.isoformat()] = Overbooked(capacity, tuple(lacking))
        return found

    def _lacks(self, day: "SlotDay", visit: Visit) -> OverbookedReason | None:
        if not self.open(visit.who, visit.start):
            return "closed"
        if day.takes(visit, 100):
            return None
        return "walk_ins" if day.seats(visit) else "counters"

    def released(self, day: date) -> int:
        """The per cent of a day's slots that may be booked by now."""
        releases = self.office.appointments.releases
        if not releases:
            return 100
        return sum(
            one.percent for one in releases if clock(self.office, day - timedelta(days=one.days), one.at) <= self.now
        )

    def _day(self, day: date, but: str = "") -> "SlotDay":
        name = day.isoformat()
        held, known, capacity = self._held.get(name, []), self.state.slot_days.get(name), self.capacity(day)
        if known is not None and not but and known.capacity is capacity and known.held == held:
            return known
        if known is not None and not but and known.capacity is capacity and held[:-1] == known.held:
            made = known.with_one(held[-1])
        else:
            made = SlotDay(capacity, held, self._sold(capacity, held, but))
        if not but:
            self.state.slot_days[name] = made
        return made

    def copy(self, day: date) -> "SlotDay":
        """What is sold and held of a day, for a plan that puts more there."""
        capacity, held = self.capacity(day), self._held.get(day.isoformat(), [])
        return SlotDay(capacity, held, self._sold(capacity, held, ""))

    def capacity(self, day: date) -> Capacity:
        known = self._known(day)
        if known is None:
            state = self.state
            duty, shares = planned(self.office.roster, state.roster, day), state.walk_ins.get(day.isoformat(), ())
            known = state.capacity[day.isoformat()] = Capacity(self.office, day, duty, shares, self._more)
        return known

    def _known(self, day: date) -> Capacity | None:
        """What was reckoned before, if it still holds."""
        state, name = self.state, day.isoformat()
        known = state.capacity.get(name)
        if known is None or known.office is not self.office or known.more != self._more:
            return None
        if known.shares != state.walk_ins.get(name, ()):
            return None
        return known if known.duty == planned(self.office.roster, state.roster, day) else None

    def _sold(self, capacity: Capacity, held: list[Hold], but: str) -> Iterator[Visit]:
        """What is sold and held on a day."""
        for one in self._booked(capacity):
            if one.id != but:
                yield visit_of(self.office, Visitors(one.services, one.persons, one.public), one.start)
        for hold in held:
            if hold.id != but:
                yield held_visit(self.office, hold)

    def _booked(self, capacity: Capacity) -> Iterator[Appointment]:
        """The appointments of a day, and those that go on from the day before. Who did not come takes no counter's time."""
        state, begin, end = self.state, capacity.begin, capacity.end
        before = (capacity.day - timedelta(days=1)).isoformat()
        if open_over_midnight(self.office, before):
            begin -= DAY
        first, last = (bisect_left(state.coming, (at, "")) for at in (begin, end))
        for name in (*(name for _, name in state.coming[first:last]), *state.begun):
            one = state.appointments[name]
            if capacity.begin <= one.start < end or (begin <= one.start < end and self._until(one) > capacity.begin):
                yield one

    def _until(self, one: Appointment) -> int:
        return one.start + length(self.office, one.services, one.persons)


class Overbooked(NamedTuple):
    """The appointments of a day that find no room any more, and why. `capacity`: by which that was reckoned; None: something
    was booked, moved or cancelled since."""

    capacity: Capacity | None
    lacking: tuple[tuple[str, OverbookedReason], ...]


def visit_of(office: Office, who: Visitors, start: int) -> Visit:
    return Visit(start, start + length(office, who.services, who.persons), able(office, who.services), who)


def held_visit(office: Office, hold: Hold) -> Visit:
    return visit_of(office, Visitors(hold.services, hold.persons, hold.public), hold.start)


def _hours(office: Office, who: Visitors, day: date) -> list[list[tuple[int, int]]]:
    """The opening hours of each service on a day."""
    plans = [plan for plan in office.services if plan.id in who.services]
    return [joined(office, plan.hours or office.hours, day) for plan in plans]


def _open(hours: list[list[tuple[int, int]]], start: int, end: int) -> bool:
    return all(any(begin <= start and end <= close for begin, close in each) for each in hours)


class SlotDay:
    """What is sold and held of one day. Never changed: a booking makes another one."""

    def __init__(self, capacity: Capacity, held: list[Hold], sold: Iterator[Visit]) -> None:
        self.capacity, self.held = capacity, held
        self._places: dict[int, Places] = defaultdict(Places)
        self._used: Counter[tuple[int, str]] = Counter()
        self._used_at_home: Counter[tuple[int, str]] = Counter()
        self._free: dict[tuple[Visitors, int], list[int]] = {}
        self._texts: dict[tuple[Visitors, int], tuple[str, ...]] = {}
        for visit in sold:
            self.add(visit)

    def add(self, visit: Visit) -> None:
        """Only while the day is made, or a copy of it for a plan: what is free is remembered."""
        day = self.capacity
        for piece in day.pieces(visit.start, min(visit.end, day.end)):
            self._places[piece].seat(visit.able & day.counters[piece])
            times = [(day.hours[piece], service) for service in (ALL, *visit.who.services)]
            self._used.update(times)
            if visit.who.public:
                self._used_at_home.update(times)

    def with_one(self, hold: Hold) -> "SlotDay":
        """This day with one more hold: of what was free, only the hours of that visit are looked at again. When slots are
        released, hundreds are held one by one, and everybody waits for the list."""
        day = self.capacity
        visit, other = held_visit(day.office, hold), copy(self)
        pieces = day.pieces(visit.start, min(visit.end, day.end))
        other.held = [*self.held, hold]
        other._places = self._places.copy()
        other._places.update((piece, self._places[piece].copy()) for piece in pieces if piece in self._places)
        other._used, other._used_at_home = self._used.copy(), self._used_at_home.copy()
        other.add(visit)
        other._free, other._texts = {}, {}
        hours = {day.hours[piece] for piece in pieces}
        for (who, released), known in self._free.items():
            kept = other._still(known, visit_of(day.office, who, 0), released, hours)
            other._free[who, released] = kept
            if (texts := self._texts.get((who, released))) is not None:
                still = {*kept}
                other._texts[who, released] = tuple(text for at, text in zip(known, texts, strict=True) if at in still)
        return other

    def _still(self, known: list[int], one: Visit, released: int, hours: set[int]) -> list[int]:
        """Which of these beginnings are left, after something was sold in these hours."""
        day, left = self.capacity, self._left(one.who, released, {*self.capacity.hours})
        return [
            start
            for start in known
            if hours.isdisjoint(day.hours[piece] for piece in day.pieces(start, start + one.end))
            or self._takes(one.able, start, start + one.end, left)
        ]

    def free(self, who: Visitors, released: int) -> list[int]:
        """When one more visit can begin: all instants that the office offers on this day, those of the past too."""
        known = self._free.get((who, released))
        if known is None:
            office, day = self.capacity.office, self.capacity.day
            hours, step = _hours(office, who, day), office.appointments.every * MINUTE
            one, left = visit_of(office, who, 0), self._left(who, released, {*self.capacity.hours})
            known = [
                start
                for begin, end in next(iter(hours))
                for start in range(begin, min(end, self.capacity.end), step)
                if _open(hours, start, start + one.end) and self._takes(one.able, start, start + one.end, left)
            ]
            if len(self._free) >= MOST_KINDS:
                first = next(iter(self._free))
                del self._free[first]
                self._texts.pop(first, None)
            self._free[who, released] = known
        return known

    def texts(self, who: Visitors, released: int) -> tuple[str, ...]:
        """The same, written."""
        known = self._texts.get((who, released))
        if known is None:
            known = self._texts[who, released] = tuple(map(rfc3339, self.free(who, released)))
        return known

    def takes(self, visit: Visit, released: int) -> bool:
        """Whether one more visit finds a counter all the time, and leaves walk-ins their share. `released`: per cent."""
        hours = {self.capacity.hours[piece] for piece in self.capacity.pieces(visit.start, visit.end)}
        return self._takes(visit.able, visit.start, visit.end, self._left(visit.who, released, hours))

    def seats(self, visit: Visit) -> bool:
        """Whether one more visit finds a counter all the time."""
        return self._seats(visit.able, self.capacity.pieces(visit.start, visit.end))

    def _seats(self, mask: int, pieces: range) -> bool:
        for piece in pieces:
            here = mask & self.capacity.counters[piece]
            if not (self._places[piece].takes(here) if piece in self._places else here):
                return False
        return True

    def _takes(self, mask: int, start: int, end: int, left: dict[int, int]) -> bool:
        pieces = self.capacity.pieces(start, end)
        if not self._seats(mask, pieces):
            return False
        hours = [self.capacity.hours[piece] for piece in pieces]
        return all(hours.count(hour) <= left[hour] for hour in {*hours})

    def _left(self, who: Visitors, released: int, hours: set[int]) -> dict[int, int]:
        """By hour: how many pieces can still be sold to these visitors."""
        desk = self.capacity.office.appointments.desk_percent
        at_home, in_all = released * (100 - desk), released * (100 - desk) + 100 * desk
        found = {}
        for hour in hours:
            times = [(hour, service) for service in (ALL, *who.services)]
            left = [self.capacity.sold_at_most(*time) * in_all // 10_000 - self._used[time] for time in times]
            if who.public:
                left += [
                    self.capacity.sold_at_most(*time) * at_home // 10_000 - self._used_at_home[time] for time in times
                ]
            found[hour] = min(left)
        return found
