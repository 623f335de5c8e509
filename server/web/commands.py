"""POST commands: read the press, give it to the desk, show the outcome. The socket uses the same call."""

from starlette.responses import Response

from server.web import reading
from server.web.answers import done_members
from server.web.ask import Ask, json
from server.web.pressing import pressed


async def press(ask: Ask) -> Response:
    """`POST /api/v1/offices/{office}/commands`."""
    actor, limits = ask.actor, ask.site.limits
    with limits.press(actor):
        raw = await reading.json_body(ask.request)
        key, when = reading.key(ask.request), reading.when(ask.request)
        done = await pressed(ask.site, ask.desk, actor, reading.command(raw), key, when)
    return json(done_members(ask.desk, done))
