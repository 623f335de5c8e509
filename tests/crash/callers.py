"""Callers under load: clerks, rivals, issuers, shufflers. Each repeats a press with its key until it is answered."""

import asyncio
import contextlib
import functools
import itertools
import random
import secrets
import time
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import httpx

from server.tasks import Tasks
from tests.crash.evidence import Record
from tests.crash.up import OFFICE

COUNTERS = ("1", "2", "3", "4", "5", "6", "7", "8")
SERVICES = ("ausweis", "meldung", "kfz", "urkunden", "soziales")
PATIENCE_S = 40.0
"""How long one press is repeated: longer than any trouble in these tests."""
PAUSE_S = 0.1
"""Before a press is repeated, half to twice this time."""
CROWD = 120
"""If about this many people wait, somebody leaves instead of another one coming."""


class Gate:
    """Lets callers through. When it is closed, it reports when all of them rest in front of it."""

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._changed = asyncio.Condition()
        self.inside = 0

    def open(self) -> None:
        self._open.set()

    async def close(self, limit_s: float = PATIENCE_S) -> None:
        """Returns when no caller is inside."""
        self._open.clear()
        async with asyncio.timeout(limit_s), self._changed:
            await self._changed.wait_for(lambda: self.inside == 0)

    @contextlib.asynccontextmanager
    async def passing(self) -> Any:
        await self._open.wait()
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1
            async with self._changed:
                self._changed.notify_all()


class Caller:
    """One person with a device: presses at one of `nodes`, and at the next one when a connection breaks or a node says retry."""

    def __init__(self, nodes: Sequence[str], token: str, record: Record, rng: random.Random) -> None:
        self.nodes, self.record, self.rng = list(nodes), record, rng
        self._at = rng.randrange(len(self.nodes))
        self._http = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
            timeout=10.0,
            trust_env=False,
        )

    async def press(self, **command: Any) -> dict[str, Any]:
        """The answer, or the problem with which it was finally refused."""
        key = secrets.token_hex(8)
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            answer = await self._once(key, command)
            if answer is not None:
                return answer
            self._at = (self._at + 1) % len(self.nodes)
            await asyncio.sleep(PAUSE_S * self.rng.uniform(0.5, 2))
        self.record.faults.append(f"{command['type']} with key {key} was never answered")
        return {}

    async def _once(self, key: str, command: dict[str, Any]) -> dict[str, Any] | None:
        url = f"{self.nodes[self._at]}/api/v1/offices/{OFFICE}/commands"
        try:
            answer = await self._http.post(url, json=command, headers={"Idempotency-Key": key})
            said: dict[str, Any] = answer.json()
        except (httpx.TransportError, ValueError) as broken:
            self.record.again[type(broken).__name__] += 1
            return None
        if answer.status_code == 200:
            self.record.heard(key, said)
        elif said.get("retry"):
            self.record.again[said["code"]] += 1
            return None
        else:
            self.record.answered[said.get("code", "?")] += 1
            if answer.status_code >= 500:
                self.record.faults.append(f"{command['type']}: {said}")
        return said

    async def close(self) -> None:
        await self._http.aclose()


Role = Callable[[Caller], Coroutine[Any, Any, None]]


class Load:
    """Twenty callers of one office: five issue tickets, eight serve, three press at other people's counters, four shuffle.

    `token` is a supervisor's, for every counter. Callers run from `open` to `closed`; `acknowledged` waits for more.
    """

    def __init__(self, nodes: Sequence[str], token: str, seed: int) -> None:
        self.record, self.gate = Record(), Gate()
        self._rng = random.Random(seed)
        self._nodes, self._token = nodes, token
        self._callers: list[Caller] = []
        self._tasks = Tasks("load")
        self._known: dict[str, None] = {}
        self._waiting = 0

    async def __aenter__(self) -> "Load":
        opener = self._caller()
        for counter in COUNTERS:
            answer = await opener.press(type="open_counter", counter=counter)
            assert "events" in answer, answer
        roles: list[Role] = [*[self._issues] * 5, *[self._shuffles] * 4, *[self._rivals] * 3]
        roles += [functools.partial(self._serves, counter=counter) for counter in COUNTERS]
        for number, role in enumerate(roles):
            self._tasks.start(self._again_and_again(role, self._caller()), f"caller {number}")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._tasks.close()
        for caller in self._callers:
            await caller.close()

    def _caller(self) -> Caller:
        self._callers.append(Caller(self._nodes, self._token, self.record, random.Random(self._rng.random())))
        return self._callers[-1]

    async def acknowledged(self, more: int, limit_s: float = PATIENCE_S) -> None:
        """Returns when this many more presses were acknowledged."""
        goal = len(self.record.acknowledged) + more
        deadline = time.monotonic() + limit_s
        while len(self.record.acknowledged) < goal:
            assert time.monotonic() < deadline, f"nobody is acknowledged any more: {self.record}"
            await asyncio.sleep(0.001)

    async def _again_and_again(self, role: Role, caller: Caller) -> None:
        for _ in itertools.count():
            async with self.gate.passing():
                await role(caller)
            await asyncio.sleep(0)  # a caller with nothing to press lets the others press

    async def _issues(self, caller: Caller) -> None:
        if self._waiting > CROWD:
            await self._leaves(caller)
            return
        services = caller.rng.sample(SERVICES, caller.rng.choice((1, 1, 1, 2)))
        answer = await caller.press(type="issue_ticket", services=services)
        if "result" in answer:
            self._known[answer["result"]["ticket"]["id"]] = None
            self._waiting += 1

    async def _leaves(self, caller: Caller) -> None:
        self._waiting -= 1
        if self._known:
            await caller.press(type="cancel_ticket", ticket=self._some(caller, forget=True))

    async def _serves(self, caller: Caller, counter: str) -> None:
        """Next, arrived, finished; one citizen in ten does not come."""
        answer = await caller.press(type="call_next", counter=counter)
        if not answer.get("result", {}).get("ticket") and answer.get("code") != "counter_busy":
            return
        self._waiting -= 1
        if caller.rng.random() < 0.1:
            await caller.press(type="mark_missed", counter=counter)
            return
        await caller.press(type="start_service", counter=counter)
        await caller.press(type="finish_service", counter=counter)

    async def _rivals(self, caller: Caller) -> None:
        counter = caller.rng.choice(COUNTERS)
        await caller.press(type="call_next", counter=counter)

    async def _shuffles(self, caller: Caller) -> None:
        if not self._known:
            return
        ticket = self._some(caller)
        command: dict[str, Any] = caller.rng.choice(
            (
                {"type": "pause_ticket", "minutes": 5},
                {"type": "return_ticket"},
                {"type": "transfer_ticket", "to_service": caller.rng.choice(SERVICES)},
                {"type": "set_services", "services": [caller.rng.choice(SERVICES)]},
                {"type": "boost_ticket", "minutes": 10},
            )
        )
        await caller.press(ticket=ticket, **command)

    def _some(self, caller: Caller, *, forget: bool = False) -> str:
        recent = list(itertools.islice(reversed(self._known), 200))
        ticket = caller.rng.choice(recent)
        if forget:
            self._known.pop(ticket, None)
        return ticket
