"""Presses as the metrics count them: by command and outcome. Nothing about who pressed. Noted by `pressing`."""

from collections import Counter

from server.histogram import Histogram
from server.messages.commands import Command


class PressTally:
    """`outcomes`: by (command, refusal's code); the code of a press that was done is empty. `seconds`: from the reading of a
    press to its answer, by "done" and "refused"."""

    def __init__(self) -> None:
        self.outcomes: Counter[tuple[str, str]] = Counter()
        self.seconds = {"done": Histogram(), "refused": Histogram()}

    def note(self, command: Command, code: str, seconds: float) -> None:
        self.outcomes[str(command.__struct_config__.tag), code] += 1
        self.seconds["refused" if code else "done"].note(seconds)
