"""Signing in and out: staff by name and password, the first administrator by a one-time link, a device's page by its token."""

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from server.access.accounts import Account, TooMany
from server.access.passwords import Weak, check_strength
from server.web import reading
from server.web.ask import Ask
from server.web.door import DEVICE_COOKIE, check_origin
from server.web.refused import invalid, refuse, too_many
from server.web.templates import Templates

FIRST_NAME = "admin"
"""What the first administrator signs in as."""
DEVICE_S = 400 * 86_400
"""The longest a browser keeps a cookie; a revoked token ends it at once."""


class SignIn:
    """The pages `/sign-in`, `/sign-out` and `/first/{secret}`. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    async def page(self, ask: Ask) -> Response:
        return self._page(ask, None)

    async def first(self, ask: Ask) -> Response:
        """The link that `up` prints, good once: whoever opens it is the administrator, and may choose a password now."""
        account = await ask.site.access.first_link.redeem(ask.values["secret"])
        if account is None:
            ask.site.limits.guessed(ask.address)
            raise refuse("link_expired", "this link was used already, or is too old")
        sessions, page = ask.site.access.sessions, self._first(ask, None)
        page.set_cookie(**sessions.cookie(sessions.begin(account)))
        return page

    async def sign_in(self, ask: Ask) -> Response:
        check_origin(ask)
        form = await _form(ask)
        if form.get("device"):
            return await self._device(ask, form)
        if form.get("first"):
            return await self._first_password(ask, form)
        try:
            account = await ask.site.access.accounts.sign_in(
                _text(form, "account", 200), _text(form, "password", 1_000), ask.address
            )
        except TooMany as many:
            raise too_many(many.wait_ms / 1000, "too many failed sign-ins") from None
        if account is None:
            return self._page(ask, "start-sign-in-failed", form)
        return self._welcome(ask, account, form)

    async def sign_out(self, ask: Ask) -> Response:
        check_origin(ask)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(**ask.site.access.sessions.ended())
        answer.delete_cookie(DEVICE_COOKIE, path="/")
        return answer

    async def _first_password(self, ask: Ask, form: FormData) -> Response:
        """Only for the session that the first link began: an account without a name has no password yet."""
        access, password = ask.site.access, _text(form, "password", 1_000)
        session = access.sessions.read(ask.request.cookies.get(access.sessions.name, ""))
        account = None if session is None else await access.sessions.account_of(session)
        if account is None or account.name is not None:
            raise refuse("link_expired", "this link was used already, or is too old")
        try:
            check_strength(password, FIRST_NAME)
        except Weak:
            return self._first(ask, "start-password-weak")
        account = await access.accounts.set_name_and_password(account.id, FIRST_NAME, password)
        return self._welcome(ask, account, form)

    async def _device(self, ask: Ask, form: FormData) -> Response:
        """A kiosk's or display's page, signed in by the token of its device."""
        token = _text(form, "device", 200)
        if await ask.site.access.gate.known(bearer=token) is None:
            ask.site.limits.guessed(ask.address)
            raise refuse("not_signed_in", "this is no living token")
        answer = RedirectResponse(_next(form), 303)
        secure = ask.site.settings.tls
        answer.set_cookie(
            DEVICE_COOKIE, token, max_age=DEVICE_S, path="/", httponly=True, samesite="strict", secure=secure
        )
        return answer

    def _welcome(self, ask: Ask, account: Account, form: FormData) -> Response:
        sessions = ask.site.access.sessions
        answer = RedirectResponse(_next(form), 303, {"cache-control": "no-store"})
        answer.set_cookie(**sessions.cookie(sessions.begin(account)))
        return answer

    def _page(self, ask: Ask, error: str | None, form: FormData | None = None) -> Response:
        language = ask.language
        wanted = form.get("next") if form else ask.request.query_params.get("next")
        return self._templates.page(
            "sign_in.html",
            language,
            401 if error else 200,
            path="/sign-in",
            error=ask.site.say(language, error) if error else None,
            next=local_path(wanted),
            account=form.get("account") if form else None,
            first=False,
        )

    def _first(self, ask: Ask, error: str | None) -> Response:
        language = ask.language
        return self._templates.page(
            "sign_in.html",
            language,
            422 if error else 200,
            path="/sign-in",
            error=ask.site.say(language, error) if error else None,
            next="/",
            account=FIRST_NAME,
            first=True,
        )


def local_path(wanted: object) -> str:
    """A path of this server to go on to; anything else is the launch pad."""
    good = isinstance(wanted, str) and wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return str(wanted) if good and str(wanted).isprintable() and "\\" not in str(wanted) else "/"


def _next(form: FormData) -> str:
    return local_path(form.get("next"))


async def _form(ask: Ask) -> FormData:
    media = ask.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/x-www-form-urlencoded":
        raise refuse("malformed", "send the form as a browser does")
    ask.request._body = await reading.body(ask.request)  # the form is then parsed from what was read within its bound
    return await ask.request.form(max_fields=20)


def _text(form: FormData, name: str, most: int) -> str:
    value = form.get(name)
    if not isinstance(value, str) or len(value) > most:
        raise invalid(name, f"a text of at most {most} characters")
    return value
