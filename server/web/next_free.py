"""When the next appointment is free for each service of an office, for pages that many people open: the list of offices, and what
a city's site shows in a frame. Looked up at most once in half a minute."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from server.desk.desk import Desk
from server.messages.instants import millis
from server.office.boards import Visitors
from server.web.slot_list import first_day_free, offered

KEPT_S = 30.0


class _Kept(NamedTuple):
    """`until`: by the monotonic clock, s; `revision`: of the office file that it was looked up for."""

    until: float
    revision: int
    starts: Mapping[str, int | None]


class NextFree:
    """Made by each page that shows it."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    async def of(self, desk: Desk, monotonic: float) -> Mapping[str, int | None]:
        """By service: the instant, or none within the days that are listed. While it is looked up anew, others get what was."""
        office = desk.state.office
        kept = self._kept.get(office.id)
        if kept is not None and monotonic < kept.until and kept.revision == office.revision:
            return kept.starts
        if kept is not None and kept.revision == office.revision:
            self._kept[office.id] = kept._replace(until=monotonic + KEPT_S)
        starts: dict[str, int | None] = {}
        for plan in offered(office):
            day = await first_day_free(desk, Visitors((plan.id,)))
            starts[plan.id] = None if day is None else millis(datetime.fromisoformat(day.starts[0]))
        self._kept[office.id] = _Kept(monotonic + KEPT_S, office.revision, starts)
        return starts
