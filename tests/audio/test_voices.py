"""The contract of `audio.voices.voice.Voice`, for every voice that is installed on this machine."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from audio.checking import complaint
from audio.samples import Garbled, decoded
from audio.texts import Sign, call_text
from audio.voices.espeak import EspeakVoice
from audio.voices.installed import KNOWN, default_order, installed_voices
from audio.voices.pico import PicoVoice
from audio.voices.system import SystemVoice
from audio.voices.system_process import voice_for
from audio.voices.voice import Voice, VoiceFault

pytestmark = pytest.mark.voice

PATIENCE_S = 60.0
"""How long a voice may take is decided by the studio; a slow machine is not a fault of the voice."""
NAMES = [voice.name for voice in installed_voices()]


@pytest.fixture(params=NAMES)
async def voice(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Voice]:
    (voice,) = (voice for voice in installed_voices() if voice.name == request.param)
    monkeypatch.setattr(voice, "limit", PATIENCE_S)
    yield voice
    await voice.close()


async def spoken_well(voice: Voice, text: str, language: str, tries: int = 3) -> bytes:
    """A file without a fault, after several tries as in the booth: pyttsx3 sometimes gives an empty or half a file, or none."""
    faults: list[str] = []
    for _ in range(tries):
        try:
            wav = await voice.speak(text, language)
            samples, rate = decoded(wav)
        except (VoiceFault, Garbled) as fault:
            if isinstance(fault, VoiceFault) and fault.hung:
                raise
            faults.append(str(fault))
            continue
        faults.append(complaint(samples, rate, text))
        if not faults[-1]:
            return wav
    raise AssertionError(faults)


def test_pico_and_espeak_are_here() -> None:
    """The tests install both; without them this file would prove nothing."""
    assert {"pico", "espeak", "pyttsx3"} <= set(NAMES)
    assert set(NAMES) <= set(KNOWN)
    assert set(default_order()) == set(KNOWN)


@pytest.mark.parametrize("language", ["de", "en"])
async def test_speaks_a_whole_call(voice: Voice, language: str) -> None:
    await spoken_well(voice, call_text("A017", Sign("3"), language), language)


async def test_different_calls_sound_different_and_none_is_mixed_up(voice: Voice) -> None:
    """Ten at once: each answer belongs to its own text."""
    texts = [call_text(f"A{n:03}", Sign(str(n)), "de") for n in range(10)]
    at_once = await asyncio.gather(*(spoken_well(voice, text, "de") for text in texts))
    alone = [await spoken_well(voice, text, "de") for text in texts]

    lengths = [len(wav) for wav in at_once]
    assert lengths == pytest.approx([len(wav) for wav in alone], rel=0.05)
    assert len(set(at_once)) == 10


async def test_the_loop_runs_on_while_it_speaks(voice: Voice) -> None:
    job = asyncio.create_task(spoken_well(voice, call_text("A017", Sign("3"), "de"), "de"))
    turns = 0
    while not job.done():
        turns += 1
        await asyncio.sleep(0)

    assert turns > 10
    await job


async def test_refuses_a_language_it_does_not_speak(voice: Voice) -> None:
    with pytest.raises(VoiceFault, match="tlh"):
        await voice.speak("nuqneH", "tlh")
    await spoken_well(voice, call_text("A017", Sign("3"), "de"), "de")


@pytest.mark.parametrize("text", ["", "  ", "🙂"])
async def test_nothing_to_say_does_not_harm_the_next_text(voice: Voice, text: str) -> None:
    """A fault, or a file that is not accepted; espeak-ng even describes the smiley."""
    with contextlib.suppress(VoiceFault, Garbled):
        samples, rate = decoded(await voice.speak(text, "de"))
        assert text == "🙂" or complaint(samples, rate, "Nummer A")
    await spoken_well(voice, call_text("A017", Sign("3"), "de"), "de")


async def test_a_text_is_only_read_never_run(voice: Voice) -> None:
    """Options, phoneme marks and shell words in a text are treated as words."""
    await spoken_well(voice, "-w /tmp/x $(reboot); Schalter drei, bitte zu Zimmer vier", "de")


async def test_speaks_again_after_close(voice: Voice) -> None:
    await spoken_well(voice, call_text("A017", Sign("3"), "de"), "de")
    await voice.close()
    await spoken_well(voice, call_text("A018", Sign("3"), "de"), "de")


async def test_a_job_given_up_does_not_spoil_the_next(voice: Voice) -> None:
    job = asyncio.create_task(voice.speak(call_text("A017", Sign("3"), "de"), "de"))
    await asyncio.sleep(0)
    job.cancel()
    await asyncio.gather(job, return_exceptions=True)

    await spoken_well(voice, call_text("B123", Sign("12"), "de"), "de")


def test_says_which_edition_it_is(voice: Voice) -> None:
    assert any(letter.isdigit() for letter in voice.edition)


@pytest.mark.parametrize("make", [PicoVoice, EspeakVoice, SystemVoice])
async def test_a_killed_process_is_started_again(make: type[PicoVoice] | type[EspeakVoice] | type[SystemVoice]) -> None:
    voice = make()
    voice.limit = PATIENCE_S
    await spoken_well(voice, call_text("A017", Sign("3"), "de"), "de")
    assert voice.worker is not None
    assert voice.worker.pid is not None
    os.kill(voice.worker.pid, signal.SIGKILL)

    # The end of the process is noticed by whoever writes first.
    with contextlib.suppress(VoiceFault):
        await voice.speak(call_text("A018", Sign("3"), "de"), "de")
    await spoken_well(voice, call_text("A019", Sign("3"), "de"), "de")
    await voice.close()


LISTED = "[ $1 = --voices ] && { echo ' 5  de  --/M  German  gmw/de'; exit; }\n"


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("exec sleep 600", "no answer"),
        ("exit 3", "ended with 3"),
        ("cat >/dev/null", "no WAV"),
        ("kill -SEGV $$", "ended with -11"),
    ],
)
async def test_a_broken_espeak_is_told_apart(tmp_path: Path, script: str, why: str) -> None:
    program = tmp_path / "espeak-ng"
    program.write_text(f"#!/bin/sh\n[ $1 = --version ] && {{ echo 1.0; exit; }}\n{LISTED}{script}\n")
    program.chmod(0o755)
    voice = EspeakVoice(str(program))
    voice.limit = 0.5

    with pytest.raises(VoiceFault, match=why):
        await voice.speak("Nummer", "de")


async def test_without_its_library_the_program_speaks() -> None:
    """Another version of the library has another name: then its process cannot start."""
    voice = EspeakVoice(library="libespeak-ng.so.0")
    voice.limit = PATIENCE_S

    await spoken_well(voice, call_text("A017", Sign("3"), "de"), "de")
    assert voice.worker is None
    await spoken_well(voice, call_text("A018", Sign("3"), "de"), "de")


async def test_an_espeak_that_is_not_there() -> None:
    with pytest.raises(VoiceFault):
        await EspeakVoice("/nowhere/espeak-ng").speak("Nummer", "de")


class _Listed:
    def __init__(self, id: str, languages: list[object]) -> None:
        self.id = id
        self.languages = languages


class _Engine:
    def __init__(self, *voices: _Listed) -> None:
        self.voices = voices

    def getProperty(self, name: str) -> tuple[_Listed, ...]:
        assert name == "voices"
        return self.voices


@pytest.mark.parametrize(
    "listed",
    [
        _Listed("gmw/de", []),
        _Listed("HKEY\\TTS_MS_DE-DE_HEDDA_11.0", ["de-DE"]),
        _Listed("com.apple.voice.Anna", ["de_DE"]),
        _Listed("gmw/x", [b"\x05de"]),
    ],
)
def test_finds_the_systems_german_voice(listed: _Listed) -> None:
    engine = _Engine(_Listed("mb/mb-de5", ["de"]), _Listed("gmw/en", ["en-GB"]), listed)

    assert voice_for(engine, "de") == listed.id


def test_a_system_without_that_language_says_so() -> None:
    with pytest.raises(LookupError, match="no voice for uk"):
        voice_for(_Engine(_Listed("gmw/en", ["en"])), "uk")
