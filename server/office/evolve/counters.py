"""How events change counters: open, held, paused, wrapping up, closed, assigned."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from server.messages import events as e
from server.messages.facts import Assignment, Counter
from server.office.equipped import opens_with
from server.office.state import State


def _opened(state: State, event: e.CounterOpened) -> None:
    counter = state.counters[event.counter]
    # opening with the same services does not change them: a set of moves that gave them can still be taken back
    served = counter.served_seq if event.services == counter.services else state.seq
    state.put_counter(
        replace(
            counter,
            state="open",
            services=event.services,
            holder=event.holder,
            since=event.at,
            coming_pause=False,
            served_seq=served,
            state_seq=state.seq,
        )
    )


def _taken_over(state: State, event: e.CounterTakenOver) -> None:
    state.put_counter(replace(state.counters[event.counter], holder=event.holder, state_seq=state.seq))


def _paused(state: State, event: e.CounterPaused) -> None:
    counter = state.counters[event.counter]
    if event.after_finish:
        coming = replace(counter, coming_pause=True, reason=event.reason, back_at=event.back_at, state_seq=state.seq)
        state.put_counter(coming)
        return
    since = counter.since if counter.state == "paused" else event.at
    # a pause that waited for a finish belongs to the event that asked for it, so it keeps that event's seq
    asked = counter.state_seq if counter.coming_pause else state.seq
    state.put_counter(
        replace(
            counter,
            state="paused",
            since=since,
            reason=event.reason,
            back_at=event.back_at,
            coming_pause=False,
            state_seq=asked,
        )
    )


def _wrapping_up(state: State, event: e.WrapUpBegun) -> None:
    state.put_counter(replace(state.counters[event.counter], state="wrap_up", since=event.at, state_seq=state.seq))


def _resumed(state: State, event: e.CounterResumed) -> None:
    counter = state.counters[event.counter]
    since = counter.since if counter.state == "open" else event.at
    state.put_counter(
        replace(counter, state="open", since=since, reason=None, back_at=None, coming_pause=False, state_seq=state.seq)
    )


def _closed(state: State, event: e.CounterClosed) -> None:
    for name in event.unbound:
        state.put_ticket(
            replace(state.tickets[name], only_counter=None, only_until=None, station=None, wanted_seq=state.seq)
        )
    close(state, state.counters[event.counter], event.at)


def close(state: State, counter: Counter, at: int) -> None:
    """What it will open with, and a supervisor's assignment, outlive its closing."""
    state.put_counter(
        Counter(
            id=counter.id,
            state="closed",
            services=opens_with(state, counter),
            since=at,
            assignment=counter.assignment,
            served_seq=counter.served_seq,
            state_seq=state.seq,
        )
    )


def _assigned(state: State, event: e.CounterAssigned) -> None:
    counter = state.counters[event.counter]
    before = counter.assignment.before if counter.assignment else counter.services
    assignment = Assignment(
        services=event.services, before=before, by=event.by, at=event.at, until=event.until, reason=event.reason
    )
    given = None if event.ended else assignment
    state.put_counter(replace(counter, services=event.services, assignment=given, served_seq=state.seq))


RULES: dict[type[e.Event], Callable[[State, Any], None]] = {
    e.CounterOpened: _opened,
    e.CounterTakenOver: _taken_over,
    e.CounterPaused: _paused,
    e.WrapUpBegun: _wrapping_up,
    e.CounterResumed: _resumed,
    e.CounterClosed: _closed,
    e.CounterAssigned: _assigned,
}
