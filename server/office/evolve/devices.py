"""How events change print jobs, and numbers lent to kiosks."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from server.messages import events as e
from server.messages.facts import Lease, Print
from server.messages.instants import MINUTE
from server.office.state import State

KEPT_MS = 10 * MINUTE
"""How long a print job is remembered, ms: longer than any agent may still report on it."""


def _requested(state: State, event: e.PrintRequested) -> None:
    for old in [job for job, made in state.prints.items() if made.at + KEPT_MS <= event.at]:
        del state.prints[old]
    state.prints[event.job] = Print(job=event.job, ticket=event.ticket, printer=event.printer, at=event.at)


def _reported(state: State, event: e.PrintReported) -> None:
    state.prints[event.job] = replace(state.prints[event.job], state=event.state, reason=event.reason)


def _leased(state: State, event: e.NumbersLeased) -> None:
    device = event.by.partition(":")[2]
    state.leases[event.lease] = Lease(
        id=event.lease, device=device, blocks=event.blocks, until=event.until, letters=event.letters
    )


RULES: dict[type[e.Event], Callable[[State, Any], None]] = {
    e.PrintRequested: _requested,
    e.PrintReported: _reported,
    e.NumbersLeased: _leased,
}
