"""A command that waits at the desk, and the decision on it: bookkeeping of one press from submit to answer."""

import asyncio
import hashlib
from collections.abc import Sequence

from msgspec.json import Encoder

from server.desk.entry import Reply, unavailable
from server.messages.actor import Actor
from server.messages.commands import Command
from server.messages.events import Event
from server.messages.facts import Spent
from server.messages.problems import Refusal

_encode = Encoder(order="deterministic").encode


class Pending:
    """One press. `born`: monotonic seconds at arrival; `at`: when it was pressed by the store's clock, if the device knows that;
    `marks`: of every batch that carried it, to recognise its own events after an append whose answer was lost."""

    __slots__ = ("actor", "age_ms", "answer", "at", "born", "command", "decided", "digest", "key", "marks")

    def __init__(
        self, actor: Actor, command: Command, key: str, age_ms: int, born: float, at: int | None = None
    ) -> None:
        self.at = at
        self.actor, self.command, self.key, self.age_ms, self.born = actor, command, key, age_ms, born
        self.digest = digest(command)
        self.answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self.decided: Sequence[Event] | Refusal | Spent = ()
        self.marks: set[str] = set()

    def age(self, monotonic: float, now: int) -> int:
        """ms since the press: what the device measured, plus the wait in this process. With `at` also the time in which this
        machine slept, which neither of the two counts."""
        measured = self.age_ms + int((monotonic - self.born) * 1000)
        return measured if self.at is None else max(measured, now - self.at)

    @property
    def gone(self) -> bool:
        """Whether it is answered already or its caller left: then it is not decided any more."""
        return self.answer.done()

    def tell(self, outcome: Reply) -> None:
        if not self.answer.done():
            self.answer.set_result(outcome)

    def give_up(self) -> None:
        """Answers the caller, who has waited long enough."""
        self.tell(unavailable("the store does not answer; try again with the same key"))


def digest(command: Command) -> str:
    """The digest of the decoded command, so that white space and the order of fields make no difference."""
    return hashlib.sha256(_encode(command)).hexdigest()[:32]
