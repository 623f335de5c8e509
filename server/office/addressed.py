"""In which zones a spoken message is to be heard.

Pure; asked by `decide` when it is posted, and by boards while it is shown.
"""

from collections.abc import Sequence

from server.office.state import State


def zones_of(state: State, zones: Sequence[str], displays: Sequence[str], counters: Sequence[str]) -> tuple[str, ...]:
    """The named zones and those of the named displays; all if nothing is named; none if only counters are named."""
    shown = [display for display in state.office.displays if display.id in displays]
    named = tuple(dict.fromkeys((*zones, *(zone for display in shown for zone in display.zones))))
    return named or (() if counters else tuple(state.zones))
