"""`aufruf counter`: the counter in a terminal, on the same protocol and with the same keys as the page, in 80 columns.

Called by the command line. "!" pressed twice raises the silent alarm, "?" lists every key and changes them. What is known of the
ticket is in `held`, what is shown around it in `told`, what is asked before a press in `asked`.
"""

import sys
import time
from dataclasses import replace
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
from counter_client.acts import Act, acts, every, mode, own, word
from counter_client.asked import asked
from counter_client.held import empty, held
from counter_client.keyboard import Keyboard, name_of, own_file
from counter_client.noting import ANSWER_S, keep_note
from counter_client.press import Button, PressFailed, refusal_text, spoken_here
from counter_client.screens import AllKeys, Choosing, Row, Writing, key_name
from counter_client.told import DESK, Listed, Notice, digits, lists, notices
from counter_client.wording import Wording
from device_line.address import Address
from device_line.lasting import lasting
from device_line.line import LIVE, LOST, Line, NotLetIn
from device_line.presses import GIVE_UP_S, NotTaken, Presses
from server.messages import frames
from server.messages.agreed import HEARD_MS, SETTLE_MS, SURE_MS
from server.messages.boards import Alarm, Counter
from server.messages.frames import FromServer
from server.messages.instants import SECOND

RAISE, HELP = "!", "?"
SETTLE_S, HEARD_S = SETTLE_MS / SECOND, HEARD_MS / SECOND
OWN_S = 3.0
"""A change this soon after a press comes from that press."""
SURE_S, FORGET_S = (length / SECOND for length in SURE_MS)


