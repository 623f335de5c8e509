"""A phrase is cut out only where its ends are clear, and what is cut out is what was said."""

from collections.abc import AsyncIterator

import numpy as np
import numpy.typing as npt
import pytest
import pytest_asyncio

from audio.levels import RATE
from audio.pauses import divided
from audio.samples import Samples, decoded
from audio.sound import speech
from audio.texts import Sign, call_text
from audio.voices.installed import installed_voices
from audio.voices.voice import Voice

PHRASES = ("Nummer A", "null eins sieben", "bitte zu Schalter drei")
SECONDS = (0.7, 1.1, 1.5)


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE))


def said(seconds: float) -> Samples:
    """One sound without a pause."""
    moment = np.arange(int(seconds * RATE)) / RATE
    return 0.1 * np.sin(2 * np.pi * 220 * moment)


def sentence(rests: tuple[float, ...], seconds: tuple[float, ...] = SECONDS) -> Samples:
    parts = [said(seconds[0])]
    for rest, each in zip(rests, seconds[1:], strict=True):
        parts += [silence(rest), said(each)]
    return np.concatenate(parts)


def test_each_phrase_begins_and_ends_in_the_middle_of_a_rest() -> None:
    whole = sentence((0.3, 0.4))
    parts = divided(whole, RATE, PHRASES)

    assert [len(part) / RATE for part in parts] == pytest.approx([0.85, 1.45, 1.7], abs=0.02)
    assert np.array_equal(np.concatenate(parts), whole)


def test_a_short_rest_inside_a_word_is_no_comma() -> None:
    whole = sentence((0.3, 0.09, 0.4), (0.7, 0.5, 0.6, 1.5))

    assert [len(part) / RATE for part in divided(whole, RATE, PHRASES)] == pytest.approx([0.85, 1.54, 1.7], abs=0.02)


@pytest.mark.parametrize(
    ("rests", "seconds"),
    [
        pytest.param((0.3,), (1.9, 1.5), id="a comma without a rest"),
        pytest.param((0.1, 0.1), SECONDS, id="rests as short as inside words"),
        pytest.param((0.3, 0.26, 0.4), (0.7, 0.5, 0.6, 1.5), id="a long rest inside a word"),
        pytest.param((0.3, 0.4), (2.2, 0.4, 0.7), id="phrases that are not as long as their words"),
    ],
)
def test_what_is_not_plain_stays_whole(rests: tuple[float, ...], seconds: tuple[float, ...]) -> None:
    whole = sentence(rests, seconds)

    assert [len(part) for part in divided(whole, RATE, PHRASES)] == [len(whole)]


@pytest.mark.parametrize("samples", [silence(0), silence(2.0)], ids=["nothing", "silence"])
def test_silence_has_no_phrases(samples: Samples) -> None:
    assert [len(part) for part in divided(samples, RATE, PHRASES)] == [len(samples)]


def test_one_phrase_is_the_whole() -> None:
    whole = sentence((0.3, 0.4))

    assert [len(part) for part in divided(whole, RATE, ("Nummer A null eins sieben",))] == [len(whole)]


# pyttsx3 makes hardly any pause at a comma: its sentences are not cut.
RESTING = [voice for voice in installed_voices() if voice.name in ("pico", "espeak")]


@pytest_asyncio.fixture(params=RESTING, ids=lambda voice: str(voice.name))
async def voice(request: pytest.FixtureRequest) -> AsyncIterator[Voice]:
    yield request.param
    await request.param.close()


@pytest.mark.voice
@pytest.mark.parametrize("language", ["de", "en"])
async def test_the_digits_cut_out_of_one_call_are_those_heard_in_another(voice: Voice, language: str) -> None:
    """Twenty numbers, each called twice with other letters and counters: each number's own phrase is the most alike."""
    numbers = [f"{number:03}" for number in range(7, 1000, 50)]
    one = {number: await digits(voice, f"A{number}", "3", language) for number in numbers}
    other = {number: await digits(voice, f"K{number}", "12", language) for number in numbers}
    told_apart = [number for number in numbers if one[number] is not None and other[number] is not None]

    for number in told_apart:
        nearest = max(told_apart, key=lambda each: alike(one[number], other[each]))
        assert nearest == number
    assert len(told_apart) >= 18


async def digits(voice: Voice, number: str, counter: str, language: str) -> Samples | None:
    """The phrase with the digits; None if the sentence is not cut."""
    text = call_text(number, Sign(counter), language)
    parts = divided(speech(*decoded(await voice.speak(text, language))), RATE, text.split(", "))
    return parts[1] if len(parts) == 3 else None


def alike(one: Samples | None, other: Samples | None) -> float:
    """How alike two phrases sound, at most 1: the energy in 24 bands is compared at 80 moments of each."""
    assert one is not None
    assert other is not None
    return float(np.corrcoef(picture(one).ravel(), picture(other).ravel())[0, 1])


def picture(samples: Samples) -> npt.NDArray[np.float64]:
    heard = np.flatnonzero(np.abs(samples) > 0.003)
    samples = samples[heard[0] : heard[-1]]
    width = 600
    starts = np.linspace(0, len(samples) - width, 80).astype(int)
    frames = np.stack([samples[start : start + width] * np.hanning(width) for start in starts])
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    bands = np.stack([band.sum(axis=1) for band in np.array_split(power[:, 2:160], 24, axis=1)], axis=1)
    return np.asarray(np.log10(bands + 1e-3))
