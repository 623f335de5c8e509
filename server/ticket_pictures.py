"""Deletes, with the day, pictures of tickets that printers of kind `file` left in their folders. Called by `server.deletion`.

Only files that such a printer wrote are touched; other people may use the folder too. A folder is remembered when its printer is
gone or prints elsewhere: its last pictures go with the day as well.
"""

import contextlib
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from msgspec import json

from server.messages.instants import MINUTE
from server.messages.office import Office

_OURS = re.compile(r"\.?(?P<office>[a-z0-9-]+-)?[0-9a-f]{16}[0-9]*\.(png|bin)(\.part)?")
"""`<office>-<job>.png` and `.bin`; older releases wrote no office; `.part` are files that a power cut left half written."""


SKEW_MS = MINUTE
"""How far the clock of a file server may differ from ours."""


def present(office: Office) -> set[str]:
    """The folders into which an office's printers print now, as their addresses name them."""
    parts = [urlsplit(printer.address) for printer in office.printers if printer.kind == "file"]
    return {unquote(part.path) for part in parts if part.scheme == "file" and part.path}


def remembered(office: Office, data: Path) -> set[Path]:
    """The folders into which an office's printers print or ever printed, by a list in the data folder, which grows here.

    Called in the event loop only, so that no two write the list at once.
    """
    file = data / "printers" / "folders.json"
    try:
        known = json.decode(file.read_bytes(), type=dict[str, list[str]])
    except (OSError, ValueError):  # none yet, or damaged: it grows anew
        known = {}
    found = present(office) | set(known.get(office.id, ()))
    if len(found) > len(known.get(office.id, ())):
        part = file.with_suffix(".part")
        with contextlib.suppress(OSError):  # a full disk: the next look tries again
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            part.write_bytes(json.encode(known | {office.id: sorted(found)}))
            part.replace(file)
    return {data / folder for folder in found}


def forget(office: Office, folders: Iterable[Path], before_ms: int, now_ms: int) -> int:
    """Deletes files written before an instant, or after `now_ms`: those were written before the clock was set back.

    Returns how many were deleted; one that cannot be deleted now is tried again at the next look.
    """
    gone = 0
    for folder in folders:
        with contextlib.suppress(OSError):
            for file in folder.iterdir():
                ours = _OURS.fullmatch(file.name)
                if ours is None or ours["office"] not in (None, f"{office.id}-"):
                    continue
                with contextlib.suppress(OSError):
                    if not before_ms <= file.stat().st_mtime_ns // 1_000_000 <= now_ms + SKEW_MS:
                        file.unlink()
                        gone += 1
    return gone
