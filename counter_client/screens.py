"""What lies over a terminal counter for a moment: a question with rows to choose from, a line to write, and the list of all
keys. Used by `terminal`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from config.words import Words
from counter_client.asked import Choice
from counter_client.keyboard import Keyboard, name_of
from counter_client.noting import MOST_LETTERS

JsonCommand = dict[str, Any]
FRAME = """
    {name} {{ align: center middle; }}
    {name} Vertical {{ width: 76; height: auto; max-height: 90%; border: round $primary; padding: 0 1; background: $surface; }}
    {name} OptionList {{ height: auto; max-height: 20; border: none; }}
    """


class Choosing(ModalScreen[JsonCommand | None]):
    """Rows with the arrows, Enter takes one; Escape takes none. A row may lead to more rows. Ends with a command, or None."""

    CSS = FRAME.format(name="Choosing")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave")]

    def __init__(self, title: str, rows: tuple[Choice, ...], hint: str) -> None:
        super().__init__()
        self._head, self._rows, self._hint = title, rows, hint

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Text(self._head, "bold"), id="asks")
            yield OptionList(*(Text(row.text) for row in self._rows))
            yield Static(Text(self._hint, "dim"))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        chosen = self._rows[event.option_index]
        if not chosen.then:
            self.dismiss(chosen.command)
            return
        self._rows = chosen.then
        self.query_one("#asks", Static).update(Text(f"{self._head}: {chosen.text}", "bold"))
        rows = self.query_one(OptionList)
        rows.clear_options()
        rows.add_options([Text(row.text) for row in self._rows])
        rows.highlighted = 0

    def action_leave(self) -> None:
        self.dismiss(None)


class Writing(ModalScreen[str | None]):
    """One line of text: Enter keeps it (empty: nothing stands there any more), Escape leaves what was there. Ends with the
    text, or None."""

    CSS = FRAME.format(name="Writing")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave")]

    def __init__(self, title: str, text: str, hint: str) -> None:
        super().__init__()
        self._head, self._text, self._hint = title, text, hint

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Text(self._head, "bold"), id="asks")
            yield Input(self._text, max_length=MOST_LETTERS)
            yield Static(Text(self._hint, "dim"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        self.dismiss(None)


@dataclass(frozen=True)
class Row:
    """A key by default, and what it does, first what it does now; `now`: it does something now. `fixed`: no other key can be
    taken for it."""

    key: str
    does: tuple[str, ...]
    now: bool = False
    fixed: bool = False


class AllKeys(ModalScreen[None]):
    """Every key as it is now; what does something now is bold. Enter on a row, then another key: that is taken. Delete: all as at
    first. Escape or "?" leaves."""

    CSS = FRAME.format(name="AllKeys")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave"), Binding("delete", "reset")]

    def __init__(self, words: Words, keyboard: Keyboard, rows: tuple[Row, ...]) -> None:
        super().__init__()
        self._words, self._keyboard, self._rows = words, keyboard, rows
        self._learns: Row | None = None

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Text(self._words.text("counter-keys"), "bold"))
            yield OptionList(*self._prompts(), id="keys")
            yield Static("", id="hint")

    def on_mount(self) -> None:
        self._hint(self._words.text("counter-terminal-keys"))

    def _hint(self, text: str) -> None:
        self.query_one("#hint", Static).update(Text(text, "dim"))

    def _prompts(self) -> list[Text]:
        found = []
        for row in self._rows:
            text = Text().append(f" {key_name(self._keyboard.shown(row.key)):^3} ", "reverse")
            found.append(text.append(f" {' · '.join(row.does)}", "bold" if row.now else ""))
        return found

    def _draw(self) -> None:
        keys = self.query_one(OptionList)
        for at, prompt in enumerate(self._prompts()):
            keys.replace_option_prompt_at_index(at, prompt)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        row = self._rows[event.option_index]
        self._learns = None if row.fixed else row
        said = "counter-terminal-key-stays" if row.fixed else "counter-key-press"
        self._hint(f"{row.does[0]}: {self._words.text(said)}")

    def on_key(self, event: Key) -> None:
        if self._learns is not None:
            event.stop()  # it is no arrow, and presses nothing below
            self._learn(self._learns, name_of(event))
        elif event.character == "?":
            event.stop()
            self.dismiss(None)

    def _learn(self, row: Row, name: str) -> None:
        self._learns = None
        if name == "escape":
            self._hint(self._words.text("counter-terminal-keys"))
            return
        self._keeping(lambda: self._keyboard.change(row.key, name, [one.key for one in self._rows]))

    def action_reset(self) -> None:
        self._keeping(self._keyboard.reset)

    def _keeping(self, change: Callable[[], bool | None]) -> None:
        try:
            said = "counter-terminal-keys" if change() is not False else "counter-terminal-key-taken"
            self._hint(self._words.text(said))
        except OSError as fault:
            self._hint(self._words.text("counter-terminal-keys-not-kept", reason=fault.strerror or str(fault)))
        self._draw()

    def action_leave(self) -> None:
        self.dismiss(None)


def key_name(key: str) -> str:
    """A key as it is shown: a capital letter, an arrow for Enter."""
    return "↵" if key == "enter" else key.upper()
