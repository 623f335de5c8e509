"""Headers that every answer carries: a page loads from this server only, is framed by nobody, tells nobody where it came from."""

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

Headers = tuple[tuple[bytes, bytes], ...]
EVERY_ANSWER: Headers = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)
OVER_TLS: Headers = ((b"strict-transport-security", b"max-age=31536000"),)
OF_LINKS: Headers = ((b"x-robots-tag", b"noindex, nofollow"),)
"""Pages and data behind somebody's link belong in no search engine."""


def headers_for(path: str, *, secure: bool) -> Headers:
    added = EVERY_ANSWER
    if secure:
        added += OVER_TLS
    if path.startswith(("/t/", "/a/", "/api/v1/tickets/", "/api/v1/appointments/")):
        added += OF_LINKS
    return added
