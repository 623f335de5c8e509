"""Which pages the help has, and where their text is: sections in each language of staff, technical pages, papers, pictures."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

WEB = Path(__file__).resolve().parents[1]
SECTIONS = ("ausprobieren", "einrichten", "betreiben", "am-schalter", "leitung", "anschliessen", "stoerungen")
"""The chapters, in order. Each is `docs/help/<language>/<name>.md`; `index.md` is the first page."""
INDEX = "index"
TECHNICAL = (
    "office-file", "systemd", "proxies", "backup", "watching", "admin", "screens", "kiosk", "printing", "voice", "phone",
    "booking", "alerts", "mqtt", "conformance",
)  # fmt: skip
"""Pages of `docs/` for who installs and runs it, in English."""
PAPERS = ("README", "netz", "verarbeitung", "loeschen", "tom", "dienstvereinbarung")
"""Pages of `docs/betrieb/`, in German."""
PAPERS_OF = "papiere"
"""How the names of papers begin; the first page has no more than this."""


class Sheet(NamedTuple):
    """A page: its name in the address, its file, the language of its text."""

    name: str
    file: Path
    language: str


@cache
def docs() -> Path:
    """The folder `docs`: a wheel brings it along, a working copy has it where people read it."""
    packed = WEB / "docs"
    return packed if packed.is_dir() else WEB.parents[1] / "docs"


def sections(language: str) -> tuple[Sheet, ...]:
    """The chapters in this language, the first page before them."""
    folder = docs() / "help" / language
    return tuple(Sheet(name, folder / f"{name}.md", language) for name in (INDEX, *SECTIONS))


def technical() -> tuple[Sheet, ...]:
    return tuple(Sheet(name, docs() / f"{name}.md", "en") for name in TECHNICAL)


def papers() -> tuple[Sheet, ...]:
    named = {name: PAPERS_OF if name == "README" else f"{PAPERS_OF}-{name}" for name in PAPERS}
    return tuple(Sheet(named[name], docs() / "betrieb" / f"{name}.md", "de") for name in PAPERS)


def every(language: str) -> tuple[Sheet, ...]:
    """All pages that somebody reads in this language: the chapters, then what exists in one language only."""
    return (*sections(language), *technical(), *papers())


def address(sheet: Sheet) -> str:
    return "/help" if sheet.name == INDEX else f"/help/{sheet.name}"
