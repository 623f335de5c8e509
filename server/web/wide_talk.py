"""Talks on the socket that belongs to no single office: the table of a city, and a device that waits to be paired."""

from functools import partial

from server.access.gate import NOT_ALLOWED, NOT_SIGNED_IN
from server.messages import frames
from server.messages.rights import BOARDS
from server.push.connection import Connection
from server.web.door import STRANGER
from server.web.live import Talk, cutter
from server.web.refused import RefusedRequest, refuse
from server.web.routes.pairings import board_of


class WideTalk(Talk):
    """On the socket of all offices: the table of a city, or a device that waits to be paired and belongs to none yet."""

    __slots__ = ()

    async def begin(self) -> Connection:
        said = await self._hello()
        if said.board == "pairing" and not self.citizens:
            return await self._waiting(said.id)
        if self.citizens or said.board != "offices":
            raise refuse("unknown_office", "this socket has the boards offices and pairing only")
        self._asker = await self._known(said.token)
        if self._asker is None:
            raise RefusedRequest(NOT_SIGNED_IN)
        sees = [name for name in self._site.desks if self._asker.role(name) in BOARDS["offices"]]
        if not sees:
            raise RefusedRequest(NOT_ALLOWED)
        self.office = sees[0]
        self._actor = await self._site.access.gate.actor(self._asker, self.office) or STRANGER
        self._stand()
        connection = self._site.hub.connect(self.office, "offices", "", self._actor, self._send, cutter(self._send))
        self._site.hub.join_city(connection, frozenset(sees))
        self._sockets.opened(connection, self._asker, self._cookie)
        self._scope["headers"] = []
        return connection

    async def _waiting(self, claim: str) -> Connection:
        """A device that waits to be paired; `claim` is its secret."""
        told = partial(board_of, self._site, claim)
        if await told() is None:
            self._guessed()
            raise refuse("unknown_code", "no device waits with this claim")
        self.office = next(iter(self._site.desks))  # whose clock and beat it is shown
        self._stand()
        connection = self._site.hub.connect(self.office, "pairing", "", STRANGER, self._send, cutter(self._send))
        self._site.hub.join_waiting(connection, told)
        return connection

    def _act(self, connection: Connection, said: frames.FromClient) -> None:
        """Refuses presses: there is nothing to press here.

        What a page reports about itself concerns no office, and is ignored.
        """
        if not isinstance(said, frames.Report):
            raise refuse("malformed", "this socket only shows")
