"""What an office does by itself, because its file says so: it closes a service that would not be reached today any more. Pure.

The desk looks again and again (`wishes`) and asks `decide` for what stays so for some minutes. What a supervisor has taken
back is not done again on that day (`State.quiet`).
"""

from server.messages import commands as c
from server.messages.facts import Row
from server.office import hours
from server.office.state import State
from server.office.waits import Waits

NOT_TODAY = "not_today"
"""The reason with which a service is closed because its new tickets would not be reached today."""
CLOSING = "close_intake"
"""How the log names this rule: `by` is `rule:close_intake`."""


def intake(service: str) -> str:
    """How the closing of a service is named in `State.quiet`."""
    return f"{CLOSING}:{service}"


def of_row(row: Row) -> list[str]:
    """What must be quiet for today once a supervisor took this row of the shift book back."""
    return [intake(deed.service) for deed in row.did if deed.service is not None]


def quieted(state: State, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*state.quiet, *names)))


def wishes(state: State, waits: Waits, now: int) -> dict[str, c.SystemCommand]:
    """What should be done if it stays so for some minutes, by a name for each."""
    if state.day is None:
        return {}
    return {
        intake(plan.id): c.CloseIntake(service=plan.id)
        for plan in state.office.services
        if closes(state, plan.id) and waits.reached.get(plan.id) == "no" and hours.open_now(state.office, plan, now)
    }


def watches(state: State) -> bool:
    """Whether the office does anything by itself: only then its forecast is needed when nobody looks."""
    return state.office.policy.close_intake == "auto"


def closes(state: State, service: str) -> bool:
    """Whether this service may be closed by itself now."""
    known = state.services.get(service)
    return watches(state) and known is not None and not known.closed and intake(service) not in state.quiet
