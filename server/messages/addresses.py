"""Files and folders that an office file names: the trays of printers of kind `file`, and sounds of the office's own."""

from urllib.parse import unquote, urlsplit

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
