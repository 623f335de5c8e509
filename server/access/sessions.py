"""Signed session cookies of staff pages, and of a device's page: who, since when. What ended before its time is in `ended`.

HttpOnly, SameSite=Strict, Secure where the request came over TLS; ends by itself after twelve hours, a device's after 400
days or with its token. Called by web through the gate.
"""

import hashlib
import secrets
from collections.abc import Collection
from typing import Any, Literal

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.exc import SQLAlchemyError

from server.access.accounts import Account, Accounts
from server.access.ended import Ended, of_account, of_session
from server.access.installation import InstallationKey
from server.access.tokens import Token
from server.access.uses import Uses
from server.clock import Clock
from server.messages.instants import DAY, HOUR, MINUTE
from server.messages.value import Value

LASTS_MS = {"page": 12 * HOUR, "device": 400 * DAY}
SKEW_MS = MINUTE
"""Two nodes' clocks may differ by this much."""
NAMES = {"page": "aufruf", "device": "aufruf_device"}

Kind = Literal["page", "device"]


class Session(Value):
    """What a cookie says. `who`: an account's or a token's id; `issued` in ms; `version` must be the account's.

    `by_link`: begun by a one-time link, whose owner may choose a password without knowing the one before.
    """

    kind: Kind
    id: str
    who: str
    issued: int
    version: int = 0
    by_link: bool = False

    @property
    def until(self) -> int:
        return self.issued + LASTS_MS[self.kind]


class Sessions:
    """Makes, reads and ends them."""

    def __init__(self, key: InstallationKey, clock: Clock, accounts: Accounts, ended: Ended, uses: Uses) -> None:
        options = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        self._signers = {
            kind: URLSafeSerializer(key.derived(f"{kind} session 2"), salt=f"aufruf {kind}", signer_kwargs=options)
            for kind in LASTS_MS
        }
        self._clock, self._accounts, self._ended, self._uses = clock, accounts, ended, uses

    def begin(self, account: Account, *, by_link: bool = False) -> str:
        """The value of a fresh cookie: at sign-in, and only then, so that no session outlives its twelve hours."""
        return self._signed("page", account.id, account.version, by_link)

    def begin_device(self, token: Token) -> str:
        """The same for the page of a device: the cookie names its token and does not hold it."""
        return self._signed("device", token.id)

    def cookie(self, kind: Kind, value: str, *, secure: bool) -> dict[str, Any]:
        """Keyword arguments for Starlette's `set_cookie`."""
        return {
            "key": name_of(kind, secure=secure),
            "value": value,
            "max_age": LASTS_MS[kind] // 1000,
            "path": "/",
            "httponly": True,
            "samesite": "strict",
            "secure": secure,
        }

    def taken_back(self, kind: Kind, *, secure: bool) -> dict[str, Any]:
        """Keyword arguments for `set_cookie` that take it out of the browser."""
        return self.cookie(kind, "", secure=secure) | {"max_age": 0}

    def read(self, cookie: str, kind: Kind = "page") -> Session | None:
        """What a genuine cookie says that has not run out; whether the account agrees is for `account_of`."""
        if len(cookie) > 1_000:
            return None
        try:
            id, who, issued, version, by_link = self._signers[kind].loads(cookie)
        except (BadSignature, ValueError, TypeError):
            return None
        session = Session(kind=kind, id=id, who=who, issued=issued, version=version, by_link=by_link)
        now = self._clock.now_ms()
        return session if issued - SKEW_MS <= now < session.until and not self._is_over(session) else None

    async def account_of(self, session: Session) -> Account | None:
        """The account, unless it was disabled or signed out everywhere since (seen within two seconds), or idle too long."""
        account = await self._accounts.get(session.who)
        if not self.goes_on(session.until, session.version, account):
            return None
        try:
            idle = await self.end_idle({(session.id, session.until)})
        except (SQLAlchemyError, OSError):  # while the database is away, who is known goes on
            return account
        return None if idle else account

    async def end_idle(self, sessions: Collection[tuple[str, int]]) -> set[str]:
        """Those of (id, until) that nobody used for too long: ended, as if signed out."""
        idle = await self._uses.idle({(id, until - LASTS_MS["page"]) for id, until in sessions})
        for id, until in sessions:
            if id in idle:
                await self._ended.end(of_session(id), until)
        return idle

    async def end(self, session: Session) -> None:
        """Signed out: this cookie opens nothing more, here at once and on every node within ten seconds."""
        await self._ended.end(of_session(session.id), session.until)

    async def living(self, ids: Collection[str]) -> dict[str, Account]:
        """The accounts of open sockets, at most two seconds old."""
        return {id: account for id in ids if (account := await self._accounts.get(id)) is not None}

    def goes_on(self, until: int | None, version: int, account: Account | None) -> bool:
        """Whether a session of this version still counts."""
        if account is None or account.disabled or account.version != version:
            return False
        now = self._clock.now_ms()
        return until is None or until - LASTS_MS["page"] - SKEW_MS <= now < until

    def _signed(self, kind: Kind, who: str, version: int = 0, by_link: bool = False) -> str:
        said = [secrets.token_urlsafe(12), who, self._clock.now_ms(), version, by_link]
        return str(self._signers[kind].dumps(said))

    def _is_over(self, session: Session) -> bool:
        return self._ended.has(of_session(session.id), of_account(session.who, session.version))


def name_of(kind: Kind, *, secure: bool) -> str:
    """The cookie's name. Over TLS the browser itself refuses one that another site set (`__Host-`)."""
    return f"__Host-{NAMES[kind]}" if secure else NAMES[kind]
