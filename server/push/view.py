"""One distinct picture that any number of sockets share: computed once, encoded once, sent to each. Owned by an audience."""

from collections.abc import Mapping

from server.messages.actor import Actor
from server.messages.terms import BoardKind
from server.push.connection import Connection
from server.push.packets import Packet, board_packet

ORDER: tuple[BoardKind, ...] = ("announcer", "printer", "display", "counter", "supervisor", "desk", "station", "kiosk")
"""Who hears first after a commit, the presser excepted; phones come last (`phones`)."""

Paces = Mapping[BoardKind, int]
PACE_MS: Paces = {"counter": 125, "supervisor": 125, "desk": 125, "station": 125, "kiosk": 1_000, "ticket": 10_000}
"""Least time between two boards of a view, the first change at once. Voices, printers and walls wait for nothing;
a phone waits for what is not about its own ticket."""

STAFF_BOARDS: frozenset[BoardKind] = frozenset({"counter", "supervisor", "desk"})
"""Boards that differ by who looks: whose counter it is, what can be undone."""
BY_PRESENCE: frozenset[BoardKind] = frozenset({"counter", "supervisor", "desk", "kiosk"})
"""Boards that say how devices are."""

BY_FORECAST: tuple[BoardKind, ...] = ("display", "counter", "supervisor", "desk", "kiosk", "ticket")
"""Boards that say how long people wait."""

Key = tuple[BoardKind, str, str, str]


def view_key(kind: BoardKind, id: str, actor: Actor) -> Key:
    """Who shares a picture: nobody sees what another role may see, and boards of staff differ by person."""
    return (kind, id, actor.principal, actor.holder) if kind in STAFF_BOARDS else (kind, id, actor.role, "")


class View:
    """`print`: hash of the board as sent last; `version`: what it was computed from; `ready_at`: its pace (ms, monotonic)."""

    __slots__ = ("_packet", "_stamp", "actor", "id", "jobs", "kind", "members", "print", "raw", "ready_at", "version")

    def __init__(self, kind: BoardKind, id: str, actor: Actor) -> None:
        self.kind, self.id, self.actor = kind, id, actor
        self.members: dict[Connection, None] = {}
        self.version = -1
        self.ready_at = 0.0
        self.print: int | None = None
        self.jobs: frozenset[str] | None = None
        self.raw: bytes | None = None
        self._packet: Packet | None = None
        self._stamp: tuple[str, int] | None = None

    def takes(self, raw: bytes) -> bool:
        """Keep a newly encoded board; False if it is what was sent last. A phone's own is not kept: there are too many."""
        print = hash(raw)
        if print == self.print:
            return False
        self.print, self._packet = print, None
        self.raw = None if self.kind == "ticket" else raw
        return True

    def packet(self, epoch: str, seq: int, at: int, raw: bytes) -> Packet:
        """The frame of this board as of entry `seq`; made once for all who get it."""
        if self._packet is not None and self._stamp == (epoch, seq):
            return self._packet
        made = board_packet(raw, epoch, seq, at)
        if self.kind != "ticket":
            self._packet, self._stamp = made, (epoch, seq)
        return made
