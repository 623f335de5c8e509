"""What can go wrong on the wire: a closed set of codes, each with its HTTP status and whether the same key may succeed later.

`Refusal` is what `decide` returns instead of events; `Problem` is its RFC 9457 form, which callers get.
"""

from typing import Any

from server.messages.value import Value

CODES: dict[str, int] = {
    "malformed": 400,
    "not_signed_in": 401,
    "not_allowed": 403,
    "not_yours": 403,
    "picking_not_allowed": 403,
    "origin_refused": 403,
    "unknown_office": 404,
    "unknown_counter": 404,
    "unknown_ticket": 404,
    "unknown_service": 404,
    "unknown_zone": 404,
    "unknown_display": 404,
    "unknown_device": 404,
    "unknown_message": 404,
    "unknown_appointment": 404,
    "unknown_code": 404,
    "unknown_webhook": 404,
    "unknown_route": 404,
    "method_not_allowed": 405,
    "counter_busy": 409,
    "counter_closed": 409,
    "counter_paused": 409,
    "counter_idle": 409,
    "counter_held": 409,
    "cannot_serve": 409,
    "needs_not_met": 409,
    "ticket_not_waiting": 409,
    "not_arrived": 409,
    "wrong_state": 409,
    "not_yet": 409,
    "service_closed": 409,
    "outside_hours": 409,
    "limit_reached": 409,
    "day_closed": 409,
    "stale_press": 409,
    "nothing_to_undo": 409,
    "too_late_to_undo": 409,
    "overtaken": 409,
    "slot_taken": 409,
    "slot_invalid": 409,
    "not_today": 409,
    "too_late_to_change": 409,
    "lease_expired": 409,
    "link_expired": 410,
    "log_trimmed": 410,
    "too_large": 413,
    "not_json": 415,
    "invalid": 422,
    "key_missing": 422,
    "key_reused": 422,
    "too_many": 429,
    "fault": 500,
    "store_unavailable": 503,
    "starting": 503,
    "stopping": 503,
}
RETRY = frozenset({"too_many", "store_unavailable", "starting", "stopping"})
"""Codes after which the same request with the same key may succeed later."""


class FaultyField(Value):
    """One faulty field of a request."""

    field: str
    reason: str


class Refusal(Value):
    """Why a command changed nothing. `more` are further members of the problem (`until`, `number`, `next_free`, `move`)."""

    code: str
    detail: str
    more: dict[str, Any] = {}
    errors: tuple[FaultyField, ...] = ()

    @property
    def status(self) -> int:
        return CODES[self.code]

    @property
    def retry(self) -> bool:
        return self.code in RETRY

    def problem(self) -> dict[str, Any]:
        """The body of `application/problem+json`."""
        body: dict[str, Any] = {
            "type": f"urn:aufruf:problem:{self.code}",
            "title": self.code.replace("_", " "),
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "retry": self.retry,
            **self.more,
        }
        if self.errors:
            body["errors"] = [{"field": fault.field, "reason": fault.reason} for fault in self.errors]
        return body
