"""GET boards: the same board the live socket sends, by the same call."""

from typing import cast

from starlette.responses import Response

from server.desk.desk import Desk
from server.messages.instants import rfc3339
from server.messages.problems import Refusal
from server.messages.terms import BoardKind
from server.web.ask import Ask, json, ready
from server.web.documents import schemas
from server.web.refused import RefusedRequest
from server.web.way import NOW, OFFICE, Open, Way


async def board(ask: Ask) -> Response:
    """The frame's `board`; its epoch, seq and instant are headers."""
    return await shown(ask, cast(BoardKind, ask.values["board"]), ask.values.get("id", ""))


async def shown(ask: Ask, kind: BoardKind, id: str) -> Response:
    desk = ready(ask.desk)
    ask.site.limits.read(ask.actor, ask.address)
    made = ask.site.hub.board(ask.office, kind, id, ask.actor)
    if isinstance(made, Refusal):
        raise RefusedRequest(made)
    return json(made, headers=place_of(desk))


def place_of(desk: Desk) -> dict[str, str]:
    """What the answer shows: see `PLACE`."""
    return {"aufruf-epoch": desk.state.epoch, "aufruf-seq": str(desk.state.seq), "aufruf-at": rfc3339(desk.now())}


PLACE = (("Aufruf-Epoch", "of the log"), ("Aufruf-Seq", "the newest entry that the board shows"), NOW)
WAYS = (
    Way(
        "GET",
        OFFICE + "/boards/{board}",
        board,
        Open.BY_BOARD,
        "The board of supervisor or desk",
        result=schemas.BOARD,
        codes=("unknown_route", "starting", "too_many"),
        headers=PLACE,
    ),
    Way(
        "GET",
        OFFICE + "/boards/{board}/{id}",
        board,
        Open.BY_BOARD,
        "A device's board",
        result=schemas.BOARD,
        codes=(
            "unknown_route",
            "unknown_display",
            "unknown_counter",
            "unknown_service",
            "unknown_zone",
            "unknown_device",
            "starting",
            "too_many",
        ),
        headers=PLACE,
    ),
)
