"""What a supervisor has at hand, or an office without one does by itself: helpers, situations, standing rules."""

from server.messages.office.table import Table, Texts

MOST_RULES = 20
"""The most standing rules of one office, those of its file and those that supervisors wrote together."""


class Helper(Table):
    """Somebody who may be called in, by function, never by a person's name. Without `counters` and `services` they help anywhere.

    `begins`, `ends`: when they can be called, by the office's clock.
    """

    id: str
    names: Texts
    counters: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    begins: str = "00:00"
    ends: str = "24:00"


class Situation(Table):
    """What is done with two presses if something happens to the whole office: no new tickets for `services` (all, if none is
    named), with a `reason`, and words on the screens. `speak`: the words of the displays are read out once."""

    id: str
    names: Texts
    reason: str
    services: tuple[str, ...] = ()
    displays: Texts = {}
    phones: Texts = {}
    counters: Texts = {}
    speak: bool = False


class Rule(Table):
    """What an office does without a supervisor: once the wait for `service` is over `over_minutes`, `counters` also serve `take`
    (that service, if none is named), until it is under `under_minutes`."""

    id: str
    service: str
    over_minutes: int
    under_minutes: int
    counters: tuple[str, ...]
    take: tuple[str, ...] = ()
    on: bool = False
