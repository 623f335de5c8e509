"""What staff should know about an office although it is open: a fork, a log ahead of its clock, a past in doubt. For the desk."""

from collections.abc import Iterator

from server.messages.boards import Worry
from server.office.state import State

AHEAD_MS = 5_000
"""Staff are told once the log is this far ahead of the clock."""


def worries_of(state: State, in_doubt: str) -> Iterator[Worry]:
    """`in_doubt`: why the log may have lost its past; empty if nothing says so."""
    if state.lost:
        lost = len(state.lost) + state.lost_more
        yield Worry(code="fork", detail=f"the store's history was another; {lost} facts that were told are not in it")
    if state.ahead >= AHEAD_MS:
        yield Worry(
            code="clock",
            seconds=state.ahead // 1000,
            detail=f"the log is {length(state.ahead)} ahead of the store's clock; if that is right, press correct_clock",
        )
    if in_doubt:
        yield Worry(code="past", detail=in_doubt)


def length(ms: int) -> str:
    """For people: "2 h"."""
    seconds = ms // 1000
    for span, unit in ((86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * span or (seconds >= span and unit != "days"):
            return f"{round(seconds / span)} {unit}"
    return f"{seconds} s"
