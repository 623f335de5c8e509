"""The page `/draw/{office}`: a ticket on somebody's own phone, by the code that a display at the door shows. For the day on which
the kiosk is broken. Drawn by the server, so it works without scripts.

One browser gets one ticket for one code: the key of the press is made from both. The browser is known by a cookie of this page;
one that keeps no cookies by the key in its form, and then the limit per address bounds what it can take.
"""

import hashlib
import io
from collections.abc import Callable
from functools import partial
from secrets import token_urlsafe
from typing import Any, NamedTuple, get_args

import segno
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from server.messages.actor import Actor
from server.messages.office import Office, ServicePlan
from server.messages.terms import Need
from server.messages.texts import in_language
from server.office.boards import closed_for, has_room
from server.web import reading
from server.web.ask import Ask, ready
from server.web.documents import schemas
from server.web.languages import page_language, with_words
from server.web.palette import worn_by
from server.web.pressing import CODES, pressed
from server.web.problems import wants_page
from server.web.reading import When
from server.web.refused import RefusedRequest, invalid, refuse, too_many
from server.web.routes.sign_in import form_of, key_of, secure, text_of
from server.web.templates import Templates
from server.web.way import Open, Query, Way

PATH = "/draw/{office}"
COOKIE = "aufruf_drawn"
LASTS_S = 12 * 3_600
"""The browser shows its number again for this long; the ticket itself ends with the day."""
QUERY = (Query("code", "the code at the door, if it was scanned"),)


class Own(NamedTuple):
    """What the cookie says: which browser this is, and the link of the ticket that it drew last (or nothing)."""

    browser: str
    secret: str


class Draw:
    """The page `/draw/{office}`. Made per app. `version()`: of the files that it loads."""

    def __init__(self, templates: Templates, version: Callable[[], str]) -> None:
        self._templates, self._version = templates, version

    def ways(self) -> tuple[Way, ...]:
        closed = ("service_closed", "outside_hours", "limit_reached", "day_closed")
        return (
            Way(
                "GET", PATH, self.page, Open.ALL, "Where a ticket is drawn by the code at the door",
                codes=("starting", "too_many"), page=True, strangers=True, citizens=True, query=QUERY,
            ),
            Way(
                "POST", PATH, self.draw, Open.ALL,
                "Draw a ticket, as a form: `code`, `service`, `needs` and the `key` of the form",
                codes=("unknown_code", "unknown_service", *closed, *CODES), page=True, strangers=True, citizens=True,
            ),
            Way(
                "GET", PATH + "/qr.svg", self.code, Open.ALL, "The address of this page as a QR code, for a poster",
                result=schemas.BYTES, codes=("unknown_route", "too_many"), strangers=True, citizens=True,
            ),
        )  # fmt: skip

    async def page(self, ask: Ask) -> Response:
        """In an office whose displays show no code it says where numbers are given."""
        ready(ask.desk)
        return self._drawn(ask, code=ask.request.query_params.get("code", "")[:12])

    async def draw(self, ask: Ask) -> Response:
        ready(ask.desk)
        form = await form_of(ask)
        try:
            return await self._draw(ask, form)
        except RefusedRequest as refused:
            if refused.refusal.code in ("invalid", "malformed") or not wants_page(ask.request):
                raise
            page = self._drawn(ask, form, status=refused.refusal.status, problem=_said(ask, refused))
            page.headers.update(refused.headers)
            return page

    async def _draw(self, ask: Ask, form: FormData) -> Response:
        own, office = _own(ask, form), ask.desk.state.office
        if not _shows_code(office):
            raise refuse("unknown_code", "no display of this office shows a code")
        service = text_of(form, "service", 64) if "service" in form else ""
        if all(service != plan.id for plan in _offered(office)):
            raise refuse("unknown_service", "choose one of the services")
        needs = [need for need in form.getlist("needs") if isinstance(need, str)]
        if not set(needs) <= set(get_args(Need)):
            raise invalid("needs", f"some of {', '.join(get_args(Need))}")
        turn = _turn(ask, text_of(form, "code", 12))
        if wait := ask.site.limits.draws.wait(ask.address):
            raise too_many(wait, "too many tickets from here")
        actor = Actor(role="door", principal=f"door:{ask.office}")
        language = self._language(ask)
        command = {"type": "issue_ticket", "services": [service], "needs": needs, "language": language}
        key = f"{turn}-{hashlib.sha256(own.browser.encode()).hexdigest()[:32]}"
        with ask.site.limits.press(actor):
            done = await pressed(ask.site, ask.desk, actor, reading.converted(command), key, When(None, None))
        result: Any = done.result
        secret = result["ticket"]["secret"]
        answer = RedirectResponse(f"/t/{secret}?lang={language}", 303, {"cache-control": "no-store"})
        answer.set_cookie(
            COOKIE, f"{own.browser}~{secret}", max_age=LASTS_S, path=PATH.format(office=ask.office),
            secure=secure(ask), httponly=True, samesite="lax",
        )  # fmt: skip
        return answer

    async def code(self, ask: Ask) -> Response:
        """It holds the address alone: the code changes, and a poster does not."""
        public = ask.site.settings.public_url
        if public is None:
            raise refuse("unknown_route", "this server has no public address (--public-url)")
        drawn = io.BytesIO()
        segno.make(public + PATH.format(office=ask.office), error="m").save(
            drawn, kind="svg", scale=8, border=4, light="#fff"
        )
        return Response(drawn.getvalue(), headers={"cache-control": "no-cache"}, media_type="image/svg+xml")

    def _drawn(
        self, ask: Ask, form: FormData | None = None, *, code: str = "", status: int = 200, problem: str | None = None
    ) -> Response:
        state, known = ask.desk.state, ask.site.languages
        office, language, own = state.office, self._language(ask), _own(ask, form)
        offered = _offered(office) if _shows_code(office) else []
        room = has_room(state)
        page = self._templates.page(
            "booking/draw.html",
            language,
            status,
            self._version(),
            spoken=office.languages,
            named={},
            office=ask.office,
            query="",
            languages=with_words(office.languages, known),
            name=office.name,
            lines=[(plan, _closed(ask, plan, language)) for plan in offered],
            needs=[need for need in get_args(Need) if room or need != "more_room"],
            ticked=form.getlist("needs") if form else [],
            chosen=form.get("service") if form else None,
            code=form.get("code") if form else code,
            own=_living(ask, own.secret),
            problem=problem,
            key=own.browser,
            **worn_by(office),
        )
        page.set_cookie(
            COOKIE, f"{own.browser}~{own.secret}", max_age=LASTS_S, path=PATH.format(office=ask.office),
            secure=secure(ask), httponly=True, samesite="lax",
        )  # fmt: skip
        return page

    def _language(self, ask: Ask) -> str:
        return page_language(ask.request, with_words(ask.desk.state.office.languages, ask.site.languages))


