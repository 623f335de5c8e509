"""The closed vocabularies of the domain: categories, needs, states, roles. Everything else is built from these words."""

from typing import Annotated, Literal

from msgspec import Meta

Category = Literal["walk_in", "priority", "appointment"]
Need = Literal["step_free", "escort", "visual_call", "hearing_loop", "interpreter", "more_room"]
Feature = Literal["step_free", "hearing_loop", "more_room"]
TicketState = Literal["waiting", "called", "serving", "parked", "away", "missed", "finished", "cancelled", "expired"]
LIVING: tuple[TicketState, ...] = ("waiting", "called", "serving", "parked", "away", "missed")
"""The states of a ticket that has not ended."""
CounterState = Literal["closed", "open", "paused", "wrap_up"]
ServiceOutcome = Literal["done", "not_possible", "left"]
DirectChannel = Literal["counter", "phone", "mail", "question"]
"""How somebody without a ticket is served: at the counter, on the phone, in writing, or with a quick question."""
Phrase = Literal["wait", "sign", "papers", "come_back", "done"]
"""What a display over a counter can say to whoever is served there, in their language."""
PrintState = Literal["requested", "sent", "confirmed", "failed", "unknown"]
PrintOutcome = Literal["sent", "confirmed", "failed", "unknown"]
Arrow = Literal["left", "right", "up", "down", "straight"]
Gong = Literal["calm", "bright", "deep"]
PrinterKind = Literal["escpos", "file", "browser", "serial", "usb", "star", "ipp", "cloudprnt", "direct_print"]
NoticePlace = Literal["displays", "counters", "phones"]
Role = Literal[
    "admin",
    "supervisor",
    "clerk",
    "desk",
    "display",
    "announcer",
    "printer",
    "kiosk",
    "station",
    "booking",
    "observer",
    "holder",
    "door",
    "system",
]
PairedKind = Literal["display", "kiosk", "station", "printer", "announcer"]
"""What a device can be paired as; an announcer's id is its zone."""
BoardKind = Literal[
    "display",
    "counter",
    "supervisor",
    "desk",
    "announcer",
    "printer",
    "kiosk",
    "station",
    "roster",
    "line",
    "ticket",
    "offices",
    "pairing",
]

AlertCode = Literal[
    "durability",
    "clock",
    "visual_call",
    "no_counter",
    "printer",
    "over_target",
    "overbooked",
    "mute",
    "device",
    "idle_counter",
]
"""What staff are alerted to, the worst first."""
OverbookedReason = Literal["closed", "counters", "walk_ins"]
"""Why a booking finds no room any more: the office or a service is closed then, no counter is free that can serve it, or it
takes from what is kept for people who just come."""
TroubleCode = Literal["no_counter", "needs", "over_target", "tight", "unknown", "on_target", "closed"]
"""How a service stands on the supervisor's table, the worst first."""
Longer = Literal["fewer_counters"]
"""Why somebody waits longer than they were told."""

NEEDS_OF_COUNTERS: frozenset[str] = frozenset({"step_free", "hearing_loop", "more_room"})
"""Needs that a counter's features must cover. The others (escort, visual_call, interpreter) are shown to staff, who act."""

END = r"$(?!\n)"
"""The end of a pattern: `$` alone also matches before a last line feed, in Python though not in JavaScript."""
Id = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+" + END)]
LONGEST_KEY = 64
Key = Annotated[str, Meta(min_length=1, max_length=LONGEST_KEY, pattern=r"^[!-~]+" + END)]
Language = Annotated[str, Meta(min_length=2, max_length=16, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*" + END)]
Reason = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[a-z0-9_-]+" + END)]
FreeText = Annotated[str, Meta(min_length=1, max_length=400, pattern=r"^(?=[\s\S]*\S)[^\x00-\x08\x0b-\x1f\x7f-\x9f]+$")]
"""What people write for people: at least one sign that is seen, and no control characters but tab and line feed."""
OneLine = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f-\x9f]*" + END)]
"""Any text without control characters."""
DeviceName = Annotated[str, Meta(max_length=60, pattern=r"^[^\x00-\x1f\x7f-\x9f]*" + END)]
"""What people call a device; empty: as in the office file."""
Persons = Annotated[int, Meta(ge=1, le=20)]
Quantities = Annotated[dict[Id, Annotated[int, Meta(ge=1, le=20)]], Meta(max_length=20)]
"""How many of a service one ticket asks for, by service: four identity cards."""
Millis = Annotated[int, Meta(description="milliseconds since 1970-01-01T00:00Z, by the store's clock")]
