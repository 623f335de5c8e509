"""The HTTP lines that are open without a request: a ceiling per address and in all, beyond which the oldest is closed.

An idle line is nobody's loss, its browser opens another; a line that is refused is a clerk before a closed door.
"""

import resource
from collections import OrderedDict
from typing import Protocol

OF_ONE = 2_500
"""Idle lines of one address: an office's devices may share one."""
MOST = 20_000


class Line(Protocol):
    """One connection as it is counted here."""

    def idle(self) -> bool: ...

    def hang_up(self) -> None: ...


class Lines:
    """`most` in all: half of what the system lets this process have, so that the other half is for who has shown something."""

    def __init__(self, most: int | None = None, of_one: int = OF_ONE) -> None:
        self._most, self._of_one = most, of_one
        self._all: OrderedDict[Line, str] = OrderedDict()
        self._own: dict[str, OrderedDict[Line, str]] = {}

    def __len__(self) -> int:
        return len(self._all)

    def came(self, line: Line, address: str) -> None:
        own = self._own.setdefault(address, OrderedDict())
        self._all[line] = own[line] = address
        if len(own) > self._of_one:
            _end_oldest(own)
        elif len(self._all) > (self._most or ceiling()):
            _end_oldest(self._all)

    def spoke(self, line: Line) -> None:
        """It asked something: it is the youngest again."""
        if (address := self._all.get(line)) is not None:
            self._all.move_to_end(line)
            self._own[address].move_to_end(line)

    def left(self, line: Line) -> None:
        """Closed, or a socket from now on, which has limits of its own."""
        address = self._all.pop(line, None)
        if address is not None:
            own = self._own[address]
            own.pop(line, None)
            if not own:
                del self._own[address]


def ceiling() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if soft == resource.RLIM_INFINITY else min(MOST, soft // 2)


def _end_oldest(lines: OrderedDict[Line, str]) -> None:
    oldest = next((line for line in lines if line.idle()), None)
    if oldest is not None:
        oldest.hang_up()
