"""The report on each print, sent to the server until it answers, always with the same key; and before it the claim.

Whoever turns a job from requested into sent may print it: of two agents of one printer (an old box that is still switched on)
only one does, at whichever node they are. Called by the agent; the reports are kept in the ledger.
"""

import asyncio
import logging
from hashlib import sha256
from secrets import token_hex
from typing import Any

import msgspec

from device_line.line import Line
from server.messages.commands import ReportPrint
from server.messages.frames import CommandFrame
from ticket_printer.ledger import Entry, Ledger

_log = logging.getLogger("aufruf.ticket_printer")

TELL_EVERY_S = 5.0
"""Seconds after which a report without an answer is sent again."""


class Reports:
    """The reports of one printer, over one line."""

    def __init__(self, line: Line, ledger: Ledger, *, every: float = TELL_EVERY_S) -> None:
        self._line, self._ledger, self._every = line, ledger, every
        self._claims: dict[str, asyncio.Future[bool]] = {}

    async def claim(self, job: str) -> bool:
        """Whether this agent prints the job: the server answers with an event to the first one that asks, and to no other."""
        key = f"claim:{token_hex(16)}"
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        raw = msgspec.Raw(msgspec.json.encode(ReportPrint(job=job, state="sent")))
        self._claims[key] = answer
        try:
            while True:
                await self._line.send(CommandFrame(key=key, command=raw))
                done, _ = await asyncio.wait((answer,), timeout=self._every)
                if done:
                    return answer.result()
        finally:
            del self._claims[key]

    async def tell(self, entry: Entry) -> None:
        assert entry.state is not None
        command = ReportPrint(job=entry.job, state=entry.state, reason=entry.reason)
        await self._line.send(CommandFrame(key=key_of(entry), command=msgspec.Raw(msgspec.json.encode(command))))

    async def tell_untold(self) -> None:
        for entry in self._ledger.untold():
            await self.tell(entry)

    async def keep_telling(self) -> None:
        """Repeats reports that were already unanswered one round before, so that none is sent twice within a moment."""
        before: set[str] = set()
        while True:
            await asyncio.sleep(self._every)
            untold = self._ledger.untold()
            for entry in untold:
                if entry.job in before:
                    await self.tell(entry)
            before = {entry.job for entry in untold}

    async def answered(self, key: str, problem: dict[str, Any] | None, *, events: bool = False) -> None:
        """Notes that a report was accepted, or refused for good, and is not sent again. `events`: it changed something."""
        claim = self._claims.get(key)
        if claim is not None and not claim.done() and not (problem and problem.get("retry")):
            claim.set_result(problem is None and events)
        entry = next((entry for entry in self._ledger.untold() if key_of(entry) == key), None)
        if entry is None or (problem and problem.get("retry")):
            return
        if problem:
            _log.warning("the server refuses the report on %s: %s", entry.job, problem.get("code"))
        try:
            await self._ledger.told(entry.job)
        except OSError as full:
            _log.warning("that %s was reported is not on disk: %s", entry.job, full)


def key_of(entry: Entry) -> str:
    """The key of a report: the same for every try, at most 64 characters."""
    job = entry.job if len(entry.job) <= 40 else sha256(entry.job.encode()).hexdigest()[:40]
    return f"print:{job}:{entry.state}"
