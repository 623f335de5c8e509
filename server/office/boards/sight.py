"""What a board may depend on besides the state and the time: who looks, reports of devices, voices, links."""

from collections.abc import Callable, Mapping
from typing import Any

from server.messages.actor import SYSTEM, Actor
from server.messages.boards import Alert, Curve, Door, Fairness, Speaker, Worry
from server.messages.instants import MINUTE
from server.messages.office import CounterPlan, StationPlan, Texts
from server.messages.value import Value
from server.messages.what_if import AdviceFound
from server.office.waits import Waits


class ToSay(Value):
    """What a voice is to say in these languages: that a number is called to a place; without a number, that this is a test.

    `step_free`: by the way without steps, if there is one; `brief`: number and place alone, as one of several calls; `own`: the
    office's own sentences.
    """

    number: str
    place: CounterPlan | StationPlan | None
    languages: tuple[str, ...]
    step_free: bool = False
    brief: bool = False
    own: Mapping[str, Texts] = {}


def _no_texts(saying: ToSay) -> dict[str, str]:
    return {}


def _spoken(language: str) -> bool:
    return True


def _none(*_: Any) -> None:
    return None


class Sight(Value):
    """Handed to every board, so that boards stay pure.

    `seen`: last report of each device by "kind:id". `texts`: the announcement of a call, by language. `voiced`: whether some
    voice speaks a language. `audio(texts, gong)`: the address of their sound, once it is rendered. `link`: the public address of
    a ticket; None without a public URL.
    `door`: the code at the door at an instant. `logo`: for the top of tickets, a PNG in base64.
    `notes`: colleagues' notes by ticket. `leases`: until when a zone's voice is taken, ms by zone.
    `version`: of this node.
    `clock_jump`: by how many ms the store's clock jumped, while the office does not follow it. `worries`: what the
    supervisor should know about this installation. `alerts`: those that stand, the worst first.
    `advice`: the move worth making now, or why there is none.
    `speakers`: which voice speaks which language.
    `waits`: the last forecast; None in an office without one. `curve`, `fairness`: for the supervisor's table.
    """

    actor: Actor = SYSTEM
    seen: Mapping[str, Mapping[str, Any]] = {}
    voiced: Callable[[str], bool] = _spoken
    texts: Callable[[ToSay], dict[str, str]] = _no_texts
    audio: Callable[[dict[str, str], str], str | None] = _none
    link: Callable[[str], str | None] = _none
    door: Callable[[int], Door | None] = _none
    logo: Callable[[], str | None] = _none
    notes: Mapping[str, str] = {}
    leases: Mapping[str, int] = {}
    version: str = ""
    clock_jump: int | None = None
    worries: tuple[Worry, ...] = ()
    alerts: tuple[Alert, ...] = ()
    advice: AdviceFound = AdviceFound()
    speakers: tuple[Speaker, ...] = ()
    waits: Waits | None = None
    curve: Curve | None = None
    fairness: Fairness | None = None


BLIND = Sight()
"""Knows nothing but the state. Enough for public boards."""
ONLINE_MS, LATE_MS = 15_000, MINUTE
"""Age of a device's last report in ms: up to the first it is online, up to the second late, then offline (a beat is 5 s)."""


def presence(report: Mapping[str, Any] | None, now: int) -> str:
    """unknown (never seen), online, late or offline."""
    if not report or "at" not in report:
        return "unknown"
    age = now - int(report["at"])
    if age < -LATE_MS:  # reported before the office's clock was set back: says nothing about now
        return "offline"
    return "online" if age <= ONLINE_MS else "late" if age <= LATE_MS else "offline"
