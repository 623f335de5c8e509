"""The values of the report page: a day of an office. Through this port web asks the history."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

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
        self._reports, self._office_of, self._day_of, self._least = Reports(engine), office_of, day_of, least

    async def report(self, office: str, day: str | None) -> Mapping[str, Any]:
        """`report` and `plot` for the template. If `day` is no date, today is shown."""
        asked = day if _is_date(day) else self._day_of(office)
        told = await self._reports.day(self._office_of(office), str(asked), least=self._least)
        return told.page()


def _is_date(day: str | None) -> bool:
    try:
        return day is not None and date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False
