"""The public contract as a caller sees it: a press with its key, a board, `me`. It knows HTTP and nothing of simulation.

A press is repeated with the same key while the server is away, busy or starting, so that it counts only once however often
it is sent. Any other refusal is returned as the answer.
"""

import asyncio
import time
import uuid
from collections import Counter
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

import httpx
import msgspec

from server.messages.commands import Command
from server.messages.value import Value

PATIENCE_S = 60.0
"""Seconds for which a press is repeated before it is given up."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 2.0


class Taken(Value):
    """A press that was accepted: its `key`, and the `seq` from which on boards show it."""

    key: str
    seq: int
    result: dict[str, Any]
    events: tuple[dict[str, Any], ...]


class Declined(Value):
    """A press that changed nothing, and why."""

    code: str
    detail: str


class Unreachable(Exception):
    """The server does not allow this at all; the message says what to check."""


class Contract:
    """One server, one token. `office` is set once it is known. `pressed` and `refused` count by command type."""

    def __init__(self, server: str, token: str) -> None:
        self.server, self.office = server.rstrip("/"), ""
        self.pressed: Counter[str] = Counter()
        self.refused: Counter[tuple[str, str]] = Counter()
        self._ahead: float | None = None
        self._http = httpx.AsyncClient(
            base_url=self.server,
            headers={"Authorization": f"Bearer {token}"},
            timeout=10.0,
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=64),
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def get(self, path: str, patience_s: float = 0.0) -> Any:
        """A document. While the server is away it is asked again, for `patience_s` seconds. Unreachable if there is none."""
        give_up = asyncio.get_running_loop().time() + patience_s
        while True:
            try:
                answer = await self._http.get(path)
                why, again = f"{path}: {_said(answer)}", answer.status_code in (429, 503)
                if answer.status_code == 200:
                    self._note_time(answer)
                    return answer.json()
            except httpx.TransportError as fault:
                why, again = f"{self.server} does not answer: {fault}", True
            if not again or asyncio.get_running_loop().time() >= give_up:
                raise Unreachable(why)
            await asyncio.sleep(FIRST_PAUSE_S)

    async def board(self, kind: str, id: str = "", patience_s: float = 0.0) -> Any:
        path = f"/api/v1/offices/{self.office}/boards/{kind}"
        return await self.get(f"{path}/{id}" if id else path, patience_s)

    async def press(self, command: Command) -> Taken | Declined:
        """Sends one press. Declined also if the server stayed away too long (`store_unavailable`)."""
        kind = str(command.__struct_config__.tag)
        answer = await self._until_answered(msgspec.json.encode(command), uuid.uuid4().hex, time.monotonic())
        self.pressed[kind] += 1
        if isinstance(answer, Declined):
            self.refused[kind, answer.code] += 1
        return answer

    def _note_time(self, answer: httpx.Response) -> None:
        """Notes by how many seconds the office's clock is ahead of this process's monotonic one."""
        if said := answer.headers.get("aufruf-at"):
            self._ahead = datetime.fromisoformat(said).timestamp() - time.monotonic()

    def _age(self, pressed: float) -> dict[str, str]:
        age = {"Age-Ms": str(round((time.monotonic() - pressed) * 1000))}
        if self._ahead is not None:
            age["Pressed-At"] = datetime.fromtimestamp(self._ahead + pressed, UTC).isoformat()
        return age

    async def _until_answered(self, body: bytes, key: str, pressed: float) -> Taken | Declined:
        loop = asyncio.get_running_loop()
        give_up = loop.time() + PATIENCE_S
        pause = FIRST_PAUSE_S
        while True:
            answer = await self._once(body, key, pressed)
            if answer is not None:
                return answer
            if loop.time() >= give_up:
                return Declined(code="store_unavailable", detail="the server stayed away")
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)

    async def _once(self, body: bytes, key: str, pressed: float) -> Taken | Declined | None:
        """One attempt; None if the same press must be sent again in a moment."""
        headers = {"Idempotency-Key": key, "Content-Type": "application/json", **self._age(pressed)}
        try:
            answer = await self._http.post(f"/api/v1/offices/{self.office}/commands", content=body, headers=headers)
        except httpx.TransportError:
            return None
        if answer.status_code == 200:
            said = answer.json()
            return Taken(key=key, seq=said["seq"], result=said["result"], events=tuple(said["events"]))
        problem = _problem(answer)
        if answer.status_code == 401:
            raise Unreachable("the token is not good any more")
        if problem.get("retry") or answer.status_code >= 500:
            return None
        return Declined(code=str(problem.get("code", answer.status_code)), detail=str(problem.get("detail", "")))


def _problem(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _said(answer: httpx.Response) -> str:
    problem = _problem(answer)
    return f"{answer.status_code} {problem.get('code', '')} {problem.get('detail', '')}".strip()
