"""For several tests of the voice: simple sounds, and voices that fail in a chosen way."""

import asyncio
import io
import wave
from collections.abc import AsyncIterator, Callable, Set
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import pytest_asyncio

from audio.announcer import run
from audio.mixing import Mixing
from audio.players.paced import PacedPlayer, Played
from audio.players.player import Player
from audio.studio import Studio
from audio.voices.voice import VoiceFault
from tests.audio.hall import PACE, TOKEN, Hall

RATE = 16_000


REST = 0.3


def syllables(seconds: float, level: float, rate: int) -> npt.NDArray[np.float64]:
    moment = np.arange(int(seconds * rate)) / rate
    fade = np.minimum(1.0, (seconds - moment) / 0.1)
    return level * np.sin(2 * np.pi * 220 * moment) * (0.5 - 0.5 * np.cos(2 * np.pi * 4 * moment)) * fade


def tone(*seconds: float, level: float = 0.3, rate: int = RATE) -> bytes:
    """A WAV that passes as speech: syllables of a tone, quiet at the end. With several lengths there is a pause between them."""
    rest = np.zeros(int(REST * rate))
    parts = [part for each in seconds for part in (rest, syllables(each, level, rate))]
    samples = np.concatenate(parts[1:])
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes((samples * 32767).astype("<i2").tobytes())
    return file.getvalue()


class ToneVoice:
    """A voice in memory that "speaks" tones as long as the text. `script` says how each job goes; after it all jobs are good.

    `pauses`: whether it rests at commas.
    """

    edition = "1"
    limit = 0.1
    at_once = 1
    whole = False

    def __init__(
        self, name: str, languages: Set[str] = frozenset({"de", "en"}), *script: str, pauses: bool = True
    ) -> None:
        self.name = name
        self.languages = languages
        self.script = list(script)
        self.pauses = pauses
        self.asked: list[tuple[str, str]] = []
        self.closed = False
        self.hanging = asyncio.Event()

    async def speak(self, text: str, language: str) -> bytes:
        self.asked.append((text, language))
        good = tone(*(0.08 * len(phrase) for phrase in (text.split(", ") if self.pauses else [text])))
        match self.script.pop(0) if self.script else "good":
            case "empty":
                return b""
            case "no frames":
                return tone(0.0)
            case "silent":
                return tone(0.08 * len(text), level=0.0)
            case "short":
                return tone(0.2)
            case "cut off":
                return good[: len(good) // 2]
            case "not sound":
                return b"<html>404</html>" * 100
            case "crash":
                raise VoiceFault(self.name, "died")
            case "hang":
                self.hanging.set()
                await asyncio.Event().wait()
        return good

    async def close(self) -> None:
        self.closed = True


@pytest.fixture
def make_tone() -> Callable[..., bytes]:
    return tone


@pytest.fixture
def make_voice() -> type[ToneVoice]:
    return ToneVoice


@pytest.fixture
async def hall(make_tone: Callable[..., bytes]) -> AsyncIterator[Hall]:
    hall = Hall(make_tone)
    await hall.open()
    yield hall
    await hall.close()


@pytest.fixture
def heard() -> list[Played]:
    return []


@pytest.fixture
async def agent(hall: Hall, heard: list[Played]) -> AsyncIterator[Callable[..., Any]]:
    """Starts the agent and waits until it has the lease."""
    tasks: list[asyncio.Task[None]] = []

    async def start(player: Player | None = None, leased: bool = True) -> asyncio.Task[None]:
        task = asyncio.create_task(run(hall.url, TOKEN, "hall", player or PacedPlayer(20, heard.append), PACE))
        tasks.append(task)
        if leased:
            await hall.until(lambda: hall.wishes)
        return task

    yield start
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mixing() -> AsyncIterator[Mixing]:
    mixing = Mixing()
    yield mixing
    await mixing.close()


@pytest_asyncio.fixture(loop_scope="module")
async def opened(tmp_path: Path, mixing: Mixing) -> AsyncIterator[Callable[..., Studio]]:
    """Makes studios over one folder; all of them end with the test."""
    studios: list[Studio] = []

    def make(*voices: Any, **options: Any) -> Studio:
        studio = Studio(tmp_path / "audio", voices, mixing=mixing, **options)
        studios.append(studio)
        return studio

    yield make
    for studio in studios:
        await studio.close()
