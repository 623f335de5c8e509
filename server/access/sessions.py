"""Signed session cookies of staff pages and of device pages: who, since when. Sessions that were ended early are in `ended`.

Cookies are HttpOnly, SameSite=Strict, and Secure if the request came over TLS. A session lasts twelve hours, a device's 400
days or as long as its token. Called by web through the gate.
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
"""The clocks of two nodes may differ by this much."""
NAMES = {"page": "aufruf", "device": "aufruf_device"}

Kind = Literal["page", "device"]


class Session(Value):
    """The content of a cookie. `who`: id of an account or a token; `issued` in ms; `version` must be the account's.

    `by_link`: it began with a one-time link, so its owner may choose a password without knowing the old one.
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
    """Makes, reads and ends sessions."""

    def __init__(self, key: InstallationKey, clock: Clock, accounts: Accounts, ended: Ended, uses: Uses) -> None:
        options = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        self._signers = {
            kind: URLSafeSerializer(key.derived(f"{kind} session 2"), salt=f"aufruf {kind}", signer_kwargs=options)
            for kind in LASTS_MS
        }
        self._clock, self._accounts, self._ended, self._uses = clock, accounts, ended, uses

    def begin(self, account: Account, *, by_link: bool = False) -> str:
        """The value of a new cookie. It is made only at sign-in, so that no session lasts longer than twelve hours."""
        return self._signed("page", account.id, account.version, by_link)

    def begin_device(self, token: Token) -> str:
        """The same for the page of a device: the cookie contains the id of its token, not the token."""
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
        """Keyword arguments for `set_cookie` that delete the cookie in the browser."""
        return self.cookie(kind, "", secure=secure) | {"max_age": 0}

    def read(self, cookie: str, kind: Kind = "page") -> Session | None:
        """The content of a genuine cookie that has not run out, else None. `account_of` checks whether the account allows it."""
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
        """The account; None if it was disabled or signed out since (noticed within two seconds), or if the session was idle too
        long."""
        account = await self._accounts.get(session.who)
        if not self.goes_on(session.until, session.version, account):
            return None
        try:
            idle = await self.end_idle({(session.id, session.until)})
        except (SQLAlchemyError, OSError):  # while the database is away, known sessions go on
            return account
        return None if idle else account

    async def end_idle(self, sessions: Collection[tuple[str, int]]) -> set[str]:
        """Ends the sessions (id, until) that were not used for too long, as if signed out; returns their ids."""
        idle = await self._uses.idle({(id, until - LASTS_MS["page"]) for id, until in sessions})
        for id, until in sessions:
            if id in idle:
                await self._ended.end(of_session(id), until)
        return idle

    async def end(self, session: Session) -> None:
        """Signs out: the cookie is worthless at once on this node, within ten seconds on every other."""
        await self._ended.end(of_session(session.id), session.until)

    async def living(self, ids: Collection[str]) -> dict[str, Account]:
        """The accounts of open sockets, at most two seconds old."""
        return {id: account for id in ids if (account := await self._accounts.get(id)) is not None}

    def goes_on(self, until: int | None, version: int, account: Account | None) -> bool:
        """Whether a session of this version is still valid."""
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
    """The cookie's name. Over TLS it has the prefix `__Host-`: the browser then refuses one that another site has set."""
    return f"__Host-{NAMES[kind]}" if secure else NAMES[kind]
