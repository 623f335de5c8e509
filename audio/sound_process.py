"""The process in which sound is checked, levelled, cut, joined and encoded. Started by `audio.mixing` only."""

import sys
from functools import lru_cache
from pathlib import Path

import msgspec

from audio.checking import complaint
from audio.child import die_with_parent, serve
from audio.levels import RATE
from audio.pauses import divided
from audio.samples import Garbled, Pcm, Samples, decoded, encoded, unpacked
from audio.sound import announcement, speech
from audio.sound_jobs import Check, Divide, Job, Mix, Mixed, Sound

MOST_AT_HAND = 128
"""Phrases kept unpacked, 60 KB each: the counters and letters of a day are in every call."""


def main() -> None:
    die_with_parent(int(sys.argv[1]))
    serve(answer)


def answer(request: bytes) -> bytes:
    job = msgspec.msgpack.decode(request, type=Job)
    if isinstance(job, Check):
        return check(job).encode()
    return msgspec.msgpack.encode(divide(job) if isinstance(job, Divide) else mix(job))


def check(job: Check) -> str:
    try:
        samples, rate = decoded(job.wav)
    except Garbled as fault:
        return str(fault)
    return complaint(samples, rate, job.text)


def divide(job: Divide) -> list[Sound]:
    return [_file(part, "flac") for part in divided(speech(*decoded(job.wav)), RATE, job.phrases)]


def mix(job: Mix) -> Mixed:
    sentences = [[_unpacked(path) for path in sentence] for sentence in job.spoken]
    made, into = _file(announcement(job.gong, sentences), job.form), Path(job.into)
    try:
        into.write_bytes(made.file)
    except OSError:
        into.unlink(missing_ok=True)
        raise
    return Mixed(made.seconds, len(made.file))


@lru_cache(MOST_AT_HAND)
def _unpacked(path: str) -> Pcm:
    return unpacked(Path(path).read_bytes())


def _file(sound: Samples | Pcm, form: str) -> Sound:
    return Sound(encoded(sound, RATE, form), round(len(sound) / RATE, 3))


if __name__ == "__main__":
    main()
