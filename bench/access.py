"""Who may in: signing in with a password, a token that is known, and how soon a revoked one is out on every node."""

import asyncio
import contextlib
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect

from bench.cluster import cluster, url
from bench.measuring import median, quantile
from bench.result import Claim, Result, spread
from bench.running import OFFICE, Server, start
from server.access.access import Access
from server.access.passwords import Passwords
from server.clock import SystemClock
from server.history.database import close_database, open_database
from server.keys import create_token, list_tokens, revoke_token

NODES, WALLS = 2, 10
NAME, PASSWORD = "bench", "Kaffee um halb zehn"
LIMIT_S = 60.0
HOW = """Two processes of `aufruf up` with one store and one database in a file. Sign-in: one account, with its password, sent as
the form of the page to one node after another over HTTP; argon2 is in it, and each browser is a new one. Beside each, the same
password is compared by argon2 alone, in this process. Token check: in this process, what every request and every socket asks
first, from the cache, without HTTP. Revocation: each of the nodes has ten walls open by one token; it is revoked in the database,
as `aufruf tokens revoke` does it, and the last wall is timed that is hung up on."""


async def measure(*, quick: bool) -> Result:
    tries, checks, rounds = (3, 1_000, 1) if quick else (60, 100_000, 5)
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as folder, cluster(1) as shards:
        place = Path(folder)
        database = f"sqlite:///{place / 'shared.db'}"
        shared = ("--redis", url(shards), "--database", database)
        nodes: list[Server] = []
        try:
            for at in range(NODES):
                nodes.append(start(place / f"node-{at}", more=shared))
                await asyncio.to_thread(nodes[-1].until_ready)
            check_us = await _checked(database, checks)
            passwords = Passwords()
            hashed = await passwords.hash(PASSWORD)
            signed, alone = list[float](), list[float]()
            for at in range(tries):
                signed.append(await _signed_in(nodes[at % NODES]))
                alone.append(await _compared(passwords, hashed))
            out = [await _revoked(nodes, database) for _ in range(rounds)]
        finally:
            for node in nodes:
                await asyncio.to_thread(node.stop)
    return _result(signed, alone, check_us, out)


async def _checked(database: str, many: int) -> float:
    """Makes the account too. Microseconds for one check."""
    engine = await open_database(database)
    try:
        access = await Access.open(engine, SystemClock(), lambda office: "")
        await access.accounts.create(NAME, PASSWORD, [("supervisor", OFFICE)])
        secret, _ = await access.tokens.create("display", (OFFICE,), "hall")
        await access.tokens.verify(secret)
        began = time.perf_counter()
        for _ in range(many):
            await access.tokens.verify(secret)
        return (time.perf_counter() - began) / many * 1e6
    finally:
        await close_database(engine)


async def _signed_in(node: Server) -> float:
    """Milliseconds."""
    at = f"http://127.0.0.1:{node.port}"
    async with httpx.AsyncClient(trust_env=False, timeout=LIMIT_S) as browser:
        began = time.perf_counter()
        form = {"account": NAME, "password": PASSWORD}
        answer = await browser.post(f"{at}/sign-in", data=form, headers={"Origin": at})
        lasted = time.perf_counter() - began
    if answer.status_code != 303:
        raise RuntimeError(f"{answer.status_code}: {answer.text[:500]}")
    return lasted * 1000


async def _compared(passwords: Passwords, hashed: str) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    if not await passwords.fits(hashed, PASSWORD):
        raise RuntimeError("argon2 does not know the password")
    return (time.perf_counter() - began) * 1000


async def _revoked(nodes: Sequence[Server], database: str) -> float:
    """Seconds until the last wall is hung up on."""
    data = nodes[0].data
    token = await create_token(data, database, "display", (OFFICE,), "hall", "bench", None)
    newest = (await list_tokens(data, database))[0]
    async with contextlib.AsyncExitStack() as ending:
        walls = [await ending.enter_async_context(_wall(node, token)) for node in nodes for _ in range(WALLS)]
        await asyncio.gather(*(_greeted(wall) for wall in walls))
        began = time.perf_counter()
        await revoke_token(data, database, str(newest["id"]))
        async with asyncio.timeout(LIMIT_S):
            await asyncio.gather(*(wall.wait_closed() for wall in walls))
        return time.perf_counter() - began


def _wall(node: Server, token: str) -> connect:
    place = f"ws://127.0.0.1:{node.port}/api/v1/offices/{OFFICE}/live"
    return connect(place, additional_headers={"Authorization": f"Bearer {token}"}, proxy=None)


async def _greeted(wall: ClientConnection) -> None:
    await wall.send(msgspec.json.encode({"type": "hello", "board": "display", "id": "hall"}).decode())
    async with asyncio.timeout(LIMIT_S):
        while msgspec.json.decode(await wall.recv())["type"] != "board":
            pass


def _result(signed: Sequence[float], alone: Sequence[float], check_us: float, out: Sequence[float]) -> Result:
    times = {"sign-in": signed, "argon2 alone": alone, "revoked": [lasted * 1000 for lasted in out]}
    return Result(
        name="access",
        title="Signing in, and the end of a token",
        how=HOW,
        claims=(
            Claim(what="sign-in with a password, p95", value=quantile(signed, 0.95), unit="ms", limit=300),
            Claim(what="sign-in, median, beside argon2 alone", value=median(signed) / median(alone), unit="times"),
            Claim(what="check of a token that is known", value=check_us, unit="microseconds", limit=50),
            Claim(what="a revoked token: the last socket on two nodes is closed", value=max(out), unit="s", limit=10),
            Claim(what="the same, median", value=median(out), unit="s"),
        ),
        tables=(spread("In milliseconds", ("", "p50", "p95"), times),),
    )
