"""The page that lists free slots, and what it shows: free slots here, and where else one may go if there is none.

It is the page that a thousand people open at the minute in which slots are released, so it is drawn once for all of them.
"""

from collections.abc import Callable, Hashable
from datetime import date, timedelta
from functools import partial
from math import inf
from secrets import token_urlsafe
from typing import Any, NamedTuple

from starlette.responses import Response

from server.desk.desk import Desk
from server.messages.boards import Expected
from server.messages.instants import MINUTE
from server.messages.office import Office, ServicePlan
from server.messages.slots import DaySlots, FreeSlots
from server.office.boards import Visitors
from server.web.ask import Ask
from server.web.languages import page_language, with_words
from server.web.palette import worn_by
from server.web.routes.slots import DAYS, MOST_DAYS, looked_up
from server.web.routes.wishes import form_for
from server.web.shared_pages import Blanks, SharedPage, SharedPages
from server.web.slot_days import DayPages, slot_days
from server.web.templates import Templates
from server.web.work import BITS

PROBLEMS = {"slot_taken": "book-taken", "slot_invalid": "book-expired", "work": "book-work-undone"}


class Freshness(NamedTuple):
    """A drawn page holds as long as this stays the same, and until the next hold runs out (`until`). `others`: of the other
    offices and of how long people wait today; None on a page that shows free slots, and nothing of these."""

    own: Hashable
    others: Hashable
    until: float


class SlotList:
    """`version()`: of the files that the page loads."""

    def __init__(self, templates: Templates, version: Callable[[], str]) -> None:
        self._templates, self._version = templates, version
        self._pages, self._days = SharedPages(), DayPages(templates)

    async def page(self, ask: Ask, wanted: Visitors, first: date | None, gone: str) -> Response:
        """`gone`: the refusal after which other slots are offered, or nothing."""
        language = spoken_in(ask)
        key = (ask.office, language, wanted, first)
        shared = await self._pages.page(key, partial(self._holds, ask, wanted), partial(self._draw, ask, wanted, first))
        problem = self._templates.body("booking/last_press.html", language, problem=PROBLEMS[gone]) if gone else ""
        values = {"key": token_urlsafe(12), "work": ask.site.work.challenge(ask.office), "problem": problem}
        return shared.answer(values, 200 if not gone else 403 if gone == "work" else 409)

    def _holds(self, ask: Ask, wanted: Visitors, shared: SharedPage) -> bool:
        stamp = shared.stamp
        assert isinstance(stamp, Freshness)
        return (
            stamp.own == self._own(ask)
            and ask.desk.now() < stamp.until
            and (stamp.others is None or stamp.others == _others(ask, wanted))
        )

    def _own(self, ask: Ask) -> Hashable:
        """Slots begin and are released at full minutes."""
        state = ask.desk.state
        return state.seq, state.mark, ask.desk.now() // MINUTE, self._version()

    async def _draw(self, ask: Ask, wanted: Visitors, first: date | None, before: SharedPage | None) -> SharedPage:
        state, now, language = ask.desk.state, ask.desk.now(), spoken_in(ask)
        until = min((hold.until for hold in state.holds.values() if hold.until > now), default=inf)
        stamp = Freshness(self._own(ask), _others(ask, wanted), until)
        say, office = partial(ask.site.say, language), state.office
        found = await first_free(ask, wanted, first)
        if found.days:
            stamp = stamp._replace(others=None)
        shown = {
            "minutes": found.minutes,
            "elsewhere": [] if found.days else await _elsewhere(ask, wanted, say),
            "wait": None if found.days else walk_in(ask, ask.office, wanted),
            "wish": None
            if found.days or ask.site.wishes is None or not ask.site.wishes.by_mail
            else form_for(ask, wanted),
        }
        days = self._days.drawn(slot_days(found, say, office.time_zone), language)
        shows = (shown, days, office, self._version())
        if before is not None and before.shows == shows:
            return before._replace(stamp=stamp)
        last = date.fromisoformat(found.days[-1].day) + timedelta(days=1) if found.days else None
        later = last or (first and first + timedelta(days=DAYS))
        blanks = Blanks("key", "work", "problem", parts={f"day {at}": drawn for at, drawn in enumerate(days)})
        body = self._templates.body(
            "booking/slots.html",
            language,
            200,
            self._version(),
            **framed(ask),
            wanted=wanted,
            query=query_of(wanted),
            later=later.isoformat() if later else None,
            problem_blank=blanks.signs["problem"],
            days=[blanks.signs[f"day {at}"] for at in range(len(days))],
            key=blanks.signs["key"],
            work=blanks.signs["work"] if office.appointments.proof_of_work else None,
            bits=BITS,
            **shown,
        )
        return SharedPage(stamp, shows, blanks.cut(body))


