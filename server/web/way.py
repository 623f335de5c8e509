"""One row of the route table: path, method, rights, answer. Each module of `routes` ends with its own rows.

Routing, door, API documents and the grid test read them.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal, NamedTuple

from starlette.responses import Response

from server.messages.terms import BoardKind, Role
from server.web.ask import Ask

OFFICE = "/api/v1/offices/{office}"
"""How the path of everything about one office begins."""
NOW = ("Aufruf-At", "the server's time, RFC 3339")
"""A header of good answers."""
Handler = Callable[[Ask], Awaitable[Response]]
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


class Open(Enum):
    """Rules that are not a list of roles."""

    ALL = "everybody"
    SIGNED_IN = "anybody signed in"
    IN_OFFICE = "anybody with a role in the office; the command's own row in rights says who"
    BY_BOARD = "whoever may see the board, by its row in rights; a public display is for everybody"
    LINK = "the holder of the link"
    METRICS = "observer, admin, or loopback"
    DEVICES = "devices and staff of an office, pages of public displays"


Who = frozenset[Role] | Open


class Query(NamedTuple):
    """What may stand in the query of an address, and what it means; `number`: a whole number."""

    name: str
    says: str
    number: bool = False


@dataclass(frozen=True)
class Way:
    """`body`, `result`: message classes or JSON schemas for the documents; `codes`: refusals besides those of its rule.

    `strangers`: a page that people who are not signed in may load only a limited number of times from one address.
    """

    method: Method
    path: str
    answer: Handler
    who: Who
    summary: str
    body: Any = None
    result: Any = None
    codes: tuple[str, ...] = ()
    board: BoardKind | None = None
    page: bool = False
    strangers: bool = False
    citizens: bool = False
    cors: bool = False
    keyed: bool = False
    query: tuple[Query, ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    """Of its good answer: name, and what it says."""

    @property
    def of_appointment(self) -> bool:
        """Whether its link is that of an appointment, not of a ticket."""
        return self.path.startswith(("/a/", "/api/v1/appointments/"))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its path's parts."""
        return tuple(re.findall(r"{(\w+)}", self.path))


def page(path: str, answer: Handler, summary: str, *, board: BoardKind | None = None, strangers: bool = False) -> Way:
    """The page of a board, for everybody who may see it, or a page for everybody."""
    who, codes = (Open.BY_BOARD, ("unknown_display",)) if board else (Open.ALL, ())
    return Way("GET", path, answer, who, summary, board=board, page=True, strangers=strangers, codes=codes)


class Map:
    """Finds the row of a request."""

    def __init__(self, ways: tuple[Way, ...]) -> None:
        self.ways = ways
        paths = dict.fromkeys(way.path for way in ways)
        self._places = [(_pattern(path), {way.method: way for way in ways if way.path == path}) for path in paths]

    def find(self, path: str, method: str) -> tuple[Way, dict[str, str]] | frozenset[str] | None:
        """The row and the values in the path; or the methods of this path; or None if there is no such path."""
        known: set[str] = set()
        for pattern, ways in self._places:
            match = pattern.fullmatch(path)
            if match is None:
                continue
            way = ways.get("GET" if method == "HEAD" else method)  # type: ignore[call-overload]
            if way is not None:
                return way, match.groupdict()
            known.update(ways)
        return frozenset(known) or None


def _pattern(path: str) -> re.Pattern[str]:
    """`/audio/{hash}.{ext}`: a part is one or more characters other than a slash; `{rest*}` may contain slashes."""
    parts = re.split(r"({\w+\*?})", path)
    made = []
    for part in parts:
        if part.startswith("{"):
            name = part.strip("{}")
            made.append(f"(?P<{name.rstrip('*')}>.+)" if name.endswith("*") else f"(?P<{name}>[^/]+)")
        else:
            made.append(re.escape(part))
    return re.compile("".join(made))
