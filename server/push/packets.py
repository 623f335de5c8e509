"""A frame, encoded once, in the form every socket of it is handed: the plain dict that ASGI servers send as text.

Built here only, so that a thousand displays share one object.
"""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from msgspec import Raw
from msgspec.json import encode

from server.messages import frames
from server.messages.instants import rfc3339


class Packet(TypedDict):
    """One text frame, ready to be sent. Never changed after it is made, but for `wire`: the first socket's bytes for the next.

    `many`: several frames for a line that writes them at once; then `text` is empty.
    """

    type: str
    text: str
    wire: NotRequired[bytes]
    many: NotRequired[tuple["Packet", ...]]


def packet(frame: frames.Frame) -> Packet:
    return {"type": "websocket.send", "text": encode(frame).decode()}


def at_once(packets: Sequence[Packet]) -> Packet:
    """Several frames, in this order, as one write: most of what a display costs is the write itself."""
    return {"type": "websocket.send", "text": "", "many": tuple(packets)}


def board_packet(raw: bytes, epoch: str, seq: int, at: int) -> Packet:
    """A board that is already encoded, as the frame that carries it."""
    return packet(frames.Board(epoch=epoch, seq=seq, at=rfc3339(at), board=Raw(raw)))
