"""What a receiver of `[[webhooks]]` reads of an event, and one try to send it, signed as Standard Webhooks describes it.

Numbers, never people: what only the office itself needs is left out, more than on the event list for observers.
"""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, Literal

import httpx
from msgspec.json import encode

from server.clock import Clock
from server.letters.channel import NotTaken
from server.letters.webhook import signed
from server.messages.events import Event
from server.messages.instants import SECOND, rfc3339
from server.messages.office import Webhook
from server.messages.value import Value
from server.messages.wire import event_object

LIMIT_S = 10.0
KEPT_BACK = frozenset({"key", "code", "needs"})
"""The key of a press; the code that checks an appointment in; what a person needs, which may tell of an illness."""
IN_OUTLINE = frozenset({"office_configured", "day_opened", "day_carried"})
"""Events that hold all that an office is: of these only the outline is told."""
OUTLINE = frozenset({"office", "epoch", "seq", "mark", "type", "at", "by", "day"})

FaultKind = Literal["refused", "broken", "away"]


class HookFault(NotTaken):
    """`refused`: the receiver does not want this letter; `broken`: it answered that it failed; `away`: it takes none now."""

    def __init__(self, reason: str, kind: FaultKind) -> None:
        super().__init__(reason)
        self.kind = kind


class Posted(Value):
    """A letter ready to be sent: its id, the same at every try, and its body."""

    id: str
    body: bytes


def wants(hook: Webhook, event: Event) -> bool:
    return not hook.events or event.__struct_config__.tag in hook.events


def about(office: str, hook: str, epoch: str, seq: int, mark: str, event: Event) -> Posted:
    """`mark` is new with every batch of the log, so two histories never use the same id."""
    name = sha256("|".join((office, hook, str(seq), mark)).encode()).hexdigest()[:32]
    data = outside(event_object(event, office, epoch, seq, mark))
    return Posted(id=f"msg_{name}", body=encode({"type": data["type"], "timestamp": rfc3339(event.at), "data": data}))


def outside(event: dict[str, Any]) -> dict[str, Any]:
    """What of a public event leaves the office."""
    kind = event["type"]
    if kind in IN_OUTLINE:
        told = {name: value for name, value in event.items() if name in OUTLINE}
    else:
        told = _without(event)
        if kind == "appointment_booked":
            told.pop("reference", None)  # another system chose it, perhaps after a person
    by = told["by"]
    return told | {"by": "supervisor" if by.startswith("supervisor:") else by}


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without(item) for name, item in value.items() if name not in KEPT_BACK}
    return [_without(item) for item in value] if isinstance(value, list) else value


class HookSender:
    """Sends by HTTP. `secret(office, hook)`: asked each time, for its file may be changed; an OSError or ValueError says why
    there is none."""

    def __init__(self, secret: Callable[[str, str], bytes], clock: Clock) -> None:
        self._secret, self._clock = secret, clock

    async def send(self, office: str, hook: Webhook, letter: Posted) -> None:
        """Redirects are not followed, and no proxy of the environment is used."""
        try:
            secret = self._secret(office, hook.id)
        except (OSError, ValueError) as fault:
            raise HookFault(f"its secret cannot be used: {fault}", "away") from None
        headers = signed(secret, letter.id, self._clock.now_ms() // SECOND, letter.body)
        try:
            async with (
                httpx.AsyncClient(follow_redirects=False, trust_env=False, timeout=LIMIT_S) as client,
                client.stream("POST", hook.address, content=letter.body, headers=headers) as answer,
            ):
                good, code = answer.is_success, answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            raise HookFault(f"the address does not answer ({type(fault).__name__})", "away") from fault
        if not good:
            raise HookFault(f"the address answered {code}", _kind(code))


def _kind(code: int) -> FaultKind:
    if code in (408, 425, 429, 503):
        return "away"
    return "refused" if 400 <= code < 500 else "broken"
