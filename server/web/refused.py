"""How a route refuses: `raise RefusedRequest(...)`; the app turns it into an RFC 9457 answer. Used by every route."""

from typing import Any

from server.messages.problems import FaultyField, Refusal


class RefusedRequest(Exception):
    """A refusal as an exception. `headers` are sent with the answer (`Allow`, `Retry-After`)."""

    def __init__(self, refusal: Refusal, headers: dict[str, str] | None = None) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.headers = headers or {}


class Elsewhere(Exception):
    """The page of this browser is at another path."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def refuse(code: str, detail: str, /, **more: Any) -> RefusedRequest:
    return RefusedRequest(Refusal(code=code, detail=detail, more=more))


def invalid(field: str, reason: str) -> RefusedRequest:
    """One faulty field."""
    return RefusedRequest(
        Refusal(code="invalid", detail=f"{field}: {reason}", errors=(FaultyField(field=field, reason=reason),))
    )


def too_many(seconds: float, detail: str = "too many requests") -> RefusedRequest:
    """`seconds`: until the next request is considered."""
    wait = max(1, int(seconds + 0.999))
    return RefusedRequest(Refusal(code="too_many", detail=detail, more={"after": wait}), {"Retry-After": str(wait)})
