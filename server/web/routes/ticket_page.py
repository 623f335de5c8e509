"""The ticket on a phone as the server draws it, and its acts as forms, for browsers without scripts.

Whoever has the link has the right: where a form comes from does not matter here, and nowhere else. With the page's referrer
policy browsers send such a form with `Origin: null`. It carries the key of the press, so that sent twice it acts once.
"""

from collections.abc import Callable
from functools import partial
from secrets import token_urlsafe
from typing import Any

from starlette.responses import RedirectResponse, Response

from server.messages.boards import Ticket
from server.messages.instants import rfc3339
from server.messages.rights import HOLDER_COMMANDS
from server.web.ask import Ask
from server.web.languages import page_language, with_words
from server.web.palette import worn_by
from server.web.pressing import CODES, pressed
from server.web.problems import wants_page
from server.web.reading import When
from server.web.refused import RefusedRequest, refuse
from server.web.routes.sign_in import form_of, key_of, text_of
from server.web.routes.tickets import board_of, holders
from server.web.templates import Templates
from server.web.ticket_lines import told
from server.web.way import Open, Way

PATH = "/t/{secret}"


class TicketPage:
    """The page `/t/{secret}`. Made per app. `version()`: of the files that it loads."""

    def __init__(self, templates: Templates, version: Callable[[], str]) -> None:
        self._templates, self._version = templates, version

    def ways(self) -> tuple[Way, ...]:
        codes = ("link_expired", "starting", "too_many")
        return (
            Way("GET", PATH, self.page, Open.LINK, "The ticket on a phone", codes=codes, page=True, citizens=True),
            Way(
                "POST",
                PATH,
                self.act,
                Open.LINK,
                "An act of the ticket's owner, as a form: `act` and the `key` of the press",
                codes=("link_expired", "not_allowed", "not_yours", "wrong_state", "day_closed", *CODES),
                page=True,
                citizens=True,
            ),
        )

    async def page(self, ask: Ask) -> Response:
        """It shows number, state, papers and acts before any script runs."""
        return self._drawn(ask)

    async def act(self, ask: Ask) -> Response:
        """The result is a page: the ticket as it is now, or why it did not work."""
        try:
            with ask.site.limits.press(ask.actor):
                kind = await _pressed(ask)
        except RefusedRequest as refused:
            if refused.refusal.code == "unknown_ticket":
                raise refuse("link_expired", "this ticket is over") from None
            if not wants_page(ask.request):
                raise
            return self._drawn(ask, refused)
        here = f"{ask.request.url.path}?lang={self._language(ask, _board(ask))}&did={kind}"
        return RedirectResponse(here, 303, {"cache-control": "no-store"})

    def _drawn(self, ask: Ask, refused: RefusedRequest | None = None) -> Response:
        board = _board(ask)
        language = self._language(ask, board)
        say = partial(ask.site.say, language)
        did = ask.request.query_params.get("did")
        shown = told(board, say, rfc3339(ask.desk.now()), here=did == "return_ticket")
        known = ask.site.languages
        page = self._templates.page(
            "displays/phone.html",
            language,
            refused.refusal.status if refused else 200,
            self._version(),
            board=board,
            office=ask.office,
            id=ask.values["secret"],
            name=board.name,
            spoken=board.languages,
            languages=with_words((*board.languages, board.language or language, language), known),
            **shown,
            **worn_by(ask.desk.state.office),
            key=token_urlsafe(12),
            push_key=ask.site.phones.key if ask.site.phones else None,
            problem=_said(say, refused) if refused else None,
        )
        page.headers.update(refused.headers if refused else {})
        return page

    def _language(self, ask: Ask, board: Ticket) -> str:
        """The one that was chosen, else the ticket's, else one that the browser wishes."""
        known = ask.site.languages
        wished = ask.request.query_params.get("lang")
        if wished in known:
            return str(wished)
        own = board.language
        return own if own in known else page_language(ask.request, with_words(board.languages, known))


async def _pressed(ask: Ask) -> str:
    """Sends the command of a form; returns its type. A form that is sent again has the same key, and changes nothing."""
    form = await form_of(ask)
    kind, key = text_of(form, "act", 32), key_of(form)
    if kind not in HOLDER_COMMANDS:
        raise refuse("not_allowed", "this form does not do that")
    command = holders({"type": kind}, ask.values["ticket"])
    await pressed(ask.site, ask.desk, ask.actor, command, key, When(None, None))
    return kind


def _board(ask: Ask) -> Ticket:
    board = board_of(ask, ask.values["ticket"], ask.actor)
    assert isinstance(board, Ticket)
    return board


def _said(say: Any, refused: RefusedRequest) -> str:
    """A refusal in words for its owner."""
    try:
        return str(say(f"problem-{refused.refusal.code}".replace("_", "-")))
    except KeyError:
        return str(say("common-failed"))