def main(server: str, token: str, counter: str) -> int:
    """Runs until the clerk leaves. 1 if the server cannot be reached or refuses the token, 2 for an unclear counter."""
    words, address = Words(spoken_here()), Address(server, token)
    with address.client(ANSWER_S) as http:
        try:
            office, name = Button(http, words).place(counter)
        except PressFailed as failed:
            print(failed.text, file=sys.stderr)
            return failed.code
    app = TerminalCounter(address, office, name, words, Keyboard(own_file()))
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

    def __init__(
        self, address: Address, office: str, counter: str, words: Words, keyboard: Keyboard | None = None
    ) -> None:
        super().__init__()
        self.words = words
        self.keyboard = keyboard or Keyboard()
        self.board: Counter | None = None
        self.pressing = False
        self.settle_s = SETTLE_S
        self.sure_s = SURE_S
        self._address, self._office, self._counter = address, office, counter
        self._on_call = False
        self.refused = ""
        self._line = Line(address, "counter", counter, office=office, stands=self._stand)
        self._presses = Presses(self._line)
        self._big: tuple[str, str | None] | None = None
        self._since = 0.0
        self._by: str | None = None
        self._last: tuple[str, float] = ("", 0.0)
        self._fresh: float | None = None
        self._state = LIVE
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
        self.set_interval(1.0, self._tick)
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
        self._fresh = time.monotonic()
        if isinstance(frame, frames.Board):
            self._show(msgspec.json.decode(frame.board, type=Counter))
        elif isinstance(frame, frames.Alarm):
            self._alarmed(frame)

    def _stand(self, state: str) -> None:
        self._state = state
        self._cut_off()

    @property
    def _drawn(self) -> bool:
        """Not before the first screen is made, and not while the program ends."""
        return bool(self.screen_stack and self.screen_stack[0].query("#line"))

    def _tick(self) -> None:
        self._cut_off()
        self._draw()

    def _cut_off(self) -> None:
        """While the line is down: since when what is shown may be wrong, and whether a press waits for its answer."""
        if not self._drawn:
            return
        line = self.screen_stack[0].query_one("#line", Static)
        line.display = self._state != LIVE
        if self._state == LIVE:
            return
        say = self.words.text
        if self._state != LOST:
            line.update(say(f"staff-line-{self._state}".replace("_", "-").replace("no-such-board", "unknown")))
            return
        known = say("common-data-none")
        if self._fresh is not None and self.board is not None:
            silent = round((time.monotonic() - self._fresh) * SECOND)
            known = say("common-data-age", age=self._wording(self.board).span(silent))
        kept = say("staff-presses-kept", count=1, seconds=round(GIVE_UP_S)) if self.pressing else say("staff-case-kept")
        line.update(f"{say('common-disconnected')}. {known}. {kept}")

    def _show(self, board: Counter) -> None:
        self.board = board
        for alarm in board.alarms:
            self._heard.pop(alarm.place, None)
        big = (acts(board)[0].id, board.current.ticket if board.current else None)
        if big != self._big:
            now = time.monotonic()
            key, at = self._last
            self._by = key if now - at < OWN_S else None
            self._since = 0.0 if self._big is None else now
            self._big = big
        self._call_whoever_comes(board)
        self._draw()

    def _call_whoever_comes(self, board: Counter) -> None:
        """The clerk said "ready" while nobody waited: counts for one call, and ends with everything else the counter does."""
        self._on_call = self._on_call and mode(board) == "free"
        if self._on_call and board.next is not None and "call_next" in board.may and not self.pressing:
            self._send(acts(board)[0], "enter")

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
        if board is None or not self._drawn:
            return
        wording, face, main = self._wording(board), board.counter, self.screen_stack[0]
        state = self.words.text(f"counter-state-{face.state}".replace("_", "-"))
        main.query_one("#head", Static).update(f" {face.label}  {state}  {wording.services(face.services)}")
        told = notices(board, self._alarms(board), wording)
        main.query_one("#told", Static).update(self._told(told))
        main.query_one("#told").display = bool(told)
        main.query_one("#now", Static).update(self._now(board, wording))
        main.query_one("#acts", Static).update(self._acts(board, wording))
        main.query_one("#lists", Static).update(_listed(lists(board, wording), wording))

    def _wording(self, board: Counter) -> Wording:
        return Wording(self.words, board, self._line.clock.now() or None)

    def _now(self, board: Counter, wording: Wording) -> Text:
        current = board.current
        if current is None:
            return Text(self.words.text("counter-ready-line") if self._on_call else empty(board, wording), "bold")
        lines = "\n".join(held(board, wording))
        return Text(f" {current.number} ", "bold reverse").append(f"\n{lines}", "not bold not reverse")

    def _acts(self, board: Counter, wording: Wording) -> Text:
        text = Text()
        for act in (*acts(board), *own(board, ready=self._on_call)):
            if act.id == "undo" and not (left := wording.left()):
                continue
            more = (
                f": {wording.did()} ({self.words.text('common-span-seconds', seconds=left)})"
                if act.id == "undo"
                else ""
            )
            self._key(text, act.key).append(f" {self._label(act)}{more}{' …' if act.asks else ''}\n")
        _key(text, HELP).append(f" {self.words.text('counter-help')}\n")
        if "raise_alarm" not in board.may:
            return text
        sure = self._asked is not None and time.monotonic() - self._asked <= FORGET_S
        alarm = self.words.text("staff-alarm-sure" if sure else "staff-alarm")
        return _key(text, RAISE).append(f" {alarm}", "bold" if sure else "")

    def _label(self, act: Act) -> str:
        if act.label:
            return act.label
        return self.words.text(word(act.id))

    def _key(self, text: Text, key: str) -> Text:
        return _key(text, self.keyboard.shown(key))

    def _told(self, told: list[Notice]) -> Text:
        text = Text()
        for notice in told:
            text.append(notice.text, "bold reverse" if notice.urgent else "bold")
            for act in notice.acts:
                self._key(text.append("  "), act.key).append(f" {act.label}")
            text.append("\n")
        text.rstrip()
        return text

    async def on_key(self, event: Key) -> None:
        if len(self.screen_stack) > 1:
            return
        if event.character == HELP and self.board is not None:
            self._help(self.board)
        if event.character == RAISE and (self.board is None or "raise_alarm" in self.board.may):
            self._raise()
        if self.board is None or self.pressing:
            return
        found = acts(self.board)
        beside = notices(self.board, self._alarms(self.board), self._wording(self.board))
        others = [*(act for notice in beside for act in notice.acts), *digits(self.board)]
        mine = own(self.board, ready=self._on_call)
        key = self.keyboard.meant(name_of(event))
        act = next((one for one in (*found, *mine, *others) if one.key == key), None)
        soon = time.monotonic() - self._since < self.settle_s
        if act is None or (act is found[0] and soon and self._by in (None, act.key)):
            return
        if act in mine:
            self._own(act, self.board)
        elif act.asks:
            self._ask(act, self.board)
        else:
            self._send(act, act.key)

    def _send(self, act: Act, key: str) -> None:
        """A change of the big act that follows comes from this key, of which a repeat then waits."""
        self._last = (key, time.monotonic())
        self.pressing = True
        self._press(act)

    def _own(self, act: Act, board: Counter) -> None:
        if board.current is None:
            self._on_call = not self._on_call
            self._draw()
            return
        ticket, number = board.current.ticket, board.current.number

        def written(text: str | None) -> None:
            if text is not None:
                self._note(act, ticket, text)

        say = self.words.text
        hint = f"{say('counter-note-hint')} {say('counter-terminal-write')}"
        self.push_screen(Writing(say("counter-note-title", number=number), board.current.note or "", hint), written)

    @work
    async def _note(self, act: Act, ticket: str, text: str) -> None:
        wrong = await keep_note(self._address, self._office, ticket, text, self.words)
        said = f"{self.words.text('staff-refused', act=self._label(act))} {wrong}" if wrong else ""
        self.screen_stack[0].query_one("#said", Static).update(said)

    def _ask(self, act: Act, board: Counter) -> None:
        wording = self._wording(board)
        rows = asked(act.id, board, wording, self._line.clock.now())
        number = f"{board.current.number}: " if board.current else ""
        hint = self.words.text("counter-terminal-choose")

        def chosen(command: dict[str, object] | None) -> None:
            if command and not self.pressing:
                self._send(replace(act, command=command), "enter")

        if rows:
            self.push_screen(Choosing(f"{number}{self._label(act)}", rows, hint), chosen)

    def _help(self, board: Counter) -> None:
        """Every key as it is now, those that do something now first."""
        told = notices(board, self._alarms(board), self._wording(board))
        acting = [*acts(board), *own(board, ready=self._on_call), *(act for one in told for act in one.acts)]
        now = {act.key: self._label(act) for act in reversed(acting)}
        does: dict[str, list[str]] = {key: [label] for key, label in now.items()}
        for key, id in every():
            names = does.setdefault(key, [])
            names.extend({self.words.text(word(id))}.difference(names))
        rows = [
            Row(key, tuple(names), key in now, fixed=key == "enter")
            for key, names in does.items()
            if not key.isdecimal()
        ]
        fixed = ((RAISE, "staff-alarm"), ("1-9", "counter-terminal-digits"), (HELP, "counter-help"))
        rows = [
            *sorted(rows, key=lambda row: not row.now),
            *(Row(key, (self.words.text(id),), True, True) for key, id in fixed),
        ]
        self.push_screen(AllKeys(self.words, self.keyboard, tuple(rows)), lambda _: self._draw())

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
        said = self.screen_stack[0].query_one("#said", Static)
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
    return text.append(f" {key_name(key)} ", "reverse")


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
