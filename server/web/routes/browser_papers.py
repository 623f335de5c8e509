"""Tickets that a kiosk's own browser prints: `POST .../kiosks/{id}/papers`, one job for one picture.

Before the picture is handed over, the log says `sent`: of two pages of one kiosk, or of one that was loaded anew, only one gets
it. Nobody hears how the print went, so it stays `sent`.
"""

from msgspec.structs import replace
from starlette.responses import Response

from server.messages.rights import CLAIMS
from server.messages.terms import Id
from server.messages.value import Value
from server.web import reading
from server.web.ask import Ask, ready
from server.web.documents import schemas
from server.web.pressing import CODES
from server.web.refused import refuse
from server.web.routes.polling import At, claimed, open_jobs
from server.web.way import OFFICE, Way

BROWSER = "browser"


class PaperWanted(Value, forbid_unknown_fields=True):
    """`job`: as the kiosk's board names it among its `papers`."""

    job: Id


async def paper(ask: Ask) -> Response:
    """The ticket as a picture; refused if it was handed over before, or is nobody's to print here."""
    wanted = reading.read(await reading.json_body(ask.request), PaperWanted)
    office = ready(ask.desk).state.office
    kiosk = next((one for one in office.kiosks if one.id == ask.values["id"]), None)
    if kiosk is None or ask.actor.device not in (None, kiosk.id):
        raise refuse("unknown_device", "this is not your kiosk")
    printer = next((one for one in office.printers if one.id == kiosk.printer and one.kind == BROWSER), None)
    if printer is not None:
        at = At(ask, replace(ask.actor, role="printer", device=printer.id), printer)
        job = next((one for one in await open_jobs(at, "ok") if one.job == wanted.job), None)
        drawn = None if job is None else await claimed(at, job)
        if drawn is not None:
            return Response(drawn.png, headers={"cache-control": "no-store"}, media_type="image/png")
    raise refuse("unknown_route", "there is no such ticket to print here")


WAYS = (
    Way(
        "POST",
        OFFICE + "/kiosks/{id}/papers",
        paper,
        CLAIMS,
        "A ticket that the kiosk's browser prints, once",
        body=PaperWanted,
        result=schemas.BYTES,
        codes=(
            "unknown_device",
            "unknown_route",
            "malformed",
            "too_large",
            "not_json",
            "invalid",
            "starting",
            "too_many",
            *CODES,
        ),
    ),
)
