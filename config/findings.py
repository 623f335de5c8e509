"""What is found while an office file is read: faults, warnings, and where each value came from.

Filled by every module of `config` that looks at a file; touches nothing.
"""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Origin:
    """A line of a file; without a file it is the product's own default."""

    file: Path | None = None
    line: int | None = None

    def __str__(self) -> str:
        if self.file is None:
            return "default"
        return f"{self.file}:{self.line}" if self.line else str(self.file)


DEFAULT = Origin()


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file. `table` is a table of the file or "", `key` the rest of the path (`ausweis.letter`)."""

    file: str
    table: str
    key: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        where = _path(self)
        line = f" (line {self.line})" if self.line else ""
        said = ": ".join(part for part in (self.file, where, self.reason) if part) + line
        return "".join(c if c.isprintable() else "?" for c in said)


@dataclass(frozen=True)
class Source:
    """Where one value of an office comes from: `key` is its whole path, `value` what holds."""

    key: str
    value: object
    place: Origin

    def __str__(self) -> str:
        return f"{self.key} = {self.value!r}  ({self.place})"


@dataclass
class Findings:
    """Collects while one office file is read. `damaged`: tables whose items could not all be read.

    `partial`: a file that this one extends could not be read, so what is absent is not called missing. `files`: every file on
    which the result depends, also missing ones.
    """

    file: Path
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    places: dict[str, Origin] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    files: list[Path] = field(default_factory=list)
    partial: bool = False

    def fault(self, place: Origin, path: str, reason: str) -> None:
        self.faults.append(self._made(place, path, reason))

    def warn(self, place: Origin, path: str, reason: str) -> None:
        self.warnings.append(self._made(place, path, reason))

    def source(self, path: str, value: object, place: Origin) -> None:
        self.places[path] = place
        self.sources.append(Source(path, value, place))

    def place(self, path: str) -> Origin:
        """Where the value at `path` was written, or the nearest table around it."""
        while path and path not in self.places:
            path = path.rpartition(".")[0]
        return self.places.get(path, Origin(self.file))

    def wrong(self) -> frozenset[str]:
        """The paths of all values found wrong so far."""
        return frozenset(_path(fault) for fault in self.faults)

    def _made(self, place: Origin, path: str, reason: str) -> Fault:
        table, _, key = path.partition(".")
        return Fault(str(place.file or self.file), table, key, reason, place.line)


def _path(fault: Fault) -> str:
    return ".".join(part for part in (fault.table, fault.key) if part)
