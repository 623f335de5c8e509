"""A box that was set up by codes: a printer, and the kiosk whose browser runs on the same machine, paired by a second code.

Tickets are printed while the kiosk still waits for its code. Called by the verb `device`.
"""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import httpx

from device_line import pairing
from device_line.address import Address
from device_line.me import PATH
from device_line.pairing import KIOSK_FILE, Paired
from ticket_printer.doorway import Doorway
from ticket_printer.running import run

ASKED_S = 3.0
"""How long the server may take to say whether the kiosk's token is still valid; if it does not, it is taken as valid."""


class PairedBox:
    """`listen`: host and port that the kiosk's browser opens; None: no kiosk is here. `show`: gets each code of the kiosk; `say`:
    gets what staff should read."""

    def __init__(
        self,
        paired: Paired,
        data: Path,
        *,
        address: str | None,
        listen: tuple[str, int] | None,
        show: Callable[[str], None],
        say: Callable[[str], None],
    ) -> None:
        self._paired, self._data, self._address, self._listen = paired, data, address, listen
        self._show, self._say = show, say
        self._ended = asyncio.Event()

    async def run(self) -> None:
        """Until SIGTERM or SIGINT. Raises NotLetIn if the printer is paired no more; LedgerInUse, LentInUse, OSError."""
        for name in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(name, self._ended.set)
        if self._listen is None:
            return await self._print(self._ended, None)
        while not self._ended.is_set():
            kiosk = pairing.known(self._data, self._paired.server, KIOSK_FILE)
            if kiosk is None:
                await self._print_until(self._pair_kiosk())
            elif await _sent_away(kiosk):
                self._forget()
            else:
                await self._print_with(kiosk, self._listen)
        return None

    def _print(self, stop: asyncio.Event, door: Doorway | None) -> Coroutine[Any, Any, None]:
        box = self._paired
        return run(box.server, box.token, box.id, self._data, address=self._address, stop=stop, kiosk=door)

    async def _print_with(self, kiosk: Paired, listen: tuple[str, int]) -> None:
        stop = asyncio.Event()
        door = Doorway(kiosk.id, Address(kiosk.server, kiosk.token), *listen, sent_away=stop.set)
        await self._until(stop, asyncio.ensure_future(self._print(stop, door)))
        if not self._ended.is_set() and stop.is_set():
            self._forget()

    async def _print_until(self, done: "asyncio.Future[None]") -> None:
        stop = asyncio.Event()
        printing = asyncio.ensure_future(self._print(stop, None))
        done.add_done_callback(lambda _: stop.set())
        try:
            await self._until(stop, printing)
        finally:
            done.cancel()
            await asyncio.gather(done, return_exceptions=True)
        if not done.cancelled():
            done.result()  # a disk that does not take the token

    async def _until(self, stop: asyncio.Event, printing: "asyncio.Future[None]") -> None:
        """Until the printing ends, which it also does when this box is asked to."""
        ended = asyncio.ensure_future(self._ended.wait())
        await asyncio.wait((printing, ended), return_when=asyncio.FIRST_COMPLETED)
        if not printing.done():
            stop.set()
        ended.cancel()
        await printing

    def _pair_kiosk(self) -> "asyncio.Future[None]":
        async def pair() -> None:
            kiosk = await pairing.pair(Address(self._paired.server, ""), self._show, kinds=("kiosk",))
            pairing.keep(self._data, kiosk, KIOSK_FILE)
            self._say(f"paired as {kiosk.kind} {kiosk.id}")

        return asyncio.ensure_future(pair())

    def _forget(self) -> None:
        pairing.forget(self._data, KIOSK_FILE)
        self._say("the pairing of the kiosk was ended; it can be paired again")


async def _sent_away(kiosk: Paired) -> bool:
    try:
        async with Address(kiosk.server, kiosk.token).asking(ASKED_S) as client:
            return (await client.get(PATH)).status_code == httpx.codes.UNAUTHORIZED
    except httpx.HTTPError:
        return False
