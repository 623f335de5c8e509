"""A ticket by its link: its board, and the three commands that its holder may send."""

import io
from typing import Any

import msgspec
import segno
from starlette.responses import Response

from server.messages.actor import Actor
from server.messages.commands import AnyCommand
from server.messages.problems import Refusal
from server.messages.rights import HOLDER_COMMANDS
from server.web import reading
from server.web.answers import done_members
from server.web.ask import Ask, json, ready
from server.web.documents import schemas
from server.web.pressing import CODES, pressed
from server.web.refused import RefusedRequest, invalid, refuse
from server.web.way import Open, Way


def board_of(ask: Ask, ticket: str, actor: Actor) -> msgspec.Struct:
    """The ticket's board; 410 for a genuine link whose ticket is no longer kept."""
    ask.site.limits.read(actor, ask.address)
    ready(ask.desk)
    made = ask.site.hub.board(ask.office, "ticket", ticket, actor)
    if isinstance(made, Refusal):
        if made.code == "unknown_ticket":
            raise refuse("link_expired", "this ticket is over")
        raise RefusedRequest(made)
    return made


async def board(ask: Ask) -> Response:
    """`GET /api/v1/tickets/{secret}`."""
    return json(board_of(ask, ask.values["ticket"], ask.actor))


async def code(ask: Ask) -> Response:
    """`GET /t/{secret}/qr.svg`: the link as a picture, for the kiosk's screen. There is none without a public address."""
    public = ask.site.settings.public_url
    if public is None:
        raise refuse("unknown_route", "this server has no public address (--public-url)")
    drawn = io.BytesIO()
    segno.make(f"{public}/t/{ask.values['secret']}", error="m").save(drawn, kind="svg", scale=8, border=4, light="#fff")
    return Response(drawn.getvalue(), headers={"cache-control": "private, no-store"}, media_type="image/svg+xml")


async def press(ask: Ask) -> Response:
    """`POST /api/v1/tickets/{secret}/commands`; `ticket` may be left out."""
    actor, limits = ask.actor, ask.site.limits
    with limits.press(actor):
        raw = await reading.json_body(ask.request)
        key, when = reading.key(ask.request), reading.when(ask.request)
        try:
            done = await pressed(ask.site, ask.desk, actor, _command(raw, ask.values["ticket"]), key, when)
        except RefusedRequest as refused:
            gone = refused.refusal.code == "unknown_ticket"
            raise refuse("link_expired", "this ticket is over") if gone else refused from None
    return json(done_members(ask.desk, done))


def holders(fields: dict[str, Any], ticket: str) -> AnyCommand:
    """A command of the link's holder: one of three kinds, about their own ticket."""
    kind = fields.get("type")
    if not isinstance(kind, str):
        raise invalid("type", "which command it is")
    command = reading.converted({"ticket": ticket, **fields} if kind in HOLDER_COMMANDS else fields)
    if kind not in HOLDER_COMMANDS:
        raise refuse("not_allowed", f"a ticket's link may not {kind}")
    return command


def _command(raw: bytes, ticket: str) -> AnyCommand:
    return holders(reading.read(raw, dict[str, Any]), ticket)


PATH = "/api/v1/tickets/{secret}"
WAYS = (
    Way(
        "GET",
        PATH,
        board,
        Open.LINK,
        "The ticket's board",
        result=schemas.TICKET,
        codes=("link_expired", "starting", "too_many"),
        citizens=True,
    ),
    Way(
        "POST",
        PATH + "/commands",
        press,
        Open.LINK,
        "cancel_ticket, pause_ticket, return_ticket",
        body=AnyCommand,
        result=schemas.DONE,
        codes=("link_expired", "not_allowed", "not_yours", "wrong_state", "day_closed", *CODES),
        citizens=True,
        keyed=True,
    ),
    Way(
        "GET",
        "/t/{secret}/qr.svg",
        code,
        Open.LINK,
        "The ticket's link as a QR code",
        result=schemas.BYTES,
        codes=("link_expired", "unknown_route"),
        citizens=True,
    ),
)
