"""The style sheet with an office's own colours: loaded by all that citizens see, after `tokens.css`."""

from starlette.responses import Response

from server.web.ask import Ask
from server.web.documents import schemas
from server.web.palette import sheet
from server.web.way import Open, Way


async def colours(ask: Ask) -> Response:
    text = sheet(ask.desk.state.office.theme)
    return Response(text, media_type="text/css", headers={"cache-control": "no-cache"})


WAYS = (
    Way(
        "GET",
        "/static/theme/{office}.css",  # below /static/, so that a display without its server still has it
        colours,
        Open.ALL,
        "An office's own colours",
        result=schemas.BYTES,
        citizens=True,
    ),
)
