"""Random secrets and their stored hashes. Only this module makes or hashes one. Called by tokens, first links, accounts."""

import hashlib
import secrets

TOKEN_BYTES = 32
"""256 bits."""
TOKEN_PREFIX = "aufruf_"  # noqa: S105 - not a secret: a leaked one can be found by a scanner


def fresh_token() -> str:
    """A bearer token: 256 random bits, 50 visible characters, safe in URLs and headers."""
    return TOKEN_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)


def fresh_id(prefix: str) -> str:
    """A public random id of 80 bits, for example `t-` and 20 characters."""
    return f"{prefix}-{secrets.token_hex(10)}"


def kept(secret: str) -> str:
    """The hash of a random secret, for the database. It needs no salt: 256 random bits cannot be guessed from a table."""
    return hashlib.sha256(secret.encode()).hexdigest()
