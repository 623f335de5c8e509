"""`aufruf check`: every fault and warning of some office files as plain lines. Called by the command line."""

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from config.loader import Reading, read


def run(files: Sequence[Path], explain: bool, out: TextIO) -> int:
    """Write `file: table.key: reason` lines; 1 if any file has a fault, else 0. Warnings begin with "warning: "."""
    readings = [read(file) for file in files]
    for reading in readings:
        _tell(reading, explain, out)
    twice = _same_office(readings)
    for line in twice:
        out.write(f"{line}\n")
    return 1 if twice or any(reading.faults for reading in readings) else 0


def _tell(reading: Reading, explain: bool, out: TextIO) -> None:
    if explain:
        out.writelines(f"{source}\n" for source in reading.sources)
    out.writelines(f"{fault}\n" for fault in reading.faults)
    out.writelines(f"warning: {warning}\n" for warning in reading.warnings)
    if reading.office is not None:
        office = reading.office
        out.write(
            f"{reading.file}: good: {office.name}, {len(office.services)} services, {len(office.counters)} counters\n"
        )


def _same_office(readings: list[Reading]) -> list[str]:
    """Two different files must not both be one office: the second would be an older or a newer truth of the first."""
    first: dict[str, Path] = {}
    lines: list[str] = []
    for office, file in [(r.office.id, r.file) for r in readings if r.office is not None]:
        other = first.setdefault(office, file)
        if other.resolve() != file.resolve():
            lines.append(f"{file}: office.id: {office} is the office of {other} too")
    return lines
