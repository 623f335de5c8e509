"""The announcer agent with a real server that sends frames and files: HTTP and live socket on one port, as in the product."""

import asyncio
import http
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from audio.announcer import GAP_S, run
from audio.levels import CARD_RATE
from audio.players.paced import PacedPlayer, Played
from audio.players.player import PlayFault
from audio.samples import decoded, encoded, resampled
from device_line.line import NotLetIn, Pace
from server.messages import boards, frames
from server.messages.instants import rfc3339

SOON = 10.0
TOKEN = "secret-of-the-hall"
PACE = Pace(first_s=0.01, refused_s=0.01)


def now() -> int:
    return time.time_ns() // 1_000_000


class Hall:
    """A small server: one office, one zone. `frames`: what the agent sent; `files`: what it may fetch."""

    def __init__(self, tone: Callable[..., bytes]) -> None:
        self.me: dict[str, Any] = {"role": "announcer", "offices": ["mitte"], "for": "hall"}
        self.me_status = http.HTTPStatus.OK
        self.leases = True
        self.close_with: int | None = None
        self.stumbles = 0
        self.files = {"/audio/speech.flac": encoded(*decoded(tone(2.0)), "flac")}
        self.fetched: list[str] = []
        self.lines: list[ServerConnection] = []
        self.hellos: list[frames.Hello] = []
        self.said: list[frames.FromClient] = []
        self.listed: list[boards.Announcement] = []
        self.silent = False
        self.seq = 100
        self._changed = asyncio.Condition()
        self._server: Server | None = None

    async def open(self, port: int = 0) -> None:
        self._server = await serve(self._line, "127.0.0.1", port, process_request=self._request, compression=None)

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(next(iter(self._server.sockets)).getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _request(self, line: ServerConnection, request: Request) -> Response | None:
        if request.path.endswith("/live"):
            return None
        async with self._changed:
            self.fetched.append(request.path)
            self._changed.notify_all()
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _answer(http.HTTPStatus.UNAUTHORIZED, b"{}")
        if request.path == "/api/v1/me":
            return _answer(self.me_status, msgspec.json.encode(self.me))
        if self.stumbles:
            self.stumbles -= 1
            return _answer(http.HTTPStatus.SERVICE_UNAVAILABLE, b"{}")
        file = self.files.get(request.path)
        return _answer(http.HTTPStatus.NOT_FOUND, b"{}") if file is None else _answer(http.HTTPStatus.OK, file)

    async def _line(self, line: ServerConnection) -> None:
        hello = msgspec.json.decode(await line.recv(), type=frames.FromClient)
        assert isinstance(hello, frames.Hello)
        async with self._changed:
            self.hellos.append(hello)
            self._changed.notify_all()
        if self.close_with is not None:
            await line.close(self.close_with, "no")
            return
        self.lines.append(line)
        await self._send(line, self._welcome())
        await self._send(line, self._board())
        async for text in line:
            await self._take(line, msgspec.json.decode(text, type=frames.FromClient))

    async def _take(self, line: ServerConnection, frame: frames.FromClient) -> None:
        if isinstance(frame, frames.Speak):
            until = rfc3339(now() + 10_000)
            await self._send(line, frames.Lease(zone=frame.zone, held=self.leases, until=until))
        async with self._changed:
            self.said.append(frame)
            self._changed.notify_all()

    def _welcome(self) -> frames.Welcome:
        return frames.Welcome(epoch="e", seq=self.seq, beat=5, server_time=rfc3339(now()), version="0")

    def _board(self) -> frames.Board:
        board = boards.Announcer(
            office="mitte",
            zone="hall",
            gong="calm",
            announcements=tuple(self.listed),
            silence=None,
            silent=self.silent,
        )
        raw = msgspec.Raw(msgspec.json.encode(board))
        return frames.Board(epoch="e", seq=self.seq, at=rfc3339(now()), board=raw)

    async def _send(self, line: ServerConnection, frame: frames.FromServer) -> None:
        await line.send(msgspec.json.encode(frame).decode())

    async def send(self, frame: frames.FromServer) -> None:
        for line in self.lines:
            await self._send(line, frame)

    async def show(self) -> None:
        """Sends the current board as one log entry later."""
        self.seq += 1
        await self.send(self._board())

    async def call(self, id: str, audio: str | None = "/audio/speech.flac", age: int = 0, zone: str = "hall") -> None:
        """Sends a call as the server does: first the frame, then the board."""
        self.seq += 1
        about: dict[str, Any] = {
            "id": id,
            "seq": self.seq,
            "at": rfc3339(now() - age),
            "zone": zone,
            "number": "A017",
            "counter": "3",
            "languages": ("de",),
            "texts": {"de": "Nummer A, null eins sieben"},
            "audio": audio,
            "attempt": 1,
        }
        self.listed.append(boards.Announcement(**about))
        await self.send(frames.Announcement(epoch="e", **about))
        await self.send(self._board())

    async def until(self, ready: Callable[[], Any]) -> None:
        async with asyncio.timeout(SOON), self._changed:
            await self._changed.wait_for(ready)

    @property
    def wishes(self) -> int:
        return sum(isinstance(frame, frames.Speak) for frame in self.said)

    def states(self, id: str | None = None) -> list[tuple[str | None, str | None, str | None]]:
        """(announcement, state, reason) as the agent reported them, in order."""
        reports = [frame for frame in self.said if isinstance(frame, frames.Report) and frame.kind == "announcement"]
        return [(r.announcement, r.state, r.reason) for r in reports if id in (None, r.announcement)]

    def ended(self, *ids: str) -> bool:
        return all(any(state != "started" for _, state, _ in self.states(id)) for id in ids)


def _answer(status: http.HTTPStatus, body: bytes) -> Response:
    headers = Headers({"Content-Length": str(len(body)), "Connection": "close"})
    return Response(status.value, status.phrase, headers, body)


@pytest.fixture
async def hall(make_tone: Callable[..., bytes]) -> AsyncIterator[Hall]:
    hall = Hall(make_tone)
    await hall.open()
    yield hall
    await hall.close()


@pytest.fixture
def heard() -> list[Played]:
    return []


@pytest.fixture
async def agent(hall: Hall, heard: list[Played]) -> AsyncIterator[Callable[..., Any]]:
    """Starts the agent and waits until it has the lease."""
    tasks: list[asyncio.Task[None]] = []

    async def start(player: Any = None, leased: bool = True) -> asyncio.Task[None]:
        task = asyncio.create_task(run(hall.url, TOKEN, "hall", player or PacedPlayer(20, heard.append), PACE))
        tasks.append(task)
        if leased:
            await hall.until(lambda: hall.wishes)
        return task

    yield start
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


Start = Callable[..., Any]


async def test_says_hello_as_the_zones_announcer(hall: Hall, agent: Start) -> None:
    await agent()

    (hello,) = hall.hellos
    assert (hello.board, hello.id, hello.token) == ("announcer", "hall", TOKEN)


async def test_a_call_is_fetched_with_the_token_played_and_told(hall: Hall, agent: Start, heard: list[Played]) -> None:
    await agent()
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))

    assert hall.states() == [("m1", "started", None), ("m1", "spoken", None)]
    assert "/audio/speech.flac" in hall.fetched
    (played,) = heard
    assert played.seconds == pytest.approx(2.0)
    fetched = resampled(*decoded(hall.files["/audio/speech.flac"]), CARD_RATE)
    assert decoded(played.wav)[1] == CARD_RATE
    assert decoded(played.wav)[0] == pytest.approx(fetched, abs=1e-4)


