"""What a voice's process is asked: one text in one language. Imported by both sides of the pipe."""

import io
import wave

import msgspec


class Utterance(msgspec.Struct):
    """A text, and the engine's own id of the voice that shall speak it."""

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
