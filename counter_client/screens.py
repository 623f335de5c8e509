"""What lies over a terminal counter for a moment: a question with rows to choose from, a line to write, and the list of all
keys. Used by `terminal`.
"""

from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from counter_client.asked import Choice
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


class AllKeys(ModalScreen[None]):
    """Every key, those of now first. Any key leaves it."""

    CSS = FRAME.format(name="AllKeys")

    def __init__(self, title: str, text: Text) -> None:
        super().__init__()
        self._head, self._text = title, text

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Text(self._head, "bold"))
            yield Static(self._text, id="keys")

    def on_key(self, event: Key) -> None:
        event.stop()  # it presses nothing below
        self.dismiss(None)
