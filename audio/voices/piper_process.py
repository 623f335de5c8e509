"""The process in which piper runs, with one voice file. Started only by `audio.voices.piper`.

What piper brings along is under the GPL; it is imported here and nowhere else.
"""

import os
import sys
from pathlib import Path

import msgspec
from piper import PiperVoice

from audio.child import die_with_parent, serve
from audio.voices.piper import complaint
from audio.voices.requests import Utterance, riff

NICENESS = 5
"""A sentence takes all cores for a moment: presses and other voices go first."""


def main() -> None:
    parent, model, checksum, language = sys.argv[1:]
    die_with_parent(int(parent))
    if hasattr(os, "nice"):  # not on Windows
        os.nice(NICENESS)
    if wrong := complaint(Path(model), checksum, language):
        sys.exit(wrong)
    voice = PiperVoice.load(model)

    def speak(request: bytes) -> bytes:
        chunks = list(voice.synthesize(msgspec.msgpack.decode(request, type=Utterance).text))
        return riff(b"".join(chunk.audio_int16_bytes for chunk in chunks), voice.config.sample_rate)

    serve(speak)


if __name__ == "__main__":
    main()
