"""Spent keys, and presses that can be undone: kept by (principal, key), forgotten oldest first, counted by principal.

Pure. The state holds them, `evolve` adds and forgets them, `decide` counts a principal's keys and packs them for a checkpoint.
"""

from base64 import urlsafe_b64encode
from collections import deque
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Protocol, TypeVar

from server.messages.facts import Spender, Spent
from server.messages.terms import Role

Name = tuple[str, str]
"""(principal, key)."""
PLAIN = 20
"""A checkpoint carries a key of up to this many characters as it is, and a longer one as a digest of 15 bytes, which is 20
characters too."""
DIGEST = 20
"""Hexadecimal digits of a command's digest that are kept. 80 bits are enough: only the owner of a key could try to find two
commands with the same digest, and would fool nobody else."""

STAFF_KEYS = 500_000
DEVICE_KEYS = 20_000
KEYS: Mapping[Role, int] = {
    "holder": 100,
    "kiosk": DEVICE_KEYS,
    "station": DEVICE_KEYS,
    "display": DEVICE_KEYS,
    "announcer": DEVICE_KEYS,
    "printer": 2 * DEVICE_KEYS,
}
"""Keys that one principal of these roles may spend in 24 h; all others STAFF_KEYS. A principal that has spent them is refused
new acts, so that no key is forgotten before its time. No kiosk or station is pressed more often; a printer reports twice
on each ticket."""


class Dated(Protocol):
    """Something that happened at an instant, in ms."""

    @property
    def at(self) -> int: ...


D = TypeVar("D", bound=Dated)


class Kept(dict[Name, D]):
    """Values in the order of their instants.

    The deque gives the oldest: a dictionary would find its first key only by walking over all deleted ones.
    """

    def __init__(self, values: Iterable[tuple[Name, D]] = ()) -> None:
        super().__init__()
        self._order: deque[Name] = deque()
        for name, value in values:
            self.keep(name, value)

    def keep(self, name: Name, value: D) -> None:
        if name not in self:
            self._order.append(name)
        self[name] = value

    def forget(self, until: int) -> None:
        """Forgets all values up to an instant, that one included."""
        order, pop = self._order, self.pop
        while order:
            value = self.get(order[0])
            if value is not None and value.at > until:
                return
            name = order.popleft()
            if value is not None:
                pop(name)
                self._dropped(value)

    def _dropped(self, value: D) -> None:
        """Called for each value that is forgotten: `Keys` keeps its counts here."""

    def copy(self) -> "Kept[D]":
        other = self.__class__()
        dict.update(other, self)
        other._order = self._order.copy()
        return other


class Keys(Kept[Spent]):
    """Spent keys. `held`: how many each principal has."""

    def __init__(self, values: Iterable[tuple[Name, Spent]] = ()) -> None:
        self.held: dict[str, int] = {}
        super().__init__(values)

    def keep(self, name: Name, value: Spent) -> None:
        if name not in self:
            principal, _ = name
            self.held[principal] = self.held.get(principal, 0) + 1
        super().keep(name, value)

    def _dropped(self, value: Spent) -> None:
        self.held[value.who] -= 1
        if not self.held[value.who]:
            del self.held[value.who]

    def copy(self) -> "Keys":
        other = super().copy()
        assert isinstance(other, Keys)
        other.held = self.held.copy()
        return other

    def spent(self, who: str, key: str) -> Spent | None:
        """What this key did, if it did something within 24 h. After a checkpoint a long key is known by its digest only."""
        return self.get((who, key)) or self.get((who, short(key)))

    def spend(self, who: str, key: str, digest: str, seq: int, at: int) -> None:
        """Counts one more event of a press."""
        known = self.spent(who, key)
        first, count = (known.seq, known.count + 1) if known else (seq, 1)
        self.keep((who, key), Spent(who=who, key=key, digest=digest[:DIGEST], seq=first, count=count, at=at))


def short(key: str) -> str:
    """A key as a checkpoint carries it and as it is known afterwards: the key itself, or a digest of it."""
    if len(key) <= PLAIN:
        return key
    return urlsafe_b64encode(blake2b(key.encode(), digest_size=15).digest()).decode()


def packed(keys: Iterable[Spent]) -> tuple[Spender, ...]:
    """The form in which a checkpoint carries them: some 65 bytes each."""
    by: dict[str, list[tuple[str, str, int, int, int]]] = {}
    for one in keys:
        by.setdefault(one.who, []).append((short(one.key), one.digest[:DIGEST], one.seq, one.count, one.at))
    return tuple(Spender(who=who, keys=tuple(some)) for who, some in by.items())


def unpacked(spenders: Iterable[Spender]) -> list[tuple[Name, Spent]]:
    """The spent keys of a checkpoint, oldest first."""
    every = [
        Spent(who=one.who, key=key, digest=digest, seq=seq, count=count, at=at)
        for one in spenders
        for key, digest, seq, count, at in one.keys
    ]
    return [((one.who, one.key), one) for one in sorted(every, key=lambda one: one.seq)]
