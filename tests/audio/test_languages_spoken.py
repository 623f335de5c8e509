"""Every language of citizens is spoken by a voice that speaks it, never by another one."""

import io
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from audio.studio import Studio
from audio.texts import Sign, call_text, spoken_languages
from audio.voices.espeak import EspeakVoice, installed
from config.words import languages
from tests.audio.conftest import ToneVoice

SPOKEN = tuple(name for name in languages() if spoken_languages([name]) == (name,))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def espeak() -> AsyncIterator[EspeakVoice]:
    if not installed():
        pytest.skip("espeak-ng is not installed")
    voice = EspeakVoice()
    yield voice
    await voice.close()


@pytest.mark.voice
@pytest.mark.asyncio(loop_scope="module")
async def test_espeak_speaks_all_of_them(espeak: EspeakVoice) -> None:
    assert set(SPOKEN) <= espeak.languages


@pytest.mark.voice
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("language", SPOKEN)
async def test_a_call_is_a_sentence_of_some_seconds(espeak: EspeakVoice, language: str) -> None:
    said = await espeak.speak(call_text("A017", Sign("Schalter 3"), language), language)

    with wave.open(io.BytesIO(said)) as file:
        assert 2 < file.getnframes() / file.getframerate() < 12


@pytest.mark.parametrize(("language", "spoken"), [("de", True), ("de-simple", True), ("tr", False), ("xx", False)])
def test_the_studio_knows_which_languages_have_a_voice(tmp_path: Path, language: str, spoken: bool) -> None:
    studio = Studio(tmp_path, [ToneVoice("one")])

    assert studio.speaks(language) is spoken


def test_arabic_is_written_with_its_vowels_where_it_is_spoken() -> None:
    """A voice does not know them: "شباك" may be read in several ways, "شُبَّاك" in one."""
    said = call_text("A017", Sign("Schalter 3"), "ar")
    words = [word for word in said.replace("،", " ").replace(",", " ").split() if word.isalpha() is False]

    assert len(words) >= 7
    assert all(any("\u064b" <= sign <= "\u0652" for sign in word) for word in words)
