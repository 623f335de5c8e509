"""Checks every few seconds, for all open sockets at once, whether the people and devices behind them may still be connected."""

import asyncio
from typing import TYPE_CHECKING

import structlog

from server.access.gate import Gate, Pass
from server.clock import Clock
from server.messages.actor import Actor
from server.push.connection import Connection
from server.web.refused import refuse

if TYPE_CHECKING:
    from server.web.site import Site

EVERY_S = 3.0
"""Sockets of a revoked token close within ten seconds: two for the cache, three for this check, and the closing."""
LIMIT_S = 3.0
GRACE_S = 600.0
"""Seconds during which open sockets may go on pressing while the database cannot say whether they still may."""

OF_LINK = 5
"""Sockets of one ticket's link: the owner's phone, a few tabs, a companion."""

_log = structlog.get_logger("aufruf.web")


class Sockets:
    """Who is behind each open socket. Links and public displays are not listed, because they end with their board."""

    def __init__(self, clock: Clock) -> None:
        self._passes: dict[Connection, tuple[Pass, str | None]] = {}
        self._links: dict[str, dict[Connection, None]] = {}
        self._clock = clock
        self._in_vain_since: float | None = None
        """When the first of the current row of failed checks was made."""

    def __len__(self) -> int:
        return len(self._passes)

    def opened(self, connection: Connection, asker: Pass, cookie: str | None) -> None:
        """`cookie`: the session of the page, used to read its rights again."""
        self._passes[connection] = (asker, cookie)

    def opened_by_link(self, connection: Connection) -> None:
        """When a link has one socket too many, its oldest is closed."""
        own = self._links.setdefault(connection.actor.principal, {})
        own[connection] = None
        if len(own) > OF_LINK:
            oldest = next(iter(own))
            del own[oldest]
            oldest.close("page_left")

    def closed(self, connection: Connection) -> None:
        self._passes.pop(connection, None)
        own = self._links.get(connection.actor.principal)
        if own is not None:
            own.pop(connection, None)
            if not own:
                del self._links[connection.actor.principal]

    async def keep_watch(self, site: "Site") -> None:
        """Close sockets that are no longer allowed; runs until it is cancelled."""
        while True:
            await asyncio.sleep(EVERY_S)
            await self.look(site)

    def sure(self) -> None:
        """Raises Refused if it could not be checked for too long whether open sockets are still allowed."""
        since = self._in_vain_since
        if since is not None and self._clock.monotonic() - since > GRACE_S:
            raise refuse("store_unavailable", "the database does not answer; try again")

    async def look(self, site: "Site") -> None:
        """Revoked, signed out or expired: 4401. A changed role or a new day: 1012, so that it reconnects with its new rights."""
        asked = list(self._passes.items())  # sockets that open while the database is asked are checked next time
        passes = {asker for _, (asker, _) in asked}
        try:
            async with asyncio.timeout(LIMIT_S):
                living = await site.access.gate.living(passes)
                living_as_before = living - await site.access.gate.moved(living)
                await self._close(site, asked, living, living_as_before)
            self._in_vain_since = None
        except Exception as fault:  # the database is away; only sockets that the store names are closed
            if self._in_vain_since is None:
                self._in_vain_since = self._clock.monotonic()
            _log.warning("nobody could say who may still be on the line", fault=type(fault).__name__)
            living = site.access.gate.not_ended(passes)
            for connection, (asker, _) in asked:
                if asker not in living:
                    connection.close("not_signed_in")

    async def _close(
        self,
        site: "Site",
        asked: list[tuple[Connection, tuple[Pass, str | None]]],
        living: set[Pass],
        living_as_before: set[Pass],
    ) -> None:
        now: dict[tuple[Pass, str | None, str], tuple[Pass | None, Actor | None]] = {}
        for connection, (asker, cookie) in asked:
            if asker not in living:
                connection.close("not_signed_in")
                continue
            if asker not in living_as_before:
                connection.close("restarting")
                continue
            behind = (asker, cookie, connection.office)
            if behind not in now:  # one token may have a hundred sockets
                now[behind] = await self._now(site.access.gate, *behind)
            known, actor = now[behind]
            # the table of a city shows more offices than the one it is bound to
            other_offices = connection.board == "offices" and known is not None and known.grants != asker.grants
            if other_offices or actor != connection.actor:
                connection.close("restarting")

    async def _now(self, gate: Gate, asker: Pass, cookie: str | None, office: str) -> tuple[Pass | None, Actor | None]:
        """Who they are by now, and as whom they act in this office."""
        known = asker if asker.kind == "token" else await gate.known(cookie=cookie)
        return known, None if known is None else await gate.actor(known, office)
