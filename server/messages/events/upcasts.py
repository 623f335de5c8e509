"""Changes events of older releases into the present form. Called only by `decode`."""

from collections.abc import Callable
from typing import Any


def _roster_set(body: dict[str, Any]) -> dict[str, Any]:
    """The first release wrote how many counters are open in each half hour, without naming them, and when each has a break."""
    breaks: dict[str, list[tuple[str, str]]] = body.pop("breaks", {})
    spans = [(counter, start, end) for counter, pairs in breaks.items() for start, end in pairs]
    return {
        **body,
        "v": 2,
        "duty": [{"counter": c, "from": start, "to": end, "kind": "break"} for c, start, end in spans],
    }


def _day_opened(body: dict[str, Any]) -> dict[str, Any]:
    """The first release carried only those counts."""
    body.pop("roster", None)
    return {**body, "v": 2}


UPCASTS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("roster_set", 1): _roster_set,
    ("day_opened", 1): _day_opened,
}
"""By type and version: the change for events in which a field has another shape now."""
