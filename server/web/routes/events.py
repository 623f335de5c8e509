"""GET events: the log as the public contract shows it, for supervisors and observers."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from server.desk.desk import Desk
from server.desk.entry import Entry, Trimmed
from server.messages import events as e
from server.messages.rights import EVENTS
from server.messages.wire import event_object
from server.web.ask import Ask, json, ready
from server.web.documents import schemas
from server.web.reading import whole_number
from server.web.refused import invalid, refuse
from server.web.way import OFFICE, Query, Way

LIMIT, MOST = 100, 1_000
PAGES = 10
"""So many times `MOST` entries are looked through for those of some types; whoever asks goes on from `upto`."""


async def events(ask: Ask) -> Response:
    """`?after=SEQ&limit=N`: the entries that follow, oldest first. `types=appointment_booked,...`: only these; then `upto` is the
    last entry that was looked at."""
    request = ask.request
    after, limit = whole_number(request, "after", 0, 2**53), whole_number(request, "limit", LIMIT, MOST)
    types, desk = _types(request.query_params.get("types")), ready(ask.desk)
    if desk.stale_since is not None:
        raise refuse("store_unavailable", "the store does not answer; try again")
    try:
        entries, upto = await _entries(desk, after, max(1, limit), types)
    except Trimmed:
        raise refuse("log_trimmed", f"entries after {after} are no longer kept; the history has them") from None
    epoch = desk.state.epoch
    shown = [event_object(one.event, desk.office, epoch, one.seq, one.mark) for one in entries]
    if ask.actor.role == "observer":
        shown = [_without_codes(one) for one in shown]
    return json({"epoch": epoch, "events": shown} | ({} if types is None else {"upto": upto}))


def _types(said: str | None) -> frozenset[type[e.Event]] | None:
    if said is None:
        return None
    names = said.split(",")
    if not {*names} <= e.EVENTS.keys():
        raise invalid("types", "types of events, with commas between them, such as appointment_booked")
    return frozenset(e.EVENTS[name] for name in names)


async def _entries(
    desk: Desk, after: int, limit: int, types: frozenset[type[e.Event]] | None
) -> tuple[Sequence[Entry], int]:
    if types is None:
        return await desk.entries(after, limit), after
    found: list[Entry] = []
    for _ in range(PAGES):
        page = await desk.entries(after, MOST)
        for one in page:
            after = one.seq
            found += [one] if type(one.event) in types else []
            if len(found) == limit:
                return found, after
        if len(page) < MOST:
            break
    return found, after


def _without_codes(value: Any) -> Any:
    """The code of an appointment checks its owner in, so observers do not get it. A code without a `start` is another kind."""
    if isinstance(value, dict):
        return {name: _without_codes(item) for name, item in value.items() if name != "code" or "start" not in value}
    return [_without_codes(item) for item in value] if isinstance(value, list) else value


WAYS = (
    Way(
        "GET",
        OFFICE + "/events",
        events,
        EVENTS,
        "Entries of the log",
        result=schemas.EVENTS,
        codes=("log_trimmed", "invalid", "starting", "store_unavailable"),
        query=(
            Query("after", "only entries with a higher seq", True),
            Query("limit", "1 to 1,000, else 100", True),
            Query("types", "only events of these types, with commas between them"),
        ),
    ),
)
