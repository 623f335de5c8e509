"""GET slots: when an appointment can begin, for anybody who asks. What a booking would be refused is not listed."""

from asyncio import sleep
from collections.abc import Sequence
from datetime import date
from itertools import chain

from msgspec.structs import replace
from starlette.responses import Response

from server.desk.desk import Desk
from server.messages.slots import FreeSlots
from server.office.boards import Visitors, free_slots
from server.web.ask import Ask, json, ready
from server.web.documents import schemas
from server.web.reading import whole_number
from server.web.refused import invalid, refuse
from server.web.way import OFFICE, Open, Query, Way

STAFF = frozenset({"desk", "clerk", "supervisor", "admin"})
DAYS, MOST_DAYS, WEEK = 14, 90, 7
MOST_SERVICES, MOST_PERSONS = 5, 20


async def slots(ask: Ask) -> Response:
    """`?services=ausweis,meldung&persons=2&from=2026-12-01&days=14`: all but `services` may be left out."""
    desk = ready(ask.desk)
    said = ask.request.query_params.get("services", "").split(",")
    visitors = Visitors(bookable(desk, said), persons(ask), public=not _at_a_desk(ask))
    days = max(1, whole_number(ask.request, "days", DAYS, MOST_DAYS))
    return json(await looked_up(desk, visitors, first_day(ask), range(days)))


async def looked_up(desk: Desk, visitors: Visitors, first: date | None, days: range) -> FreeSlots:
    """Days that nobody asked for before take a millisecond or more each: presses go between."""
    parts = []
    for week in range(days.start, days.stop, WEEK):
        parts.append(free_slots(desk.state, desk.now(), visitors, first, range(week, min(week + WEEK, days.stop))))
        await sleep(0)
    return replace(parts[0], days=tuple(chain.from_iterable(part.days for part in parts)))


def _at_a_desk(ask: Ask) -> bool:
    return ask.acting is not None and ask.acting.role in STAFF


def bookable(desk: Desk, names: Sequence[str]) -> tuple[str, ...]:
    """The services of one visit; refused if one cannot be booked."""
    said = tuple(dict.fromkeys(names))
    if said == ("",) or len(said) > MOST_SERVICES:
        raise invalid("services", f"1 to {MOST_SERVICES} services, with commas between them")
    for name in said:
        plan = desk.state.plans.get(name)
        if plan is None or plan.retired or plan.back_office:
            raise refuse("unknown_service", f"there is no service {name[:64]}")
        if not plan.bookable:
            raise invalid("services", f"{name} cannot be booked")
    return said


def persons(ask: Ask) -> int:
    return max(1, whole_number(ask.request, "persons", 1, MOST_PERSONS))


def first_day(ask: Ask) -> date | None:
    said = ask.request.query_params.get("from")
    try:
        return None if said is None else date.fromisoformat(said)
    except ValueError:
        raise invalid("from", "a date such as 2026-12-01") from None


WAYS = (
    Way(
        "GET",
        OFFICE + "/slots",
        slots,
        Open.ALL,
        "When an appointment can begin",
        result=schemas.SLOTS,
        codes=("invalid", "unknown_service", "starting", "too_many"),
        query=(
            Query("services", f"ids of 1 to {MOST_SERVICES} services of one visit, with commas between them"),
            Query("persons", f"1 to {MOST_PERSONS}, else 1", True),
            Query("from", "the first day, such as 2026-12-01; absent: today"),
            Query("days", f"1 to {MOST_DAYS}, else {DAYS}", True),
        ),
        citizens=True,
        cors=True,
    ),
)
