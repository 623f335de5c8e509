"""`aufruf counter`: the counter in a terminal, on the same protocol and with the same keys as the page.

Called by the command line. Acts that need a question (transfer, direct service, breaks with a reason) are the page's.
"""

import sys
import time
from typing import ClassVar

import httpx
from rich.text import Text
from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.widgets import DataTable, Static

from config.words import Words
from counter_client.acts import Act, acts, mode
from counter_client.line import CounterLine, Refused
from counter_client.press import Press, PressFailed, refusal_text, spoken_here
from server.messages.boards import Counter, Line, Why

SETTLE_S = 0.6
"""The Enter key means something new: a second press of the old meaning does nothing."""


def main(server: str, token: str, counter: str) -> int:
    """Runs until the clerk leaves. 1 if the server cannot be reached or refuses the token, 2 for an unclear counter."""
    words = Words(spoken_here())
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=server, headers=headers, timeout=4.0, trust_env=False) as http:
        try:
            office, name = Press(http, words).place(counter)
        except PressFailed as failed:
            print(failed.text, file=sys.stderr)
            return failed.code
    TerminalCounter(server, office, name, token, words).run()
    return 0


class TerminalCounter(App[None]):
    """One counter. Draws the board it was given; knows nothing else."""

    CSS = """
    #head { height: 1; background: $primary; color: $text; }
    #line { height: auto; background: $error; color: $text; }
    #now { height: auto; min-height: 7; border: round $primary; padding: 1 2; }
    #acts { height: 1fr; padding: 1 2; }
    #said { height: auto; padding: 0 2; color: $warning; }
    #queue { width: 50%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", priority=True)]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, server: str, office: str, counter: str, token: str, words: Words) -> None:
        super().__init__()
        self.words = words
        self.board: Counter | None = None
        self.pressing = False
        self.settle_s = SETTLE_S
        self._line = CounterLine(server, office, counter, token, self._show, self._stand)
        self._big: tuple[str, str | None] | None = None
        self._since = 0.0

    def compose(self) -> ComposeResult:
        yield Static(self.words.text("common-connecting"), id="head")
        yield Static("", id="line")
        with Horizontal():
            with Vertical():
                yield Static("", id="now")
                yield Static("", id="acts")
                yield Static("", id="said")
            yield DataTable(id="queue", cursor_type="none", show_cursor=False)

    def on_mount(self) -> None:
        table = self.query_one("#queue", DataTable)
        table.can_focus = False
        for name in ("supervisor-number", "supervisor-service", "supervisor-place"):
            table.add_column(self.words.text(name))
        self.query_one("#line").display = False
        self._hold()

    @work
    async def _hold(self) -> None:
        await self._line.run()

    def _stand(self, state: str) -> None:
        line = self.query_one("#line", Static)
        line.display = state != "live"
        if state == "live":
            return
        text = "common-disconnected" if state == "lost" else f"staff-line-{state}".replace("_", "-")
        line.update(self.words.text(text.replace("no-such-board", "unknown")))

    def _show(self, board: Counter) -> None:
        self.board = board
        big = (acts(board)[0].id, board.current.ticket if board.current else None)
        if big != self._big:
            self._since = 0.0 if self._big is None else time.monotonic()
            self._big = big
        face = board.counter
        state = self.words.text(f"counter-state-{face.state}".replace("_", "-"))
        self.query_one("#head", Static).update(f" {face.label}  {state}  {self._services(face.services)}")
        self.query_one("#now", Static).update(self._now(board))
        self.query_one("#acts", Static).update(self._acts(board))
        self._queue(board)

    def _now(self, board: Counter) -> Text:
        say, current = self.words.text, board.current
        if current is None:
            following = board.next
            lines = {
                "free": f"{say('counter-next-up')}: {following.number}" if following else say("counter-nobody-waits"),
                "closed": say("counter-closed-line"),
                "paused": say("counter-pause"),
                "wrap_up": say("counter-wrap-up-line"),
                "taken": say("problem-counter-held"),
            }
            return Text(lines[mode(board)], "bold")
        waited = say("common-span-minutes", minutes=current.waited // 60)
        more = [self._services(current.services), f"{say('counter-waited')}: {waited}", self._why(current.why)]
        needs = [say(f"staff-need-{need}".replace("_", "-")) for need in current.needs]
        text = Text(f" {current.number} ", "bold reverse")
        return text.append("\n\n" + "\n".join(filter(None, [", ".join(needs), *more])), "not bold not reverse")

    def _acts(self, board: Counter) -> Text:
        text = Text()
        for act in acts(board):
            key = "↵" if act.key == "enter" else act.key.upper()
            text.append(f" {key} ", "reverse").append(f"  {self._label(act)}\n")
        return text

    def _queue(self, board: Counter) -> None:
        table = self.query_one("#queue", DataTable)
        table.clear()
        for line in board.queue[:40]:
            table.add_row(line.number, self._services(line.services), self._marks(line))

    def _marks(self, line: Line) -> str:
        needs = [self.words.text(f"staff-need-{need}".replace("_", "-")) for need in line.needs]
        return ", ".join(filter(None, [self._why(line.why_order), *needs]))

    def _why(self, why: Why | None) -> str:
        return self.words.text(f"staff-why-{why.code}".replace("_", "-")) if why else ""

    def _services(self, ids: tuple[str, ...]) -> str:
        named = {service.id: service.names for service in self.board.services} if self.board else {}
        found = [named.get(id, {}) for id in ids]
        return " · ".join(
            names.get(self.words.language) or names.get("de", id) for id, names in zip(ids, found, strict=True)
        )

    def _label(self, act: Act) -> str:
        return self.words.text("staff-undo" if act.id == "undo" else f"counter-act-{act.id}")

    async def on_key(self, event: Key) -> None:
        if self.board is None or self.pressing:
            return
        found = acts(self.board)
        act = next((one for one in found if one.key == event.key), None)
        early = act is found[0] and time.monotonic() - self._since < self.settle_s
        if act is not None and not early:
            self.pressing = True
            self._press(act)

    @work
    async def _press(self, act: Act) -> None:
        said = self.query_one("#said", Static)
        said.update("")
        try:
            done = await self._line.press(act.command)
            if "ticket" in done.result and done.result["ticket"] is None:
                said.update(self.words.text("counter-nobody-waits"))
        except Refused as refused:
            unanswered = refused.problem["code"] == "unanswered"
            reason = self.words.text("common-unanswered") if unanswered else refusal_text(self.words, refused.problem)
            said.update(f"{self.words.text('staff-refused', act=self._label(act))} {reason}")
        finally:
            self.pressing = False
