"""POST commands: read the press, give it to the desk, show the outcome. The socket uses the same call."""

from starlette.responses import Response

from server.messages.commands import AnyCommand
from server.web import reading
from server.web.answers import done_members
from server.web.ask import Ask, json
from server.web.documents import schemas
from server.web.pressing import CODES, pressed
from server.web.way import OFFICE, Open, Way

DECIDED = (
    "not_yours",
    "picking_not_allowed",
    "unknown_counter",
    "unknown_ticket",
    "unknown_service",
    "unknown_zone",
    "unknown_display",
    "unknown_device",
    "unknown_message",
    "unknown_appointment",
    "counter_busy",
    "counter_closed",
    "counter_paused",
    "counter_idle",
    "counter_held",
    "cannot_serve",
    "needs_not_met",
    "ticket_not_waiting",
    "not_arrived",
    "wrong_state",
    "not_yet",
    "service_closed",
    "outside_hours",
    "limit_reached",
    "day_closed",
    "stale_press",
    "nothing_to_undo",
    "too_late_to_undo",
    "overtaken",
    "slot_taken",
    "slot_invalid",
    "not_today",
    "too_late_to_change",
    "lease_expired",
    "log_trimmed",
)
"""The refusals of a command that was decided."""


async def press(ask: Ask) -> Response:
    """`POST /api/v1/offices/{office}/commands`."""
    actor, limits = ask.actor, ask.site.limits
    with limits.press(actor):
        raw = await reading.json_body(ask.request)
        key, when = reading.key(ask.request), reading.when(ask.request)
        done = await pressed(ask.site, ask.desk, actor, reading.command(raw), key, when)
    return json(done_members(ask.desk, done))


WAYS = (
    Way(
        "POST",
        OFFICE + "/commands",
        press,
        Open.IN_OFFICE,
        "A command",
        body=AnyCommand,
        result=schemas.DONE,
        codes=(*CODES, *DECIDED),
        keyed=True,
    ),
)
