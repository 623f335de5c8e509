"""The question of `POST rule-trial`, and its answer: what a standing rule would have changed on the last day, before it is on."""

from msgspec import field

from server.messages.commands import RuleText
from server.messages.value import Value


class RuleTrial(RuleText, forbid_unknown_fields=True):
    """A rule as `set_rule` writes it."""


class Both(Value):
    """Minutes, without the rule and with it."""

    without: float
    with_: float = field(name="with")


class Acted(Value):
    """The rule would have helped from and until then (instants)."""

    from_: str = field(name="from")
    until: str


class TrialFound(Value):
    """`day`: the day that was tried; `people`: how many came on it.

    `longest`: the longest wait of all; `service`, `others`: the mean wait of those who came for the rule's service, and of the
    others; null with fewer than five people.
    """

    day: str
    people: int
    longest: Both
    service: Both | None
    others: Both | None
    acts: tuple[Acted, ...]
