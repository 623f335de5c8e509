"""The announcer agent with a real server that sends frames and files: HTTP and live socket on one port, as in the product."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from audio.announcer import GAP_S
from audio.gong import LENGTH_S, PEAKS
from audio.levels import CARD_RATE
from audio.players.paced import PacedPlayer, Played
from audio.samples import decoded, encoded, resampled
from server.messages import frames
from server.messages.instants import rfc3339
from tests.audio.hall import SOON, TOKEN, Hall, Start, now


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
    """As with a full disk: each call is reported as failed, and the next one is tried again."""
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
        async def play(self, file: Path, seconds: float) -> None:
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


async def test_silence_ends_what_plays_at_once(hall: Hall, agent: Start, heard: list[Played]) -> None:
    """As the contact of a fire alarm wants it: nobody waits for the end of a sentence."""
    playing = asyncio.Event()

    class Endless(PacedPlayer):
        async def play(self, file: Path, seconds: float) -> None:
            playing.set()
            await super().play(file, 3_600)

    await agent(Endless(1, heard.append))
    await hall.call("m1")
    await hall.call("m2")
    await asyncio.wait_for(playing.wait(), SOON)
    hall.silent = True
    await hall.show()
    await hall.until(lambda: hall.ended("m1", "m2"))

    assert hall.states("m1") == [("m1", "started", None), ("m1", "skipped", "silenced")]
    assert hall.states("m2") == [("m2", "skipped", "silenced")]
    assert heard == []
    sounds = [frame.sound for frame in hall.said if isinstance(frame, frames.Report) and frame.announcement == "m1"]
    assert sounds == ["playing", "ready"], "the loudspeaker is well"


async def test_it_plays_as_softly_as_the_announcement_says(hall: Hall, agent: Start, heard: list[Played]) -> None:
    await agent()
    await hall.call("m1", volume=50)
    await hall.call("m2", audio="/audio/gone.flac", volume=25)
    await hall.until(lambda: hall.ended("m1", "m2"))

    tone = decoded(hall.files["/audio/speech.flac"])[0]
    loudest = [float(abs(decoded(played.wav)[0]).max()) for played in heard]
    assert loudest[0] == pytest.approx(abs(tone).max() / 2, rel=0.01)
    assert loudest[1] == pytest.approx(PEAKS["calm"] / 4, rel=0.01)


async def test_many_that_wait_are_said_briefly_after_one_gong(
    hall: Hall, agent: Start, heard: list[Played], make_tone: Callable[..., bytes]
) -> None:
    """The sound of one cannot be fetched: this is reported, and the others are spoken."""
    hall.files["/audio/brief.flac"] = encoded(*decoded(make_tone(1.0)), "flac")
    hall.leases = False
    await agent()
    for id in ("m1", "m2", "m3", "m4"):
        await hall.call(id, brief_audio=f"/audio/{'gone' if id == 'm3' else 'brief'}.flac")
    hall.leases = True
    await hall.until(lambda: hall.ended("m1", "m2", "m3", "m4"))

    assert [played.seconds for played in heard] == pytest.approx([LENGTH_S, 1.0, 1.0, 1.0])
    assert [state[1:] for state in hall.states("m3")] == [("started", None), ("failed", "no_speech")]
    assert all(hall.states(id)[-1][1] == "spoken" for id in ("m1", "m2", "m4"))


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


async def test_asked_which_box_it_is_it_sounds_the_gong(hall: Hall, agent: Start, heard: list[Played]) -> None:
    await agent()
    await hall.send(frames.Device(do="identify"))
    await hall.call("m1")
    await hall.until(lambda: hall.ended("m1"))

    assert [played.seconds for played in heard] == pytest.approx([1.25, 2.0])
