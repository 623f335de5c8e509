"""Events as the public contract shows them: a flat object with office, epoch, seq and mark; instants as RFC 3339.

What only the log may know (`who` owns the key, `digest` of the command, who holds a counter) is left out here, for all.
"""

from typing import Any

from msgspec import to_builtins

from server.messages.events import Event
from server.messages.instants import at_or_none, rfc3339

INSTANTS = frozenset(
    {
        "at",
        "until",
        "start",
        "again_at",
        "reference",
        "slot",
        "not_before",
        "started_at",
        "away_until",
        "paused_until",
        "back_at",
        "back_until",
        "issued_at",
        "called_at",
        "first_called_at",
        "missed_at",
        "moved_at",
        "only_until",
        "ended_at",
        "since",
        "boost_until",
        "preset_until",
        "policy_until",
        "lost_at",
    }
)
"""Names of fields that are instants in events and facts."""

BY_ID = frozenset({"silences", "helpers"})
"""Names of fields that hold instants by id."""

HIDDEN = frozenset({"who", "digest", "holder", "keys", "spent"})
"""Fields of the log that are shown on no route and not stored in the history."""


def event_object(event: Event, office: str, epoch: str, seq: int, mark: str) -> dict[str, Any]:
    """One event as `GET events` and an answer show it: every field of its type, also those that the log omits as defaults.

    `office` is the office's id on every event; the office file that some carry is `file`.
    """
    members = {name: to_builtins(getattr(event, name)) for name in event.__struct_fields__}
    if "office" in members:
        members["file"] = members.pop("office")
    kind = event.__struct_config__.tag
    return {"office": office, "epoch": epoch, "seq": seq, "mark": mark, "type": kind, **shown(members)}


def shown(value: Any) -> Any:
    """The public form of an event's builtins: hidden fields dropped, instants written out."""
    if isinstance(value, dict):
        return {name: _instant(name, item) for name, item in value.items() if name not in HIDDEN}
    if isinstance(value, list | tuple):
        return [shown(item) for item in value]
    return value


def _instant(name: str, item: Any) -> Any:
    if name in INSTANTS and isinstance(item, int):
        return rfc3339(item)
    if name in BY_ID and isinstance(item, dict):
        return {key: at_or_none(value) for key, value in item.items()}
    return shown(item)
