"""The only place where a request is let in: who asks, from where, and may they? It reads only the rule in the route's row."""

from starlette.requests import HTTPConnection, Request

from server.access.gate import NOT_ALLOWED, NOT_SIGNED_IN, Pass, may_see
from server.access.sessions import Kind, name_of
from server.messages.actor import Actor
from server.messages.rights import BOARDS, DEVICES, LINKS, METRICS, STAFF
from server.messages.terms import BoardKind
from server.web.ask import Ask
from server.web.line import lines
from server.web.line.peer import address, is_this_machine, over_tls
from server.web.refused import Elsewhere, RefusedRequest, refuse
from server.web.site import Site
from server.web.way import Open, Way

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
STRANGER = Actor(role="display", principal="")
"""A viewer of a public display. It has no principal, so nothing belongs to it."""
PAGED = frozenset({"display", "kiosk", "station"})
"""Devices that are a browser with a page."""
WITHOUT_ID = frozenset({"supervisor", "desk", "roster"})


def bearer_of(request: HTTPConnection) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


async def enter(site: Site, way: Way, request: Request, values: dict[str, str]) -> Ask:
    """The request with everything known about its sender; raises Refused if it may not pass."""
    ask = Ask(site, request, values, address(request.scope), way.board)
    if "office" in values and values["office"] not in site.desks:
        raise refuse("unknown_office", f"there is no office {values['office'][:64]}")
    line: lines.Line | None = request.scope.get(lines.LINE)
    if way.who is Open.LINK:
        return _by_link(ask, way, line)
    guessing = await _who(ask, way)
    if ask.asker is None:
        _stranger(ask, way)
    elif line is not None:
        lines.OPEN.known(line, ask.asker.asker, ask.asker.highest)
    if way.page and way.board is not None and ask.asker is not None:
        path = moved_to(ask.asker, ask.acting, ask.office, way.board, values.get("id", ""))
        if path is not None:
            raise Elsewhere(path)
    try:
        _may(ask, way)
    except RefusedRequest as refused:
        raise (refused if guessing is None or refused.refusal.code != "not_signed_in" else guessing) from None
    return ask


async def _who(ask: Ask, way: Way) -> RefusedRequest | None:
    """Find out who asks. A token that is sent must be valid; a cookie counts only for requests from our own pages.

    An expired cookie of a device is not an error on a route that needs none. Returns the refusal that it gets on other routes.
    """
    guessing: RefusedRequest | None = None
    site, request = ask.site, ask.request
    bearer = bearer_of(request)
    if bearer is not None:
        ask.asker = await site.access.gate.known(bearer)
        if ask.asker is None:
            site.limits.guessed(ask.address)
            raise RefusedRequest(NOT_SIGNED_IN)
    else:
        ask.asker = await by_cookie(site, request)
        ask.by_cookie = ask.asker is not None
        if ask.asker is not None and way.who is not Open.DEVICES:  # an open page fetches sounds without a person
            site.access.used(ask.asker)
        if not ask.by_cookie and cookie_of(site, request, "device"):
            guessing = _guessing(ask)
    if ask.by_cookie and request.method not in SAFE:
        check_origin(ask)
    if ask.asker is not None and "office" in ask.values:
        ask.acting = await site.access.gate.actor(ask.asker, ask.office)
    return guessing


def _guessing(ask: Ask) -> RefusedRequest | None:
    try:
        ask.site.limits.guessed(ask.address)
    except RefusedRequest as refused:
        return refused
    return None


def _stranger(ask: Ask, way: Way) -> None:
    """Count requests of strangers by address, except for the pages that staff or a public display need to get started."""
    if way.strangers:
        ask.site.limits.stranger(ask.address)
    elif way.who is Open.ALL and way.path.startswith("/api/"):
        ask.site.limits.public_read(ask.address)


async def by_cookie(site: Site, request: HTTPConnection) -> Pass | None:
    """The session of staff; if there is none, the session of a device's page."""
    staff, device = (cookie_of(site, request, kind) for kind in ("page", "device"))
    return await site.access.gate.known(cookie=staff, device=device) if staff or device else None


