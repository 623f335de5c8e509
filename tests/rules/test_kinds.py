"""A kind of printer and a voice are in several lists too: the wire, the office file's limits, what makes them, the page."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import get_args

import pytest

from audio.voices import installed
from config.advice import VOICES
from config.limits import ADDRESS
from config.printers import POLLING, SCHEMES
from server.messages.terms import PrinterKind
from server.web.routes.polling import CLOUDPRNT, DIRECT_PRINT
from tests.rules.test_tables import ROOT, complain, lacking
from tests.ticket_printer.test_transport import ENDS
from ticket_printer.address import printer_at

KINDS: set[str] = set(get_args(PrinterKind)) - {"browser", *POLLING}
"""`browser` is printed by the kiosk's page, and printers that ask for their tickets are answered by `routes/polling.py`."""
EXAMPLES = {
    "escpos": "tcp://printer.example:9100",
    "file": "file:tray",
    "serial": "serial:/dev/ttyS0?baud=38400&flow=xon",
    "usb": "usb:/dev/usb/lp0",
    "star": "star://printer.example:9100",
    "ipp": "ipps://printer.example/ipp/print",
}
"""An address of each kind."""
PAGE = "docs/office-file.md"
HOME = ROOT / "audio/voices"


def made(address: str) -> bool:
    try:
        printer_at(address, base=Path("/nowhere"))
    except ValueError:
        return False
    return True


def test_every_kind_of_printer_has_its_address_and_its_transport() -> None:
    beginnings = {kind for kind, address in EXAMPLES.items() if address.startswith(SCHEMES.get(kind, "?"))}
    fitting = {kind for kind, address in EXAMPLES.items() if ADDRESS.fits(address)}
    reached = {kind for kind, address in EXAMPLES.items() if made(address)}

    complain(
        *lacking(KINDS, EXAMPLES, "tests/rules/test_kinds.py: give an address of the kind {} in EXAMPLES"),
        *lacking(KINDS, SCHEMES, "config/printers.py: say in SCHEMES how an address of the kind {} begins"),
        *lacking(
            KINDS & SCHEMES.keys(), beginnings, "config/printers.py: the address of {} begins otherwise in SCHEMES"
        ),
        *lacking(EXAMPLES, fitting, "config/limits.py: ADDRESS does not take an address of the kind {}"),
        *lacking(EXAMPLES, reached, "ticket_printer/address.py: printer_at makes nothing of an address of the kind {}"),
        *lacking(KINDS, ENDS, "tests/ticket_printer/test_transport.py: hold {} to the contract (ENDS, any_printer)"),
    )


def test_every_printer_that_asks_for_its_tickets_is_answered_and_explained() -> None:
    page = (ROOT / PAGE).read_text(encoding="utf-8")

    complain(
        *lacking(
            POLLING, {CLOUDPRNT, DIRECT_PRINT}, "server/web/routes/polling.py: nothing answers a printer of kind {}"
        ),
        *lacking(POLLING, re.findall(r"^- \*\*(\w+)\*\*", page, re.M), PAGE + ": say how {} is set up"),
    )


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_every_voice_is_known_wherever_voices_are_listed(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    page = (ROOT / PAGE).read_text(encoding="utf-8")
    section = page[page.index("## `voices`") :].partition("\n## ")[0]
    classes, named = _classes(), re.findall(r"\.(\w+Voice)\b", _text("installed.py"))

    complain(
        *lacking(classes, named, "audio/voices/installed.py: give {} a row in _KNOWN"),
        *lacking(
            installed.KNOWN,
            installed.default_order(),
            "audio/voices/installed.py: say in default_order when {} is asked",
        ),
        *lacking(installed.KNOWN, VOICES, "config/advice.py: name {} in VOICES"),
        *lacking(installed.KNOWN, re.findall(r"`(\w+)`", section), PAGE + ": name {} in the section voices"),
    )


def _classes() -> set[str]:
    """Every class that speaks."""
    return {
        name
        for file in sorted(HOME.glob("*.py"))
        for name in re.findall(r"^class (\w+Voice)\b", _text(file.name), re.M)
    }


def _text(name: str) -> str:
    return (HOME / name).read_text(encoding="utf-8")
