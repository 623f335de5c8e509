"""Turns a printer's address in the office file into a transport. Called by the agent.

tcp://host:9100 and star://host:9100 are on the network, serial:/dev/ttyS0 and usb:/dev/usb/lp0 at this machine, file:folder is
no printer. How they are written is in `server.messages.addresses`.
"""

from pathlib import Path
from urllib.parse import urlsplit

from server.messages.addresses import device_of, folder_of, ipp_of
from ticket_printer.escpos import EscPos, SlimEscPos
from ticket_printer.folder_printer import FolderPrinter
from ticket_printer.receipt_printer import ReceiptPrinter
from ticket_printer.star_line import StarLine
from ticket_printer.transport import Transport
from ticket_printer.wires import Device, TcpPort

RAW_PORT = 9100
NEEDED = (
    "tcp://host:9100, star://host:9100, ipp://host/ipp/print, serial:/dev/ttyS0, usb:/dev/usb/lp0 or file:folder"
    " is needed"
)


def printer_at(address: str, *, one_way: bool = False, base: Path | None = None, office: str = "") -> Transport:
    """The transport for an address; a relative folder is inside `base`. `office`: the office of the tickets.

    ValueError says what is wrong with the address.
    """
    if (place := _on_network(address)) is not None:
        language = StarLine if address.startswith("star:") else EscPos
        return ReceiptPrinter(place, language, one_way=one_way)
    if (device := device_of(address)) is not None:
        wire = Device(device.path, device.baud, device.flow)
        return ReceiptPrinter(wire, SlimEscPos if device.baud else EscPos, one_way=one_way)
    if (queue := ipp_of(address)) is not None:
        from ticket_printer.ipp_printer import IppPrinter

        return IppPrinter(queue)
    if (folder := folder_of(address)) is not None:
        return FolderPrinter((base or Path()) / folder, office)
    raise ValueError(f"{address!r} is no printer address: {NEEDED}")


def _on_network(address: str) -> TcpPort | None:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    more = parts.path.removeprefix("/") or parts.query or parts.fragment
    if parts.scheme not in ("tcp", "star") or not parts.hostname or port == 0 or more:
        return None
    return TcpPort(parts.hostname, port or RAW_PORT)
