"""POST what-if: what a supervisor's moves would change; POST rule-trial: what a standing rule would have changed on the last
day. Nothing is changed; the second worker of the node simulates it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from starlette.responses import Response

from server.messages.problems import Refusal
from server.messages.rights import WHAT_IF
from server.messages.rule_trial import RuleTrial, TrialFound
from server.messages.value import Value
from server.messages.what_if import WhatIf, WhatIfFound
from server.web import reading
from server.web.ask import Ask, json, ready
from server.web.pressing import CODES
from server.web.refused import RefusedRequest, refuse
from server.web.routes.commands import DECIDED
from server.web.way import OFFICE, Way

T = TypeVar("T", bound=Value)


async def what_if(ask: Ask) -> Response:
    """`POST /api/v1/offices/{office}/what-if`."""
    return await _answered(ask, WhatIf, ask.site.what_if)


async def rule_trial(ask: Ask) -> Response:
    """`POST /api/v1/offices/{office}/rule-trial`."""
    return await _answered(ask, RuleTrial, ask.site.rule_trial)


async def _answered(ask: Ask, kind: type[T], answer: Callable[[str, T], Awaitable[object]]) -> Response:
    with ask.site.limits.press(ask.actor):
        asked = reading.read(await reading.json_body(ask.request), kind)
        if ready(ask.desk).state.day is None:
            raise refuse("day_closed", "the day is not open")
        found = await answer(ask.office, asked)
        if isinstance(found, Refusal):
            raise RefusedRequest(found, {"Retry-After": "1"} if found.retry else {})
    return json(found)


_ASKED = (*(code for code in CODES if not code.startswith("key")), *DECIDED)


WAYS = (
    Way(
        "POST",
        OFFICE + "/what-if",
        what_if,
        WHAT_IF,
        "What moves would change",
        body=WhatIf,
        result=WhatIfFound,
        codes=_ASKED,
    ),
    Way(
        "POST",
        OFFICE + "/rule-trial",
        rule_trial,
        WHAT_IF,
        "What a standing rule would have changed on the last day",
        body=RuleTrial,
        result=TrialFound,
        codes=(*_ASKED, "log_trimmed"),
    ),
)
