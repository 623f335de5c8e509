"""A call that is joined from phrases of other calls, beside the same call in one breath: nobody should hear the difference."""

from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from audio.booth import Booth
from audio.cache import Cache
from audio.levels import RATE
from audio.loudness import of_word
from audio.mixing import Mixing
from audio.pauses import divided
from audio.phrases import Phrases
from audio.samples import Samples, decoded
from audio.sound_jobs import COMMA
from audio.texts import Sign, call_text
from audio.voices.installed import installed_voices
from audio.voices.voice import Voice

pytestmark = [pytest.mark.voice, pytest.mark.asyncio(loop_scope="module")]

RESTING = [voice for voice in installed_voices() if voice.name in ("pico", "espeak")]
"""The voices whose sentences are cut."""
GAP_S, STEP_LU, JUMP = 0.19, 1.5, 10 ** (-45 / 20)
"""How much longer or shorter a pause may be (the pauses of one voice differ as much: 0.24 to 0.43 s), how much louder or softer a
phrase, and how high a sound at the join itself."""
CALLS = [("A", 17, 3), ("B", 4, 12), ("K", 250, 8), ("F", 386, 21), ("U", 501, 5), ("B", 742, 16), ("A", 999, 10)]
_SILENT = 10 ** (-50 / 20)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mixing() -> AsyncIterator[Mixing]:
    mixing = Mixing()
    yield mixing
    await mixing.close()


@pytest_asyncio.fixture(params=RESTING, ids=lambda voice: str(voice.name), loop_scope="module")
async def booth(request: pytest.FixtureRequest, mixing: Mixing) -> AsyncIterator[Booth]:
    voice: Voice = request.param
    yield Booth(voice, mixing.hear)
    await voice.close()


@pytest.mark.parametrize("language", ["de", "en", "fr"])
async def test_a_joined_call_has_the_pauses_and_the_loudness_of_one_in_one_breath(
    booth: Booth, language: str, tmp_path: Path
) -> None:
    cache = Cache(tmp_path)
    cache.open()
    phrases = Phrases(cache)
    for letter, number, counter in CALLS:
        await phrases.spoken(booth, _text(letter, number, counter, language), language)
    asked, told = booth.report().spoken, []
    for (letter, _, counter), (_, number, _) in pairwise(CALLS):
        text = _text(letter, number, counter, language)
        files = await phrases.spoken(booth, text, language)
        if booth.report().spoken > asked:  # a number that cannot be told apart is spoken whole, each time
            asked = booth.report().spoken
            continue
        [whole] = await booth.speak([text], language)
        asked = booth.report().spoken
        own = divided(decoded(whole.file)[0], RATE, text.split(COMMA))
        if len(own) == len(files):
            told.append(_differences(own, [decoded(file.read_bytes())[0] for file in files]))

    assert len(told) >= 3, "most calls are joined"
    gaps, steps, jumps = (max(found) for found in zip(*told, strict=True))
    assert gaps <= GAP_S
    assert steps <= STEP_LU
    assert jumps <= JUMP


def _text(letter: str, number: int, counter: int, language: str) -> str:
    return call_text(f"{letter}{number:03}", Sign(str(counter)), language)


def _differences(whole: list[Samples], joined: list[Samples]) -> tuple[float, float, float]:
    """Of pauses in s, of loudness in LU, and the highest sample at a join."""
    gaps = [abs(one - other) for one, other in zip(_gaps(whole), _gaps(joined), strict=True)]
    steps = [abs(of_word(one, RATE) - of_word(other, RATE)) for one, other in zip(whole, joined, strict=True)]
    joins = [abs(part[place]) for at, part in enumerate(joined) for place in _joins(at, len(joined))]
    return max(gaps), max(steps), float(max(joins))


def _joins(at: int, parts: int) -> list[int]:
    """The ends of a part that touch another one."""
    return [0] * (at > 0) + [-1] * (at < parts - 1)


def _gaps(parts: list[Samples]) -> list[float]:
    """Seconds of silence between each part and the next."""
    heard = [np.flatnonzero(np.abs(part) > _SILENT) for part in parts]
    after = [len(part) - int(loud[-1]) for part, loud in zip(parts, heard, strict=True)]
    before = [int(loud[0]) for loud in heard]
    return [(end + begin) / RATE for end, begin in zip(after[:-1], before[1:], strict=True)]
