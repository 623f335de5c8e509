"""The terminal's keys: all of them in "?", as they are now; another one for any act, kept for this user."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from counter_client.acts import every, word
from counter_client.keyboard import Keyboard, own_file
from counter_client.terminal import TerminalCounter
from server.messages import boards as wire
from tests.counter_client.terminal_line import Socket, pressed, text, until
from tests.live_sockets import instant
from tests.staff_pages import office as o

Counter = tuple[TerminalCounter, Pilot[None]]


def listed(app: TerminalCounter) -> list[str]:
    keys = app.screen.query_one("#keys", OptionList)
    return [str(keys.get_option_at_index(at).prompt) for at in range(keys.option_count)]


def hint(app: TerminalCounter) -> str:
    return str(app.screen.query_one("#hint", Static).content)


def row(app: TerminalCounter, does: str) -> str:
    (found,) = [line for line in listed(app) if does in line]
    return found.split()[0]


async def to_row(app: TerminalCounter, pilot: Pilot[None], does: str) -> None:
    keys = app.screen.query_one("#keys", OptionList)
    (at,) = [at for at, line in enumerate(listed(app)) if does in line]
    for _ in range(at):
        await pilot.press("down")
    await until(pilot, lambda: keys.highlighted == at)


async def test_a_question_mark_lists_every_key_in_80_columns(office: Socket, counter: Counter) -> None:
    app, pilot = counter
    await pilot.press("question_mark")

    found = "\n".join(listed(app))
    for _, id in every():
        assert app.words.text(word(id)) in found
    for said in ("Alarm", "Nicht erschienen", "Notiz schreiben", "Rückgängig", "Es kommt jemand", "Gelesen"):
        assert said in found
    assert app.screen.query_one("#keys").region.right <= 80
    await pilot.press("x")
    assert office.heard == []
    await pilot.press("question_mark")
    await pressed(office, pilot, "w", {"type": "begin_wrap_up", "counter": "3"})


async def test_another_key_is_taken_shown_and_given_back(office: Socket, counter: Counter) -> None:
    app, pilot = counter
    await pilot.press("question_mark")
    await to_row(app, pilot, "Nacharbeit")
    await pilot.press("enter")
    assert hint(app) == "Nacharbeit: Taste drücken …"
    await pilot.press("q")
    assert row(app, "Nacharbeit") == "Q"
    await pilot.press("escape")
    await until(pilot, lambda: " Q  Nacharbeit" in text(app, "#acts"))
    await pilot.press("w")
    await pressed(office, pilot, "q", {"type": "begin_wrap_up", "counter": "3"})

    await pilot.press("question_mark", "delete")
    assert row(app, "Nacharbeit") == "W"
    await pilot.press("escape")
    await pressed(office, pilot, "w", {"type": "begin_wrap_up", "counter": "3"})


async def test_who_had_the_key_gets_the_old_one(office: Socket, counter: Counter) -> None:
    app, pilot = counter
    await pilot.press("question_mark")
    await to_row(app, pilot, "Nacharbeit")
    await pilot.press("enter", "x")
    assert (row(app, "Nacharbeit"), row(app, "Schließen")) == ("X", "W")
    await pilot.press("escape")
    await pressed(office, pilot, "w", {"type": "close_counter", "counter": "3"})


@pytest.mark.parametrize("key", ["enter", "question_mark", "exclamation_mark", "4", "ctrl+t", "space", "up", "escape"])
async def test_keys_that_stay_what_they_are_are_not_taken(office: Socket, counter: Counter, key: str) -> None:
    app, pilot = counter
    await pilot.press("question_mark")
    await to_row(app, pilot, "Nacharbeit")
    await pilot.press("enter", key)

    assert row(app, "Nacharbeit") == "W"
    assert ("Diese Taste geht nicht" in hint(app)) == (key != "escape")
    await pilot.press("home", "enter", "q")
    assert row(app, "Nächste Nummer") == "↵"


async def test_capitals_are_the_same_keys(office: Socket, counter: Counter) -> None:
    _, pilot = counter
    await pressed(office, pilot, "W", {"type": "begin_wrap_up", "counter": "3"})


async def test_keys_of_notices_move_too(office: Socket, counter: Counter) -> None:
    app, pilot = counter
    app.keyboard.change("l", "f5", [key for key, _ in every()])
    await office.show(
        o.counter(
            messages=(
                wire.Note(id="m1", text={"de": "Bitte Formular B nutzen."}, at=instant(), until=None, speak=False),
            )
        )
    )
    await until(pilot, lambda: " F5  Gelesen" in text(app, "#told"))


async def test_a_change_that_cannot_be_kept_holds_and_is_said(office: Socket, counter: Counter, tmp_path: Path) -> None:
    app, pilot = counter
    (tmp_path / "file").write_text("")
    app.keyboard = Keyboard(tmp_path / "file" / "keys.json")
    await pilot.press("question_mark")
    await to_row(app, pilot, "Nacharbeit")
    await pilot.press("enter", "q")

    assert "konnte aber nicht gespeichert werden" in hint(app)
    assert row(app, "Nacharbeit") == "Q"


def test_keys_are_kept_for_this_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert own_file() == tmp_path / ".config" / "aufruf" / "keys.json"
    assert Keyboard(own_file()).change("w", "q", ["w", "x"])

    again = Keyboard(own_file())
    assert (again.shown("w"), again.meant("q"), again.meant("w"), again.meant("x")) == ("q", "w", None, "x")
    again.reset()
    assert Keyboard(own_file()).shown("w") == "w"


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", '{"w": 1}', '{"w": "enter"}', '{"enter": "q"}', '{"w": "q", "x": "q"}', '{"w": "ctrl+t"}']
)
def test_a_file_that_is_not_ours_changes_no_key(tmp_path: Path, kept: str) -> None:
    (tmp_path / "keys.json").write_text(kept)

    assert Keyboard(tmp_path / "keys.json").shown("w") == "w"
