"""The gate: who is asking, and what may they do? Only here a token, a staff session or a link becomes an `Actor`.

The tables of rights are in `server.messages.rights`. Called by web for every request and every socket.
"""

from collections.abc import Callable, Collection
from typing import Literal, NamedTuple

from server.access.accounts import Account, Grant
from server.access.ended import Ended, of_account, of_session, of_token
from server.access.links import Links
from server.access.sessions import Session, Sessions
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
"""Roles whose account the log shows."""

NOT_SIGNED_IN = Refusal(code="not_signed_in", detail="Sign in, or send a bearer token.")
NOT_ALLOWED = Refusal(code="not_allowed", detail="Your role may not do this here.")


class Pass(Value):
    """Somebody whose identity is proven, not yet in an office. `id`: of the token or account; `until`: ms, None for no end.

    `session`: the cookie's, if there was one: a device's page has one besides its token. `name`: shown only to its owner.
    """

    kind: Literal["token", "page"]
    id: str
    grants: tuple[Grant, ...]
    device: str | None = None
    version: int = 0
    until: int | None = None
    session: str = ""
    name: str = ""

    def role(self, office: str) -> Role | None:
        """The highest role in this office; None if there is none."""
        here = {role for role, where in self.grants if where in ("", office)}
        return next((role for role in HIGHEST_FIRST if role in here), None)

    @property
    def asker(self) -> str:
        """The name by which limits count requests."""
        return f"{self.kind}:{self.id}"

    @property
    def highest(self) -> Role:
        """The highest role anywhere: for what belongs to no office (`/admin`, `/metrics`, `/api/v1/me`)."""
        return next(role for role in HIGHEST_FIRST if any(role == given for given, _ in self.grants))

    @property
    def offices(self) -> tuple[str, ...]:
        """The offices named; empty for all."""
        named = {where for _, where in self.grants}
        return () if "" in named else tuple(sorted(named))


class ByLink(NamedTuple):
    """Whoever has the link of a ticket, or of an appointment (`ticket` is its id then)."""

    office: str
    ticket: str
    actor: Actor


class Gate:
    """`day_of`: the present day of an office, "2026-11-22"."""

    def __init__(
        self,
        tokens: Tokens,
        sessions: Sessions,
        sign_ins: SignIns,
        links: Links,
        ended: Ended,
        day_of: Callable[[str], str],
    ) -> None:
        self._tokens, self._sessions, self._sign_ins, self._links = tokens, sessions, sign_ins, links
        self._ended, self._day_of = ended, day_of

    async def known(
        self, bearer: str | None = None, cookie: str | None = None, device: str | None = None
    ) -> Pass | None:
        """The owner of a bearer token, or of a cookie of staff or of a device's page. If a token is sent, no cookie is read."""
        if bearer is not None:
            token = await self._tokens.verify(bearer)
            return None if token is None else _of_token(token)
        session = self._sessions.read(cookie) if cookie else None
        found = await self._of_staff(session) if session else None
        if found is None and device:
            session = self._sessions.read(device, "device")
            found = await self._of_device(session) if session else None
        return found

    async def _of_staff(self, session: Session) -> Pass | None:
        account = await self._sessions.account_of(session)
        if account is None or not account.grants:
            return None
        return Pass(
            kind="page",
            id=account.id,
            grants=account.grants,
            version=account.version,
            until=session.until,
            session=session.id,
            name=account.name or "",
        )

    async def _of_device(self, session: Session) -> Pass | None:
        token = await self._tokens.get(session.who)
        return None if token is None else _of_token(token, session)

    async def actor(self, asker: Pass, office: str) -> Actor | None:
        """The actor as which they act in this office; None if they have no role there.

        Staff act under an id of the day, also with a token: if each person has their own token, its id is as good as a name.
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
        """The actor, if its role is in `who` (None: any role); else the refusal: not_signed_in or not_allowed."""
        asker = await self.known(bearer, cookie)
        if asker is None:
            return NOT_SIGNED_IN
        actor = await self.actor(asker, office)
        if actor is None or (who is not None and actor.role not in who):
            return NOT_ALLOWED
        return actor

    def holder(self, secret: str) -> ByLink | None:
        """Whose link this is. The actor's `device` is the ticket: it may change only this one."""
        found = self._links.parse(secret)
        return None if found is None else ByLink(*found, _of_link(*found))

    def booker(self, secret: str) -> ByLink | None:
        """Whose link of an appointment this is. The actor may change only this one."""
        found = self._links.parse_appointment(secret)
        return None if found is None else ByLink(*found, _of_link(*found, "appointment"))

    async def living(self, passes: Collection[Pass]) -> set[Pass]:
        """Those that are still valid by the database. Asked every few seconds for all open sockets together."""
        passes = self.not_ended(passes)
        tokens = await self._tokens.living({one.id for one in passes if one.kind == "token"})
        pages = {one for one in passes if one.kind == "page"}
        await self._sessions.end_idle({(one.session, one.until) for one in pages if one.until is not None})
        accounts = await self._sessions.living({one.id for one in pages})
        passes = self.not_ended(passes)
        return {one for one in passes if (one.id in tokens if one.kind == "token" else self._goes_on(one, accounts))}

    async def moved(self, passes: Collection[Pass]) -> set[Pass]:
        """Devices that a supervisor has since made into another device: their sockets connect again as what they are now."""
        known = {one for one in passes if one.kind == "token"}
        tokens = await self._tokens.living({one.id for one in known})
        return {one for one in known if one.id in tokens and tokens[one.id] != one.device}

    def not_ended(self, passes: Collection[Pass]) -> set[Pass]:
        """Those without a notice that they were ended. While the database is away, nothing more can be known."""
        return {one for one in passes if not self._ended.has(*_notices(one))}

    def _goes_on(self, page: Pass, accounts: dict[str, Account]) -> bool:
        """Whether a page's session is still valid, with the same rights: a changed role ends the session."""
        account = accounts.get(page.id)
        if account is None or account.grants != page.grants:
            return False
        return self._sessions.goes_on(page.until, page.version, account)


def may_see(actor: Actor, kind: BoardKind, id: str) -> Refusal | None:
    """None if the actor may see this board. A device, or a token for one counter, may see only its own."""
    if actor.role not in BOARDS[kind]:
        return NOT_ALLOWED
    own = actor.role in (*DEVICES, "holder") or (kind == "counter" and actor.device is not None)
    if own and actor.device != id:
        return NOT_ALLOWED
    return None


def may_act(actor: Actor) -> Refusal | None:
    """None if the actor may send commands at all. A device token that names no device may only read: it could be any of them."""
    return NOT_ALLOWED if actor.role in DEVICES and actor.device is None else None


def _notices(one: Pass) -> tuple[str, ...]:
    """The notices any of which would have ended it."""
    whole = of_token(one.id) if one.kind == "token" else of_account(one.id, one.version)
    return (whole, of_session(one.session))


def _of_token(token: Token, session: Session | None = None) -> Pass:
    grants = tuple((token.role, office) for office in token.offices) or ((token.role, ""),)
    ends = [end for end in (token.expires_at, session.until if session else None) if end is not None]
    return Pass(
        kind="token",
        id=token.id,
        grants=grants,
        device=token.device,
        until=min(ends, default=None),
        session=session.id if session else "",
        name=token.name,
    )


def _of_link(office: str, ticket: str, kind: str = "ticket") -> Actor:
    name = f"{kind}:{office}.{ticket}"
    return Actor(role="holder", principal=name, holder=name, device=ticket)
