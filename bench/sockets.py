"""The little of WebSocket that a load generator needs: handshake, a hello, frames in, a pong out. Bytes only, no I/O.

A library would cost more than the server that is measured: the crowd is one process, the displays of a city are thousands.
"""

import os
from base64 import b64encode
from collections.abc import Iterator

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
BOARD = b'{"type":"board"'
_SEQ = b'"seq":'


def handshake(host: str, path: str) -> bytes:
    key = b64encode(os.urandom(16)).decode()
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def client_frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """Masked with zeros, which the standard allows, so the payload stays the same."""
    size = len(payload)
    if size < 126:
        return bytes((0x80 | opcode, 0x80 | size)) + bytes(4) + payload
    return bytes((0x80 | opcode, 0x80 | 126)) + size.to_bytes(2, "big") + bytes(4) + payload


def server_frame(payload: bytes, opcode: int = TEXT) -> bytes:
    size = len(payload)
    if size < 126:
        return bytes((0x80 | opcode, size)) + payload
    if size < 65_536:
        return bytes((0x80 | opcode, 126)) + size.to_bytes(2, "big") + payload
    return bytes((0x80 | opcode, 127)) + size.to_bytes(8, "big") + payload


def frames(buffer: bytearray) -> Iterator[tuple[int, bytes]]:
    """Takes the complete unmasked frames from the front of `buffer`: (opcode, payload)."""
    while len(buffer) >= 2:
        size, at = buffer[1] & 0x7F, 2
        if size >= 126:
            at = 4 if size == 126 else 10
            if len(buffer) < at:
                return
            size = int.from_bytes(buffer[2:at], "big")
        if len(buffer) < at + size:
            return
        opcode, payload = buffer[0] & 0x0F, bytes(buffer[at : at + size])
        del buffer[: at + size]
        yield opcode, payload


def seq_of(payload: bytes) -> int:
    """The `seq` of a frame or answer."""
    begin = payload.find(_SEQ) + len(_SEQ)
    end = begin
    while payload[end : end + 1].isdigit():
        end += 1
    return int(payload[begin:end])
