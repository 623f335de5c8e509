"""Sessions and tokens end, on real servers with real sockets: because they are idle, and without a node's database."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

from server.access.access import Access
from server.clock import SystemClock
from server.history.database import close_database, default_url, open_database
from tests.crash.conftest import MakeUp, RunStore
from tests.crash.proxies import Proxy
from tests.crash.staff import SOON_S, Page, accounts
from tests.crash.stores import FAKETIME
from tests.crash.up import START_S, Up
from tests.crash.walls import until
from tests.postgres import postgres

NOT_SIGNED_IN = 4401


async def started(up: Up) -> None:
    up.launch()
    await up.ready(4 * START_S)  # with faked clocks, and two at a time, a start is slower


async def ended(page: Page) -> None:
    """The server closes its socket and says why."""
    await until(lambda: page.closed, SOON_S, "the end of the page")
    assert page.line.close_code == NOT_SIGNED_IN


async def goes_on(up: Up, hands: Path, seconds: int) -> None:
    """Moves the server's clock this many seconds ahead, and waits until the server has noticed."""
    new = hands.with_suffix(".new")
    new.write_text(f"{seconds:+}\n")
    new.replace(hands)
    async with asyncio.timeout(SOON_S), httpx.AsyncClient(trust_env=False, timeout=SOON_S) as client:
        while True:
            said = parsedate_to_datetime((await client.get(f"{up.url}/health/live")).headers["date"])
            if (said - datetime.now(UTC)).total_seconds() > seconds - 30:
                return
            await asyncio.sleep(0.1)


async def gone(page: Page, up: Up) -> None:
    """Waits until the session is not known there any more."""
    async with asyncio.timeout(SOON_S):
        while await page.known_at(up):
            await asyncio.sleep(0.2)


@pytest.mark.skipif(FAKETIME is None, reason="faketime is not installed: make system")
async def test_a_page_that_is_only_open_does_not_keep_its_session_and_a_press_does(
    make_up: MakeUp, run_store: RunStore, tmp_path: Path
) -> None:
    """The server's clock moves three minutes ahead; one of two sessions presses in between. The store's clock stays right."""
    hands = tmp_path / "clock"
    hands.write_text("+0\n")
    faked = [f"LD_PRELOAD={FAKETIME}", f"FAKETIME_TIMESTAMP_FILE={hands}"]
    faked += ["FAKETIME_CACHE_DURATION=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"]
    up = make_up("--idle-end", "2m", redis=run_store().url, before=["env", *faked])
    await started(up)
    await accounts(default_url(up.data), "looks", "presses")
    looks, presses = [await Page.signed_in(up, name) for name in ("looks", "presses")]
    async with looks.open(), presses.open():
        await goes_on(up, hands, 90)
        assert await presses.press() == 200
        await goes_on(up, hands, 180)
        await ended(looks)

        assert not await looks.known_at(up)
        assert await presses.press() == 200
        assert not presses.closed


@pytest.fixture
def database() -> Iterator[Path]:
    with postgres() as folder:
        yield folder / ".s.PGSQL.5432"


def behind(proxy: Proxy, folder: Path) -> str:
    """The URL of a database that is reached through this proxy only."""
    folder.mkdir()
    (folder / ".s.PGSQL.5432").symlink_to(proxy.url.removeprefix("unix://"))
    return f"postgresql://aufruf@/postgres?host={folder}"


async def test_what_ends_is_honoured_and_who_is_known_presses_on_where_the_database_is_away(
    make_up: MakeUp, run_store: RunStore, database: Path, tmp_path: Path
) -> None:
    """First at one of two nodes, then at both."""
    store, direct = run_store(), f"postgresql://aufruf@/postgres?host={database.parent}"
    async with AsyncExitStack() as stack:
        lines = [await stack.enter_async_context(Proxy(database)) for _ in range(2)]
        here, there = [
            make_up(redis=store.url, database=behind(line, tmp_path / f"line-{number}"))
            for number, line in enumerate(lines)
        ]
        for up in (here, there):
            await started(up)
        await accounts(direct, "anna", "ben", "carla")
        anna, ben, carla = [await Page.signed_in(there, name) for name in ("anna", "ben", "carla")]
        secret = await there.token("supervisor")
        agent, kept = Page(there, token=secret), Page(there, token=await there.token("supervisor"))
        pages = [anna, ben, carla, agent, kept]
        for page in pages:
            await stack.enter_async_context(page.open())
            assert await page.press() == 200
            assert await page.known_at(here)

        lines[1].close()
        assert await Page(here, anna.cookie).sign_out() == 303
        await revoke(direct, secret)
        for page in (anna, agent):
            await ended(page)
            assert not await page.known_at(there), f"page {pages.index(page)}"
        assert [await page.press() for page in (ben, carla, kept)] == [200] * 3
        assert not any(page.closed for page in (ben, carla, kept))
        assert await ben.sign_out() == 303
        await gone(ben, here)

        lines[0].close()
        assert await carla.sign_out() == 303
        await gone(carla, here)
        assert not await carla.known_at(there)
        assert await kept.press() == 200
        assert (await kept.ask(there, "GET", "/health/ready")).status_code == 200


async def revoke(url: str, secret: str) -> None:
    """Revokes as `aufruf tokens --revoke` does, while the nodes run."""
    engine = await open_database(url)
    access = await Access.open(engine, SystemClock(), lambda office: "")
    token = await access.tokens.verify(secret)
    assert token is not None
    assert await access.tokens.revoke(token.id)
    await close_database(engine)
