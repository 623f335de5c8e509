"""Browsers of staff on a real server, without their pages: an account, a sign-in, the supervisor's table, presses."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

import httpx
import msgspec
import websockets

from server.access.access import Access
from server.clock import SystemClock
from server.history.database import close_database, open_database
from server.messages.terms import Role
from tests.crash.up import OFFICE, Up

PASSWORD = "Kaffee um halb zehn"
SOON_S = 60.0
"""The contract says ten seconds, and `tests/access` and `tests/web` check each part of them; a machine may be slow."""


class Page:
    """Somebody's browser: signed in at one node, with the supervisor's table open there."""

    def __init__(self, up: Up, cookie: str | None = None, token: str | None = None) -> None:
        self.up, self.cookie, self._token = up, cookie, token
        self._headers = {"Cookie": cookie} if cookie else {"Authorization": f"Bearer {token}"}
        self.keys = 0

    @classmethod
    async def signed_in(cls, up: Up, name: str) -> Self:
        async with httpx.AsyncClient(trust_env=False, timeout=SOON_S) as client:
            form = {"account": name, "password": PASSWORD}
            answer = await client.post(f"{up.url}/sign-in", data=form, headers={"Origin": up.url})
        assert answer.status_code == 303, answer.text
        return cls(up, cookie=f"aufruf={answer.cookies['aufruf']}")

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Self]:
        headers = {"Origin": self.up.url, **self._headers}
        async with websockets.connect(self.up.live, additional_headers=headers, proxy=None, close_timeout=1) as line:
            self.line = line
            hello = {"type": "hello", "board": "supervisor", "token": self._token}
            await line.send(msgspec.json.encode(hello).decode())
            reading = asyncio.ensure_future(self._read())
            try:
                yield self
            finally:
                reading.cancel()

    async def _read(self) -> None:
        async for _ in self.line:
            pass

    @property
    def closed(self) -> bool:
        return self.line.close_code is not None

    async def press(self) -> int:
        self.keys += 1
        command = {"type": "issue_ticket", "services": ["ausweis"]}
        key = {"Idempotency-Key": f"{id(self)}-{self.keys}"}
        return (
            await self.ask(self.up, "POST", f"/api/v1/offices/{OFFICE}/commands", json=command, more=key)
        ).status_code

    async def known_at(self, up: Up) -> bool:
        return (await self.ask(up, "GET", "/api/v1/me")).status_code == 200

    async def sign_out(self) -> int:
        return (await self.ask(self.up, "POST", "/sign-out")).status_code

    async def ask(
        self, up: Up, method: str, path: str, json: Any = None, more: dict[str, str] | None = None
    ) -> httpx.Response:
        headers = {"Origin": up.url, **self._headers, **(more or {})}
        async with httpx.AsyncClient(trust_env=False, timeout=SOON_S) as client:
            return await client.request(method, f"{up.url}{path}", json=json, headers=headers)


async def accounts(url: str, *names: str, role: Role = "supervisor") -> None:
    """Accounts as `aufruf account` makes them, with passwords as their owners choose them."""
    engine = await open_database(url)
    access = await Access.open(engine, SystemClock(), lambda office: "")
    for name in names:
        await access.accounts.create(name, PASSWORD, [(role, OFFICE)])
    await close_database(engine)
