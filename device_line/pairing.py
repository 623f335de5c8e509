"""Pairing a box (`aufruf device`): shows a code, waits until a supervisor has typed it, collects the token, and keeps it.

A code is shown for ten minutes; then, and after any loss of the line, there is another one. Called by the command line.
"""

import asyncio
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import httpx
import msgspec
from websockets.asyncio.client import connect

from device_line.address import Address
from device_line.line import ANSWER_S, LOSSES, Pace
from server.messages.agreed import SILENCE_MS
from server.messages.boards import Pairing
from server.messages.frames import Board, FromServer, Hello
from server.messages.instants import SECOND
from server.messages.terms import PairedKind

KINDS: tuple[PairedKind, ...] = ("printer", "announcer")
"""What a box can be; screens are paired on the page /pair, and the kiosk of a box by a second code."""
FILE, KIOSK_FILE = "device.json", "kiosk.json"
RENEW_S = 570.0
"""A new code half a minute before the old one ends."""

T = TypeVar("T")
_decode = msgspec.json.Decoder(FromServer).decode
_log = logging.getLogger("aufruf.device_line")


class Paired(msgspec.Struct, frozen=True):
    """What this box is, and the token for it. `server`: with which it was paired."""

    server: str
    token: str
    kind: PairedKind
    id: str


class _Opened(msgspec.Struct):
    code: str
    claim: str


class _Collected(msgspec.Struct):
    token: str


def known(data: Path, server: str, file: str = FILE) -> Paired | None:
    """What this box was paired as with this server; None if it was not, or if the file cannot be read."""
    try:
        found = msgspec.json.decode((data / file).read_bytes(), type=Paired)
    except (OSError, msgspec.MsgspecError):
        return None
    return found if found.server == server else None


def keep(data: Path, paired: Paired, file: str = FILE) -> None:
    """Other users of this machine may not read it."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = data / f"{file}.new"
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        written.write(msgspec.json.encode(paired))
    fresh.replace(data / file)


def forget(data: Path, file: str = FILE) -> None:
    (data / file).unlink(missing_ok=True)


async def pair(
    address: Address, show: Callable[[str], None], pace: Pace | None = None, kinds: tuple[PairedKind, ...] = KINDS
) -> Paired:
    """Waits for as long as it takes. `show` gets each code; `kinds`: what it can be."""
    failures, paced = 0, pace or Pace()
    while True:
        try:
            async with asyncio.timeout(RENEW_S):
                return await _once(address, show, kinds)
        except LOSSES as loss:
            failures += 1
            _log.warning("not paired yet: %s", str(loss) or type(loss).__name__)
            await asyncio.sleep(paced.after(failures))


async def _once(address: Address, show: Callable[[str], None], kinds: tuple[PairedKind, ...]) -> Paired:
    async with address.asking(ANSWER_S) as http:
        opened = _good(await http.post("/api/v1/pairings", json={"kinds": kinds}), _Opened)
        show(opened.code)
        place = await _typed(address, opened.claim)
        collected = _good(await http.post("/api/v1/pairings/token", json={"claim": opened.claim}), _Collected)
    assert place.kind is not None
    return Paired(server=address.url, token=collected.token, kind=place.kind, id=place.id or "")


async def _typed(address: Address, claim: str) -> Pairing:
    """What this box is, once a supervisor has typed its code."""
    trust = address.trust if address.url.startswith("https") else None
    async with connect(address.waiting(), ssl=trust, proxy=None, open_timeout=ANSWER_S) as socket:
        await socket.send(msgspec.json.encode(Hello(board="pairing", id=claim)), text=True)
        while True:
            async with asyncio.timeout(SILENCE_MS / SECOND):
                said = await socket.recv()
            frame = _frame(said)
            board = msgspec.json.decode(frame.board, type=Pairing) if isinstance(frame, Board) else None
            if board is not None and board.kind is not None:
                return board


def _frame(said: str | bytes) -> FromServer | None:
    try:
        frame: FromServer = _decode(said)
        return frame
    except msgspec.ValidationError:  # a frame of a later release
        return None


def _good(answer: httpx.Response, type: type[T]) -> T:
    answer.raise_for_status()
    return msgspec.json.decode(answer.content, type=type)
