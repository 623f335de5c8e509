"""From conditions to alerts: an alert begins when its condition has held for a while, and ends when it has not held for as long.

This keeps an alert from flickering when its condition comes and goes. Pure; owned by `watch`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from server.messages.boards import Alert
from server.messages.instants import SECOND
from server.messages.terms import AlertCode
from server.office.boards.alerts import Condition, rank

STEADY_S: Mapping[AlertCode, int] = {
    "durability": 0,
    "clock": 0,
    "visual_call": 0,
    "no_counter": 60,
    "printer": 30,
    "over_target": 120,
    "overbooked": 60,
    "mute": 30,
    "device": 30,
    "idle_counter": 120,
}
"""Seconds. Trouble with the store or its clock, and that somebody who cannot hear may miss the call, is told at once. Within
half a minute somebody changes the paper or loads a page again; within a minute a colleague sits down, or a plan that was
saved by mistake is mended. Two minutes, because a
forecast may cross a target and come back, and a clerk may write notes between two people."""


class Began(NamedTuple):
    """An alert that begins; `since`: when its condition became true, ms."""

    condition: Condition
    since: int


class Ended(NamedTuple):
    """An alert that ended; `until`: when its condition stopped being true, ms."""

    condition: Condition
    since: int
    until: int


BeganOrEnded = Began | Ended


@dataclass
class _Held:
    condition: Condition
    since: int
    gone_at: int | None = None
    stands: bool = False


class Standing:
    """The alerts of one office. `look` is told what is true now, and returns what began and what ended."""

    def __init__(self) -> None:
        self._held: dict[str, _Held] = {}

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the alerts that stand."""
        return frozenset(name for name, held in self._held.items() if held.stands)

    def alerts(self) -> tuple[Alert, ...]:
        """The alerts that stand, the worst first."""
        stand = (held.condition.alert(held.since) for held in self._held.values() if held.stands)
        return tuple(sorted(stand, key=rank))

    def began(self) -> list[Began]:
        """The alerts that stand, as if each of them began now."""
        return [Began(held.condition, held.since) for held in self._held.values() if held.stands]

    def resume(self, known: Iterable[Began]) -> None:
        """Takes over alerts that another node, or this one before it was restarted, told to somebody: they stand since then."""
        for condition, since in known:
            held = self._held.get(condition.id)
            fresh = held.condition if held is not None else condition
            self._held[condition.id] = _Held(fresh, since, stands=True)

    def look(self, found: Mapping[str, Condition], now: int) -> list[BeganOrEnded]:
        turns: list[BeganOrEnded] = []
        for name, condition in found.items():
            held = self._held.setdefault(name, _Held(condition, now))
            held.condition, held.gone_at = condition, None
            if not held.stands and now - held.since >= STEADY_S[condition.code] * SECOND:
                held.stands = True
                turns.append(Began(condition, held.since))
        for name in self._held.keys() - found.keys():
            held = self._held[name]
            if held.gone_at is None:
                held.gone_at = now
            if not held.stands:
                del self._held[name]
            elif now - held.gone_at >= STEADY_S[held.condition.code] * SECOND:
                turns.append(Ended(held.condition, held.since, held.gone_at))
                del self._held[name]
        return turns
