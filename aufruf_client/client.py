"""One server, one token, one office: presses that count once, documents, boards as they change, the log from any entry on.

A press is repeated with the same key while the server is away, busy or starting, so that it counts once however often it is
sent. A board comes over a line that says hello again after every loss. Line, press and clock are those of `device_line`,
which our own devices hold too: there is no second way to the server (a test).
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Any, Self

import httpx
import msgspec
from msgspec import Struct

from aufruf_client.looks import BoardSeen, Looks
from aufruf_client.place import CutOff, LogPlace
from device_line.address import Address
from device_line.line import Line, NotLetIn, Pace
from device_line.me import PATH, Me
from device_line.presses import JsonCommand, NotTaken, Press
from device_line.server_clock import ServerClock
from server.messages.commands import Command
from server.messages.terms import BoardKind

ANSWER_S = 10.0
"""Seconds for one request."""
PATIENCE_S = 60.0
"""Seconds for which a press is repeated before it is given up."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.1, 2.0
LOOK_S = 1.0
"""Seconds between two questions for what is new in the log."""
AT_ONCE = 500
"""Entries of the log that are fetched by one request."""
UNKNOWN = "the server does not know this token, or it was taken back"


class Counted(Struct, frozen=True):
    """A press that was accepted: its `key`, and the `seq` from which on boards show it. `replayed`: a repetition of it was."""

    key: str
    epoch: str
    seq: int
    replayed: bool
    events: tuple[dict[str, Any], ...]
    result: dict[str, Any]


class Unreachable(Exception):
    """There is no such server, or it does not know us; the message says what to check. `mends`: whether time may mend it."""

    def __init__(self, text: str, *, mends: bool = False) -> None:
        super().__init__(text)
        self.mends = mends


class Gone(Exception):
    """The server answered, but not with what was asked for. `problem`: its RFC 9457 body."""

    def __init__(self, path: str, problem: dict[str, Any]) -> None:
        super().__init__(f"{path}: {problem.get('status')} {problem.get('code')} {problem.get('detail')}")
        self.problem = problem


