"""The plain wall: drawn by the server for televisions whose browser is too old for the wall's own page.

Its script keeps one request open, which is answered with the next picture of the board; a space each beat says that the server is
there. Without scripts the page loads itself again every 5 s. It is silent: such a screen never claims a zone's voice.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from msgspec import json
from starlette.responses import Response, StreamingResponse

from server.messages import boards, frames
from server.messages.instants import SECOND
from server.messages.problems import Refusal
from server.push.packets import Packet
from server.web.ask import Ask, ready
from server.web.documents import schemas
from server.web.palette import worn_by
from server.web.plain_board import TURN_MS, told
from server.web.reading import number
from server.web.refused import RefusedRequest
from server.web.templates import Templates
from server.web.way import Open, Query, Way

PATH = "/display/{office}/{id}/plain"


class Ears:
    """Stands in for a socket at the hub. It keeps no frames: the picture is drawn from the board of the moment."""

    def __init__(self) -> None:
        self.changed = asyncio.Event()
        self.closed = self.beaten = False
        self.order: frames.Device | None = None

    async def send(self, packet: Packet) -> None:
        text = packet.get("text", "")
        if packet["type"] == "websocket.close":
            self.closed = True
        elif text.startswith('{"type":"beat"'):
            if '"stale_since":"' in text:
                return  # the store does not answer: silence says that the picture may be old
            self.beaten = True
        elif text.startswith('{"type":"device"'):
            self.order = json.decode(text, type=frames.Device)
        elif text and not text.startswith('{"type":"board"'):
            return
        self.changed.set()

    async def wait(self, seconds: float) -> None:
        """Returns once something came, or after this many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self.changed.wait()
        except TimeoutError:
            return
        self.changed.clear()


class Plain:
    """Both routes. Made per app. `held_s`: how long a request waits for a change."""

    held_s = 20.0

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def ways(self) -> tuple[Way, ...]:
        codes = ("unknown_display", "starting", "too_many")
        return (
            Way("GET", PATH, self.page, Open.BY_BOARD, "The plain wall", board="display", page=True, codes=codes),
            Way(
                "GET",
                PATH + "/next",
                self.next,
                Open.BY_BOARD,
                "The next picture of the plain wall, when it differs from `after`, or after 20 s",
                result=schemas.BYTES,
                codes=codes,
                board="display",
                query=(Query("after", "the mark of the picture that is shown"), Query("seq", "its entry", True)),
            ),
        )

    async def page(self, ask: Ask) -> Response:
        ready(ask.desk)
        return self._drawn("plain", ask, self._told(ask), id=ask.values["id"])

    async def next(self, ask: Ask) -> Response:
        ready(ask.desk)
        _board(ask)
        return StreamingResponse(self._held(ask), headers={"cache-control": "no-store"}, media_type="text/html")

    async def _held(self, ask: Ask) -> AsyncIterator[bytes]:
        hub, ears = ask.site.hub, Ears()
        connection = hub.connect(ask.office, "display", ask.values["id"], ask.actor, ears.send)
        if hub.join(connection) is not None:
            return
        try:
            if (seq := number(ask.request.query_params.get("seq", ""), ask.desk.state.seq)) is not None:
                hub.report(connection, frames.Report(kind="shown", seq=seq, sound="off"))
            async for piece in self._until_new(ask, ears):
                yield piece
        finally:
            hub.leave(connection)

    async def _until_new(self, ask: Ask, ears: Ears) -> AsyncIterator[bytes]:
        """Spaces, then the picture; nothing more once the server is stopping."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self.held_s
        while not ears.closed:
            shown = self._told(ask)
            left = until - loop.time()
            if ears.order is not None or shown["mark"] != ask.request.query_params.get("after") or left <= 0:
                yield bytes(self._drawn("plain_board", ask, shown, order=ears.order).body)
                return
            if ears.beaten:
                ears.beaten = False
                yield b" "
            turn = (TURN_MS - ask.desk.now() % TURN_MS) / SECOND
            await ears.wait(min(left, turn) if shown["turns"] else left)

    def _drawn(self, name: str, ask: Ask, shown: dict[str, Any], **more: Any) -> Response:
        languages, worn = shown["languages"], worn_by(ask.desk.state.office)
        return self._templates.page(
            f"displays/{name}.html",
            languages[0],
            office=ask.office,
            say=ask.site.say,
            **worn,
            **shown,
            **more,
        )

    def _told(self, ask: Ask) -> dict[str, Any]:
        board, known = _board(ask), ask.site.languages
        languages = tuple(name for name in dict.fromkeys(board.languages) if name in known) or known[:1]
        return {"languages": languages, **told(board, languages, ask.desk.now(), ask.desk.state.seq)}


def _board(ask: Ask) -> boards.Display:
    made = ask.site.hub.board(ask.office, "display", ask.values["id"], ask.actor)
    if isinstance(made, Refusal):
        raise RefusedRequest(made)
    assert isinstance(made, boards.Display)
    return made
