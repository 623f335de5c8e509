"""Whether passkeys can be used where this server is reached, and the name by which browsers keep them. For web's sign-in."""

import ipaddress
from urllib.parse import urlsplit

from server.access.passkeys import PasskeyPlace
from server.web.ask import Ask

NOWHERE = PasskeyPlace("", "")


def place_of(ask: Ask) -> PasskeyPlace | None:
    """Where passkeys of this server count; None without https or without a name: browsers make none for an address."""
    parts = urlsplit(ask.site.settings.public_url or str(ask.request.base_url))
    name = parts.hostname or ""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        good = parts.scheme == "https" or name == "localhost"
        return PasskeyPlace(name, f"{parts.scheme}://{parts.netloc}") if good else None
    return None
