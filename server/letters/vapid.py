"""The installation's key for Web Push (RFC 8292): push services see by it that all messages come from one server.

It is derived from the installation key, which is in the database, so every node has the same.
"""

from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from server.clock import Clock
from server.messages.instants import HOUR, SECOND

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256: a private key is a number from 1 to one less."""
SIGNED_MS = 12 * HOUR
"""How long a signature is good. Services allow a day."""


class Vapid:
    """`secret`: 32 bytes that only this installation knows; `contact`: mailto: or https:, whom a service may ask."""

    def __init__(self, secret: bytes, contact: str, clock: Clock) -> None:
        self._private = _key(secret)
        self._contact, self._clock = contact, clock
        self.public = _text(_point(self._private))

    def signed(self, audience: str) -> str:
        """The header `Authorization` for a service."""
        from py_vapid import Vapid02

        claims = {"aud": audience, "sub": self._contact, "exp": (self._clock.now_ms() + SIGNED_MS) // SECOND}
        return str(Vapid02(private_key=self._private).sign(claims)["Authorization"])


def _key(secret: bytes) -> "EllipticCurvePrivateKey":
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.derive_private_key(int.from_bytes(secret) % (ORDER - 1) + 1, ec.SECP256R1())


def _point(private: "EllipticCurvePrivateKey") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _text(key: bytes) -> str:
    return urlsafe_b64encode(key).rstrip(b"=").decode()


def is_point(key: bytes) -> bool:
    """Whether a browser's public key can be one."""
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
    except ValueError:
        return False
    return True
