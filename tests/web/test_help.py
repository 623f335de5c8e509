"""The help under `/help`: complete in both languages of staff, found by its search, with links that lead somewhere."""

import re
import tomllib
from pathlib import Path

import pytest

from config.words import Words, staff_languages
from server.web.help.reading import ReadPage, read, slug
from server.web.help.search import MOST_FOUND, MOST_LETTERS, search
from server.web.help.shelf import INDEX, SECTIONS, Sheet, address, docs, every, sections
from tests.web.conftest import House

BROWSER = {"Accept": "text/html"}
ROOT = Path(__file__).parents[2]
LANGUAGES = staff_languages()
SHEETS = [(language, sheet) for language in LANGUAGES for sheet in every(language)]
BY_PLACE = [f"{language}-{sheet.name}" for language, sheet in SHEETS]


def anchors(page: ReadPage) -> set[str]:
    return set(re.findall(r'<h\d id="([^"]+)"', page.html))


@pytest.mark.parametrize(("language", "sheet"), SHEETS, ids=BY_PLACE)
def test_no_link_is_dead(language: str, sheet: Sheet) -> None:
    """A link leads to an anchor on a page of the help, to a way of this server, or elsewhere. What is not part of the help
    is text, and a file of the project."""
    page, pages = read(sheet), {address(one): one for one in every(language)}
    for written, to in page.leads:
        if to is None:
            assert (sheet.file.parent / written.partition("#")[0]).exists(), f"{sheet.file}: {written}"
        elif to.startswith(("#", "/help")) and "/pictures/" not in to:
            path, _, anchor = to.partition("#")
            there = read(pages[path]) if path else page
            assert not anchor or anchor in anchors(there), f"{sheet.file}: {written}"
        else:
            assert to.startswith(("https://", "/api", "/help/pictures/")), f"{sheet.file}: {written}"


@pytest.mark.parametrize(("language", "sheet"), SHEETS, ids=BY_PLACE)
def test_every_page_has_one_title_and_nothing_that_a_browser_may_not_take(language: str, sheet: Sheet) -> None:
    page = read(sheet)

    assert page.html.count("<h1 ") == 1
    assert re.findall(r"<script|<style|style=|\son\w+=|javascript:", page.html) == []
    assert all(re.search(r'alt="[^"]+"', picture) for picture in re.findall(r"<img[^>]*>", page.html))


@pytest.mark.parametrize(("language", "asked"), [("de", "Feiertage"), ("en", "public holidays")])
def test_who_asks_for_holidays_finds_the_state_of_the_office(language: str, asked: str) -> None:
    found = search(f"{asked} DE-BW", language)

    assert [one.language for one in found if one.address.startswith("/help/einrichten")] == [language]


@pytest.mark.parametrize("name", [INDEX, *SECTIONS])
def test_both_languages_say_the_same(name: str) -> None:
    """Chapter by chapter: as many headings, tables, rows and examples."""
    shapes = []
    for language in LANGUAGES:
        html = next(read(sheet) for sheet in sections(language) if sheet.name == name).html
        shapes.append({mark: html.count(mark) for mark in ("<h1", "<h2", "<table", "<tr", "<pre", "<ol", "<img")})

    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_page_opens(house: House, language: str) -> None:
    for sheet in every(language):
        answer = await house.client.get(f"{address(sheet)}?lang={language}", headers=BROWSER)
        assert answer.status_code == 200, sheet
        assert f'<html lang="{language}"' in answer.text
        assert read(sheet).html in answer.text
        assert f'<article lang="{sheet.language}">' in answer.text or sheet.language == language
        assert re.findall(r"<script[^>]*>", answer.text) == ['<script src="/static/scheme.js">']
        assert 'aria-current="page"' in answer.text


