"""Rules and dashboard are tried on a real Prometheus that scrapes a real server: queries find something, rules are evaluated."""

import asyncio
import contextlib
import random
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
import pytest_asyncio

from tests.crash.callers import Caller
from tests.crash.evidence import Record
from tests.crash.up import OFFICE, ROOT, Up, free_port
from tests.deploy.dashboard import NEEDED, QUERIES, RARE, everywhere

PLACE = ROOT / "deploy" / "prometheus"
LIMIT_S = 60.0
pytestmark = pytest.mark.asyncio(loop_scope="module")


class Watched(NamedTuple):
    """A server that was used, and the Prometheus that watched it."""

    url: str

    async def asked(self, path: str, **query: str) -> Any:
        async with httpx.AsyncClient(base_url=self.url, timeout=LIMIT_S, trust_env=False) as client:
            return (await client.get(f"/api/v1/{path}", params=query)).json()


def installed(folder: Path, token: str, server: int) -> Path:
    """The files of deploy/prometheus with this server, its token and a shorter interval."""
    for name in ("prometheus.yml", "aufruf.rules.yml"):
        shutil.copy(PLACE / name, folder / name)
    (folder / "aufruf.token").write_text(token)
    text = (folder / "prometheus.yml").read_text()
    for said, ours in (
        ("/etc/prometheus/aufruf.token", str(folder / "aufruf.token")),
        ("127.0.0.1:8080", f"127.0.0.1:{server}"),
        ("15s", "1s"),
    ):
        assert said in text
        text = text.replace(said, ours)
    (folder / "prometheus.yml").write_text(text)
    return folder / "prometheus.yml"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def watched(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Watched]:
    folder = tmp_path_factory.mktemp("watched")
    up, port = Up(folder / "node"), free_port()
    await up.start()
    file = installed(folder, await up.token("observer"), up.port)
    words = [
        "--config.file",
        str(file),
        "--storage.tsdb.path",
        str(folder / "kept"),
        "--web.listen-address",
        f"127.0.0.1:{port}",
    ]
    with (folder / "out").open("wb") as out:
        process = subprocess.Popen(["prometheus", *words], stdout=out, stderr=out)
    try:
        found = Watched(f"http://127.0.0.1:{port}")
        await _used(up, found)
        yield found
    finally:
        process.terminate()
        process.wait(LIMIT_S)
        await up.end()


async def _used(up: Up, found: Watched) -> None:
    """Some presses while Prometheus looks, until a rate over its samples can be told."""
    token = await up.token("supervisor")
    caller, table = (
        Caller([up.url], token, Record(), random.Random(1)),
        f"{up.url}/api/v1/offices/{OFFICE}/boards/supervisor",
    )
    await caller.press(type="open_counter", counter="1")  # without a counter nobody can say how long it takes
    async with asyncio.timeout(LIMIT_S):
        while True:
            await caller.press(type="issue_ticket", services=["ausweis"])
            await caller.press(type="call_ticket", ticket="nobody", counter="1")
            async with httpx.AsyncClient(trust_env=False) as client:  # somebody looks, so the forecast runs
                await client.get(table, headers={"Authorization": f"Bearer {token}"})
            with contextlib.suppress(httpx.TransportError):  # Prometheus is still starting
                answers = [await found.asked("query", query=query) for query in NEEDED]
                if all(answer["status"] == "success" and answer["data"]["result"] for answer in answers):
                    break
            await asyncio.sleep(0.3)
    await caller.close()


async def test_promtool_finds_nothing_wrong(tmp_path: Path) -> None:
    file = installed(tmp_path, "aufruf_x", 8080)

    said = subprocess.run(["promtool", "check", "config", str(file)], capture_output=True, text=True, timeout=LIMIT_S)

    assert said.returncode == 0, said.stdout + said.stderr
    assert "SUCCESS: 13 rules found" in said.stdout


async def test_every_rule_is_evaluated_without_a_fault(watched: Watched) -> None:
    async with asyncio.timeout(LIMIT_S):
        while True:
            (group,) = (await watched.asked("rules"))["data"]["groups"]
            if all(rule["health"] != "unknown" for rule in group["rules"]):
                break
            await asyncio.sleep(0.3)

    assert [(rule["name"], rule.get("lastError")) for rule in group["rules"] if rule["health"] != "ok"] == []


async def test_every_metric_of_a_rule_exists(watched: Watched) -> None:
    """A rule on a metric that was renamed would never fire."""
    names = set((await watched.asked("label/__name__/values"))["data"])
    asked = set(re.findall(r"aufruf_[a-z_]+", (PLACE / "aufruf.rules.yml").read_text(encoding="utf-8")))

    assert asked - names - RARE == set()


@pytest.mark.parametrize("query", QUERIES)
async def test_every_query_of_the_dashboard_gives_a_series(watched: Watched, query: str) -> None:
    answer = await watched.asked("query", query=everywhere(query))

    assert answer["status"] == "success", answer
    assert answer["data"]["result"], query


async def test_no_alert_fires_on_a_server_that_is_well(watched: Watched) -> None:
    fires = (await watched.asked("alerts"))["data"]["alerts"]

    assert [one["labels"]["alertname"] for one in fires if one["labels"].get("severity") == "critical"] == []
