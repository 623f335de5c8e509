"""Printers of kind `file` on two nodes with one store and one database: always one node prints, and only one."""

import asyncio
import time
import uuid
from pathlib import Path

import httpx
import pytest

from tests.crash.conftest import MakeUp, RunStore
from tests.crash.up import OFFICE, POLL_S, Up

pytestmark = pytest.mark.calm
PAPER_S = 40.0
"""Another node takes over a dead node's printers after ten seconds; a busy machine gets more time."""


async def drawn(up: Up, token: str) -> str:
    """Draws a ticket at this node; returns the outcome of its print job from the log.

    `sent` is no outcome: an agent says it before it prints, so that no other agent prints the same ticket.
    """
    head = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex}
    command = {"type": "issue_ticket", "services": ["ausweis"], "printer": "entrance"}
    async with httpx.AsyncClient(base_url=up.url, headers=head, timeout=20, trust_env=False) as http:
        answer = await http.post(f"/api/v1/offices/{OFFICE}/commands", json=command)
        ticket = answer.json()["result"]["ticket"]["id"]
        deadline = time.monotonic() + PAPER_S
        while time.monotonic() < deadline:
            events = (await http.get(f"/api/v1/offices/{OFFICE}/events?limit=1000")).json()["events"]
            jobs = {one["job"] for one in events if one["type"] == "print_requested" and one["ticket"] == ticket}
            said = [one["state"] for one in events if one["type"] == "print_reported" and one["job"] in jobs]
            if said and said[-1] != "sent":
                return str(said[-1])
            await asyncio.sleep(POLL_S)
    return "nothing"


def papers(*ups: Up) -> int:
    return sum(len(list((up.data / "tickets").glob("*.png"))) for up in ups)


@pytest.mark.parametrize(
    ("which", "how"), [("the one that started last", "stopped"), ("the one that started first", "killed")]
)
async def test_a_node_that_is_gone_leaves_its_printers_to_the_other(
    which: str, how: str, make_up: MakeUp, run_store: RunStore, tmp_path: Path
) -> None:
    store, shared = run_store(), f"sqlite:///{tmp_path / 'shared.db'}"
    ups = [make_up(redis=store.url, database=shared) for _ in range(2)]
    for up in ups:
        await up.start()
    token = await ups[0].token("admin")
    said = [await drawn(up, token) for up in ups]
    gone, left = ups if which == "the one that started first" else reversed(ups)
    if how == "stopped":
        await gone.terminate()
    else:
        gone.kill()
    said.append(await drawn(left, token))

    assert said == ["confirmed"] * 3
    assert papers(*ups) == 3


async def test_no_agent_outlives_its_server_and_a_dead_one_is_started_again_and_told(make_up: MakeUp) -> None:
    up = make_up()
    await up.start()
    token = await up.token("admin")
    assert await drawn(up, token) == "confirmed"
    (agents,) = up.running("ticket_printer.folder_agents")
    agents.kill()
    assert await drawn(up, token) == "confirmed"
    async with httpx.AsyncClient(base_url=up.url, trust_env=False) as http:
        weak = (await http.get("/health/ready")).json()["degraded"]
    assert any(one.startswith("task: file printers:process") for one in weak), weak
    children = up.children()
    up.kill()
    deadline = time.monotonic() + PAPER_S
    while any(child.is_running() and child.status() != "zombie" for child in children):
        assert time.monotonic() < deadline, children
        await asyncio.sleep(POLL_S)