async def test_pictures_are_shown_and_nothing_else_is(house: House) -> None:
    shown = await house.client.get("/help/pictures/wall-1920x1080.png")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/png")
    for name in ("../../../pyproject.toml", "..%2F..%2Fpyproject.toml", "nothing.png", "de"):
        assert (await house.client.get(f"/help/pictures/{name}")).status_code == 404
        assert (await house.client.get(f"/help/{name}", headers=BROWSER)).status_code == 404


async def test_citizens_do_not_get_the_help(house: House) -> None:
    assert (await house.client.get(f"{house.citizens}/help", headers=BROWSER)).status_code == 404


async def test_the_first_page_leads_to_it(house: House) -> None:
    assert 'href="/help"' in (await house.client.get("/", headers=BROWSER)).text


async def test_the_search_answers_without_a_script(house: House) -> None:
    found = (await house.client.get("/help?find=papier&lang=de", headers=BROWSER)).text
    nothing = (await house.client.get("/help?find=xylophon&lang=de", headers=BROWSER)).text

    assert 'href="/help/stoerungen"' in found
    assert "<mark>Papier</mark>" in found
    assert "Nichts gefunden" in nothing
    quoted = (await house.client.get('/help?find="><b>&lang=de', headers=BROWSER)).text
    assert "<b>&" not in quoted
    assert 'value="&#34;&gt;&lt;b&gt;"' in quoted


@pytest.mark.parametrize(
    ("wanted", "language", "first"),
    [
        ("Sichern", "de", "/help/betreiben#sichern"),
        ("rückgängig", "de", "/help/am-schalter"),
        ("RUCKGANGIG", "de", "/help/am-schalter"),
        ("koppeln Kasten", "de", "/help/einrichten#geräte"),
        ("restore", "en", "/help/betreiben#back-up"),
        ("evacuation", "en", "/help/leitung"),
    ],
)
def test_a_chapter_comes_before_technical_pages(wanted: str, language: str, first: str) -> None:
    assert search(wanted, language)[0].address == first


def test_the_search_has_bounds() -> None:
    assert search("", "de") == search("  ?! ", "de") == []
    assert len(search("e", "de")) == MOST_FOUND
    assert search("sichern " * 50, "de")[0].address == "/help/betreiben#sichern"
    assert search("x" * MOST_LETTERS, "en") == search("x" * 10_000_000, "en") == []
    assert all(one.address.startswith("/help") for one in search("aufruf up", "en"))


def test_technical_terms_of_the_office_file_are_found() -> None:
    assert any(one.address.startswith("/help/office-file#") for one in search("hide_after", "de"))


def test_the_wheel_brings_all_of_it() -> None:
    packed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = packed["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    there = {source: place for source, place in included.items() if place == f"server/web/{source}"}
    files = {sheet.file for _, sheet in SHEETS} | set((docs() / "pictures").glob("*.png"))
    needed = {str(file.relative_to(ROOT)) for file in files}

    assert {one for one in needed if not any(one == place or one.startswith(f"{place}/") for place in there)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["am-schalter", "leitung"])
def test_a_button_is_called_as_on_the_screen(language: str, name: str) -> None:
    """What stands in bold in these chapters is a word of the pages."""
    text = (docs() / "help" / language / f"{name}.md").read_text(encoding="utf-8")
    words = (ROOT / "config/languages" / f"{language}.ftl").read_text(encoding="utf-8")
    known = set(re.findall(r"^[a-z][\w-]* = (.+)$", words, re.M))
    said = {one for one in re.findall(r"\*\*(.+?)\*\*", text) if not one.endswith("?") or one in known}

    assert len(said) > 10
    assert {one for one in said if one not in known} - {"Connection gone?"} == set()
    assert Words(language).text("help-title")


def test_anchors_are_those_of_github() -> None:
    assert slug("Setting up a screen: `/pair`") == "setting-up-a-screen-pair"
    assert slug("Ein ganzer Austausch in vier Pfeilen") == "ein-ganzer-austausch-in-vier-pfeilen"
