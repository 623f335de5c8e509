"""The language of most receipt printers, ESC/POS: what is asked and answered in a conversation. Used by `receipt_printer`.

The bytes of a ticket are in `bytes`, the meaning of the answers in `status_bytes`.
"""

from PIL import Image

from ticket_printer.bytes import escpos_bytes, slim_bytes
from ticket_printer.status_bytes import CONFIRM, QUESTIONS, Sifter, is_confirmation, is_status, state_of
from ticket_printer.transport import PrinterState
from ticket_printer.wires import Broken, Wire


class EscPos:
    """A `Dialect`."""

    def __init__(self) -> None:
        self._sifter = Sifter()

    def data(self, image: Image.Image) -> bytes:
        return escpos_bytes(image)

    async def status(self, wire: Wire) -> PrinterState:
        answers = bytearray()
        for question in QUESTIONS:
            await wire.send(question)
            answers.append(await self._answer(wire))
        return state_of(bytes(answers))

    async def _answer(self, wire: Wire) -> int:
        while True:
            for byte in self._sifter.feed(await wire.receive()):
                if is_status(byte):
                    return byte
                raise Broken("no_answer")

    async def begin(self, wire: Wire) -> None:
        """Nothing: the question after the data is enough."""

    async def confirm(self, wire: Wire) -> None:
        await wire.send(CONFIRM)
        while not any(map(is_confirmation, self._sifter.feed(await wire.receive()))):
            pass  # late answers to earlier questions are skipped


class SlimEscPos(EscPos):
    """The same for a slow serial line: what is white is not sent."""

    def data(self, image: Image.Image) -> bytes:
        return slim_bytes(image)
