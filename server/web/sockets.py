"""The sockets that stay open, and whether those behind them may still be there: looked at every few seconds, all at once."""

import asyncio
from typing import TYPE_CHECKING

import structlog

from server.access.gate import Pass
from server.clock import Clock
from server.push.connection import Connection
from server.web.refused import refuse

if TYPE_CHECKING:
    from server.web.site import Site

EVERY_S = 3.0
"""A revoked token's sockets close within ten seconds: two of the cache, three of this, and the closing."""
LIMIT_S = 3.0
GRACE_S = 600.0
"""So long those behind open sockets press on while the database cannot say whether they still may."""

OF_LINK = 5
"""Sockets of one ticket's link: its owner's phone, a few tabs, somebody who came along."""

_log = structlog.get_logger("aufruf.web")


class Sockets:
    """Who is behind each open socket. Links and public displays are not listed: they end with their board."""

    def __init__(self, clock: Clock) -> None:
        self._passes: dict[Connection, tuple[Pass, str | None]] = {}
        self._links: dict[str, dict[Connection, None]] = {}
        self._clock = clock
        self._in_vain_since: float | None = None
        """When a look first failed after the last that did not."""

    def __len__(self) -> int:
        return len(self._passes)

    def opened(self, connection: Connection, asker: Pass, cookie: str | None) -> None:
        """`cookie`: the session a page came with, to read its rights again."""
        self._passes[connection] = (asker, cookie)

    def opened_by_link(self, connection: Connection) -> None:
        """One more than a link may have, and its oldest ends."""
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
        """Close what is no longer good; ends when it is cancelled."""
        while True:
            await asyncio.sleep(EVERY_S)
            await self.look(site)

    def sure(self) -> None:
        """Refused if for too long nobody could say whether those behind sockets still may."""
        since = self._in_vain_since
        if since is not None and self._clock.monotonic() - since > GRACE_S:
            raise refuse("store_unavailable", "the database does not answer; try again")

    async def look(self, site: "Site") -> None:
        """Revoked, signed out, run out: 4401. Another role, another day: 1012, so that it comes back as who it is now."""
        asked = list(self._passes.items())  # who comes while the database is asked is looked at next time
        passes = {asker for _, (asker, _) in asked}
        try:
            async with asyncio.timeout(LIMIT_S):
                living = await site.access.gate.living(passes)
                await self._close(site, asked, living)
            self._in_vain_since = None
        except Exception as fault:  # the database is away: only those are thrown out of whom the store says so
            if self._in_vain_since is None:
                self._in_vain_since = self._clock.monotonic()
            _log.warning("nobody could say who may still be on the line", fault=type(fault).__name__)
            living = site.access.gate.not_ended(passes)
            for connection, (asker, _) in asked:
                if asker not in living:
                    connection.close("not_signed_in")

    async def _close(
        self, site: "Site", asked: list[tuple[Connection, tuple[Pass, str | None]]], living: set[Pass]
    ) -> None:
        for connection, (asker, cookie) in asked:
            if asker not in living:
                connection.close("not_signed_in")
            elif await self._is_another(site, connection, asker, cookie):
                connection.close("restarting")

    async def _is_another(self, site: "Site", connection: Connection, asker: Pass, cookie: str | None) -> bool:
        gate = site.access.gate
        known = asker if asker.kind == "token" else await gate.known(cookie=cookie)
        actor = None if known is None else await gate.actor(known, connection.office)
        return actor != connection.actor
