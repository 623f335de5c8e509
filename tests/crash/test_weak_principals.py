"""Every weak principal sends as much as it can over several lines; then the day closes and opens."""

import asyncio
import itertools
import random
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from config.office_files import find
from server.desk.fold import Fold, begin
from server.log.port import Row
from server.log.redis_log import RedisLog
from server.messages.rights import COMMANDS, HOLDER_COMMANDS
from server.messages.terms import Role
from server.web.limits import COMMANDS as PACES
from tests.crash.callers import Caller
from tests.crash.conftest import MakeUp
from tests.crash.evidence import Record
from tests.crash.figures import Figures
from tests.crash.up import OFFICE, Up

FLOOD_S = 10.0
AT_MOST_S = 60.0
"""How long a flood lasts if a slow machine has not refused anybody for speed yet."""
SLOW = 1
"""Presses a second that even a slow machine takes: whoever may press no faster must be refused for speed in any run."""
LINES = 3
DEVICES: dict[Role, str] = {"kiosk": "entrance", "printer": "entrance", "station": "photo", "display": "hall"}
STATION = '\n[[stations]]\nid = "photo"\nlabel = "Foto"\nzone = "hall"\n'
CHECKPOINT_BYTES = 256 * 1024
"""For all weak principals together and the office itself: a quarter of what the smallest store accepts in one entry."""
START_ENTRIES = 50


@dataclass
class Weak:
    """One of them. `last`: the answers to its own presses, so that it can go on with them."""

    role: Role
    url: str
    kinds: list[str]
    headers: dict[str, str] = field(default_factory=dict)
    ticket: str = ""
    last: dict[str, Any] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def commands(self) -> Iterator[dict[str, Any]]:
        for turn in itertools.count():
            for kind in self.kinds:
                yield {"type": kind, **self._fields(kind, turn)}

    def _fields(self, kind: str, turn: int) -> dict[str, Any]:
        ticket = self.ticket or self.last.get("ticket", "none")
        special: dict[str, dict[str, Any]] = {
            "issue_ticket": {"services": ["ausweis"], **({"kiosk": "entrance"} if self.role == "kiosk" else {})},
            "lease_numbers": {"services": ["ausweis", "meldung"], "count": 1 + turn % 7},
            "hand_in_tickets": self._handed_in(turn),
            "report_print": {"job": self.last.get("job", "none"), "state": ("sent", "failed")[turn % 2]},
            "pause_ticket": {"ticket": ticket, "minutes": 1 + turn % 60},
            "check_in": {"code": "ABC234"},
            "silence_zone": {"zone": "hall"},
            "end_silence": {"zone": "hall"},
            "request_help": {},
        }
        return special.get(kind) or ({"ticket": ticket} if kind.endswith("_ticket") else {"counter": "photo"})

    def _handed_in(self, turn: int) -> dict[str, Any]:
        lease = self.last.get("lease", {"id": "none", "numbers": ["A001"]})
        ticket = {"number": lease["numbers"][turn % len(lease["numbers"])], "service": "ausweis"}
        return {"lease": lease["id"], "tickets": [{**ticket, "issued_at": "2026-01-01T08:00:00Z"}]}

    @property
    def was_too_fast(self) -> bool:
        return self.statuses[429] > 0

    async def flood(self, since: float) -> None:
        async with httpx.AsyncClient(headers=self.headers, timeout=30, trust_env=False) as client:
            for command in self.commands():
                lasts = time.monotonic() - since
                if lasts > (FLOOD_S if self.was_too_fast or PACES[self.role].rate > SLOW else AT_MOST_S):
                    return
                answer = await client.post(self.url, json=command, headers={"Idempotency-Key": secrets.token_hex(32)})
                self._heard(command, answer)

    def _heard(self, command: dict[str, Any], answer: httpx.Response) -> None:
        self.statuses[answer.status_code] += 1
        said = answer.json()
        if answer.status_code >= 500 or (answer.status_code == 429) != (said.get("code") == "too_many"):
            self.faults.append(f"{command}: {answer.status_code} {said}")
        if answer.status_code == 429 and int(answer.headers.get("retry-after", "0")) < 1:
            self.faults.append(f"no Retry-After: {said}")
        result = said.get("result") or {}
        if command["type"] == "issue_ticket" and "ticket" in result:
            self.last["ticket"] = result["ticket"]["id"]


