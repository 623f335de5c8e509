"""Signed session cookies of staff pages: who, since when, of which version. Nothing is stored on the server.

HttpOnly, SameSite=Strict, Secure when TLS; ends by itself after twelve hours. Called by web through the gate.
"""

import hashlib
from collections.abc import Collection
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

from server.access.accounts import Account, Accounts
from server.access.installation import InstallationKey
from server.clock import Clock
from server.messages.value import Value

LASTS_MS = 12 * 3_600_000
SKEW_MS = 60_000  # two nodes' clocks may differ by this much


class Session(Value):
    """What a cookie says. `issued` in ms; `version` must be the account's."""

    account: str
    issued: int
    version: int

    @property
    def until(self) -> int:
        return self.issued + LASTS_MS


class Sessions:
    """Makes and reads cookies. `secure`: the pages are served over TLS."""

    def __init__(self, key: InstallationKey, clock: Clock, accounts: Accounts, secure: bool = False) -> None:
        options = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        self._signer = URLSafeSerializer(key.derived("session 1"), salt="aufruf session", signer_kwargs=options)
        self._clock, self._accounts, self._secure = clock, accounts, secure

    @property
    def name(self) -> str:
        """The cookie's name. With TLS the browser itself refuses one that another site set (`__Host-`)."""
        return "__Host-aufruf" if self._secure else "aufruf"

    def begin(self, account: Account) -> str:
        """The value of a fresh cookie: at sign-in, and only then, so that no session outlives its twelve hours."""
        return str(self._signer.dumps([account.id, self._clock.now_ms(), account.version]))

    def cookie(self, value: str) -> dict[str, Any]:
        """Keyword arguments for Starlette's `set_cookie`."""
        return {
            "key": self.name,
            "value": value,
            "max_age": LASTS_MS // 1000,
            "path": "/",
            "httponly": True,
            "samesite": "strict",
            "secure": self._secure,
        }

    def ended(self) -> dict[str, Any]:
        """Keyword arguments for `set_cookie` that take it back."""
        return self.cookie("") | {"max_age": 0}

    def read(self, cookie: str) -> Session | None:
        """What a genuine cookie says that has not run out; whether the account agrees is for `account_of`."""
        if len(cookie) > 1_000:
            return None
        try:
            account, issued, version = self._signer.loads(cookie)
        except (BadSignature, ValueError, TypeError):
            return None
        session = Session(account=account, issued=issued, version=version)
        now = self._clock.now_ms()
        return session if issued - SKEW_MS <= now < session.until else None

    async def account_of(self, session: Session) -> Account | None:
        """The account, unless it was disabled or signed out everywhere since (seen within two seconds)."""
        account = await self._accounts.get(session.account)
        return account if self.goes_on(session.until, session.version, account) else None

    async def living(self, ids: Collection[str]) -> dict[str, Account]:
        """The accounts of open sockets, at most two seconds old."""
        return {id: account for id in ids if (account := await self._accounts.get(id)) is not None}

    def goes_on(self, until: int | None, version: int, account: Account | None) -> bool:
        """Whether a session of this version still counts."""
        if account is None or account.disabled or account.version != version:
            return False
        return until is None or self._clock.now_ms() < until
