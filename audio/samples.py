"""Sound as numbers: reads a WAV, changes its rate, writes a file. Only the sound process and the agent use it."""

import io
import struct
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

Samples = npt.NDArray[np.floating[Any]]
"""Mono, -1 to 1. What is read from files has 32 bits: 24 of them tell the height, more than the file had, in half the time."""
Pcm = npt.NDArray[np.int16]
"""The same in the form of files: a quarter of the memory, and joining rounds nothing again."""

_FULL = 1 << 15
_HIGHEST, _FLAT, _EVEN = 0.999, 4, 1e-4
"""A sound was overdriven if this many samples in a row are as high as they can be, and equally high: a deep tone that just
reaches full scale is not."""


class Garbled(Exception):
    """Bytes that are not a whole sound file."""


def decoded(file: bytes) -> tuple[Samples, int]:
    """Any WAV or FLAC → its samples, mixed to mono, and its rate. Garbled if it is neither, or shorter than its header says."""
    if (plain := _plain(file)) is not None:
        return plain
    try:
        with soundfile.SoundFile(io.BytesIO(file)) as source:
            samples = source.read(dtype="float32", always_2d=True)
            rate, promised = source.samplerate, _promised(file, source.channels)
    except (soundfile.SoundFileError, RuntimeError, TypeError) as fault:
        raise Garbled(f"not a sound file: {fault}") from fault
    if promised is not None and len(samples) < promised:
        raise Garbled(f"truncated: {len(samples)} of {promised} samples")
    return samples.mean(axis=1) if samples.size else np.zeros(0, dtype=np.float32), rate


_PLAIN = struct.Struct("<4sI8sIHHIIHH4sI")
"""The head of a WAV that says no more than it must."""


def _plain(file: bytes) -> tuple[Samples, int] | None:
    """A whole mono WAV with 16 bits and nothing else, as voices give: read without a library, in a tenth of the time."""
    if len(file) < _PLAIN.size:
        return None
    riff, _, form, size, kind, channels, rate, _, _, bits, data, length = _PLAIN.unpack_from(file)
    said = (riff, form, size, kind, channels, bits, data)
    if said != (b"RIFF", b"WAVEfmt ", 16, 1, 1, 16, b"data") or length != len(file) - _PLAIN.size or length % 2:
        return None
    return _pcm_of(file) * np.float32(1 / _FULL), rate


def _pcm_of(file: bytes) -> Pcm:
    return np.frombuffer(file, "<i2", offset=_PLAIN.size).astype(np.int16, copy=False)


def overdriven(samples: Samples) -> bool:
    """Whether its peaks were cut off when it was recorded or made louder: that rattles, however quietly it is played."""
    height = np.abs(samples)
    full = height >= max(_HIGHEST, float(height.max(initial=0.0)) - _EVEN)
    return bool(np.convolve(full, np.ones(_FLAT), "valid").max(initial=0) >= _FLAT)


def resampled(samples: Samples, rate: int, wanted: int) -> Samples:
    if rate == wanted or not samples.size:
        return samples
    return np.asarray(soxr.resample(samples, rate, wanted, quality="HQ"), dtype=samples.dtype)


def pcm(samples: Samples) -> Pcm:
    """The samples as 16 bit integers; values beyond full scale are cut."""
    return np.clip(np.rint(samples * _FULL), -_FULL, _FULL - 1).astype(np.int16)


def unpacked(file: bytes) -> Pcm:
    """The samples of a mono file that `encoded` made."""
    if file.startswith(b"RIFF"):
        return _pcm_of(file)
    samples, _ = soundfile.read(io.BytesIO(file), dtype="int16")
    return np.asarray(samples, dtype=np.int16)


def encoded(samples: Samples | Pcm, rate: int, form: str) -> bytes:
    """Samples as a 16 bit file: `form` is "wav" or "flac"."""
    whole = samples if samples.dtype == np.int16 else pcm(samples.astype(np.float32, copy=False))
    if form == "wav":
        length = 2 * len(whole)
        head = _PLAIN.pack(b"RIFF", length + 36, b"WAVEfmt ", 16, 1, 1, rate, 2 * rate, 2, 16, b"data", length)
        return head + whole.astype("<i2").tobytes()
    file = io.BytesIO()
    soundfile.write(file, whole, rate, format=form.upper(), subtype="PCM_16")
    return file.getvalue()


def _promised(file: bytes, channels: int) -> int | None:
    """How many samples a 16 bit WAV's header promises: libsndfile silently reads what there is."""
    data = file.find(b"data", 12, 4096)
    if file[:4] != b"RIFF" or data < 0:
        return None
    return int.from_bytes(file[data + 4 : data + 8], "little") // (2 * channels)
