"""The certificate of a running node: new connections use a renewed file; one that cannot be read is ignored. Called by wiring.

A renewal replaces two files, one after the other: if they do not fit together yet, they are read again when one changes.
"""

import ssl
from pathlib import Path

import structlog

from server.option_checks import load_certificate

Stamp = tuple[tuple[int, int, int], ...]

_log = structlog.get_logger("aufruf.server")


def stamp(*files: Path) -> Stamp:
    """Something that changes when a file changes, or the link to it: a renewal may keep the length, and a copy the time."""
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
    """`fault`: why the present files cannot be used; None if they are in use."""

    def __init__(self, chain: Path, key: Path) -> None:
        self._chain, self._key = chain, key
        self._contexts: list[ssl.SSLContext] = []
        self._seen = stamp(chain, key)
        self.fault: str | None = None

    def serve(self, context: ssl.SSLContext) -> None:
        """Keeps a listener's context up to date from now on. Open connections keep the certificate they began with."""
        self._contexts.append(context)

    def look(self, *, again: bool = False) -> None:
        """Reads the files if they changed; with `again` in any case."""
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
