"""The gate: who is asking, and may they. Makes the `Actor` of a token, a staff session or a link; the only room that does.

The tables of who may what are in `server.messages.rights`. Called by web for every request and every socket.
"""

from collections.abc import Callable, Collection
from typing import Literal

from server.access.accounts import Account, Grant
from server.access.links import Links
from server.access.sessions import Sessions
from server.access.sign_ins import SignIns
from server.access.tokens import Token, Tokens
from server.messages.actor import Actor
from server.messages.problems import Refusal
from server.messages.rights import BOARDS, DEVICES, STAFF
from server.messages.terms import BoardKind, Role
from server.messages.value import Value

HIGHEST_FIRST: tuple[Role, ...] = (
    "admin",
    "supervisor",
    "clerk",
    "desk",
    "observer",
    "booking",
    "kiosk",
    "station",
    "printer",
    "announcer",
    "display",
)
NAMED: tuple[Role, ...] = ("supervisor", "admin")
"""Whose account the log shows."""

NOT_SIGNED_IN = Refusal(code="not_signed_in", detail="Sign in, or send a bearer token.")
NOT_ALLOWED = Refusal(code="not_allowed", detail="Your role may not do this here.")


class Pass(Value):
    """Somebody who proved who they are, before any office. `id`: of the token or account; `until`: ms, or None for no end."""

    kind: Literal["token", "page"]
    id: str
    grants: tuple[Grant, ...]
    device: str | None = None
    version: int = 0
    until: int | None = None

    def role(self, office: str) -> Role | None:
        """The highest role here; None: no business in this office."""
        here = {role for role, where in self.grants if where in ("", office)}
        return next((role for role in HIGHEST_FIRST if role in here), None)

    @property
    def highest(self) -> Role:
        """The highest role anywhere: for what belongs to no office (`/admin`, `/metrics`, `/api/v1/me`)."""
        return next(role for role in HIGHEST_FIRST if any(role == given for given, _ in self.grants))

    @property
    def offices(self) -> tuple[str, ...]:
        """The offices named, empty for all."""
        named = {where for _, where in self.grants}
        return () if "" in named else tuple(sorted(named))


class Gate:
    """`day_of`: the day of an office as it stands there, "2026-11-22"."""

    def __init__(
        self, tokens: Tokens, sessions: Sessions, sign_ins: SignIns, links: Links, day_of: Callable[[str], str]
    ) -> None:
        self._tokens, self._sessions, self._sign_ins, self._links = tokens, sessions, sign_ins, links
        self._day_of = day_of

    async def known(self, bearer: str | None = None, cookie: str | None = None) -> Pass | None:
        """Who a bearer token or a session cookie belongs to. If a token is sent, the cookie is not read."""
        if bearer is not None:
            token = await self._tokens.verify(bearer)
            return None if token is None else _of_token(token)
        session = None if cookie is None else self._sessions.read(cookie)
        account = None if session is None else await self._sessions.account_of(session)
        if session is None or account is None or not account.grants:
            return None
        return Pass(kind="page", id=account.id, grants=account.grants, version=account.version, until=session.until)

    async def actor(self, asker: Pass, office: str) -> Actor | None:
        """As whom they act in this office; None if they have no role there.

        Staff act under an id of the day, with a token too: where each has one of their own it is as good as a name.
        """
        role = asker.role(office)
        if role is None:
            return None
        shown = asker.id if role in NAMED else ""
        page = asker.kind == "page"
        if not page and role not in STAFF:
            name = f"token:{asker.id}"
            return Actor(role=role, principal=name, holder=name, device=asker.device, account=shown)
        day = self._day_of(office)
        sign_in = await self._sign_ins.of(office, asker.id, day)
        earlier = await self._sign_ins.of_the_day_before(office, asker.id, day)
        return Actor(
            role=role,
            principal=f"signin:{sign_in}",
            holder=sign_in,
            device=asker.device,
            page=page,
            account=shown,
            earlier=earlier,
        )

    async def enter(
        self, office: str, who: Collection[Role] | None, bearer: str | None = None, cookie: str | None = None
    ) -> Actor | Refusal:
        """The actor, if it is one of `who` (None: anybody known); else why not: not_signed_in or not_allowed."""
        asker = await self.known(bearer, cookie)
        if asker is None:
            return NOT_SIGNED_IN
        actor = await self.actor(asker, office)
        if actor is None or (who is not None and actor.role not in who):
            return NOT_ALLOWED
        return actor

    def holder(self, secret: str) -> tuple[str, str, Actor] | None:
        """(office, ticket, actor) of a ticket's link. Its actor may touch this ticket only, which is its `device`."""
        found = self._links.parse(secret)
        return None if found is None else (*found, _of_link("ticket", *found))

    def appointment_holder(self, secret: str) -> tuple[str, str, Actor] | None:
        """(office, appointment, actor) of an appointment's link."""
        found = self._links.parse_appointment(secret)
        return None if found is None else (*found, _of_link("appointment", *found))

    async def living(self, passes: Collection[Pass]) -> set[Pass]:
        """Those that are still good, asked of the database: for sockets that stay open, every few seconds, all at once."""
        tokens = await self._tokens.living({one.id for one in passes if one.kind == "token"})
        accounts = await self._sessions.living({one.id for one in passes if one.kind == "page"})
        return {one for one in passes if (one.id in tokens if one.kind == "token" else self._goes_on(one, accounts))}

    def _goes_on(self, page: Pass, accounts: dict[str, Account]) -> bool:
        """Whether a page's session still counts, with the same rights: who was given others signs on anew."""
        account = accounts.get(page.id)
        if account is None or account.grants != page.grants:
            return False
        return self._sessions.goes_on(page.until, page.version, account)


def may_see(actor: Actor, kind: BoardKind, id: str) -> Refusal | None:
    """None if the actor may see this board. A device and a token for one counter see only what names them."""
    if actor.role not in BOARDS[kind]:
        return NOT_ALLOWED
    own = actor.role in (*DEVICES, "holder") or (kind == "counter" and actor.device is not None)
    if own and actor.device != id:
        return NOT_ALLOWED
    return None


def _of_token(token: Token) -> Pass:
    grants = tuple((token.role, office) for office in token.offices) or ((token.role, ""),)
    return Pass(kind="token", id=token.id, grants=grants, device=token.device, until=token.expires_at)


def _of_link(kind: str, office: str, id: str) -> Actor:
    name = f"{kind}:{office}.{id}"
    return Actor(role="holder", principal=name, holder=name, device=id)
