"""From Markdown to a page: headings get anchors, links between files become links between pages, nothing has a style.

`markdown-it-py` reads the text; HTML in it is shown as text.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from server.web.help.shelf import Sheet, address, docs, every

PICTURES = "/help/pictures/"
_reader = MarkdownIt("commonmark", {"html": False}).enable("table")


class Part(NamedTuple):
    """What stands below one heading: for the search and the contents. `anchor` is empty above the first heading."""

    level: int
    heading: str
    anchor: str
    text: str


class ReadPage(NamedTuple):
    """A page that was read. `leads`: every link and picture of the file as it is written, with the address it became, or none."""

    title: str
    html: str
    parts: tuple[Part, ...]
    leads: tuple[tuple[str, str | None], ...]


@cache
def read(sheet: Sheet) -> ReadPage:
    """Reads a page once; the files belong to the release and do not change."""
    tokens = _reader.parse(sheet.file.read_text(encoding="utf-8"))
    leads = tuple(_point(tokens, sheet))
    anchors = _anchored(tokens)
    _tame(tokens)
    html = str(_reader.renderer.render(tokens, _reader.options, {}))
    parts = tuple(_parts(tokens, anchors))
    title = next((part.heading for part in parts if part.level == 1), sheet.name)
    framed = f'<div class="wide" tabindex="0" role="group" aria-label="{escape(title)}"><table>'
    html = html.replace("<table>", framed).replace("</table>", "</table></div>")
    return ReadPage(title, html, parts, leads)


def slug(heading: str) -> str:
    """The anchor of a heading, as GitHub makes it: links work there and here."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _anchored(tokens: list[Token]) -> dict[int, tuple[str, str]]:
    """Gives every heading an anchor of its own. By the place of its token: heading and anchor."""
    found: dict[int, tuple[str, str]] = {}
    taken: dict[str, int] = {}
    for at, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        heading = _plain(tokens[at + 1])
        anchor = slug(heading)
        again = taken[anchor] = taken.get(anchor, -1) + 1
        unique = f"{anchor}-{again}" if again else anchor
        found[at] = heading, unique
        token.attrSet("id", unique)
    return found


def _parts(tokens: list[Token], anchors: dict[int, tuple[str, str]]) -> Iterator[Part]:
    level, heading, anchor, texts = 0, "", "", list[str]()
    for at, token in enumerate(tokens):
        if at in anchors:
            if heading or texts:
                yield Part(level, heading, anchor, " ".join(texts))
            (heading, anchor), level, texts = anchors[at], int(token.tag[-1]), []
        elif token.type == "inline" and at - 1 not in anchors:
            texts.append(_plain(token))
        elif token.type in ("fence", "code_block"):
            texts.append(token.content)
    yield Part(level, heading, anchor, " ".join(texts))


def _plain(inline: Token) -> str:
    """The text of a line, without its marks; a line break is a space."""
    return "".join(" " if one.type == "softbreak" else one.content for one in inline.children or ()).strip()


def _tame(tokens: list[Token]) -> None:
    """No style on a cell (the content security policy forbids it); code that is wider than the page is reached by keyboard."""
    for token in tokens:
        token.attrs.pop("style", None)
        if token.type in ("fence", "code_block"):
            token.type, token.tag = "code_block", "code"  # without colours there is nothing to say of its language
            token.attrSet("tabindex", "0")


def _point(tokens: list[Token], sheet: Sheet) -> Iterator[tuple[str, str | None]]:
    """Turns links to files into addresses of this server; a link to what is not part of the help becomes text."""
    for token in tokens:
        opened: list[bool] = []
        for one in token.children or ():
            if one.type == "link_open":
                to = str(one.attrGet("href"))
                leads = _address(to, sheet)
                yield to, leads
                opened.append(leads is not None)
                _set(one, "href", leads)
            elif one.type == "link_close" and not opened.pop():
                one.type, one.tag = "text", ""
            elif one.type == "image":
                to = str(one.attrGet("src"))
                leads = _address(to, sheet)
                yield to, leads
                one.attrSet("src", leads or "")


def _set(link: Token, name: str, leads: str | None) -> None:
    if leads is None:
        link.type, link.tag, link.attrs = "text", "", {}
    else:
        link.attrSet(name, leads)


def _address(to: str, sheet: Sheet) -> str | None:
    if to.startswith(("http://", "https://", "mailto:", "/", "#")):
        return to
    path, _, anchor = to.partition("#")
    file = (sheet.file.parent / path).resolve()
    if file.parent == docs() / "pictures":
        return PICTURES + file.name
    found = next((one for one in every(sheet.language) if one.file == file), None)
    return None if found is None else address(found) + (f"#{anchor}" if anchor else "")


def picture(name: str) -> Path | None:
    """The file of a picture, if there is one of this name."""
    return next((file for file in (docs() / "pictures").glob("*.png") if file.name == name), None)
