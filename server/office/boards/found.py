"""Tickets that staff look for: by a number as people say it ("a 012", "A12"), by a service, by a state. Pure.

Boards list only the first of those who wait; `GET tickets` looks for the others here.
"""

import re
from collections.abc import Iterable, Mapping
from functools import partial

from server.messages import boards as b
from server.messages.actor import Actor
from server.messages.facts import Ticket
from server.messages.names import folded, with_plain_digits
from server.messages.terms import TicketState
from server.messages.value import Value
from server.office import grid
from server.office.boards.queues import ordered
from server.office.boards.sheet import Sheet
from server.office.who_next import may_take

SHORTEST = 3
"""This many letters from the beginning of a word mean the whole word."""
_NUMBER = re.compile(r"(?P<letters>[^\W\d_]*)0*(?P<ordinal>\d+)")


class Wanted(Value):
    """`words`: what people call the states; `counter`: where they would be called; `state`: only tickets in this state, and if
    that is "waiting" only those that this counter may call. `issued`: those issued nearest to this instant (ms) go first."""

    query: str = ""
    words: Mapping[str, TicketState] = {}
    state: TicketState | None = None
    counter: str | None = None
    issued: int | None = None
    offset: int = 0
    limit: int = 50


class _Meant:
    """What a text may mean: a number, services, states."""

    def __init__(self, sheet: Sheet, wanted: Wanted, text: str) -> None:
        self.number = _plain(text)
        plans = sheet.state.plans.values()
        self.services = {one.id for one in plans if any(_names(text, name) for name in (one.id, *one.names.values()))}
        self.states = {state for word, state in wanted.words.items() if _names(text, word)}

    def fits(self, ticket: Ticket) -> bool:
        if ticket.state in self.states or not self.services.isdisjoint(ticket.services):
            return True
        return bool(self.number) and (self.number in _plain(ticket.number) or self.exact(ticket))

    def exact(self, ticket: Ticket) -> bool:
        """Whether it has this very number: "12" and "a12" are A012."""
        own, asked = _NUMBER.fullmatch(_plain(ticket.number)), _NUMBER.fullmatch(self.number)
        return (
            own is not None
            and asked is not None
            and own["ordinal"] == asked["ordinal"]
            and asked["letters"] in ("", own["letters"])
        )


def find(sheet: Sheet, wanted: Wanted, actor: Actor) -> b.Found:
    state, now = sheet.state, sheet.now
    whole = _Meant(sheet, wanted, folded(wanted.query))
    found = [one for one in _living(sheet, wanted) if _is_meant(sheet, wanted, whole, one)]
    # the sort is stable: those with the very number that was asked for go first, each part in the order of call
    found = sorted(ordered(state, found, now), key=lambda one: (not whole.exact(one), _from(one, wanted.issued)))
    listed = found[wanted.offset : wanted.offset + wanted.limit]
    here = state.counters.get(wanted.counter or "")
    return b.Found(
        total=len(found),
        offset=wanted.offset,
        tickets=sheet.lines(listed),
        not_here=tuple(grid.not_here(state, here, listed, now)) if here is not None else (),
        not_printed=grid.not_printed(state, actor, listed),
    )


def _from(ticket: Ticket, instant: int | None) -> int:
    return 0 if instant is None else abs(ticket.issued_at - instant)


def _living(sheet: Sheet, wanted: Wanted) -> Iterable[Ticket]:
    state, here = sheet.state, sheet.state.counters.get(wanted.counter or "")
    found = (ticket for ticket in state.living() if wanted.state in (None, ticket.state))
    if wanted.state != "waiting" or here is None:
        return found
    return (ticket for ticket in found if may_take(state, here, ticket, sheet.now))


def _is_meant(sheet: Sheet, wanted: Wanted, whole: _Meant, ticket: Ticket) -> bool:
    """By the whole text, or by each of its words: "ausweis geparkt"."""
    if not wanted.query.strip() or whole.fits(ticket):
        return True
    words = folded(wanted.query).split()
    return len(words) > 1 and all(
        sheet.once(f"meant {word}", partial(_Meant, sheet, wanted, word), wanted).fits(ticket) for word in words
    )


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", with_plain_digits(folded(text)))


def _names(text: str, name: str) -> bool:
    """Whether the text is a name, or enough of it."""
    known = folded(name)
    return text == known or (len(text) >= SHORTEST and text in known)
