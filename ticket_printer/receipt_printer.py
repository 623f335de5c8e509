"""A receipt printer on a wire: its state is asked, then the data is sent, then it is asked again.

Bytes that the kernel took are not printed yet: only the printer's own answer after the data shows that. What is asked, and how,
is the printer's language: `escpos` or `star_line`. Made by `address`.
"""

import asyncio
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from ticket_printer.bytes import WIDEST
from ticket_printer.transport import Outcome, PrinterState, Reason, trouble
from ticket_printer.wires import Broken, Outlet, Wire


@dataclass(frozen=True)
class Limits:
    """The longest waits, in seconds."""

    # A printer in the same building accepts a connection in milliseconds; if it takes longer, it is not there.
    connect: float = 2.0
    # Four real-time answers take 3 ms on a healthy printer.
    status: float = 2.0
    # A printer prints while it reads: its buffer may be full for as long as one ticket takes, not longer.
    stall: float = 8.0
    # From the last byte to the answer: printing, feeding, cutting.
    confirm: float = 10.0
    # A one-way print server closes the connection when it has read everything; some never do.
    close: float = 3.0


PIECE = 2048
"""Bytes sent at a time: small, so that a dead printer is noticed early and the kernel holds little that it never read."""


class Dialect(Protocol):
    """What a printer understands. Each method raises Broken; the caller sets the time limits."""

    def data(self, image: Image.Image) -> bytes:
        """The bytes that print the picture once, and cut once."""
        ...

    async def status(self, wire: Wire) -> PrinterState:
        """The real-time status. An answer that no printer can give counts as no answer."""
        ...

    async def begin(self, wire: Wire) -> None:
        """What is sent before the ticket, so that its end is recognised. It prints nothing."""
        ...

    async def confirm(self, wire: Wire) -> None:
        """Waits until the printer has processed everything sent so far."""
        ...


class ReceiptPrinter:
    """A `Transport`. `dialect` is made anew for each conversation. `one_way`: it never answers, so
    outcomes are `sent`, never `confirmed`."""

    def __init__(
        self, place: Outlet, dialect: type[Dialect], *, one_way: bool = False, limits: Limits | None = None
    ) -> None:
        self._place, self._dialect, self._one_way = place, dialect, one_way
        self._limits = limits or Limits()
        # Receipt printers allow one connection; a second one is refused or, worse, its data is mixed in.
        self._turn = asyncio.Lock()

    async def status(self) -> PrinterState:
        async with self._turn:
            try:
                async with _Conversation(self._place, self._dialect(), self._limits) as printer:
                    return "no_status" if self._one_way else await printer.status()
            except Broken as broken:
                return broken.reason

    async def print(self, job: str, image: Image.Image) -> Outcome:
        if image.width > WIDEST:
            return Outcome("failed", "undrawable")
        dialect = self._dialect()
        data = await asyncio.to_thread(dialect.data, image)
        async with self._turn:
            try:
                async with _Conversation(self._place, dialect, self._limits) as printer:
                    return await self._print(printer, data)
            except Broken as broken:
                return Outcome("failed", broken.reason)

    async def _print(self, printer: "_Conversation", data: bytes) -> Outcome:
        state: PrinterState = "no_status" if self._one_way else await printer.status()
        if (cannot := trouble(state)) is not None:
            return Outcome("failed", cannot)
        if not self._one_way:
            await printer.begin()
        # From here on something may be printed: after any failure the outcome is `unknown`.
        low = state == "paper_low"
        try:
            await printer.stream(data)
            if self._one_way:
                await printer.deliver()
                return Outcome("sent")
            await printer.confirm()
        except Broken as broken:
            reason = broken.reason if self._one_way else await printer.cause(broken.reason)
            return Outcome("unknown", reason, low)
        return Outcome("confirmed", paper_low=low)


class _Conversation:
    """One connection to a printer. Its methods raise only Broken."""

    _wire: Wire

    def __init__(self, place: Outlet, dialect: Dialect, limits: Limits) -> None:
        self._place, self._dialect, self._limits = place, dialect, limits

    async def __aenter__(self) -> "_Conversation":
        try:
            async with asyncio.timeout(self._limits.connect):
                self._wire = await self._place.open()
        except TimeoutError:
            raise Broken("offline") from None
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._wire.close(self._limits.close)

    async def status(self) -> PrinterState:
        try:
            async with asyncio.timeout(self._limits.status):
                return await self._dialect.status(self._wire)
        except TimeoutError:
            raise Broken("no_answer") from None

    async def begin(self) -> None:
        try:
            async with asyncio.timeout(self._limits.status):
                await self._dialect.begin(self._wire)
        except TimeoutError:
            raise Broken("no_answer") from None

    async def stream(self, data: bytes) -> None:
        """Sends all data in pieces, each within the stall limit."""
        for start in range(0, len(data), PIECE):
            try:
                async with asyncio.timeout(self._limits.stall):
                    await self._wire.send(data[start : start + PIECE])
            except TimeoutError:
                raise Broken("no_answer") from None

    async def confirm(self) -> None:
        try:
            async with asyncio.timeout(self._limits.confirm):
                await self._dialect.confirm(self._wire)
        except TimeoutError:
            raise Broken("no_answer") from None

    async def cause(self, reason: Reason) -> Reason:
        """The reason of an unknown outcome: a printer that stopped may still report that its paper ran out."""
        if reason != "no_answer":
            return reason
        try:
            state = await self.status()
        except Broken as broken:
            return broken.reason
        return trouble(state) or reason

    async def deliver(self) -> None:
        await self._wire.deliver(self._limits.close)
