"""`aufruf up` on an external store: refused at once, waited for, or opened with a warning."""

import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.crash.conftest import MakeUp, RunStore
from tests.crash.up import OFFICE, Up

pytestmark = pytest.mark.calm


def asked(up: Up, path: str, token: str) -> httpx.Response:
    return httpx.get(f"{up.url}{path}", headers={"Authorization": f"Bearer {token}"}, trust_env=False)


def codes(answer: httpx.Response) -> list[str]:
    return [line.split(":")[0] for line in answer.json()["degraded"]]


async def test_a_store_that_may_forget_opens_the_office_and_is_told_until_somebody_accepts_it(
    make_up: MakeUp, run_store: RunStore, debian: Path
) -> None:
    store = run_store(debian, "--appendonly", "no", "--maxmemory-policy", "allkeys-lru")
    up = make_up(redis=store.url)
    await up.start()
    token = await up.token("supervisor")
    ready = asked(up, "/health/ready", token)
    table: dict[str, Any] = asked(up, f"/api/v1/offices/{OFFICE}/boards/supervisor", token).json()
    metrics = asked(up, "/metrics", await up.token("observer")).text

    assert (ready.status_code, codes(ready)) == (200, ["durability"])
    assert "appendonly is no" in ready.text
    assert [worry["code"] for worry in table["worries"]] == ["durability"]
    assert "aufruf_store_durable 0.0" in metrics
    assert "appendonly is no" in up.words()
    assert await up.terminate() == 0

    accepted = make_up("--accept-weak-store", redis=store.url)
    await accepted.start()
    assert "durability" not in codes(asked(accepted, "/health/ready", await accepted.token("supervisor")))


@pytest.mark.parametrize(
    ("options", "query", "said"),
    [
        (("--requirepass", "right"), "", "does not let us in"),
        ((), "?db=99", "no database of that number"),
        (("--cluster-enabled", "yes"), "", "is a Redis Cluster"),
    ],
)
async def test_a_store_that_will_never_do_ends_the_start_with_one_line(
    make_up: MakeUp, run_store: RunStore, options: tuple[str, ...], query: str, said: str
) -> None:
    store = run_store(None, *options)
    up = make_up(redis=f"{store.url}{query}")
    began = time.monotonic()
    up.launch()
    code = await up.ended()

    assert code == 1
    assert time.monotonic() - began < 30
    assert [line for line in up.words().splitlines() if said in line]
    assert "Traceback" not in up.words()
    assert "Aufruf is open" not in up.words()


async def test_a_user_of_the_store_who_may_use_one_office_only_ends_the_start_of_two(
    make_up: MakeUp, run_store: RunStore
) -> None:
    narrow = ("~{o:mitte}:*", "~{aufruf}:*", "~once:*", "~left:*", "&*", "+@all")
    store = run_store(None, "--user", "default", "on", "nopass", *narrow)
    up = make_up("--office", "mitte", "--office", "rathaus", redis=store.url)
    up.launch()

    assert await up.ended() == 1
    assert "may not use {o:rathaus}:log; the office needs the right ~{o:rathaus}:*\n" in up.words()
    assert "Aufruf is open" not in up.words()
