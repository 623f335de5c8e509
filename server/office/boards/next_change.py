"""When to look again: the next instant at which a board may look different, or a tick is due, without a new event."""

from collections.abc import Iterator

from server.messages.facts import Ticket
from server.office import hours
from server.office.boards.overtaking import overtakings
from server.office.boards.parts import ANSWERED_FOR
from server.office.boards.public import HELP_SHOWN, JOB_LIFE
from server.office.boards.wall import SPOKEN_FOR
from server.office.decide.tick import ticks
from server.office.state import SECOND, UNDO_FOR, State


def next_change(state: State, now: int) -> int | None:
    """Milliseconds, after `now`; None if nothing will change by itself. What devices report is not foreseen here."""
    if not state.configured:
        return None
    return min((at for at in _instants(state, now) if at > now), default=None)


def _instants(state: State, now: int) -> Iterator[int]:
    yield from (tick.due for tick in ticks(state))
    yield from _of_walls(state)
    yield from (act.at + UNDO_FOR + 1 for act in state.acts.values())
    yield from (call.at + shown for call in state.help.values() for shown in (ANSWERED_FOR, HELP_SHOWN))
    yield from (made.at + JOB_LIFE for made in state.prints.values() if made.state == "requested")
    for ticket in state.living():
        yield from _of_ticket(state, ticket)
    for service in (None, *(kind for kind in state.office.services if kind.hours)):
        at = hours.changes_at(state.office, service, now)
        if at is not None:
            yield at
    yield from overtakings(state, now)


def _of_walls(state: State) -> Iterator[int]:
    for call in state.shown.values():
        yield call.at + state.office.calls.fresh * SECOND
        if call.until is not None:
            yield call.until
    yield from (said.at + SPOKEN_FOR + 1 for said in state.said)
    yield from (message.until for message in state.messages.values() if message.until is not None)


def _of_ticket(state: State, ticket: Ticket) -> Iterator[int]:
    """When it may be called, by whom, and until when it is listed as missed."""
    if ticket.not_before is not None:
        yield ticket.not_before
    if ticket.only_until is not None:
        yield ticket.only_until
    if ticket.slot is not None and ticket.state == "waiting":
        yield state.ready_at(ticket)
        yield ticket.slot - state.office.policy.appointment_early * SECOND
    if ticket.state == "missed" and ticket.missed_at is not None:
        yield ticket.missed_at + state.office.calls.missed_shown * SECOND
