"""The phones of one office: many, each with its own board. News of its own ticket is sent at once, all else at the phones' pace.

The work is cut into slices of `SLICE_MS` with pauses, so that ten thousand phones never make a wall or a press wait.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile

from server.push.slices import in_slices
from server.push.view import View

SLICE_MS = 5.0
PAUSE_MS = 5.0
LOOK_S = 0.5
"""The least seconds between two checks for phones that are due: those that are due by then are drawn together."""


class Phones:
    """`refresh(view)` computes and sends one view; `version()` is the version that boards computed now would have."""

    def __init__(self, refresh: Callable[[View], None], version: Callable[[], int], pace_ms: int) -> None:
        self._refresh, self._version, self._pace_ms = refresh, version, pace_ms
        self._views: OrderedDict[str, View] = OrderedDict()  # in the order in which their pace allows a board
        self._touched: dict[str, None] = {}
        self._running = False
        self._timer: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self._views)

    def add(self, view: View) -> None:
        """Takes up a view, or another phone of one that is known. A new one may be sent a board at once."""
        if view.id not in self._views:
            self._views[view.id] = view
            self._views.move_to_end(view.id, last=False)

    def remove(self, view: View) -> None:
        self._views.pop(view.id, None)
        self._touched.pop(view.id, None)

    def changed(self, tickets: Iterable[str]) -> None:
        """Something was committed; `tickets`: the tickets that it is about."""
        if not self._views:
            return
        self._touched.update((ticket, None) for ticket in tickets if ticket in self._views)
        if not self._running:
            self._run()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._views.clear()
        self._touched.clear()

    def _run(self) -> None:
        self._running = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        in_slices(self._turn(), SLICE_MS, self._ended, PAUSE_MS)

    def _turn(self) -> Iterator[None]:
        for view in self._due():
            if self._touched:
                yield from self._those_touched()
            if view.version != self._version() and view.ready_at <= time.monotonic() * 1000 and view.members:
                self._show(view)
            yield
        yield from self._those_touched()

    def _due(self) -> list[View]:
        """Those whose pace allows a board now."""
        now = time.monotonic() * 1000
        return list(takewhile(lambda view: view.ready_at <= now, self._views.values()))

    def _those_touched(self) -> Iterator[None]:
        while self._touched:
            ticket = next(iter(self._touched))
            del self._touched[ticket]
            if (view := self._views.get(ticket)) is not None:
                self._show(view)
            yield

    def _show(self, view: View) -> None:
        """From now on it counts as shown, also if nothing on it changed."""
        view.ready_at = time.monotonic() * 1000 + self._pace_ms
        if view.id in self._views:
            self._views.move_to_end(view.id)
        self._refresh(view)

    def _ended(self) -> None:
        self._running = False
        if self._touched:
            self._run()
        elif (late := self._late()) is not None:
            due = late.ready_at / 1000 - time.monotonic()
            self._timer = asyncio.get_running_loop().call_later(max(due, LOOK_S), self._run)

    def _late(self) -> View | None:
        """The first of those that are not up to date."""
        version = self._version()
        return next((view for view in self._views.values() if view.version != version), None)
