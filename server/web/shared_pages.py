"""Pages that many people ask for at the same moment, such as the free slots when new ones are released: drawn once, and shared
until something that they show has changed. Whoever asks while one is drawn waits for it.

What belongs to one browser, such as the key of its press, is a blank in the page that is filled for each answer.
"""

import re
from asyncio import Lock, get_running_loop, sleep
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from secrets import token_urlsafe
from typing import NamedTuple

from starlette.responses import HTMLResponse

EVERY_S = 0.2
"""The least time between two drawings of a page: if it changes more often, whoever asks waits for the next one, so that what they
get is never older than their question. Drawn at each hold of a release, it would take all of a processor."""
MOST = 64
"""So many pages are kept, the largest of some hundred kilobytes: services, persons, days and languages that are asked for."""


class SharedPage(NamedTuple):
    """A drawn page. `stamp`: by which its drawer sees whether it still holds; `shows`: what it was drawn from; `pieces`: texts,
    and between two of them the name of a blank."""

    stamp: Hashable
    shows: object
    pieces: tuple[bytes | str, ...]

    def answer(self, values: Mapping[str, str], status: int = 200) -> HTMLResponse:
        """With these values in the blanks: HTML."""
        body = b"".join(values[one].encode() if isinstance(one, str) else one for one in self.pieces)
        return HTMLResponse(body, status, {"cache-control": "no-store"})


class Blanks:
    """What stands in a page while it is drawn: signs that occur nowhere else, for nobody can guess them. `parts`: by name, texts
    that are known already; the page itself stays short then, and is drawn soon."""

    def __init__(self, *names: str, parts: Mapping[str, str] | None = None) -> None:
        self._parts = parts or {}
        self.signs = {name: token_urlsafe(18) for name in (*names, *self._parts)}

    def cut(self, body: str) -> tuple[bytes | str, ...]:
        names = {sign: name for name, sign in self.signs.items()}
        return tuple(self._piece(names.get(part), part) for part in re.split(f"({'|'.join(names)})", body))

    def _piece(self, name: str | None, text: str) -> bytes | str:
        if name is None:
            return text.encode()
        return name if name not in self._parts else self._parts[name].encode()


class _Kept:
    """One page. `begun`, `done`: how many drawings of it were begun, and which of them is the newest that was finished."""

    def __init__(self) -> None:
        self.turn = Lock()
        self.page: SharedPage | None = None
        self.begun = self.done = 0
        self.next_at = 0.0


class SharedPages:
    """The newest pages, by what makes them different."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()

    async def page(
        self,
        key: Hashable,
        holds: Callable[[SharedPage], bool],
        draw: Callable[[SharedPage | None], Awaitable[SharedPage]],
    ) -> SharedPage:
        """`holds`: whether it shows what it would show if it were drawn now; `draw` gets the one before, to take it again if it
        is the same."""
        kept = self._known(key)
        if kept.page is not None and holds(kept.page):
            return kept.page
        asked = kept.begun
        async with kept.turn:
            if kept.page is not None and (kept.done > asked or holds(kept.page)):
                return kept.page
            clock = get_running_loop()
            await sleep(kept.next_at - clock.time())
            kept.begun += 1
            kept.next_at = clock.time() + EVERY_S
            kept.page = await draw(kept.page)
            kept.done = kept.begun
            return kept.page

    def _known(self, key: Hashable) -> _Kept:
        kept = self._kept.setdefault(key, _Kept())
        self._kept.move_to_end(key)
        if len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return kept
