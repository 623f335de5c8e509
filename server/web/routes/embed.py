"""What a city's web site shows of an office in a frame: how long people wait today, and when the next appointment is free.

Which sites may frame it says the office file. Free slots are looked up at most once in half a minute.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from starlette.responses import Response

from server.messages.boards import Expected
from server.messages.office import Texts
from server.web.ask import Ask, ready
from server.web.languages import page_language, with_words
from server.web.next_free import NextFree
from server.web.palette import worn_by
from server.web.slot_days import when
from server.web.slot_list import offered
from server.web.templates import Templates
from server.web.way import Open, Query, Way

PATH = "/embed/{office}"


class EmbedLine(NamedTuple):
    """A service. `wait`: of somebody who just comes; `next`: the next free appointment in words, or none."""

    id: str
    names: Texts
    wait: Expected | None
    next: str | None


class Embed:
    """Made per app. `version()`: of the files that the page loads."""

    def __init__(self, templates: Templates, version: Callable[[], str]) -> None:
        self._templates, self._version = templates, version
        self._next = NextFree()

    def ways(self) -> tuple[Way, ...]:
        return (
            Way(
                "GET", PATH, self.page, Open.ALL, "Waits and next free appointments, for a frame in another site",
                codes=("starting", "too_many"), page=True, strangers=True, citizens=True,
                query=(Query("lang", "a language of the office; absent: as the browser asks"),),
            ),
        )  # fmt: skip

    async def page(self, ask: Ask) -> Response:
        office = ready(ask.desk).state.office
        language = page_language(ask.request, with_words(office.languages, ask.site.languages))
        return self._templates.page(
            "booking/embed.html",
            language,
            200,
            self._version(),
            office=office.id,
            name=office.name,
            spoken=office.languages,
            languages=with_words(office.languages, ask.site.languages),
            rows=await self._rows(ask, language),
            **worn_by(office),
        )

    async def _rows(self, ask: Ask, language: str) -> list[EmbedLine]:
        office, waits = ask.desk.state.office, ask.site.expected(ask.office)
        say, starts = partial(ask.site.say, language), await self._next.of(ask.desk, ask.site.clock.monotonic())
        return [
            EmbedLine(
                plan.id,
                plan.names,
                waits.get(plan.id),
                None if (start := starts.get(plan.id)) is None else when(start, say, office.time_zone),
            )
            for plan in offered(office)
        ]
