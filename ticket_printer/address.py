"""Turns a printer's address in the office file into a transport: tcp://host:9100 or file:folder. Called by the agent."""

from pathlib import Path
from urllib.parse import urlsplit

from server.messages.addresses import folder_of
from ticket_printer.folder_printer import FolderPrinter
from ticket_printer.network_printer import NetworkPrinter
from ticket_printer.transport import Transport

RAW_PORT = 9100


def printer_at(address: str, *, one_way: bool = False, base: Path | None = None, office: str = "") -> Transport:
    """The transport for an address; a relative folder is inside `base`. `office`: the office of the tickets.

    ValueError says what is wrong with the address.
    """
    parts = urlsplit(address)
    if (
        parts.scheme == "tcp"
        and parts.hostname
        and parts.port != 0
        and not (parts.path.removeprefix("/") or parts.query or parts.fragment)
    ):
        return NetworkPrinter(parts.hostname, parts.port or RAW_PORT, one_way=one_way)
    if (folder := folder_of(address)) is not None:
        return FolderPrinter((base or Path()) / folder, office)
    raise ValueError(f"{address!r} is no printer address: tcp://host:9100 or file:folder is needed")
