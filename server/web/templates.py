"""Draws pages on the server with Jinja2, from the pages folders of this room and of every participant. Escapes everything."""

import re
from functools import cache, partial
from math import ceil
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, TemplateNotFound
from starlette.responses import HTMLResponse

from server.access.passwords import LEAST
from server.messages.texts import in_language, which_language
from server.web.files import MARK
from server.web.refused import refuse
from server.web.routes.static import PARTICIPANTS, ROOT
from server.web.site import Say

HERE = Path(__file__).resolve().parent / "pages"
_NUMBER_OF_PLACE = re.compile(r" (?=(?:\S*\d\S*|[^\W\d_])(?:\s|$))")
_KEPT = "\u00a0"
_LONGEST_KEPT = 14
_NARROW, _BROAD = re.compile(r"[fijlrtI.,:'()\s]"), re.compile("[mwMW]")


class Templates:
    """`page("displays/wall.html", "de", office="mitte", id="hall")`.

    Every page gets `language`, `languages`, `names` (each language in its own word), `directions` (ltr or rtl of each), `draft`
    (what says that readers of this language have not checked its words yet, or none), `t`, `tag`, `which_language`, and `least`,
    the shortest password. `languages` are those to choose from: by default those of staff.
    """

    def __init__(self, say: Say, languages: tuple[str, ...], of_staff: tuple[str, ...] = (), version: str = "") -> None:
        """`version`: of this release, which a page reports."""
        self._pages, self._say, self._of_staff = _pages(languages[0]), say, of_staff or languages
        self._version = version
        self._names = {language: say(language, "common-language-name") for language in languages}
        self._directions = {language: say(language, "common-language-direction") for language in languages}
        self._drafts = {language: _draft(say, language) for language in languages}

    def page(self, name: str, language: str, /, status: int = 200, files: str = "", **values: Any) -> HTMLResponse:
        """404 for a page that is not part of this release. `files`: the version by which it names them, so that
        browsers keep them."""
        body = self.body(name, language, status, files, **values)
        return HTMLResponse(body, status, {"cache-control": "no-store"})

    def body(self, name: str, language: str, /, status: int = 200, files: str = "", **values: Any) -> str:
        """The same without its answer."""
        try:
            template = self._pages.get_template(name)
        except TemplateNotFound:
            raise refuse("unknown_route", "this page is not part of this release") from None
        always = {
            "language": language,
            "languages": self._of_staff,
            "status": status,
            "version": self._version,
            "names": self._names,
            "directions": self._directions,
            "draft": self._drafts.get(language),
            "t": partial(self._said, language),
        }
        body = template.render(always | values)
        if files:  # what people wrote has no quotes here: they are escaped
            body = body.replace('"/static/', f'"/static/{MARK}{files}/')
        return body

    def _said(self, language: str, name: str, **args: Any) -> str:
        return self._say(language, name, **args)


def _draft(say: Say, language: str) -> str | None:
    """Only a language that is a draft has the word."""
    try:
        return say(language, "common-language-draft")
    except KeyError:
        return None


def tag(language: str) -> str:
    """The language for `lang`, as `tag` of `words.js`: easy German is read aloud and hyphenated like German."""
    return language.removesuffix("-simple")


def together(label: str) -> str:
    """As `together` of `phrase.js`: a label whose number stays beside its word."""
    return _NUMBER_OF_PLACE.sub(_KEPT, label)


def fits(label: str) -> str:
    """As `fits` of `phrase.js`: the class by which letters become as small as such a label needs to stay on one line."""
    signs = ceil(max((_wide(piece) for piece in together(label).split(" ") if _KEPT in piece), default=0))
    return f"fits-{signs}" if 0 < signs <= _LONGEST_KEPT else ""


def _wide(piece: str) -> float:
    return len(piece) - len(_NARROW.findall(piece)) / 2 + len(_BROAD.findall(piece)) / 2


@cache  # a page is compiled once, whichever door it leaves by
def _pages(fallback: str) -> Environment:
    folders = {name: FileSystemLoader(ROOT / name / "pages") for name in PARTICIPANTS}
    loader = ChoiceLoader([FileSystemLoader(HERE), PrefixLoader(folders)])
    pages = Environment(loader=loader, autoescape=True, trim_blocks=False)
    pages.globals |= {
        "least": LEAST,
        "which_language": which_language,
        "in_language": in_language,
        "fallback": fallback,
    }
    pages.filters |= {"tag": tag, "together": together, "fits": fits}
    return pages
