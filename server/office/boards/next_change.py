"""The instants at which a board may look different, or a tick is due, although no event happened; and which boards."""

from collections.abc import Iterator
from typing import NamedTuple

from server.messages.agreed import DOOR_MS, JOB_LIFE_MS, SPOKEN_FOR_MS
from server.messages.facts import Ticket
from server.messages.instants import MINUTE, SECOND
from server.messages.office import Roster
from server.messages.terms import BoardKind
from server.office import hours, loudness
from server.office.boards.overtaking import overtakings
from server.office.boards.parts import ANSWERED_FOR_MS, oldest
from server.office.boards.public import HELP_SHOWN_MS
from server.office.boards.wall import MOVED_FOR_MS, moves_at
from server.office.due import ticks
from server.office.state import UNDO_FOR_MS, State

Kinds = frozenset[BoardKind]
NONE: Kinds = frozenset()
"""No boards, for ticks: a tick becomes an event, and an event reaches the boards anyway."""
WALLS: Kinds = frozenset({"display"})
VOICES: Kinds = frozenset({"announcer"})
LISTS: Kinds = frozenset({"display", "counter", "supervisor", "desk", "line", "station", "ticket"})
"""Whatever shows who may be called, and in which order."""
KIOSKS: Kinds = frozenset({"kiosk"})
HELP: Kinds = frozenset({"supervisor", "desk", "kiosk", "counter", "station"})
PAPERS: Kinds = frozenset({"printer", "kiosk"})
HOURS: Kinds = LISTS | {"kiosk"}
STAFF: Kinds = frozenset({"counter", "supervisor", "desk", "station"})
"""Whatever says whether somebody can check in today."""
TABLE: Kinds = frozenset({"supervisor"})
"""Whatever shows who is on duty today, and how services stand."""


class Ended(NamedTuple):
    """A press that can no longer be undone.

    `counters`: those it touched; if there are none, every counter's board offered the undo.
    """

    principal: str
    counters: frozenset[str]

    def concerns(self, kind: BoardKind, id: str, principal: str) -> bool:
        """Whether a staff board that this principal has open offered the undo."""
        return principal == self.principal and (kind != "counter" or not self.counters or id in self.counters)


class Instant(NamedTuple):
    """`kinds`: the boards that may look different from then on. `ended`: the press that can no longer be undone."""

    at: int
    kinds: Kinds
    ended: Ended | None = None


class Due(NamedTuple):
    """Boards to draw again: all of these kinds, and the staff boards that one of these presses concerns."""

    kinds: Kinds
    ended: tuple[Ended, ...] = ()


def next_change(state: State, now: int) -> int | None:
    """The next instant after `now` at which a board may change, ms; None if time alone changes nothing.

    When devices report cannot be foreseen.
    """
    if not state.configured:
        return None
    return min((one.at for one in _instants(state, now) if one.at > now), default=None)


def changed_between(state: State, since: int, now: int) -> Due:
    """The boards that may have changed between `since` and `now` by time alone."""
    if not state.configured:
        return Due(NONE)
    due = [one for one in _instants(state, since) if since < one.at <= now]
    kinds = NONE.union(*(one.kinds for one in due))
    return Due(kinds, tuple(one.ended for one in due if one.ended is not None))


def _instants(state: State, now: int) -> Iterator[Instant]:
    yield from (Instant(tick.due, LISTS if tick.kind == "boost" else NONE) for tick in ticks(state))
    yield from _of_walls(state)
    yield from _of_acts(state, now)
    yield from (
        Instant(call.at + shown, HELP) for call in state.help.values() for shown in (ANSWERED_FOR_MS, HELP_SHOWN_MS)
    )
    yield from (Instant(made.at + JOB_LIFE_MS, PAPERS) for made in state.prints.values())
    for ticket in _with_an_instant(state):
        yield from _of_ticket(state, ticket)
    for service in (None, *(plan for plan in state.office.services if plan.hours)):
        at = hours.changes_at(state.office, service, now)
        if at is not None:
            yield Instant(at, HOURS)
    midnight = hours.midnight_after(state.office, hours.day_of(state.office, now))
    if any(display.door_code for display in state.office.displays):
        yield Instant((now // DOOR_MS + 1) * DOOR_MS, WALLS)
    yield Instant(midnight, KIOSKS)  # each knows today's hours, in case it is cut off
    if state.coming:
        yield Instant(midnight, STAFF)
    if state.roster or state.office.roster != Roster():
        yield Instant(midnight, TABLE)
    yield from (Instant(at, TABLE) for at in loudness.changes_at(state.office, now))
    yield from (Instant(at, LISTS) for at in overtakings(state, now))
    yield from (  # + 1: at the target itself the wait is not over it
        Instant(since + state.plans[name].target_minutes * MINUTE + 1, TABLE)
        for name, since in oldest(state).items()
        if name in state.plans
    )


def _of_acts(state: State, now: int) -> Iterator[Instant]:
    """The instants from which each press can no longer be undone, the newest first: where one is over, all older ones are
    too."""
    for (who, _), act in reversed(state.acts.items()):
        at = act.at + UNDO_FOR_MS + 1  # + 1: at UNDO_FOR_MS itself the press can still be undone
        if at <= now:
            return  # acts are in the order of time
        yield Instant(at, NONE, Ended(who, frozenset(act.counters)))


def _with_an_instant(state: State) -> Iterator[Ticket]:
    """All tickets that time alone may change: not those in a line, because every counter that can call them may do so
    already."""
    yield from state.others()
    for places in (state.lines.later, *state.lines.bound.values()):
        yield from (state.tickets[place.ticket] for place in places)


def _of_walls(state: State) -> Iterator[Instant]:
    for call in state.shown.values():
        yield Instant(call.at + state.office.calls.fresh * SECOND, WALLS)
        if call.until is not None:
            yield Instant(call.until, WALLS)
    again = state.office.calls.repeat_after * SECOND
    for said in state.said:
        yield from (Instant(said.at + after + SPOKEN_FOR_MS + 1, VOICES) for after in {0, again})
        yield Instant(said.at + again, VOICES)
    yield from (Instant(at + MOVED_FOR_MS, WALLS) for at in moves_at(state))
    yield from (Instant(message.until, WALLS) for message in state.messages.values() if message.until is not None)


def _of_ticket(state: State, ticket: Ticket) -> Iterator[Instant]:
    """When it may first be called, when counters other than its own may call it, and when it leaves the missed list."""
    if ticket.not_before is not None:
        yield Instant(ticket.not_before, LISTS)
    if ticket.only_until is not None:
        yield Instant(ticket.only_until, LISTS)
    if ticket.slot is not None:
        yield Instant(state.ready_at(ticket), LISTS)  # lists show who is away or parked in the order of call, too
    if ticket.slot is not None and ticket.state == "waiting":
        yield Instant(ticket.slot - state.office.policy.appointment_early * SECOND, LISTS)
    if ticket.state == "missed" and ticket.missed_at is not None:
        yield Instant(ticket.missed_at + state.office.calls.missed_shown * SECOND, WALLS)
