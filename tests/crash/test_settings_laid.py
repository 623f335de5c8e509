"""A setting of a page on two nodes of one office: laid on the one, in force on the other, and after both were killed."""

import asyncio
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.crash.conftest import MakeUp, RunStore
from tests.crash.up import OFFICE, Up

pytestmark = pytest.mark.calm
LIMIT_S = 30.0
PATH = "services.ausweis.names.en"


async def asked(up: Up, token: str, method: str, path: str, **body: Any) -> dict[str, Any]:
    head = {"Authorization": f"Bearer {token}", "Idempotency-Key": uuid.uuid4().hex}
    async with httpx.AsyncClient(base_url=up.url, timeout=LIMIT_S, trust_env=False) as client:
        answer = await client.request(method, f"/api/v1/offices/{OFFICE}/{path}", headers=head, json=body or None)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def name_on(up: Up, token: str) -> str:
    """As citizens read it at the kiosk."""
    board = await asked(up, token, "GET", "boards/kiosk/entrance")
    return str(next(one for one in board["services"] if one["id"] == "ausweis")["names"]["en"])


async def until(up: Up, token: str, name: str) -> None:
    async with asyncio.timeout(LIMIT_S):
        while await name_on(up, token) != name:
            await asyncio.sleep(0.1)


async def test_it_is_in_force_on_the_other_node_and_after_both_were_killed(
    make_up: MakeUp, run_store: RunStore, tmp_path: Path
) -> None:
    store, shared = run_store(), f"sqlite:///{tmp_path / 'shared.db'}"
    one, other = (make_up(redis=store.url, database=shared) for _ in range(2))
    for up in (one, other):
        await up.start()
    token = await one.token("admin")
    was = await name_on(other, token)
    assert was != "Passports"

    await asked(one, token, "PUT", f"settings/{PATH}", value="Passports")
    one.kill()
    await until(other, token, "Passports")
    (laid,) = (await asked(other, token, "GET", "settings"))["settings"]
    assert (laid["path"], laid["value"], laid["file"], laid["state"]) == (PATH, "Passports", was, "counts")

    other.kill()
    for up in (one, other):
        await up.start()
    assert [await name_on(up, token) for up in (one, other)] == ["Passports", "Passports"]

    await asked(other, token, "DELETE", f"settings/{PATH}")
    await until(one, token, was)
    assert (await asked(one, token, "GET", "settings"))["settings"] == []
