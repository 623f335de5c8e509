"""`/admin/passkeys`: an administrator's own second factors; and the second step of signing in with one."""

from starlette.responses import Response

from server.access.accounts import Account
from server.web.admin import ADMIN, actor, done, framed, said_done
from server.web.ask import Ask
from server.web.door import check_origin
from server.web.passkey_place import place_of
from server.web.refused import invalid, refuse
from server.web.routes.sign_in import end_session, form_of, local_path, note_sign_in, text_of, welcome
from server.web.templates import Templates
from server.web.way import Open, Way

LONGEST = 20_000
ACTS = ("passkey", "passkey-gone")


class AdminPasskeys:
    """The page `/admin/passkeys`, and `POST /sign-in/passkey`. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        forms = ("origin_refused", "malformed", "invalid", "too_large")
        return (
            Way("GET", "/admin/passkeys", self.page, ADMIN, "The reader's own passkeys", page=True),
            Way(
                *("POST", "/admin/passkeys", self.change, ADMIN, "Add or remove a passkey of one's own"),
                codes=(*forms, "unknown_route"),
                page=True,
            ),
            Way(
                *("POST", "/sign-in/passkey", self.sign_in, Open.ALL, "The second step of signing in"),
                codes=(*forms, "not_signed_in", "too_many"),
                page=True,
            ),
        )

    async def page(self, ask: Ask) -> Response:
        return await self._page(ask)

    async def change(self, ask: Ask) -> Response:
        form, account = await form_of(ask), await _own(ask)
        if account is None:
            raise refuse("unknown_route", "only an account has passkeys, a token has none")
        passkeys, act = ask.site.access.passkeys, form.get("do")
        if act == "remove":
            if await passkeys.remove(account.id, text_of(form, "id", 1_400)):
                await ask.site.access.audit.note(actor(ask), "passkey_removed", account=account.name or account.id)
            return done("/admin/passkeys", "passkey-gone")
        if act != "add":
            raise invalid("do", "add or remove")
        place, name = place_of(ask), text_of(form, "name", 60).strip()
        said, begun = text_of(form, "credential", LONGEST), text_of(form, "begun", 1_000)
        if place is None or not await passkeys.make(account, place, said, begun, name):
            return await self._page(ask, "admin-passkey-failed")
        await ask.site.access.audit.note(actor(ask), "passkey_added", account=account.name or account.id)
        return done("/admin/passkeys", "passkey")

    async def sign_in(self, ask: Ask) -> Response:
        """After the right password: the answer of the passkey."""
        check_origin(ask)
        form, place = await form_of(ask), place_of(ask)
        said, begun = text_of(form, "credential", LONGEST), text_of(form, "begun", 1_000)
        passed = None if place is None else await ask.site.access.passkeys.signed_in(place, said, begun)
        account = None if passed is None else await ask.site.access.accounts.get(passed.account)
        if passed is None or account is None or account.disabled or account.version != passed.version:
            ask.site.limits.guessed(ask.address)
            error = ask.site.say(ask.language, "start-passkey-failed")
            return self._templates.page("sign_in.html", ask.language, 401, path="/sign-in", error=error)
        await end_session(ask, "page")
        await note_sign_in(ask, account, "passkey")
        return welcome(ask, account, local_path(passed.to))

    async def _page(self, ask: Ask, error: str | None = None) -> Response:
        place, account = place_of(ask), await _own(ask)
        options, begun = "", ""
        if place is not None and account is not None:
            options, begun = await ask.site.access.passkeys.to_make(account, place)
        why_not = "token" if account is None else "address" if place is None else None
        about = {"options": options, "begun": begun, "why_not": why_not, "error": error, "done": said_done(ask, ACTS)}
        known = [] if account is None else await ask.site.access.passkeys.of(account.id)
        status = 422 if error else 200
        return framed(self._templates, ask, "passkeys", "people", status, passkeys=known, **about)


async def _own(ask: Ask) -> Account | None:
    """The reader's account; None for a token, and for a first administrator who has no password yet."""
    if ask.asker is None or ask.asker.kind != "page":
        return None
    account = await ask.site.access.accounts.get(ask.asker.id)
    return account if account is not None and account.has_password else None
