"""A whole city behind one address: phones and displays come back together, beside lines that never say a word."""

import asyncio
import contextlib
import random
import secrets
import time
from collections.abc import AsyncIterator
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest

from bench.gathering import Gathering, gathering
from bench.pressing import HALL, LIVE
from server.history.database import default_url
from server.web.line.lines import OF_ADDRESS
from tests.crash.beside import beside
from tests.crash.callers import Caller
from tests.crash.conftest import MakeUp
from tests.crash.evidence import Record
from tests.crash.figures import Figures
from tests.crash.staff import Page, accounts
from tests.crash.up import OFFICE, Up

CITY, TOWN = (10_000, 1_000), (1_000, 100)
"""Phones and displays: at the long size, and every day."""
SILENT = 3_000
OF_ONE_TICKET = 5
"""Phones of one link: as many as it may have."""
AT_ONCE = 16
VISIT_S = 2.0
"""Between two visits of the clerk: each visit moves every phone of the line forward and changes every wall."""
LONG_S = 120.0
DOORS = tuple(f"127.0.0.{n}" for n in range(2, 8))
"""The server has several addresses here; whoever connects to one of them comes from 127.0.0.1, as the silent lines do."""
SERVICES = ("meldung", "kfz", "urkunden", "soziales")
"""All but the one that the clerk calls from."""


@contextlib.asynccontextmanager
async def silent_lines(up: Up) -> AsyncIterator[list[str]]:
    """Opens this many from another process; afterwards the list holds what that process says about their ends."""
    said: list[str] = []
    async with beside("silent_lines", up.port, SILENT, limit_s=LONG_S) as program:
        assert await program.hear() == ["open", str(SILENT)]
        yield said
        said += await program.end()


async def links(hand: Caller, count: int) -> list[str]:
    """The links of new tickets, drawn at the reception."""

    async def some(service: str) -> list[str]:
        drawn = [await hand.press(type="issue_ticket", services=[service]) for _ in range(count // AT_ONCE + 1)]
        return [one["result"]["ticket"]["secret"] for one in drawn]

    made = await asyncio.gather(*(some(SERVICES[n % len(SERVICES)]) for n in range(AT_ONCE)))
    return [secret for part in made for secret in part][:count]


def peers(up: Up) -> set[str]:
    """The addresses from which lines to the server are open."""
    found = psutil.Process(up.pid).net_connections("tcp")
    return {line.raddr.ip for line in found if line.status == psutil.CONN_ESTABLISHED and line.laddr.port == up.port}


class Clerk:
    """Signs in at the same address and serves; each request is a new line, as silent as the others until it is read."""

    def __init__(self, up: Up) -> None:
        self._up = up
        self.slowest_s = 0.0
        self.served = 0

    async def signs_in(self) -> None:
        begun = time.monotonic()
        self._page = await Page.signed_in(self._up, "frau-muster")
        self._took(begun)

    async def press(self, **command: Any) -> dict[str, Any]:
        begun = time.monotonic()
        key = {"Idempotency-Key": secrets.token_hex(8)}
        answer = await self._page.ask(self._up, "POST", f"/api/v1/offices/{OFFICE}/commands", json=command, more=key)
        assert answer.status_code == 200, answer.text
        self._took(begun)
        said: dict[str, Any] = answer.json()
        return said

    async def serves(self) -> None:
        """One visit."""
        await self.press(type="issue_ticket", services=["ausweis"])
        await self.press(type="call_next", counter="1")
        await self.press(type="start_service", counter="1")
        await self.press(type="finish_service", counter="1")
        self.served += 1

    def _took(self, begun: float) -> None:
        self.slowest_s = max(self.slowest_s, time.monotonic() - begun)


async def joined(crowd: Gathering, up: Up, hellos: list[dict[str, Any]]) -> float:
    """Waits until each has its first board; returns how long that took. Raises if a line is ended before that."""
    begun = time.monotonic()
    async with asyncio.timeout(LONG_S):
        await asyncio.to_thread(crowd.join, up.port, LIVE, hellos, DOORS)
    assert crowd.size == len(hellos)
    return time.monotonic() - begun


@pytest.fixture
async def up(make_up: MakeUp) -> Up:
    made = make_up("--host", "0.0.0.0")  # every address of this machine
    await made.start()
    await accounts(default_url(made.data), "frau-muster", role="clerk")
    return made


async def test_a_city_of_phones_and_displays_comes_back_behind_one_address_beside_silent_lines(
    up: Up, rng: random.Random, figures: Figures, soak: bool
) -> None:
    """All get their board, a clerk of the same address signs in and serves meanwhile, and only silent lines are ended."""
    many_phones, displays = CITY if soak else TOWN
    record, clerk = Record(), Clerk(up)
    hand = Caller([up.url], await up.token("desk"), record, rng)
    secrets_of = await links(hand, many_phones // OF_ONE_TICKET)
    phones = [{"type": "hello", "board": "ticket", "id": secret} for secret in secrets_of * OF_ONE_TICKET]
    with gathering() as walls, gathering() as hands:
        async with silent_lines(up) as silent:
            coming = asyncio.gather(joined(walls, up, [HALL] * displays), joined(hands, up, phones))
            await clerk.signs_in()
            await clerk.press(type="open_counter", counter="1")
            while not coming.done():
                await clerk.serves()
                await asyncio.wait({coming}, timeout=VISIT_S)
            walls_s, hands_s = await coming
            await clerk.signs_in()
            await clerk.press(type="issue_ticket", services=["ausweis"])
            called = await clerk.press(type="call_next", counter="1")
            await asyncio.to_thread(walls.everybody_saw, called["seq"], LONG_S)
            await asyncio.to_thread(hands.report)  # raises if a phone was lost
        lines = psutil.Process(up.pid).num_fds()
        from_where = peers(up)
    await hand.close()

    ended, order = silent
    figures.note(
        "A city behind one address",
        phones=many_phones,
        displays=displays,
        silent_lines=SILENT,
        displays_back_after_s=round(walls_s, 1),
        phones_back_after_s=round(hands_s, 1),
        served_meanwhile=clerk.served,
        slowest_press_of_the_clerk_s=round(clerk.slowest_s, 2),
        silent_lines_ended=int(ended.split()[1]),
        memory_MB=psutil.Process(up.pid).memory_info().rss // 2**20,
    )
    assert from_where == {"127.0.0.1"}
    assert order == "oldest first"
    assert int(ended.split()[1]) >= SILENT - OF_ADDRESS
    assert lines > many_phones + displays
    assert (record.faults, record.again) == ([], {})
