"""Is it alive, is it ready. For whoever starts and watches the server."""

from starlette.responses import Response

from server.web.ask import Ask, json


async def live(ask: Ask) -> Response:
    return json({"status": "live"})


async def ready(ask: Ask) -> Response:
    """200 when every office is folded and its day open (or was closed by hand); else 503 with what is missing."""
    missing = {}
    for office, desk in ask.site.desks.items():
        if desk.health != "ready":
            missing[office] = f"{desk.health}: {desk.detail}".rstrip(": ")
        elif desk.state.day is None and desk.state.last_day is None:
            missing[office] = "the day is not open"
    status = 503 if missing or not ask.site.desks else 200
    return json({"status": "ready" if status == 200 else "not_ready", "missing": missing}, status)
