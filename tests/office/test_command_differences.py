"""Every field of every command has an effect: two lives that differ only in its value differ in what people see or hear.

Each command has a scene, in which it is pressed once as written and once with another value of one field. Both lives go on, and
are compared (`tests/office/outcome.py`). A field that has no effect yet is named, and must then really have none.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import fields, replace

from server.messages.commands import COMMANDS
from tests.office.outcome import Played, answered, foreseen, outcome
from tests.office.room import Room
from tests.office.scenes import house, visits
from tests.office.scenes.stage import Scene, office
from tests.rules.test_effects import command_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


FILE = "tests/office/test_command_differences.py"
SCENES_IN = "tests/office/scenes/visits.py or house.py"
WITHOUT: dict[str, str] = {
    "cancel_ticket.reason": "stands in the log and in `GET events`; no screen and no figure of the report asks for it yet",
    "report_print.reason": "stands in the log; staff see why a printer fails in the printer's own report",
}
"""Fields that have no effect yet, and why."""
FORESEEN = {"set_roster"}
"""Commands whose effect is seen in the forecast alone."""


SCENES: dict[str, Callable[[Room], Scene]] = {
    name: scene for name, scene in (vars(visits) | vars(house)).items() if name in COMMANDS
} | {"test_call": house.call_for_a_test}
FIELDS = [(name, field.encode_name) for name, kind in COMMANDS.items() for field in fields(kind)]


def lived(name: str, field: str | None) -> Iterator[Any]:
    """What is seen after the command as written, or with another value of this field."""
    room = Played(office()).begin(office()).open("1", "2", "3", "4")
    by, command, others = SCENES[name](room)
    if field is not None:
        assert field in others, f"{SCENES_IN}: give {name}.{field} another value in its scene"
        attribute = next(one.name for one in fields(command) if one.encode_name == field)
        command = replace(command, **{attribute: others[field]})
    yield answered(room, command, by)
    if name in FORESEEN:
        yield foreseen(room)
    else:
        yield from outcome(room)


@cache
def as_written(name: str) -> tuple[Any, ...]:
    return tuple(lived(name, None))


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_two_values_of_a_field_make_two_outcomes(name: str, field: str) -> None:
    assert name in SCENES, f"{SCENES_IN}: write a scene for the command {name}"
    differs = any(one != other for one, other in zip(lived(name, field), as_written(name), strict=False))

    where = f"{name}.{field}"
    if where in WITHOUT:
        assert not differs, f"{FILE}: {where} has an effect now: take it out of WITHOUT"
    else:
        assert differs, f"{FILE}: {where} changes nothing that people see; give it an effect, or name it in WITHOUT"


@pytest.mark.parametrize("name", SCENES)
def test_the_scene_of_a_command_is_played_as_written(name: str) -> None:
    """If a command were refused as written, any other value would make a difference."""
    room = Played(office()).begin(office()).open("1", "2", "3", "4")
    by, command, others = SCENES[name](room)

    room.does(command, by)

    unknown = set(others) - {one.encode_name for one in fields(command)}
    assert not unknown, f"{SCENES_IN}: {name} has no {', '.join(sorted(unknown))}"


def test_what_has_no_effect_is_named_in_the_table_of_effects_too() -> None:
    unseen = {name for name, (where, _, _) in command_rows().items() if where in ("later", "log")}

    assert unseen == set(WITHOUT), "tests/rules/test_effects.py: COMMAND_ROWS and WITHOUT differ"
