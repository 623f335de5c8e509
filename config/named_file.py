"""Files that somebody named, on the command line or in another file: opened without waiting, and only if they are files.

A pipe would be waited for until somebody writes into it, and a device such as /dev/zero never ends. Both are an OSError, as if
they could not be read; callers name the option and the reason (`strerror`) in one line. Called by verbs and the loader.
"""

import errno
import os
import stat
from pathlib import Path

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_OWN = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""Pipes that the shell gave to this process, as in `--token-file <(pass show aufruf)`: somebody writes into them."""


def kind(file: Path) -> str | None:
    """What stands there instead of a file, "a pipe"; None for a file. OSError if nothing can be seen there."""
    mode = file.stat().st_mode
    return next((said for is_one, said in _KINDS if is_one(mode)), None)


def checked(file: Path) -> None:
    """Raises OSError if it is no file that this user may read."""
    os.close(_opened(file))


def content(file: Path, most: int, *, piped: bool = False) -> bytes:
    """So many bytes of it at most. `piped`: a pipe of this process's own may be read too. Raises OSError."""
    with open(_opened(file, piped=piped), "rb") as opened:
        return opened.read(most)


def may_be_written(file: Path) -> None:
    """Raises OSError if something stands there that is no file, so that nothing is written into a pipe or onto a disk."""
    try:
        _refused(file)
    except FileNotFoundError:
        return


def may_be_folder(place: Path) -> None:
    """Raises OSError if something stands there that is no folder."""
    try:
        found = kind(place) or "a file"
    except FileNotFoundError:
        return
    if found != "a folder":
        raise OSError(errno.ENOTDIR, f"it is {found}, not a folder", str(place))


def _opened(file: Path, *, piped: bool = False) -> int:
    own = piped and str(file).startswith(_OWN) and kind(file) == "a pipe"
    if not own:
        _refused(file)
    # what became a pipe a moment ago is not waited for either
    return os.open(file, os.O_RDONLY | os.O_CLOEXEC | (0 if own else os.O_NONBLOCK))


def _refused(file: Path) -> None:
    found = kind(file)
    if found is not None:
        raise OSError(errno.EINVAL, f"it is {found}, not a file", str(file))
