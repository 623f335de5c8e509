"""A pair of stores loses one: with `--accept-one-store` pressing goes on and everybody reads that there is no second copy."""

import asyncio
import random
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.crash.callers import Load
from tests.crash.conftest import MakeUp
from tests.crash.evidence import judge
from tests.crash.pair_site import PairSite, until
from tests.crash.reading import log_of
from tests.crash.stores import DEBIAN
from tests.crash.up import OFFICE, Up

SAYS = "one_store: degraded: one store, no second copy"
LIMIT_S = 40.0
pytestmark = [
    pytest.mark.calm,
    pytest.mark.skipif(not DEBIAN.exists(), reason="redis-server is not installed: make system"),
]


@pytest.fixture
def site() -> Iterator[PairSite]:
    with PairSite() as made:
        yield made


async def asked(up: Up, path: str, token: str = "") -> httpx.Response:
    async with httpx.AsyncClient(base_url=up.url, timeout=10, trust_env=False) as client:
        return await client.get(path, headers={"Authorization": f"Bearer {token}"} if token else {})


async def press(up: Up, token: str) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": secrets.token_hex(8)}
    async with httpx.AsyncClient(base_url=up.url, timeout=10, trust_env=False, headers=headers) as client:
        command = {"type": "issue_ticket", "services": ["ausweis"]}
        return await client.post(f"/api/v1/offices/{OFFICE}/commands", json=command)


async def shows(up: Up, degraded: bool) -> bool:
    """Whether readiness, and metrics with it, say so."""
    said = (await asked(up, "/health/ready")).json().get("degraded", [])
    return any(line.startswith(SAYS) for line in said) is degraded


async def come_to(up: Up, degraded: bool) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not await shows(up, degraded):
        assert time.monotonic() < deadline, (await asked(up, "/health/ready")).text
        await asyncio.sleep(0.1)


async def measured(up: Up) -> dict[str, float]:
    token = await up.token("observer")
    lines = (await asked(up, "/metrics", token)).text.splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[:1] != "#")}


async def test_it_goes_on_with_the_one_that_is_left_and_says_so(
    make_up: MakeUp, site: PairSite, tmp_path: Path, rng: random.Random
) -> None:
    """The primary is killed under load. A second server, without the option, goes on refusing; nothing confirmed is lost."""
    database = f"sqlite:///{tmp_path / 'shared.db'}"
    option = ("--replicas", "1", "--accept-one-store")
    going_on, refusing = (make_up(*given, redis=site.url, database=database) for given in (option, option[:2]))
    for up in (going_on, refusing):
        await up.start()
    token = await going_on.token("supervisor")
    assert await shows(going_on, degraded=False)

    async with Load([going_on.url], token, rng.randrange(2**32)) as load:
        load.gate.open()
        await load.acknowledged(100)
        site.first.kill()
        await asyncio.to_thread(until, lambda: site.primary() is site.second, "the second store is the primary")
        await load.acknowledged(100)
        await come_to(going_on, degraded=True)
        found = await measured(going_on)
        assert (found['aufruf_worry{code="one_store",office=""}'], found["aufruf_store_durable"]) == (1.0, 0.0)

        answer = await press(refusing, token)
        assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")
        await load.acknowledged(100)

        await asyncio.to_thread(site.back)
        await asyncio.to_thread(until, lambda: site.followers(site.second) == 1, "the first store follows the second")
        await come_to(going_on, degraded=False)
        await load.acknowledged(100)
        await load.gate.close()
        await refusing.ready()
        logs = [await log_of(up, token, load.record.seq) for up in (going_on, refusing)]

    found = await measured(going_on)
    assert (found['aufruf_worry{code="one_store",office=""}'], found["aufruf_store_durable"]) == (0.0, 1.0)
    for log in logs:
        verdict = judge(load.record, log)
        assert verdict.clean, verdict
    assert load.record.faults == []


async def test_without_agreement_it_does_not_go_on(make_up: MakeUp, site: PairSite) -> None:
    """The replica is lost, and so are two of three Sentinels: nobody can say that the primary is not being replaced."""
    up = make_up("--replicas", "1", "--accept-one-store", redis=site.url)
    await up.start()
    token = await up.token("supervisor")
    assert (await press(up, token)).status_code == 200
    site.lose_watchers(2)
    site.second.kill()
    await come_to(up, degraded=True)

    for _ in range(20):  # together longer than a replica is waited for
        assert (await press(up, token)).status_code == 503
