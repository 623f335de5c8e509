"""POST what-if: what a supervisor's moves would change. Nothing is changed; the second worker of the node simulates it."""

from starlette.responses import Response

from server.messages.problems import Refusal
from server.messages.rights import WHAT_IF
from server.messages.what_if import WhatIf, WhatIfFound
from server.web import reading
from server.web.ask import Ask, json, ready
from server.web.pressing import CODES
from server.web.refused import RefusedRequest, refuse
from server.web.routes.commands import DECIDED
from server.web.way import OFFICE, Way


async def what_if(ask: Ask) -> Response:
    """`POST /api/v1/offices/{office}/what-if`."""
    with ask.site.limits.press(ask.actor):
        asked = reading.read(await reading.json_body(ask.request), WhatIf)
        if ready(ask.desk).state.day is None:
            raise refuse("day_closed", "the day is not open")
        found = await ask.site.what_if(ask.office, asked)
        if isinstance(found, Refusal):
            raise RefusedRequest(found, {"Retry-After": "1"} if found.retry else {})
    return json(found)


WAYS = (
    Way(
        "POST",
        OFFICE + "/what-if",
        what_if,
        WHAT_IF,
        "What moves would change",
        body=WhatIf,
        result=WhatIfFound,
        codes=(*(code for code in CODES if not code.startswith("key")), *DECIDED),
    ),
)