async def test_it_tells_that_it_plays_and_that_it_is_ready_again(hall: Hall, agent: Start) -> None:
    await agent()
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))

    sounds = [frame.sound for frame in hall.said if isinstance(frame, frames.Report) and frame.announcement == "m1"]
    assert sounds == ["playing", "ready"]


async def test_each_board_is_answered_with_its_seq(hall: Hall, agent: Start) -> None:
    await agent()
    await hall.show()
    await hall.until(lambda: any(isinstance(f, frames.Report) and f.seq == hall.seq for f in hall.said))

    shown = [frame for frame in hall.said if isinstance(frame, frames.Report) and frame.kind == "shown"]
    assert [(frame.seq, frame.sound) for frame in shown] == [(100, "ready"), (101, "ready")]


async def test_two_calls_at_once_are_both_heard_in_full_and_in_order(
    hall: Hall, agent: Start, heard: list[Played], make_tone: Callable[..., bytes]
) -> None:
    hall.files["/audio/other.flac"] = encoded(*decoded(make_tone(1.0)), "flac")
    await agent()
    await hall.call("m1")
    await hall.call("m2", "/audio/other.flac")
    await hall.until(lambda: hall.ended("m1", "m2"))

    first, second = heard
    assert [played.seconds for played in heard] == pytest.approx([2.0, 1.0])
    assert second.began - first.ended >= GAP_S - 0.01
    assert first.ended - first.began >= 2.0 / 20 - 0.01


