"""Three failovers under load: a primary dies, one is cut off together with a node, one is replaced while it lives.

Run by test_replicas in namespaces of its own. Usage: python -m tests.crash.replica_day FOLDER [DOWN_AFTER_MS]. Prints its
figures as JSON on the last line; if a promise failed, what everybody wrote goes to stderr.
"""

import asyncio
import contextlib
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import redis

from tests.crash.callers import Load
from tests.crash.evidence import Verdict, judge
from tests.crash.reading import log_of
from tests.crash.replica_site import DOWN_AFTER_MS, Machine, Site, site
from tests.crash.up import Up
from tests.crash.walls import Wall, watching, wrong

LIMIT_S = 30.0
PROMISES = ("lost", "listed", "doubled", "gaps", "boards_that_differ_after_1_s", "faults")
"""Figures that must be empty lists."""


async def live(site: Site, folder: Path) -> dict[str, Any]:
    """Node A on machine 1, node B on machine 2; callers reach both over the other switch."""
    database = f"sqlite:///{folder / 'shared.db'}"
    ups = [
        Up(folder / machine.name, "--replicas", "1", redis=site.url(machine), database=database, host=machine.hand,
           before=machine.inside)
        for machine in site.machines[:2]
    ]  # fmt: skip
    try:
        for up in ups:
            await up.start()
        figures = await day(site, ups)
        if any(figures[promise] for promise in PROMISES):
            tell(site, ups)
        return figures
    except BaseException:
        tell(site, ups)
        raise
    finally:
        for up in ups:
            await up.end()


def tell(site: Site, ups: list[Up]) -> None:
    print(site.words(), *(up.words() for up in ups), sep="\n", file=sys.stderr)


async def day(site: Site, ups: list[Up]) -> dict[str, Any]:
    token = await ups[0].token("supervisor")
    walls = [Wall(up.live, "display", "hall") for up in ups]
    figures: dict[str, Any] = {}
    async with watching(walls), Load([up.url for up in ups], token, random.randrange(2**32)) as load:
        load.gate.open()
        await load.acknowledged(200)
        figures["failover"] = await failover(site, load)
        figures["cut_off"] = await cut_off(site, load, ups)
        figures["replaced"] = await replaced(site, load, ups)
        await load.gate.close()
        unequal = [one for up in ups for one in (await wrong(walls, up, time.monotonic() + 1)).walls]
        logs = [await log_of(up, token, load.record.seq) for up in ups]
    verdicts = [judge(load.record, log) for log in logs]
    report(figures, load, verdicts, unequal)
    same = [[(event["seq"], event["mark"]) for event in log[: min(map(len, logs))]] for log in logs]
    assert same[0] == same[1]
    return figures


async def failover(site: Site, load: Load) -> dict[str, Any]:
    """The primary dies under load; it comes back as a replica of its successor."""
    old = site.primary(site.machines[2])
    old.kill_store()
    begun = time.monotonic()
    new = await another(site, site.machines[2], old)
    await load.acknowledged(100)
    again_s = time.monotonic() - begun
    old.start_store(new.address)
    await whole_again(site, site.machines[2])
    return {"from": old.name, "to": new.name, "pressing_goes_on_after_s": round(again_s, 1)}


async def cut_off(site: Site, load: Load, ups: list[Up]) -> dict[str, Any]:
    """The primary goes on, alone with the node beside it: nothing that it takes may be acknowledged."""
    old = site.primary(site.machines[2])
    seat = next((number for number, machine in enumerate(site.machines) if machine is old), 2)
    witness = site.machines[(seat + 1) % 3]
    old.cut_off()
    begun = time.monotonic()
    new = await another(site, witness, old)
    await load.acknowledged(100)
    again_s = time.monotonic() - begun
    old.reconnect()
    await whole_again(site, witness)
    await load.acknowledged(100)
    for up in ups:
        await up.ready()
    return {"from": old.name, "to": new.name, "pressing_goes_on_after_s": round(again_s, 1)}


async def replaced(site: Site, load: Load, ups: list[Up]) -> dict[str, Any]:
    """The primary lives and learns a second after the promotion that it was replaced. Then both nodes, which could restore, die.

    What was acknowledged in that second must be in the store with which the office goes on, because nobody else is left who
    knows it.
    """
    witness = site.machines[2]
    await at_rest(site)
    old = site.primary(witness)
    site.replace_primary(witness)
    begun = time.monotonic()
    new = await another(site, witness, old)
    for up in ups:
        up.kill()
    for up in ups:
        up.launch()
    for up in ups:
        await up.ready()
    await load.acknowledged(100)
    again_s = time.monotonic() - begun
    await whole_again(site, witness)
    return {"from": old.name, "to": new.name, "pressing_goes_on_after_s": round(again_s, 1)}


async def at_rest(site: Site) -> None:
    """Waits until every Sentinel knows all replicas; otherwise one could make a replica follow a primary that another Sentinel
    has replaced."""
    deadline = time.monotonic() + LIMIT_S
    while not all(site.follow(machine) for machine in site.machines):
        assert time.monotonic() < deadline, "the Sentinels have not heard of each other's doings"
        await asyncio.sleep(0.05)


async def another(site: Site, asked: Machine, old: Machine) -> Machine:
    """The primary according to `asked`, once it is not `old` and takes writes."""
    deadline = time.monotonic() + LIMIT_S
    while True:
        with contextlib.suppress(redis.RedisError, OSError, StopIteration):
            found = site.primary(asked)
            if found is not old and found.told("ROLE")[0] in (b"master", "master"):
                return found
        assert time.monotonic() < deadline, "no failover"
        await asyncio.sleep(0.05)


async def whole_again(site: Site, asked: Machine) -> None:
    """Waits until the primary, whichever it is, has two replicas."""
    deadline = time.monotonic() + LIMIT_S
    while True:
        with contextlib.suppress(redis.RedisError, OSError, StopIteration):
            role = site.primary(asked).told("ROLE")
            if role[0] in (b"master", "master") and len(role[2]) == 2:
                return
        assert time.monotonic() < deadline, "the replicas are not back"
        await asyncio.sleep(0.05)


def report(figures: dict[str, Any], load: Load, verdicts: list[Verdict], unequal: list[str]) -> None:
    figures |= {
        "acknowledged": verdicts[0].acknowledged,
        "attempts_repeated": dict(load.record.again),
        "listed": [each for verdict in verdicts for each in verdict.listed],
        "lost": [each for verdict in verdicts for each in verdict.lost],
        "doubled": [each for verdict in verdicts for each in verdict.doubled],
        "gaps": [each for verdict in verdicts for each in verdict.gaps],
        "boards_that_differ_after_1_s": unequal,
        "faults": load.record.faults,
    }


def main() -> None:
    folder = Path(sys.argv[1])
    down_after_ms = int(sys.argv[2]) if len(sys.argv) > 2 else DOWN_AFTER_MS
    with site(down_after_ms) as built:
        print(json.dumps(asyncio.run(live(built, folder))))


if __name__ == "__main__":
    main()
