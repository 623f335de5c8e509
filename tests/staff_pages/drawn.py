"""Pages drawn by the server's own templates, for stages that play the server in front of a real browser."""

from typing import Any

from config.words import Words, languages, staff_languages
from server.web.routes.static import PARTICIPANTS, ROOT
from server.web.templates import Templates


def say(language: str, name: str, /, **args: Any) -> str:
    return Words(language).text(name, **args)


TEMPLATES = Templates(say, languages(), staff_languages())


def drawn(name: str, language: str, /, **values: Any) -> str:
    """The page `name` of whichever room has it: `drawn("wall", "de", office="mitte", id="hall")`."""
    rooms = (room for room in PARTICIPANTS if (ROOT / room / "pages" / f"{name}.html").exists())
    room = next(rooms, None)
    page = TEMPLATES.page(f"{room}/{name}.html" if room else f"{name}.html", language, **values)
    return bytes(page.body).decode()
