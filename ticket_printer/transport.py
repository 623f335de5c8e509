"""The seam to a printer: what every way to paper promises, and the words for how it went.

Twins: `network_printer` (TCP 9100) and `folder_printer` (files); one contract suite runs over both. Called by the agent.
"""

from typing import Literal, Protocol

import msgspec
from PIL import Image

# Why there is no paper, or why nobody knows.
Reason = Literal[
    "paper_out",
    "cover_open",
    "cutter",
    "error",
    "offline",
    "refused",
    "no_answer",
    "died",
    "interrupted",
    "too_old",
    "no_address",
    "undrawable",
]
# How a printer is. `no_status`: it takes connections but is of the kind that never says how it is.
State = Literal["ok", "paper_low", "no_status"] | Reason
Printed = Literal["sent", "confirmed", "failed", "unknown"]


class Outcome(msgspec.Struct, frozen=True):
    """How one print went.

    confirmed: the printer has worked off every byte, one paper. sent: every byte is handed over to a printer that never
    answers. failed: not one byte of the ticket reached a printer, no paper. unknown: none or one paper.
    """

    state: Printed
    reason: Reason | None = None
    paper_low: bool = False


def trouble(state: State) -> Reason | None:
    """Why a printer in this state takes no ticket; null when it does."""
    return None if state == "ok" or state == "paper_low" or state == "no_status" else state


class Transport(Protocol):
    """One printer.

    Neither method raises, and each answers within the transport's own limits. One thing at a time: calls that overlap
    wait for each other. A call to `print` makes at most one paper, and nothing here ever prints again by itself.
    """

    async def status(self) -> State:
        """How the printer is now, asked afresh."""
        ...

    async def print(self, job: str, image: Image.Image) -> Outcome:
        """Puts the picture (mode "1") on paper once; `job` only names it."""
        ...
