"""`aufruf check`: every fault and warning of some office files as plain lines. Called by the command line."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TextIO

from config.findings import Findings
from config.loader import Reading, read
from config.set_on_pages import explained, unfit
from config.values import short
from server.messages.laid import Laid
from server.messages.office import Office

Trial = Callable[[Office], Iterable[tuple[str, str]]]
"""Tries what the running office will do with a file; gives (path in the file, reason) for each warning."""
OnPages = Callable[[Office], Laid]
"""What administrators have set on pages, laid over the office of a file."""


def nothing_set(office: Office) -> Laid:
    return Laid(office, ())


def run(
    files: Sequence[Path],
    explain: bool,
    out: TextIO,
    trial: Trial = lambda office: (),
    pages: OnPages = nothing_set,
) -> int:
    """Writes lines `file: table.key: reason`; warnings begin with "warning: ". Returns 1 if a file has a fault, else 0."""
    readings = [read(file) for file in files]
    for reading in readings:
        _tell(reading, explain, out, trial, pages)
    twice = _same_office(readings)
    for line in twice:
        out.write(f"{line}\n")
    return 1 if twice or any(reading.faults for reading in readings) else 0


def _tell(reading: Reading, explain: bool, out: TextIO, trial: Trial, pages: OnPages) -> None:
    set_on = (
        Laid(Office(id="", name="", services=(), counters=()), ()) if reading.office is None else pages(reading.office)
    )
    if explain:
        out.writelines(f"{line}\n" for line in explained(reading.sources, set_on))
    out.writelines(f"{fault}\n" for fault in reading.faults)
    out.writelines(f"warning: {warning}\n" for warning in reading.warnings)
    if reading.office is not None:
        office = reading.office
        out.writelines(f"warning: {reading.file}: {line}\n" for line in unfit(office, set_on))
        out.writelines(f"warning: {warning}\n" for warning in _tried(reading, office, trial))
        name, services, counters = short(office.name, quotes=False), len(office.services), len(office.counters)
        out.write(f"{reading.file}: good: {name}, {services} services, {counters} counters\n")


def _tried(reading: Reading, office: Office, trial: Trial) -> Iterable[object]:
    findings = Findings(reading.file, places={source.key: source.place for source in reading.sources})
    for path, reason in trial(office):
        findings.warn(findings.place(path), path, reason)
    return findings.warnings


def _same_office(readings: list[Reading]) -> list[str]:
    """Two different files must not describe the same office: nobody could say which of them is valid."""
    first: dict[str, Path] = {}
    lines: list[str] = []
    for office, file in [(r.office.id, r.file) for r in readings if r.office is not None]:
        other = first.setdefault(office, file)
        if other.resolve() != file.resolve():
            lines.append(f"{file}: office.id: {office} is the office of {other} too")
    return lines
