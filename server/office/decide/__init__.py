"""`decide(state, command, press)`: the events that a press causes now, or the reason why it causes none. Pure and total.

There is one rule per command, in the module of its subject. Rules check in the order of the contract: known, allowed, day,
counter state, busy, eligible. A refusal leaves no event behind.
"""

from server.messages.commands import AsSeen
from server.messages.events import Event
from server.messages.problems import Refusal
from server.office.decide import (
    bookings,
    calls,
    check_in,
    counters,
    day,
    devices,
    distress,
    guards,
    moves,
    settings,
    situations,
    standing,
    supervision,
    tick,
    tickets,
    time,
    undo,
)
from server.office.decide.press import Case, EveryCommand, No, Press, Rules
from server.office.state import State

__all__ = ["RULES", "EveryCommand", "Press", "decide"]

RULES: Rules = {
    **tickets.RULES,
    **calls.RULES,
    **counters.RULES,
    **supervision.RULES,
    **moves.RULES,
    **situations.RULES,
    **standing.RULES,
    **bookings.RULES,
    **check_in.RULES,
    **devices.RULES,
    **distress.RULES,
    **undo.RULES,
    **day.RULES,
    **settings.RULES,
    **tick.RULES,
    **time.RULES,
}


def decide(state: State, command: EveryCommand, press: Press) -> list[Event] | Refusal:
    """The events that follow from a command (none if nothing changes), or a refusal. It does not change the state."""
    case = Case(state, command, press)
    try:
        RULES[type(command)](case, command)
        if isinstance(command, AsSeen) and case.events:  # what is so already was not overtaken
            guards.as_seen(case, command, command.seen_seq)
        guards.within_bounds(case)
    except No as no:
        return no.refusal
    return case.events