def cookie_of(site: Site, request: HTTPConnection, kind: Kind) -> str | None:
    """The session of this kind that the browser sent. Over TLS only the name that no other site can set."""
    return request.cookies.get(name_of(kind, secure=over_tls(request.scope, site.settings.public_url)))


def check_origin(ask: Ask) -> None:
    ask.site.proxied.check_origin(ask.request.scope)


def _by_link(ask: Ask, way: Way, line: lines.Line | None) -> Ask:
    gate, secret = ask.site.access.gate, ask.values["secret"]
    found = gate.booker(secret) if way.of_appointment else gate.holder(secret)
    if found is None or found.office not in ask.site.desks:
        ask.site.limits.guessed(ask.address)
        if way.of_appointment:
            raise refuse("unknown_appointment", "no appointment has this link")
        raise refuse("unknown_ticket", "no ticket has this link")
    ask.values["office"], ask.values["ticket"], ask.acting = found
    if line is not None:
        lines.OPEN.known(line, found.actor.principal, "holder")
    return ask


def _may(ask: Ask, way: Way) -> None:
    """Checks the rule of the route's row."""
    who = way.who
    if who is Open.ALL:
        return
    if who is Open.METRICS and is_this_machine(ask.request.scope):
        return
    if who is Open.BY_BOARD:
        _may_see(ask)
        return
    if who is Open.DEVICES:
        _may_hear(ask, way)
        return
    if ask.asker is None:
        raise RefusedRequest(NOT_SIGNED_IN)
    if who is Open.METRICS:
        allowed = ask.asker.highest in METRICS
    elif isinstance(who, frozenset) and "office" not in ask.values:
        allowed = ask.asker.highest in who
    else:
        allowed = ask.acting is not None and (not isinstance(who, frozenset) or ask.acting.role in who)
    if who is not Open.SIGNED_IN and not allowed:
        raise RefusedRequest(NOT_ALLOWED)


def _may_see(ask: Ask) -> None:
    kind, id = ask.board or ask.values["board"], ask.values.get("id", "")
    if kind not in BOARDS or kind in ("ticket", "offices", "pairing") or ("id" in ask.values) == (kind in WITHOUT_ID):
        raise refuse("unknown_route", f"there is no board {kind[:64]}")
    ask.acting = board_actor(ask.site, ask.office, kind, id, ask.asker, ask.acting)


def board_actor(site: Site, office: str, kind: BoardKind, id: str, asker: Pass | None, actor: Actor | None) -> Actor:
    """The actor as whom a board is seen; HTTP and socket both ask here. Raises Refused if it may not be seen."""
    if actor is not None:
        refusal = may_see(actor, kind, id)
        if refusal is None:
            return actor
    elif asker is not None:
        refusal = NOT_ALLOWED
    else:
        refusal = NOT_SIGNED_IN
    if kind == "display":
        shown = next((one for one in site.desks[office].state.office.displays if one.id == id), None)
        if shown is None:
            raise refuse("unknown_display", f"there is no display {id[:64]}")
        if shown.public:
            return STRANGER
    raise RefusedRequest(refusal)


def moved_to(asker: Pass, actor: Actor | None, office: str, kind: str, id: str) -> str | None:
    """The page of a device whose browser asks for the page that it had before a supervisor moved it; else None.

    Only browsers: a program says with each request which device it is, and is told that it may not."""
    if asker.kind != "token" or not asker.session or actor is None or actor.role != kind or kind not in PAGED:
        return None
    return None if actor.device in (None, id) else f"/{kind}/{office}/{actor.device}"


def _may_hear(ask: Ask, way: Way) -> None:
    """Announcements and tickets have names that nobody can guess; devices, staff and pages of public displays may load them."""
    paper = way.path.startswith("/print/")
    if ask.asker is not None:
        if ask.asker.highest not in (LINKS if paper else DEVICES | STAFF | {"observer"}):
            raise RefusedRequest(NOT_ALLOWED)
        return
    if paper:
        raise RefusedRequest(NOT_SIGNED_IN)
    shown = (display.public for desk in ask.site.desks.values() for display in desk.state.office.displays)
    if not any(shown):
        raise RefusedRequest(NOT_SIGNED_IN)
