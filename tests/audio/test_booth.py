"""A voice is asked twice, its result is always checked, and it rests when it fails. On a clock that the test moves."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from audio import sound_process
from audio.booth import FIRST_REST_S, LONGEST_REST_S, Booth
from audio.sound_jobs import Hear, Heard
from audio.voices.voice import VoiceFault

TEXT = "Nummer A, null eins sieben, bitte zu Schalter drei"
Make = Callable[..., Any]


class HandClock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def hear(wav: bytes, phrases: Sequence[str]) -> Heard:
    """Checks in this process what the sound process checks."""
    return sound_process.hear(Hear(wav, tuple(phrases)))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


async def test_a_good_file_is_taken_at_once(make_voice: Make, clock: HandClock) -> None:
    voice = make_voice("tone")
    booth = Booth(voice, hear, clock)

    assert booth.report().state == "untried"
    assert await booth.speak([TEXT], "de")
    assert voice.asked == [(TEXT, "de")]
    assert (booth.report().state, booth.report().spoken, booth.report().faults) == ("good", 1, 0)


@pytest.mark.parametrize("fault", ["empty", "no frames", "silent", "short", "cut off", "not sound", "crash"])
async def test_one_bad_file_is_asked_for_again(make_voice: Make, clock: HandClock, fault: str) -> None:
    voice = make_voice("tone", frozenset({"de"}), fault)
    booth = Booth(voice, hear, clock)
    [sound] = await booth.speak([TEXT], "de")

    assert (await hear(sound.file, [TEXT])).complaint == ""
    assert len(voice.asked) == 2
    assert booth.report().faults == 1
    assert booth.report().reason


@pytest.mark.parametrize("fault", ["empty", "silent", "cut off", "crash"])
async def test_two_bad_files_are_a_fault(make_voice: Make, clock: HandClock, fault: str) -> None:
    voice = make_voice("tone", frozenset({"de"}), fault, fault)

    with pytest.raises(VoiceFault):
        await Booth(voice, hear, clock).speak([TEXT], "de")
    assert len(voice.asked) == 2


async def test_one_odd_text_does_not_silence_the_voice_two_in_a_row_do(make_voice: Make, clock: HandClock) -> None:
    voice = make_voice("tone", frozenset({"de"}), *["silent"] * 4)
    booth = Booth(voice, hear, clock)

    with pytest.raises(VoiceFault, match="silent"):
        await booth.speak([TEXT], "de")
    assert not booth.resting
    with pytest.raises(VoiceFault, match="silent"):
        await booth.speak([TEXT], "de")
    assert booth.resting
    with pytest.raises(VoiceFault, match="resting: silent"):
        await booth.speak([TEXT], "de")
    assert len(voice.asked) == 4


async def test_a_hanging_voice_is_asked_once_and_rests(make_voice: Make, clock: HandClock) -> None:
    voice = make_voice("tone", frozenset({"de"}), "hang")
    booth = Booth(voice, hear, clock)

    with pytest.raises(VoiceFault, match="no answer") as fault:
        await booth.speak([TEXT], "de")
    assert fault.value.hung
    assert len(voice.asked) == 1
    assert booth.report().state == "resting"


async def test_those_in_line_behind_a_hanging_voice_do_not_ask_it(make_voice: Make, clock: HandClock) -> None:
    voice = make_voice("tone", frozenset({"de"}), "hang")
    booth = Booth(voice, hear, clock)
    results = await asyncio.gather(*(booth.speak([TEXT], "de") for _ in range(5)), return_exceptions=True)

    assert all(isinstance(result, VoiceFault) for result in results)
    assert len(voice.asked) == 1


async def test_it_is_tried_again_after_its_rest_which_doubles_and_ends(make_voice: Make, clock: HandClock) -> None:
    voice = make_voice("tone", frozenset({"de"}), *["hang"] * 6)
    booth = Booth(voice, hear, clock)

    rests = []
    for _ in range(6):
        with pytest.raises(VoiceFault, match="no answer"):
            await booth.speak([TEXT], "de")
        rests.append(booth.rests_for)
        clock.now += booth.rests_for

    assert rests == [FIRST_REST_S, 60, 120, 240, LONGEST_REST_S, LONGEST_REST_S]
    assert await booth.speak([TEXT], "de")
    assert booth.report().state == "good"
    assert booth.rests_for == 0
