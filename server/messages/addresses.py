"""Places that an office file names: printers at a machine or in a queue, trays of kind `file`, sounds of the office's own."""

from typing import Literal, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

LONGEST_NAME = 255
"""Bytes: no file system has longer names."""


CHECKSUM = "#sha256="
"""Stands between the path of a voice file and the checksum of its content."""


def is_path(name: str) -> bool:
    """Whether a voice or a gong is a file or folder of the office's own, and not one of the product's by its name."""
    return "/" in name


def folder_of(address: str) -> str | None:
    """The folder that `file:folder` names; None if it names none that could exist."""
    try:
        parts = urlsplit(address)
    except ValueError:  # a bracket without its other half
        return None
    folder = unquote(parts.path)
    names = folder.encode().split(b"/")
    possible = parts.scheme == "file" and folder and "\0" not in folder and max(map(len, names)) <= LONGEST_NAME
    return folder if possible else None


SPEEDS = (9600, 19200, 38400, 57600, 115200)
"""The speeds of receipt printers on serial lines, in bits per second."""
IPP_PORT = 631


class DeviceAt(NamedTuple):
    """A device file. `baud`: of a serial line, which it is only with a speed; `flow`: what stops it."""

    path: str
    baud: int | None
    flow: Literal["rts", "xon", "none"]


def device_of(address: str) -> DeviceAt | None:
    """The device that `usb:/dev/usb/lp0` or `serial:/dev/ttyS0?baud=19200&flow=rts` names; None if it names none."""
    scheme, _, rest = address.partition(":")
    path, _, query = rest.partition("?")
    said = dict(parse_qsl(query, keep_blank_values=True))
    if scheme not in ("usb", "serial") or not path.startswith("/dev/") or "\0" in path or ".." in path.split("/"):
        return None
    if scheme == "usb":
        return None if query else DeviceAt(path, None, "none")
    baud, flow = said.pop("baud", "19200"), said.pop("flow", "rts")
    if said or baud not in map(str, SPEEDS) or flow not in ("rts", "xon", "none"):
        return None
    return DeviceAt(path, int(baud), "rts" if flow == "rts" else "xon" if flow == "xon" else "none")


def ipp_of(address: str) -> str | None:
    """The address of a print queue, ipp://host:631/ipp/print or ipps://, with its port; None if it is none."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("ipp", "ipps") or not parts.hostname or port == 0 or parts.username or parts.query:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}:{port or IPP_PORT}{parts.path or '/'}"
