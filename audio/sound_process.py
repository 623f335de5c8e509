"""The process in which sound is checked, levelled, joined and encoded. Started by `audio.mixing` only."""

import sys

import msgspec

from audio.checking import complaint
from audio.child import die_with_parent, serve
from audio.gong import SECONDS
from audio.levels import BREATH, RATE
from audio.samples import Garbled, decoded, encoded
from audio.sound import announcement, loudness
from audio.sound_jobs import Check, Job, Mix, Mixed


def main() -> None:
    die_with_parent(int(sys.argv[1]))
    serve(answer)


def answer(request: bytes) -> bytes:
    job = msgspec.msgpack.decode(request, type=Job)
    if isinstance(job, Check):
        return check(job).encode()
    return msgspec.msgpack.encode(mix(job))


def check(job: Check) -> str:
    try:
        samples, rate = decoded(job.wav)
    except Garbled as fault:
        return str(fault)
    return complaint(samples, rate, job.text)


def mix(job: Mix) -> Mixed:
    sound = announcement(job.gong, [decoded(wav) for wav in job.spoken])
    speech = sound[int((SECONDS + BREATH) * RATE) :]
    return Mixed(
        file=encoded(sound, RATE, job.form),
        seconds=round(len(sound) / RATE, 3),
        lufs=round(loudness(speech if len(speech) else sound), 2),
    )


if __name__ == "__main__":
    main()
