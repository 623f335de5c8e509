"""What must be right about a printer of the office file besides its single values. Called by `references`."""

from collections.abc import Iterator, Sequence

from server.messages.addresses import SPEEDS, device_of, folder_of
from server.messages.office import Printer

SCHEMES = {
    "escpos": "tcp://",
    "file": "file:",
    "serial": "serial:",
    "usb": "usb:",
    "star": "star://",
    "ipp": "ipp",
}
"""How the address of a printer begins, by its kind."""
POLLING = ("cloudprnt", "direct_print")
"""Printers that ask the server for their tickets: nobody needs their address."""


def faults(printer: Printer, others: Sequence[Printer]) -> Iterator[tuple[str, str]]:
    """(key, what is wrong with it)"""
    address, scheme = printer.address, SCHEMES.get(printer.kind, "")
    if scheme and not address.startswith(scheme):
        yield "address", f'must begin with {scheme} for kind = "{printer.kind}"'
    if printer.kind in POLLING and address:
        yield "address", f'must be left out: a printer of kind = "{printer.kind}" asks the server itself'
    if printer.kind == "browser" and address:
        yield "address", 'must be left out: kind = "browser" is the printer of the kiosk\'s own browser'
    if address.startswith(("serial:", "usb:")) and device_of(address) is None:
        speeds = ", ".join(map(str, SPEEDS))
        yield "address", f"names no device; say usb:/dev/usb/lp0 or serial:/dev/ttyS0?baud=19200 ({speeds})"
    if address.startswith("file:") and folder_of(address) is None:
        yield "address", "names no folder that could exist; say file:tickets"
    spare = next((one for one in others if one.id == printer.spare), None)
    if printer.spare == printer.id or (spare is not None and spare.spare not in (None, printer.id)):
        yield "spare", "must be another printer, and one without a third one as its own spare"
