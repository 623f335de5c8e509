"""Calendar feeds of counter groups: the appointments that are still expected, as calendars of the office subscribe to them.

A calendar program cannot sign in, so the address is the secret. It tells times, services and how many people come, never who.
"""

import base64
import hmac
from hashlib import sha256
from itertools import islice

from starlette.responses import Response

from server.messages.calendar_file import FeedEntry, calendar_feed, uid
from server.messages.instants import DAY
from server.messages.office import Calendar
from server.messages.rights import CALENDARS
from server.messages.texts import in_language
from server.messages.webhooks import CalendarListed
from server.office.boards import agenda
from server.web.ask import Ask, json, ready
from server.web.documents import schemas
from server.web.refused import refuse
from server.web.site import Site
from server.web.way import OFFICE, Open, Way

MOST = 2_000
"""Appointments in one feed; the next ones."""
PATH = "/calendar/{office}/{secret}.ics"


async def feed(ask: Ask) -> Response:
    """`GET /calendar/{office}/{secret}.ics`."""
    desk = ready(ask.desk)
    ask.site.limits.stranger(ask.address)
    asked, office, now = ask.values["secret"], desk.state.office, desk.now()
    known = (one for one in office.calendars if hmac.compare_digest(_secret(ask.site, office.id, one), asked))
    if (calendar := next(known, None)) is None:
        ask.site.limits.guessed(ask.address)
        raise refuse("unknown_route", "there is no calendar at this address")
    language = office.languages[0]
    named = {plan.id: in_language(plan.names, language, office.languages, plan.id) for plan in office.services}
    entries = (
        FeedEntry(
            uid=uid(office.id, one.id),
            sequence=one.moved,
            start=one.start,
            minutes=one.minutes,
            summary=", ".join(named.get(name, name) for name in one.services)
            + (f" ({one.persons})" if one.persons > 1 else ""),
        )
        for one in islice(agenda(desk.state, calendar.counters, now - DAY), MOST)
    )
    name = f"{office.name}: {in_language(calendar.names, language, office.languages, calendar.id)}"
    body = calendar_feed(name, now, entries)
    return Response(body, headers={"cache-control": "private, max-age=60"}, media_type="text/calendar; charset=utf-8")


async def listed(ask: Ask) -> Response:
    """`GET /api/v1/offices/{office}/calendars`."""
    office = ready(ask.desk).state.office
    addresses = ((one, _secret(ask.site, office.id, one)) for one in office.calendars)
    base = ask.site.settings.public_url or ""
    return json(
        [
            CalendarListed(id=one.id, names=one.names, address=f"{base}{PATH.format(office=office.id, secret=secret)}")
            for one, secret in addresses
        ]
    )


def _secret(site: Site, office: str, calendar: Calendar) -> str:
    told = f"{office}|{calendar.id}|{calendar.edition}".encode()
    return base64.urlsafe_b64encode(hmac.new(site.access.derived("calendar 1"), told, sha256).digest()[:18]).decode()


WAYS = (
    Way(
        "GET", PATH, feed, Open.ALL, "The appointments of a counter group, as a calendar", result=schemas.BYTES,
        codes=("unknown_route", "starting", "too_many"), citizens=True,
    ),
    Way(
        "GET", OFFICE + "/calendars", listed, CALENDARS, "The addresses of the office's calendars",
        result=list[CalendarListed], codes=("starting",),
    ),
)  # fmt: skip
