"""What the sound process is asked: is this good, and make one file of these. Imported by both sides of the pipe."""

import msgspec


class Check(msgspec.Struct, tag=True):
    """Is this WAV the text, spoken? Answered by a complaint, "" if it is good."""

    wav: bytes
    text: str


class Mix(msgspec.Struct, tag=True):
    """One announcement of a gong and these WAVs, in this order. `form`: flac or wav. Answered by a `Mixed`."""

    gong: str
    spoken: tuple[bytes, ...]
    form: str


Job = Check | Mix


class Mixed(msgspec.Struct):
    """An announcement's file; its length, and its loudness in LUFS (of the speech; without any, of the gong)."""

    file: bytes
    seconds: float
    lufs: float
