"""What a board may depend on besides the state and the time: who looks, what devices reported, voices, links."""

from collections.abc import Callable, Mapping
from typing import Any

from server.messages.actor import SYSTEM, Actor
from server.messages.boards import Worry
from server.messages.instants import MINUTE
from server.messages.office import CounterPlan, StationPlan
from server.messages.value import Value
from server.office.waits import Waits


def _no_texts(number: str, counter: CounterPlan | StationPlan | None, languages: tuple[str, ...]) -> dict[str, str]:
    return {}


def _none(_: Any) -> None:
    return None


class Sight(Value):
    """Handed to every board, so that boards stay pure.

    `seen`: last report of each device by "kind:id". `texts`: what is said of a call, by language. `audio`: the address of
    those texts spoken, once rendered. `link`: the public address of a ticket, or None without a public URL.
    `notes`: whether a ticket has a colleague's note. `leases`: until when somebody is a zone's voice, ms by zone.
    `clock_jump`: by how many ms the store's clock jumped, while that is not obeyed. `worries`: what is weak here.
    `waits`: what the last forecast said; None in a house without one.
    """

    actor: Actor = SYSTEM
    seen: Mapping[str, Mapping[str, Any]] = {}
    texts: Callable[[str, CounterPlan | StationPlan | None, tuple[str, ...]], dict[str, str]] = _no_texts
    audio: Callable[[dict[str, str]], str | None] = _none
    link: Callable[[str], str | None] = _none
    notes: Mapping[str, str] = {}
    leases: Mapping[str, int] = {}
    clock_jump: int | None = None
    worries: tuple[Worry, ...] = ()
    waits: Waits | None = None


BLIND = Sight()
"""Sees only the state: what public boards need."""
ONLINE_MS, LATE_MS = 15_000, MINUTE
"""Age of a device's last report in ms up to which it is online, then late, then offline (a beat is 5 s)."""


def presence(report: Mapping[str, Any] | None, now: int) -> str:
    """unknown (never seen), online, late or offline."""
    if not report or "at" not in report:
        return "unknown"
    age = now - int(report["at"])
    if age < -LATE_MS:  # it spoke under another time
        return "offline"
    return "online" if age <= ONLINE_MS else "late" if age <= LATE_MS else "offline"
