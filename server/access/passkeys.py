"""Passkeys, the second factor of administrators: made and checked by WebAuthn. Only public keys are stored. Called by web.

A challenge is signed into the form that carries it, counts for five minutes, and once.
"""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, NamedTuple

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from server.access import tables
from server.access.accounts import Account
from server.access.ended import Ended, of_session
from server.access.installation import InstallationKey
from server.clock import Clock
from server.messages.instants import MINUTE
from server.messages.value import Value

LASTS_MS = 5 * MINUTE
MOST = 10
"""Passkeys of one account."""


class PasskeyPlace(NamedTuple):
    """Where a passkey counts: the name of the site, and the origin that a browser must have."""

    name: str
    origin: str


class Passkey(NamedTuple):
    """As its owner sees it."""

    id: str
    name: str
    made_at: int
    used_at: int | None


class Challenge(Value):
    """What a form carries, signed. `to`: the page after signing in; `version`: the account's, when its password was right."""

    account: str
    version: int
    challenge: str
    to: str = "/"


class Passkeys:
    """The passkeys of an installation."""

    def __init__(self, engine: AsyncEngine, clock: Clock, key: InstallationKey, ended: Ended) -> None:
        self._writes, self._reads = engine, engine.execution_options(read_only=True)
        self._clock, self._ended = clock, ended
        self._signer = URLSafeTimedSerializer(key.derived("passkey 1"), salt="aufruf passkey")

    async def of(self, account: str) -> list[Passkey]:
        table = tables.passkeys.c
        query = select(table.id, table.name, table.made_at, table.used_at).where(table.account == account)
        async with self._reads.connect() as connection:
            return [Passkey(*row) for row in await connection.execute(query.order_by(table.made_at, table.id))]

    async def to_make(self, account: Account, place: PasskeyPlace) -> tuple[str, str]:
        """The options of a browser that makes one, as JSON, and the challenge for its form."""
        import webauthn  # each time here: an office without passkeys does not load it
        from webauthn.helpers.structs import AuthenticatorSelectionCriteria, UserVerificationRequirement

        challenge, known = secrets.token_bytes(32), await self.of(account.id)
        options = webauthn.generate_registration_options(
            rp_id=place.name,
            rp_name="Aufruf",
            user_id=hashlib.sha256(account.id.encode()).digest(),
            user_name=account.name or "admin",
            challenge=challenge,
            exclude_credentials=[_described(one.id) for one in known],
            authenticator_selection=AuthenticatorSelectionCriteria(
                user_verification=UserVerificationRequirement.PREFERRED
            ),
        )
        return webauthn.options_to_json(options), self._signed(account, challenge)

    async def make(self, account: Account, place: PasskeyPlace, said: str, form: str, name: str) -> bool:
        """Keeps the one that a browser made. False if it is not right, was answered before, or is one too many."""
        import webauthn
        from webauthn.helpers.exceptions import WebAuthnException

        begun = await self._begun(form)
        if begun is None or begun.account != account.id or len(await self.of(account.id)) >= MOST:
            return False
        try:
            made = webauthn.verify_registration_response(
                credential=said,
                expected_challenge=_bytes(begun.challenge),
                expected_rp_id=place.name,
                expected_origin=place.origin,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError):
            return False
        row = {"id": _text(made.credential_id), "account": account.id, "name": name, "made_at": self._clock.now_ms()}
        try:
            async with self._writes.begin() as connection:
                key = {"public_key": _text(made.credential_public_key), "sign_count": made.sign_count}
                await connection.execute(tables.passkeys.insert().values(row | key))
        except IntegrityError:
            return False
        return True

    async def to_sign_in(self, account: Account, place: PasskeyPlace, to: str) -> tuple[str, str] | None:
        """The same for the second step of signing in, after the password; None if the account has no passkey."""
        known = await self.of(account.id)
        if not known:
            return None
        import webauthn

        challenge = secrets.token_bytes(32)
        options = webauthn.generate_authentication_options(
            rp_id=place.name, challenge=challenge, allow_credentials=[_described(one.id) for one in known]
        )
        return webauthn.options_to_json(options), self._signed(account, challenge, to)

    async def signed_in(self, place: PasskeyPlace, said: str, form: str) -> Challenge | None:
        """Whose passkey answered the challenge of this form; None if it is not right."""
        import webauthn
        from webauthn.helpers.exceptions import WebAuthnException

        begun = await self._begun(form)
        row = None if begun is None else await self._row(_id_of(said), begun.account)
        if begun is None or row is None:
            return None
        try:
            done = webauthn.verify_authentication_response(
                credential=said,
                expected_challenge=_bytes(begun.challenge),
                expected_rp_id=place.name,
                expected_origin=place.origin,
                credential_public_key=_bytes(row.public_key),
                credential_current_sign_count=row.sign_count,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError):
            return None
        table, used = tables.passkeys, {"sign_count": done.new_sign_count, "used_at": self._clock.now_ms()}
        async with self._writes.begin() as connection:
            await connection.execute(update(table).where(table.c.id == row.id).values(used))
        return begun

    async def remove(self, account: str, id: str | None = None) -> int:
        """Removes one passkey of an account, or all of them; returns how many."""
        table = tables.passkeys
        meant = table.c.account == account if id is None else (table.c.account == account) & (table.c.id == id)
        async with self._writes.begin() as connection:
            return (await connection.execute(delete(table).where(meant))).rowcount

    async def _row(self, id: str, account: str) -> Any:
        table = tables.passkeys
        query = select(table).where(table.c.id == id, table.c.account == account)
        async with self._reads.connect() as connection:
            return (await connection.execute(query)).first()

    def _signed(self, account: Account, challenge: bytes, to: str = "/") -> str:
        return str(self._signer.dumps([account.id, account.version, _text(challenge), to]))

    async def _begun(self, form: str) -> Challenge | None:
        """The challenge that a form carries; it is spent by this."""
        try:
            account, version, challenge, to = self._signer.loads(form, max_age=LASTS_MS // 1000)
        except (BadSignature, ValueError, TypeError):
            return None
        if self._ended.has(spent := of_session(f"passkey:{challenge}")):
            return None
        await self._ended.end(spent, self._clock.now_ms() + LASTS_MS)
        return Challenge(account=account, version=version, challenge=challenge, to=to)


def _described(id: str) -> Any:
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return PublicKeyCredentialDescriptor(id=_bytes(id))


def _id_of(said: str) -> str:
    try:
        found = json.loads(said)
    except ValueError:
        return ""
    return str(found.get("id", ""))[:1_400] if isinstance(found, dict) else ""


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