class Client:
    """Use it as `async with`. `office`: None for the one that the token is for. `stands` hears each change of a board's line:
    `live`, `lost`, or why it was refused."""

    def __init__(
        self,
        server: str,
        token: str = "",
        *,
        office: str | None = None,
        patience_s: float = PATIENCE_S,
        stands: Callable[[str], None] = lambda state: None,
        pace: Pace | None = None,
    ) -> None:
        self._address = Address(server.rstrip("/"), token)
        self.office_id = office
        self._patience_s, self._stands, self._pace = patience_s, stands, pace
        self._clock = ServerClock()
        self._http = self._address.asking(ANSWER_S)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def office(self) -> str:
        """The id of the office: as it was said, or as the token says. Unreachable if the token is for several."""
        if self.office_id is None:
            offices = msgspec.convert(await self.get(PATH, self._patience_s), Me).offices
            if len(offices) != 1:
                raise Unreachable(f"this token is for {len(offices)} offices: say which one")
            self.office_id = offices[0]
        return self.office_id

    async def get(self, path: str, patience_s: float = 0.0) -> Any:
        """A document. While the server is away it is asked again, for `patience_s` seconds; Unreachable if it stays away."""
        give_up = time.monotonic() + patience_s
        while True:
            try:
                answer = await self._http.get(path)
                if answer.status_code == httpx.codes.OK:
                    self._note_time(answer)
                    return answer.json()
                if answer.status_code == httpx.codes.UNAUTHORIZED:
                    raise Unreachable(UNKNOWN)
                if answer.status_code not in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE):
                    raise Gone(path, _problem(answer))
                why = f"{path}: HTTP {answer.status_code}"
            except httpx.TransportError as fault:
                why = f"{self._address.url} does not answer: {str(fault) or type(fault).__name__}"
            if time.monotonic() >= give_up:
                raise Unreachable(why, mends=True)
            await asyncio.sleep(FIRST_PAUSE_S)

    async def board(self, kind: BoardKind, id: str = "", patience_s: float = 0.0) -> dict[str, Any]:
        """One look at a board."""
        path = f"/api/v1/offices/{await self.office()}/boards/{kind}"
        found: dict[str, Any] = await self.get(f"{path}/{id}" if id else path, patience_s)
        return found

    async def press(self, command: Command | JsonCommand, *, key: str | None = None) -> Counted:
        """Sends one press until it is answered. NotTaken if it was refused, or if nobody answered for so long (`unanswered`).

        `key`: of a press that may have been sent before, by a program that has ended since or by a button that says it twice.
        """
        press, path = Press(key), f"/api/v1/offices/{await self.office()}/commands"
        press.date(self._clock.at(press.at))
        body, give_up, pause = msgspec.json.encode(command), time.monotonic() + self._patience_s, FIRST_PAUSE_S
        while True:
            answer = await self._once(path, body, press)
            if answer is not None:
                return answer
            if time.monotonic() >= give_up:
                raise NotTaken({"code": "unanswered", "detail": "the server stayed away", "retry": True})
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_S)

    @asynccontextmanager
    async def watch(self, kind: BoardKind, id: str = "") -> AsyncIterator[AsyncIterator[BoardSeen]]:
        """The board now, and after every change: `async with client.watch("counter", "3") as looks: async for look in looks`.

        NotLetIn, from the loop, if the server refuses this board from the start.
        """
        looks = Looks()
        line = Line(self._address, kind, id, office=await self.office(), stands=self._stands, pace=self._pace)
        running = asyncio.create_task(line.run(looks.hear))
        running.add_done_callback(lambda _: looks.ended())
        try:
            yield _each(looks, running)
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError, NotLetIn):
                await running

    async def events(self, after: LogPlace, *, every_s: float = LOOK_S) -> AsyncIterator[dict[str, Any]]:
        """Entries of the log behind a place, for ever. CutOff if the log cannot go on there.

        The epoch of a place that has none is whatever the log has. While the server is away, it waits.
        """
        office, place = await self.office(), after
        while True:
            path = f"/api/v1/offices/{office}/events?after={place.seq}&limit={AT_ONCE}"
            try:
                found = await self.get(path, self._patience_s)
            except Gone as gone:
                if gone.problem.get("code") == "log_trimmed":
                    raise CutOff("log_trimmed", place) from None
                raise
            if place.epoch not in ("", found["epoch"]):
                raise CutOff("epoch_changed", place)
            place = LogPlace(found["epoch"], place.seq)
            for entry in found["events"]:
                place = place.after({**entry, "epoch": found["epoch"]})
                yield entry
            if len(found["events"]) < AT_ONCE:
                await asyncio.sleep(every_s)

    def _note_time(self, answer: httpx.Response) -> None:
        with suppress(KeyError, ValueError):
            self._clock.note(answer.headers["aufruf-at"])

    async def _once(self, path: str, body: bytes, press: Press) -> Counted | None:
        """One attempt; None if the same press must be sent again in a moment."""
        headers = {"Content-Type": "application/json", **press.headers}
        try:
            answer = await self._http.post(path, content=body, headers=headers)
        except httpx.TransportError:
            return None
        if answer.status_code == httpx.codes.OK:
            return msgspec.convert({**answer.json(), "key": press.key}, Counted)
        problem = _problem(answer)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            raise Unreachable(UNKNOWN)
        if problem.get("retry") or answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            return None
        raise NotTaken(problem)


async def _each(looks: Looks, running: "asyncio.Task[None]") -> AsyncIterator[BoardSeen]:
    async for look in looks:
        yield look
    await running  # it ended: the line says why


def _problem(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        found = None
    if isinstance(found, dict):
        return found
    return {
        "status": answer.status_code,
        "code": "fault",
        "detail": "the answer is no JSON: something between us made it",
    }
