"""The certificate of a running node: a renewed file is taken up by new connections, an unreadable one is not. Called by wiring.

Renewal replaces two files, one after the other: what does not fit together yet is looked at again when it changes.
"""

import ssl
from pathlib import Path

import structlog

from server.option_checks import load_certificate

Stamp = tuple[tuple[int, int, int], ...]

_log = structlog.get_logger("aufruf.server")


def stamp(*files: Path) -> Stamp:
    """What changes when a file does, or the link to it: a renewal may leave the length, a copy the time."""
    found = []
    for file in files:
        try:
            seen = file.stat()
        except (OSError, ValueError):
            found.append((0, 0, 0))
        else:
            found.append((seen.st_mtime_ns, seen.st_size, seen.st_ino))
    return tuple(found)


class Certificates:
    """`fault`: why the files as they are now could not be taken up; None while all is well."""

    def __init__(self, chain: Path, key: Path) -> None:
        self._chain, self._key = chain, key
        self._contexts: list[ssl.SSLContext] = []
        self._seen = stamp(chain, key)
        self.fault: str | None = None

    def serve(self, context: ssl.SSLContext) -> None:
        """A listener's context, kept up from now on. Lines that are open keep what they began with."""
        self._contexts.append(context)

    def look(self, *, again: bool = False) -> None:
        """Takes up what changed; `again`: whether it did or not."""
        now = stamp(self._chain, self._key)
        if now == self._seen and not again:
            return
        changed, self._seen = now != self._seen, now
        try:
            load_certificate(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), self._chain, self._key)
            for context in self._contexts:
                load_certificate(context, self._chain, self._key)
        except (OSError, ssl.SSLError) as fault:
            self.fault = f"{self._chain} with {self._key}: {fault}"
            _log.error("the renewed certificate cannot be used; the one before is served on", reason=self.fault)
            return
        self.fault = None
        if changed:
            _log.info("a renewed certificate is served to new connections", file=str(self._chain))
