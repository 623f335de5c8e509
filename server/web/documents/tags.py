"""The chapters of the API documents: a way belongs to the first whose beginning its path has, a command to its module's."""

from typing import Any

CHAPTERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Presses", "Everything that is done: one command, one key, one answer", ("/api/v1/offices/{office}/commands",)),
    (
        "Boards",
        "What a screen shows, whole; live over the socket (AsyncAPI), here for one look",
        ("/api/v1/offices/{office}/boards", "/api/v1/offices/{office}/find"),
    ),
    (
        "Moves",
        "What a move would change, what is worth making, what a rule would have done",
        ("/api/v1/offices/{office}/what-if", "/api/v1/offices/{office}/advice", "/api/v1/offices/{office}/rule"),
    ),
    (
        "Appointments",
        "Free beginnings of visits; appointments by another system's reference, and by their link",
        ("/api/v1/offices/{office}/slots", "/api/v1/offices/{office}/appointments", "/api/v1/appointments"),
    ),
    ("Events", "The log as it was written, from any entry on", ("/api/v1/offices/{office}/events",)),
    (
        "Other systems",
        "Webhooks and calendar feeds",
        ("/api/v1/offices/{office}/webhooks", "/api/v1/offices/{office}/calendars", "/calendar"),
    ),
    ("Settings", "What administrators lay over the office file", ("/api/v1/offices/{office}/settings",)),
    ("Notes", "What colleagues write on a ticket", ("/api/v1/offices/{office}/tickets/",)),
    (
        "Devices",
        "Pairing, renaming, moving, reloading; printers that ask for their tickets",
        ("/api/v1/offices/{office}/devices", "/api/v1/offices/{office}/printers", "/api/v1/pairings", "/pair", "/poll"),
    ),
    (
        "Tickets of citizens",
        "By the link on a ticket; the link is the right",
        ("/api/v1/tickets", "/t/", "/api/v1/offices/{office}/claims"),
    ),
    ("Offices", "What anybody may know: services, hours, waits", ("/api/v1/offices", "/online/")),
    ("Sound", "Announcements as files, and speech for screens", ("/audio",)),
    ("Watching", "Alive, ready, metrics", ("/health", "/metrics")),
    ("Who am I", "What a token may", ("/api/v1/me",)),
    ("Documents", "These documents, and as pages", ("/api/v1/openapi.json", "/api/v1/asyncapi.json", "/api")),
    ("Pages", "For people, as HTML", ("/",)),
)


COMMANDS: dict[str, str] = {
    "tickets": "Tickets",
    "counters": "Counters and calls",
    "supervision": "Supervision",
    "bookings": "Appointments",
    "devices": "Devices and distress",
    "days": "The day",
}
"""The chapter of the commands of each module of `server.messages.commands`."""
TAG = "x-tag"
"""The name of a schema's member for the chapter of a command: neither document gives schemas tags of their own."""


def tagged(schemas: dict[str, dict[str, Any]], kinds: tuple[type, ...]) -> None:
    """Notes at the schema of every command to which chapter it belongs."""
    for kind in kinds:
        schemas[kind.__name__][TAG] = COMMANDS[kind.__module__.rpartition(".")[2]]


def chapter(path: str) -> str:
    return next(name for name, _, starts in CHAPTERS if path.startswith(starts))


def tags() -> list[dict[str, str]]:
    return [{"name": name, "description": says} for name, says, _ in CHAPTERS]
