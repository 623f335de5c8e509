"""Which addresses a phone may give for its messages: those of the push services of browsers, and no other.

A server that sent to any address would be a tool for whoever has a ticket. Pure.
"""

from urllib.parse import urlsplit

SERVICES = ("fcm.googleapis.com", "updates.push.services.mozilla.com")
"""Chrome, Edge on Android and others; Firefox."""
FAMILIES = (".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
"""Services that give each phone one of their many hosts: Firefox, Safari, Edge."""
LONGEST = 1_024


class NoService(ValueError):
    """The address is of no push service that we know; the text says why."""


def audience(endpoint: str, *, loopback: bool = False) -> str:
    """The origin of a push service, for which a message is signed. `loopback`: tests may name this machine."""
    if len(endpoint) > LONGEST or not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        raise NoService("is no address")
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NoService("is no address") from None
    if parts.username is not None or parts.fragment or "\\" in endpoint:
        raise NoService("is no address of a push service")
    if loopback and parts.scheme == "http" and host == "127.0.0.1":
        return f"http://{host}:{port}"
    if parts.scheme != "https" or port not in (None, 443):
        raise NoService("must begin with https://, without a port")
    if host not in SERVICES and not host.endswith(FAMILIES):
        raise NoService("is of no push service that this server knows")
    return f"https://{host}"
