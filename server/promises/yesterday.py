"""Tries a rule on the last day before today on which somebody was called. `studies` calls it in the second worker."""

from typing import NamedTuple

from server.desk.fold import PAGE, opens_a_day
from server.forecast.model import cold
from server.forecast.tried import Lived, Tried, tried
from server.log.port import Log
from server.messages.events import DayOpened, Event, TicketCalled, decode
from server.messages.instants import rfc3339
from server.messages.rule_trial import Acted, Both, TrialFound
from server.promises.questions import TrialAnswer, TrialQuestion


async def trial(log: Log, today: str | None, question: TrialQuestion) -> TrialAnswer:
    """`today`: the day that does not count, because it is not over."""
    handed = Day(question.first, [decode(body) for body in question.day])
    last = _worth(handed, today) if handed.events else await last_day(log, question.office, today, question.seq)
    if last is None:
        return TrialAnswer()
    opening = next(one for one in last.events if isinstance(one, DayOpened))
    found = tried(last.events, question.rule, question.model or cold(opening.office), last.first)
    return TrialAnswer(_said(opening.day, found))


class Day(NamedTuple):
    """The events of a day from its opening on; `first`: the seq of the first."""

    first: int
    events: list[Event]


async def last_day(log: Log, office: str, today: str | None, seq: int) -> Day | None:
    """The last day before `today` on which somebody was called; None: the log keeps none."""
    found: Day | None = None
    day = Day(0, [])
    after = 0
    while rows := await log.read(office, after, PAGE):
        for row in rows:
            if opens_a_day(row):
                found, day = _worth(day, today) or found, Day(row.seq, [])
            day.events.append(decode(row.body))
        after = rows[-1].seq
        if after >= seq:
            break
    return _worth(day, today) or found


def _worth(day: Day, today: str | None = None) -> Day | None:
    opens = next((one for one in day.events if isinstance(one, DayOpened)), None)
    whole = opens is not None and opens.day != today
    return day if whole and any(isinstance(one, TicketCalled) for one in day.events) else None


def _said(day: str, found: Tried) -> TrialFound:
    def both(name: str) -> Both | None:
        pair = (getattr(one, name) for one in (found.without, found.with_))
        without, with_ = (None if value is None else round(value, 1) for value in pair)
        return None if without is None or with_ is None else Both(without=without, with_=with_)

    return TrialFound(
        day=day,
        people=found.people,
        longest=_longest(found.without, found.with_),
        service=both("service"),
        others=both("others"),
        acts=tuple(Acted(from_=rfc3339(start), until=rfc3339(end)) for start, end in found.acts),
    )


def _longest(without: Lived, with_: Lived) -> Both:
    return Both(without=round(without.longest, 1), with_=round(with_.longest, 1))
