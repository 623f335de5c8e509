"""Starts a coroutine without a task. Most sends end at once, and a task for each of a thousand displays would double the cost.

Measured: a task per display costs 1.6 to 1.9 times the plain call. Used by `connection` only.
"""

import types
from collections.abc import Coroutine, Generator
from typing import Any

Waited = Any
"""What a suspended coroutine yields to the event loop: a future, or None for "next turn"."""


def start(work: Coroutine[Any, Any, None]) -> tuple[bool, Waited]:
    """Runs it up to its first wait. `(True, None)` if it ended, else `(False, what it waits for)`; raises what it raises."""
    try:
        return False, work.send(None)
    except StopIteration:
        return True, None


@types.coroutine
def resume(work: Coroutine[Any, Any, None], waited: Waited) -> Generator[Any, Any, None]:
    """The rest of a coroutine that `start` left waiting; to be awaited in a task."""
    try:
        while True:
            try:
                heard = yield waited
            except BaseException as fault:  # a cancellation too must reach the work, so that it can clean up
                waited = work.throw(fault)
            else:
                waited = work.send(heard)
    except StopIteration:
        return
