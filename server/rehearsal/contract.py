"""The public contract as the demo uses it: `aufruf_client`, with a tally of what was pressed and refused.

A refusal is an answer here: citizens and clerks of a simulated day live with it and go on.
"""

from collections import Counter
from types import TracebackType
from typing import Any, Self

from aufruf_client.client import Client, Gone, Unreachable
from device_line.presses import NotTaken
from server.messages.commands import Command
from server.messages.terms import BoardKind
from server.messages.value import Value

__all__ = ["Contract", "Declined", "Taken", "Unreachable"]


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


class Contract:
    """One server, one token. `office` is set once it is known. `pressed` and `refused` count by command type."""

    def __init__(self, server: str, token: str) -> None:
        self.server = server.rstrip("/")
        self.pressed: Counter[str] = Counter()
        self.refused: Counter[tuple[str, str]] = Counter()
        self._client = Client(self.server, token)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, fault, trace)

    @property
    def office(self) -> str:
        return self._client.office_id or ""

    @office.setter
    def office(self, id: str) -> None:
        self._client.office_id = id

    async def get(self, path: str, patience_s: float = 0.0) -> Any:
        """A document. While the server is away it is asked again, for `patience_s` seconds. Unreachable if there is none."""
        try:
            return await self._client.get(path, patience_s)
        except Gone as gone:
            raise Unreachable(str(gone)) from None

    async def board(self, kind: BoardKind, id: str = "", patience_s: float = 0.0) -> Any:
        try:
            return await self._client.board(kind, id, patience_s)
        except Gone as gone:
            raise Unreachable(str(gone)) from None

    async def press(self, command: Command) -> Taken | Declined:
        """Sends one press. Declined also if the server stayed away too long (`unanswered`)."""
        kind = str(command.__struct_config__.tag)
        try:
            answer = await self._client.press(command)
        except NotTaken as refused:
            declined = Declined(code=str(refused.problem["code"]), detail=str(refused.problem.get("detail", "")))
            self.pressed[kind] += 1
            self.refused[kind, declined.code] += 1
            return declined
        self.pressed[kind] += 1
        return Taken(key=answer.key, seq=answer.seq, result=answer.result, events=answer.events)
