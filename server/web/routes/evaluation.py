"""The page `/evaluation/{office}`: how appointments went beside walk-ins, each figure as a table with a sentence and a plot; the
same as CSV; and on request how many appointments the counters carry. From the history, which hides figures of few people."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from starlette.responses import Response

from server.desk.desk import Desk
from server.messages.problems import Refusal
from server.messages.rights import APPOINTMENTS
from server.messages.slot_study import SlotsAsked
from server.office.boards import offered, overbooked_by
from server.web.ask import Ask, ready
from server.web.documents import schemas
from server.web.refused import invalid, refuse
from server.web.routes.pages import boot
from server.web.slot_days import local_day
from server.web.templates import Templates
from server.web.way import Query, Way

PATH = "/evaluation/{office}"
DAYS, MOST_DAYS = 28, 92
QUERY = (
    Query("from", "the first day"),
    Query("to", f"the last day, at most {MOST_DAYS} days later; absent: the last {DAYS} days"),
)
STUDY = Query("study", "1: says how many appointments the counters carry, which takes up to a minute", True)


class Figure(NamedTuple):
    """A table, and the plot of it: the first series as bars, the others as lines. `rows`: name, then one value per series; None
    is hidden. `percent`: the values are per cent."""

    id: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]
    percent: bool = False


class Evaluation:
    """The page and its CSV. Made per app."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        codes = ("invalid", "unknown_route", "starting")
        return (
            Way("GET", PATH, self.page, APPOINTMENTS, "Appointments and walk-ins, evaluated", codes=codes, page=True,
                query=(*QUERY, STUDY)),
            Way("GET", f"{PATH}/figures.csv", self.figures, APPOINTMENTS, "The same figures as CSV", result=schemas.BYTES,
                codes=codes, query=QUERY),
        )  # fmt: skip

    async def page(self, ask: Ask) -> Response:
        found, made = await _found(ask)
        office, study = ask.desk.state.office, None
        if ask.request.query_params.get("study") == "1":
            study = await ask.site.slot_study(office, _asked(found, ask.desk))
        return self._templates.page(
            "supervisor/evaluation.html",
            ask.language,
            **boot(ask),
            plans={plan.id: plan for plan in office.services},
            found=found,
            figures=made,
            shares=_shares(found, made),
            overbooking=overbooked_by(ask.desk.state),
            study=None if isinstance(study, Refusal) else study,
            refused=study.code if isinstance(study, Refusal) else None,
            plot=[one._asdict() for one in made],
        )

    async def figures(self, ask: Ask) -> Response:
        found, made = await _found(ask)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(("figure", "from", "to", "name", "series", "value"))
        for figure in made:
            for name, values in figure.rows:
                for series, value in zip(figure.series, values, strict=True):
                    shown = "" if value is None else round(value, 1)
                    writer.writerow((figure.id, found["first"], found["last"], name, series, shown))
        headers = {
            "cache-control": "no-store",
            "content-disposition": f'attachment; filename="{ask.office}-{found["first"]}-{found["last"]}.csv"',
        }
        return Response(text.getvalue(), headers=headers, media_type="text/csv; charset=utf-8")


async def _found(ask: Ask) -> tuple[Mapping[str, Any], tuple[Figure, ...]]:
    if ask.site.history is None:
        raise refuse("unknown_route", "this server keeps no history")
    desk, said = ready(ask.desk), ask.request.query_params
    last = _date("to", said.get("to")) or local_day(desk.now(), desk.state.office.time_zone)
    first = _date("from", said.get("from")) or last - timedelta(days=DAYS - 1)
    if not first <= last < first + timedelta(days=MOST_DAYS):
        raise invalid("from", f"a day before `to`, at most {MOST_DAYS} days")
    found = await ask.site.history.booked(ask.office, first, last)
    room: dict[tuple[int, str], float] = {}
    for day in found["days"]:
        for place, minutes in offered(desk.state, desk.now(), date.fromisoformat(day)).items():
            room[place] = room.get(place, 0.0) + minutes
    return found, tuple(_figures(found, room))


