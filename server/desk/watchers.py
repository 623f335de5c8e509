"""The listeners of a desk: push, the historian, whoever waits for an entry. If one raises, the others are still called."""

from collections.abc import Callable, Sequence

import structlog

from server.desk.entry import Entry
from server.messages.frames import Alarm

Listener = Callable[[Sequence[Entry]], None]
AlarmListener = Callable[[Alarm], None]

_log = structlog.get_logger("aufruf.desk")


class Watchers:
    """`tell`: after a commit, or without entries when time or health changed. `alarm`: when an alarm is pressed. Synchronous."""

    def __init__(self, office: str) -> None:
        self._office = office
        self._listeners: list[Listener] = []
        self._alarm_listeners: list[AlarmListener] = []

    def watch(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def watch_alarm(self, listener: AlarmListener) -> Callable[[], None]:
        self._alarm_listeners.append(listener)
        return lambda: self._alarm_listeners.remove(listener)

    def tell(self, entries: Sequence[Entry]) -> None:
        for listener in list(self._listeners):
            try:
                listener(entries)
            except Exception:
                _log.exception("a listener raised", office=self._office)

    def alarm(self, alarm: Alarm) -> None:
        for listener in list(self._alarm_listeners):
            try:
                listener(alarm)
            except Exception:
                _log.exception("a listener of alarms raised", office=self._office)
