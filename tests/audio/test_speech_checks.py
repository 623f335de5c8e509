"""What counts as speech, and what does not."""

from collections.abc import Callable

import numpy as np
import pytest

from audio.checking import complaint
from audio.samples import Garbled, decoded, encoded

TEXT = "Nummer A, null eins sieben, bitte zu Schalter drei"
Tone = Callable[..., bytes]


def checked(wav: bytes, text: str = TEXT) -> str:
    samples, rate = decoded(wav)
    return complaint(samples, rate, text)


def test_a_whole_sentence_is_believed(make_tone: Tone) -> None:
    assert checked(make_tone(4.0)) == ""


@pytest.mark.parametrize(
    ("seconds", "level", "why"),
    [
        (0.0, 0.3, "too short: 0.00 s"),
        (0.4, 0.3, "too short: 0.40 s"),
        (1.5, 0.3, "truncated: 1.5 s for 50 letters"),
        (40.0, 0.3, "too long: 40.0 s for 50 letters"),
        (4.0, 0.0, "silent"),
        (4.0, 0.001, "silent"),
    ],
)
def test_what_is_no_call(make_tone: Tone, seconds: float, level: float, why: str) -> None:
    assert checked(make_tone(seconds, level=level)) == why


def test_a_voice_that_fell_silent_half_way(make_tone: Tone) -> None:
    samples, rate = decoded(make_tone(1.5))
    samples = np.concatenate([samples, np.zeros(3 * rate)])

    assert complaint(samples, rate, TEXT) == "mostly silent"


def test_one_that_ends_in_the_middle_of_a_sound(make_tone: Tone) -> None:
    samples, rate = decoded(make_tone(5.0))
    middle_of_a_syllable = int((4.0 + 0.125) * rate)

    assert complaint(samples[:middle_of_a_syllable], rate, TEXT) == "truncated: it ends in the middle of a sound"


def test_samples_that_are_no_numbers(make_tone: Tone) -> None:
    samples, rate = decoded(make_tone(4.0))
    samples[100] = np.nan

    assert complaint(samples, rate, TEXT) == "not a number among the samples"


@pytest.mark.parametrize("file", [b"", b"RIFF", b"<html>404</html>" * 100, b"\x00" * 4096])
def test_bytes_that_are_no_sound(file: bytes) -> None:
    with pytest.raises(Garbled):
        decoded(file)


def test_a_file_shorter_than_its_header_says(make_tone: Tone) -> None:
    """libsndfile would read the samples that are there and report nothing."""
    whole = make_tone(4.0)

    with pytest.raises(Garbled, match=r"truncated: \d+ of 64000 samples"):
        decoded(whole[: len(whole) * 3 // 4])


@pytest.mark.parametrize("form", ["wav", "flac"])
def test_what_is_written_is_read_again(make_tone: Tone, form: str) -> None:
    samples, rate = decoded(make_tone(1.0))
    again, same_rate = decoded(encoded(samples, rate, form))

    assert same_rate == rate
    assert np.abs(again - samples).max() < 1e-4


def test_two_channels_become_one() -> None:
    import io

    import soundfile

    file = io.BytesIO()
    soundfile.write(file, np.array([[0.5, -0.5], [0.5, 0.5]]), 16_000, format="WAV", subtype="PCM_16")
    samples, _ = decoded(file.getvalue())

    assert samples.tolist() == pytest.approx([0.0, 0.5], abs=1e-3)
