"""The pairing of a box whose printer is known by its address: the printer prints the code, for such a box often has no screen.

Touches the printer before the box has a token; afterwards the agent does. Called by the verb `device`.
"""

import asyncio
from collections.abc import Callable
from functools import partial

from PIL import Image

from config.words import Words, staff_languages
from device_line import pairing
from device_line.address import Address
from device_line.pairing import Paired
from server.messages.terms import PairedKind
from ticket_printer.page import Page
from ticket_printer.sheet import SHEETS
from ticket_printer.ticket import UNDETERMINED
from ticket_printer.transport import Transport
from ticket_printer.typesetting import fitted

PAPERS = 3
"""How many codes are printed, each good for ten minutes: a box that nobody pairs must not use its paper up."""


def code_paper(code: str, server: str) -> Image.Image:
    """As narrow as any printer takes. Mode "1"."""
    sheet = SHEETS[min(SHEETS)]
    page = Page(sheet, UNDETERMINED, rtl=False)
    page.centred(server, sheet.text, "strong")
    page.rule()
    page.ink(fitted(code, sheet.number, "number", UNDETERMINED, sheet.inner))
    for number, language in enumerate(staff_languages()):  # the box does not know its office yet
        if number:
            page.dashes()
        for name in ("pair-how", "pair-changes"):
            page.centred(Words(language).text(name), sheet.text, "text", language=language)
    return page.finished()


async def pair(
    printer: Transport, server: Address, show: Callable[[str], None], kinds: tuple[PairedKind, ...]
) -> Paired:
    """As `pairing.pair`, also on paper. What is being printed is printed to its end, or the agent would find half a paper."""
    codes: asyncio.Queue[str] = asyncio.Queue()

    def shown(code: str) -> None:
        show(code)
        codes.put_nowait(code)

    async def told() -> Paired:
        paired = await pairing.pair(server, shown, kinds=kinds)
        codes.put_nowait("")
        return paired

    paired, _ = await asyncio.gather(told(), _printed(printer, codes, server.url))
    return paired


async def _printed(printer: Transport, codes: "asyncio.Queue[str]", server: str) -> None:
    """The newest code each time; an empty one ends it."""
    for _ in range(PAPERS):
        code = await codes.get()
        while not codes.empty():
            code = codes.get_nowait()
        if not code:
            return
        half = len(code) // 2
        draw = partial(code_paper, f"{code[:half]} {code[half:]}", server)
        await printer.print("code", await asyncio.to_thread(draw))
