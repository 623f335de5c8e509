"""The process in which Pico runs. Started only by `audio.voices.pico`."""

import sys

import msgspec
from py_nanotts import NanoTTS

from audio.child import die_with_parent, keep_memory, serve
from audio.voices.requests import Utterance, riff

RATE = 16_000
VOLUME = 0.5
"""At its own volume Pico clips (432 samples of one call), at half volume it does not. Loudness is set later anyway."""
SPEED = 0.9
"""A little slower than Pico's own speed, because a waiting room echoes."""


def main() -> None:
    die_with_parent(int(sys.argv[1]))
    keep_memory()
    engine = NanoTTS()

    def speak(request: bytes) -> bytes:
        asked = msgspec.msgpack.decode(request, type=Utterance)
        pcm = engine.speak(asked.text, voice=asked.voice, volume=VOLUME, speed=SPEED)
        return riff(pcm, RATE)

    serve(speak)


if __name__ == "__main__":
    main()
