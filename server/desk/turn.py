"""One batch of commands, decided one after the other on a state that runs ahead of the log. Made and appended by the desk."""

import secrets
from collections.abc import Callable, Iterable, Sequence

import structlog

from server.desk.fold import Fold
from server.desk.pending import Pending
from server.messages.events import Event, encode
from server.messages.problems import Refusal
from server.office.decide import Press, decide

_log = structlog.get_logger("aufruf.desk")

Pressed = Callable[[Pending], Press]
"""Adds to a command what is known only when it is decided: time, entropy, who."""


class Turn:
    """`events` and their `bodies` go into the log under one `mark`. Each command's decision is noted in its `Asked`."""

    def __init__(self, fold: Fold, batch: Sequence[Pending]) -> None:
        self.batch = batch
        self.mark = secrets.token_urlsafe(9)
        self.events: list[Event] = []
        self.bodies: list[bytes] = []
        self._fold = fold

    def decide(self, pressed: Pressed) -> None:
        for asked in self.batch:
            if not self._settle(asked):
                self._decide(asked, pressed(asked))

    def _settle(self, asked: Pending) -> bool:
        """Whether its key is spent: then its answer is what the key did the first time."""
        keys = self._fold.trial().keys
        known = (keys.spent(principal, asked.key) for principal in asked.actor.principals if asked.key)
        spent = next((one for one in known if one is not None), None)
        if spent is None:
            return False
        same = asked.digest.startswith(spent.digest)
        asked.decided = spent if same else Refusal(code="key_reused", detail="this key was used for another command")
        return True

    def _decide(self, asked: Pending, press: Press) -> None:
        """If a rule raises, only this command fails; the others of the batch are applied again to a fresh trial state."""
        try:
            decided = decide(self._fold.trial(), asked.command, press)  # type: ignore[arg-type]
            if not isinstance(decided, Refusal):
                bodies = [encode(event) for event in decided]
                self._ahead(decided)
        except Exception:
            _log.exception("decide raised", command=type(asked.command).__name__)
            asked.decided = Refusal(code="fault", detail="this command could not be decided; nothing was changed")
            self._fold.discard()
            self._ahead(self.events)
            return
        asked.decided = decided
        if not isinstance(decided, Refusal):
            self.events += decided
            self.bodies += bodies
            asked.marks.add(self.mark)

    def _ahead(self, events: Iterable[Event]) -> None:
        for event in events:
            self._fold.ahead(event, self.mark)
