"""One board that any number of sockets share: computed once, encoded once, sent to each. Owned by an audience."""

from collections.abc import Mapping
from typing import NamedTuple

from server.messages.actor import Actor
from server.messages.terms import BoardKind
from server.push.connection import Connection
from server.push.packets import Packet, board_packet

ORDER: tuple[BoardKind, ...] = (
    "announcer",
    "printer",
    "display",
    "counter",
    "supervisor",
    "desk",
    "line",
    "station",
    "roster",
    "kiosk",
)
"""The order of sending after a commit. The presser's answer comes before all of these, phones after them (`phones`)."""

Paces = Mapping[BoardKind, int]
PACE_MS: Paces = {
    "counter": 125,
    "supervisor": 125,
    "desk": 125,
    "line": 1_000,
    "station": 125,
    "roster": 125,
    "kiosk": 1_000,
    "ticket": 10_000,
}
"""The least time between two boards of a view; the first change is sent at once, and to whoever pressed what their press did.
Voices, printers and walls never wait; a phone waits only for changes that are not about its own ticket."""

LATER = 6
"""If only news that may wait has changed, a staff board is sent not sooner than this many paces after the last one.

Such news are new expected waits, for example: a busy room has some after each press.
"""

STAFF_BOARDS: frozenset[BoardKind] = frozenset({"counter", "supervisor", "desk"})
"""Boards that differ by person: whose counter it is, what can be undone."""
PRESSING: frozenset[BoardKind] = STAFF_BOARDS | {"station", "kiosk"}
"""Boards at which people press and then look: theirs comes before all others."""
BY_PRESENCE: frozenset[BoardKind] = frozenset({"counter", "supervisor", "desk", "kiosk"})
"""Boards that show the state of devices."""

BY_FORECAST: tuple[BoardKind, ...] = ("display", "counter", "supervisor", "desk", "line", "kiosk", "ticket")
"""Boards that show how long people wait."""

ViewKey = tuple[BoardKind, str, str, str]


def view_key(kind: BoardKind, id: str, actor: Actor) -> ViewKey:
    """Sockets with equal keys share a view: the same role, and on staff boards the same person."""
    return (kind, id, actor.principal, actor.holder) if kind in STAFF_BOARDS else (kind, id, actor.role, "")


class Encoded(NamedTuple):
    """A board as it is sent: joined, the pieces are its JSON. Boards that have much in common share pieces, and of those even the
    hash is worked out once. `pressing`: a hash of what must not wait; None if all of it must not."""

    pieces: tuple[bytes, ...]
    pressing: int | None = None


class View:
    """`print`: hash of the board sent last; `version`: of what it was computed from, `but_waits`: of all that but the forecast;
    `awaited`: what it was drawn from, or what it shows of the forecast; `ready_at`: when its pace allows the next board (ms,
    monotonic).

    `pieces`: the board sent last; `pressed`: hash of what must not wait on it, None if all of it must not; `held`: a newer board
    that waits for its time.
    """

    __slots__ = (
        "_packet",
        "_stamp",
        "actor",
        "awaited",
        "but_waits",
        "held",
        "id",
        "jobs",
        "kind",
        "members",
        "pieces",
        "pressed",
        "print",
        "ready_at",
        "version",
    )

    def __init__(self, kind: BoardKind, id: str, actor: Actor) -> None:
        self.kind, self.id, self.actor = kind, id, actor
        self.members: dict[Connection, None] = {}
        self.expire()
        self.awaited: object = None
        self.held: Encoded | None = None
        self.ready_at = 0.0
        self.print: int | None = None
        self.pressed: int | None = None
        self.jobs: frozenset[str] | None = None
        self.pieces: tuple[bytes, ...] | None = None
        self._packet: Packet | None = None
        self._stamp: tuple[str, int] | None = None

    def expire(self) -> None:
        """Whatever it was computed from, it must be drawn again."""
        self.version = self.but_waits = -1

    def may_wait(self, made: Encoded) -> bool:
        """Whether a newly encoded board differs from the one sent last, but only in what may wait."""
        return made.pressing is not None and made.pressing == self.pressed and hash(made.pieces) != self.print

    def takes(self, made: Encoded) -> bool:
        """Keeps a newly encoded board; False if it equals the one sent last. Phones' boards are not kept: there are too many."""
        self.held, print = None, hash(made.pieces)
        if print == self.print:
            return False
        self.print, self.pressed, self._packet = print, made.pressing, None
        self.pieces = None if self.kind == "ticket" else made.pieces
        return True

    def packet(self, epoch: str, seq: int, at: int, pieces: tuple[bytes, ...]) -> Packet:
        """The frame of this board as of entry `seq`, made once for all sockets."""
        if self._packet is not None and self._stamp == (epoch, seq):
            return self._packet
        made = board_packet(pieces, epoch, seq, at)
        if self.kind != "ticket":
            self._packet, self._stamp = made, (epoch, seq)
        return made
