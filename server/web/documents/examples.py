"""One example for each command, made from its class and one table of values: only what must be said, as a program says it."""

from typing import Any, get_args

from msgspec import inspect

from server.messages.commands import COMMANDS, AnyCommand, Command

Example = dict[str, Any]

VALUES: Example = {
    "appointment": "a-7Q2M",
    "category": "priority",
    "code": "7Q2M4X",
    "count": 20,
    "counter": "3",
    "date": "2026-12-01",
    "duty": [{"counter": "3", "from": "08:00", "to": "12:30"}],
    "help": "h-41",
    "helper": "innendienst",
    "hold": "h-9",
    "job": "j-17",
    "key": "k-2f6d",
    "lease": "l-5",
    "message": "m-3",
    "minutes": 10,
    "moves": [{"type": "assign_counter", "counter": "4", "services": ["ausweis", "meldung"]}],
    "needs": ["step_free"],
    "on": True,
    "preset": "balanced",
    "rule": "ausweis-voll",
    "service": "ausweis",
    "shares": [{"percent": 80, "from": "08:00", "to": "10:00", "services": ["ausweis"]}],
    "services": ["ausweis"],
    "situation": "stoerung",
    "start": "2026-12-01T09:20:00.000Z",
    "state": "confirmed",
    "station": "foto",
    "text": {"de": "Heute schließen wir um 12 Uhr.", "en": "Today we close at noon."},
    "ticket": "t-3f8a",
    "tickets": ["t-3f8a"],
    "to_service": "meldung",
    "zone": "hall",
}
"""An example value for each field that some command must have, by its name."""
OWN: dict[str, Example] = {
    "hand_in_tickets": {"tickets": [{"number": "A901", "service": "ausweis", "issued_at": "2026-12-01T08:03:00.000Z"}]},
    "limit_service": {"tickets": 40},
}
"""Where a name means something else in one command."""


def examples() -> dict[str, Example]:
    """By type, a command as it goes over the wire."""
    return {kind.__struct_config__.tag: _example(kind) for kind in get_args(AnyCommand)}


def sentence(name: str) -> str:
    """What a command does: the first sentence of its class."""
    said = " ".join((COMMANDS[name].__doc__ or "").split())
    return said.partition(". ")[0].rstrip(".") + "."


def _example(kind: type[Command]) -> Example:
    tag = str(kind.__struct_config__.tag)
    described = inspect.type_info(kind)
    assert isinstance(described, inspect.StructType)
    needed = [one.encode_name for one in described.fields if one.required]
    return {"type": tag, **{name: OWN.get(tag, {}).get(name, VALUES[name]) for name in needed}}
