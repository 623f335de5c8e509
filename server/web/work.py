"""A little work that a browser does before it may hold a slot: for a person it is a second in the background, for a program that
hoards slots it adds up. Nobody has to solve anything. On only where an office file says so.

The browser looks for a number so that SHA-256 of `challenge.number` begins with `BITS` zero bits. A challenge is signed, so
nothing is kept of those that were only handed out; one that was used is remembered until it runs out.
"""

import base64
import hmac
from collections import OrderedDict
from hashlib import sha256
from secrets import token_urlsafe

from server.clock import Clock
from server.messages.instants import HOUR
from server.web import reading

BITS = 17
"""About 130,000 tries: a quarter of a second on a new telephone, two on an old one."""
LIVES_MS = HOUR
"""Somebody may look for a time for long."""
REMEMBERED = 100_000
LONGEST = 80


class BrowserWork:
    """`key`: of the installation, so that every node takes what another one handed out."""

    def __init__(self, key: bytes, clock: Clock) -> None:
        self._key, self._clock = key, clock
        self._used: OrderedDict[str, int] = OrderedDict()

    def challenge(self, office: str) -> str:
        """Short enough that the browser hashes it with its number in one block."""
        made = f"{self._clock.now_ms() + LIVES_MS}.{token_urlsafe(6)}"
        return f"{made}.{self._mark(office, made)}"

    def done(self, office: str, challenge: str, number: str) -> bool:
        """Whether the work was done, for this office, in time, and for the first time."""
        made, _, mark = challenge.rpartition(".")
        if (
            len(challenge) > LONGEST
            or not challenge.isascii()
            or not hmac.compare_digest(mark, self._mark(office, made))
        ):
            return False
        now = self._clock.now_ms()
        until = reading.number(made.partition(".")[0], now + 2 * LIVES_MS)  # the clock of another node may be ahead
        if until is None or until < now or challenge in self._used or not good(challenge, number):
            return False
        self._used[challenge] = until
        while self._used and (next(iter(self._used.values())) < now or len(self._used) > REMEMBERED):
            self._used.popitem(last=False)
        return True

    def _mark(self, office: str, made: str) -> str:
        told = hmac.new(self._key, f"{office}|{made}".encode(), sha256).digest()
        return base64.urlsafe_b64encode(told[:9]).decode()


def good(challenge: str, number: str) -> bool:
    if not (number.isdecimal() and number.isascii() and len(number) <= 12):
        return False
    found = sha256(f"{challenge}.{number}".encode()).digest()
    return int.from_bytes(found[:4], "big") >> (32 - BITS) == 0
