"""One press over HTTP: a command of the contract, one key for all retries, words and exit codes that people can use."""

import contextlib
import io
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from config.words import Words
from counter_client.press import AGAIN_S, GIVE_UP_S, SILENT_S, Button, PressFailed, main
from tests.certificates import certificate
from tests.live_sockets import DEADLINE_S

CALLED = {"type": "ticket_called", "ticket": "t1", "number": "A017", "counter": "3"}
Fields = dict[str, Any]


class Office:
    """A server that answers as a test wants and remembers what it was sent."""

    def __init__(self) -> None:
        self.offices = ["mitte"]
        self.undo: Fields | None = {
            "key": "k1",
            "until": "2026-11-23T10:00:00.000Z",
            "type": "ticket_called",
            "number": "A017",
        }
        self.answers: list[tuple[int, Fields]] = []
        self.done: Fields = {"events": [CALLED], "result": {"ticket": {"id": "t1", "number": "A017"}}}
        self.heard: list[tuple[Fields, str, str]] = []
        self.now: str | None = "2026-11-23T10:00:00.000Z"
        self.pressed_at: list[str | None] = []
        routes = [
            Route("/api/v1/me", self._me),
            Route("/api/v1/offices/{office}", self._one),
            Route("/api/v1/offices/{office}/boards/counter/{counter}", self._board),
            Route("/api/v1/offices/{office}/commands", self._commands, methods=["POST"]),
        ]
        listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="error", ws="none"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)

    def __enter__(self) -> "Office":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(DEADLINE_S)

    async def _me(self, request: Request) -> Response:
        if request.headers.get("Authorization") != "Bearer secret":
            return JSONResponse({"code": "not_signed_in", "retry": False}, 401)
        return JSONResponse({"role": "clerk", "offices": self.offices, "for": "3"})

    async def _one(self, request: Request) -> Response:
        return JSONResponse({"open": True}, headers={"aufruf-at": self.now} if self.now else {})

    async def _board(self, request: Request) -> Response:
        return JSONResponse({"undo": self.undo})

    async def _commands(self, request: Request) -> Response:
        self.heard.append((await request.json(), request.headers["Idempotency-Key"], request.headers["Age-Ms"]))
        self.pressed_at.append(request.headers.get("Pressed-At"))
        status, body = self.answers.pop(0) if self.answers else (200, self.done)
        return JSONResponse(body, status)


@pytest.fixture
def office() -> Iterator[Office]:
    with Office() as office:
        yield office


def pressed(office: Office, what: str, counter: str = "3", token: str = "secret") -> tuple[int, str]:
    out = io.StringIO()
    return main(what, office.url, token, counter, out), out.getvalue().strip()


@pytest.mark.parametrize(
    ("what", "command"),
    [
        ("next", {"type": "call_next", "counter": "3"}),
        ("arrived", {"type": "start_service", "counter": "3"}),
        ("finish", {"type": "finish_service", "counter": "3"}),
        ("finish-next", {"type": "call_next", "counter": "3", "finish_current": True}),
        ("repeat", {"type": "repeat_call", "counter": "3"}),
        ("missed", {"type": "mark_missed", "counter": "3"}),
        ("undo", {"type": "undo", "key": "k1"}),
    ],
)
def test_each_word_is_one_command(office: Office, what: str, command: Fields) -> None:
    assert pressed(office, what)[0] == 0

    assert [heard for heard, *_ in office.heard] == [command]


def test_it_says_what_happened(office: Office) -> None:
    finished = {"type": "service_finished", "number": "A016"}
    office.done = {"events": [finished, CALLED], "result": {"ticket": {"id": "t1", "number": "A017"}}}

    code, said = pressed(office, "finish-next")

    assert code == 0
    assert said in ("A016 fertig, A017 aufgerufen", "A016 done, A017 called")


def test_nobody_waiting_is_a_good_answer(office: Office) -> None:
    office.done = {"events": [], "result": {"ticket": None, "why": None}}

    code, said = pressed(office, "next")

    assert (code, said in ("Niemand wartet.", "Nobody is waiting.")) == (0, True)


