"""The logo and the folders of pictures that an office file names: what no wall can show, `check` says in one line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.loader import Reading
from config.own_files import LOGO_BYTES, folder_fault, logo_fault, shown

ReadText = Callable[[str], Reading]

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
DRAWN = SVG.format('<defs><path id="a" d="M0 0"/></defs><style>.b{fill:url(#c)}</style><use href="#a"/>')
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (300).to_bytes(4) + (80).to_bytes(4)
LOGOS: list[tuple[str, bytes, str | None]] = [
    ("a.svg", DRAWN.encode(), None),
    ("a.png", PNG, None),
    ("a.svg", SVG.format("<script>alert(1)</script>").encode(), "has an element script"),
    ("a.svg", SVG.format("<g onload='x()'/>").encode(), "has a handler onload"),
    ("a.svg", SVG.format("<image href='https://far.example/a.png'/>").encode(), "fetches https://far.example/a.png"),
    ("a.svg", SVG.format("<g style='fill:url( https://far.example/a)'/>").encode(), "fetches something in a style"),
    ("a.svg", SVG.format("<style>@import 'a.css'</style>").encode(), "fetches something in a style"),
    ("a.svg", SVG.format("<foreignObject/>").encode(), "has an element foreignObject"),
    ("a.svg", b"<?xml-stylesheet href='a.css'?>" + DRAWN.encode(), "has a processing instruction"),
    ("a.svg", b"<!DOCTYPE svg [<!ENTITY a 'aaa'>]>" + DRAWN.encode(), "has a document type"),
    ("a.svg", SVG.format("<script/>").encode("utf-16"), "has an element script"),
    ("a.svg", b"<html/>", "is no SVG picture"),
    ("a.svg", PNG, "is no SVG picture"),
    ("a.png", DRAWN.encode(), "is no PNG picture"),
    ("a.png", PNG[:16] + (9_000).to_bytes(4) + PNG[20:], "has a side of 9000 pixels"),
    ("a.png", PNG + b"\0" * LOGO_BYTES, "is over 200,000 bytes"),
]


RIGHT = "[[displays]]\nid = 'right'\nname = 'Rechts'\ncontinues = 'hall'\n"
TIPS = "[[media]]\nid = 'tips'\nfolder = 'tips'\n"
FAULTS = [
    ("[theme]\nlogo = 'logo.gif'\n", "theme.logo", "must be a file that ends in .svg or .png"),
    ("[theme]\nlogo_ground = 'white'\n", "theme.logo_ground", "must be a colour such as"),
    (f"{TIPS}displays = ['saal']\n", "media.tips.displays", "there is no saal in displays"),
    (f"{TIPS}seconds = 1\n", "media.tips.seconds", "must be from 3 to 600 seconds, is 1"),
    (RIGHT.replace("'hall'", "'saal'"), "displays.right.continues", "there is no saal in displays"),
    (RIGHT.replace("'hall'", "'right'"), "displays.right.continues", "must name the first of two screens"),
    (f"{RIGHT}zones = ['hall']\n", "displays.right.continues", "needs the same `zones` as hall: hall, upstairs"),
    (f"{RIGHT}{RIGHT.replace('right', 'third')}", "displays.third.continues", "hall is continued by right already"),
    (f"{RIGHT}counter = '1'\n", "displays.right.continues", "is for walls, not for a display over a counter"),
]


@pytest.mark.parametrize(("written", "where", "reason"), FAULTS)
def test_what_stands_on_walls_and_beside_each_other_is_checked(
    small: str, read_text: ReadText, written: str, where: str, reason: str
) -> None:
    """One clear line each."""
    reading = read_text(small.replace("[[printers]]", f"{written}[[printers]]"))

    assert reading.office is None
    assert [f"{fault.table}.{fault.key}" for fault in reading.faults] == [where]
    assert reason in reading.faults[0].reason
    assert reading.faults[0].line


@pytest.mark.parametrize(("name", "body", "reason"), LOGOS)
def test_a_logo_is_a_small_picture_and_nothing_else(tmp_path: Path, name: str, body: bytes, reason: str | None) -> None:
    file = tmp_path / name
    file.write_bytes(body)

    found = logo_fault(file)

    assert found is None if reason is None else found is not None and reason in found and "it is not shown" in found


def test_what_is_not_there_is_said_and_the_office_opens_without_it(small: str, read_text: ReadText) -> None:
    text = small.replace("[calls]", '[theme]\nlogo = "none.svg"\n\n[[media]]\nid = "tips"\nfolder = "tips"\n\n[calls]')

    reading = read_text(text)

    assert reading.office is not None
    said = {f"{warning.table}.{warning.key}": warning for warning in reading.warnings}
    assert set(said) == {"theme.logo", "media.tips.folder"}
    assert all("cannot be read: No such file or directory" in one.reason and one.line for one in said.values())
    assert {name: path.name for name, path in reading.own.items()} == {
        "theme.logo": "none.svg",
        "media.tips.folder": "tips",
    }


def test_names_are_relative_to_the_file_that_says_them(small: str, read_text: ReadText, tmp_path: Path) -> None:
    """The logo of a city lies beside the city's file."""
    city = tmp_path / "city"
    city.mkdir()
    (city / "city.toml").write_text('[theme]\nlogo = "logo.svg"\n', encoding="utf-8")
    (city / "logo.svg").write_text(DRAWN, encoding="utf-8")

    reading = read_text('extends = "city/city.toml"\n' + small)

    assert (reading.faults, reading.warnings) == ((), ())
    assert reading.own == {"theme.logo": city / "logo.svg"}


def test_a_folder_is_shown_in_the_order_of_its_names_and_what_is_left_out_is_named(tmp_path: Path) -> None:
    (tmp_path / "deep.png").mkdir()
    for name in ("2.webm", "1.JPG", "notes.docx", ".hidden.png"):
        (tmp_path / name).write_bytes(b"x")

    assert [path.name for path in shown(tmp_path)] == ["1.JPG", "2.webm"]
    said = folder_fault(tmp_path)
    assert said is not None
    assert said.startswith(f"deep.png, notes.docx in {tmp_path.name} is not shown: png, jpg")


def test_an_empty_folder_has_nothing_to_show(tmp_path: Path) -> None:
    assert "has nothing to show" in (folder_fault(tmp_path) or "")
