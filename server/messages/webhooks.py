"""What other systems of an office get: how the receivers of `[[webhooks]]` stand, and the addresses of calendar feeds."""

from server.messages.office import Texts
from server.messages.value import Value


class DeadLetter(Value):
    """A letter that a receiver refused and that was laid aside. `seq`, `type`, `at`: of its event; `again`: it is about to be
    sent again."""

    id: str
    seq: int
    type: str
    at: str
    fault: str
    again: bool


class WebhookStand(Value):
    """`waiting`: entries of the log that the receiver was not told of yet. `fault`: why it did not take the last letter, `since`
    when; empty if it did. `dead`: the newest of the `dead_total` letters that were laid aside."""

    id: str
    waiting: int
    fault: str
    since: str | None
    dead_total: int
    dead: tuple[DeadLetter, ...]


class SentAgain(Value):
    """What `POST webhooks/<id>/again` answers: how many letters that were laid aside are sent again."""

    letters: int


class CalendarListed(Value):
    """`address`: whoever knows it reads the feed; a path, if the server does not know how it is reached."""

    id: str
    names: Texts
    address: str
