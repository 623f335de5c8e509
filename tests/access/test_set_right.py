"""Data stored under a clock that was ahead ends when it should, once the clock is right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Table, select

from server.access import tables
from server.messages.instants import DAY, HOUR, MINUTE

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

    from server.access.access import Access

AHEAD = [HOUR, 50 * 365 * DAY]
TODAY = "2026-11-22"
WRONG = "2076-11-09"
INSTANTS: dict[Table, dict[str, int]] = {
    tables.tokens: {"made_at": 0, "used_at": 0, "expires_at": 30 * DAY},
    tables.first_links: {"expires_at": DAY},
    tables.attempts: {"last_at": 90 * DAY},
    tables.session_uses: {"used_at": 0},
    tables.ended: {"until": 400 * DAY},
}
"""Every instant that decides something, and how far from now it may be."""


async def stored(access: Access) -> tuple[str, str, str]:
    """A row in every table: the secrets of a token and a link, and the cookie of a session."""
    secret, _ = await access.tokens.create("clerk", ("mitte",), expires_ms=30 * DAY)
    await access.tokens.verify(secret)
    await access.tokens.note_uses()
    account = await access.accounts.create("Mira", "correct horse battery", [("clerk", "mitte")])
    link = await access.first_link.for_account(account.id)
    assert await access.accounts.sign_in("Mira", "wrong horse", "192.0.2.7") is None
    await access.accounts.sign_in("Mira", "correct horse battery", "192.0.2.8")
    cookie = access.sessions.begin(account)
    session = access.sessions.read(cookie)
    assert session is not None
    access.uses.use(session.id)
    await access.uses.note()
    await access.ended.end("s:other", session.until)
    return secret, link, cookie


async def furthest(engine: AsyncEngine) -> dict[str, int]:
    """By table and column: the latest instant in it."""
    found = {}
    async with engine.connect() as connection:
        for table, columns in INSTANTS.items():
            for name in columns:
                values = [row[0] for row in await connection.execute(select(table.c[name])) if row[0] is not None]
                assert values, f"nothing in {table.name}.{name} was tried"
                found[f"{table.name}.{name}"] = max(values)
    return found


@pytest.mark.parametrize("ahead", AHEAD)
async def test_everything_that_was_stored_ahead_ends_within_its_own_time(
    access: Access, other_node: Access, engine: AsyncEngine, later: Callable[[int], None], ahead: int
) -> None:
    """Two boots: the memory of the second one has nothing from the first."""
    access.uses._idle_ms = HOUR
    later(ahead)
    secret, link, cookie = await stored(access)
    later(-ahead)
    access = other_node
    assert access.sessions.read(cookie) is None
    await access.set_right()

    now = access.sessions._clock.now_ms()
    for name, instant in (await furthest(engine)).items():
        table, column = name.split(".")
        allowed = next(columns for known, columns in INSTANTS.items() if known.name == table)[column]
        assert instant <= now + allowed + MINUTE, name
    assert await access.tokens.verify(secret) is not None
    assert await access.first_link.good(link)
    later(DAY + MINUTE)
    assert not await access.first_link.good(link)
    later(30 * DAY)
    assert await access.tokens.verify(secret) is None


async def test_a_link_and_an_open_page_of_the_future_count_no_more_at_once(
    access: Access, later: Callable[[int], None]
) -> None:
    later(50 * 365 * DAY)
    account = await access.accounts.create("Mira", "correct horse battery", [("clerk", "mitte")])
    link = await access.first_link.for_account(account.id)
    session = access.sessions.read(access.sessions.begin(account))
    assert session is not None
    assert access.sessions.goes_on(session.until, session.version, account)
    later(-50 * 365 * DAY)

    assert not await access.first_link.good(link)
    assert not access.sessions.goes_on(session.until, session.version, account)


async def test_nothing_that_was_stored_by_the_right_clock_is_touched(access: Access, engine: AsyncEngine) -> None:
    access.uses._idle_ms = HOUR
    await stored(access)
    before = await furthest(engine)
    await access.set_right()

    assert await furthest(engine) == before


async def test_sign_in_ids_of_a_wrong_date_are_of_today(access: Access) -> None:
    """A clerk who holds a counter since the wrong date keeps it; a clerk who acted on both dates goes on with the later id."""
    morning = await access.sign_ins.of("mitte", "mira", TODAY)
    wrong = await access.sign_ins.of("mitte", "mira", WRONG)
    other = await access.sign_ins.of("mitte", "ali", WRONG)
    elsewhere = await access.sign_ins.of("nord", "ali", WRONG)
    await access.set_right({"mitte": TODAY})

    assert await access.sign_ins.of("mitte", "mira", TODAY) == wrong != morning
    assert await access.sign_ins.of("mitte", "ali", TODAY) == other
    assert await access.sign_ins.of("nord", "ali", WRONG) == elsewhere
