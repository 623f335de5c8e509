"""The open connections, ranked by what each has proven, with a limit for each asker and a reserve for staff. Called by the
connections themselves, by the door and by the live socket.

A limit that attacker and victim share is a weapon. So an address counts only connections that have shown nothing yet; if there
are too many, the oldest silent one is closed. A connection that has shown a link, token or session counts only for that.
"""

import resource
from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import Protocol

from server.messages.rights import STAFF
from server.messages.terms import Role

OF_ADDRESS = 2_500
"""The most connections of one address that have shown nothing: all devices of an office may share an address."""
OF_ONE: Mapping[Role, int] = {"holder": 20, "kiosk": 100, "station": 100, "printer": 100}
"""The most connections of one link or token with a weak role: one person or device needs no more."""
OF_OTHERS = 2_500
"""The same for all other roles: one token may serve all screens of a building."""
LINE = "aufruf.line"
"""The key under which a request's scope contains its connection."""
MOST = 40_000
"""The number of descriptors to assume if the system sets no limit."""


class Rank(IntEnum):
    """What a connection has shown. If there is no room, the lowest rank is closed first."""

    SILENT = 0
    """Nothing yet: no request with a known identity, no hello."""
    ASKED = 1
    """A request with a known identity; more may follow."""
    SCREEN = 2
    """A public display, which needs no sign-in."""
    KNOWN = 3
    """The socket of a link, a device, a program."""
    STAFF = 4


UNKNOWN = (Rank.SILENT, Rank.SCREEN)
MAY_END = (Rank.ASKED, Rank.SCREEN)
"""Ranks that may have to make room for others, besides the silent ones."""


class Line(Protocol):
    """A connection, as far as this module needs it."""

    def idle(self) -> bool:
        """Whether it is waiting for the other side."""
        ...

    def hang_up(self) -> None: ...


OwnLines = dict[Line, None]
"""Connections, the oldest first."""


class Lines:
    """`room`: descriptors of this process; None: as many as the system allows. Half of them is for connections that have shown
    nothing; the last tenth is for staff, and for new connections, which may be staff."""

    def __init__(self, room: int | None = None, of_address: int = OF_ADDRESS) -> None:
        self._room, self._of_address = room, of_address
        self._of: dict[Line, tuple[Rank, str]] = {}
        self._all: dict[Rank, OwnLines] = {rank: {} for rank in Rank}
        self._own: dict[tuple[Rank, str], OwnLines] = {}

    def __len__(self) -> int:
        return len(self._of)

    def count(self, rank: Rank) -> int:
        return len(self._all[rank])

    def silent(self, line: Line, address: str) -> None:
        """A new connection, which has shown nothing yet."""
        self._put(line, Rank.SILENT, address)
        self._bounded(line, address)

    def spoke(self, line: Line) -> None:
        """It sent a request: it counts as the youngest of the silent ones again."""
        rank, name = self._of.get(line, (Rank.STAFF, ""))
        if rank is Rank.SILENT:
            self._put(line, rank, name)

    def screen(self, line: Line, address: str) -> None:
        """It is the socket of a public display."""
        self._put(line, Rank.SCREEN, address)
        self._bounded(line, address)

    def known(self, line: Line, name: str, role: Role, *, socket: bool = False) -> None:
        """Somebody with a known identity sent a request on it, or has a socket on it. `name`: of the link, token or account."""
        rank = Rank.STAFF if role in STAFF else Rank.KNOWN if socket else Rank.ASKED
        self._put(line, rank, name)
        own = [self._own.get((one, name), {}) for one in (Rank.ASKED, rank)]
        if sum(map(len, own)) > OF_ONE.get(role, OF_OTHERS):
            _end_first(own, line)
        if rank is not Rank.STAFF:
            self._reserve_kept(line)

    def left(self, line: Line) -> None:
        """It was closed."""
        place = self._of.pop(line, None)
        if place is None:
            return
        del self._all[place[0]][line]
        own = self._own[place]
        del own[line]
        if not own:
            del self._own[place]

    def _put(self, line: Line, rank: Rank, name: str) -> None:
        self.left(line)
        self._of[line] = (rank, name)
        self._all[rank][line] = None
        self._own.setdefault((rank, name), {})[line] = None

    def _bounded(self, line: Line, address: str) -> None:
        own = [self._own.get((rank, address), {}) for rank in UNKNOWN]
        every = [self._all[rank] for rank in UNKNOWN]
        if sum(map(len, own)) > self._of_address:
            _end_first(own, line)
        elif sum(map(len, every)) > self._descriptors() // 2:
            _end_first(every, line)
        else:
            self._reserve_kept(line)

    def _reserve_kept(self, line: Line) -> None:
        """`line` is new, or has shown that it is not staff's. If there are too many of these, another one is closed,
        or it is itself."""
        silent, room = self._all[Rank.SILENT], self._descriptors()
        may_end = [self._all[rank] for rank in MAY_END]
        others = len(self._of) - len(self._all[Rank.STAFF])
        if others - len(silent) > room * 9 // 10:
            if not _end_first(may_end, line):
                line.hang_up()
        elif others > room * 19 // 20:
            _end_first([silent, *may_end], line)

    def _descriptors(self) -> int:
        return self._room or descriptors()


def descriptors() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if soft == resource.RLIM_INFINITY else min(MOST, soft)


def _end_first(groups: Iterable[OwnLines], newest: Line) -> bool:
    """Closes the oldest connection that waits for its other side, in the first group that has one; never the newest."""
    oldest = next((line for group in groups for line in group if line is not newest and line.idle()), None)
    if oldest is not None:
        oldest.hang_up()
    return oldest is not None


OPEN = Lines()
"""The connections of this process: all its ports share its descriptors."""
