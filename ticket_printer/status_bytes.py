"""How an ESC/POS printer reports its state: real-time status (DLE EOT), and the answer after the data (GS r).

Pure; bit layouts from Epson's ESC/POS command reference. Called by `escpos`.
"""

from ticket_printer.transport import PrinterState

QUESTIONS = tuple(bytes((0x10, 0x04, n)) for n in (1, 2, 3, 4))
"""Real-time status 1 to 4: printer, offline cause, error cause, paper. Answered even while printing is stopped."""
CONFIRM = b"\x1dr\x01"
"""Asks for the paper sensor's status. The question is queued after the data, so an answer means that all data was processed."""

_XON, _XOFF = 0x11, 0x13


class Sifter:
    """Removes from a printer's answers what it sends unasked (flow control, Automatic Status Back)."""

    def __init__(self) -> None:
        self._skip = 0

    def feed(self, data: bytes) -> bytes:
        return bytes(byte for byte in data if self._is_answer(byte))

    def _is_answer(self, byte: int) -> bool:
        if self._skip and byte & 0x90 == 0:  # bytes 2 to 4 of Automatic Status Back
            self._skip -= 1
            return False
        self._skip = 0
        if byte & 0x93 == 0x10:  # its first byte
            self._skip = 3
            return False
        return byte not in (_XON, _XOFF)


def is_status(byte: int) -> bool:
    """Whether a byte can be an answer to DLE EOT: bits 1 and 4 set, 0 and 7 clear."""
    return byte & 0x93 == 0x12


def is_confirmation(byte: int) -> bool:
    """Whether a byte can be an answer to GS r 1: bits 4 and 7 clear (0 and 1: paper low, 2 and 3: out)."""
    return byte & 0x90 == 0


def state_of(answers: bytes) -> PrinterState:
    """The state that the four real-time answers mean together; a cause that a person can remove goes first."""
    printer, cause, error, paper = answers
    found: list[tuple[bool, PrinterState]] = [
        (bool(cause & 0x04), "cover_open"),
        (bool(paper & 0x60 or cause & 0x20), "paper_out"),
        (bool(error & 0x08), "cutter"),
        (bool(cause & 0x40 or error & 0x60), "error"),
        (bool(printer & 0x08), "offline"),
        (bool(paper & 0x0C), "paper_low"),
    ]
    return next((state for is_so, state in found if is_so), "ok")
