"""Opening hours and the day: instants (ms, UTC) read in the office's time zone. Pure but for the zone database."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from server.messages.office import WEEKDAYS, Hours, Office, ServicePlan


def local(office: Office, now: int) -> datetime:
    """The office's wall clock at an instant."""
    return datetime.fromtimestamp(now / 1000, _zone(office.time_zone))


@lru_cache(64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def day_of(office: Office, now: int) -> str:
    """The office's date: "2026-11-23"."""
    return local(office, now).date().isoformat()


def midnight_after(office: Office, day: str) -> int:
    """The instant at which a day ends in the office's zone, whatever daylight saving does."""
    return _instant(office, date.fromisoformat(day) + timedelta(days=1), time())


def _instant(office: Office, day: date, clock: time) -> int:
    return _at(office.time_zone, day, clock)


@lru_cache(1_024)
def _at(zone: str, day: date, clock: time) -> int:
    return int(datetime.combine(day, clock, _zone(zone)).astimezone(UTC).timestamp() * 1000)


def clock(office: Office, day: date, text: str) -> int:
    """The instant at which the office's clock shows "HH:MM" on a day; "24:00" is the next midnight."""
    if text == "24:00":
        return _instant(office, day + timedelta(days=1), time())
    return _instant(office, day, time.fromisoformat(text))


def spans(office: Office, hours: Hours, day: date) -> list[tuple[int, int]]:
    """The opening hours of a day, as instants. Without any hours it is open all day; on a holiday it is closed."""
    if not hours.week and not hours.days:
        return [(_instant(office, day, time()), _instant(office, day + timedelta(days=1), time()))]
    name = day.isoformat()
    if name in hours.days:
        wanted = hours.days[name]
    elif name in office.holidays or _among(office.public_holidays, name):
        return []
    else:
        wanted = hours.week.get(WEEKDAYS[day.weekday()], ())
    return [(clock(office, day, start), clock(office, day, end)) for start, end in wanted]


def _among(dates: tuple[str, ...], name: str) -> bool:
    """Dates in order, of twenty years."""
    place = bisect_left(dates, name)
    return place < len(dates) and dates[place] == name


def joined(office: Office, hours: Hours, day: date) -> list[tuple[int, int]]:
    """The spans of a day; one that goes on after midnight ends when it ends then, or at the midnight after that."""
    found = spans(office, hours, day)
    on = dict(spans(office, hours, day + timedelta(days=1)))
    return [(begin, on.get(end, end)) for begin, end in found]


def open_over_midnight(office: Office, day: str) -> bool:
    """Whether the office, or a service with hours of its own, is open at the end of a day and goes on."""
    midnight, on = midnight_after(office, day), date.fromisoformat(day)
    every = (office.hours, *(plan.hours for plan in office.services if plan.hours))
    return any(end > midnight for hours in every for _, end in joined(office, hours, on))


def days_of_visit(office: Office, start: int) -> list[str]:
    """The days on which a visit that begins then may need a counter."""
    day = day_of(office, start)
    after = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    return [day, after] if open_over_midnight(office, day) else [day]


@lru_cache(4_096)
def days_between(zone: str, begin: int, end: int) -> tuple[str, ...]:
    """The days that a span touches. For holds: at a release hundreds are looked at for each press."""
    first, last = (datetime.fromtimestamp(at / 1000, _zone(zone)).date() for at in (begin, end - 1))
    return tuple((first + timedelta(days=more)).isoformat() for more in range((last - first).days + 1))


def open_now(office: Office, service: ServicePlan | None, now: int) -> bool:
    """Whether the office (or a service with hours of its own) is open at an instant."""
    hours = service.hours if service and service.hours else office.hours
    return any(start <= now < end for start, end in spans(office, hours, local(office, now).date()))


def end_of_span(office: Office, plan: Hours | None, now: int) -> int | None:
    """The end of the span of a plan that is on now; None outside of all. An empty plan has no spans, and knows no holidays."""
    spans = [] if plan is None else _planned(office, plan, local(office, now).date())
    return next((end for start, end in spans if start <= now < end), None)


def next_edge(office: Office, plan: Hours, now: int) -> int | None:
    """The next beginning or end of a span of a plan, within a week."""
    if not plan.week and not plan.days:
        return None
    today = local(office, now).date()
    days = (_planned(office, plan, today + timedelta(days=ahead)) for ahead in range(8))
    return min((edge for spans in days for span in spans for edge in span if edge > now), default=None)


def _planned(office: Office, plan: Hours, day: date) -> list[tuple[int, int]]:
    wanted = plan.days.get(day.isoformat(), plan.week.get(WEEKDAYS[day.weekday()], ()))
    return [(clock(office, day, start), clock(office, day, end)) for start, end in wanted]


def opens_at(office: Office, service: ServicePlan | None, now: int) -> int | None:
    """The next opening after an instant, within two weeks."""
    return _next(office, service, now, 0)


def changes_at(office: Office, service: ServicePlan | None, now: int) -> int | None:
    """The next opening or closing after an instant, within two weeks."""
    found = [at for edge in (0, 1) if (at := _next(office, service, now, edge)) is not None]
    return min(found, default=None)


def _next(office: Office, service: ServicePlan | None, now: int, edge: int) -> int | None:
    hours = service.hours if service and service.hours else office.hours
    if not hours.week and not hours.days:
        return None
    today = local(office, now).date()
    for ahead in range(15):
        found = [span[edge] for span in spans(office, hours, today + timedelta(days=ahead)) if span[edge] > now]
        if found:
            return min(found)
    return None
