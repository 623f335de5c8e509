"""GET advice: the one move worth making now, or that nothing helps. `?fresh=1` looks again; the table then shows it too."""

from starlette.responses import Response

from server.messages.problems import Refusal
from server.messages.rights import WHAT_IF
from server.messages.what_if import AdviceFound
from server.web.ask import Ask, json, ready
from server.web.refused import RefusedRequest, refuse
from server.web.way import OFFICE, Query, Way


async def advice(ask: Ask) -> Response:
    """`GET /api/v1/offices/{office}/advice`."""
    with ask.site.limits.press(ask.actor):
        if ready(ask.desk).state.day is None:
            raise refuse("day_closed", "the day is not open")
        found = await ask.site.advice(ask.office, ask.request.query_params.get("fresh") == "1")
        if isinstance(found, Refusal):
            raise RefusedRequest(found, {"Retry-After": "1"} if found.retry else {})
    return json(found)


WAYS = (
    Way(
        "GET",
        OFFICE + "/advice",
        advice,
        WHAT_IF,
        "The move worth making now",
        result=AdviceFound,
        codes=("day_closed", "starting", "too_many"),
        query=(Query("fresh", "1: look now; else what the last look found, if it is still shown"),),
    ),
)
