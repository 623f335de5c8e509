"""The JSON Schema takes what the reader takes, refuses what it refuses, and explains every key in the words of the page."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from config.office_files import samples
from config.schema import json_schema
from config.tables import TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "office-file.md").read_text(encoding="utf-8")
GOOD: dict[str, Any] = {
    "office": {"id": "amt", "name": "Amt"},
    "services": [{"id": "a", "letter": "A", "names": {"de": "A"}}],
    "counters": [{"id": "1"}],
}


def takes(file: object) -> bool:
    return bool(jsonschema_rs.validator_for(json_schema()).is_valid(json.loads(json.dumps(file, default=str))))


def test_every_sample_is_valid_for_a_program_that_others_wrote(tmp_path: Path) -> None:
    """As an office would run it in its own CI."""
    (tmp_path / "office.schema.json").write_text(json.dumps(json_schema()), encoding="utf-8")
    files = [str(file) for file in samples()]

    said = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--schemafile", str(tmp_path / "office.schema.json"), *files],
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize("file", samples(), ids=lambda file: file.stem)
def test_every_sample_names_the_schema_in_its_first_line(file: Path) -> None:
    assert file.read_text(encoding="utf-8").startswith("#:schema ./office.schema.json\n")


def test_the_examples_of_the_page_are_valid() -> None:
    blocks = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)

    assert takes(tomllib.loads("\n".join(block for block in blocks if "extends =" not in block)))


@pytest.mark.parametrize(
    "change",
    [
        {"offices": {}},
        {"office": {"id": "Amt!", "name": "Amt"}},
        {"office": {"name": "Amt"}},
        {"office": {"id": "amt", "name": "Amt", "colour": "red"}},
        {"counters": [{"label": "Schalter 1"}]},
        {"counters": [{"id": "1", "arrow": "north"}]},
        {"services": [{"id": "a", "letter": "a", "names": {"de": "A"}}]},
        {"services": [{"id": "a", "letter": "A", "names": {"de": "A"}, "minutes": 0}]},
        {"services": [{"id": "a", "letter": "A", "names": {"de": "A"}, "minutes": "soon"}]},
        {"services": [{"id": "a", "letter": "A", "names": "A"}]},
        {"hours": {"mon": ["8-12"]}},
        {"hours": {"monday": ["08:00-12:00"]}},
        {"hours": {"days": {"24.12.": []}}},
        {"holidays": {"dates": ["Christmas"]}},
        {"holidays": {"state": "Bayern"}},
        {"policy": {"picking": "yes"}},
        {"policy": {"arrival": "guessed"}},
        {"roster": {"mon": {"1": {"opens": []}}}},
    ],
    ids=str,
)
def test_a_mistake_is_marked(change: dict[str, Any]) -> None:
    assert takes(GOOD)
    assert not takes(GOOD | change)


def test_a_file_that_extends_another_may_leave_out_what_is_needed() -> None:
    assert takes({"extends": "city.toml", "office": {"id": "amt"}, "counters": [{"id": "1", "label": "Platz 1"}]})
    assert not takes({"office": {"id": "amt"}})
    assert not takes({"extends": "city.toml", "office": {"colour": "red"}})


def test_a_state_is_named_for_its_public_holidays() -> None:
    assert takes(GOOD | {"holidays": {"state": "DE-BY", "dates": ["2026-08-15"]}})


def test_durations_may_have_a_unit() -> None:
    assert takes(GOOD | {"calls": {"recall_pause": "5min", "fresh": 15}})


def test_every_table_and_every_key_is_explained() -> None:
    whole = json_schema()

    assert {*TABLES, "extends"} == set(whole["properties"])
    assert [path for path, one in _keys(whole["properties"], "") if not one.get("description")] == []


def _keys(properties: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that the page has a row for, with where it is. Hours and rosters are explained as a whole."""
    for name, one in properties.items():
        yield f"{path}{name}", one
        inner = one.get("items", one).get("properties", {})
        if "mon" not in inner and name != "holidays":
            yield from _keys(inner, f"{path}{name}.")