def _shows_code(office: Office) -> bool:
    return any(display.door_code for display in office.displays)


def _offered(office: Office) -> list[ServicePlan]:
    return [plan for plan in office.services if not (plan.retired or plan.back_office)]


def _closed(ask: Ask, plan: ServicePlan, language: str) -> str | None:
    """Why nobody can draw a number for it now, in the words of the office if it has some."""
    state = ask.desk.state
    closed = closed_for(state, plan, ask.desk.now()) if state.day is not None else None
    if closed is None and state.day is not None:
        return None
    names = next((one.names for one in state.office.reasons if closed and one.id == closed.reason), {})
    return in_language(names, language, state.office.languages, "") or ask.site.say(language, "wall-service-closed")


def _own(ask: Ask, form: FormData | None) -> Own:
    """Anybody may write what they like into their cookie: it gives no right, and a secret in it must be genuine."""
    browser, _, secret = ask.request.cookies.get(COOKIE, "")[:400].partition("~")
    if browser:
        return Own(browser, secret)
    return Own(key_of(form) if form is not None else token_urlsafe(12), "")


def _living(ask: Ask, secret: str) -> tuple[str, str] | None:
    """Number and link of a ticket that still waits or is being served."""
    office, id = ask.site.access.links.parse(secret) or ("", "")
    state = ask.desk.state
    ticket = state.tickets.get(id) if office == ask.office else None
    return (ticket.number, secret) if ticket is not None and state.alive.get(ticket.number) == id else None


def _turn(ask: Ask, typed: str) -> int:
    """Which turn's code somebody typed. Whoever types too many wrong ones has to wait."""
    limits, guesser = ask.site.limits, f"{ask.office} door {ask.address}"
    if wait := limits.wrong_codes.wait(guesser):
        raise too_many(wait, "too many codes that are not shown")
    turn = ask.site.access.links.door_turn(ask.office, typed, ask.desk.now())
    if turn is None:
        raise refuse("unknown_code", "this code is not shown at the door")
    limits.wrong_codes.give_back(guesser)
    return turn


OWN_WORDS = {"unknown_code": "draw-wrong", "unknown_service": "draw-choose", "key_reused": "draw-already"}


def _said(ask: Ask, refused: RefusedRequest) -> str:
    """The name of the word that says it."""
    code = refused.refusal.code
    name = OWN_WORDS.get(code, f"problem-{code}".replace("_", "-"))
    say = partial(ask.site.say, ask.site.languages[0])
    try:
        say(name)
    except KeyError:
        return "common-failed"
    return name
