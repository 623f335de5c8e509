"""What a provider says is believed only if it is signed by it, for us, now, and for this one sign-in."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.access.access import Access
from server.access.oidc import Begun, NotSignedOn, Oidc, OidcSettings, Outsider
from server.clock import Clock
from tests.nodes.served import served

BACK = "https://warten.example.de/sign-in/oidc/back"
BEGUN = Begun(state="s", nonce="n", verifier="v", to="/")
KEY, OTHER = (RSAKey.generate_key(2048, parameters={"kid": "k"}) for _ in range(2))
SHARED = OctKey.import_key("secret-of-the-client-that-is-long-enough-for-hs256", parameters={"kid": "k"})


class Saying:
    """A provider that says whatever a test wants. `token`: its ID token; `info`: what it tells of the person besides."""

    def __init__(self) -> None:
        self.issuer = ""
        self.document: dict[str, Any] = {}
        self.token: Any = None
        self.info: dict[str, Any] = {}
        self.asked: dict[str, str] = {}

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._document),
                Route("/keys", self._keys),
                Route("/token", self._token, methods=["POST"]),
                Route("/info", self._info),
            ]
        )

    async def _document(self, request: Request) -> Response:
        return JSONResponse(self.document)

    async def _keys(self, request: Request) -> Response:
        return JSONResponse({"keys": [KEY.as_dict(private=False)]})

    async def _token(self, request: Request) -> Response:
        self.asked = {name: str(value) for name, value in (await request.form()).items()}
        return JSONResponse({"access_token": "a", "id_token": self.token})

    async def _info(self, request: Request) -> Response:
        return JSONResponse(self.info)


@pytest.fixture
async def saying() -> AsyncIterator[Saying]:
    provider = Saying()
    async with served(provider.app()) as port:
        provider.issuer = here = f"http://127.0.0.1:{port}"
        provider.document = {
            "issuer": here,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/keys",
            "userinfo_endpoint": f"{here}/info",
        }
        yield provider


@pytest.fixture
def oidc(saying: Saying, clock: Clock) -> Oidc:
    groups: dict[str, Any] = {"g": ("clerk", "mitte"), "h": ("supervisor", "")}
    settings = OidcSettings(issuer=saying.issuer, client="us", secret="secret", claim="groups", groups=groups)
    return Oidc(settings, clock)


def claims(saying: Saying, clock: Clock, **other: Any) -> dict[str, Any]:
    now = clock.now_ms() // 1000
    said = {"iss": saying.issuer, "aud": "us", "sub": "p-1", "exp": now + 60, "iat": now, "nonce": "n"}
    said |= {"groups": ["g"], "preferred_username": "anna", **other}
    return {name: value for name, value in said.items() if value is not None}


def signed(said: dict[str, Any], key: Any = KEY, algorithm: str = "RS256") -> str:
    return jwt.encode({"alg": algorithm, "kid": "k"}, said, key, algorithms=[algorithm])


async def test_a_good_token_names_a_person_and_their_pairs(saying: Saying, oidc: Oidc, clock: Clock) -> None:
    saying.token = signed(claims(saying, clock, groups=["g", "x", "h"]))

    found = await oidc.end(BACK, "code", BEGUN)
    assert found == Outsider("p-1", "anna", (("clerk", "mitte"), ("supervisor", "")))
    assert saying.asked["code_verifier"] == "v"
    assert saying.asked["redirect_uri"] == BACK


@pytest.mark.parametrize(
    "other",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "others"},
        {"aud": None},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"exp": None},
        {"exp": 1},
        {"sub": None},
    ],
    ids=str,
)
async def test_a_token_for_others_or_of_another_time_counts_for_nothing(
    saying: Saying, oidc: Oidc, clock: Clock, other: dict[str, Any]
) -> None:
    saying.token = signed(claims(saying, clock, **other))

    with pytest.raises(NotSignedOn, match="the ID token is not right") as told:
        await oidc.end(BACK, "code", BEGUN)
    assert told.value.word == "refused"


@pytest.mark.parametrize(
    ("key", "algorithm"), [(OTHER, "RS256"), (SHARED, "HS256"), (ECKey.generate_key("P-256"), "ES256")]
)
async def test_a_token_that_another_key_signed_counts_for_nothing(
    saying: Saying, oidc: Oidc, clock: Clock, key: Any, algorithm: str
) -> None:
    saying.token = signed(claims(saying, clock), key, algorithm)

    with pytest.raises(NotSignedOn, match="the ID token is not right"):
        await oidc.end(BACK, "code", BEGUN)


@pytest.mark.parametrize("token", [None, 5, "", "x.y.z", "eyJhbGciOiJub25lIn0.e30."])
async def test_what_is_no_token_counts_for_nothing(saying: Saying, oidc: Oidc, token: Any) -> None:
    saying.token = token

    with pytest.raises(NotSignedOn, match="ID token"):
        await oidc.end(BACK, "code", BEGUN)


async def test_groups_may_come_with_the_persons_data_but_only_with_their_own(
    saying: Saying, oidc: Oidc, clock: Clock
) -> None:
    saying.token = signed(claims(saying, clock, groups=None))
    saying.info = {"sub": "p-1", "groups": "h"}
    assert (await oidc.end(BACK, "code", BEGUN)).grants == (("supervisor", ""),)

    saying.info = {"sub": "p-2", "groups": "h"}
    with pytest.raises(NotSignedOn, match="names no group") as told:
        await oidc.end(BACK, "code", BEGUN)
    assert told.value.word == "group"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"issuer": "https://other.example"}, "--oidc-issuer must say the same"),
        ({"token_endpoint": None}, "has no token_endpoint"),
        ({"jwks_uri": "javascript:1"}, "has no jwks_uri"),
    ],
    ids=str,
)
async def test_a_provider_whose_document_is_not_right_is_not_used(
    saying: Saying, oidc: Oidc, wrong: dict[str, Any], reason: str
) -> None:
    saying.document |= wrong

    with pytest.raises(NotSignedOn, match=reason):
        await oidc.begin(BACK, "/")
    assert await oidc.farewell("/") is None


async def test_the_way_there_carries_what_the_way_back_proves(oidc: Oidc) -> None:
    url, begun = await oidc.begin(BACK, "/counter/mitte/1")
    again, other = await oidc.begin(BACK, "/")

    assert all(
        part in url for part in ("response_type=code", "client_id=us", "code_challenge_method=S256", begun.state)
    )
    assert begun.verifier not in url
    assert {begun.state, begun.nonce, begun.verifier}.isdisjoint({other.state, other.nonce, other.verifier})
    assert begun.to == "/counter/mitte/1"
    assert again != url


async def test_a_person_keeps_the_account_whatever_they_are_called(access: Access) -> None:
    outside, issuer = access.outside, "https://login.example.de"
    made = await outside.account_of(issuer, Outsider("p-1", "anna", (("clerk", "mitte"),)))
    again = await outside.account_of(issuer, Outsider("p-1", "Anna Neu", (("supervisor", ""),)))
    other = await outside.account_of("https://other.example", Outsider("p-1", "Anna", (("clerk", ""),)))

    assert made is not None
    assert again is not None
    assert other is not None
    assert (again.id, again.name, again.grants) == (made.id, "anna", (("supervisor", ""),))
    assert other.id != made.id
    assert other.name == "Anna (other.example)"
    assert await access.outside.is_outside(made.id)
