"""An office file → an Office, or a list of all its faults. The rest of the product reads office files only through this module.

Reads files and nothing else; called by wiring, `aufruf check`, agents and tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.advice import advise
from config.findings import Fault, Findings, Source
from config.own_files import look_at
from config.placed import placed
from config.references import check_references
from config.tables import read_office
from config.toml_tree import read_tree
from server.messages.office import Office


@dataclass(frozen=True)
class Reading:
    """The result of reading an office file. `office` is None exactly when there are faults; warnings stop nothing.

    `files`: the file and all files that it extends; a change in any of them may change the office. `own`: where the logo, the
    folders of pictures and the secrets of webhooks are on this machine, by their
    paths in the file ("theme.logo", "media.tips.folder").
    """

    file: Path
    office: Office | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    sources: tuple[Source, ...]
    files: tuple[Path, ...]
    own: Mapping[str, Path]


class OfficeFileError(Exception):
    """An office file that cannot be used. `faults`: all of them, in the order of the file."""

    def __init__(self, file: Path, faults: tuple[Fault, ...]) -> None:
        self.file = file
        self.faults = faults
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__("\n".join([f"{file} has {count}:", *(f"  {fault}" for fault in faults)]))


def read(file: Path) -> Reading:
    """Reads a file and the files that it extends. Raises nothing for bad content or for a missing file."""
    findings = Findings(file)
    tree = read_tree(file, findings)
    office = read_office(tree, findings) if tree else None
    own: Mapping[str, Path] = {}
    if office is not None:
        check_references(office, findings)
        advise(office, findings)
        office = placed(office, findings)
        own = look_at(office, findings)
    return Reading(
        file=file,
        office=None if findings.faults else office,
        faults=_in_order(findings.faults),
        warnings=_in_order(findings.warnings),
        sources=tuple(findings.sources),
        files=tuple(findings.files),
        own=own,
    )


def load(file: Path) -> Office:
    """The office of a file; OfficeFileError lists every fault."""
    reading = read(file)
    if reading.office is None:
        raise OfficeFileError(file, reading.faults)
    return reading.office


def explain(file: Path) -> list[Source]:
    """Every value in force and where it comes from: a line of a file, or the product's default."""
    return list(read(file).sources)


def _in_order(faults: list[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line or 0)))
