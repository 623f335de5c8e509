"""A Redis Cluster under load: the office moves to another shard, then its shard dies. Nothing lost, nobody called twice."""

import asyncio
import random
from pathlib import Path

from tests.crash.callers import Load
from tests.crash.cluster_site import ClusterSite, until
from tests.crash.conftest import MakeUp
from tests.crash.evidence import judge
from tests.crash.figures import Figures
from tests.crash.reading import log_of
from tests.crash.up import OFFICE


async def test_a_living_office_moves_to_another_shard_and_its_shard_dies(
    make_up: MakeUp, tmp_path: Path, rng: random.Random, figures: Figures
) -> None:
    """Two nodes, three shards with a replica each; acknowledged means replicated."""
    with ClusterSite(replicas=1) as site:
        shared = f"sqlite:///{tmp_path / 'shared.db'}"
        ups = [make_up("--replicas", "1", redis=site.url, database=shared) for _ in range(2)]
        for up in ups:
            up.launch()
        for up in ups:
            await up.ready()
        token = await ups[0].token("supervisor")
        async with Load([up.url for up in ups], token, rng.randrange(2**32)) as load:
            load.gate.open()
            await load.acknowledged(100)

            source = site.home(OFFICE)
            target = next(shard for shard in site.primaries if shard is not source)
            await asyncio.to_thread(site.move, OFFICE, target, 0.2)
            await load.acknowledged(100)

            target.kill()
            await asyncio.to_thread(
                until, lambda: any(one.is_primary() for one in site.replicas), "a replica is promoted"
            )
            await asyncio.to_thread(target.start)  # as its service manager does: it is the replica now
            await load.acknowledged(100)
            await load.gate.close()
            log = await log_of(ups[1], token, load.record.seq)
        for up in ups:
            await up.end()

    verdict = judge(load.record, log)
    figures.note(
        "A Redis Cluster: the office's slot moved, then its shard died",
        acknowledged=verdict.acknowledged,
        attempts_repeated=dict(load.record.again),
        lost=len(verdict.lost),
        doubled=len(verdict.doubled),
    )
    assert verdict.clean, verdict
    assert load.record.faults == []
