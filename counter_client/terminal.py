"""`aufruf counter`: the counter in a terminal, on the same protocol and with the same keys as the page, in 80 columns.

Called by the command line. Acts that ask something first (transfer, direct service, breaks with a reason) exist only on the
page. "!" pressed twice raises the silent alarm. What is shown around the ticket, and its keys, is in `told`.
"""

import sys
import time
from functools import partial
from typing import ClassVar

import msgspec
from rich.text import Text
from textual import work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.widgets import Static

from config.words import Words
from counter_client.acts import Act, acts, mode
from counter_client.press import Button, PressFailed, refusal_text, spoken_here
from counter_client.told import DESK, Listed, Notice, digits, lists, notices
from counter_client.wording import Wording
from device_line.address import Address
from device_line.lasting import lasting
from device_line.line import LIVE, LOST, Line, NotLetIn
from device_line.presses import NotTaken, Presses
from server.messages import frames
from server.messages.agreed import HEARD_MS, SETTLE_MS, SURE_MS
from server.messages.boards import Alarm, Counter
from server.messages.frames import FromServer
from server.messages.instants import SECOND

RAISE = "!"
SETTLE_S, HEARD_S = SETTLE_MS / SECOND, HEARD_MS / SECOND
SURE_S, FORGET_S = (length / SECOND for length in SURE_MS)
ANSWER_S = 4.0


def main(server: str, token: str, counter: str) -> int:
    """Runs until the clerk leaves. 1 if the server cannot be reached or refuses the token, 2 for an unclear counter."""
    words, address = Words(spoken_here()), Address(server, token)
    with address.client(ANSWER_S) as http:
        try:
            office, name = Button(http, words).place(counter)
        except PressFailed as failed:
            print(failed.text, file=sys.stderr)
            return failed.code
    app = TerminalCounter(address, office, name, words)
    app.run()
    if app.refused:
        print(app.refused, file=sys.stderr)
    return app.return_code or 0


