"""How an office calls: in which order, what a call looks and sounds like, and when it ends."""

from typing import Literal

from server.messages.office.table import Table


class Preset(Table):
    """An order of call: ageing (a factor, at least 1, so that nobody waits for ever) and credit (minutes), each for walk_in,
    priority, appointment."""

    ageing: tuple[int, int, int]
    credit: tuple[int, int, int]


class Policy(Table):
    """How this office calls. `close_intake`: "auto" closes a service to new tickets once they would not be reached today.

    `arrival_after`: seconds after a call when an `assumed` arrival counts as an arrival.

    `away_most_minutes`: the sum of all pauses that a citizen may take for one ticket. `way_back`: seconds a citizen needs to
    come back into the room.
    """

    preset: str = "balanced"
    arrival: Literal["pressed", "assumed"] = "pressed"
    arrival_after: int = 60
    picking: bool = True
    language_within: int = 300
    appointment_before: int = 300
    appointment_early: int = 1200
    appointment_late: int = 600
    no_show_after: int = 1800
    away_minutes: int = 20
    away_most_minutes: int = 120
    way_back: int = 300
    close_intake: Literal["by_hand", "auto"] = "by_hand"
    presets: dict[str, Preset] = {}


class Calls(Table):
    """How a call looks, sounds and ends. `recall_limit`: repeats after the first miss; `recall_pause`: seconds in between.

    `repeat_after`: seconds after which a call that nobody has answered is spoken once more; 0: never.
    """

    recall_limit: int = 1
    recall_pause: int = 300
    fresh: int = 15
    stay_after_start: int = 20
    withdrawn: int = 15
    missed_shown: int = 300
    grace: int = 900
    hide_after: int = 120
    repeat_after: int = 0
