"""How often the loops of a device had to be started again: kept by its line, which tells the server."""

import time
from dataclasses import dataclass

from server.messages.agreed import RESTART_TOLD_MS
from server.messages.frames import Report
from server.messages.instants import SECOND


@dataclass
class LoopRestarts:
    """`many`: since this device started; `loop`: the last one, `fault`: how it ended, `at`: when, by the monotonic clock.

    A device that is made anew after a failure gets the object of the one before it.
    """

    many: int = 0
    loop: str = ""
    fault: str = ""
    at: float = 0.0

    def note(self, loop: str, fault: str) -> None:
        self.many, self.loop, self.fault, self.at = self.many + 1, loop, fault, time.monotonic()

    def report(self) -> Report | None:
        """What the server should know; None if the last restart was so long ago that nobody needs to look after it."""
        if not self.many or time.monotonic() - self.at > RESTART_TOLD_MS / SECOND:
            return None
        return Report(kind="restart", restarts=self.many, loop=f"{self.loop}: {self.fault}")
