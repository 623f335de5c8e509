"""All parts of access, made from an engine and a clock. Wiring makes one per process and starts it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access.accounts import Accounts
from server.access.attempts import Attempts
from server.access.audit import Audit
from server.access.device_tokens import DeviceTokens
from server.access.ended import Ended
from server.access.first_link import FirstLink
from server.access.gate import Gate, Pass
from server.access.installation import InstallationKey, installation_key
from server.access.known import Known
from server.access.known_browsers import KnownBrowsers
from server.access.links import Links
from server.access.outside import OutsideAccounts
from server.access.passkeys import Passkeys
from server.access.passwords import Passwords
from server.access.sessions import Sessions
from server.access.set_right import set_day_right, set_right
from server.access.sign_ins import SignIns
from server.access.tokens import Tokens
from server.access.uses import Uses
from server.clock import Clock
from server.log.presence_port import Notices
from server.tasks import Tasks

EVERY_S = 10.0
"""Seconds between two writes of last uses."""
HEARD_S = 2.0
"""Seconds between two checks for what other nodes have ended."""
LIMIT_S = 5.0

_log = structlog.get_logger("aufruf.access")


class Access:
    """Tokens, accounts, sessions, links, and the gate that uses them.

    `day_of(office)`: the office's day, from the desk's state. `store`: the second way by which nodes learn what was ended.
    `idle_ms`: a staff session ends after this long without a use; 0: never.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        clock: Clock,
        key: InstallationKey,
        day_of: Callable[[str], str],
        store: Notices | None = None,
        idle_ms: int = 0,
        passwords: Passwords | None = None,
    ) -> None:
        self._engine, self._clock = engine, clock
        self.ended = Ended(engine, clock, store)
        self.tokens = Tokens(engine, clock, self.ended)
        self.device_tokens = DeviceTokens(engine, clock, self.tokens)
        self._attempts = Attempts(engine, clock, key)
        self.accounts = Accounts(engine, clock, passwords or Passwords(), self._attempts, self.ended)
        self.uses = Uses(engine, clock, idle_ms)
        self.sessions = Sessions(key, clock, self.accounts, self.ended, self.uses)
        self.sign_ins = SignIns(engine)
        self.links = Links(key)
        self.derived = key.derived
        """The key of this installation for one purpose of another room."""
        self.known_browsers = KnownBrowsers(key)
        self.first_link = FirstLink(engine, clock, self.accounts)
        self.passkeys = Passkeys(engine, clock, key, self.ended)
        self.outside = OutsideAccounts(engine, self.accounts)
        self.audit, self.known = Audit(engine, clock), Known(engine)
        self.gate = Gate(self.tokens, self.sessions, self.sign_ins, self.links, self.ended, day_of)
        self._tasks = Tasks("access")

    @classmethod
    async def open(
        cls,
        engine: AsyncEngine,
        clock: Clock,
        day_of: Callable[[str], str],
        store: Notices | None = None,
        idle_ms: int = 0,
        passwords: Passwords | None = None,
    ) -> "Access":
        """Access on a database that `server.history.database` opened; makes the installation key if there is none."""
        return cls(engine, clock, await installation_key(engine), day_of, store, idle_ms, passwords)

    async def forget_day(self, office: str, day: str) -> None:
        """A day is over: deletes the sign-in ids of the day before it. Its own live 24 hours longer."""
        await self.sign_ins.forget_day(office, day)

    async def set_right(self, days: Mapping[str, str] | None = None) -> None:
        """The clock is right now: corrects what was stored while it was ahead. `days`: by office, a date that is today again."""
        await set_right(self._engine, self._clock.now_ms())
        for office, day in (days or {}).items():
            await set_day_right(self._engine, office, day)
            self.sign_ins.forget_known(office)

    def used(self, asker: Pass) -> None:
        """Somebody pressed or opened a page: a staff session is not idle."""
        if asker.kind == "page":
            self.uses.use(asker.session)

    async def start(self) -> None:
        """Reads what was ended before; begins to write last uses and to listen for notices."""
        await self.ended.look()
        self._tasks.forever(self._keep, "last uses")
        for through in (self.ended.through_database, self.ended.through_store):
            self._tasks.forever(partial(_listen, through), through.__name__)

    async def stop(self) -> None:
        """Writes what is left, and ends. The engine is closed by the caller who made it."""
        await self._tasks.close()
        await self.tokens.close()
        await self.accounts.close()
        await self._tidy()

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(EVERY_S)
            await self._tidy()

    async def _tidy(self) -> None:
        """Writes last uses regularly. If the database is away for a moment, only a last use is lost."""
        try:
            async with asyncio.timeout(LIMIT_S):
                await self.tokens.note_uses()
                await self.uses.note()
                await self._attempts.forget()
        except (SQLAlchemyError, TimeoutError, OSError) as error:
            _log.warning("last uses were not written", fault=type(error).__name__)


async def _listen(through: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(HEARD_S)
        await through()
