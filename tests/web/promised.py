"""What the public contract promises other programs, as tables for `test_the_contract.py`. Names are added, never changed.

`NOT_YET` marks what is promised and not built. A test holds that it is not there, so that a mark goes when its thing comes.
"""

VERBS: dict[str, str] = {
    "up": "office data host port redis database public-url public-port tls-cert tls-key trusted-proxy",
    "token": "data database role office for name expires",
    "tokens": "data revoke",
    "check": "explain",
    "printer": "server token-file printer data kiosk listen",
    "announcer": "server token-file zone",
    "counter": "server token-file counter",
    "press": "server token-file counter",
    "device": "server",
    "demo": "server token-file speed seed",
    "ticket preview": "office language width out",
    "replay": "",
    "simulate": "",
    "learn": "data office",
    "backup": "data",
    "restore": "data",
    "doctor": "server",
}
"""Verbs of the command line, and their options."""

OFFICE = "/api/v1/offices/{}"
ROUTES: tuple[tuple[str, str], ...] = (
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/metrics"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/api/v1/asyncapi.json"),
    ("GET", "/api/v1/me"),
    ("GET", "/api/v1/offices"),
    ("GET", OFFICE),
    ("GET", f"{OFFICE}/waits"),
    ("POST", f"{OFFICE}/commands"),
    ("GET", f"{OFFICE}/boards/{{}}"),
    ("GET", f"{OFFICE}/boards/{{}}/{{}}"),
    ("GET", f"{OFFICE}/events"),
    ("GET", f"{OFFICE}/tickets"),
    ("POST", f"{OFFICE}/what-if"),
    *((method, f"{OFFICE}/tickets/{{}}/note") for method in ("PUT", "GET", "DELETE")),
    ("GET", "/api/v1/tickets/{}"),
    ("POST", "/api/v1/tickets/{}/commands"),
    ("PUT", "/api/v1/tickets/{}/push"),
    ("DELETE", "/api/v1/tickets/{}/push"),
    ("GET", f"{OFFICE}/slots"),
    *((method, f"{OFFICE}/appointments/{{}}") for method in ("PUT", "GET", "DELETE")),
    ("GET", "/api/v1/appointments/{}"),
    ("POST", "/api/v1/appointments/{}/commands"),
    ("POST", "/api/v1/pairings"),
    ("POST", f"{OFFICE}/pairings/{{}}"),
    ("PATCH", f"{OFFICE}/devices/{{}}"),
    ("DELETE", f"{OFFICE}/devices/{{}}"),
    ("POST", f"{OFFICE}/devices/{{}}/identify"),
    ("POST", f"{OFFICE}/devices/{{}}/reload"),
    ("GET", "/audio/{}.{}"),
    ("GET", "/audio/say/{}/{}.{}"),
    ("GET", "/print/{}.png"),
)
"""Ways of the HTTP interface; `{}` stands for an id or a secret."""

SOCKETS = (f"{OFFICE}/live", "/api/v1/live")

PAGES = (
    "/", "/supervisor", "/station/{}/{}", "/kiosk/{}/{}", "/display/{}/{}", "/counter/{}/{}", "/supervisor/{}", "/desk/{}",
    "/report/{}", "/admin", "/pair", "/sign-in", "/t/{}", "/book", "/book/{}", "/a/{}", "/draw/{}", "/accessibility",
)  # fmt: skip

COMMANDS: dict[str, str] = {
    "issue_ticket": "services category needs persons quantities language printer kiosk",
    "serve_direct": "counter services persons",
    "print_ticket": "ticket printer",
    "report_print": "job state reason",
    "lease_numbers": "services count",
    "hand_in_tickets": "lease tickets",
    "cancel_ticket": "ticket reason",
    "open_counter": "counter services",
    "take_over_counter": "counter",
    "close_counter": "counter",
    "pause_counter": "counter reason back_at",
    "begin_wrap_up": "counter",
    "resume_counter": "counter",
    "call_next": "counter finish_current services_done outcome",
    "call_ticket": "counter ticket finish_current",
    "repeat_call": "counter",
    "withdraw_call": "counter",
    "start_service": "counter",
    "mark_missed": "counter",
    "finish_service": "counter outcome services_done wrap_up",
    "transfer_ticket": "ticket to_service to_counter not_before",
    "send_to_station": "counter station",
    "park_ticket": "counter",
    "resume_ticket": "counter ticket",
    "return_ticket": "ticket",
    "pause_ticket": "ticket minutes",
    "set_services": "ticket services",
    "set_category": "ticket category",
    "set_needs": "ticket needs",
    "boost_ticket": "ticket minutes",
    "boost_service": "service minutes until",
    "move_tickets": "tickets to_service",
    "assign_counter": "counter services until reason",
    "open_service": "service",
    "close_service": "service reason until",
    "limit_service": "service tickets",
    "apply_moves": "moves seen_seq until reason",
    "revert_moves": "key",
    "set_policy": "preset until",
    "call_helper": "helper until",
    "post_message": "text displays counters zones speak until",
    "clear_message": "message",
    "acknowledge_message": "counter message",
    "silence_zone": "zone until",
    "end_silence": "zone",
    "test_call": "zone",
    "set_roster": "date weekday duty",
    "request_help": "kiosk station",
    "accept_help": "help",
    "raise_alarm": "counter",
    "accept_alarm": "counter from",
    "end_alarm": "counter",
    "hold_slot": "services start",
    "release_slot": "hold",
    "book_appointment": "services start hold persons language reference",
    "move_appointment": "appointment start",
    "cancel_appointment": "appointment",
    "check_in": "code",
    "undo": "key",
    "open_day": "",
    "close_day": "force",
}
"""Commands and their fields."""

EVENTS = """ticket_issued direct_service_started print_requested print_reported numbers_leased ticket_called call_repeated
call_withdrawn service_started service_finished ticket_missed ticket_returned ticket_paused ticket_parked
ticket_resumed ticket_transferred ticket_sent_to_station ticket_cancelled ticket_expired services_set category_set
needs_set ticket_boosted service_boosted tickets_moved counter_opened counter_taken_over counter_paused wrap_up_begun
counter_resumed counter_closed counter_assigned service_opened service_closed service_limited moves_applied
moves_reverted policy_set roster_set helper_called message_posted message_cleared message_acknowledged zone_silenced
silence_ended call_tested help_requested help_accepted alarm_raised alarm_accepted alarm_ended slot_held slot_released
appointment_booked appointment_moved appointment_cancelled appointment_checked_in appointment_missed undone day_opened
day_closed epoch_changed office_configured"""

BOARDS = "display counter supervisor desk announcer printer kiosk station ticket pairing line"
FROM_SERVER = "welcome board announcement print_job lease device alarm beat done refused"
FROM_CLIENT = "hello command speak report"

TABLES = """office hours services counters stations zones displays kiosks printers policy calls voices breaks profiles roster
situations helpers alerts appointments holidays ticket theme media texts"""
"""Tables of an office file."""

ROLES = "admin supervisor clerk desk display announcer printer kiosk station booking observer"

NOT_YET: frozenset[str] = frozenset()
"""Of all these names, those that are promised and not there: `verb learn`, `page /admin`, `table breaks`."""
