"""What the sound process is asked: is this good, where are its phrases, join these. Imported by both sides of the pipe."""

import msgspec


class Check(msgspec.Struct, tag=True):
    """Is this WAV the text, spoken? Answered by a complaint, "" if it is good."""

    wav: bytes
    text: str


class Divide(msgspec.Struct, tag=True):
    """This WAV at the right loudness, as one FLAC per phrase; as one FLAC if it is not plain where they are."""

    wav: bytes
    phrases: tuple[str, ...]


class Mix(msgspec.Struct, tag=True):
    """One announcement of a gong and, after a breath each, of one sentence per language, in this order.

    A sentence is the paths of what `Divide` gave; a path never gets other content. `form`: flac or wav. It is written to
    the path `into`, whole or not at all; answered by `Mixed`.
    """

    gong: str
    spoken: tuple[tuple[str, ...], ...]
    form: str
    into: str


Job = Check | Divide | Mix


class Sound(msgspec.Struct):
    """A file and its length."""

    file: bytes
    seconds: float


class Mixed(msgspec.Struct):
    """How long the written file is, in seconds and bytes."""

    seconds: float
    size: int
