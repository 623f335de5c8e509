"""The request to a voice's process: one text in one language, or clips to join. Imported by both sides of the pipe."""

import io
import wave

import msgspec


class Join(msgspec.Struct):
    """A sentence as files of recorded clips: a list for each phrase."""

    phrases: tuple[tuple[str, ...], ...]


class Utterance(msgspec.Struct):
    """A text, and the engine's id of the voice that should speak it."""

    text: str
    voice: str


def riff(pcm: bytes, rate: int) -> bytes:
    """16 bit mono samples as one WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        writer.writeframes(pcm)
    return file.getvalue()
