"""A frame, encoded once, in the form that every socket gets: the plain dict that ASGI servers send as text.

Packets are built only here, so that a thousand displays share one object.
"""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from msgspec import Raw
from msgspec.json import encode

from server.messages import frames
from server.messages.instants import rfc3339

BOARD = Raw(b"null")
"""Stands for a board that is put in later."""


class Packet(TypedDict):
    """One text frame, ready to be sent. Only `wire` changes later: the first socket stores its bytes there for the others.

    `many`: several frames for a line that writes them at once; then `text` is empty.
    """

    type: str
    text: str
    wire: NotRequired[bytes]
    many: NotRequired[tuple["Packet", ...]]


def packet(frame: frames.Frame) -> Packet:
    return {"type": "websocket.send", "text": encode(frame).decode()}


def at_once(packets: Sequence[Packet]) -> Packet:
    """Several frames, in this order, as one write: the write itself is most of the cost of a display."""
    return {"type": "websocket.send", "text": "", "many": tuple(packets)}


def board_packet(pieces: Sequence[bytes], epoch: str, seq: int, at: int) -> Packet:
    """The frame that carries a board which is already encoded. `pieces`: joined, its JSON."""
    before, _, after = encode(frames.Board(epoch=epoch, seq=seq, at=rfc3339(at), board=BOARD)).rpartition(BOARD)
    return {"type": "websocket.send", "text": b"".join((before, *pieces, after)).decode()}
