"""Random input on the live socket: it is closed with a code of the contract or answered, and nobody else notices."""

import base64
import json
import secrets
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from server.messages.commands import COMMANDS
from server.messages.frames import CLOSE
from server.messages.terms import Role
from tests.models.up import LIMIT_S, Up

BEFORE_HELLO = {CLOSE[why] for why in ("malformed", "not_signed_in", "not_allowed", "no_such_board")}
BOARDS: list[tuple[Role, str, str]] = [
    ("display", "display", "hall"),
    ("clerk", "counter", "1"),
    ("supervisor", "supervisor", ""),
    ("kiosk", "kiosk", "entrance"),
    ("printer", "printer", "entrance"),
    ("announcer", "announcer", "hall"),
]
DEEP, LONG = "§deep§", "§long§"
"""Placeholders for values that would be too long to print when a test fails: see `sendable`."""
settled = settings(max_examples=60, database=None, suppress_health_check=list(HealthCheck))

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
words = st.sampled_from(["1", "hall", "ausweis", "entrance", "", "x" * 300, "\u0000", "🎟", "../..", "mitte"])
commands = st.builds(
    lambda kind, fields: {"type": kind, **fields},
    st.sampled_from(sorted(COMMANDS)),
    st.dictionaries(
        st.sampled_from(
            ["counter", "ticket", "service", "services", "zone", "to_service", "minutes", "text", "moves", "key"]
        ),
        words | st.lists(words, max_size=3) | st.integers(-5, 600) | plain,
        max_size=4,
    ),
)
frames = st.one_of(
    st.builds(lambda c, k, a: {"type": "command", "key": k, "age_ms": a, "command": c}, commands, words, st.integers(-9, 99_999)),
    st.builds(lambda z: {"type": "speak", "zone": z}, words),
    st.builds(
        lambda k, s, w, o: {"type": "report", "kind": k, "seq": s, "sound": w, "announcement": o, "state": o, "reason": o},
        st.sampled_from(["shown", "announcement", "printer", "else"]), st.integers(-1, 2**40),
        st.sampled_from(["ready", "playing", "blocked", "off", "loud"]), words,
    ),
    st.builds(lambda b, i, t: {"type": "hello", "board": b, "id": i, "token": t, "seq": 0}, words, words, st.none() | words),
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A frame that is right or nearly right."""
    frame: dict[str, Any] = dict(draw(frames))
    for _ in range(draw(st.integers(0, 2))):
        name = draw(st.sampled_from(sorted(frame)))
        if draw(st.booleans()):
            del frame[name]
        else:
            frame[name] = draw(plain)
        if not frame:
            break
    text = json.dumps(frame)
    if draw(st.integers(0, 4)) == 0:
        cut = draw(st.integers(0, len(text)))
        text = text[:cut] + draw(st.sampled_from(["", "}", '"', DEEP, "\\ud800", LONG])) + text[cut:]
    return text


anything = st.one_of(mutated(), plain.map(json.dumps), st.text(max_size=200), st.binary(max_size=200))


def sendable(made: str | bytes) -> str | bytes:
    return made if isinstance(made, bytes) else made.replace(DEEP, "[" * 2_000).replace(LONG, " " * 70_000)


def too_big(*made: str | bytes) -> set[int]:
    """WebSocket's own code for a frame over the limit. A client that is still sending may see only the end of the connection."""
    return {1009, 1006} if any(isinstance(one, str) and LONG in one for one in made) else set()


@contextmanager
def opened(up: Up) -> Iterator[ClientConnection]:
    with connect(
        up.live, compression=None, proxy=None, open_timeout=LIMIT_S, close_timeout=2, ping_interval=None
    ) as line:
        yield line


def heard(line: ClientConnection, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first frame that fits. Beats go on for ever, so the wait ends by the clock."""
    deadline = time.monotonic() + LIMIT_S
    while (left := deadline - time.monotonic()) > 0:
        frame: dict[str, Any] = json.loads(line.recv(timeout=left))
        if wanted(frame):
            return frame
    raise AssertionError("it did not come")


def greeted(line: ClientConnection, **hello: str) -> None:
    line.send(json.dumps({"type": "hello", **hello}))
    heard(line, lambda frame: frame["type"] == "board")


def pressed(line: ClientConnection, **command: Any) -> dict[str, Any]:
    """The answer, whatever it says."""
    key = secrets.token_hex(4)
    line.send(json.dumps({"type": "command", "key": key, "command": command}))
    return heard(line, lambda frame: frame.get("key") == key)


@pytest.fixture(scope="module")
def witness(up: Up) -> Iterator[ClientConnection]:
    """A wall display that is there all the time."""
    with opened(up) as line:
        greeted(line, board="display", id="hall")
        yield line


@pytest.fixture(autouse=True)
def others_unaffected(up: Up, witness: ClientConnection) -> Iterator[None]:
    """After each of these tests the same server runs, and the display that was there before still gets every change."""
    yield
    assert up.lives()
    with opened(up) as clerk:
        greeted(clerk, board="supervisor", token=up.token("supervisor"))
        pressed(clerk, type="open_day")  # the test may have closed the day
        text = secrets.token_hex(4)
        answer = pressed(clerk, type="post_message", text={"de": text})
        assert answer["type"] == "done", answer
    heard(witness, lambda frame: text in str(frame))


def closed_with(line: ClientConnection) -> int | None:
    """None: still open, and it answers. Else the code; 1006 for a connection that ended without a close frame."""
    try:
        pressed(line, type="open_day")
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd is not None else 1006
    return None


@settled
@given(first=anything)
def test_whatever_comes_first(up: Up, first: str | bytes) -> None:
    """Before hello: a hello is answered, everything else is closed with 4400 to 4404."""
    with opened(up) as line:
        line.send(sendable(first))
        assert closed_with(line) in {None, *BEFORE_HELLO, *too_big(first)}


@pytest.mark.parametrize(("role", "board", "id"), BOARDS)
@settled
@given(sent=st.lists(anything, min_size=1, max_size=5))
def test_whatever_a_device_sends(up: Up, role: Role, board: str, id: str, sent: list[str | bytes]) -> None:
    """After hello: presses are done or refused, and a message that is no frame closes the socket with 4400."""
    with opened(up) as line:
        greeted(line, board=board, id=id, token=up.token(role))
        with suppress(ConnectionClosed):
            for one in sent:
                line.send(sendable(one))
        assert closed_with(line) in {None, CLOSE["malformed"], *too_big(*sent)}


@settled
@given(noise=st.binary(min_size=1, max_size=400))
def test_whatever_bytes_follow_the_handshake(up: Up, noise: bytes) -> None:
    """Not even frames: the connection ends, the server does not."""
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    request = (
        f"GET /api/v1/offices/mitte/live HTTP/1.1\r\nHost: 127.0.0.1:{up.port}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", up.port), timeout=LIMIT_S) as line:
        line.sendall(request.encode())
        assert line.recv(4096).startswith(b"HTTP/1.1 101")
        line.sendall(noise)
        line.shutdown(socket.SHUT_WR)
        while line.recv(4096):
            pass
