"""The interface of printers: what every transport promises, and the words for the outcome of a print.

Implemented by `receipt_printer` (network, serial, USB), `ipp_printer` (print queues) and `folder_printer` (files); one
contract suite tests all of them. Called by the agent.
"""

from typing import Literal, Protocol

import msgspec
from PIL import Image

from server.messages.terms import PrintOutcome

# Why nothing was printed, or why nobody knows whether it was.
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
    "untrusted",
]
# The state of a printer. `no_status`: it accepts connections, but this kind never reports its state.
PrinterState = Literal["ok", "paper_low", "no_status"] | Reason


class Outcome(msgspec.Struct, frozen=True):
    """The outcome of one print.

    confirmed: the printer has processed every byte: one ticket. sent: every byte was given to a printer that never answers.
    failed: no byte of the ticket reached a printer: no ticket. unknown: no ticket or one.
    """

    state: PrintOutcome
    reason: Reason | None = None
    paper_low: bool = False


def trouble(state: PrinterState) -> Reason | None:
    """Why a printer in this state cannot print; None if it can."""
    return None if state == "ok" or state == "paper_low" or state == "no_status" else state


class Transport(Protocol):
    """One printer.

    Neither method raises, and each returns within the transport's own limits. One thing at a time: calls that overlap
    wait for each other. A call of `print` prints at most one ticket, and nothing here ever repeats a print.
    """

    async def status(self) -> PrinterState:
        """The present state of the printer, asked now."""
        ...

    async def print(self, job: str, image: Image.Image) -> Outcome:
        """Prints the picture (mode "1") once; `job` is only its name."""
        ...
