"""Cuts long work on the event loop into slices, so that a press never waits behind ten thousand phones."""

import asyncio
import time
from collections.abc import Callable, Iterator

import structlog

_log = structlog.get_logger("aufruf.push")


def in_slices(work: Iterator[object], slice_ms: float, done: Callable[[], None], pause_ms: float = 0.0) -> None:
    """Advances `work` until it ends, `slice_ms` at a time, with `pause_ms` (or one turn of the loop) in between.

    `done()` is called at the end, also when `work` fails: regular work must not stop because of one fault.
    """
    loop = asyncio.get_running_loop()

    def turn() -> None:
        try:
            if not _advance(work, slice_ms):
                if pause_ms:
                    loop.call_later(pause_ms / 1000, turn)
                else:
                    loop.call_soon(turn)
                return
        except Exception as fault:
            _log.error("a slice of work failed", fault=type(fault).__name__, exc_info=fault)
        done()

    turn()


def _advance(work: Iterator[object], slice_ms: float) -> bool:
    """Advances `work` for one slice; returns whether it ended."""
    end = time.monotonic() + slice_ms / 1000
    for _ in work:  # noqa: SIM110 - each step does work; `all` would read like a question
        if time.monotonic() >= end:
            return False
    return True
