"""Real voices and real files, measured by two loudness meters: what a citizen hears."""

import random
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pyloudnorm
import pytest
import pytest_asyncio

from audio.booth import Booth
from audio.levels import CEILING
from audio.loudness import loudness
from audio.mixing import Mixing
from audio.samples import decoded
from audio.sound import true_peak
from audio.studio import Studio
from audio.texts import Sign, announcement_texts, call_text
from audio.voices.installed import installed_voices
from audio.voices.voice import Voice

pytestmark = [pytest.mark.voice, pytest.mark.asyncio(loop_scope="module")]

TARGET = -20.0
FFMPEG = shutil.which("ffmpeg") is not None


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def studio(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Studio]:
    """The studio as the server has it, with every voice of this machine."""
    studio = Studio(tmp_path_factory.mktemp("audio"))
    await studio.start(("de", "en"))
    yield studio
    await studio.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mixing() -> AsyncIterator[Mixing]:
    mixing = Mixing()
    yield mixing
    await mixing.close()


def random_calls(count: int, languages: list[str]) -> list[dict[str, str]]:
    chance = random.Random(17)
    return [
        announcement_texts(f"{chance.choice('ABCD')}{chance.randrange(1000):03}", Sign(str(n + 1)), languages)
        for n in range(count)
    ]


def ebur128(file: Path) -> tuple[float, float]:
    """(LUFS, dBTP) measured by ffmpeg: another meter than the one that sets the loudness."""
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(file), "-af", "ebur128=peak=true", "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = told[told.rindex("Summary:") :]
    (lufs,) = re.findall(r"I:\s+(-?[\d.]+) LUFS", summary)
    (peak,) = re.findall(r"Peak:\s+(-?[\d.]+) dBFS", summary)
    return float(lufs), float(peak)


async def test_100_random_calls_are_equally_loud(studio: Studio) -> None:
    """Within 1 LU of the target by a second meter (and a third, where ffmpeg is installed), below the peak limit, and long
    enough for their words."""
    for nth, texts in enumerate(random_calls(100, ["de", "en"])):
        made = await studio.announcement(texts)
        path = studio.path(made.name)
        assert path is not None
        samples, rate = decoded(path.read_bytes())

        assert set(made.voices) == {"de", "en"}
        assert made.seconds == pytest.approx(len(samples) / rate, abs=0.01)
        assert 1.25 + 0.05 * sum(map(len, texts.values())) < made.seconds < 15
        assert loudness(samples, rate) == pytest.approx(TARGET, abs=1.0)
        assert pyloudnorm.Meter(rate).integrated_loudness(samples) == pytest.approx(TARGET, abs=1.0)
        assert true_peak(samples) <= CEILING + 0.1
        if FFMPEG and nth % 5 == 0:
            lufs, peak = ebur128(path)
            assert lufs == pytest.approx(TARGET, abs=1.0)
            assert peak <= CEILING + 0.2


@pytest.mark.parametrize("name", [voice.name for voice in installed_voices()])
async def test_every_voice_is_as_loud_as_the_others(studio: Studio, name: str) -> None:
    """A file begins with the gong and then has the target loudness, whichever voice speaks."""
    for texts in random_calls(3, ["de", "en"]):
        made = await studio.announcement(texts, order={"de": (name,), "en": (name,)})

        path = studio.path(made.name)
        assert path is not None
        assert set(made.voices.values()) == {name}
        assert loudness(*decoded(path.read_bytes())) == pytest.approx(TARGET, abs=1.0)


async def test_the_best_installed_voice_speaks_german(studio: Studio) -> None:
    await studio.warm()

    assert (await studio.announcement({"de": "A 012, Schalter 3"})).voices == {"de": "pico"}
    assert {report.name: report.state for report in studio.voices()}["pico"] == "good"


@pytest.mark.parametrize("voice", installed_voices(), ids=lambda voice: voice.name)
async def test_300_calls_in_a_row_are_300_good_files(voice: Voice, mixing: Mixing) -> None:
    """Also with pyttsx3, which sometimes returns an empty file: this is noticed, and it is asked again."""
    booth = Booth(voice, mixing.hear)
    for number in range(300):
        text = call_text(f"A{number:03}", Sign(str(number % 24 + 1)), "de")
        [sound] = await booth.speak([text], "de")
        assert (await mixing.hear(sound.file, [text])).complaint == ""
    await voice.close()
    assert booth.report().spoken == 300
