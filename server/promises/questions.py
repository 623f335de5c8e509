"""The questions of a node to its second worker, and the answers, as MessagePack. It does not use NumPy: the node imports it too.

To add a question: a class here, its name in `AnyQuestion`, and its row in `ANSWERS` of `studies`.
"""

from msgspec import Struct

from server.forecast.model import Model
from server.messages.boards import Advice
from server.messages.boards.curve import Curve, Fairness
from server.messages.office import Rule
from server.messages.problems import Refusal
from server.messages.rule_trial import TrialFound
from server.messages.what_if import WhatIf, WhatIfFound


class Question(Struct, array_like=True, frozen=True, kw_only=True):
    """About an office after entry `seq` with this mark, at the instant `now`. `store`: the URL of the log. Without `model`
    nothing was learned yet."""

    store: str
    office: str
    seq: int
    mark: str
    now: int
    model: Model | None = None


class WhatIfQuestion(Question, tag="what_if", array_like=True, frozen=True, kw_only=True):
    """What these moves would change."""

    asked: WhatIf


class TableQuestion(Question, tag="table", array_like=True, frozen=True, kw_only=True):
    """Today's curve with the hours ahead, and the figures of fairness."""


class AdviceQuestion(Question, tag="advice", array_like=True, frozen=True, kw_only=True):
    """The one move worth making now."""


class EffectQuestion(Question, tag="effect", array_like=True, frozen=True, kw_only=True):
    """What became of the set of moves in this row of the shift book, up to the instant `until`."""

    key: str
    by: str
    at: int
    until: int


class TrialQuestion(Question, tag="trial", array_like=True, frozen=True, kw_only=True):
    """What this rule would have changed on the last day before today on which somebody was called. `day`: its entries, if the
    log no longer holds it; `first`: the number of the first of them."""

    rule: Rule
    first: int = 0
    day: tuple[bytes, ...] = ()


AnyQuestion = WhatIfQuestion | TableQuestion | AdviceQuestion | EffectQuestion | TrialQuestion


class WhatIfAnswer(Struct, array_like=True, frozen=True):
    """Either what was found, or a refusal."""

    found: WhatIfFound | None = None
    refusal: Refusal | None = None


class TableAnswer(Struct, array_like=True, frozen=True):
    """For the supervisor's table."""

    curve: Curve
    fairness: Fairness


class TrialAnswer(Struct, array_like=True, frozen=True):
    """Nothing found: the log, or what was handed over, has no such day."""

    found: TrialFound | None = None


class AdviceAnswer(Struct, array_like=True, frozen=True):
    """The state was that after entry `seq`. Without an advice, nothing that was `tried` helps, or if `short`, nobody waits long
    enough to look. `rests`: from when on counters that were just moved may be moved again (ms)."""

    seq: int
    advice: Advice | None = None
    short: bool = False
    tried: bool = True
    rests: int | None = None


class EffectAnswer(Struct, array_like=True, frozen=True):
    """Minutes by which the longest wait got shorter; None: there is nothing to compare it with."""

    minutes: float | None
