"""The numbers that the server lends a kiosk for when it cannot be reached, and the tickets drawn with them.

One line of JSON per change on the kiosk's own disk, synced before anybody is told a number: after a power cut no number is drawn
twice, and every ticket is still handed in. Used by `beside`.
"""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from device_line.server_clock import instant
from server.messages.instants import DAY
from ticket_printer.journal import owned, rewritten

KEPT_MS = DAY
"""How long a ticket is remembered after it was handed in: its touch may be sent again, and gets the same answer."""


class Block(msgspec.Struct, frozen=True):
    """Numbers of one service, both ends included; as `lease_numbers` is answered."""

    service: str
    letter: str
    start: int = msgspec.field(name="from")
    end: int = msgspec.field(name="to")


class Loan(msgspec.Struct, frozen=True, tag="loan"):
    """What was lent at once; `until`: RFC 3339."""

    lease: str
    blocks: tuple[Block, ...]
    until: str


class Drawn(msgspec.Struct, frozen=True, tag="drawn"):
    """A ticket that was drawn while the server was away. `key` and `command`: of its touch."""

    key: str
    lease: str
    number: str
    service: str
    at: int
    issued_at: str
    command: dict[str, Any]


class Settled(msgspec.Struct, frozen=True, tag="settled"):
    """The server has answered for the ticket of this key. `refused`: why it was not taken over; empty if it was."""

    key: str
    at: int
    refused: str = ""


Written = Loan | Drawn | Settled


class LentInUse(Exception):
    """Another program uses these numbers: two of them would draw each twice."""


class Lent:
    """The numbers of one kiosk. Methods that write raise OSError if the disk does not take it."""

    def __init__(self, path: Path, now_ms: int) -> None:
        lock = owned(path)
        if lock is None:
            raise LentInUse(f"another program uses {path}")
        self._lock = lock
        self._loans: list[Loan] = []
        self._drawn: dict[str, Drawn] = {}
        self._settled: dict[str, Settled] = {}
        self._used: dict[tuple[str, str], int] = {}
        self._writing = asyncio.Lock()
        for line in _kept(list(_read(path)), now_ms):
            self._note(line)
        lines: tuple[Written, ...] = (*self._loans, *self._drawn.values(), *self._settled.values())
        self._file = rewritten(path, b"".join(map(_line, lines)))

    def close(self) -> None:
        os.close(self._file)
        self._lock.close()

    async def lend(self, loan: Loan) -> None:
        if all(one.lease != loan.lease for one in self._loans):
            await self._put(loan)

    def left(self, service: str, now_ms: int) -> int:
        """How many numbers of this service can still be drawn today."""
        return sum(
            block.end - block.start + 1 - self._taken(loan, block) for loan, block in self._open(service, now_ms)
        )

    async def draw(self, key: str, command: dict[str, Any], now_ms: int, at: str) -> Drawn | None:
        """A ticket for this touch: the same one if the touch is sent again. None if no number is left."""
        if (known := self._drawn.get(key)) is not None:
            return known
        service = command["services"][0]
        free = ((loan, block) for loan, block in self._open(service, now_ms) if self._next(loan, block) <= block.end)
        loan, block = next(free, (None, None))
        if loan is None or block is None:
            return None
        number = f"{block.letter}{self._next(loan, block):03d}"
        drawn = Drawn(key, loan.lease, number, service, now_ms, at, command)
        await self._put(drawn)
        return drawn

    def unsettled(self) -> list[Drawn]:
        """Tickets for which the server has not answered, in the order of their issue."""
        return [one for one in self._drawn.values() if one.key not in self._settled]

    async def settle(self, key: str, now_ms: int, refused: str = "") -> None:
        await self._put(Settled(key, now_ms, refused))

    def _open(self, service: str, now_ms: int) -> Iterator[tuple[Loan, Block]]:
        for loan in self._loans:
            if instant(loan.until) > now_ms:
                yield from ((loan, block) for block in loan.blocks if block.service == service)

    def _taken(self, loan: Loan, block: Block) -> int:
        return self._used.get((loan.lease, block.service), 0)

    def _next(self, loan: Loan, block: Block) -> int:
        return block.start + self._taken(loan, block)

    def _note(self, line: Written) -> None:
        match line:
            case Loan():
                self._loans.append(line)
            case Drawn():
                self._drawn[line.key] = line
                self._used[line.lease, line.service] = self._used.get((line.lease, line.service), 0) + 1
            case Settled():
                self._settled[line.key] = line

    async def _put(self, line: Written) -> None:
        # in memory first: whoever draws meanwhile, or after the disk has failed, gets another number
        self._note(line)
        async with self._writing:
            await asyncio.to_thread(self._append, _line(line))

    def _append(self, line: bytes) -> None:
        os.write(self._file, line)
        os.fdatasync(self._file)


def _kept(lines: list[Written], now_ms: int) -> Iterator[Written]:
    """Without loans that have ended, and tickets that were settled a day ago. All tickets of a loan that is still open are kept,
    because their count says which number is next."""
    open_loans = {one.lease for one in lines if isinstance(one, Loan) and instant(one.until) > now_ms}
    settled = {one.key: one for one in lines if isinstance(one, Settled)}
    gone = {
        one.key
        for one in lines
        if isinstance(one, Drawn)
        and one.lease not in open_loans
        and one.key in settled
        and settled[one.key].at < now_ms - KEPT_MS
    }
    for line in lines:
        if isinstance(line, Loan):
            if line.lease in open_loans:
                yield line
        elif line.key not in gone:
            yield line


def _line(line: Written) -> bytes:
    return msgspec.json.encode(line) + b"\n"


def _read(path: Path) -> Iterator[Written]:
    """Every complete line; a power cut may have cut off the last one."""
    for text in path.read_bytes().splitlines() if path.exists() else []:
        try:
            yield msgspec.json.decode(text, type=Written)
        except msgspec.DecodeError:
            continue
