"""A phone and a counter load the words of their own page, and no others."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from config.words import languages, source
from server.web.page_words import DRAFT, PAGES
from tests.web.conftest import House

ROOT = Path(__file__).parents[2]
KIT = ROOT / "server/web/static"
ASKS = {
    "phone": ["displays/phone.js"],
    "counter": ["counter_client/counter.js", "counter_client/desk.js", "counter_client/station.js"],
}
"""The scripts of each page that names the folder."""
_IMPORTED = re.compile(r"""(?:from|import)\s*\(?\s*["']([^"']+\.js)["']""")
_BEGUN = re.compile(r"`([a-z]+-[a-z-]*)\$\{")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BUTTONS = {"help-"}
"""How the names of buttons begin that sound like words."""
_WHOLE = re.compile(r"""["'`]([a-z]+-[a-z-]+)["'`]""")


def _parsed(text: str) -> list[ast.EntryType]:
    return FluentParser().parse(text).body


def _names(text: str) -> set[str]:
    return {entry.id.name for entry in _parsed(text) if isinstance(entry, ast.Message)}


def _file(name: str, at: Path) -> Path:
    if name.startswith("."):
        return (at.parent / name).resolve()
    room, _, rest = name.removeprefix("/static/").partition("/")
    pages = ROOT / room / "pages"
    return pages / rest if pages.is_dir() else KIT / name.removeprefix("/static/")


def _scripts(page: str) -> Iterator[tuple[str, str]]:
    """Name and text of every script that the page loads, by what each imports."""
    todo, seen = [_file(f"/static/{name}", ROOT) for name in ASKS[page]], set[Path]()
    while todo:
        file = todo.pop()
        if file in seen or file.parent.name == "vendor":
            continue
        seen.add(file)
        text = _COMMENT.sub("", file.read_text())
        yield file.name, text
        todo += [_file(name, file) for name in _IMPORTED.findall(text)]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", languages())
async def test_a_page_gets_its_words_and_no_others(house: House, page: str, language: str) -> None:
    """All words that it may ask for, in its own language where it has them, otherwise in the next one."""
    answer = await house.client.get(f"{house.citizens}/static/words/{page}/{language}.ftl")
    said = _names(answer.text)

    assert {name for name in _names(source("de")) if name.startswith(PAGES[page].words)} <= said
    assert not {name for name in said if not name.startswith(PAGES[page].all)}
    assert (DRAFT in said) == (language == "de-simple")
    assert not [entry for entry in _parsed(answer.text) if isinstance(entry, ast.Junk)]


@pytest.mark.parametrize("page", PAGES)
def test_what_the_scripts_of_a_page_say_is_among_its_words(page: str) -> None:
    """Also words whose name is put together: their beginning must be one of the page's."""
    known, needed = _names(source("de")), PAGES[page].all
    scripts = list(_scripts(page))
    asked = {(file, name) for file, text in scripts for name in _WHOLE.findall(text) if name in known}
    begun = {(file, name) for file, text in scripts for name in _BEGUN.findall(text) if name not in BUTTONS}
    begun = {(file, name) for file, name in begun if any(one.startswith(name) for one in known)}

    assert len(scripts) > 10
    assert len(asked) > 20
    assert {(file, name) for file, name in asked | begun if not name.startswith(needed)} == set()


@pytest.mark.parametrize("page", PAGES)
def test_words_of_a_page_lend_from_no_others(page: str) -> None:
    """A text that contains another one is of no use without it."""
    lent = {
        (entry.id.name, name)
        for language in languages()
        for entry in _parsed(source(language))
        if isinstance(entry, ast.Message) and entry.id.name.startswith(PAGES[page].all)
        for name in re.findall(r"\{ ([a-z]+-[a-z-]+) \}", source_of(source(language), entry))
    }

    assert {(by, name) for by, name in lent if not name.startswith(PAGES[page].all)} == set()


def source_of(text: str, entry: ast.Message) -> str:
    assert entry.span is not None
    return text[entry.span.start : entry.span.end]


def test_only_pages_that_are_listed_name_a_folder_of_words() -> None:
    """Their scripts are looked through above."""
    named = {
        (page, f"{file.parents[1].name}/{file.stem}.js")
        for file in ROOT.glob("*/pages/*.html")
        for page in re.findall(r'data-words="(\w+)/"', file.read_text())
    }

    assert named == {(page, name) for page, names in ASKS.items() for name in names}
