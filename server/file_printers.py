"""Printers that print into folders need no machine of their own: `up` runs their agents, all in one child process.

So the sample office works without hardware. With several nodes, the one that holds a printer's lease serves it.
"""

import asyncio
import contextlib
import json
import secrets
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from server import ticket_pictures
from server.access.tokens import Tokens
from server.installed import lacks
from server.log.port import LogError
from server.log.presence_port import Leases
from server.messages.instants import DAY
from server.messages.office import Office
from server.tasks import Tasks

ROUND_S = 3.0
"""Seconds between two checks which printers belong to this node, and whether the process lives."""
PRINTERS_FOR_MS = 10_000
"""How long a node that died still keeps its printers."""
GOODBYE_S = 3.0
"""Seconds that the agents get to finish the tickets they are printing."""
TOKEN_LIFE_MS = 365 * DAY

NAME = "file printer of this node"

_log = structlog.get_logger("aufruf.server")

PrinterKey = tuple[str, str]
"""(office, printer): printers of two offices may have the same id."""


class FilePrinters:
    """Agents of all printers of kind `file`, by the present office files.

    `address` None: this node has no plain address (TLS only). `leases`: of the store that the nodes share.
    """

    def __init__(
        self, data: Path, tokens: Tokens, leases: Leases, address: str | None, offices: Callable[[], Iterable[Office]]
    ) -> None:
        self._data, self._tokens, self._leases, self._address = data.absolute(), tokens, leases, address
        self._offices = offices
        self._holder = f"node:{secrets.token_hex(8)}"
        self._made = _Made(self._data / "printers" / "tokens.json")
        self._served: dict[PrinterKey, str] = {}  # printers of this node, each with the id of its token
        self._folders: dict[str, set[str]] = {}
        self._process: asyncio.subprocess.Process | None = None
        self._tasks = Tasks("file printers")

    async def start(self) -> None:
        if self._address is None:
            if self._wanted():
                _log.warning("printers of kind file are not served over TLS; run aufruf printer")
            return
        if lacks("printer"):
            if self._wanted():
                _log.warning("printers of kind file are not served; they need: pip install 'aufruf[printer]'")
            return
        self._tasks.forever(self._keep, "keep")

    def _wanted(self) -> set[PrinterKey]:
        return {
            (office.id, printer.id)
            for office in self._offices()
            for printer in office.printers
            if printer.kind == "file"
        }

    async def _keep(self) -> None:
        while True:
            try:
                await self._round()
            except (LogError, SQLAlchemyError, OSError) as fault:  # store or database will be back by a later round
                _log.warning("file printers wait", reason=str(fault) or type(fault).__name__)
            await asyncio.sleep(ROUND_S)

    async def _round(self) -> None:
        """Takes and renews leases, gives up printers that are not wanted or not ours any more, and tells the process."""
        if self._process is not None and self._process.returncode is not None:
            code = self._process.returncode
            _log.error("the process of the file printers ended; it is started again", code=code)
            self._tasks.stumbled("process", RuntimeError(f"it ended with {code}"))
            self._process = None
        if not self._served and self._process is None:
            await self._forget_old()
        self._remember()
        wanted = self._wanted()
        mine = {place for place in sorted(wanted) if await self._is_mine(place)}
        if self._process is None and mine:
            await self._begin()
        for place in set(self._served) - mine:
            await self._give_up(place)
        for place in mine - set(self._served):
            await self._serve(place)

    def _remember(self) -> None:
        """Notes each folder as soon as it is printed into: the office file may name another one before anything is deleted."""
        for office in self._offices():
            if (folders := ticket_pictures.present(office)) != self._folders.get(office.id, set()):
                ticket_pictures.remembered(office.id, folders, self._data)
                self._folders[office.id] = folders

    async def _is_mine(self, place: PrinterKey) -> bool:
        office, printer = place
        lease = await self._leases.take(office, _lease(printer), self._holder, PRINTERS_FOR_MS)
        return lease.holder == self._holder

    async def _begin(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "ticket_printer.folder_agents"),
            *("--server", str(self._address), "--data", str(self._data)),
            stdin=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        for token in self._served.values():
            await self._revoke(token)
        self._served.clear()

    async def _serve(self, place: PrinterKey) -> None:
        office, printer = place
        secret, token = await self._tokens.create("printer", [office], printer, NAME, TOKEN_LIFE_MS)
        self._made.add(token.id)
        self._served[place] = token.id
        await self._tell(do="serve", office=office, printer=printer, token=secret)

    async def _give_up(self, place: PrinterKey) -> None:
        office, printer = place
        await self._tell(do="stop", office=office, printer=printer)
        await self._revoke(self._served.pop(place))

    async def _tell(self, **what: str) -> None:
        """Tells the child over its standard input: so a token is neither on disk nor in the list of processes."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(ConnectionError):  # the next round notices a dead process
                self._process.stdin.write(json.dumps(what).encode() + b"\n")
                await self._process.stdin.drain()

    async def _revoke(self, token: str) -> None:
        await self._tokens.revoke(token)
        self._made.drop(token)

    async def _forget_old(self) -> None:
        """Revokes tokens that this node left when it crashed. Tokens of other nodes are not touched."""
        for token in self._made.kept():
            await self._revoke(token)

    async def stop(self) -> None:
        """Finishes the tickets that are being printed; then another node can take the printers at once."""
        await self._tasks.close()
        await self._end()
        for (office, printer), token in self._served.items():
            with contextlib.suppress(
                SQLAlchemyError, LogError, OSError
            ):  # if the database is away now, `_forget_old` revokes it at the next start
                await self._revoke(token)
                await self._leases.release(office, _lease(printer), self._holder)
        self._served.clear()

    async def _end(self) -> None:
        if self._process is None or self._process.stdin is None:
            return
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), GOODBYE_S)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


class _Made:
    """The ids of tokens that this node made and has not revoked, on its own disk."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def kept(self) -> list[str]:
        try:
            return list(json.loads(self._file.read_bytes()))
        except (OSError, ValueError):
            return []

    def add(self, token: str) -> None:
        self._write([*self.kept(), token])

    def drop(self, token: str) -> None:
        self._write([one for one in self.kept() if one != token])

    def _write(self, tokens: list[str]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps(tokens))
        part.replace(self._file)


def _lease(printer: str) -> str:
    return f"file-printer:{printer}"
