"""Numbers that are in people's hands although the log knows nothing of them: they are not given again on their day.

Told with a fork: those that the lost entries gave out, and some more of every range, for what nobody had read yet. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from server.messages import events as e
from server.messages.facts import Reserved
from server.messages.office import Office, ServicePlan

MARGIN = 100
"""Numbers of each range that nobody is known to hold, and somebody may: the history reads every five seconds, and more than
this were never drawn of one range in that time."""

Span = tuple[str, int, int]
"""Letter, first and last number."""


def reserved(office: Office, day: str, today: Sequence[e.Event], lost: Sequence[e.Event]) -> Reserved:
    """`today`: all that is known of the day, in order, the lost entries among them."""
    spans = {*_given(office, lost)}
    for kind in office.services:
        spans |= {*_unread(kind, _last(kind, today))}
    return Reserved(day=day, spans=tuple(sorted(spans)))


def following(office: Office, day: str, numbers: Mapping[str, int]) -> Reserved:
    """What may have been given out after `numbers`, the last of each range: nobody has read it."""
    spans = {
        span
        for kind in office.services
        for span in _unread(kind, numbers.get(f"{kind.letter}{kind.first}", kind.first - 1))
    }
    return Reserved(day=day, spans=tuple(sorted(spans)))


def both(one: Reserved | None, other: Reserved | None) -> Reserved | None:
    """What two tellings hold back; of two days the later one's."""
    if one is None or other is None:
        return one or other
    if one.day != other.day:
        return max(one, other, key=lambda it: it.day)
    return Reserved(day=one.day, spans=tuple(sorted({*one.spans, *other.spans})))


def holds(found: Reserved | None, day: str | None, letter: str, ordinal: int) -> bool:
    """Whether a number is held back on a day."""
    if found is None or found.day != day:
        return False
    return any(name == letter and first <= ordinal <= last for name, first, last in found.spans)


def _given(office: Office, lost: Iterable[e.Event]) -> Iterator[Span]:
    letters = {kind.id: kind.letter for kind in office.services}
    for event in lost:
        if isinstance(event, e.TicketIssued | e.DirectServiceStarted):
            letter = event.number.rstrip("0123456789")
            ordinal = int(event.number[len(letter) :])  # `ordinal` is silent of numbers that were lent
            yield letter, ordinal, ordinal
        elif isinstance(event, e.NumbersLeased):
            yield from ((letters[name], first, last) for name, first, last in event.blocks if name in letters)


def _last(kind: ServicePlan, today: Iterable[e.Event]) -> int:
    """How far a range was used when it was last seen."""
    found = kind.first - 1
    for event in today:
        if isinstance(event, e.DayOpened):
            found = event.numbers.get(f"{kind.letter}{kind.first}", kind.first - 1)
        elif isinstance(event, e.TicketIssued | e.DirectServiceStarted) and event.services[0] == kind.id:
            found = found if event.ordinal is None else event.ordinal
    return found


def _unread(kind: ServicePlan, last: int) -> Iterator[Span]:
    """The next numbers of a range that wraps; of one that is smaller all, and those above it."""
    if last + MARGIN <= kind.last:
        yield kind.letter, last + 1, last + MARGIN
        return
    yield kind.letter, last + 1, max(last, kind.last)
    around = MARGIN - (kind.last - last) if last <= kind.last else MARGIN
    yield kind.letter, kind.first, min(kind.first + around - 1, kind.last)
    if kind.last - kind.first < MARGIN or last > kind.last:
        yield kind.letter, max(last, kind.last) + 1, max(last, kind.last) + MARGIN
