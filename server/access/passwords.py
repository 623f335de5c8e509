"""Passwords: hashed with argon2 outside the event loop, two at a time. Called by accounts only."""

import asyncio
import unicodedata
from importlib import resources

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST = 10
MOST = 200
"""The most characters of a password. Argon2 accepts more, but nobody may make this server hash megabytes."""
LONG_ROW = 16
"""Digits and signs alone are dates or telephone numbers, unless there are at least this many."""
AT_ONCE = 2
"""How many are hashed at the same time: each takes 64 MiB for about 60 ms."""

LEET = str.maketrans("@40135$7", "aaoiesst")
SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def _stem(word: str) -> str:
    """The word in a password: `Passwort2026!`, `2026-Passwort` and `passwort` have the same."""
    return "".join(letter for letter in word.translate(SPELT) if letter.isalpha())


COMMON = frozenset(
    word.strip() for word in (resources.files("server.access") / "common_passwords.txt").read_text("utf-8").splitlines()
)
"""What people choose when they have to choose something, as stems; and long rows of digits."""


class Weak(ValueError):
    """A password that is not accepted. `reason`: too_short, too_long, name, common."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the password will not do: {reason}")
        self.reason = reason


def check_strength(password: str, name: str) -> None:
    """Raises Weak unless it has at least ten characters, is not the name and is not a common one."""
    folded, name = _folded(password).casefold(), _folded(name).casefold().strip()
    if len(_folded(password)) < LEAST:
        raise Weak("too_short")
    if len(password) > MOST:
        raise Weak("too_long")
    rest = folded.replace(name, "") if len(name) >= 4 else folded
    if name and (folded == name or (rest != folded and rest.strip("0123456789!?.-_ ") == "")):
        raise Weak("name")
    if _is_common(folded) or len(set(folded)) < 4:
        raise Weak("common")


def _is_common(folded: str) -> bool:
    """Whether it is a common word, also in disguise: with years, digits or signs around it, repeated, with digits as letters."""
    if folded in COMMON:
        return True
    core = folded.strip("0123456789!?.,;:-_+*#/\\ ")
    if not core:
        return len(folded) < LONG_ROW
    stems = {_stem(folded), _stem(core), _stem(core.translate(LEET)), _stem(folded.translate(LEET))}
    return bool(COMMON & {part for stem in stems for part in _written_again(stem)})


def _written_again(stem: str) -> set[str]:
    """The words of which a stem is a repetition: `hallohallo` is `hallo` twice."""
    lengths = (length for length in range(1, len(stem) + 1) if len(stem) % length == 0)
    return {stem[:length] for length in lengths if stem[:length] * (len(stem) // length) == stem}


class Passwords:
    """Hashes and checks passwords. Checking takes as long for an unknown account as for a wrong password."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._nobody: str | None = None

    async def hash(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(self._hasher.hash, _folded(password))

    async def fits(self, hash: str | None, password: str) -> bool:
        """Whether the password has this hash. Without a hash: False, after the same time, so that nobody learns which
        names exist."""
        if len(password) > MOST:
            return False
        if hash is None and self._nobody is None:
            self._nobody = await self.hash("nobody's")
        async with self._turns:
            fits = await asyncio.to_thread(self._verify, hash or self._nobody or "", _folded(password))
        return fits and hash is not None

    def stale(self, hash: str) -> bool:
        """Whether a hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(hash)

    def _verify(self, hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(hash, password)
        except (VerificationError, InvalidHashError):
            return False


def _folded(text: str) -> str:
    """The same form for characters that look the same: an "ä" typed on a Mac equals one typed at the counter."""
    return unicodedata.normalize("NFKC", text)
