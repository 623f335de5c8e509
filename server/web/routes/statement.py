"""The accessibility statement of each office, for everybody: what is met, what is not yet, and whom to tell.

What is not yet met is what `docs/conformance.md` says; a test compares the two.
"""

from starlette.responses import RedirectResponse, Response

from server.web.ask import Ask
from server.web.languages import page_language, with_words
from server.web.palette import worn_by
from server.web.templates import Templates
from server.web.way import Open, Query, Way

ALL, PATH = "/accessibility", "/accessibility/{office}"
GAPS = ("signs", "easy")
"""What people are told is missing: `statement-gap-<name>` in every language."""


class Statement:
    """The page, and the list of those of all offices. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        kiosk = Query("kiosk", "the kiosk on which it was opened: it goes back there by itself")
        row = Way(
            "GET", PATH, self.page, Open.ALL, "The accessibility statement", page=True, citizens=True, query=(kiosk,)
        )
        return row, Way("GET", ALL, self.all, Open.ALL, "The accessibility statements", page=True, citizens=True)

    async def all(self, ask: Ask) -> Response:
        """The statements of all offices of this server; with one office its own."""
        offices = {id: desk.state.office.name for id, desk in ask.site.desks.items()}
        if len(offices) == 1:
            return RedirectResponse(PATH.format(office=next(iter(offices))), 303)
        language = page_language(ask.request, ask.site.languages)
        return self._templates.page(
            "accessibility_offices.html",
            language,
            languages=ask.site.languages,
            path=ask.request.url.path,
            offices=offices,
        )

    async def page(self, ask: Ask) -> Response:
        office = ask.desk.state.office
        languages = with_words(office.languages, ask.site.languages)
        wished = ask.request.query_params.get("kiosk")
        return self._templates.page(
            "accessibility.html",
            page_language(ask.request, languages),
            languages=languages,
            path=ask.request.url.path,
            office=ask.office,
            title=office.name,
            **worn_by(office),
            spoken=office.languages,
            contact=office.accessibility,
            gaps=GAPS,
            kiosk=next((one.id for one in office.kiosks if one.id == wished), None),
        )
