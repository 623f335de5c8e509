"""Secrets of tickets and appointments: computed from the installation key, stored nowhere. Called by web, push and results.

A secret is `office.ticket.mac`; the MAC has 128 bits and covers office, ticket and the kind of link.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from server.access.installation import InstallationKey

MAC_BYTES = 16
MAC_LENGTH = 22
"""16 bytes in base64 without padding."""


class Links:
    """Makes and checks links. `parse` tells which ticket a link is for, not whether that ticket still lives."""

    def __init__(self, key: InstallationKey) -> None:
        self._keys = {kind: key.derived(f"{kind} link 1") for kind in ("ticket", "appointment")}

    def secret(self, office: str, ticket: str) -> str:
        """The secret of a ticket."""
        return self._made("ticket", office, ticket)

    def parse(self, secret: str) -> tuple[str, str] | None:
        """(office, ticket) of a genuine secret, else None."""
        return self._read("ticket", secret)

    def appointment_secret(self, office: str, appointment: str) -> str:
        return self._made("appointment", office, appointment)

    def parse_appointment(self, secret: str) -> tuple[str, str] | None:
        """(office, appointment) of a genuine secret, else None."""
        return self._read("appointment", secret)

    def _made(self, kind: str, office: str, id: str) -> str:
        if "." in id:
            raise ValueError(f"{id!r} cannot be told from an office in a link")
        return f"{office}.{id}.{self._mac(kind, office, id)}"

    def _read(self, kind: str, secret: str) -> tuple[str, str] | None:
        if len(secret) > 256 or not secret.isascii():
            return None
        office, _, rest = secret.rpartition(".")
        office, _, id = office.rpartition(".")
        if not office or not id or len(rest) != MAC_LENGTH:
            return None
        return (office, id) if hmac.compare_digest(rest, self._mac(kind, office, id)) else None

    def _mac(self, kind: str, office: str, id: str) -> str:
        mac = hmac.digest(self._keys[kind], f"{office}\n{id}".encode(), hashlib.sha256)[:MAC_BYTES]
        return urlsafe_b64encode(mac).rstrip(b"=").decode()
