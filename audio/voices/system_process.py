"""The process in which pyttsx3 runs: one engine, one job at a time. Started only by `audio.voices.system`.

With `--languages` it prints the languages for which the system has a voice, and ends.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pyttsx3

from audio.child import die_with_parent, serve
from audio.voices.requests import Utterance


def main() -> None:
    if sys.argv[1] == "--languages":
        print(*sorted(spoken(pyttsx3.init())))
        return
    die_with_parent(int(sys.argv[1]))
    # Rate and volume are not changed: setting them is a race in the driver, and left five files of sixty empty.
    engine = pyttsx3.init()

    def speak(request: bytes) -> bytes:
        asked = msgspec.msgpack.decode(request, type=Utterance)
        engine.setProperty("voice", voice_for(engine, asked.voice))
        with tempfile.TemporaryDirectory(prefix="aufruf-") as folder:
            file = Path(folder) / "said.wav"
            engine.save_to_file(asked.text, str(file))
            engine.runAndWait()
            return file.read_bytes()

    serve(speak)


def spoken(engine: Any) -> set[str]:
    return {language for voice in _voices(engine) for language in _languages(voice)}


def voice_for(engine: Any, language: str) -> str:
    """The id of the system's first voice of a language; LookupError if it has none."""
    for voice in _voices(engine):
        if language in _languages(voice):
            return str(voice.id)
    raise LookupError(f"the system has no voice for {language}")


def _voices(engine: Any) -> list[Any]:
    """The system's voices without those of MBROLA, whose files are mostly not installed."""
    return [voice for voice in engine.getProperty("voices") if not str(voice.id).startswith("mb/")]


def _languages(voice: Any) -> set[str]:
    """The languages of a voice. Drivers differ: espeak has them in the id ("gmw/de"), SAPI and macOS in `languages` ("de-DE")."""
    own = [tag.decode(errors="ignore") if isinstance(tag, bytes) else str(tag) for tag in voice.languages or ()]
    tags = [str(voice.id).rsplit("/", 1)[-1], *own]
    return {tag.strip("\x00\x01\x02\x03\x04\x05 ").replace("_", "-").split("-")[0].lower() for tag in tags}


if __name__ == "__main__":
    main()
