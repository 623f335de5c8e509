"""An office in a Redis Cluster with two replicas a shard, while people press: it moves, its primary is killed, it moves on."""

import asyncio
import random
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest

from server.keys import create_token
from server.log import keys
from tests.crash.callers import Load
from tests.crash.cluster_site import ClusterSite, Shard, until
from tests.crash.conftest import MakeUp
from tests.crash.evidence import judge
from tests.crash.reading import log_of
from tests.crash.up import OFFICE, ROOT

SAMPLE = ROOT / "config" / "offices" / "mitte.toml"
pytestmark = pytest.mark.calm


@pytest.fixture
def site() -> Iterator[ClusterSite]:
    """Three shards with two replicas each: one store may die, and an entry is still in two places."""
    with ClusterSite(replicas=2) as made:
        yield made


def moved(site: ClusterSite) -> Shard:
    """The office's slot goes to another primary, half of it at a time."""
    home = site.home(OFFICE)
    to = next(shard for shard in site.all if shard is not home and shard.is_primary())
    site.move(OFFICE, to, rest_s=0.1)
    return to


def homed(site: ClusterSite, away: Shard) -> bool:
    """Whether another primary has the office's slot since `away` died."""
    try:
        return site.home(OFFICE) is not away
    except AssertionError:
        return False


async def test_a_living_office_moves_and_loses_its_primary(
    make_up: MakeUp, site: ClusterSite, tmp_path: Path, rng: random.Random
) -> None:
    database = f"sqlite:///{tmp_path / 'shared.db'}"
    ups = [make_up("--replicas", "1", redis=site.url, database=database) for _ in range(2)]
    for up in ups:
        up.launch()
    for up in ups:
        await up.ready()
    token = await ups[0].token("supervisor")
    async with Load([up.url for up in ups], token, rng.randrange(2**32)) as load:
        load.gate.open()
        await load.acknowledged(100)
        first = await asyncio.to_thread(moved, site)
        await load.acknowledged(100)
        first.kill()
        await asyncio.to_thread(until, lambda: homed(site, first), "a replica was promoted")
        second = site.home(OFFICE)
        await load.acknowledged(100)
        first.start()
        await asyncio.to_thread(until, site.whole, "the dead one is back, as a replica")
        third = await asyncio.to_thread(moved, site)
        await load.acknowledged(100)
        await load.gate.close()
        logs = [await log_of(up, token, load.record.seq) for up in ups]

    assert first is not second is not third
    for log in logs:
        verdict = judge(load.record, log)
        assert verdict.clean, verdict
    assert load.record.faults == []


@pytest.fixture
def single() -> Iterator[ClusterSite]:
    """Three shards without replicas, as stores.md says to set them."""
    with ClusterSite() as made:
        for shard in made.all:
            shard.told("CONFIG", "SET", "cluster-require-full-coverage", "no")
        yield made


def files_of(offices: Sequence[str], folder: Path) -> list[str]:
    """The options for these offices, each as the sample."""
    text = SAMPLE.read_text(encoding="utf-8")
    for office in offices:
        named = text.replace('id = "mitte"', f'id = "{office}"', 1)
        (folder / f"{office}.toml").write_text(named, encoding="utf-8")
    return [word for office in offices for word in ("--office", str(folder / f"{office}.toml"))]


async def test_one_server_serves_offices_of_every_shard(make_up: MakeUp, site: ClusterSite, tmp_path: Path) -> None:
    offices = ["nord", "sued", "ost", "west", "hafen", "rathaus"]
    assert {site.home(office).port for office in offices} == {shard.port for shard in site.primaries}

    up = make_up(*files_of(offices, tmp_path), redis=site.url)
    await up.start()

    for office in offices:
        assert int(site.home(office).told("XLEN", keys.log(office))) > 0


async def test_when_a_shard_is_lost_the_offices_of_the_others_stay_open(
    make_up: MakeUp, single: ClusterSite, tmp_path: Path
) -> None:
    home = single.home("nord")
    lives = next(name for number in range(100) if single.home(name := f"office-{number}") is not home)
    up = make_up(*files_of(("nord", lives), tmp_path), redis=single.url)
    await up.start()
    token = await create_token(up.data, None, "supervisor", ("nord", lives), None, "test", None)
    head = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=f"{up.url}/api/v1/offices", headers=head, timeout=20, trust_env=False) as it:

        async def press(office: str, command: str) -> int:
            key = {"Idempotency-Key": uuid.uuid4().hex}
            return (
                await it.post(f"/{office}/commands", json={"type": command, "counter": "1"}, headers=key)
            ).status_code

        assert [await press(office, "open_counter") for office in ("nord", lives)] == [200, 200]
        home.kill()
        assert await press("nord", "close_counter") == 503

        assert [await press(lives, command) for command in ("close_counter", "open_counter") * 5] == [200] * 10
        assert await press("nord", "close_counter") == 503