def framed(ask: Ask) -> dict[str, Any]:
    """What every page of bookings says of its office."""
    office = ask.desk.state.office
    return {
        "office": ask.office,
        "name": office.name,
        "spoken": office.languages,
        "languages": with_words(office.languages, ask.site.languages),
        "named": {plan.id: plan for plan in office.services},
        **worn_by(office),
    }


def spoken_in(ask: Ask) -> str:
    """The language of a page of bookings."""
    return page_language(ask.request, with_words(ask.desk.state.office.languages, ask.site.languages))


def query_of(wanted: Visitors) -> str:
    return f"&services={','.join(wanted.services)}" + (f"&persons={wanted.persons}" if wanted.persons > 1 else "")


def offered(office: Office) -> list[ServicePlan]:
    return [plan for plan in office.services if plan.bookable and not (plan.retired or plan.back_office)]


async def first_free(ask: Ask, wanted: Visitors, first: date | None) -> FreeSlots:
    """Two weeks from a day on; if nobody named one, the first two weeks in which something is free."""
    for start in range(0, MOST_DAYS, DAYS):
        found = await looked_up(ask.desk, wanted, first, range(start, start + DAYS))
        if found.days or first is not None:
            break
    return found


class OtherOffice(NamedTuple):
    """Another office with the same services. `day`: of its first free slot, in words, or none; `wait`: of somebody who just comes
    today."""

    id: str
    name: str
    start: str
    day: str | None
    wait: Expected | None


def _others(ask: Ask, wanted: Visitors) -> Hashable:
    """What a page without a free slot shows of all offices changes only together with this."""
    return tuple(
        (desk.state.seq, desk.state.mark, desk.health, str(walk_in(ask, id, wanted)))
        for id, desk in ask.site.desks.items()
    )


async def _elsewhere(ask: Ask, wanted: Visitors, say: Callable[..., str]) -> list[OtherOffice]:
    """The other offices of this server, the nearest free slot first; without a slot, those in which somebody may come today."""
    found = []
    for id, desk in ask.site.desks.items():
        plans = {plan.id for plan in offered(desk.state.office)}
        if id == ask.office or desk.health != "ready" or not plans.issuperset(wanted.services):
            continue
        first = await first_day_free(desk, wanted)
        wait = walk_in(ask, id, wanted)
        if first is not None or wait is not None:
            text = None if first is None else say("book-day", day=date.fromisoformat(first.day))
            found.append(OtherOffice(id, desk.state.office.name, "~" if first is None else first.day, text, wait))
    return sorted(found, key=lambda one: (one.start, one.name))


async def first_day_free(desk: Desk, wanted: Visitors) -> DaySlots | None:
    """The first one on which something is free."""
    for start in range(0, MOST_DAYS, DAYS):
        if days := (await looked_up(desk, wanted, None, range(start, start + DAYS))).days:
            return days[0]
    return None


def walk_in(ask: Ask, office: str, wanted: Visitors) -> Expected | None:
    """How long somebody waits who comes today without an appointment: as for the slowest of the services."""
    waits = ask.site.expected(office)
    found = [waits[name] for name in wanted.services if name in waits]
    return max(found, key=lambda one: one.high) if len(found) == len(wanted.services) else None
