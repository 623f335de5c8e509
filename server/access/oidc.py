"""Single sign-on by OpenID Connect: the code flow with PKCE, a checked ID token, and groups that become (role, office) pairs.

Every fault is one clear line in the log, and one word for people. Made by `server.single_sign_on`, called by web's sign-in.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

import httpx
import structlog

from server.access.accounts import Grant
from server.clock import Clock
from server.messages.instants import MINUTE
from server.messages.value import Value

if TYPE_CHECKING:  # an office without a provider does not load it
    from joserfc.jwk import KeySet

LIMIT_S = 10.0
KNOWN_MS = 10 * MINUTE
"""For how long the provider's document and keys are believed before they are fetched again."""
LEEWAY_S = 60
"""The clocks of two machines may differ by this much."""
LARGEST = 200_000
"""Bytes of an answer of the provider."""
MOST_GROUPS = 5_000
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""How an ID token may be signed; never "none", and never with the client's secret."""

_log = structlog.get_logger("aufruf.access")


class OidcSettings(Value):
    """A provider. `claim`: which lists the groups; `groups`: group → the pair that its members get."""

    issuer: str
    client: str
    secret: str
    claim: str
    groups: dict[str, Grant]


class NotSignedOn(Exception):
    """`word` for people: `away` (the provider), `refused` (what it said is not right), `group` (none of theirs counts)."""

    def __init__(self, word: str, reason: str) -> None:
        super().__init__(reason)
        self.word = word


class Begun(Value):
    """What the browser keeps while its user is at the provider, signed."""

    state: str
    nonce: str
    verifier: str
    to: str


class Outsider(NamedTuple):
    """Who signed in there. `subject` never changes; `name` is what people call them."""

    subject: str
    name: str
    grants: tuple[Grant, ...]


class Oidc:
    """One provider. It is asked for its document at the first sign-in, so that an office opens without it."""

    def __init__(self, settings: OidcSettings, clock: Clock) -> None:
        self.settings, self._clock = settings, clock
        self._known: tuple[int, dict[str, Any], KeySet] | None = None

    async def begin(self, back: str, to: str) -> tuple[str, Begun]:
        """The address at the provider to go to. `back`: ours, to which it sends the browser; `to`: the page after that."""
        document, _ = await self._provider()
        begun = Begun(
            state=secrets.token_urlsafe(24), nonce=secrets.token_urlsafe(24), verifier=secrets.token_urlsafe(48), to=to
        )
        challenge = base64.urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self.settings.client,
            "redirect_uri": back,
            "scope": "openid profile email",
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{document['authorization_endpoint']}?{urlencode(asked)}", begun

    async def end(self, back: str, code: str, begun: Begun) -> Outsider:
        """Who has signed in there. Raises NotSignedOn, after a line in the log that says why."""
        try:
            return await self._person(back, code, begun)
        except NotSignedOn as fault:
            _log.warning("single sign-on was refused", issuer=self.settings.issuer, reason=str(fault))
            raise

    async def farewell(self, after: str) -> str | None:
        """Where somebody signs out at the provider too; None if it has no such page, or is away."""
        try:
            document, _ = await self._provider()
        except NotSignedOn:
            return None
        page = document.get("end_session_endpoint")
        asked = urlencode({"client_id": self.settings.client, "post_logout_redirect_uri": after})
        return f"{page}?{asked}" if isinstance(page, str) else None

    async def _person(self, back: str, code: str, begun: Begun) -> Outsider:
        document, keys = await self._provider()
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": begun.verifier}
        secret = httpx.BasicAuth(self.settings.client, self.settings.secret)
        token = await _fetched("POST", str(document["token_endpoint"]), data=form, auth=secret)
        claims = self._claims(token.get("id_token"), keys, begun.nonce)
        if self.settings.claim not in claims and "userinfo_endpoint" in document:
            bearer = {"Authorization": f"Bearer {token.get('access_token')}"}
            more = await _fetched("GET", str(document["userinfo_endpoint"]), headers=bearer)
            if more.get("sub") == claims["sub"]:  # another person's answer counts for nothing
                claims = {**more, **claims}
        return self._named(claims)

    def _claims(self, token: Any, keys: "KeySet", nonce: str) -> dict[str, Any]:
        if not isinstance(token, str):
            raise NotSignedOn("refused", "the provider gave no ID token")
        from joserfc import jwt
        from joserfc.errors import JoseError

        needed = jwt.JWTClaimsRegistry(
            now=self._clock.now_ms() // 1000,
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self.settings.issuer},
            aud={"essential": True, "value": self.settings.client},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
            needed.validate(claims)
        except (JoseError, ValueError) as fault:
            raise NotSignedOn("refused", f"the ID token is not right ({fault})") from fault
        return claims

    def _named(self, claims: Mapping[str, Any]) -> Outsider:
        said = claims.get(self.settings.claim)
        groups = [said] if isinstance(said, str) else said if isinstance(said, list) else []
        theirs = {str(group) for group in groups[:MOST_GROUPS]}
        grants = tuple(sorted({pair for group, pair in self.settings.groups.items() if group in theirs}))
        if not grants:
            raise NotSignedOn("group", f"the claim {self.settings.claim!r} names no group of --oidc-group")
        name = next((claims[key] for key in ("preferred_username", "email", "name") if claims.get(key)), claims["sub"])
        return Outsider(str(claims["sub"])[:200], str(name)[:100], grants)

    async def _provider(self) -> "tuple[dict[str, Any], KeySet]":
        now = self._clock.now_ms()
        if self._known is None or not 0 <= now - self._known[0] < KNOWN_MS:
            try:
                self._known = (now, *await self._discovered())
            except NotSignedOn as fault:
                _log.warning("the provider of sign-ins cannot be used", issuer=self.settings.issuer, reason=str(fault))
                raise
        return self._known[1:]

    async def _discovered(self) -> "tuple[dict[str, Any], KeySet]":
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        issuer = self.settings.issuer
        document = await _fetched("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if document.get("issuer") != issuer:
            raise NotSignedOn("refused", f"it calls itself {document.get('issuer')!r}; --oidc-issuer must say the same")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not str(document.get(name, "")).startswith(("https://", "http://")):
                raise NotSignedOn("refused", f"its document has no {name}")
        keys = await _fetched("GET", document["jwks_uri"])
        try:
            return document, KeySet.import_key_set(keys)  # type: ignore[arg-type]
        except (JoseError, ValueError, KeyError, TypeError) as fault:
            raise NotSignedOn("refused", f"its keys cannot be read ({fault})") from fault


async def _fetched(method: str, url: str, **more: Any) -> dict[str, Any]:
    try:
        async with httpx.AsyncClient(timeout=LIMIT_S, follow_redirects=False, trust_env=True) as client:
            answer = await client.request(method, url, **more)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as fault:
        raise NotSignedOn("away", f"it does not answer ({str(fault) or type(fault).__name__})") from fault
    if answer.status_code != 200 or len(answer.content) > LARGEST:
        raise NotSignedOn("refused", f"{url.partition('?')[0]} answers {answer.status_code} ({_error(answer)})")
    found = _object(answer)
    if found is None:
        raise NotSignedOn("refused", f"{url.partition('?')[0]} does not answer JSON")
    return found


def _object(answer: httpx.Response) -> dict[str, Any] | None:
    try:
        found = answer.json()
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _error(answer: httpx.Response) -> str:
    """What the provider says is wrong: `invalid_client` is a wrong secret."""
    said = (_object(answer) or {}).get("error", "no reason given")
    return str(said)[:60]
