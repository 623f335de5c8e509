"""Printers that print into a folder need no box of their own: `up` runs their agents as child processes.

So the sample office works without hardware. Each child dies with this process.
"""

import asyncio
import contextlib
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import structlog

from server.access.tokens import Tokens
from server.messages.office import Office

GOODBYE = 3.0
"""Seconds an agent gets to finish its paper."""

NAME = "file printer of this node"

_log = structlog.get_logger("aufruf")


class FilePrinters:
    """Agents of all printers of kind `file`. `address` None: this node cannot be reached by a plain address (TLS)."""

    def __init__(self, data: Path, tokens: Tokens, address: str | None) -> None:
        self._data, self._tokens, self._address = data.absolute(), tokens, address
        self._processes: list[asyncio.subprocess.Process] = []
        self._made: list[str] = []
        self._here: set[str] = set()

    async def start(self, offices: Sequence[Office]) -> None:
        wanted = [(office, printer.id) for office in offices for printer in office.printers if printer.kind == "file"]
        self._here = {printer for _, printer in wanted}
        if wanted and self._address is None:
            _log.warning("printers of kind file are not served over TLS; run aufruf printer", printers=len(wanted))
            return
        await self._forget_old()
        for office, printer in wanted:
            await self._start(office, printer)

    async def _forget_old(self) -> None:
        """Tokens of a life of this node that did not end well."""
        for token in await self._tokens.list():
            if token.name == NAME and token.revoked_at is None and token.device in self._here:
                await self._tokens.revoke(token.id)

    async def _start(self, office: Office, printer: str) -> None:
        secret, token = await self._tokens.create("printer", [office.id], printer, NAME, 86_400_000 * 365)
        self._made.append(token.id)
        folder = self._data / "printers" / office.id
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{printer}.token"
        file.touch(mode=0o600)
        file.write_text(secret, encoding="utf-8")
        setpriv = shutil.which("setpriv")
        dying = (setpriv, "--pdeathsig", "KILL") if setpriv else ()
        command = (sys.executable, "-m", "server.command_line", "printer", "--server", str(self._address))
        options = ("--token-file", str(file), "--printer", printer, "--data", str(self._data))
        self._processes.append(
            await asyncio.create_subprocess_exec(
                *dying, *command, *options, stdin=asyncio.subprocess.DEVNULL, start_new_session=True
            )
        )

    async def stop(self) -> None:
        for process in self._processes:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        for process in self._processes:
            try:
                await asyncio.wait_for(process.wait(), GOODBYE)
            except TimeoutError:
                process.kill()
                await process.wait()
        for token in self._made:
            with contextlib.suppress(OSError):  # a database that is away: `start` forgets old ones
                await self._tokens.revoke(token)
