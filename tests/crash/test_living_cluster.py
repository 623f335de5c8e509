"""An office in a Redis Cluster with two replicas a shard, while people press: it moves, its primary is killed, it moves on."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

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


async def test_one_server_serves_offices_of_every_shard(make_up: MakeUp, site: ClusterSite, tmp_path: Path) -> None:
    offices = ["nord", "sued", "ost", "west", "hafen", "rathaus"]
    text, files = SAMPLE.read_text(encoding="utf-8"), []
    for office in offices:
        files.append(tmp_path / f"{office}.toml")
        files[-1].write_text(text.replace('id = "mitte"', f'id = "{office}"', 1), encoding="utf-8")
    assert {site.home(office).port for office in offices} == {shard.port for shard in site.primaries}

    up = make_up(*(word for file in files for word in ("--office", str(file))), redis=site.url)
    await up.start()

    for office in offices:
        assert int(site.home(office).told("XLEN", keys.log(office))) > 0
