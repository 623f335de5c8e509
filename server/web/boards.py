"""GET boards: the same board the live socket sends, by the same call."""

from typing import cast

from starlette.responses import Response

from server.messages.instants import rfc3339
from server.messages.problems import Refusal
from server.messages.terms import BoardKind
from server.web.ask import Ask, json, ready
from server.web.refused import Refused


async def board(ask: Ask) -> Response:
    """`{epoch, seq, at, board}`, as the frame carries it."""
    return await shown(ask, cast(BoardKind, ask.values["board"]), ask.values.get("id", ""))


async def shown(ask: Ask, kind: BoardKind, id: str) -> Response:
    desk = ready(ask.desk)
    ask.site.limits.command(ask.actor.principal or ask.address)
    made = ask.site.hub.board(ask.office, kind, id, ask.actor)
    if isinstance(made, Refusal):
        raise Refused(made)
    return json({"epoch": desk.state.epoch, "seq": desk.state.seq, "at": rfc3339(desk.now()), "board": made})
