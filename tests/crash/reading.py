"""The log as outsiders read it (`GET events`), and a fold of the store's rows that uses no server."""

import time
from typing import Any

import httpx
import msgspec

from server.desk.fold import PAGE, Fold
from server.log.redis_log import RedisLog
from server.messages.actor import Actor
from server.messages.terms import BoardKind
from server.office.boards import board
from server.office.boards.sight import Sight
from tests.crash.up import OFFICE, Up

BEHIND_S = 1.0
"""After this time at most, a node knows what another one acknowledged."""


async def log_of(up: Up, token: str, seq: int = 0) -> list[dict[str, Any]]:
    """Every event this node knows, oldest first. It gets a second to read what was acknowledged elsewhere up to `seq`."""
    deadline = time.monotonic() + BEHIND_S
    while True:
        found = await _log_of(up, token)
        if (found and found[-1]["seq"] >= seq) or time.monotonic() > deadline:
            return found


async def _log_of(up: Up, token: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    async with httpx.AsyncClient(timeout=10, trust_env=False, headers={"Authorization": f"Bearer {token}"}) as client:
        while True:
            after = found[-1]["seq"] if found else 0
            answer = await client.get(f"{up.url}/api/v1/offices/{OFFICE}/events?after={after}&limit=1000")
            assert answer.status_code == 200, answer.text
            page = answer.json()["events"]
            found += page
            if len(page) < 1000:
                return found


async def fresh_fold(up: Up) -> Fold:
    """Folds from the store's first row on, without any memory."""
    log, fold = RedisLog(up.store_url), Fold()
    try:
        while rows := await log.read(OFFICE, fold.tail.seq, PAGE):
            fold.fold(rows)
    finally:
        await log.close()
    return fold


def folded_board(fold: Fold, kind: BoardKind, id: str, now: int) -> dict[str, Any]:
    """A board of that fold, as JSON."""
    part = board(fold.state, kind, id, now, Sight(actor=Actor(role="supervisor", principal="nobody")))
    made: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(part))
    return made
