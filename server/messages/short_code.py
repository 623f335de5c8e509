"""The four signs printed beside a number, with which a kiosk proves that somebody holds that ticket. Made from its secret, so
it is stored nowhere, and the secret cannot be made from it. Used by results, the paper and the web."""

import hashlib
import hmac

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs, without those that people take for another: 0 and O, 1 and I."""
LONG = 4
"""Signs: a million codes; a kiosk may guess five times, then once a minute."""


def short_code(secret: str) -> str:
    number = int.from_bytes(hashlib.sha256(f"short code 1\n{secret}".encode()).digest()[:4], "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LONG))


def is_code_of(typed: str, secret: str) -> bool:
    """Whether somebody typed the code of this ticket, in whichever way it is written."""
    return hmac.compare_digest(typed.strip().upper().encode(), short_code(secret).encode())
