"""A phone as its browser keeps it for Web Push: its own keys, and what it can read. Written after RFC 8291 and 8188 with
`cryptography` alone, so that it agrees with nothing but the standard."""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec.json import decode

if TYPE_CHECKING:
    from tests.letters.sinks import WebSink

CURVE = ec.SECP256R1()


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(said: str) -> bytes:
    return base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))


class Handset:
    """`endpoint`: its address at a push service; `secret`: what the browser and the page share."""

    def __init__(self, url: str) -> None:
        self.endpoint = f"{url}/{text(os.urandom(12))}"
        self._private, self.secret = ec.generate_private_key(CURVE), os.urandom(16)
        self._public = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def wanted(self, language: str = "de") -> dict[str, str]:
        """What its page sends to the server."""
        keys = {"p256dh": text(self._public), "auth": text(self.secret)}
        return {"endpoint": self.endpoint, **keys, "language": language}

    def read(self, content: bytes) -> dict[str, Any]:
        """A message that is for this phone; anybody else's raises."""
        salt, size, length = content[:16], int.from_bytes(content[16:20]), content[20]
        sender, sealed = content[21 : 21 + length], content[21 + length :]
        assert size >= len(sealed)
        shared = self._private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
        mixed = _hkdf(shared, self.secret, b"WebPush: info\0" + self._public + sender, 32)
        key = _hkdf(mixed, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(mixed, salt, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain.endswith(b"\x02")
        said: dict[str, Any] = decode(plain[:-1])
        return said

    def heard(self, service: WebSink) -> list[dict[str, Any]]:
        """What it was told, in order."""
        path = "/" + self.endpoint.rpartition("/")[2]
        return [self.read(content) for where, _, content in service.asked if where.endswith(path)]


def _hkdf(key: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(key)


def claims(authorization: str) -> tuple[dict[str, Any], str]:
    """What a message is signed with, checked with the key beside it, and that key."""
    assert authorization.startswith("vapid ")
    parts = dict(part.strip().split("=", 1) for part in authorization.removeprefix("vapid ").split(","))
    head, body, mark = parts["t"].split(".")
    signature = raw(mark)
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw(parts["k"]))
    made = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    public.verify(made, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    said: dict[str, Any] = decode(raw(body))
    return said, parts["k"]
