"""Requests to the sound process: check a file and find its phrases; join files. Imported by both sides of the pipe."""

import msgspec

COMMA = ", "
"""Separates two phrases of a text: voices make a pause there."""


class Hear(msgspec.Struct, tag=True):
    """Asks whether this WAV contains these phrases. Answered by `Heard`."""

    wav: bytes
    phrases: tuple[str, ...]


class Mix(msgspec.Struct, tag=True):
    """One announcement of a gong and, after a breath each, of one sentence per language, in this order.

    A sentence is a list of paths of files with results of `Hear`; a path never gets other content. `form`: flac or wav.
    The file is written to `into`, whole or not at all. Answered by `Mixed`.
    """

    gong: str
    spoken: tuple[tuple[str, ...], ...]
    form: str
    into: str


SoundJob = Hear | Mix


class Sound(msgspec.Struct):
    """A WAV (fast to read and write) and its length."""

    file: bytes
    seconds: float


class Heard(msgspec.Struct):
    """What is wrong with it; "" if it is good. Then its sounds at the right loudness: one per phrase, or one for all if the
    phrases cannot be told apart with certainty."""

    complaint: str
    parts: list[Sound]


class Mixed(msgspec.Struct):
    """The length of the written file, in seconds and bytes."""

    seconds: float
    size: int
