"""A ticket of an office as a picture file, without a printer: `aufruf ticket preview`."""

from datetime import UTC, datetime
from pathlib import Path

from config.loader import load, read
from config.named_file import may_be_written
from config.own_files import ticket_logo
from server.messages.office import Office
from server.messages.short_code import short_code
from ticket_printer.picture import picture
from ticket_printer.sheet import SHEETS
from ticket_printer.ticket import Expected, PaperOffice, PaperTicket


def preview(
    office_file: Path, out: Path, *, language: str | None = None, width_mm: int = 80, large: bool = False
) -> Path:
    """Writes a sample ticket of the office as PNG and returns its path.

    Raises OfficeFileError for a faulty file, LookupError for a language that the office does not have or a width without a
    sheet, MissingGlyph for a text that cannot be printed.
    """
    reading = read(office_file)
    office = load(office_file)
    if language is not None and language not in office.languages:
        raise LookupError(f"--language: {office.name} has no {language}; it has {', '.join(office.languages)}")
    if width_mm not in SHEETS:
        raise LookupError(
            f"--width: there is no paper of {width_mm} mm; there is {', '.join(map(str, sorted(SHEETS)))}"
        )
    if out.resolve() == office_file.resolve():
        raise LookupError(f"--out: {out} is the file of --office too")
    may_be_written(out)
    own = reading.own.get("theme.ticket_logo")
    logo = ticket_logo(own).picture if own is not None else b""
    sample = sample_ticket(office, language or office.languages[0], datetime.now(UTC), logo or None)
    drawn = picture(sample, width_mm, large=large)
    out.parent.mkdir(parents=True, exist_ok=True)
    drawn.save(out, format="PNG")
    return out


def sample_ticket(office: Office, language: str, at: datetime, logo: bytes | None = None) -> PaperTicket:
    """A ticket with everything on it, for the office's first service."""
    service, secret = office.services[0], f"{office.id}.sample.{'0' * 16}"
    return PaperTicket(
        number=f"{service.letter}{service.first + 16:03}",
        services=[service.names],
        office=PaperOffice(office.name),
        language=language,
        languages=office.languages,
        issued_at=at,
        time_zone=office.time_zone,
        ahead=3,
        expected=Expected(20, 25, 30),
        code=short_code(secret),
        url=f"https://warten.example/t/{secret}",
        pictograms=[service.pictogram],
        papers={name: list(papers) for name, papers in service.papers.items()},
        text=office.ticket or None,
        logo=logo,
    )
