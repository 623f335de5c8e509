"""Bulkheads: what cannot be made costs itself alone, is logged once, and staff are told until it can be made again.

One `Faults` per office. Used by everything that push makes: boards, announcements, voices, beats, the word of devices.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from server.messages.boards import Worry

MOST = 64
"""Faults that are told at once; one more is logged only."""

_log = structlog.get_logger("aufruf.push")


class Faults:
    """What could not be made in an office, by (kind, id). `changed()`: what staff are told is another."""

    def __init__(self, office: str, changed: Callable[[], None]) -> None:
        self._office, self._changed = office, changed
        self._known: dict[tuple[str, str], Worry] = {}

    def __iter__(self) -> Iterator[Worry]:
        return iter(tuple(self._known.values()))

    def __bool__(self) -> bool:
        return bool(self._known)

    @contextmanager
    def bulkhead(self, kind: str, id: str) -> Iterator[None]:
        """Whatever is raised within ends here; what goes well within is mended."""
        try:
            yield
        except Exception as fault:
            self.note(kind, id, fault)
        else:
            self.mended(kind, id)

    def note(self, kind: str, id: str, fault: Exception) -> None:
        """This could not be made: told, and logged when it was not told already."""
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
        """It can be made, or nobody asks for it any more."""
        if self._known and self._known.pop((kind, id), None) is not None:
            _log.info("it can be made again", office=self._office, kind=kind, id=id)
            self._changed()
