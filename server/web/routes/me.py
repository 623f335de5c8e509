"""Who am I? Tells programs and pages what their token or session may do."""

from starlette.responses import Response

from server.web.ask import Ask, json
from server.web.documents import schemas
from server.web.refused import refuse
from server.web.way import Open, Way


async def me(ask: Ask) -> Response:
    """`{role, offices, for}`; `offices` lists those of this server."""
    if ask.asker is None:
        raise refuse("not_signed_in", "Sign in, or send a bearer token.")
    named = ask.asker.offices
    offices = [office for office in ask.site.desks if not named or office in named]
    return json({"role": ask.asker.highest, "offices": offices, "for": ask.asker.device})


WAYS = (Way("GET", "/api/v1/me", me, Open.SIGNED_IN, "What this token may", result=schemas.ME),)
