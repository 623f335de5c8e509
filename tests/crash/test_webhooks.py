"""A server is killed between the append of an event and its delivery, again and again: another system misses nothing."""

import asyncio
import base64
import random
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from standardwebhooks.webhooks import Webhook as Reference

from tests.crash.conftest import MakeUp, RunStore
from tests.crash.up import OFFICE, ROOT, Up
from tests.letters.sinks import WebSink, web_sink

SECRET = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
KINDS = ("ticket_issued", "ticket_cancelled")
KILLS, TICKETS = 3, 12
ALL_S = 90.0
"""A lease of the killed node ends after 20 s, and a pause after a try lasts up to 30 s."""


@asynccontextmanager
async def receiver(folder: Path) -> AsyncIterator[tuple[WebSink, Path]]:
    """A real receiver on loopback, and an office file that names it."""
    async with web_sink() as sink:
        (folder / "portal.secret").write_text(SECRET)
        office = folder / f"{OFFICE}.toml"
        sample = (ROOT / "config" / "offices" / f"{OFFICE}.toml").read_text(encoding="utf-8")
        hook = f'[[webhooks]]\nid = "portal"\naddress = "{sink.url}"\nsecret_file = "portal.secret"\nevents = {list(KINDS)}\n'
        office.write_text(f"{sample}\n{hook}", encoding="utf-8")
        yield sink, office


async def press(up: Up, token: str, command: dict[str, Any]) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": secrets.token_hex(8)}
    async with httpx.AsyncClient(timeout=20, trust_env=False) as client:
        answer = await client.post(f"{up.url}/api/v1/offices/{OFFICE}/commands", json=command, headers=headers)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def log(up: Up, token: str) -> list[tuple[int, str]]:
    """What the log has of these kinds: seq and type."""
    found: list[tuple[int, str]] = []
    after = 0
    async with httpx.AsyncClient(timeout=20, trust_env=False) as client:
        while True:
            url = f"{up.url}/api/v1/offices/{OFFICE}/events?after={after}&limit=1000"
            events = (await client.get(url, headers={"Authorization": f"Bearer {token}"})).json()["events"]
            if not events:
                return found
            found += [(event["seq"], event["type"]) for event in events if event["type"] in KINDS]
            after = events[-1]["seq"]


def told(sink: WebSink) -> list[tuple[int, str]]:
    """What the receiver has, each letter where it came first."""
    reference = Reference(SECRET)
    found: dict[str, tuple[int, str]] = {}
    for headers, body in sink.posts:
        said = reference.verify(body, headers)
        found.setdefault(headers["webhook-id"], (said["data"]["seq"], said["type"]))
    return list(found.values())


async def all_told(sink: WebSink, wanted: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Waits until the receiver has the last one."""
    async with asyncio.timeout(ALL_S):
        while wanted[-1] not in told(sink):
            await asyncio.sleep(0.1)
    return told(sink)


async def test_nothing_is_lost_when_the_server_is_killed_between_append_and_delivery(
    make_up: MakeUp, tmp_path: Path, rng: random.Random
) -> None:
    async with receiver(tmp_path) as (sink, office):
        up = make_up("--office", str(office))
        await up.start()
        token = await up.token("supervisor")
        desk = await up.token("desk")
        async with asyncio.timeout(ALL_S):  # until it is told at all: what was before its table was read is not sent
            while not sink.posts:
                await press(up, desk, {"type": "issue_ticket", "services": ["ausweis"]})
                await asyncio.sleep(0.2)
        first = told(sink)[0]
        for _ in range(KILLS):
            sink.hangs = asyncio.Event()  # appended, being sent, and never answered
            for _ in range(TICKETS):
                await press(up, desk, {"type": "issue_ticket", "services": [rng.choice(["ausweis", "meldung"])]})
            up.kill()
            sink.hangs.set()
            sink.hangs = None
            await up.start()
        wanted = [one for one in await log(up, token) if one >= first]
        assert len(wanted) > KILLS * TICKETS

        assert await all_told(sink, wanted) == wanted


async def test_another_node_goes_on_where_a_killed_one_was(
    make_up: MakeUp, tmp_path: Path, run_store: RunStore
) -> None:
    async with receiver(tmp_path) as (sink, office):
        store = run_store()
        database = f"sqlite:///{tmp_path / 'both.db'}"
        one, other = (make_up("--office", str(office), redis=store.url, database=database) for _ in range(2))
        await one.start()
        desk, token = await one.token("desk"), await one.token("supervisor")
        async with asyncio.timeout(ALL_S):
            while not sink.posts:
                await press(one, desk, {"type": "issue_ticket", "services": ["ausweis"]})
                await asyncio.sleep(0.2)
        first = told(sink)[0]
        await other.start()
        sink.hangs = asyncio.Event()
        for up in (one, other, one):
            await press(up, desk, {"type": "issue_ticket", "services": ["meldung"]})
        one.kill()
        sink.hangs.set()
        sink.hangs = None
        await press(other, desk, {"type": "issue_ticket", "services": ["meldung"]})
        wanted = [event for event in await log(other, token) if event >= first]

        assert await all_told(sink, wanted) == wanted
