"""Printers that print into folders need no box of their own: `up` runs their agents, all in one child process.

So the sample office works without hardware. Among several nodes one serves a printer: the one that holds its lease.
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

from server.access.tokens import Tokens
from server.installed import lacks
from server.log.port import LogError
from server.log.presence_port import Leases
from server.messages.instants import DAY
from server.messages.office import Office
from server.tasks import Tasks

ROUND_S = 3.0
"""Seconds between two looks at which printers are ours, and whether the process lives."""
LEASE_MS = 10_000
"""A node that died keeps its printers for so long."""
GOODBYE_S = 3.0
"""Seconds the agents get to finish their papers."""
TOKEN_LIFE_MS = 365 * DAY

NAME = "file printer of this node"

_log = structlog.get_logger("aufruf.server")

Place = tuple[str, str]
"""(office, printer): an office's printer may have the id of another office's."""


class FilePrinters:
    """Agents of all printers of kind `file`, in the offices as they are now.

    `address` None: this node cannot be reached by a plain address (TLS). `leases`: of the store that the nodes share.
    """

    def __init__(
        self, data: Path, tokens: Tokens, leases: Leases, address: str | None, offices: Callable[[], Iterable[Office]]
    ) -> None:
        self._data, self._tokens, self._leases, self._address = data.absolute(), tokens, leases, address
        self._offices = offices
        self._holder = f"node:{secrets.token_hex(8)}"
        self._made = _Made(self._data / "printers" / "tokens.json")
        self._served: dict[Place, str] = {}  # our printers, and the id of each one's token
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

    def _wanted(self) -> set[Place]:
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
            except (LogError, SQLAlchemyError, OSError) as fault:  # a store or database that is away comes back
                _log.warning("file printers wait", reason=str(fault) or type(fault).__name__)
            await asyncio.sleep(ROUND_S)

    async def _round(self) -> None:
        """Takes and keeps the leases, gives up what is not wanted or not ours, and tells the process."""
        if self._process is not None and self._process.returncode is not None:
            _log.error("the process of the file printers ended; it is started again", code=self._process.returncode)
            self._process = None
        if not self._served and self._process is None:
            await self._forget_old()
        wanted = self._wanted()
        mine = {place for place in sorted(wanted) if await self._is_mine(place)}
        if self._process is None and mine:
            await self._begin()
        for place in set(self._served) - mine:
            await self._give_up(place)
        for place in mine - set(self._served):
            await self._serve(place)

    async def _is_mine(self, place: Place) -> bool:
        office, printer = place
        lease = await self._leases.take(office, _lease(printer), self._holder, LEASE_MS)
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

    async def _serve(self, place: Place) -> None:
        office, printer = place
        secret, token = await self._tokens.create("printer", [office], printer, NAME, TOKEN_LIFE_MS)
        self._made.add(token.id)
        self._served[place] = token.id
        await self._tell(do="serve", office=office, printer=printer, token=secret)

    async def _give_up(self, place: Place) -> None:
        office, printer = place
        await self._tell(do="stop", office=office, printer=printer)
        await self._revoke(self._served.pop(place))

    async def _tell(self, **what: str) -> None:
        """Over the child's standard input: a token is never on disk nor in the list of processes."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(ConnectionError):  # a dead one is noticed at the next round
                self._process.stdin.write(json.dumps(what).encode() + b"\n")
                await self._process.stdin.drain()

    async def _revoke(self, token: str) -> None:
        await self._tokens.revoke(token)
        self._made.drop(token)

    async def _forget_old(self) -> None:
        """Tokens of a life of this node that did not end well. Those of other nodes are theirs."""
        for token in self._made.kept():
            await self._revoke(token)

    async def stop(self) -> None:
        """The papers begun are finished; then the printers are another node's, at once."""
        await self._tasks.close()
        await self._end()
        for (office, printer), token in self._served.items():
            with contextlib.suppress(
                SQLAlchemyError, LogError, OSError
            ):  # what is away now is forgotten at the next start
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
    """The ids of the tokens this node made and has not revoked, on its own disk."""

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
