"""Headers of every answer: a page loads from this server only, cannot be framed
without leave of its office, and is not named to other sites."""

from collections.abc import Sequence

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "media-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
    )
)

SECURE = "aufruf.secure"
"""Where the scope of a handshake says whether it came over TLS, so that its refusal has the same headers."""

Headers = tuple[tuple[bytes, bytes], ...]
EVERY_ANSWER: Headers = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)
OVER_TLS: Headers = ((b"strict-transport-security", b"max-age=31536000"),)
OF_PAGES: Headers = ((b"referrer-policy", b"same-origin"),)
"""With `no-referrer` a browser sends no origin with a form, and then our own forms could not be told from forged ones."""
OF_LINKS: Headers = ((b"referrer-policy", b"no-referrer"), (b"x-robots-tag", b"noindex, nofollow"))
"""Pages and data behind a ticket's link: search engines must not list them. Their address is a secret; a form of
theirs comes with `Origin: null`, which counts for nothing there (`routes.ticket_page`)."""


NOBODY = "frame-ancestors 'none'"


def headers_for(path: str, *, secure: bool, frames: Sequence[str] = ()) -> Headers:
    """`frames`: the sites that may show this page as a part of theirs."""
    added = EVERY_ANSWER
    if frames:
        policy = CONTENT_SECURITY_POLICY.replace(NOBODY, " ".join(("frame-ancestors", *frames)))
        added = ((b"content-security-policy", policy.encode()), *EVERY_ANSWER[1:])
    if secure:
        added += OVER_TLS
    of_link = path.startswith(("/t/", "/a/", "/w/", "/api/v1/tickets/", "/api/v1/appointments/"))
    return added + (OF_LINKS if of_link else OF_PAGES)
