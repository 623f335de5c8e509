"""POST commands: read the press, hand it to the desk, show what came of it. The socket uses the same desk call."""

from starlette.responses import Response

from server.messages.problems import Refusal
from server.web import reading
from server.web.answers import done_members
from server.web.ask import Ask, json
from server.web.refused import Refused


async def press(ask: Ask) -> Response:
    """`POST /api/v1/offices/{office}/commands`."""
    ask.site.limits.command(ask.actor.principal)
    raw = await reading.json_body(ask.request)
    key, age = reading.key(ask.request), reading.age(ask.request)
    command = reading.command(raw)
    desk = ask.desk
    outcome = await desk.submit(ask.actor, command, key, age)
    if isinstance(outcome, Refusal):
        raise Refused(outcome, _retry_after(outcome))
    return json(done_members(desk, outcome))


def _retry_after(refusal: Refusal) -> dict[str, str]:
    return {"Retry-After": "1"} if refusal.retry else {}
