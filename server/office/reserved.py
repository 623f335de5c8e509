"""Numbers that people hold although the log lost the entries that gave them out. They are not given again on their day.

They come with the report of a fork: the numbers that the lost entries gave out, and some more of every range for entries
that nobody had read yet. The report also lists for people what was lost, up to a bound. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from server.messages import events as e
from server.messages.facts import Reserved
from server.messages.office import Office, ServicePlan

MARGIN = 100
"""How many further numbers of each range are held back, because unread entries may have given them out: the history reads every
five seconds, and in that time more than this were never drawn of one range. While the database is away the history reads
nothing: then one number more is held back for each entry that this node saw and the history did not."""

MOST_LOST = 500
"""The most lost facts that are listed, so that a report and a checkpoint stay small entries; the others are only counted."""

Span = tuple[str, int, int]
"""Letter, first and last number."""


def reserved(office: Office, day: str, today: Sequence[e.Event], lost: Sequence[e.Event], unread: int = 0) -> Reserved:
    """The numbers to hold back. `today`: all known events of the day in order, the lost ones included. `unread`: how many
    entries are known to have come after them: each of these may have given out a number."""
    spans = {*_given(office, lost)}
    for plan in office.services:
        spans |= {*_unread(plan, _last(plan, today), MARGIN + unread)}
    return Reserved(day=day, spans=_joined(spans))


def following(office: Office, day: str, numbers: Mapping[str, int], unread: int) -> Reserved:
    """Numbers that `unread` entries, and some more, may have given out after `numbers`, the last known ones of each range."""
    spans = {
        span
        for plan in office.services
        for span in _unread(plan, numbers.get(f"{plan.letter}{plan.first}", plan.first - 1), MARGIN + unread)
    }
    return Reserved(day=day, spans=_joined(spans))


def both(one: Reserved | None, other: Reserved | None) -> Reserved | None:
    """What two reports hold back together; if they are of different days, the later one only."""
    if one is None or other is None:
        return one or other
    if one.day != other.day:
        return max(one, other, key=lambda it: it.day)
    return Reserved(day=one.day, spans=_joined({*one.spans, *other.spans}))


def listed(lost: Iterable[str]) -> tuple[tuple[str, ...], int]:
    """The lost facts that people are told, issued numbers first, and how many more there are.

    If there are too many issued numbers, the newest are told: those people still wait.
    """
    every = tuple(lost)
    issued = [one for one in every if one.startswith("ticket_issued")]
    others = (one for one in every if not one.startswith("ticket_issued"))
    told = (*issued[-MOST_LOST:], *others)[:MOST_LOST]
    return told, len(every) - len(told)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order; spans that touch are one, so that ten thousand lost numbers in a row are one span too."""
    found: list[Span] = []
    for letter, first, last in sorted(spans):
        before, begins, ends = found[-1] if found else ("", 0, 0)
        if before == letter and first <= ends + 1:
            found[-1] = (letter, begins, max(ends, last))
        else:
            found.append((letter, first, last))
    return tuple(found)


def holds(found: Reserved | None, day: str | None, letter: str, ordinal: int) -> bool:
    """Whether a number is held back on a day."""
    if found is None or found.day != day:
        return False
    return any(name == letter and first <= ordinal <= last for name, first, last in found.spans)


def _given(office: Office, lost: Iterable[e.Event]) -> Iterator[Span]:
    letters = {plan.id: plan.letter for plan in office.services}
    for event in lost:
        if isinstance(event, e.TicketIssued | e.DirectServiceStarted):
            letter = event.number.rstrip("0123456789")
            ordinal = int(event.number[len(letter) :])  # `event.ordinal` is None for numbers that were lent
            yield letter, ordinal, ordinal
        elif isinstance(event, e.NumbersLeased):
            yield from ((letters[name], first, last) for name, first, last in event.blocks if name in letters)


def _last(plan: ServicePlan, today: Iterable[e.Event]) -> int:
    """The last number of a range that is known to be given out."""
    found = plan.first - 1
    for event in today:
        if isinstance(event, e.DayOpened):
            found = event.numbers.get(f"{plan.letter}{plan.first}", plan.first - 1)
        elif isinstance(event, e.TicketIssued | e.DirectServiceStarted) and event.services[0] == plan.id:
            found = found if event.ordinal is None else event.ordinal
    return found


def _unread(plan: ServicePlan, last: int, margin: int) -> Iterator[Span]:
    """The next `margin` numbers of a range, starting again at its end; of a smaller range all, and as many above it."""
    if last + margin <= plan.last:
        yield plan.letter, last + 1, last + margin
        return
    yield plan.letter, last + 1, max(last, plan.last)
    around = margin - (plan.last - last) if last <= plan.last else margin
    yield plan.letter, plan.first, min(plan.first + around - 1, plan.last)
    if plan.last - plan.first < margin or last > plan.last:
        yield plan.letter, max(last, plan.last) + 1, max(last, plan.last) + margin
