"""The pace of a backup: it works a quarter of the time, so that whoever presses meanwhile finds the processor free.

A backup that works without rest made the last of 50 displays 1.5 times as late on two cores, although it is a process of its
own: both want the same memory and the same disk. It has all night; a press has not.
"""

import time
from collections.abc import Callable

WORK_S = 0.01
"""It rests after so much work."""
REST = 3
"""For how many times as long as it has worked."""


class Pace:
    """Says when to rest, and for how long. `clock`: seconds, steady."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun = clock()

    def due(self) -> float:
        """Seconds to rest now; 0 while it has not worked for long enough. Whoever asks must rest."""
        worked = self._clock() - self._begun
        if worked < WORK_S:
            return 0.0
        rest = REST * worked
        self._begun += worked + rest
        return rest

    def rest(self) -> None:
        """Sleeps for as long as is due."""
        if rest := self.due():
            time.sleep(rest)
