"""What the sound process is asked: is this good and where are its phrases; join these. Imported by both sides of the pipe."""

import msgspec

COMMA = ", "
"""Between two phrases of a text: voices pause there."""


class Hear(msgspec.Struct, tag=True):
    """Is this WAV these phrases, spoken? Answered by `Heard`."""

    wav: bytes
    phrases: tuple[str, ...]


class Mix(msgspec.Struct, tag=True):
    """One announcement of a gong and, after a breath each, of one sentence per language, in this order.

    A sentence is the paths of files that hold what `Hear` gave; a path never gets other content. `form`: flac or wav.
    It is written to the path `into`, whole or not at all; answered by `Mixed`.
    """

    gong: str
    spoken: tuple[tuple[str, ...], ...]
    form: str
    into: str


Job = Hear | Mix


class Sound(msgspec.Struct):
    """A WAV, which is packed and unpacked in no time, and its length."""

    file: bytes
    seconds: float


class Heard(msgspec.Struct):
    """What is wrong with it, "" if it is good; then it is here at the right loudness, one sound per phrase, or one for all
    where it is not plain which is which."""

    complaint: str
    parts: list[Sound]


class Mixed(msgspec.Struct):
    """How long the written file is, in seconds and bytes."""

    seconds: float
    size: int
