"""How much one principal or one address may ask. Called by the door, the routes and the socket. Open lines: `lines`.

A limit that an attacker shares with a victim is a weapon. So everybody with a proven identity has a bucket of their own, and
only strangers share one.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from server.clock import Clock
from server.messages.actor import Actor
from server.messages.commands import Command
from server.messages.terms import Role
from server.web.buckets import Buckets
from server.web.holds import Holds
from server.web.refused import RefusedRequest, too_many


class Pace(NamedTuple):
    """`burst` at once, then `rate` a second."""

    burst: float
    rate: float


PROGRAMS = Pace(10_000, 5_000)
"""Staff and portals: the contract promises 500 a second, and a city's portal presses for many people with one token."""
COMMANDS: Mapping[Role, Pace] = {
    "holder": Pace(10, 0.1),
    "kiosk": Pace(60, 2),
    "door": Pace(60, 2),
    "station": Pace(60, 2),
    "printer": Pace(50, 50),
    "display": Pace(60, 2),
    "announcer": Pace(60, 2),
    "observer": Pace(60, 2),
}
"""Presses that are accepted, including those without events. The weakest roles may add the least to the log."""
REFUSED: Mapping[Role, Pace] = dict.fromkeys(COMMANDS, Pace(200, 10))
"""Refused presses add nothing to the log, but each costs a decision. A kiosk with a closed service must not be locked out."""
READS: Mapping[Role, Pace] = {"holder": Pace(120, 5)}
LOUD = frozenset({"repeat_call", "test_call", "raise_alarm", "withdraw_call", "post_message"})
"""Commands that everybody in the room hears, and the one that lets the same number be called again and again."""


class Paced:
    """Buckets per principal; the role determines their size."""

    def __init__(self, clock: Clock, paces: Mapping[Role, Pace]) -> None:
        self._by_role = {role: Buckets(clock, pace.rate, pace.burst) for role, pace in paces.items()}
        self._others = Buckets(clock, PROGRAMS.rate, PROGRAMS.burst)

    def of(self, role: Role) -> Buckets:
        return self._by_role.get(role, self._others)


class Limits:
    """The limits of a node. Rates are per second and per node."""

    def __init__(self, clock: Clock) -> None:
        self.commands, self.refused = Paced(clock, COMMANDS), Paced(clock, REFUSED)
        self.reads = Paced(clock, READS)
        self.loud = {True: Buckets(clock, rate=1.0, burst=20), False: Buckets(clock, rate=20.0, burst=1_000)}
        """Per principal and command: for one person at one place, and for a program that presses for a whole office."""
        self.wrong_codes = Buckets(clock, rate=1 / 60, burst=5)
        """Per kiosk, however many tokens it has, and per ticket's link: check-in codes that do not exist.
        Per address: codes that no display at the door shows."""
        self.sayings = Buckets(clock, rate=3.0, burst=60)
        """Per principal: texts that a screen has read aloud. Calls are spoken by the same voices."""
        self.pairings = Buckets(clock, rate=0.1, burst=30)
        """Per address: codes for devices that wait to be paired. Each is kept in the store for ten minutes."""
        self.wrong_pairings = Buckets(clock, rate=1 / 30, burst=10)
        """Per supervisor: codes that no device shows. There are 64 million."""
        self.unknown_links = Buckets(clock, rate=1.0, burst=30)
        """Per address: guessed ticket links, tokens, codes."""
        self.strangers = Buckets(clock, rate=20.0, burst=600)
        """Per address: pages requested without a sign-in or a valid link."""
        self.anonymous = Buckets(clock, rate=100.0, burst=1_000)
        """Per address: public data asked for by nobody in particular."""

        self.holds = Holds()
        self.bookings = Buckets(clock, rate=1 / 60, burst=20)
        """Per address: appointments that nobody signed in for. A program must not book the whole day."""

        self.draws = Buckets(clock, rate=1 / 20, burst=30)
        """Per address: tickets drawn by the code at the door. All phones in an office's Wi-Fi may have one address."""

    def booking(self, address: str) -> None:
        """Somebody who books on the booking page."""
        if wait := self.bookings.wait(address):
            raise too_many(wait, "too many appointments from here")

    @contextmanager
    def press(self, actor: Actor) -> Iterator[None]:
        """Put around a press. An accepted press costs its principal one of `commands`, a refused one costs one of `refused`."""
        taken, refused = self.commands.of(actor.role), self.refused.of(actor.role)
        if wait := taken.wait(actor.principal):
            raise too_many(wait)
        if wait := refused.wait(actor.principal):
            taken.give_back(actor.principal)
            raise too_many(wait, "too many refused requests")
        try:
            yield
        except RefusedRequest:
            taken.give_back(actor.principal)
            raise
        refused.give_back(actor.principal)

    def heard_by_all(self, actor: Actor, command: Command) -> None:
        """A command that a whole room hears is for people, not for loops."""
        kind, one = str(command.__struct_config__.tag), actor.page or actor.device is not None
        if kind in LOUD and (wait := self.loud[one].wait(f"{actor.principal} {kind}")):
            raise too_many(wait, f"too many {kind}")

    def read(self, actor: Actor, address: str) -> None:
        """A board or page that is read; without an identity it counts for the address."""
        if not actor.principal:
            self.public_read(address)
        elif wait := self.reads.of(actor.role).wait(actor.principal):
            raise too_many(wait)

    def public_read(self, address: str) -> None:
        if wait := self.anonymous.wait(address):
            raise too_many(wait)

    def guessed(self, address: str) -> None:
        """A link or token that is not genuine."""
        if wait := self.unknown_links.wait(address):
            raise too_many(wait, "too many unknown links from here")

    def pairing(self, address: str) -> None:
        """A device that wants a code."""
        if wait := self.pairings.wait(address):
            raise too_many(wait, "too many codes for pairing from here")

    def stranger(self, address: str) -> None:
        if wait := self.strangers.wait(address):
            raise too_many(wait)
