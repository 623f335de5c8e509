"""The help under `/help`: its pages, its search, its pictures. For everybody; it says nothing that is secret."""

import asyncio
from typing import Any

from starlette.responses import FileResponse, Response

from server.web.ask import Ask
from server.web.documents import schemas
from server.web.help.reading import ReadPage, picture, read
from server.web.help.search import search
from server.web.help.shelf import INDEX, PAPERS_OF, TECHNICAL, Sheet, every, papers, sections, technical
from server.web.refused import refuse
from server.web.templates import Templates
from server.web.way import Open, Query, Way

FIND = Query("find", "words to look for in the help")


class HelpPages:
    """Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        return (
            Way("GET", "/help", self.first, Open.ALL, "The help, and its search", page=True, query=(FIND,)),
            Way("GET", "/help/{page}", self.page, Open.ALL, "A page of the help", page=True),
            Way(
                "GET",
                "/help/pictures/{picture}",
                self.picture,
                Open.ALL,
                "A picture of the help",
                result=schemas.BYTES,
                codes=("unknown_route",),
            ),
        )

    async def first(self, ask: Ask) -> Response:
        """`/help?find=drucker`: the first page, or what was found."""
        wanted = ask.request.query_params.get(FIND.name)
        if wanted is None:
            return await asyncio.to_thread(self._shown, ask, INDEX)
        return await asyncio.to_thread(self._searched, ask, wanted)

    async def page(self, ask: Ask) -> Response:
        """In a thread, as all of the help: the first reader of a release waits a fifth of a second, and no press does."""
        return await asyncio.to_thread(self._shown, ask, ask.values["page"])

    async def picture(self, ask: Ask) -> Response:
        file = await asyncio.to_thread(picture, ask.values["picture"])
        if file is None:
            raise refuse("unknown_route", "there is no such picture")
        return FileResponse(file, headers={"cache-control": "no-cache"})

    def _searched(self, ask: Ask, wanted: str) -> Response:
        found = search(wanted, ask.language)
        return self._drawn(ask, "help_found.html", "", wanted=wanted, found=found)

    def _shown(self, ask: Ask, name: str) -> Response:
        sheet = next((one for one in every(ask.language) if one.name == name), None)
        if sheet is None:
            raise refuse("unknown_route", "the help has no such page")
        found = read(sheet)
        return self._drawn(ask, "help.html", name, page=found, contents=_contents(found), spoken=sheet.language)

    def _drawn(self, ask: Ask, template: str, here: str, **values: Any) -> Response:
        language = ask.language
        shelves: dict[str, tuple[Sheet, ...]] = {
            "sections": sections(language),
            "technical": technical(),
            "papers": papers(),
        }
        opened = "technical" if here in TECHNICAL else "papers" if here.startswith(PAPERS_OF) else "sections"
        titles = {sheet.name: read(sheet).title for shelf in shelves.values() for sheet in shelf}
        return self._templates.page(
            template,
            language,
            path=ask.request.url.path,
            shelves=shelves,
            opened=opened,
            titles=titles,
            here=here,
            **values,
        )


def _contents(page: ReadPage) -> list[tuple[str, str]]:
    """The second-level headings, if a page has enough of them to be looked for."""
    found = [(part.heading, part.anchor) for part in page.parts if part.level == 2]
    return found if len(found) > 2 else []
