"""Announcements for the agent to play: fetched with its token, unpacked to WAV; and its own gong if none can be fetched."""

import asyncio
import wave
from pathlib import Path

import httpx

from audio.gong import gong
from audio.levels import CARD_RATE
from audio.samples import Garbled, decoded, encoded, resampled
from device_line.address import Address

LIMIT_S = 5.0
"""Seconds for fetching one file of 0.2 MB; if it takes longer, the gong is played."""
AGAIN_S = (0.2, 0.8)
"""Seconds before a file is asked for again: the server was restarted, or a line broke."""
SILENCE_S = 0.1
FULL = 100
"""Percent of full amplitude."""
LARGEST = 20 * 1024 * 1024
"""Bytes: three minutes of WAV."""


SoundFile = tuple[Path, float]
"""A WAV file, and its seconds."""


class NoRecording(Exception):
    """There is no sound for this announcement; the message says why."""


class Recordings:
    """WAV files in `folder`, one per `kind`: the last announcement, and one gong of each name."""

    def __init__(self, address: Address, folder: Path) -> None:
        self._client = address.asking(LIMIT_S)
        self._folder = folder
        self._gongs: dict[tuple[str, int], SoundFile] = {}

    async def fetch(self, audio: str, volume: int = FULL, name: str = "announcement") -> SoundFile:
        """The file "/audio/<hash>.<ext>" of the server at this volume, as `name`. The token is sent to no other address."""
        if not audio.startswith("/audio/"):
            raise NoRecording(f"not a place for audio: {audio[:80]}")
        try:
            async with asyncio.timeout(LIMIT_S):
                answer = await self._answered(audio)
        except (httpx.HTTPError, TimeoutError) as fault:
            raise NoRecording(f"not fetched: {type(fault).__name__} {fault}") from fault
        if answer.status_code != httpx.codes.OK or len(answer.content) > LARGEST:
            raise NoRecording(f"the server answered {answer.status_code}, {len(answer.content)} bytes")
        return await asyncio.to_thread(_unpacked, answer.content, self._folder / f"{name}.wav", volume)

    async def _answered(self, audio: str) -> httpx.Response:
        """Asks once more if there was no answer, or if the server says that it cannot answer now: so a restart costs no
        announcement."""
        for pause in AGAIN_S:
            try:
                answer = await self._client.get(audio)
            except httpx.TransportError:
                await asyncio.sleep(pause)
                continue
            if not answer.is_server_error:
                return answer
            await asyncio.sleep(pause)
        return await self._client.get(audio)

    async def gong(self, name: str, volume: int = FULL) -> SoundFile:
        """Our own gong, made the first time it is needed."""
        wanted = (name, volume)
        if wanted not in self._gongs:
            file = self._folder / f"gong-{len(self._gongs)}.wav"
            self._gongs[wanted] = await asyncio.to_thread(_rung, name, file, volume)
        return self._gongs[wanted]

    def silence(self) -> SoundFile:
        """Silence, to find out whether the card works. Raises NoRecording."""
        path = self._folder / "silence.wav"
        try:
            with wave.open(str(path), "wb") as file:
                file.setparams((1, 2, CARD_RATE, 0, "NONE", ""))
                file.writeframes(bytes(2 * int(CARD_RATE * SILENCE_S)))
        except OSError as fault:
            raise NoRecording(f"{path} cannot be written ({fault.strerror})") from fault
        return path, SILENCE_S

    async def close(self) -> None:
        await self._client.aclose()


def _rung(name: str, path: Path, volume: int) -> SoundFile:
    try:
        sound = gong(name, CARD_RATE)
        path.write_bytes(encoded(sound * (volume / FULL), CARD_RATE, "wav"))
    except (LookupError, OSError) as fault:
        raise NoRecording(f"no gong: {fault}") from fault
    return path, len(sound) / CARD_RATE


def _unpacked(file: bytes, path: Path, volume: int) -> SoundFile:
    """Writes FLAC or WAV as a WAV that every player reads and every card accepts: aplay does not know FLAC."""
    try:
        samples, rate = decoded(file)
    except Garbled as fault:
        raise NoRecording(str(fault)) from fault
    try:
        path.write_bytes(encoded(resampled(samples, rate, CARD_RATE) * (volume / FULL), CARD_RATE, "wav"))
    except OSError as fault:  # a full disk costs this announcement, not the announcer
        raise NoRecording(f"{path} cannot be written ({fault.strerror})") from fault
    return path, len(samples) / rate
