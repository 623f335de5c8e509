"""GET boards: the same board the live socket sends, by the same call."""

from typing import cast

from starlette.responses import Response

from server.messages.instants import rfc3339
from server.messages.problems import Refusal
from server.messages.terms import BoardKind
from server.web.ask import Ask, json, ready
from server.web.refused import Refused


async def board(ask: Ask) -> Response:
    """The frame's `board`; its epoch, seq and instant are headers."""
    return await shown(ask, cast(BoardKind, ask.values["board"]), ask.values.get("id", ""))


async def shown(ask: Ask, kind: BoardKind, id: str) -> Response:
    desk = ready(ask.desk)
    ask.site.limits.read(ask.actor, ask.address)
    made = ask.site.hub.board(ask.office, kind, id, ask.actor)
    if isinstance(made, Refusal):
        raise Refused(made)
    place = {"aufruf-epoch": desk.state.epoch, "aufruf-seq": str(desk.state.seq), "aufruf-at": rfc3339(desk.now())}
    return json(made, headers=place)
