"""What is installed: the extra that a verb needs, and whether our package names are really ours. The command line asks first.

It uses only the standard library, because it must run if an extra is missing or another package has replaced one of ours.
"""

import base64
import hashlib
import importlib.util
import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOMS = (
    "server",
    "displays",
    "counter_client",
    "supervisor",
    "ticket_printer",
    "booking",
    "device_line",
    "aufruf_client",
    "mqtt_outbox",
    "audio",
    "config",
)
"""Our top-level packages. PyPI has packages of the same names: supervisor, config."""
NAME = "aufruf"


def lacks(extra: str) -> bool:
    """Whether a package of this extra is missing."""
    return any(_found(name) is None for name in _wanted(extra))


def mistaken() -> str | None:
    """Why one of our names is not ours: another package or file of that name is found first, or has overwritten ours."""
    root = Path(__file__).resolve().parent.parent
    recorded = _recorded()
    for room in ROOMS:
        spec = importlib.util.find_spec(room)
        place = _place(spec.origin, spec.submodule_search_locations) if spec is not None else None
        if place is None:
            return f"the package {room} of Aufruf is not there any more; install aufruf again, in an environment of its own"
        first = Path(f"{room}/__init__.py")
        if place.resolve() != root / room or _is_other(root / first, recorded.get(first.as_posix())):
            found = spec.origin if spec is not None and spec.origin else place
            return f"{room} is not Aufruf's but {found}; install aufruf in an environment of its own"
    return None


def _place(origin: str | None, locations: list[str] | None) -> Path | None:
    """The folder of a package, or the file of a module with its name."""
    if locations:
        return Path(next(iter(locations)))
    return Path(origin) if origin else None


def _is_other(file: Path, hash: str | None) -> bool:
    """Whether a file is not the one that was installed. Without a record it is a working copy, which may change."""
    if hash is None:
        return False
    kind, _, wanted = hash.partition("=")
    try:
        found = hashlib.new(kind, file.read_bytes()).digest()
    except OSError:
        return True
    return base64.urlsafe_b64encode(found).rstrip(b"=").decode() != wanted


def _recorded() -> dict[str, str]:
    """The hash of the first file of each package, as the wheel recorded it."""
    ours = _found(NAME)
    files = (ours.files or []) if ours is not None else []
    return {
        file.as_posix(): f"{file.hash.mode}={file.hash.value}"
        for file in files
        if file.name == "__init__.py" and len(file.parts) == 2 and file.parts[0] in ROOMS and file.hash is not None
    }


def _wanted(extra: str) -> list[str]:
    ours = _found(NAME)
    asked = (ours.requires or []) if ours is not None else []
    marked = re.compile(rf"""extra\s*==\s*['"]{re.escape(extra)}['"]""")
    return [re.split(r"[\s\[<>=!~;(]", one, maxsplit=1)[0] for one in asked if marked.search(one)]


def _found(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None
