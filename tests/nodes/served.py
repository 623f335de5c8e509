"""An app on a free port of loopback, as `aufruf up` serves it. Used by the tests of web and of the contract."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from argon2 import PasswordHasher
from starlette.types import ASGIApp

from server.access.passwords import Passwords
from server.web.line.serving import Server, listener, server
from tests.nodes.talk import LONG


def quick_passwords() -> Passwords:
    """The same hash with the least work: the tests check who is let in, not how long an attacker would need."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[int]:
    """The port."""
    bound = listener("127.0.0.1", 0)
    serving = server(app)
    running = asyncio.create_task(serving.serve(sockets=[bound]))
    try:
        async with asyncio.timeout(LONG):
            while not serving.started:
                await asyncio.sleep(0)
        yield bound.getsockname()[1]
    finally:
        await ended(serving, running)
        bound.close()


async def ended(serving: Server, running: "asyncio.Task[None]") -> None:
    """As uvicorn ends: what was being asked comes to its end, and gives back its connection to the database."""
    serving.should_exit = True
    await running
