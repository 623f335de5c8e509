"""Deletes, with the day, pictures of tickets that printers of kind `file` left in their folders. Called by `server.deletion`.

Only files that such a printer wrote are touched; other people may use the folder too.
"""

import contextlib
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from server.messages.instants import MINUTE
from server.messages.office import Office

_OURS = re.compile(r"\.?(?P<office>[a-z0-9-]+-)?[0-9a-f]{16}[0-9]*\.(png|bin)(\.part)?")
"""`<office>-<job>.png` and `.bin`; older releases wrote no office; `.part` are files that a power cut left half written."""


SKEW_MS = MINUTE
"""How far the clock of a file server may differ from ours."""


def folders(office: Office, data: Path) -> set[Path]:
    """The folders into which an office's printers print."""
    parts = [urlsplit(printer.address) for printer in office.printers if printer.kind == "file"]
    return {data / unquote(part.path) for part in parts if part.scheme == "file" and part.path}


def forget(office: Office, data: Path, before_ms: int, now_ms: int) -> int:
    """Deletes files written before an instant, or after `now_ms`: those were written before the clock was set back.

    Returns how many were deleted; one that cannot be deleted now is tried again at the next look.
    """
    gone = 0
    for folder in folders(office, data):
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
