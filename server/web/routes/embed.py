"""What a city's web site shows of an office in a frame: how long people wait today, and when the next appointment is free.

Which sites may frame it says the office file. It is drawn at most once in half a minute for each language.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import NamedTuple

from starlette.responses import Response

from server.messages.boards import Expected
from server.messages.instants import millis
from server.messages.office import Texts
from server.office.boards import Visitors
from server.web.ask import Ask, ready
from server.web.languages import page_language, with_words
from server.web.palette import worn_by
from server.web.slot_days import when
from server.web.slot_list import first_free, offered
from server.web.templates import Templates
from server.web.way import Open, Query, Way

PATH = "/embed/{office}"
KEPT_S = 30.0


class EmbedLine(NamedTuple):
    """A service. `wait`: of somebody who just comes; `next`: the next free appointment in words, or none."""

    id: str
    names: Texts
    wait: Expected | None
    next: str | None


class KeptLines(NamedTuple):
    """`until`: by the monotonic clock, s; `revision`: of the office file that it was drawn for."""

    until: float
    revision: int
    rows: tuple[EmbedLine, ...]


class Embed:
    """Made per app. `version()`: of the files that the page loads."""

    def __init__(self, templates: Templates, version: Callable[[], str]) -> None:
        self._templates, self._version = templates, version
        self._kept: dict[tuple[str, str], KeptLines] = {}

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
        key, now = (office.id, language), ask.site.clock.monotonic()
        kept = self._kept.get(key)
        if kept is None or now >= kept.until or kept.revision != office.revision:
            kept = self._kept[key] = KeptLines(now + KEPT_S, office.revision, await _rows(ask, language))
        return self._templates.page(
            "booking/embed.html",
            language,
            200,
            self._version(),
            office=office.id,
            name=office.name,
            spoken=office.languages,
            languages=with_words(office.languages, ask.site.languages),
            rows=kept.rows,
            **worn_by(office),
        )


async def _rows(ask: Ask, language: str) -> tuple[EmbedLine, ...]:
    office, waits = ask.desk.state.office, ask.site.expected(ask.office)
    say = partial(ask.site.say, language)
    rows = []
    for plan in offered(office):
        days = (await first_free(ask, Visitors((plan.id,)), None)).days
        start = None if not days else millis(datetime.fromisoformat(days[0].starts[0]))
        text = None if start is None else when(start, say, office.time_zone)
        rows.append(EmbedLine(plan.id, plan.names, waits.get(plan.id), text))
    return tuple(rows)
