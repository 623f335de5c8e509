"""Signing in and out: staff by name and password, a device's page by its token. One-time links are in `first`."""

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.responses import RedirectResponse, Response

from server.access.accounts import Account, TooMany, folded
from server.access.gate import NAMED
from server.access.known_browsers import COOKIE, LASTS_S
from server.access.sessions import Kind
from server.messages.rights import DEVICES
from server.web import reading
from server.web.ask import Ask
from server.web.door import check_origin, cookie_of
from server.web.line.peer import over_tls
from server.web.passkey_place import NOWHERE, place_of
from server.web.problems import wants_page
from server.web.refused import RefusedRequest, invalid, refuse, too_many
from server.web.templates import Templates
from server.web.way import Open, Way, page

SIGNED_OUT = "/sign-in?signed-out"


class SignIn:
    """The pages `/sign-in` and `/sign-out`. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        return (
            page("/sign-in", self.page, "Sign in"),
            Way(
                "POST",
                "/sign-in",
                self.sign_in,
                Open.ALL,
                "Sign in",
                codes=(
                    "origin_refused",
                    "too_many",
                    "not_signed_in",
                    "not_allowed",
                    "malformed",
                    "invalid",
                    "too_large",
                ),
                page=True,
            ),
            Way("POST", "/sign-out", self.sign_out, Open.ALL, "Sign out", codes=("origin_refused",), page=True),
        )

    async def page(self, ask: Ask) -> Response:
        return await self._page(ask)

    async def sign_in(self, ask: Ask) -> Response:
        check_origin(ask)
        form = await form_of(ask)
        if form.get("device"):
            return await self._device(ask, form)
        name, password = text_of(form, "account", 200), text_of(form, "password", 1_000)
        try:
            browser = ask.site.access.known_browsers.of(ask.request.cookies.get(COOKIE), folded(name))
            account = await ask.site.access.accounts.sign_in(name, password, ask.address, browser)
        except TooMany as many:
            return await self._too_many(ask, too_many(many.wait_ms / 1000, "too many failed sign-ins"), form)
        if account is None:
            return await self._page(ask, "start-sign-in-failed", form, 401)
        if (second := await self._second(ask, account, local_path(form.get("next")))) is not None:
            return second
        await end_session(ask, "page")
        await note_sign_in(ask, account)
        return welcome(ask, account, local_path(form.get("next")))

    async def _second(self, ask: Ask, account: Account, to: str) -> Response | None:
        """The second step, if this account has a passkey; it begins no session. Without a place for passkeys (the office is
        reached by another address than before) nobody with one gets in: else leaving https would switch the step off."""
        place = place_of(ask)
        asked = await ask.site.access.passkeys.to_sign_in(account, place or NOWHERE, to)
        if asked is None:
            return None
        if place is None:
            return await self._page(ask, "start-passkey-nowhere", None, 403)
        options, begun = asked
        return self._templates.page("second.html", ask.language, path="/sign-in", options=options, begun=begun)

    async def sign_out(self, ask: Ask) -> Response:
        """End the session of staff in this browser; if there is none, end the sign-in of the device."""
        check_origin(ask)
        answer = RedirectResponse(
            SIGNED_OUT, 303, {"cache-control": "no-store", "clear-site-data": '"cache", "storage"'}
        )
        kind: Kind = "page" if cookie_of(ask.site, ask.request, "page") else "device"
        await end_session(ask, kind)
        answer.set_cookie(**ask.site.access.sessions.taken_back(kind, secure=secure(ask)))
        return answer

    async def _device(self, ask: Ask, form: FormData) -> Response:
        """A kiosk's or display's page, signed in by the token of its device; the browser keeps a session, not the token."""
        token = await ask.site.access.tokens.verify(text_of(form, "device", 200))
        if token is None:
            ask.site.limits.guessed(ask.address)
            return await self._device_page(
                ask, "start-device-unknown", form, refuse("not_signed_in", "no living token")
            )
        if token.role not in DEVICES or token.device is None:
            reason = refuse("not_allowed", "only a token of one device signs a page in")
            return await self._device_page(ask, "start-device-other", form, reason)
        sessions = ask.site.access.sessions
        answer = RedirectResponse(local_path(form.get("next")), 303, {"cache-control": "no-store"})
        answer.set_cookie(**sessions.cookie("device", sessions.begin_device(token), secure=secure(ask)))
        return answer

    async def _device_page(self, ask: Ask, error: str, form: FormData, refused: RefusedRequest) -> Response:
        if not wants_page(ask.request):
            raise refused
        return await self._page(ask, error, form, refused.refusal.status)

    async def _too_many(self, ask: Ask, refused: RefusedRequest, form: FormData) -> Response:
        if not wants_page(ask.request):
            raise refused
        page = await self._page(ask, "start-sign-in-later", form, 429)
        page.headers.update(refused.headers)
        return page

    async def _page(
        self, ask: Ask, error: str | None = None, form: FormData | None = None, status: int = 200
    ) -> Response:
        query = ask.request.query_params
        signed_out = "signed-out" in query
        return self._templates.page(
            "sign_in.html",
            ask.language,
            status,
            path="/sign-in",
            error=ask.site.say(ask.language, error) if error else None,
            next=local_path(form.get("next") if form else query.get("next")),
            account=form.get("account") if form else None,
            device=bool(form and form.get("device")),
            oidc=ask.site.settings.oidc is not None,
            farewell=await _farewell(ask) if signed_out else None,
            signed_out=signed_out,
        )


async def note_sign_in(ask: Ask, account: Account, way: str = "password") -> None:
    """Who administers or supervises is in the audit when they come; whoever only serves citizens never is."""
    if any(role in NAMED for role, _ in account.grants):
        await ask.site.access.audit.note(account.id, "signed_in", way=way)


def welcome(ask: Ask, account: Account, to: str, *, by_link: bool = False) -> Response:
    """Redirect to a page, signed in."""
    sessions = ask.site.access.sessions
    answer = RedirectResponse(to, 303, {"cache-control": "no-store"})
    answer.set_cookie(**sessions.cookie("page", sessions.begin(account, by_link=by_link), secure=secure(ask)))
    if account.name is not None:
        known = ask.site.access.known_browsers.with_account(ask.request.cookies.get(COOKIE), folded(account.name))
        answer.set_cookie(*(COOKIE, known, LASTS_S), path="/", httponly=True, samesite="strict", secure=secure(ask))
    return answer


async def end_session(ask: Ask, kind: Kind) -> bool:
    """End the session whose cookie this browser sent, if there is one."""
    sessions, cookie = ask.site.access.sessions, cookie_of(ask.site, ask.request, kind)
    session = sessions.read(cookie, kind) if cookie else None
    if session is None:
        return False
    await sessions.end(session)
    return True


async def _farewell(ask: Ask) -> str | None:
    """Where to sign out at the provider too: a shared computer would else sign the next colleague in as this one."""
    oidc = ask.site.settings.oidc
    after = f"{ask.site.settings.public_url or str(ask.request.base_url).rstrip('/')}/sign-in"
    return None if oidc is None else await oidc.farewell(after)


def secure(ask: Ask) -> bool:
    return over_tls(ask.request.scope, ask.site.settings.public_url)


def local_path(wanted: object) -> str:
    """A path of this server to go to next; anything else leads to the launch pad."""
    good = isinstance(wanted, str) and wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    return str(wanted) if good and str(wanted).isprintable() and "\\" not in str(wanted) else "/"


async def form_of(ask: Ask, fields: int = 20) -> FormData:
    """The fields of one of our forms, at most so many."""
    media = ask.request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/x-www-form-urlencoded":
        raise refuse("malformed", "send the form as a browser does")
    ask.request._body = await reading.body(
        ask.request
    )  # the form is parsed from the body that was read within its size limit
    try:
        return await ask.request.form(max_fields=fields)
    except (MultiPartException, HTTPException):
        raise refuse("malformed", "no form of ours has that many fields") from None


def text_of(form: FormData, name: str, most: int) -> str:
    value = form.get(name)
    if not isinstance(value, str) or len(value) > most:
        raise invalid(name, f"a text of at most {most} characters")
    if name != "password" and any(sign < " " or sign == "\x7f" for sign in value):
        raise invalid(name, "without control characters")  # a name with NUL is a fault of the database
    return value


def key_of(form: FormData) -> str:
    """The key of a press, made with its form."""
    said = text_of(form, "key", 64)
    if not said or any(not "!" <= sign <= "~" for sign in said):
        raise invalid("key", "1 to 64 visible characters, made with the form")
    return said
