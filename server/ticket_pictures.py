"""Deletes, with the day, pictures of tickets that printers of kind `file` left in their folders. Called by `server.deletion`.

Only files that such a printer wrote are touched; other people may use the folder too. A folder is remembered when its printer is
gone or prints elsewhere: its last pictures go with the day as well.
"""

import contextlib
import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import json

from server.messages.addresses import folder_of
from server.messages.instants import MINUTE
from server.messages.office import Office

_OURS = re.compile(r"\.?(?P<office>[a-z0-9-]+-)?[0-9a-f]{16}[0-9]*\.(png|bin)(\.part)?")
"""`<office>-<job>.png` and `.bin`; older releases wrote no office; `.part` are files that a power cut left half written."""

LIST = Path("printers", "folders.json")
SKEW_MS = MINUTE
"""How far the clock of a file server may differ from ours."""


def present(office: Office) -> set[str]:
    """The folders into which an office's printers print now, as their addresses name them."""
    folders = (folder_of(printer.address) for printer in office.printers if printer.kind == "file")
    return {folder for folder in folders if folder is not None}


def remembered(office: str, printing: set[str], data: Path) -> set[str]:
    """The folders into which an office's printers print (`printing`) or ever printed, by a list in the data folder.

    The list grows here and is shortened by `dropped`; both are called in the event loop only, so that no two write it at once.
    """
    known = _known(data)
    before = set(known.get(office, ()))
    if printing - before:
        _keep(data, known | {office: sorted(before | printing)})
    return before | printing


def offices(data: Path) -> set[str]:
    """The offices whose pictures are, or once were, in a folder."""
    return set(_known(data))


def dropped(office: str, folders: set[str], data: Path) -> None:
    """These folders hold nothing of the office any more, and nobody prints into them."""
    known = _known(data)
    left = [folder for folder in known.get(office, ()) if folder not in folders]
    if len(left) < len(known.get(office, ())):
        _keep(data, {name: some for name, some in (known | {office: left}).items() if some})


def _known(data: Path) -> dict[str, list[str]]:
    try:
        return json.decode((data / LIST).read_bytes(), type=dict[str, list[str]])
    except (OSError, ValueError):  # none yet, or damaged: it is made again
        return {}


def _keep(data: Path, known: dict[str, list[str]]) -> None:
    file = data / LIST
    part = file.with_suffix(".part")
    with contextlib.suppress(OSError):  # a full disk: the next look tries again
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.write_bytes(json.encode(known))
        part.replace(file)


def forget(office: str, data: Path, folders: Iterable[str], before_ms: int, now_ms: int) -> set[str]:
    """Deletes files written before an instant, or after `now_ms`: those were written before the clock was set back.

    Returns the folders in which none of the office's is left. A file that cannot be deleted now is tried again at the next look,
    and a folder that cannot be read may be a network's.
    """
    emptied = set()
    for folder in folders:
        with contextlib.suppress(OSError):
            ours = [file for file in (data / folder).iterdir() if _of(office, file)]
            if not [file for file in ours if not _deleted(file, before_ms, now_ms)]:
                emptied.add(folder)
    return emptied


def _of(office: str, file: Path) -> bool:
    ours = _OURS.fullmatch(file.name)
    return ours is not None and ours["office"] in (None, f"{office}-")


def _deleted(file: Path, before_ms: int, now_ms: int) -> bool:
    with contextlib.suppress(OSError):
        if not before_ms <= file.stat().st_mtime_ns // 1_000_000 <= now_ms + SKEW_MS:
            file.unlink()
            return True
    return False