def _figures(found: Mapping[str, Any], room: Mapping[tuple[int, str], float]) -> list[Figure]:
    hours, services, days = found["hours"], found["services"], found["days"]
    open_hours = sorted({*map(int, hours), *(hour for hour, service in room if service == "")})
    by_hour = {hour: hours.get(hour) or hours.get(str(hour)) for hour in open_hours}

    def hourly(id: str, *names: str, percent: bool = False) -> Figure:
        rows = tuple((f"{hour:02}:00", tuple(_of(by_hour[hour], name) for name in names)) for hour in open_hours)
        return Figure(id, names, rows, percent)

    served = {name: sum(minutes for (_, one), minutes in room.items() if one == name) for name in services}
    return [
        hourly("hours", "booked", "walk_ins", "missed", "taken"),
        Figure(
            "use", ("used", "offered_hours", "booked_hours"),
            tuple((f"{hour:02}:00", _use(room.get((hour, ""), 0.0), by_hour[hour])) for hour in open_hours),
        ),
        Figure(
            "services", ("used", "offered_hours", "booked_hours", "booked", "taken", "missed", "walk_ins"),
            tuple(
                (name, (*_use(served[name], side), *(_of(side, one) for one in ("booked", "taken", "missed", "walk_ins"))))
                for name, side in services.items() if name
            ),
        ),
        hourly("punctual", "punctual", percent=True),
        hourly("waits", "wait_median", "wait_p90"),
        _classed("late", "taken", found["late_ends"], found["late"]),
        _classed("ahead", "booked", found["ahead_ends"], found["ahead"]),
        Figure(
            "days", ("share",), tuple((day, (_share(side),)) for day, side in days.items()), percent=True
        ),
    ]  # fmt: skip


def _classed(id: str, series: str, ends: Sequence[int], counts: Sequence[int | None]) -> Figure:
    return Figure(id, (series,), tuple((name, (many,)) for name, many in zip(_ends(ends), counts, strict=True)))


def _ends(ends: Sequence[int]) -> list[str]:
    """Names of classes: "<-10", "-10..-5", ">=10"."""
    between = [f"{low}..{high}" for low, high in pairwise(ends)]
    return [f"<{ends[0]}", *between, f">={ends[-1]}"]


def _of(side: Mapping[str, Any] | None, name: str) -> float | None:
    if side is None:
        return 0.0 if name in ("booked", "taken", "missed", "walk_ins") else None
    value = side[name]
    return None if value is None else 100 * value if name == "punctual" else float(value)


def _use(minutes: float, side: Mapping[str, Any] | None) -> tuple[float | None, float, float | None]:
    """Per cent of the time that may be sold, and both in hours; None where the bookings are too few to be shown."""
    booked = 0.0 if side is None else side["minutes"]
    if side is not None and side["booked"] is None:
        return None, round(minutes / 60, 1), None
    return (100 * booked / minutes if minutes else None), round(minutes / 60, 1), round(booked / 60, 1)


def _share(side: Mapping[str, Any]) -> float | None:
    """Walk-ins of everybody who came, per cent."""
    walk_ins, taken = side["walk_ins"], side["taken"]
    if walk_ins is None or taken is None or walk_ins + taken == 0:
        return None
    return float(100 * walk_ins / (walk_ins + taken))


def _shares(found: Mapping[str, Any], made: Sequence[Figure]) -> dict[str, Any]:
    """What the sentences say."""
    total, use = found["total"], next(one for one in made if one.id == "use")
    sold, room, busiest, most = 0.0, 0.0, None, 0.0
    for hour, (share, hours, booked) in use.rows:
        room, sold = room + (hours or 0.0), sold + (booked or 0.0)
        if share is not None and share > most:
            busiest, most = hour, share
    return {
        "share": _share(total),
        "missed": 100 * total["missed"] / total["booked"] if total["booked"] and total["missed"] is not None else None,
        "punctual": None if total["punctual"] is None else 100 * total["punctual"],
        "used": 100 * sold / room if room else None,
        "busiest": busiest,
    }


def _asked(found: Mapping[str, Any], desk: Desk) -> SlotsAsked:
    """As many as lately came, on the days to come, with what supervisors set for them."""
    state = desk.state
    total = found["total"]
    walk_ins, booked = found["per_day"]
    missed = total["missed"] / total["booked"] if total["booked"] and total["missed"] is not None else 0.0
    return SlotsAsked(
        walk_ins=walk_ins,
        booked=booked,
        mix=found["mix"],
        no_show=min(missed, 0.9),
        after=local_day(desk.now(), state.office.time_zone).isoformat(),
        roster=state.roster,
        shares=state.walk_ins,
        taken_up=state.taken_up,
    )


def _date(field: str, said: str | None) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise invalid(field, "a date such as 2026-12-01") from None
