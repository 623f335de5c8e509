"""Who may do what: the one table for every command, board and route. `decide` and `server.access` both read it.

A test finds a command or board without a row. A row names the lowest role that may, and `GREATER` adds the roles above it: a
clerk may do all that a desk may, a supervisor all that a clerk may, an admin everything. The order is that of `protocol.md`.
"""

from server.messages.terms import BoardKind, Role

_ABOVE: dict[Role, tuple[Role, ...]] = {
    "desk": ("clerk", "supervisor", "admin"),
    "clerk": ("supervisor", "admin"),
    "supervisor": ("admin",),
}


def _who(*roles: Role) -> frozenset[Role]:
    found: set[Role] = {"admin", "system", *roles}
    for role in roles:
        found.update(_ABOVE.get(role, ()))
    return frozenset(found)


_STAFF = _who("desk")
_CLERK = _who("clerk")
_SUPERVISOR = _who("supervisor")
_AT_COUNTER = _who("clerk", "station")
_BOOKING = _who("desk", "booking")
_ADMIN = _who()
_SYSTEM: frozenset[Role] = frozenset({"system"})

COMMANDS: dict[str, frozenset[Role]] = {
    "issue_ticket": _who("desk", "kiosk", "door"),
    "serve_direct": _CLERK,
    "show_phrase": _CLERK,
    "print_ticket": _who("desk", "kiosk"),
    "report_print": _who("printer"),
    "lease_numbers": _who("printer", "kiosk"),
    "hand_in_tickets": _who("printer", "kiosk"),
    "cancel_ticket": _who("desk", "holder"),
    "open_counter": _CLERK,
    "take_over_counter": _CLERK,
    "close_counter": _CLERK,
    "pause_counter": _CLERK,
    "begin_wrap_up": _CLERK,
    "resume_counter": _CLERK,
    "call_next": _AT_COUNTER,
    "call_ticket": _CLERK,
    "repeat_call": _AT_COUNTER,
    "withdraw_call": _AT_COUNTER,
    "start_service": _AT_COUNTER,
    "mark_missed": _AT_COUNTER,
    "finish_service": _AT_COUNTER,
    "transfer_ticket": _CLERK,
    "send_to_station": _CLERK,
    "park_ticket": _CLERK,
    "resume_ticket": _CLERK,
    "return_ticket": _who("kiosk", "desk", "holder"),
    "pause_ticket": _who("kiosk", "desk", "holder"),
    "set_services": _STAFF,
    "set_category": _STAFF,
    "set_needs": _STAFF,
    "boost_ticket": _SUPERVISOR,
    "boost_service": _SUPERVISOR,
    "move_tickets": _SUPERVISOR,
    "assign_counter": _SUPERVISOR,
    "open_service": _SUPERVISOR,
    "close_service": _SUPERVISOR,
    "limit_service": _SUPERVISOR,
    "apply_moves": _SUPERVISOR,
    "start_situation": _SUPERVISOR,
    "revert_moves": _SUPERVISOR,
    "set_rule": _SUPERVISOR,
    "set_policy": _SUPERVISOR,
    "call_helper": _SUPERVISOR,
    "post_message": _SUPERVISOR,
    "clear_message": _SUPERVISOR,
    "acknowledge_message": _CLERK,
    "silence_zone": _who("supervisor", "station"),
    "end_silence": _who("supervisor", "station"),
    "test_call": _SUPERVISOR,
    "set_roster": _SUPERVISOR,
    "set_walk_ins": _SUPERVISOR,
    "request_help": _who("kiosk", "station", "desk"),
    "accept_help": _STAFF,
    "raise_alarm": _STAFF,
    "accept_alarm": _STAFF,
    "end_alarm": _STAFF,
    "hold_slot": _BOOKING,
    "release_slot": _BOOKING,
    "book_appointment": _BOOKING,
    "move_appointment": _who("desk", "booking", "holder"),
    "cancel_appointment": _who("desk", "booking", "holder"),
    "check_in": _who("kiosk", "desk", "holder"),
    "undo": _CLERK,
    "correct_clock": _SUPERVISOR,
    "open_day": _SUPERVISOR,
    "close_day": _SUPERVISOR,
    "lay_setting": _ADMIN,
    "take_back_setting": _ADMIN,
    "tick": _SYSTEM,
    "configure_office": _SYSTEM,
    "keep_time": _SYSTEM,
    "set_model": _SYSTEM,
    "note_effect": _SYSTEM,
    "close_intake": _SYSTEM,
    "act_on_rule": _SYSTEM,
    "change_epoch": _SYSTEM,
}

