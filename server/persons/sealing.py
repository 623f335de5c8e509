"""Encrypts contact data with a key from a file: outside the database, and in no backup. Whoever has only the database or a copy
of it can read nothing.

AES-256-GCM; each text is bound to the row that it belongs to. From the same file comes the key of the hashes of addresses.
"""

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cached_property
from pathlib import Path

from config import named_file
from server.messages.names import folded

KEY_BYTES, NONCE_BYTES = 32, 12
LARGEST = 1_000
"""Bytes of a key file that are read: the key has 43 characters."""


class NoContactKey(Exception):
    """The key file cannot be used, or another key sealed this; the text says why, without a secret."""


class Sealing:
    """The key of an installation. The file is read when it is first needed, and made then if there is none yet."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @property
    def name(self) -> str:
        """Names the key without telling anything of it."""
        return self._derived("name").hex()[:16]

    def mark(self, office: str, mail: str) -> str:
        """The same for the same address in the same office; nobody without the key can find out which address."""
        told = f"{office}|{folded(mail)}".encode()
        return hmac.new(self._derived("mark"), told, hashlib.sha256).hexdigest()

    def seal(self, row: str, text: bytes) -> str:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # here, because most servers keep no contacts

        nonce = os.urandom(NONCE_BYTES)
        return urlsafe_b64encode(nonce + AESGCM(self._derived("seal")).encrypt(nonce, text, row.encode())).decode()

    def open(self, row: str, sealed: str) -> bytes:
        """What was sealed for this row. NoContactKey if it was not."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        content = urlsafe_b64decode(sealed)
        try:
            return AESGCM(self._derived("seal")).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], row.encode())
        except InvalidTag:
            raise NoContactKey(
                "a contact was sealed with another key; give all nodes the same --contact-key-file"
            ) from None

    def _derived(self, use: str) -> bytes:
        return hmac.new(self._key, f"aufruf contacts {use} 1".encode(), hashlib.sha256).digest()

    @cached_property
    def _key(self) -> bytes:
        try:
            return read(self.file)
        except FileNotFoundError:
            return _made(self.file)


def read(file: Path) -> bytes:
    """The key of a file. FileNotFoundError; NoContactKey if the file is none."""
    try:
        text = named_file.content(file, LARGEST).strip()
        others = file.stat().st_mode & 0o077
    except FileNotFoundError:
        raise
    except OSError as fault:
        raise NoContactKey(f"cannot be read ({fault.strerror})") from fault
    if others:
        raise NoContactKey("may be read by others; say chmod 600")
    try:
        key = urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise NoContactKey(f"must hold {KEY_BYTES} bytes as base64url; without the file, the server makes one")
    return key


def _made(file: Path) -> bytes:
    """A new key. Of two processes that make one at the same time, the second takes that of the first: a file appears whole."""
    made = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
            opened.write(urlsafe_b64encode(os.urandom(KEY_BYTES)).rstrip(b"=") + b"\n")
            os.fsync(opened.fileno())
        try:
            os.link(made, file)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    except OSError as fault:
        raise NoContactKey(f"cannot be made ({fault.strerror})") from fault
    return read(file)
