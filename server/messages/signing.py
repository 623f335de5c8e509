"""The secret with which webhooks are signed, in the form in which Standard Webhooks writes it. Read from files by the server
and by `aufruf check`."""

import base64
import binascii

LEAST_SECRET, MOST_SECRET = 24, 64
"""The least and the most bytes of a secret, as in Standard Webhooks."""


def webhook_secret(text: str) -> bytes:
    """The key in `whsec_<base64>`, the form in which Standard Webhooks writes secrets."""
    told = text.strip()
    try:
        key = base64.b64decode(told.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not told.startswith("whsec_") or not LEAST_SECRET <= len(key) <= MOST_SECRET:
        raise ValueError(f"must be whsec_ and {LEAST_SECRET} to {MOST_SECRET} bytes as base64")
    return key
