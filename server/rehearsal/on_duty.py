"""When the counters of a simulated day are on duty: by the roster of the office file, else while the doors are open.

Called by `server.rehearsal.days`. Times in minutes since 08:00 by the office's clock.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from server.messages import facts
from server.messages.instants import MINUTE
from server.messages.office import CounterPlan, Office, planned
from server.office import hours
from server.office.roster import shift
from server.rehearsal.trace import Planned

DOORS, CLOSE = 0.0, 510.0
"""When doors open and close if the office has neither hours nor a roster for that day."""
BREAK = 30.0
WITHOUT_BREAK = 300.0
"""Whoever is on duty for longer than this has a break, if no roster says when."""


class Opening(NamedTuple):
    """Of the doors or of a counter."""

    start: float
    end: float


class Lull(NamedTuple):
    """When a counter does not call. A break lasts its `whole` length, however late it begins; a midday closing ends on time."""

    start: float
    end: float
    whole: bool

    def over(self, begun: float) -> float:
        return begun + self.end - self.start if self.whole else max(begun, self.end)


def doors(office: Office, day: date, spans: Sequence[tuple[int, int]]) -> tuple[Opening, ...]:
    """When the doors are open. `spans`: the office's hours of the day (ms); without hours, while somebody is on duty."""
    eight = hours.clock(office, day, "08:00")
    if not office.hours.week and not office.hours.days:
        duty = planned(office.roster, {}, day) or ()
        on = [span for counter in {one.counter for one in duty} for span in shift(office, day, counter, duty).open]
        if not on:
            return (Opening(DOORS, CLOSE),)
        spans = [(min(start for start, _ in on), max(end for _, end in on))]
    return tuple(Opening((start - eight) / MINUTE, (end - eight) / MINUTE) for start, end in sorted(spans))


def duty_of(
    office: Office, day: date, name: str, opened: Sequence[Opening], counters: Iterable[CounterPlan]
) -> list[Planned]:
    """The rows of duty of a day that the trace calls `name`; `opened`: when its doors are open."""
    roster = planned(office.roster, {}, day)
    return [
        Planned(office=office.id, day=name, counter=one.id, start=start, end=end, kind=kind)
        for nth, one in enumerate(counters)
        for start, end, kind in (_usual(opened, nth) if roster is None else _rostered(office, day, one.id, roster))
    ]


def _usual(opened: Sequence[Opening], nth: int) -> Iterator[tuple[float, float, str]]:
    """Not all counters have their break at once."""
    for start, end in opened:
        yield start, end, "open"
        middle = (start + end) / 2 - BREAK + 15.0 * (nth % 5 - 1)
        if end - start > WITHOUT_BREAK:
            yield middle, middle + BREAK, "break"


def _rostered(
    office: Office, day: date, counter: str, roster: tuple[facts.Duty, ...]
) -> Iterator[tuple[float, float, str]]:
    eight, mine = hours.clock(office, day, "08:00"), shift(office, day, counter, roster)
    for kind, spans in (("open", mine.open), ("break", mine.breaks)):
        for start, end in spans:
            yield (start - eight) / MINUTE, (end - eight) / MINUTE, kind


class Attendance:
    """What the rows of duty say of each counter. `spans`: when it is on duty; a counter that is not there is not on duty today.
    `rests`: when it does not call, in order."""

    def __init__(self, duty: Sequence[Planned], counters: Iterable[CounterPlan]) -> None:
        self.spans: dict[str, list[Opening]] = {}
        for one in sorted(duty, key=lambda one: one.start):
            if one.kind == "open":
                self.spans.setdefault(one.counter, []).append(Opening(one.start, one.end))
        self._gives = {one.id: one.services for one in counters if one.id in self.spans}
        self.rests = {counter: sorted(_rests(counter, spans, duty)) for counter, spans in self.spans.items()}

    def home(self, counter: str) -> float:
        """When its clerk goes. Infinite for the last counters of a service: they stay until everybody inside is served."""
        mine = self.spans[counter][-1].end
        last = [
            max(self.spans[one][-1].end for one, given in self._gives.items() if name in given)
            for name in self._gives[counter]
        ]
        return math.inf if mine in last else mine

    def minutes(self, counter: str) -> float:
        """In which it can call people."""
        if counter not in self.spans:
            return 0.0
        breaks = sum(one.end - one.start for one in self.rests[counter] if one.whole)
        return sum(end - start for start, end in self.spans[counter]) - breaks


def _rests(counter: str, spans: Sequence[Opening], duty: Sequence[Planned]) -> Iterator[Lull]:
    for one in duty:
        if one.counter == counter and one.kind == "break":
            yield Lull(one.start, one.end, whole=True)
    for (_, ends), (begins, _) in pairwise(spans):
        yield Lull(ends, begins, whole=False)
