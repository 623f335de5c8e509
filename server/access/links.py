"""Secrets of tickets and appointments: computed from the installation key, stored nowhere. Called by web, push and results.

A secret is `office.ticket.mac`; the MAC has 128 bits and covers office, ticket and the kind of link. The code at the door is made
in the same way from the office and the time, so every node shows and takes the same one.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from server.access.installation import InstallationKey
from server.messages.agreed import DOOR_MS

MAC_BYTES = 16
MAC_LENGTH = 22
"""16 bytes in base64 without padding."""
DOOR_DIGITS = 6
"""A million codes, for the keys of digits that a phone offers; an address may guess five times, then once a minute."""


ANYWHERE = "wish"
"""Stands where other links name their office."""


class Links:
    """Makes and checks links. `parse` tells which ticket a link is for, not whether that ticket still lives."""

    def __init__(self, key: InstallationKey) -> None:
        self._keys = {kind: key.derived(f"{kind} link 1") for kind in ("ticket", "appointment", "door", "wish")}

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

    def door_code(self, office: str, at: int) -> str:
        """The code that a display at the door shows at an instant (ms): six digits."""
        return self._door_code(office, at // DOOR_MS)

    def door_turn(self, office: str, typed: str, now: int) -> int | None:
        """Which turn's code somebody typed, of this turn or the one before; None if it is neither's."""
        signs = "".join(typed.split())
        if len(signs) != DOOR_DIGITS or not (signs.isascii() and signs.isdecimal()):
            return None
        turn = now // DOOR_MS
        same = [one for one in (turn, turn - 1) if hmac.compare_digest(signs, self._door_code(office, one))]
        return same[0] if same else None

    def _door_code(self, office: str, turn: int) -> str:
        mac = hmac.digest(self._keys["door"], f"{office}\n{turn}".encode(), hashlib.sha256)
        return f"{int.from_bytes(mac) % 10**DOOR_DIGITS:0{DOOR_DIGITS}}"

    def wish_secret(self, wish: str) -> str:
        """The secret of somebody who wishes for an appointment, at whichever office."""
        return self._made("wish", ANYWHERE, wish)

    def parse_wish(self, secret: str) -> str | None:
        found = self._read("wish", secret)
        if found is None:
            return None
        _, wish = found
        return wish

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
