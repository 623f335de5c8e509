"""The meter that makes all voices equally loud, beside two others: pyloudnorm, and the values that the standard gives."""

import numpy as np
import pyloudnorm
import pytest

from audio.loudness import loudness
from audio.samples import Samples

RATES = (16_000, 22_050, 24_000, 48_000)


def tone(rate: int, level: float, seconds: float = 4.0, pitch: float = 997.0) -> Samples:
    """`level`: of its peaks, in dBFS."""
    return 10 ** (level / 20) * np.sin(2 * np.pi * pitch * np.arange(round(seconds * rate)) / rate)


def speechlike(seed: int, rate: int) -> Samples:
    """Words of noise with pauses between them, each with a loudness by chance."""
    chance = np.random.default_rng(seed)
    words = [
        np.concatenate((
            chance.normal(0, 10 ** chance.uniform(-3, -0.8), round(chance.uniform(0.1, 0.7) * rate)),
            np.zeros(round(chance.uniform(0, 0.3) * rate)),
        ))
        for _ in range(chance.integers(2, 9))
    ]  # fmt: skip
    sound = np.concatenate(words)
    return sound[: len(sound) - len(sound) % round(0.1 * rate)]  # pyloudnorm also counts a last block that is not whole


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("level", [-6.0, -20.0, -36.0])
def test_a_tone_has_the_loudness_of_the_standard(rate: int, level: float) -> None:
    """997 Hz at 0 dBFS in one channel is -3.01 LUFS (BS.1770-5, annex 1)."""
    assert loudness(tone(rate, level), rate) == pytest.approx(level - 3.01, abs=0.05)


@pytest.mark.parametrize("rate", RATES)
def test_it_agrees_with_another_meter_on_a_hundred_sounds(rate: int) -> None:
    for seed in range(25):
        sound = speechlike(seed, rate)
        meter = pyloudnorm.Meter(rate, filter_class="DeMan")  # the filters of the standard at every rate

        assert loudness(sound, rate) == pytest.approx(float(meter.integrated_loudness(sound)), abs=0.01), seed


@pytest.mark.parametrize("rate", RATES)
def test_pauses_and_whispers_do_not_count(rate: int) -> None:
    """Blocks more than 10 LU below the rest are left out, and silence before them."""
    loud, quiet = tone(rate, -20), tone(rate, -45)

    assert loudness(np.concatenate((loud, np.zeros(3 * rate), quiet)), rate) == pytest.approx(-23.01, abs=0.2)


def test_deep_and_high_sounds_are_weighted_as_the_ear_hears_them() -> None:
    """The values of the filter of the standard at 48 kHz: 40 Hz is 8 dB quieter there than 1 kHz, 8 kHz 3.3 dB louder."""
    middle = loudness(tone(48_000, -20), 48_000)

    assert loudness(tone(48_000, -20, pitch=8_000), 48_000) - middle == pytest.approx(3.3, abs=0.2)
    assert loudness(tone(48_000, -20, pitch=38.0), 48_000) - middle == pytest.approx(-6.7, abs=0.5)


@pytest.mark.parametrize("sound", [np.zeros(0), np.zeros(48_000), tone(24_000, -6, seconds=0.39), tone(24_000, -90)])
def test_what_is_silent_or_too_short_has_none(sound: Samples) -> None:
    assert loudness(sound, 24_000) == float("-inf")
