"""The process in which recorded clips are joined. Started only by `audio.voices.clips`."""

import sys
from functools import lru_cache
from pathlib import Path

import msgspec

from audio.child import die_with_parent, serve
from audio.clips import complaint, joined, prepared
from audio.levels import RATE
from audio.samples import Samples, decoded, encoded
from audio.voices.requests import Join

MOST_AT_HAND = 256
"""How many clips are kept as they are joined, 100 KB each: an office has 60 to 100."""


def main() -> None:
    die_with_parent(int(sys.argv[1]))
    serve(speak)


def speak(request: bytes) -> bytes:
    asked = msgspec.msgpack.decode(request, type=Join)
    sentence = joined([[_clip(path, Path(path).stat().st_mtime_ns) for path in phrase] for phrase in asked.phrases])
    return encoded(sentence, RATE, "wav")


@lru_cache(MOST_AT_HAND)
def _clip(path: str, changed: int) -> Samples:
    samples, rate = decoded(Path(path).read_bytes())
    if wrong := complaint(samples, rate):
        raise ValueError(f"{Path(path).name} is {wrong}")
    return prepared(samples, rate)


if __name__ == "__main__":
    main()
