"""Every table has its row.

A new command, event, board, language or room has a row in several tables; whoever forgets one is told here which file to edit.
`docs/adding.md` lists the same places in order.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args, get_type_hints

from config.words import languages, source, staff_languages
from server.installed import ROOMS
from server.messages import boards, commands, events
from server.messages.events import EVENTS, DayOpened
from server.messages.rights import BOARDS as MAY_SEE
from server.messages.rights import COMMANDS as MAY_PRESS
from server.messages.terms import BoardKind
from server.office.decide import RULES as DECIDED
from server.office.evolve import RULES as FOLDED
from server.office.snapshot import Snapshot
from server.office.state import State
from server.push.view import ORDER, PACE_MS
from server.web.app import CITIZENS_FILES
from server.web.door import WITHOUT_ID
from server.web.routes.pages import PAGES, TEMPLATES, Pages
from server.web.routes.static import PARTICIPANTS
from server.web.routes.ticket_page import TicketPage
from server.web.templates import Templates
from tests.rules.conftest import TOP
from tests.rules.test_import_table import DEVICES, MAY
from tests.rules.test_one_meaning import classes

if TYPE_CHECKING:
    from tests.rules.conftest import Module

ROOT = Path(__file__).parents[2]
KINDS: set[str] = set(get_args(BoardKind))
AT_ONCE = {"announcer", "printer", "display"}
"""Boards without a pace: voices, printers and walls do not wait."""
UNTOLD = {
    "phrase_shown",
    "print_requested", "print_reported", "numbers_leased", "ticket_expired", "moves_applied", "moves_reverted", "roster_set",
    "walk_ins_set", "helper_called", "message_acknowledged", "zone_silenced", "silence_ended", "call_tested", "help_requested",
    "help_accepted", "alarm_raised", "alarm_accepted", "alarm_ended", "slot_held", "slot_released", "appointment_booked",
    "appointment_moved", "appointment_cancelled", "appointment_checked_in", "appointment_missed", "day_opened", "day_carried",
    "day_closed", "epoch_changed", "time_kept", "model_set", "effect_noted", "rule_set", "office_configured",
    "setting_laid", "setting_taken_back",
}  # fmt: skip
"""Events that no page shows staff as their own press: nobody can take them back, or the page shows them in another way."""
DERIVED = {
    "act", "alive", "begun", "capacity", "codes", "coming", "elsewhere", "lines", "overbooked", "places", "plans", "references",
    "rules", "slot_days", "zones",
}  # fmt: skip
"""Parts of a state that follow from other parts."""
ENDS_WITH_THE_DAY = {
    "acts", "configured", "help", "last_day", "last_issued", "leaving", "mark", "overtakers", "prints", "said", "seq", "shown",
    "touched",
}  # fmt: skip
"""Parts of a state that a new day starts without, or gets from its own entry."""
NOT_LIVED = {
    "tests/office/life.py": {"hand_in_tickets", "correct_clock"},
    "tests/nodes/life.py": {
        "print_ticket", "report_print", "lease_numbers", "hand_in_tickets", "send_to_station", "revert_moves", "call_helper",
        "acknowledge_message", "test_call", "request_help", "accept_help", "accept_alarm", "hold_slot", "release_slot",
        "move_appointment", "correct_clock", "open_day", "close_day", "set_rule",
    },
}  # fmt: skip
"""What the random lives do not press: their clock is never wrong, and the second one has no devices and no night."""


OF_LANGUAGES = {
    "config/words.py",  # FALLBACK
    "server/messages/office/__init__.py",  # of an office whose file names none
    "audio/voices/pico.py",  # those for which Pico has files
    "audio/phrases.py",  # those whose word was measured with Pico
    "server/web/documents/examples.py",  # texts for readers of the document
    "server/web/help/shelf.py",  # in which one the technical pages and the papers are written
}
"""Modules that may name languages."""


def lacking(wanted: Iterable[str], rows: Iterable[str], sentence: str) -> list[str]:
    """One sentence for every missing row. It begins with the file to edit."""
    file = sentence.partition(":")[0]
    assert (ROOT / file).exists(), file
    return [sentence.format(name) for name in sorted(set(wanted) - set(rows))]


def complain(*sentences: str) -> None:
    assert not sentences, "\n".join(sentences)


def tags(kinds: Iterable[type]) -> dict[str, str]:
    """Classes of messages, by their type in JSON."""
    return {str(kind.__struct_config__.tag): kind.__name__ for kind in kinds}  # type: ignore[attr-defined]


def declared(module: object, base: type) -> set[str]:
    kinds = (kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, base))
    return {kind.__name__ for kind in kinds if kind not in (base, events.OfTicket, commands.AsSeen)}


def test_every_message_is_in_the_union_of_its_kind() -> None:
    asked = {
        kind.__name__
        for kind in get_args(commands.AnyCommand) + get_args(commands.CheckedCommand) + get_args(commands.SystemCommand)
    }
    told = {kind.__name__ for kind in get_args(events.AnyEvent)}
    shown = set(boards.BOARDS)

    complain(
        *lacking(
            declared(commands, commands.Command), asked, "server/messages/commands/__init__.py: name {} in AnyCommand"
        ),
        *lacking(declared(events, events.Event), told, "server/messages/events/__init__.py: name {} in AnyEvent"),
        *lacking(KINDS, shown, "server/messages/boards/__init__.py: name the class of the board {} in AnyBoard"),
        *lacking(shown, KINDS, "server/messages/terms.py: name {} in BoardKind"),
    )


def test_whatever_carries_a_wait_says_why_there_is_none(modules: list[Module]) -> None:
    """`expected` may be null wherever it is, and the field beside it says why."""
    messages = [module for module in modules if module.name.startswith(("server.messages.", "server.web.documents."))]
    kinds = [getattr(import_module(module.name), name) for module in messages for name in classes(module)]
    waits = [one for one in kinds if "expected" in get_type_hints(one)]

    assert len(waits) >= 8
    assert [one.__name__ for one in waits if "expected_reason" not in get_type_hints(one)] == []


def test_every_command_and_board_says_who_may() -> None:
    asked = tags(get_args(commands.AnyCommand) + get_args(commands.CheckedCommand) + get_args(commands.SystemCommand))
    shown: set[str] = set(get_args(BoardKind))

    complain(
        *lacking(asked, MAY_PRESS, "server/messages/rights.py: say in COMMANDS who may press {}"),
        *lacking(MAY_PRESS, asked, "server/messages/rights.py: COMMANDS has a row for {}, which is no command"),
        *lacking(shown, MAY_SEE, "server/messages/rights.py: say in BOARDS who may see {}"),
    )


def test_every_command_is_decided_and_every_event_folded() -> None:
    asked = tags(get_args(commands.AnyCommand) + get_args(commands.CheckedCommand) + get_args(commands.SystemCommand))
    decided, folded = tags(DECIDED), tags(FOLDED)

    complain(
        *lacking(
            asked, decided, "server/office/decide: write the rule of {} in the module of its noun, and its row in RULES"
        ),
        *lacking(
            EVENTS,
            folded,
            "server/office/evolve: write what {} changes in the module of its noun, and its row in RULES",
        ),
    )


def test_every_module_of_rules_is_asked(modules: list[Module]) -> None:
    """A new module of `decide` or `evolve` counts only if its rows are among all rows."""
    wrong = []
    for part in ("decide", "evolve"):
        file = f"server/office/{part}/__init__.py"
        every = (ROOT / file).read_text(encoding="utf-8")
        own = {
            module.file.stem
            for module in modules
            if str(module.file.parent) == f"server/office/{part}" and "\nRULES:" in module.text
        } - {"__init__"}
        asked = re.findall(r"\*\*(\w+)\.RULES", every)
        wrong += lacking(own, asked, file + ": add **{}.RULES to RULES")

    complain(*wrong)


def test_every_board_is_drawn_sent_and_paced() -> None:
    drawn = re.findall(r'case "(\w+)"', (ROOT / "server/office/boards/__init__.py").read_text(encoding="utf-8"))
    kinds = KINDS - {"offices", "pairing"}  # drawn and paced in `server/push/city.py` and `server/push/waiting.py`
    sent = kinds - {"ticket"}  # phones are sent separately

    complain(
        *lacking(kinds, drawn, 'server/office/boards/__init__.py: draw the board {0} in _board (case "{0}")'),
        *lacking(sent, ORDER, "server/push/view.py: say in ORDER when {} hears of a change"),
        *lacking(kinds - AT_ONCE, PACE_MS, "server/push/view.py: give {} its pace in PACE_MS"),
        *lacking(PACE_MS, KINDS - AT_ONCE, "tests/rules/test_tables.py: {} has a pace; take it out of AT_ONCE"),
    )


def test_every_page_of_a_board_has_its_template_and_its_route(modules: list[Module]) -> None:
    routed = {
        str(given.value.value)
        for module in modules
        if module.name.startswith("server.web.")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        for given in node.keywords
        if given.arg == "board" and isinstance(given.value, ast.Constant) and given.value.value is not None
    }
    files = {kind for kind, file in TEMPLATES.items() if _template(file).exists()}
    shown = Pages(cast(Templates, None)).ways()  # the table is only read; nobody is shown a page
    alone = {way.board for way in shown if way.board is not None and "{id}" not in way.path}

    complain(
        *lacking(routed, TEMPLATES, "server/web/routes/pages.py: name the template of the page {} in TEMPLATES"),
        *lacking(TEMPLATES, routed, "server/web/routes/pages.py: the page {} has a template and no route"),
        *lacking(alone, WITHOUT_ID, "server/web/door.py: the page of {} has no id; name the board in WITHOUT_ID"),
        *lacking(TEMPLATES, files, "server/web/routes/pages.py: the template of {} in TEMPLATES is no file"),
    )


def test_every_page_is_offered_by_the_launch_page_and_has_its_words() -> None:
    """Without one of its words there is no page at all: the launch page fails for everybody."""
    file = "server/web/pages/launch.html"
    offered = re.findall(r'door\("(\w+)"', (ROOT / file).read_text(encoding="utf-8"))
    words = {f"start-{page}{more}" for page in PAGES for more in ("", "-what")}
    titles = {f"{kind}-title" for kind, page in TEMPLATES.items() if "staff.html" in _template(page).read_text()}
    known = {name: said for name, said in texts().items() if name in staff_languages()}

    complain(
        *lacking(PAGES, offered, file + ": offer the page of {} (door)"),
        *(
            left
            for name, said in known.items()
            for left in lacking(words | titles, said, f"config/languages/{name}.ftl: " + "say {}")
        ),
    )


def test_every_page_is_looked_at() -> None:
    """By axe in a busy office, and as a picture by whoever changes it."""
    nobody = cast(Templates, None)  # the tables are only read
    ways = (*Pages(nobody).ways(), *TicketPage(nobody, str).ways())
    paths = {way.path.partition("{")[0] for way in ways}
    wrong = []
    for file in ("tests/story/test_every_page.py", "scripts/take_pictures.py"):
        text = (ROOT / file).read_text(encoding="utf-8")
        opened = {path for path in paths if re.search(rf"""["']{path}(?:["']|(?<=.)[\w{{])""", text)}
        wrong += lacking(paths, opened, file + ": open the page {}")

    complain(*wrong)


def _template(file: str) -> Path:
    folder, _, name = file.partition("/")
    return ROOT / folder / "pages" / name


def test_every_folder_of_ours_is_known_wherever_rooms_are_listed() -> None:
    """In the wheel, for the type checker, at the start, in the rules, in ARCHITECTURE.md."""
    found = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"tests", "bench", "scripts"}
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = pyproject["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    named = re.findall(r"`?(\w+)/", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))

    complain(
        *lacking(
            found, wheel, "pyproject.toml: name {} in packages of [tool.hatch.build.targets.wheel], or no wheel has it"
        ),
        *lacking(found, pyproject["tool"]["mypy"]["packages"], "pyproject.toml: name {} in packages of [tool.mypy]"),
        *lacking(found, ROOMS, "server/installed.py: name {} in ROOMS"),
        *lacking(found, TOP, "tests/rules/conftest.py: name {} in TOP"),
        *lacking(
            found - {"server"},
            {*DEVICES, *MAY},
            "tests/rules/test_import_table.py: {} is neither in DEVICES nor in MAY",
        ),
        *lacking(found, named, "ARCHITECTURE.md: say in a line what lives in {}/"),
    )


def test_every_room_of_the_server_is_in_the_architecture() -> None:
    """In its list of rooms, and with a row that says what the room may import."""
    found = {file.parent.name for file in ROOT.glob("server/*/__init__.py")}
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = [cell for line in re.findall(r"^\| ([a-z_, ]+) \|", text, re.MULTILINE) for cell in line.split(", ")]

    listed = re.findall(r"^    server/(\w+)/ ", text, re.MULTILINE)
    free_to = {name.removeprefix("server.") for name in MAY}

    complain(
        *lacking(found, listed, "ARCHITECTURE.md: say in a line what lives in server/{}/"),
        *lacking(found, rows, "ARCHITECTURE.md: say in the table of rooms what {} may import"),
        *lacking(found, free_to, "tests/rules/test_import_table.py: say in MAY what server.{} may import"),
    )


def test_every_folder_of_pages_is_served() -> None:
    """`displays/wall.js` is served under `/static/displays/` because its folder is a participant; citizens get no others."""
    found = {folder.parent.name for folder in ROOT.glob("*/pages")}
    of_phones = (ROOT / "displays/pages/phone.html").read_text(encoding="utf-8")
    loaded = {folder for folder in re.findall(r"/static/(\w+)/", of_phones) if folder in found}

    complain(
        *lacking(
            found, PARTICIPANTS, "server/web/routes/static.py: name {} in PARTICIPANTS, or its pages are not found"
        ),
        *lacking(loaded, CITIZENS_FILES, "server/web/app.py: name {} in CITIZENS_FILES, for phones load it"),
    )


def texts() -> Mapping[str, set[str]]:
    """The names of all texts, by language."""
    return {name: set(re.findall(r"^([a-z][\w-]*) *=", source(name), re.MULTILINE)) for name in languages()}


def test_every_language_of_staff_has_every_text() -> None:
    """What the files of citizens' languages must have, `tests/config/test_language_files.py` says."""
    known = {name: said for name, said in texts().items() if name in staff_languages()}
    every = set().union(*known.values())

    complain(
        *(left for name in known for left in lacking(every, known[name], f"config/languages/{name}.ftl: " + "say {}"))
    )


def test_no_text_stands_twice_in_a_language() -> None:
    """Of two, only the first would be seen."""
    for name in languages():
        names = re.findall(r"^([a-z][\w-]*) *=", source(name), re.MULTILINE)
        assert [one for one, count in Counter(names).items() if count > 1] == [], f"config/languages/{name}.ftl"


def test_no_module_knows_a_language(modules: list[Module]) -> None:
    """What is true of one language is in its file: its name, its direction, its words. So a language is one file."""
    known = {*languages(), *(name.split("-")[0] for name in languages()), "ar", "fa", "fr", "he", "tr", "uk", "ur"}
    wrong = [
        f"{module}:{node.lineno}: {node.value!r}: ask config/words.py, or say it in config/languages/<language>.ftl"
        for module in modules
        if str(module.file) not in OF_LANGUAGES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in known
    ]

    assert wrong == []


def test_what_staff_have_done_is_said_to_them() -> None:
    told = {f"staff-did-{name}".replace("_", "-") for name in EVENTS.keys() - UNTOLD}
    hint = "say {} (or name the event in UNTOLD of tests/rules/test_tables.py, if staff are not told of it)"

    complain(*lacking(told, texts()["de"], f"config/languages/de.ftl: {hint}"))
    complain(*lacking(UNTOLD, EVENTS, "tests/rules/test_tables.py: UNTOLD names {}, which is no event"))


def test_every_part_of_a_state_is_in_its_snapshot() -> None:
    parts, kept = vars(State()), Snapshot.__struct_fields__

    complain(
        *lacking(parts, {*kept, *DERIVED}, "server/office/snapshot.py: Snapshot does not keep state.{}"),
        *lacking(DERIVED, parts, "tests/rules/test_tables.py: DERIVED names {}, which is no part of a state"),
    )


def test_every_part_of_a_state_is_carried_into_the_next_day() -> None:
    """Or it ends with its day, on purpose."""
    parts, carried = vars(State()), {*DayOpened.__struct_fields__, *DERIVED, *ENDS_WITH_THE_DAY}
    where = "filled in server/office/decide/day.py, read in server/office/evolve/day.py"

    complain(
        *lacking(parts, carried, "server/messages/events/days.py: DayOpened does not carry state.{} (" + where + ")"),
        *lacking(
            ENDS_WITH_THE_DAY, parts, "tests/rules/test_tables.py: ENDS_WITH_THE_DAY names {}, no part of a state"
        ),
    )


def test_random_lives_press_every_command() -> None:
    """Snapshot, checkpoint and refold are tested only with commands that are pressed there."""
    wrong = []
    for file, left in NOT_LIVED.items():
        text = (ROOT / file).read_text(encoding="utf-8")
        pressed = {name for name, kind in commands.COMMANDS.items() if re.search(rf"\bc\.{kind.__name__}\b", text)}
        wrong += lacking(commands.COMMANDS, {*pressed, *left}, file + ": let the random life press {}")
        wrong += lacking(pressed & left, (), "tests/rules/test_tables.py: NOT_LIVED names {}, which is pressed")

    complain(*wrong)