async def weak_ones(up: Up, hand: Caller) -> list[Weak]:
    """All five, with a ticket and a print job."""
    issued = await hand.press(type="issue_ticket", services=["ausweis"], printer="entrance")
    ticket = issued["result"]["ticket"]
    # what ends the ticket comes last, or the holder's other commands would fail
    path = f"{up.url}/api/v1/tickets/{ticket['secret']}/commands"
    holder = Weak("holder", path, sorted(HOLDER_COMMANDS - {"cancel_ticket"}), ticket=ticket["id"])
    found = [holder]
    for role, device in DEVICES.items():
        kinds = sorted(kind for kind, who in COMMANDS.items() if role in who) or ["issue_ticket"]
        headers = {"Authorization": f"Bearer {await up.token(role, device)}"}
        found.append(Weak(role, f"{up.url}/api/v1/offices/{OFFICE}/commands", kinds, headers, ticket["id"]))
    async with httpx.AsyncClient(headers=found[2].headers, trust_env=False) as client:
        board = (await client.get(f"{up.url}/api/v1/offices/{OFFICE}/boards/printer/entrance")).json()
    found[2].last["job"] = board["jobs"][-1]["job"]
    return found


@pytest.fixture
async def up(make_up: MakeUp, tmp_path: Path) -> Up:
    """The sample office with a station."""
    office = tmp_path / "mitte.toml"
    office.write_text(find(OFFICE).read_text() + STATION)
    made = make_up("--office", str(office))
    await made.start()
    return made


async def begun(up: Up) -> tuple[Fold, list[Row]]:
    """The state of a new node on this store, and the rows of the newest checkpoint."""
    log = RedisLog(up.store_url)
    try:
        fold = await begin(log, OFFICE)
        assert fold is not None
        first, _ = fold.checkpoints[-1]
        rows = await log.read(OFFICE, first - 1, 1_000)
    finally:
        await log.close()
    return fold, [row for row in rows if row.mark == rows[0].mark]


async def test_after_a_flood_of_all_weak_principals_the_day_closes_and_opens(
    up: Up, rng: random.Random, figures: Figures
) -> None:
    """Presses faster than allowed get 429 and leave nothing; staff are served meanwhile; the checkpoint stays small."""
    record = Record()
    hand = Caller([up.url], await up.token("supervisor"), record, rng)
    every = await weak_ones(up, hand)
    begin_s = time.monotonic()
    floods = [asyncio.create_task(weak.flood(begin_s)) for weak in every for _ in range(LINES)]
    while not all(flood.done() for flood in floods):
        assert "events" in await hand.press(type="issue_ticket", services=["meldung"])
        await asyncio.sleep(0.5)
    await asyncio.gather(*floods)
    lasted = time.monotonic() - begin_s

    assert "events" in await hand.press(type="close_day", force=True)
    assert "events" in await hand.press(type="open_day")
    async with httpx.AsyncClient(trust_env=False) as client:
        ready = await client.get(f"{up.url}/health/ready")
    fold, checkpoint = await begun(up)
    size = sum(len(row.body) for row in checkpoint)
    await hand.close()

    figures.note(
        "A flood of all weak principals",
        taken={weak.role: weak.statuses[200] for weak in every},
        refused={weak.role: weak.statuses.total() - weak.statuses[200] for weak in every},
        checkpoint_KB=round(size / 1024, 1),
        entries_to_begin_with=len(fold.held),
    )
    for weak in every:
        pace = PACES[weak.role]
        assert weak.faults == []
        assert weak.was_too_fast or pace.rate > SLOW, f"{weak.role}: {weak.statuses}"
        assert weak.statuses[200] <= pace.burst + pace.rate * lasted + 1
    assert (ready.status_code, record.faults) == (200, [])
    assert size < CHECKPOINT_BYTES
    assert len(fold.held) <= START_ENTRIES
    assert fold.state.day is not None
    assert await up.terminate() == 0
    await up.start()
