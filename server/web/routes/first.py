"""One-time links: the page that asks, the button that uses the link, and the page on which a password is then chosen.

Opening a link changes nothing, because chat previews and mail scanners open every link they see.
"""

from starlette.responses import RedirectResponse, Response

from server.access.accounts import Account, NameTaken
from server.access.passwords import Weak
from server.access.sessions import Session
from server.web.ask import Ask
from server.web.door import check_origin, cookie_of
from server.web.refused import RefusedRequest, refuse
from server.web.routes.sign_in import end_session, form_of, note_sign_in, text_of, welcome
from server.web.templates import Templates
from server.web.way import Open, Way, page

FIRST_NAME = "admin"
"""The name of the first administrator, unless another one is chosen."""


class First:
    """The pages `/first/{secret}` and `/password`. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        return (
            Way(
                "GET",
                "/first/{secret}",
                self.ask,
                Open.ALL,
                "A one-time link by which a password is chosen: asks, and changes nothing",
                codes=("link_expired", "too_many"),
                page=True,
            ),
            Way(
                "POST",
                "/first/{secret}",
                self.spend,
                Open.ALL,
                "Spends the link: signs in, and goes on to /password",
                codes=("link_expired", "origin_refused", "too_many"),
                page=True,
            ),
            page("/password", self.password, "Choose a password, behind a one-time link"),
            Way(
                "POST",
                "/password",
                self.choose,
                Open.ALL,
                "Choose a password",
                codes=("link_expired", "origin_refused", "malformed", "invalid", "too_large"),
                page=True,
            ),
        )

    async def ask(self, ask: Ask) -> Response:
        """The page that says what the link is for, with the button that uses it."""
        secret = ask.values["secret"]
        if not await ask.site.access.first_link.good(secret):
            raise self._over(ask)
        return self._templates.page("first.html", ask.language, path=f"/first/{secret}", secret=secret)

    async def spend(self, ask: Ask) -> Response:
        """Works once: the person who presses the button is signed in and then chooses a password."""
        check_origin(ask)
        account = await ask.site.access.first_link.redeem(ask.values["secret"])
        if account is None:
            raise self._over(ask)
        await end_session(ask, "page")
        await note_sign_in(ask, account, "link")
        return welcome(ask, account, "/password", by_link=True)

    async def password(self, ask: Ask) -> Response:
        """The form, for a session that was started by a link."""
        found = await self._begun(ask)
        if found is None:
            return RedirectResponse("/sign-in", 303)
        _, account = found
        return self._form(ask, account)

    async def choose(self, ask: Ask) -> Response:
        check_origin(ask)
        form, found = await form_of(ask), await self._begun(ask)
        if found is None:
            raise refuse("link_expired", "this link was used already, or is too old")
        (_, account), accounts = found, ask.site.access.accounts
        password = text_of(form, "password", 1_000)
        name = account.name or (text_of(form, "account", 200).strip() if "account" in form else "") or FIRST_NAME
        try:
            if account.name is None:
                account = await accounts.set_name_and_password(account.id, name, password)
            else:
                account = await accounts.set_password(account.id, password)
        except Weak:
            return self._form(ask, account, "start-password-weak", name)
        except NameTaken:
            return self._form(ask, account, "start-name-taken", name)
        return welcome(ask, account, "/")

    async def _begun(self, ask: Ask) -> tuple[Session, Account] | None:
        """The session that was started by a link, and its account."""
        sessions, cookie = ask.site.access.sessions, cookie_of(ask.site, ask.request, "page")
        session = sessions.read(cookie) if cookie else None
        account = None if session is None else await sessions.account_of(session)
        return (session, account) if session is not None and account is not None and session.by_link else None

    def _form(self, ask: Ask, account: Account, error: str | None = None, name: str | None = None) -> Response:
        return self._templates.page(
            "password.html",
            ask.language,
            422 if error else 200,
            path="/password",
            error=ask.site.say(ask.language, error) if error else None,
            named=account.name,
            account=name or FIRST_NAME,
        )

    def _over(self, ask: Ask) -> RefusedRequest:
        ask.site.limits.guessed(ask.address)
        return refuse("link_expired", "this link was used already, or is too old")
