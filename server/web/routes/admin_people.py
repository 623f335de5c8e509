"""`/admin`: accounts and their (role, office) pairs, a link for a colleague, disabling, signing out everywhere."""

from collections.abc import Collection
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from server.access.accounts import STAFF_ROLES, Account, Grant, NameTaken
from server.access.gate import HIGHEST_FIRST
from server.web.admin import ADMIN, actor, done, framed, offices_of, said_done, scope
from server.web.ask import Ask
from server.web.refused import RefusedRequest, invalid, refuse
from server.web.routes.sign_in import form_of, text_of
from server.web.templates import Templates
from server.web.way import Way

ROLES = tuple(role for role in HIGHEST_FIRST if role in STAFF_ROLES)
ACTS = ("add", "take", "disable", "enable", "sign-out", "link", "no-passkeys")
"""What can be done to an account, as the buttons of its page say it."""
AUDITED = {
    "add": "roles_set",
    "take": "roles_set",
    "disable": "account_disabled",
    "enable": "account_enabled",
    "sign-out": "signed_out_everywhere",
    "link": "link_made",
    "no-passkeys": "passkeys_removed",
}
LONGEST_NAME = 100


class AdminPeople:
    """The pages `/admin` and `/admin/people/{id}`. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        forms = ("origin_refused", "malformed", "invalid", "too_large")
        return (
            Way("GET", "/admin", self.people, ADMIN, "The accounts of staff", page=True),
            Way(
                "POST",
                "/admin",
                self.invite,
                ADMIN,
                "Make an account, and a link with which its owner chooses a password",
                codes=forms,
                page=True,
            ),
            Way("GET", "/admin/people/{id}", self.one, ADMIN, "One account: its roles and sessions", page=True),
            Way(
                "POST",
                "/admin/people/{id}",
                self.change,
                ADMIN,
                "Change an account: roles, disabled or not, sign out everywhere, a new link",
                codes=(*forms, "unknown_route"),
                page=True,
            ),
        )

    async def people(self, ask: Ask) -> Response:
        return await self._people(ask)

    async def invite(self, ask: Ask) -> Response:
        form = await form_of(ask)
        name, grant = text_of(form, "name", LONGEST_NAME).strip(), await _grant(ask, form)
        try:
            account = await ask.site.access.accounts.create(name, None, [grant])
        except NameTaken:
            return await self._people(ask, "admin-name-taken", name)
        except ValueError:
            return await self._people(ask, "admin-name-missing", name)
        await _note(ask, "account_made", account, role=grant[0])
        return await self._linked(ask, account)

    async def one(self, ask: Ask) -> Response:
        """An account that is not there, or not theirs, leads to the list."""
        account = await _account(ask, ask.values["id"])
        return RedirectResponse("/admin", 303) if account is None else await self._one(ask, account)

    async def change(self, ask: Ask) -> Response:
        form = await form_of(ask)
        account, act = await _account(ask, ask.values["id"]), form.get("do")
        if account is None:
            raise refuse("unknown_route", "there is no such account")
        if act not in ACTS:
            raise invalid("do", f"one of {', '.join(ACTS)}")
        if act == "link":
            if account.disabled:
                return await self._one(ask, account, "admin-disabled-no-link")
            await _note(ask, "link_made", account)
            return await self._linked(ask, account)
        try:
            await _changed(ask, account, str(act), form)
        except LastAdministrator:
            return await self._one(ask, account, "admin-last")
        return done(f"/admin/people/{account.id}", str(act))

    async def _people(self, ask: Ask, error: str | None = None, name: str = "") -> Response:
        accounts = [one for one in await ask.site.access.accounts.list() if _is_covered(ask, one)]
        about = {"error": error, "name": name, "roles": ROLES, "offices": await offices_of(ask)}
        return framed(self._templates, ask, "people", "people", 422 if error else 200, accounts=accounts, **about)

    async def _one(self, ask: Ask, account: Account, error: str | None = None) -> Response:
        about: dict[str, Any] = {
            "error": error,
            "done": said_done(ask, ACTS),
            "roles": ROLES,
            "offices": await offices_of(ask),
        }
        about["passkeys"] = len(await ask.site.access.passkeys.of(account.id))
        about["outside"] = await ask.site.access.outside.is_outside(account.id)
        about["me"] = ask.asker is not None and ask.asker.id == account.id
        return framed(self._templates, ask, "account", "people", 422 if error else 200, account=account, **about)

    async def _linked(self, ask: Ask, account: Account) -> Response:
        """The link is shown once, on the answer to the press; it is in no address of ours and in no log."""
        secret = await ask.site.access.first_link.for_account(account.id)
        base = ask.site.settings.public_url or str(ask.request.base_url).rstrip("/")
        return framed(self._templates, ask, "link", "people", account=account, link=f"{base}/first/{secret}")


class LastAdministrator(Exception):
    """Afterwards nobody could administer this installation."""


async def _changed(ask: Ask, account: Account, act: str, form: FormData) -> None:
    accounts = ask.site.access.accounts
    match act:
        case "add" | "take":
            grant = await _grant(ask, form)
            grants = {*account.grants, grant} if act == "add" else {*account.grants} - {grant}
            await _keep_one(ask, account, grants)
            await accounts.set_grants(account.id, grants)
            await _note(ask, "roles_set", account, **{act: ":".join(filter(None, grant))})
            return
        case "disable":
            await _keep_one(ask, account, ())
            await accounts.disable(account.id)
        case "enable":
            await accounts.enable(account.id)
        case "no-passkeys":
            await ask.site.access.passkeys.remove(account.id)
        case "sign-out":
            await accounts.sign_out_everywhere(account.id)
    await _note(ask, AUDITED[act], account)


async def _keep_one(ask: Ask, account: Account, grants: Collection[Grant]) -> None:
    """Refuses to leave the installation without an administrator who can sign in."""
    if not _administers(account) or ("admin", "") in grants:
        return
    others = [one for one in await ask.site.access.accounts.list() if one.id != account.id and _administers(one)]
    if not others:
        raise LastAdministrator


def _administers(account: Account) -> bool:
    return account.has_password and not account.disabled and ("admin", "") in account.grants


async def _account(ask: Ask, id: str) -> Account | None:
    """An account that the reader may change: one all of whose offices they administer."""
    found = next((one for one in await ask.site.access.accounts.list() if one.id == id), None)
    return found if found is not None and _is_covered(ask, found) else None


def _is_covered(ask: Ask, account: Account) -> bool:
    return scope(ask).covers({office for _, office in account.grants})


async def _grant(ask: Ask, form: FormData) -> Grant:
    """The pair that a form chose: a role of staff, in an office that the reader administers."""
    role, office = text_of(form, "role", 20), text_of(form, "office", 64)
    if role not in ROLES:
        raise invalid("role", f"one of {', '.join(ROLES)}")
    if office and office not in await ask.site.access.known.offices() and office not in ask.site.desks:
        raise invalid("office", "there is no such office")
    if not scope(ask).covers([office]):
        raise _not_theirs()
    return next(one for one in ROLES if one == role), office


def _not_theirs() -> RefusedRequest:
    return refuse("not_allowed", "you administer other offices")


async def _note(ask: Ask, act: str, account: Account, **more: str) -> None:
    """`office`: the only one that the account is for, so that its administrator reads of it too."""
    offices = {office for _, office in account.grants}
    office = offices.pop() if len(offices) == 1 else ""
    await ask.site.access.audit.note(actor(ask), act, office, account=account.name or account.id, **more)
