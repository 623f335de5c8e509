"""A class, or another type, has a name of its own: a reader who meets it need not ask which one is meant."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.rules.conftest import Module

SAME_THING = """
    Advice Alarm Announcement Announcer Call Counter Day Desk Device Display Done Expected Fault Gain Job Kiosk Lease Line Me
    Offices Outcome Press Printer Roster Row Shift Ticket Visit Waits Why Worries
"""
"""One thing in several forms: as a fact, in the office file, on a board, in a frame, on paper, in a simulated day."""
PORTS = "Contacts Entry Reports Source Studio Tail"
"""What a room asks for, and who gives it to it."""
WITHIN_A_ROOM = """
    Act Ask Candidate Change Closed Deed Drawn Ended Found Gap Kept Limits Lines Named Node NotTaken Own Pace Part People Queue
    Range Rule Scene Sheet Speak Standing Stay Taken Turn Unusable Wait Watch Wish
"""
"""Plain words, each with one meaning in its room and never used outside."""
TWICE = {*SAME_THING.split(), *PORTS.split(), *WITHIN_A_ROOM.split()}


def classes(module: Module) -> Iterator[str]:
    """Its public classes."""
    return (node.name for node in module.tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_"))


def test_no_name_of_a_class_has_two_meanings(modules: list[Module]) -> None:
    where: defaultdict[str, list[Module]] = defaultdict(list)
    for module in modules:
        for name in classes(module):
            where[name].append(module)

    doubled = [
        f"{name} is in {', '.join(map(str, files))}: rename one, or say in tests/rules/test_one_meaning.py why not"
        for name, files in where.items()
        if len(files) > 1 and name not in TWICE
    ]

    assert doubled == []


def other_types(module: Module) -> Iterator[str]:
    """Names of types that are no classes: unions, callables, tuples. A type variable means nothing outside its function."""
    for node in module.tree.body:
        if isinstance(node, ast.Assign) and isinstance(name := node.targets[0], ast.Name):
            made_by = ast.unparse(node.value.func) if isinstance(node.value, ast.Call) else ""
            if re.fullmatch(r"[A-Z][a-z]+([A-Z][a-z]+)*", name.id) and made_by != "TypeVar":
                yield name.id


def test_no_other_type_has_the_name_of_a_class(modules: list[Module]) -> None:
    """`State` is the state of an office, and nothing else has this name."""
    homes = {name: module for module in modules for name in classes(module)}
    doubled = [
        f"{module}: {name} is a class of {homes[name]}; rename this type"
        for module in modules
        for name in other_types(module)
        if name in homes
    ]

    assert doubled == []


def test_words_of_one_room_stay_there(modules: list[Module]) -> None:
    """No module knows two of them."""
    words = set(WITHIN_A_ROOM.split())
    wrong = []
    for module in modules:
        known: defaultdict[str, set[str]] = defaultdict(set)
        for name in classes(module):
            known[name].add(module.name)
        for imported in module.imports:
            room, _, name = imported.rpartition(".")
            known[name].add(room)
        wrong += [
            f"{module}: {name} is {sorted(rooms)}" for name, rooms in known.items() if name in words and len(rooms) > 1
        ]

    assert wrong == []
