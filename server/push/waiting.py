"""What a device is shown that waits to be paired: its code, and then which device it is. Started by the hub."""

import asyncio
from collections.abc import Awaitable, Callable

from msgspec import Raw
from msgspec.json import encode

from server.messages import frames
from server.messages.boards.pairing import Pairing
from server.messages.instants import rfc3339
from server.push.connection import Connection
from server.push.packets import Packet, packet
from server.push.source import Source

LOOK_S = 1.0
"""A supervisor who types a code at another node sees the screen change within this time and a little."""

PairingNow = Callable[[], Awaitable[Pairing | None]]
"""What became of the device's code; None when it is over."""


async def shown_while_waiting(connection: Connection, told: PairingNow, desk: Source) -> None:
    """Looks each second until the socket is gone. While the store is away, what was shown stays."""
    shown: Pairing | None = None
    while not connection.closed:
        try:
            now = await told()
        except OSError:
            now = shown
        else:
            if now is None:
                connection.close("no_such_board")
                return
        if now is not None and now != shown:
            connection.show(_frame(now, desk))
        shown = now
        await asyncio.sleep(LOOK_S)


def _frame(pairing: Pairing, desk: Source) -> Packet:
    state = desk.state
    return packet(frames.Board(epoch=state.epoch, seq=state.seq, at=rfc3339(desk.now()), board=Raw(encode(pairing))))