def test_a_store_away_is_asked_again_with_the_same_key(office: Office) -> None:
    away = (503, {"code": "store_unavailable", "retry": True})
    office.answers = [away, away]

    assert pressed(office, "next")[0] == 0
    assert len(office.heard) == 3
    assert len({key for _, key, _ in office.heard}) == 1
    ages = [int(age) for *_, age in office.heard]
    assert ages == sorted(ages)
    assert len(set(office.pressed_at)) == 1, "the same press, however often it is sent"


@pytest.mark.parametrize("now", ["2026-11-23T10:00:00.000Z", "2001-01-01T00:00:00.000Z", None, "noon"])
def test_a_press_is_dated_by_the_servers_clock_whatever_this_machine_believes(office: Office, now: str | None) -> None:
    """A server of an earlier release sends no time, or one that we cannot read: then only the age is sent."""
    office.now = now

    assert pressed(office, "next")[0] == 0
    (said,) = office.pressed_at
    if now is None or now == "noon":
        assert said is None
        return
    assert said is not None
    before = datetime.fromisoformat(now) - datetime.fromisoformat(said)
    assert timedelta(0) <= before < timedelta(seconds=GIVE_UP_S)


def test_who_slept_between_the_finger_and_the_send_presses_nothing(office: Office) -> None:
    with httpx.Client(base_url=office.url) as line, pytest.raises(PressFailed) as failed:
        Button(line, Words("de"), give_up_s=0.0).press("next", "mitte/3")

    assert failed.value.text == Words("de").text("problem-stale-press")
    assert office.heard == []


def test_a_refusal_is_plain_words_on_stderr(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.answers = [(409, {"code": "counter_busy", "number": "A017", "retry": False, "detail": "counter 3 is busy"})]

    assert pressed(office, "next") == (1, "")
    assert "A017" in capsys.readouterr().err
    assert len(office.heard) == 1


def test_two_presses_have_two_keys(office: Office) -> None:
    pressed(office, "next")
    pressed(office, "next")

    assert len({key for _, key, _ in office.heard}) == 2


def test_wrong_words_and_unclear_offices_are_wrong_use(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert pressed(office, "nexd") == (2, "")
    assert "finish-next" in capsys.readouterr().err
    office.offices = ["mitte", "rathaus"]
    assert pressed(office, "next")[0] == 2
    assert "mitte, rathaus" in capsys.readouterr().err
    assert pressed(office, "next", "rathaus/3")[0] == 0
    assert office.heard[-1][0] == {"type": "call_next", "counter": "3"}


def test_nothing_to_undo_and_a_dead_token(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.undo = None

    assert pressed(office, "undo")[0] == 1
    assert pressed(office, "next", token="stale")[0] == 1
    assert office.heard == []


def test_no_server_is_said_within_three_seconds() -> None:
    """Nothing listens: it tries again with pauses, gives up by its own clock, and says which server did not answer."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    pauses: list[float] = []
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as line, pytest.raises(PressFailed) as failed:
        Button(line, Words("de"), pauses.append, silent_s=0.2).press("next", "mitte/3")

    assert failed.value.code == 1
    assert f"127.0.0.1:{port}" in failed.value.text
    assert "nichts gedrückt" in failed.value.text
    assert pauses
    assert SILENT_S + AGAIN_S < 3


def test_a_server_that_takes_the_press_and_says_nothing_is_left() -> None:
    """The press may have counted, so the message does not say that it failed."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"http://127.0.0.1:{mute.getsockname()[1]}"
        with httpx.Client(base_url=url) as line, pytest.raises(PressFailed) as failed:
            Button(line, Words("en"), silent_s=0.2).press("next", "mitte/3")

    assert "whether it counted" in failed.value.text


def test_a_certificate_that_is_not_trusted_is_named_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chain, key = certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"https://localhost:{door.getsockname()[1]}"
        met = threading.Thread(target=shake_hands, args=(door, context), daemon=True)
        met.start()

        assert main("next", url, "secret", "mitte/3") == 1
        met.join(DEADLINE_S)
    said = capsys.readouterr().err
    assert "self-signed certificate" in said
    assert url in said


def shake_hands(door: socket.socket, context: ssl.SSLContext) -> None:
    line, _ = door.accept()
    with contextlib.suppress(OSError), line, context.wrap_socket(line, server_side=True):
        pass
