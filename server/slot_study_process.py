"""The process that lives days of an office with more and fewer appointments, `python -P -m server.slot_study_process`.
`server.slot_studies` starts it, asks it and ends it; it dies with its node."""

import os
import sys

from msgspec import Struct
from msgspec.msgpack import Decoder, encode

from server.messages.office import Office
from server.messages.slot_study import SlotsAsked, SlotStudy

NICE = 19
"""Niceness: presses, boards, voices, forecast and advice come first."""


class Ask(Struct, array_like=True, frozen=True):
    """Which office, and how many come."""

    office: Office
    asked: SlotsAsked


class Studied(Struct, array_like=True, frozen=True):
    """None: the office never opens, or nobody comes."""

    found: SlotStudy | None = None


def answer(request: Ask) -> Studied:
    from server.rehearsal.slot_study import study

    return Studied(study(request.office, request.asked))


def main() -> None:
    from audio.child import die_with_parent, serve

    die_with_parent(int(sys.argv[1]))
    os.nice(NICE)
    decode = Decoder(Ask).decode
    serve(lambda request: encode(answer(decode(request))))


if __name__ == "__main__":
    main()
