"""The values of the report page: a day of an office. Through this port web asks the history."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from msgspec import to_builtins
from sqlalchemy.ext.asyncio import AsyncEngine

from server.history.booked import booked
from server.history.promised import promised
from server.history.reports import LEAST, Reports
from server.messages.office import Office


class ReportPage:
    """`office_of`: the present office file; `day_of`: the day of an office, "2026-11-22". Made by wiring."""

    def __init__(
        self,
        engine: AsyncEngine,
        office_of: Callable[[str], Office],
        day_of: Callable[[str], str],
        least: int = LEAST,
    ) -> None:
        self._engine, self._reports = engine, Reports(engine)
        self._office_of, self._day_of, self._least = office_of, day_of, least

    async def report(self, office: str, day: str | None) -> Mapping[str, Any]:
        """`report`, `promised` and `plot` for the template. If `day` is no date, today is shown."""
        asked = str(day if _is_date(day) else self._day_of(office))
        file = self._office_of(office)
        told = await self._reports.day(file, asked, least=self._least)
        kept = await promised(self._engine, file, asked, least=self._least)
        return told.page() | {"promised": to_builtins(kept), "plot": told.plot() | {"weeks": kept.plot()}}

    async def booked(self, office: str, first: date, last: date) -> Mapping[str, Any]:
        """How appointments went beside walk-ins on these days: `server.history.booked.BookedDays` as plain values."""
        found: Mapping[str, Any] = to_builtins(
            await booked(self._engine, self._office_of(office), first, last, self._least)
        )
        return found


def _is_date(day: str | None) -> bool:
    try:
        return day is not None and date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False
