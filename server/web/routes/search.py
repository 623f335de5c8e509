"""GET tickets: staff look for tickets that no list shows, and read the rest of a list."""

from collections.abc import Iterator

from starlette.responses import Response

from server.messages.problems import Refusal
from server.messages.rights import TICKETS
from server.messages.terms import LIVING, TicketState
from server.office.boards import Wanted
from server.web.ask import Ask, json, ready
from server.web.documents import schemas
from server.web.reading import instant, whole_number
from server.web.refused import RefusedRequest, invalid, refuse
from server.web.routes.boards import PLACE, place_of
from server.web.way import OFFICE, Query, Way

LIMIT, MOST = 50, 500
LONGEST = 100
"""Characters of a query."""


async def tickets(ask: Ask) -> Response:
    """`?query=a 012&state=waiting&counter=3&issued=2026-11-23T09:15:00Z&offset=0&limit=50`: all may be left out."""
    desk = ready(ask.desk)
    ask.site.limits.read(ask.actor, ask.address)
    made = ask.site.hub.found(ask.office, _wanted(ask), ask.actor)
    if isinstance(made, Refusal):
        raise RefusedRequest(made)
    return json(made, headers=place_of(desk))


def _wanted(ask: Ask) -> Wanted:
    said = ask.request.query_params
    query, state, counter = said.get("query", ""), said.get("state"), said.get("counter")
    if len(query) > LONGEST:
        raise invalid("query", f"at most {LONGEST} characters")
    if state is not None and state not in LIVING:
        raise invalid("state", f"one of {', '.join(LIVING)}")
    if counter is not None and counter not in ready(ask.desk).state.counters:
        raise refuse("unknown_counter", f"there is no counter {counter[:64]}")
    return Wanted(
        query=query,
        words=dict(_words(ask)),
        state=state,
        counter=counter,
        issued=instant(ask.request, "issued"),
        offset=whole_number(ask.request, "offset", 0, 100_000),
        limit=max(1, whole_number(ask.request, "limit", LIMIT, MOST)),
    )


def _words(ask: Ask) -> Iterator[tuple[str, TicketState]]:
    """What pages of staff call the states, in the office's languages; and what the contract calls them."""
    for state in LIVING:
        yield state, state
        for language in ask.site.desks[ask.office].state.office.languages:
            try:
                yield ask.site.say(language, f"supervisor-state-{state}"), state
            except KeyError:  # nobody translated it into this language
                continue


WAYS = (
    Way(
        "GET",
        OFFICE + "/tickets",
        tickets,
        TICKETS,
        "Look for tickets",
        result=schemas.FOUND,
        codes=("invalid", "unknown_counter", "starting", "too_many"),
        query=(
            Query("query", "a number as people say it, a service, a state, or several of these; absent: all"),
            Query("state", "only tickets in this state"),
            Query("counter", "say which of them this counter cannot call; with state waiting: only whom it may call"),
            Query("issued", "an instant: those issued nearest to it come first"),
            Query("offset", "how many to leave out at the beginning", True),
            Query("limit", f"1 to {MOST}, else {LIMIT}", True),
        ),
        headers=PLACE,
    ),
)
