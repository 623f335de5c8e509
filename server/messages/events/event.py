"""The fields of every event, and the newest version of their meaning. `server.messages.events` has all events."""

from server.messages.terms import Millis
from server.messages.value import Value, snake

VERSION = 2
"""The newest version of any event that this release can fold. A reader stops at a higher one (rule 7)."""


class Event(Value, kw_only=True, omit_defaults=True, tag_field="type", tag=snake, gc=False):
    """What every event says: when, by whom, by which press."""

    v: int
    at: Millis
    by: str
    key: str = ""
    who: str = ""
    digest: str = ""


class OfTicket(Event):
    """About one ticket."""

    ticket: str
    number: str
