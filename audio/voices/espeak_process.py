"""The process in which the library of espeak-ng speaks: its voices are read once, not for every sentence.

Started only by `audio.voices.espeak`, which starts the program for each sentence where there is no such library.
"""

import ctypes
import sys
from typing import Any

import msgspec

from audio.child import die_with_parent, serve
from audio.voices.requests import Utterance, riff

_SYNCHRONOUS, _DONT_EXIT = 2, 0x8000
_RATE = 1
_BY_CHARACTER = 1
_UTF8, _END_PAUSE = 0x1, 0x1000
_GOOD = 0
_HEARD = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
"""Called with the samples, how many, and what belongs to them; 0 lets it go on."""


def main() -> None:
    parent, name, pace = sys.argv[1:]
    die_with_parent(int(parent))
    library = Library(name, int(pace))

    def speak(request: bytes) -> bytes:
        asked = msgspec.msgpack.decode(request, type=Utterance)
        return riff(library.speak(asked.text, asked.voice), library.rate)

    serve(speak)


class Library:
    """`speak` → 16 bit samples at `rate`. `pace`: words a minute. OSError if there is no library of that name."""

    def __init__(self, name: str, pace: int) -> None:
        self._library: Any = ctypes.CDLL(name)
        self._pace = pace
        self._parts: list[bytes] = []
        self._heard = _HEARD(self._hear)  # kept, for the library does not
        self.rate = self._library.espeak_Initialize(_SYNCHRONOUS, 0, None, _DONT_EXIT)
        if self.rate <= 0:
            raise OSError(f"{name} finds no voices")
        self._library.espeak_SetSynthCallback(self._heard)

    def speak(self, text: str, voice: str) -> bytes:
        if self._library.espeak_SetVoiceByName(voice.encode()) != _GOOD:
            raise LookupError(f"no voice {voice}")
        self._library.espeak_SetParameter(_RATE, self._pace, 0)
        self._parts.clear()
        said = text.encode()
        size = ctypes.c_size_t(len(said) + 1)
        failed = self._library.espeak_Synth(said, size, 0, _BY_CHARACTER, 0, _UTF8 | _END_PAUSE, None, None)
        if failed != _GOOD:
            raise RuntimeError(f"espeak_Synth answered {failed}")
        return b"".join(self._parts)

    def _hear(self, samples: int | None, count: int, events: int | None) -> int:
        if samples and count > 0:
            self._parts.append(ctypes.string_at(samples, 2 * count))
        return 0


if __name__ == "__main__":
    main()
