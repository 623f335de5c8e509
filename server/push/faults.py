"""Bulkheads: a fault in making one thing stops nothing else, is logged once, and staff are told until it is mended.

One `Faults` per office. Used for everything that push makes: boards, announcements, voices, beats, reports of devices.
"""

from collections.abc import Callable, Iterator
from types import TracebackType

import structlog

from server.messages.boards import Worry

MOST = 64
"""The most faults that staff are told at the same time; further ones are only logged."""

_log = structlog.get_logger("aufruf.push")


class Faults:
    """What cannot be made in an office, by (kind, id). `changed()` is called when that list changes."""

    def __init__(self, office: str, changed: Callable[[], None]) -> None:
        self._office, self._changed = office, changed
        self._known: dict[tuple[str, str], Worry] = {}

    def __iter__(self) -> Iterator[Worry]:
        return iter(tuple(self._known.values()))

    def __bool__(self) -> bool:
        return bool(self._known)

    def bulkhead(self, kind: str, id: str) -> "Bulkhead":
        """An exception inside ends here and is noted; if there is none, a fault noted earlier is mended."""
        return Bulkhead(self, kind, id)

    def note(self, kind: str, id: str, fault: Exception) -> None:
        """This could not be made: staff are told, and it is logged, unless it is noted already."""
        if (kind, id) in self._known:
            return
        _log.error(
            "something could not be made",
            office=self._office,
            kind=kind,
            id=id,
            fault=type(fault).__name__,
            exc_info=fault,
        )
        if len(self._known) < MOST:
            self._known[kind, id] = Worry(code="not_made", detail=f"{kind} {id}".strip())
            self._changed()

    def mended(self, kind: str, id: str) -> None:
        """It can be made again, or nobody needs it any more."""
        if self._known and self._known.pop((kind, id), None) is not None:
            _log.info("it can be made again", office=self._office, kind=kind, id=id)
            self._changed()


class Bulkhead:
    """Written out, because there are several for every board: the one that `contextlib` makes takes three times as long."""

    __slots__ = ("_faults", "_id", "_kind")

    def __init__(self, faults: Faults, kind: str, id: str) -> None:
        self._faults, self._kind, self._id = faults, kind, id

    def __enter__(self) -> None:
        return

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if fault is None:
            self._faults.mended(self._kind, self._id)
        elif isinstance(fault, Exception):
            self._faults.note(self._kind, self._id, fault)
            return True
        return False
