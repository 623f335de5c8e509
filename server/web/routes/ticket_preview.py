"""What a ticket of this office looks like at a printer, for the supervisor's page: with everything on it, in any language."""

from starlette.responses import Response

from server.messages.rights import PREVIEW
from server.web.ask import Ask, ready
from server.web.documents import schemas
from server.web.refused import invalid, refuse
from server.web.way import OFFICE, Query, Way


async def preview(ask: Ask) -> Response:
    """`GET .../printers/{id}/preview`: as the office file of this moment says it."""
    office = ready(ask.desk).state.office
    printer = next((one for one in office.printers if one.id == ask.values["id"]), None)
    if printer is None:
        raise refuse("unknown_device", f"there is no printer {ask.values['id'][:64]}")
    language = ask.request.query_params.get("language", office.languages[0])
    if language not in office.languages:
        raise invalid("language", "not a language of this office")
    drawn = await ask.site.drawing.sample(office, language, printer.width_mm, printer.large_print)
    if drawn is None:
        raise refuse("unknown_route", "tickets cannot be drawn here")
    return Response(drawn.png, headers={"cache-control": "private, no-store"}, media_type="image/png")


WAYS = (
    Way(
        "GET",
        OFFICE + "/printers/{id}/preview",
        preview,
        PREVIEW,
        "A sample ticket as this printer prints it",
        result=schemas.BYTES,
        codes=("unknown_device", "unknown_route", "invalid", "starting"),
        query=(Query("language", "one of the office's; absent: its first"),),
    ),
)