class TerminalCounter(App[None]):
    """One counter. It draws the board it gets, and knows nothing else except the alarms it has heard."""

    CSS = """
    #head { height: 1; background: $primary; color: $text; }
    #line { height: auto; background: $error; color: $text; }
    #told { height: auto; max-height: 12; padding: 0 1; }
    #now { height: auto; min-height: 5; border: round $primary; padding: 0 1; }
    #acts { height: auto; padding: 0 1; }
    #said { height: auto; padding: 0 1; color: $warning; }
    #lists { width: 46%; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", priority=True)]
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, address: Address, office: str, counter: str, words: Words) -> None:
        super().__init__()
        self.words = words
        self.board: Counter | None = None
        self.pressing = False
        self.settle_s = SETTLE_S
        self.sure_s = SURE_S
        self._counter = counter
        self.refused = ""
        self._line = Line(address, "counter", counter, office=office, stands=self._stand)
        self._presses = Presses(self._line)
        self._big: tuple[str, str | None] | None = None
        self._since = 0.0
        self._heard: dict[str, tuple[Alarm, float]] = {}
        self._asked: float | None = None

    def compose(self) -> ComposeResult:
        yield Static(self.words.text("common-connecting"), id="head")
        yield Static("", id="line")
        yield Static("", id="told")
        with Horizontal():
            with Vertical():
                yield Static("", id="now")
                yield Static("", id="acts")
                yield Static("", id="said")
            yield Static("", id="lists")

    def on_mount(self) -> None:
        self.query_one("#line").display = False
        self._hold()

    @work
    async def _hold(self) -> None:
        """Keeps the line. If the server refuses us from the start, the program ends; later refusals are shown and waited out."""
        try:
            await lasting(partial(self._line.run, self._hear), "the line", self._line)
        except NotLetIn as refused:
            self.refused = str(refused)
            self.exit(return_code=1)

    async def _hear(self, frame: FromServer) -> None:
        self._presses.hear(frame)
        if isinstance(frame, frames.Board):
            self._show(msgspec.json.decode(frame.board, type=Counter))
        elif isinstance(frame, frames.Alarm):
            self._alarmed(frame)

    def _stand(self, state: str) -> None:
        line = self.query_one("#line", Static)
        line.display = state != LIVE
        if state == LIVE:
            return
        text = "common-disconnected" if state == LOST else f"staff-line-{state}".replace("_", "-")
        line.update(self.words.text(text.replace("no-such-board", "unknown")))

    def _show(self, board: Counter) -> None:
        self.board = board
        for alarm in board.alarms:
            self._heard.pop(alarm.place, None)
        big = (acts(board)[0].id, board.current.ticket if board.current else None)
        if big != self._big:
            self._since = 0.0 if self._big is None else time.monotonic()
            self._big = big
        self._draw()

    def _alarmed(self, heard: frames.Alarm) -> None:
        """Shows an alarm as a line, without a sound."""
        place = heard.counter or DESK
        alarm = Alarm(place=place, label=heard.label, way=heard.way, at=heard.at, accepted_by=())
        self._heard[place] = (alarm, time.monotonic())
        self._draw()

    def _alarms(self, board: Counter) -> list[Alarm]:
        fresh = [alarm for alarm, at in self._heard.values() if time.monotonic() - at < HEARD_S]
        return [*board.alarms, *fresh]

    def _draw(self) -> None:
        board = self.board
        if board is None:
            return
        wording, face = Wording(self.words, board), board.counter
        state = self.words.text(f"counter-state-{face.state}".replace("_", "-"))
        self.query_one("#head", Static).update(f" {face.label}  {state}  {wording.services(face.services)}")
        told = notices(board, self._alarms(board), wording)
        self.query_one("#told", Static).update(_told(told))
        self.query_one("#told").display = bool(told)
        self.query_one("#now", Static).update(self._now(board, wording))
        self.query_one("#acts", Static).update(self._acts(board, wording))
        self.query_one("#lists", Static).update(_listed(lists(board, wording), wording))

    def _now(self, board: Counter, wording: Wording) -> Text:
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
        needs = ", ".join(say(f"staff-need-{need}".replace("_", "-")) for need in current.needs)
        more = [
            needs,
            wording.services(current.services),
            f"{say('counter-waited')}: {waited}",
            wording.why(current.why),
        ]
        return Text(f" {current.number} ", "bold reverse").append(
            "\n" + "\n".join(filter(None, more)), "not bold not reverse"
        )

    def _acts(self, board: Counter, wording: Wording) -> Text:
        text = Text()
        for act in acts(board):
            label = f"{self._label(act)}: {wording.did()}" if act.id == "undo" else self._label(act)
            _key(text, act.key).append(f" {label}\n")
        if "raise_alarm" not in board.may:
            return text
        sure = self._asked is not None and time.monotonic() - self._asked <= FORGET_S
        alarm = self.words.text("staff-alarm-sure" if sure else "staff-alarm")
        return _key(text, RAISE).append(f" {alarm}", "bold" if sure else "")

    def _label(self, act: Act) -> str:
        if act.label:
            return act.label
        return self.words.text("staff-undo" if act.id == "undo" else f"counter-act-{act.id}")

    async def on_key(self, event: Key) -> None:
        if event.character == RAISE and (self.board is None or "raise_alarm" in self.board.may):
            self._raise()
        if self.board is None or self.pressing:
            return
        found = acts(self.board)
        beside = notices(self.board, self._alarms(self.board), Wording(self.words, self.board))
        others = [*(act for notice in beside for act in notice.acts), *digits(self.board)]
        act = next((one for one in (*found, *others) if one.key == event.key), None)
        early = act is found[0] and time.monotonic() - self._since < self.settle_s
        if act is not None and not early:
            self.pressing = True
            self._press(act)

    def _raise(self) -> None:
        """The first press asks, the second raises the alarm: so it is neither a slip nor a key held down. It waits for
        no other press."""
        now = time.monotonic()
        if self._asked is None or now - self._asked > FORGET_S:
            self._asked = now
            self.set_timer(FORGET_S + 0.1, self._draw)
        elif now - self._asked >= self.sure_s:
            self._asked = None
            command = {"type": "raise_alarm", "counter": self._counter}
            self._press(Act("alarm", RAISE, command, self.words.text("staff-alarm")))
        self._draw()

    @work
    async def _press(self, act: Act) -> None:
        said = self.query_one("#said", Static)
        said.update("")
        try:
            done = await self._presses.press(act.command)
            if "ticket" in done.result and done.result["ticket"] is None:
                said.update(self.words.text("counter-nobody-waits"))
        except NotTaken as refused:
            unanswered = refused.problem["code"] == "unanswered"
            reason = self.words.text("common-unanswered") if unanswered else refusal_text(self.words, refused.problem)
            said.update(f"{self.words.text('staff-refused', act=self._label(act))} {reason}")
        finally:
            self.pressing = False


def _key(text: Text, key: str) -> Text:
    return text.append(f" {'↵' if key == 'enter' else key.upper()} ", "reverse")


def _told(told: list[Notice]) -> Text:
    text = Text()
    for notice in told:
        text.append(notice.text, "bold reverse" if notice.urgent else "bold")
        for act in notice.acts:
            _key(text.append("  "), act.key).append(f" {act.label}")
        text.append("\n")
    text.rstrip()
    return text


def _listed(found: list[Listed], wording: Wording) -> Text:
    text = Text()
    for one in found:
        text.append(f"{one.title}\n", "bold")
        for key, line in one.rows:
            if key:
                _key(text, key).append(" ")
            text.append(line.number, "bold").append(f" {wording.since(line.since or line.waiting_since)} ")
            more = ", ".join(filter(None, [wording.place(line), wording.needs(line)]))
            text.append(f"{wording.services(line.services)}{f' ({more})' if more else ''}\n", "not bold")
        if one.more:
            text.append(f"{wording.say('staff-and-more', count=one.more)}\n", "dim")
    return text