BOARDS: dict[BoardKind, frozenset[Role]] = {
    "display": _who("display", "desk", "observer"),
    "counter": _who("clerk", "observer"),
    "supervisor": _who("supervisor", "observer"),
    "desk": _who("desk", "observer"),
    "roster": _who("supervisor", "observer"),
    "line": _who("desk", "observer"),
    "offices": _who("supervisor", "observer"),
    "announcer": _who("announcer", "observer"),
    "printer": _who("printer", "supervisor", "observer"),
    "kiosk": _who("kiosk", "desk", "observer"),
    "station": _who("station", "supervisor", "observer"),
    "ticket": frozenset({"holder"}),
    "pairing": frozenset(),
}

TICKETS = BOARDS["line"]
"""Who may look for tickets with `GET tickets`."""

EVENTS = _who("supervisor", "observer")
"""Who may read `GET events`."""

METRICS: frozenset[Role] = frozenset({"admin", "observer"})

SETTINGS = frozenset[Role]({"admin"})
"""Who may see and change what is laid over the office file."""

WHAT_IF = _SUPERVISOR
"""Who may ask what moves would change."""

WEBHOOKS = _SUPERVISOR
"""Who may see how webhooks stand, and have them sent again."""

CALENDARS = _SUPERVISOR
"""Who may see the addresses of the calendar feeds."""

REPORT = _SUPERVISOR
"""Who may see the report page."""

APPOINTMENTS = _SUPERVISOR
"""Who may move or cancel many appointments at once, and see how appointments and walk-ins went."""

PHONE_DESK = _STAFF
"""Who may search, book, move and cancel over all of their offices at the phone desk."""

NOTES = _CLERK
"""Who may read colleagues' notes on a ticket."""

DEVICES_KEPT = _SUPERVISOR
"""Who may pair a device, rename it, move it, send it away, and ask it to show its name or to load its page again."""

LINKS: frozenset[Role] = _who("printer", "kiosk", "desk")
"""Who may see the link of a ticket: the roles that issue or print it. Anybody with the link can cancel the ticket."""

PREVIEW = _SUPERVISOR
"""Who may see what a ticket of the office looks like."""

SAY = _who("kiosk", "station", "desk")
"""Whose screens may be read aloud by the voices of the server."""

CLAIMS = _who("kiosk", "desk")
"""Who may ask for a ticket by its number and code, for somebody who stands there without a phone."""

HOLDER_COMMANDS = frozenset({"cancel_ticket", "pause_ticket", "return_ticket"})
"""The commands that a ticket's link may send. `may` on the ticket's board says which of them are possible now."""

STAFF: frozenset[Role] = frozenset({"admin", "supervisor", "clerk", "desk"})
DEVICES: frozenset[Role] = frozenset({"display", "announcer", "printer", "kiosk", "station"})
PUBLIC_ISSUE: frozenset[Role] = frozenset({"kiosk", "holder", "booking", "door"})
"""Roles to which opening hours and limits apply. They never apply to clerks and supervisors."""
PUBLIC_PAUSE: frozenset[Role] = frozenset({"kiosk", "holder"})
"""Roles whose pauses for one ticket are limited in all, by `policy.away_most_minutes`."""
