"""Loud enough, never too loud, in the right order: measured on the samples of every part."""

from collections.abc import Callable

import numpy as np
import pytest

from audio.gong import GONGS, LENGTH_S, gong
from audio.levels import BREATH_S, CEILING, GONG, RATE, SPEECH
from audio.loudness import loudness
from audio.samples import Samples, decoded, encoded, pcm, resampled, unpacked
from audio.sound import announcement, levelled, limited, speech, trimmed, true_peak
from server.messages.terms import Gong

Tone = Callable[..., bytes]
FULL = 32_768


def noise(seconds: float, level: float, peaks: float = 0.0) -> Samples:
    """Reproducible noise; `peaks` adds single clicks of that height."""
    source = np.random.default_rng(7)
    samples = level * source.standard_normal(int(seconds * RATE))
    samples[:: RATE // 8] += peaks
    return samples


@pytest.mark.parametrize("name", GONGS)
def test_a_gong_is_short_soft_at_both_ends_and_its_own(name: str) -> None:
    sound = gong(name, RATE)

    assert len(sound) / RATE == pytest.approx(LENGTH_S)
    assert loudness(sound) == pytest.approx(GONG, abs=0.05)
    assert true_peak(sound) <= CEILING
    assert np.abs(sound[:10]).max() < 0.05
    assert abs(sound[-1]) < 1e-3
    assert all(not np.allclose(sound, gong(other, RATE)) for other in GONGS if other != name)


def test_every_gong_an_office_file_may_name_exists() -> None:
    assert set(Gong.__args__) == set(GONGS)  # type: ignore[attr-defined]


def test_an_unknown_gong_names_those_there_are() -> None:
    with pytest.raises(LookupError, match="calm, bright, deep"):
        gong("siren", RATE)


@pytest.mark.parametrize("level", [0.001, 0.01, 0.1])
def test_speech_is_brought_to_the_target(level: float) -> None:
    assert loudness(levelled(noise(3.0, level), SPEECH)) == pytest.approx(SPEECH, abs=0.2)


def test_peaks_stay_under_the_ceiling_and_the_call_stays_loud() -> None:
    """If the whole sound became quieter because of a few peaks, one voice would be quieter than the others."""
    sound = levelled(noise(4.0, 0.05, peaks=0.9), SPEECH)

    assert true_peak(sound) <= CEILING + 0.01
    assert loudness(sound) == pytest.approx(SPEECH, abs=1.0)


def test_what_is_quiet_enough_is_not_limited() -> None:
    quiet = noise(1.0, 0.01)

    assert np.allclose(limited(quiet), quiet)


@pytest.mark.parametrize("samples", [np.zeros(RATE), np.zeros(0), np.zeros(10)])
def test_silence_stays_silence(samples: Samples) -> None:
    assert loudness(samples) == float("-inf")
    assert not levelled(samples, SPEECH).any()


def test_a_clip_too_short_to_measure_is_only_limited() -> None:
    click = np.full(int(0.2 * RATE), 0.99)
    sound = levelled(click, SPEECH)

    assert loudness(click) == float("-inf")
    assert true_peak(sound) <= CEILING + 0.01
    assert np.abs(sound).max() > 0.5


def test_the_peak_between_two_samples_is_seen() -> None:
    """A tone at a quarter of the sample rate, sampled beside its peaks: 3 dB higher than any sample."""
    samples = np.sin(2 * np.pi * (RATE / 4) * np.arange(RATE) / RATE + np.pi / 4)

    assert 20 * np.log10(np.abs(samples).max()) == pytest.approx(-3.0, abs=0.1)
    assert true_peak(samples) == pytest.approx(0.0, abs=0.2)


def test_peaks_are_as_high_as_oversampling_says(make_tone: Tone) -> None:
    """Measured on gongs, a tone, and noise without the highest pitches, which no voice has."""
    dull = np.convolve(noise(2.0, 0.1, peaks=0.7), np.hanning(9) / np.hanning(9).sum(), "same")
    for sound in (*(gong(name, RATE) for name in GONGS), decoded(make_tone(1.0))[0], dull):
        oversampled = resampled(sound, RATE, 8 * RATE)
        assert true_peak(sound) == pytest.approx(20 * np.log10(np.abs(oversampled).max()), abs=0.05)


def test_only_the_stretches_around_peaks_become_quieter() -> None:
    loud = noise(3.0, 0.05, peaks=0.0)
    places = RATE * np.array([1, 2])
    loud[places], loud[-1] = 0.99, 0.99
    quieter = limited(loud)

    changed = np.flatnonzero(quieter != loud)
    assert np.abs(changed[:, None] - np.array([*places, len(loud) - 1])).min(axis=1).max() <= int(0.02 * RATE)
    assert true_peak(quieter) < -1.0


def test_silence_around_speech_is_trimmed_to_a_margin(make_tone: Tone) -> None:
    samples, rate = decoded(make_tone(1.0))
    padded = np.concatenate([np.zeros(RATE), resampled(samples, rate, RATE), np.zeros(RATE)])

    assert len(trimmed(padded)) / RATE == pytest.approx(1.1, abs=0.1)
    assert len(trimmed(np.zeros(RATE))) == RATE


def test_resampling_keeps_length_and_loudness(make_tone: Tone) -> None:
    samples, rate = decoded(make_tone(2.0))
    higher = resampled(samples, rate, RATE)

    assert len(higher) / RATE == pytest.approx(2.0, abs=0.001)
    assert loudness(higher) == pytest.approx(loudness(samples, rate), abs=0.3)
    assert resampled(samples, rate, rate) is samples


def test_one_gong_a_breath_then_each_language_in_turn(make_tone: Tone) -> None:
    german, english = (speech(*decoded(make_tone(seconds))) for seconds in (3.0, 2.0))
    sound = announcement("calm", [np.array_split(pcm(german), 3), [pcm(english)]]) / FULL

    gong_end = int(LENGTH_S * RATE)
    speech_start = gong_end + int(BREATH_S * RATE)
    assert loudness(sound[:gong_end]) == pytest.approx(GONG, abs=0.2)
    assert not sound[gong_end:speech_start].any()
    assert loudness(sound[speech_start : speech_start + 3 * RATE]) == pytest.approx(SPEECH, abs=0.5)
    assert len(sound) / RATE == pytest.approx(LENGTH_S + 2 * BREATH_S + 5.0, abs=0.3)


def test_with_nobody_to_speak_there_is_the_gong() -> None:
    assert len(announcement("deep", [])) == int(LENGTH_S * RATE)


@pytest.mark.parametrize("form", ["wav", "flac"])
def test_what_was_decoded_becomes_the_same_file_again(make_tone: Tone, form: str) -> None:
    """A call joined from phrases has exactly the samples of the voice. Above full scale they are clipped and do not wrap."""
    once = encoded(resampled(*decoded(make_tone(1.0)), RATE), RATE, form)

    assert encoded(unpacked(once), RATE, form) == encoded(*decoded(once), form) == once
    assert decoded(encoded(np.array([2.0, -2.0]), RATE, form))[0] == pytest.approx([1.0, -1.0], abs=1e-4)
