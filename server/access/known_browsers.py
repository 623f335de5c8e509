"""Browsers in which somebody has signed in before: a signed cookie says for which accounts. It gives no access.

Failed sign-ins in them are counted apart, so that nobody else's tries can keep staff out. Called by accounts and web's sign-in.
"""

import hashlib
import secrets

from itsdangerous import BadSignature, URLSafeSerializer

from server.access.installation import InstallationKey

COOKIE = "aufruf_known"
LASTS_S = 400 * 86_400
MOST = 8
"""The most accounts of one browser; the one that signed in longest ago is forgotten first."""


class KnownBrowsers:
    """Makes and reads the cookie. It contains accounts as keyed hashes, so that a browser tells nobody who works there."""

    def __init__(self, key: InstallationKey) -> None:
        self._key = key
        options = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        self._signer = URLSafeSerializer(key.derived("known browser 1"), salt="aufruf known", signer_kwargs=options)

    def of(self, cookie: str | None, account: str) -> str | None:
        """The browser's id, if `account` (folded) signed in there before."""
        id, accounts = self._read(cookie)
        return id if self._hidden(account) in accounts else None

    def with_account(self, cookie: str | None, account: str) -> str:
        """The cookie after a good sign-in."""
        id, accounts = self._read(cookie)
        mine = self._hidden(account)
        kept = [mine, *(one for one in accounts if one != mine)][:MOST]
        return str(self._signer.dumps([id or secrets.token_hex(16), *kept]))

    def _read(self, cookie: str | None) -> tuple[str | None, list[str]]:
        if not cookie or len(cookie) > 1_000:
            return None, []
        try:
            id, *accounts = self._signer.loads(cookie)
        except (BadSignature, ValueError, TypeError):
            return None, []
        return str(id), [str(one) for one in accounts]

    def _hidden(self, account: str) -> str:
        return self._key.hidden("known account 1", account)[:32]