async def test_a_repeat_is_another_announcement_the_same_id_is_not(
    hall: Hall, agent: Start, heard: list[Played]
) -> None:
    await agent()
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))
    await hall.show()
    await hall.call("m1")
    await hall.call("m2")
    await hall.until(lambda: hall.ended("m2"))

    assert [state for _, state, _ in hall.states("m1")] == ["started", "spoken"]
    assert len(heard) == 2


async def test_audio_that_is_made_a_moment_later_is_spoken(hall: Hall, agent: Start, heard: list[Played]) -> None:
    await agent()
    await hall.call("m1", audio=None)
    hall.listed.clear()
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))

    assert hall.states() == [("m1", "started", None), ("m1", "spoken", None)]
    assert len(heard) == 1


async def test_a_server_that_stumbles_over_a_file_is_asked_again(hall: Hall, agent: Start, heard: list[Played]) -> None:
    await agent()
    hall.stumbles = 2
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))

    assert hall.states("m1")[-1] == ("m1", "spoken", None)
    assert hall.fetched.count("/audio/speech.flac") == 3


async def test_a_folder_that_takes_no_file_costs_the_sound_and_not_the_agent(
    hall: Hall, agent: Start, heard: list[Played], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As with a full disk: each call is told as failed, and the next is tried anew."""
    full = tmp_path / "full"
    full.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(full))
    task = await agent()
    for folder in full.iterdir():
        folder.rmdir()
    await hall.call("m1")
    await hall.call("m2")
    await hall.until(lambda: hall.ended("m1", "m2"))

    assert [one[1:] for one in hall.states() if one[1] != "started"] == [("failed", "no_sound"), ("failed", "no_sound")]
    assert heard == []
    assert not task.done()


@pytest.mark.parametrize("fault", ["not there", "not sound", "elsewhere"])
async def test_without_speech_there_is_the_gong(hall: Hall, agent: Start, heard: list[Played], fault: str) -> None:
    hall.files["/audio/garbage.flac"] = b"<html>"
    paths = {"not there": "/audio/no.flac", "not sound": "/audio/garbage.flac", "elsewhere": "https://evil.example/x"}
    await agent()
    await hall.call("m1", paths[fault])
    await hall.until(lambda: hall.ended("m1"))

    assert hall.states("m1")[-1] == ("m1", "failed", "no_speech")
    (gong,) = heard
    assert gong.seconds == pytest.approx(1.25)


async def test_a_file_that_is_never_made_does_not_hold_up_the_next(
    hall: Hall, agent: Start, heard: list[Played]
) -> None:
    await agent()
    await hall.call("m1", audio=None, age=27_000)
    await hall.call("m2")
    await hall.until(lambda: hall.ended("m1", "m2"))

    assert hall.states("m1") == [("m1", "skipped", "too_old")]
    assert hall.states("m2")[-1] == ("m2", "spoken", None)


async def test_older_than_30_seconds_by_the_servers_time_is_not_spoken(
    hall: Hall, agent: Start, heard: list[Played]
) -> None:
    await agent()
    await hall.call("old", age=31_000)
    await hall.call("new", age=5_000)
    await hall.until(lambda: hall.ended("old", "new"))

    assert hall.states("old") == [("old", "skipped", "too_old")]
    assert len(heard) == 1


async def test_withdrawn_before_its_turn_is_not_spoken(hall: Hall, agent: Start, heard: list[Played]) -> None:
    playing = asyncio.Event()

    class Slow(PacedPlayer):
        async def play(self, file: Any, seconds: float) -> None:
            playing.set()
            await super().play(file, seconds)

    await agent(Slow(4, heard.append))
    await hall.call("m1")
    await asyncio.wait_for(playing.wait(), SOON)
    await hall.call("m2")
    hall.listed.pop()
    await hall.show()
    await hall.until(lambda: hall.ended("m1", "m2"))

    assert hall.states("m2") == [("m2", "skipped", "withdrawn")]
    assert len(heard) == 1


async def test_silence_is_kept(hall: Hall, agent: Start, heard: list[Played]) -> None:
    await agent()
    hall.silent = True
    await hall.call("m1", audio=None)
    await hall.until(lambda: hall.ended("m1"))

    assert hall.states() == [("m1", "skipped", "silenced")]
    assert heard == []


async def test_another_zones_call_is_not_ours(hall: Hall, agent: Start, heard: list[Played]) -> None:
    await agent()
    await hall.send(
        frames.Announcement(
            id="theirs", epoch="e", seq=1, at=rfc3339(now()), zone="first floor", number="B001", counter="9",
            languages=("de",), texts={}, audio="/audio/speech.flac", attempt=1,
        )
    )  # fmt: skip
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))

    assert len(heard) == 1
    assert hall.states("theirs") == []


async def test_without_the_lease_nothing_is_spoken_until_it_is_ours(
    hall: Hall, agent: Start, heard: list[Played]
) -> None:
    """It keeps asking for the lease, so that it can replace a speaker that dies."""
    hall.leases = False
    await agent()
    await hall.call("m1")
    wishes = hall.wishes
    await hall.until(lambda: hall.wishes > wishes)
    assert hall.states() == []

    hall.leases = True
    await hall.until(lambda: hall.ended("m1"))
    assert len(heard) == 1


async def test_a_player_that_fails_is_told_and_tried_again(hall: Hall, agent: Start, heard: list[Played]) -> None:
    class Loose(PacedPlayer):
        plugged_in = False

        async def play(self, file: Any, seconds: float) -> None:
            if not self.plugged_in:
                raise PlayFault(self.name, "no card")
            await super().play(file, seconds)

    player = Loose(20, heard.append)
    await agent(player)
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))
    assert hall.states("m1")[-1] == ("m1", "failed", "no_sound")
    assert [f.sound for f in hall.said if isinstance(f, frames.Report) and f.announcement == "m1"][-1] == "off"

    player.plugged_in = True
    await hall.call("m2")
    await hall.until(lambda: hall.ended("m2"))
    assert hall.states("m2")[-1] == ("m2", "spoken", None)


async def test_a_box_that_lost_the_voice_for_being_mute_tries_its_card_and_says_when_it_is_back(
    hall: Hall, agent: Start, heard: list[Played]
) -> None:
    """Silently, and without a lease: a device that cannot be heard has none."""

    class Loose(PacedPlayer):
        tries = 0

        async def play(self, file: Any, seconds: float) -> None:
            self.tries += 1
            if self.tries == 1:
                raise PlayFault(self.name, "no card")
            await super().play(file, seconds)

    await agent(Loose(20, heard.append))
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))
    hall.leases = False
    await hall.send(frames.Lease(zone="hall", held=False, until=rfc3339(now())))
    await hall.until(lambda: [f.sound for f in hall.said if isinstance(f, frames.Report)][-1] == "ready")

    assert [f.kind for f in hall.said if isinstance(f, frames.Report)][-1] == "shown"
    assert not any(decoded(played.wav)[0].any() for played in heard)


async def test_after_a_lost_line_it_comes_back_and_repeats_nothing(
    hall: Hall, agent: Start, heard: list[Played]
) -> None:
    await agent()
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))
    for line in hall.lines:
        await line.close(1012)
    hall.lines.clear()
    await hall.until(lambda: len(hall.hellos) == 2 and isinstance(hall.said[-1], frames.Speak))
    await hall.call("m2")
    await hall.until(lambda: hall.ended("m2"))

    assert [id for id, state, _ in hall.states() if state == "spoken"] == ["m1", "m2"]
    assert len(heard) == 2


async def test_a_server_that_was_away_is_found_again(hall: Hall, agent: Start, heard: list[Played]) -> None:
    """Down and up again on the same port; what was announced meanwhile is played afterwards."""
    await agent()
    port = hall.port
    await hall.close()
    hall.lines.clear()
    await hall.open(port)
    await hall.until(lambda: len(hall.hellos) == 2)
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))

    assert len(heard) == 1


async def test_odd_frames_are_passed_over(hall: Hall, agent: Start, heard: list[Played]) -> None:
    """Unknown frames of a newer server and wrong frames of a faulty one are ignored: the room keeps its voice."""
    await agent()
    for text in (
        '{"type": "fireworks"}',
        "[]",
        "{",
        '{"type": "board", "epoch": "e", "seq": 1, "at": "", "board": {}}',
    ):
        for line in hall.lines:
            await line.send(text)
    await hall.send(frames.Beat(epoch="e", seq=1, server_time="half past nine"))
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))

    assert len(hall.hellos) == 1
    assert len(heard) == 1


async def test_asked_which_box_it_is_it_sounds_the_gong(hall: Hall, agent: Start, heard: list[Played]) -> None:
    await agent()
    await hall.send(frames.Device(do="identify"))
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))

    assert [played.seconds for played in heard] == pytest.approx([1.25, 2.0])


@pytest.mark.parametrize(
    ("me", "why"),
    [
        ({"role": "announcer", "offices": ["mitte"], "for": "upstairs"}, "for upstairs, not for hall"),
        ({"role": "announcer", "offices": [], "for": "hall"}, "for no office"),
    ],
)
async def test_a_token_for_something_else_is_refused_at_once(
    hall: Hall, agent: Start, me: dict[str, Any], why: str
) -> None:
    hall.me = me
    with pytest.raises(NotLetIn, match=why):
        await asyncio.wait_for(await agent(leased=False), SOON)


@pytest.mark.parametrize("status", [http.HTTPStatus.UNAUTHORIZED, http.HTTPStatus.FORBIDDEN])
async def test_an_unknown_token_is_refused_at_once(hall: Hall, agent: Start, status: http.HTTPStatus) -> None:
    hall.me_status = status
    with pytest.raises(NotLetIn, match="does not know this token"):
        await asyncio.wait_for(await agent(leased=False), SOON)


@pytest.mark.parametrize("code", [4401, 4403, 4404])
async def test_a_refused_board_is_refused_at_once(hall: Hall, agent: Start, code: int) -> None:
    hall.close_with = code
    with pytest.raises(NotLetIn):
        await asyncio.wait_for(await agent(leased=False), SOON)


async def test_one_accepted_before_waits_for_better_times(hall: Hall, agent: Start) -> None:
    """A token was revoked and is valid again: nobody has to climb to a box near the ceiling to restart it."""
    task = await agent()
    hall.close_with = 4401
    for line in hall.lines:
        await line.close(4401)
    hall.lines.clear()
    await hall.until(lambda: len(hall.hellos) > 2)
    assert not task.done()

    hall.close_with = None
    await hall.until(lambda: hall.lines)
