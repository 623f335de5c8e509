"""The languages of a page drawn on the server. Used by pages and problem pages."""

from collections.abc import Iterable

from starlette.requests import Request


def page_language(request: Request, known: tuple[str, ...]) -> str:
    """The language named in the address, else one that the browser wishes, else the first."""
    wished = [request.query_params.get("lang", "")]
    wished += [part.split(";")[0].strip() for part in request.headers.get("accept-language", "").split(",")]
    names = (candidate for name in wished for candidate in (name, name.split("-")[0]))
    return next((name for name in names if name in known), known[0])


def with_words(wanted: Iterable[str], known: tuple[str, ...]) -> tuple[str, ...]:
    """The wanted languages that have words, each once; if none has, the first language that does."""
    return tuple(dict.fromkeys(name for name in wanted if name in known)) or known[:1]
