"""The folder in the address of a printer of kind `file`: for the checks of office files, the agents, and deletion."""

from urllib.parse import unquote, urlsplit

LONGEST_NAME = 255
"""Bytes: no file system has longer names."""


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
