"""Signing in at the city's own provider: to it and back. The provider decides who somebody is, the options what they may."""

import hmac

from itsdangerous import BadSignature, URLSafeTimedSerializer
from msgspec import convert, to_builtins
from starlette.responses import RedirectResponse, Response

from server.access.accounts import NameTaken
from server.access.oidc import Begun, NotSignedOn
from server.web.ask import Ask
from server.web.routes.sign_in import end_session, local_path, note_sign_in, secure, welcome
from server.web.templates import Templates
from server.web.way import Open, Way

COOKIE = "aufruf_oidc"
LASTS_S = 600
BACK = "/sign-in/oidc/back"


class SingleSignOn:
    """The ways `/sign-in/oidc` and `/sign-in/oidc/back`. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        there, back = "Sign in at the provider", "Back from the provider, signed in"
        return (
            Way("GET", "/sign-in/oidc", self.begin, Open.ALL, there, page=True, strangers=True),
            Way("GET", BACK, self.end, Open.ALL, back, page=True, strangers=True),
        )

    async def begin(self, ask: Ask) -> Response:
        oidc = ask.site.settings.oidc
        if oidc is None:
            return RedirectResponse("/sign-in", 303)
        try:
            url, begun = await oidc.begin(_base(ask) + BACK, local_path(ask.request.query_params.get("next")))
        except NotSignedOn as fault:
            return self._failed(ask, fault.word)
        answer = RedirectResponse(url, 303, {"cache-control": "no-store"})
        kept = str(_signer(ask).dumps(to_builtins(begun)))
        # Lax: the provider sends the browser back from another site, and a strict cookie would stay behind
        answer.set_cookie(_name(ask), kept, LASTS_S, path="/", httponly=True, samesite="lax", secure=secure(ask))
        return answer

    async def end(self, ask: Ask) -> Response:
        """Answers with a page that goes on by itself: a redirect would still come from the provider's site, and the browser
        would keep the strict cookie of the new session back."""
        oidc, query, begun = ask.site.settings.oidc, ask.request.query_params, _begun(ask)
        if oidc is None:
            return RedirectResponse("/sign-in", 303)
        if begun is None or not hmac.compare_digest(query.get("state", "").encode(), begun.state.encode()):
            return self._failed(ask, "again")
        try:
            person = await oidc.end(_base(ask) + BACK, query.get("code", "")[:4_000], begun)
            account = await ask.site.access.outside.account_of(oidc.settings.issuer, person)
        except NotSignedOn as fault:
            return self._failed(ask, fault.word)
        except NameTaken:
            return self._failed(ask, "refused")
        if account is None:
            return self._failed(ask, "disabled")
        await end_session(ask, "page")
        await note_sign_in(ask, account, "provider")
        going = welcome(ask, account, begun.to)
        page = self._templates.page("signed_on.html", ask.language, path="/sign-in", to=begun.to)
        page.raw_headers.extend(pair for pair in going.raw_headers if pair[0] == b"set-cookie")
        page.delete_cookie(_name(ask), path="/", httponly=True, samesite="lax", secure=secure(ask))
        return page

    def _failed(self, ask: Ask, word: str) -> Response:
        error = ask.site.say(ask.language, f"start-oidc-{word}")
        status = 503 if word == "away" else 403
        return self._templates.page("sign_in.html", ask.language, status, path="/sign-in", error=error, oidc=True)


def _base(ask: Ask) -> str:
    return ask.site.settings.public_url or str(ask.request.base_url).rstrip("/")


def _name(ask: Ask) -> str:
    return f"__Host-{COOKIE}" if secure(ask) else COOKIE


def _signer(ask: Ask) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(ask.site.access.derived("single sign-on 1"), salt="aufruf oidc")


def _begun(ask: Ask) -> Begun | None:
    try:
        return convert(_signer(ask).loads(ask.request.cookies.get(_name(ask), ""), max_age=LASTS_S), Begun)
    except (BadSignature, ValueError):
        return None
