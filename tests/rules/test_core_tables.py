"""The tables of the core and of alerts have their rows too: whoever forgets one is told here which file to edit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from typing import get_args

from msgspec.inspect import DictType, ListType, StructType, Type, UnionType, VarTupleType, type_info

from config.words import staff_languages
from server.letters.standing import STEADY_S
from server.messages import commands as c
from server.messages.rights import BOARDS
from server.messages.terms import AlertCode, TroubleCode
from server.messages.wire import INSTANTS
from server.office import shift
from server.office.boards import parts
from server.office.decide.tick import BY_KIND
from server.office.evolve.book import PICTURES
from server.office.snapshot import Snapshot
from server.office.touched import OF_MOVE
from server.promises.questions import AnyQuestion
from server.promises.studies import ANSWERS
from server.web.routes import SUBJECTS
from server.web.routes.pages import TEMPLATES
from tests.rules.test_tables import ROOT, complain, lacking, tags, texts

BY_TICKET = {"boost_ticket"}
"""Moves that touch no counter, service or helper: each ticket itself keeps the seq of its last change."""
PICTURELESS = {"message_posted"}
"""Events of moves that need no picture of what was before: taking them back removes what they made."""
ANSWERED_APART = {"EffectQuestion", "TrialQuestion"}
"""Questions that `Studies` answers in another way: not from the present state alone."""
SHIFTED_ALONE = {"keys", "said", "leaving", "acts"}
"""Parts of the state that are no tables: `shift` corrects each in a line of its own."""

NEXT_CHANGE = import_module("server.office.boards.next_change")
TIMELESS = {"roster", "offices", "pairing"}
"""Boards that events alone change, or that are no board of one office."""


def read(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def holds_instants(kind: Type) -> bool:
    """Whether values of this type have a field that is an instant of the log."""
    if isinstance(kind, StructType):
        own = {field.name for field in kind.fields} & (INSTANTS - shift.FIXED)
        return bool(own) or any(holds_instants(field.type) for field in kind.fields)
    if isinstance(kind, UnionType):
        return any(map(holds_instants, kind.types))
    if isinstance(kind, ListType | VarTupleType):
        return holds_instants(kind.item_type)
    return isinstance(kind, DictType) and holds_instants(kind.value_type)


def test_every_table_with_instants_moves_with_the_clock() -> None:
    kept = type_info(Snapshot)
    assert isinstance(kept, StructType)
    timed = {field.name for field in kept.fields if isinstance(field.type, ListType) and holds_instants(field.type)}

    complain(
        *lacking(
            timed - SHIFTED_ALONE,
            shift.TABLES,
            "server/office/shift.py: name {} in TABLES, or its instants stay behind when the clock is corrected",
        )
    )


def test_every_move_says_what_it_touches_and_how_it_was_before() -> None:
    moves = tags(get_args(c.Move))
    page = dict(re.findall(r"(\w+): \"(\w+)\"", read("supervisor/pages/effect.js").partition("};")[0]))
    pictured = tags(PICTURES) | dict.fromkeys(PICTURELESS, "")

    complain(
        *lacking(
            moves,
            {*tags(OF_MOVE), *BY_TICKET, "post_message"},
            "server/office/touched.py: say in OF_MOVE what {} touches",
        ),
        *lacking(moves, page, "supervisor/pages/effect.js: name the event of {} in MOVES"),
        *lacking(page.values(), pictured, "server/office/evolve/book.py: say in PICTURES how it was before {}"),
    )


def test_what_is_due_by_time_is_decided() -> None:
    due = {"day", *re.findall(r'yield "(\w+)"', read("server/office/due.py"))}

    complain(
        *lacking(due, BY_KIND, "server/office/decide/tick.py: say in BY_KIND what happens when {} is due"),
        *lacking(BY_KIND, due, "server/office/due.py: nothing says when {} is due"),
    )


def test_every_alert_lasts_is_told_and_is_explained() -> None:
    codes = set(get_args(AlertCode))
    documented = re.findall(r"^\| `(\w+)` \|", read("docs/alerts.md"), re.MULTILINE)

    complain(
        *lacking(codes, STEADY_S, "server/letters/standing.py: say in STEADY_S how long {} lasts before it is told"),
        *lacking(codes, documented, "docs/alerts.md: say in a row what {} means"),
        *said(codes, "supervisor-alert-"),
    )


def test_every_trouble_of_a_service_has_its_place_and_its_words() -> None:
    file = "supervisor/pages/services.js"
    page, codes = read(file), get_args(TroubleCode)
    first = re.findall(r'"(\w+)"', page.partition("WORST_FIRST = ")[2].partition("]")[0])
    kinds = re.findall(r"(\w+):", page.partition("KINDS = ")[2].partition("}")[0])
    words = re.findall(r"^    (\w+): \(\) =>", page, re.MULTILINE)

    complain(
        *lacking(codes, first, file + ": say in WORST_FIRST where a service that is {} stands"),
        *lacking(codes, kinds, file + ": say in KINDS how {} looks"),
        *lacking(codes, words, file + ": say in standsText what people read of {}"),
    )
    assert tuple(first) == codes, f"{file}: WORST_FIRST has another order than TroubleCode"


def said(codes: Iterable[str], beginning: str) -> list[str]:
    """What the languages of staff lack to name these codes."""
    wanted = {beginning + code.replace("_", "-") for code in codes}
    return [
        one
        for name, known in texts().items()
        if name in staff_languages()
        for one in lacking(wanted, known, f"config/languages/{name}.ftl: " + "say {}")
    ]


def test_every_question_to_the_second_worker_is_answered() -> None:
    asked = {kind.__name__ for kind in get_args(AnyQuestion)}
    answered = {kind.__name__ for kind in ANSWERS} | ANSWERED_APART

    complain(*lacking(asked, answered, "server/promises/studies.py: say in ANSWERS how a {} is answered"))


def test_every_board_that_time_alone_changes_is_drawn_again() -> None:
    """A new board is in a list of `next_change`, or in `TIMELESS`."""
    lists = (kinds for kinds in vars(NEXT_CHANGE).values() if isinstance(kinds, frozenset))
    named = {kind for kinds in lists for kind in kinds}

    complain(
        *lacking(
            set(BOARDS) - TIMELESS,
            named,
            "server/office/boards/next_change.py: name {} in the lists of what changes it, or in TIMELESS of this test",
        ),
        *lacking(
            named, set(BOARDS) - TIMELESS, "tests/rules/test_core_tables.py: time changes {}; it is not in TIMELESS"
        ),
    )


def test_every_page_on_which_people_press_offers_to_undo_its_own_presses() -> None:
    complain(
        *lacking(
            set(TEMPLATES) - {"display"},
            parts.PAGES,
            "server/office/boards/parts.py: name the page {} in PAGES, so that others do not offer to undo its presses",
        )
    )


def test_every_subject_is_in_the_route_table() -> None:
    own = {
        file.stem
        for file in (ROOT / "server/web/routes").glob("*.py")
        if "\nWAYS = (" in file.read_text(encoding="utf-8")
    }
    asked = {module.__name__.rpartition(".")[2] for module in SUBJECTS}

    complain(*lacking(own, asked, "server/web/routes/__init__.py: name {} in SUBJECTS, or nobody reaches its routes"))
