"""The child's side of a worker: reads requests from stdin, answers on stdout, and dies with its parent.

Used by the modules that run as children of `audio.worker.Worker`: voices, sound, sound card. Needs only msgspec.
"""

import contextlib
import ctypes
import os
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

LENGTH = struct.Struct("<I")
"""Every frame is its length, then that many bytes of MessagePack."""

_PR_SET_PDEATHSIG = 1
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Parameters of mallopt(3): with them, memory that one sentence needed is kept for the next one."""
_KEPT = {_TRIM_THRESHOLD: 8 << 20, _MMAP_THRESHOLD: 32 << 20}
_ROOMY = 1 << 20
"""Bytes: the largest pipe that Linux gives without special rights."""


class Answer(msgspec.Struct, omit_defaults=True):
    """A child's answer to one request: the bytes of its result, or why there is none."""

    body: bytes = b""
    fault: str = ""


def die_with_parent(parent: int) -> None:
    """Has this process killed when its parent dies, even in C code that hangs (Linux; elsewhere it ends with its stdin)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def serve(handle: Callable[[bytes], bytes]) -> None:
    """Answers requests one at a time until stdin ends. An exception of `handle` is answered as a fault."""
    for pipe in (0, 1):
        _widen(pipe)
    answers = _keep_stdout()
    for request in _requests(sys.stdin.buffer):
        try:
            answer = Answer(body=handle(request))
        except Exception as fault:  # anything that a library raises fails only this job, and is sent to the parent
            answer = Answer(fault=f"{type(fault).__name__}: {fault}"[:300])
        _send(answers, msgspec.msgpack.encode(answer))


def _keep_stdout() -> BinaryIO:
    """Moves the pipe to the parent to another file number: what a library prints to stdout must not get between the frames."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


def _widen(pipe: int) -> None:
    """A sentence of a voice fits into the pipe at once: in pieces of 64 KiB, the parent woke up three times for each."""
    if sys.platform.startswith("linux"):
        import fcntl  # here, for Windows has none

        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _ROOMY)


def _requests(pipe: BinaryIO) -> Iterator[bytes]:
    while len(head := pipe.read(LENGTH.size)) == LENGTH.size:
        yield pipe.read(LENGTH.unpack(head)[0])


def keep_memory() -> None:
    """Keeps freed memory. Else 944 page faults per sentence take a fifth of its time; without glibc that cannot be changed."""
    with contextlib.suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        for threshold, size in _KEPT.items():
            library.mallopt(threshold, size)


def _send(pipe: BinaryIO, frame: bytes) -> None:
    pipe.write(LENGTH.pack(len(frame)) + frame)
    pipe.flush()
