"""Corrects rows that were stored while the clock was ahead, so that they end as they were meant to.

A row says when it was made, used or written, and that cannot be in the future. If it is, the row's instants are moved back so
that this one is now, and its end keeps its distance. This is done only when the clock is known to be right: to a clock that
is behind, all rows would look like that. Called by `server.deletion`.
"""

from sqlalchemy import and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from server.access import first_link, tables
from server.access.attempts import KNOWN_MS
from server.access.sessions import LASTS_MS, SKEW_MS

LONGEST_MS = max(LASTS_MS.values())


async def set_right(engine: AsyncEngine, now: int) -> None:
    """Moves back every row of access whose instant is after `now` (ms), which shows that its clock was ahead."""
    tokens, links, tries = tables.tokens, tables.first_links, tables.attempts
    uses, ended, ahead = tables.session_uses, tables.ended, now + SKEW_MS
    async with engine.begin() as connection:
        for change in (
            update(tokens)
            .where(tokens.c.made_at > ahead)
            .values(expires_at=tokens.c.expires_at - tokens.c.made_at + now, made_at=now),
            update(tokens).where(tokens.c.used_at > ahead).values(used_at=now),
            update(links)
            .where(links.c.expires_at > ahead + first_link.LASTS_MS)
            .values(expires_at=now + first_link.LASTS_MS),
            update(tries).where(tries.c.failed > 0, tries.c.last_at > ahead).values(last_at=now),
            update(tries).where(tries.c.last_at > ahead + KNOWN_MS).values(last_at=now + KNOWN_MS),
            update(uses).where(uses.c.used_at > ahead).values(used_at=now),
            update(ended).where(ended.c.until > ahead + LONGEST_MS).values(until=now + LONGEST_MS),
        ):
            await connection.execute(change)


async def set_day_right(engine: AsyncEngine, office: str, day: str) -> None:
    """It is `day` again: sign-in ids of later dates become today's, so that people keep the id they acted under."""
    async with engine.begin() as connection:
        await _newest_of_each(connection, office, day)


async def _newest_of_each(connection: AsyncConnection, office: str, day: str) -> None:
    table = tables.sign_ins
    query = select(table.c.account, table.c.day).where(table.c.office == office, table.c.day > day)
    newest = dict((await connection.execute(query.order_by(table.c.day))).all())
    for account, wrong in newest.items():
        whose = and_(table.c.office == office, table.c.account == account)
        await connection.execute(delete(table).where(whose, table.c.day >= day, table.c.day != wrong))
        await connection.execute(update(table).where(whose, table.c.day == wrong).values(day=day))
