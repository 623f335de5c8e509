"""The process in which sound is checked, levelled, cut, joined and encoded. Started only by `audio.mixing`."""

import sys
from functools import lru_cache
from pathlib import Path

import msgspec

from audio.checking import complaint
from audio.child import die_with_parent, keep_memory, serve
from audio.levels import RATE
from audio.pauses import divided
from audio.samples import Garbled, Pcm, Samples, decoded, encoded, unpacked
from audio.sound import announcement, speech
from audio.sound_jobs import COMMA, Hear, Heard, Mix, Mixed, Sound, SoundJob

MOST_AT_HAND = 96
"""How many phrases are kept unpacked, 60 KB each: the same counters and letters are in all calls of a day."""


def main() -> None:
    die_with_parent(int(sys.argv[1]))
    keep_memory()
    serve(answer)


def answer(request: bytes) -> bytes:
    job = msgspec.msgpack.decode(request, type=SoundJob)
    return msgspec.msgpack.encode(hear(job) if isinstance(job, Hear) else mix(job))


def hear(job: Hear) -> Heard:
    try:
        samples, rate = decoded(job.wav)
    except Garbled as fault:
        return Heard(str(fault), [])
    if wrong := complaint(samples, rate, COMMA.join(job.phrases)):
        return Heard(wrong, [])
    return Heard("", [_file(part, "wav") for part in divided(speech(samples, rate), RATE, job.phrases)])


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
