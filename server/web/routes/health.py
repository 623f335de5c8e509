"""Is the server alive, ready, and well? For people and programs that start and monitor it."""

from starlette.responses import Response

from server.web.ask import Ask, json
from server.web.documents import schemas
from server.web.site import Site
from server.web.way import Open, Way


async def live(ask: Ask) -> Response:
    return json({"status": "live"})


async def ready(ask: Ask) -> Response:
    """200 if every office accepts presses, else 503 with what is `missing`. `degraded`: worries although offices are open."""
    missing = {office: why for office, desk in ask.site.desks.items() if (why := desk.missing())}
    status = 503 if missing or not ask.site.desks else 200
    said = {"status": "ready" if status == 200 else "not_ready", "missing": missing, "degraded": degraded(ask.site)}
    return json(said, status)


def degraded(site: Site) -> list[str]:
    """One line for each worry: its code, with the office's id if it concerns one office."""
    of_node = [f"{worry.code}: {worry.detail}" for worry in site.worries.of_node()]
    own = [f"{worry.code}: {office}: {worry.detail}" for office in site.desks for worry in site.own_worries(office)]
    return of_node + own


WAYS = (
    Way("GET", "/health/live", live, Open.ALL, "Is the process alive", result=schemas.OBJECT),
    Way(
        "GET",
        "/health/ready",
        ready,
        Open.ALL,
        "Is every office folded and its day open",
        result=schemas.OBJECT,
        codes=("starting",),
    ),
)
