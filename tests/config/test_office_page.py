"""docs/office-file.md is true: every table and key is there, with its values and its default."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct, inspect

from config.effects import WITHOUT_EFFECT
from config.limits import LIMITS, Pattern, Range
from config.loader import Reading
from config.records import default_of, fields
from config.tables import FOLLOWS, TABLES, USED, office_keys
from server.messages import office
from server.messages.office import (
    WEEKDAYS,
    Accessibility,
    Alerts,
    Appointments,
    Calendar,
    Calls,
    Colours,
    CounterPlan,
    Display,
    Helper,
    Keeping,
    Kiosk,
    LifeSituation,
    Media,
    Named,
    Office,
    Policy,
    Preset,
    Printer,
    Profile,
    Release,
    Rule,
    ServicePlan,
    Situation,
    StationPlan,
    Theme,
    WalkIns,
    Webhook,
    Zone,
)

PAGE = (Path(__file__).parents[2] / "docs" / "office-file.md").read_text(encoding="utf-8")

STRUCTS: dict[str, type] = {
    "services": ServicePlan, "counters": CounterPlan, "stations": StationPlan, "zones": Zone, "displays": Display,
    "kiosks": Kiosk, "printers": Printer, "policy": Policy, "policy.presets": Preset, "calls": Calls,
    "appointments": Appointments, "appointments.walk_ins": WalkIns, "appointments.releases": Release, "breaks": Named,
    "reasons": Named, "profiles": Profile, "occasions": LifeSituation,
    "helpers": Helper, "situations": Situation, "rules": Rule, "keeping": Keeping, "alerts": Alerts,
    "webhooks": Webhook, "calendars": Calendar,
    "accessibility": Accessibility, "theme": Theme, "theme.night": Colours, "media": Media,
}  # fmt: skip
OF_THE_OFFICE = {"id", "name", "revision", "time_zone", "languages", "practice"}
"""Keys of the table `office`; every other field of `Office` is a table of its own."""
FILLED = {
    ("counters", "label"): '`"Schalter <id>"`',
    ("counters", "zone"): "the only zone",
    ("counters", "services"): "all services",
    ("counters", "skills"): "its services",
    ("stations", "zone"): "the only zone",
    ("displays", "zones"): "all zones",
}
"""Defaults that follow from the rest of the file; test_office_loading checks them."""


def value_words(kind: inspect.Type, limit: Range | Pattern | None) -> str:
    match kind:
        case inspect.UnionType():
            return value_words(next(t for t in kind.types if not isinstance(t, inspect.NoneType)), limit)
        case inspect.BoolType():
            return "true, false"
        case inspect.IntType() | inspect.FloatType():
            assert isinstance(limit, Range)
            return f"{limit.low:g} to {limit.high:.0f}{' ' + limit.unit if limit.unit else ''}"
        case inspect.LiteralType():
            return ", ".join(f"`{value}`" for value in kind.values)
        case inspect.VarTupleType(item_type=inspect.LiteralType() as item):
            return f"list of {value_words(item, None)}"
        case inspect.VarTupleType(item_type=inspect.StructType()):
            return "list of tables"
        case inspect.VarTupleType():
            return "list of text"
        case inspect.TupleType():
            return f"three numbers, {value_words(kind.item_types[0], limit)}"
        case inspect.DictType(value_type=inspect.StructType()):
            return "table"
        case inspect.DictType(value_type=inspect.VarTupleType()):
            return "lists by language"
        case inspect.DictType():
            return "text by language"
        case inspect.StructType():
            return "table"
    return "text"


def default_words(table: str, key: inspect.Field) -> str:
    if (table, key.name) in FILLED:
        return FILLED[table, key.name]
    if key.required:
        return "needed"
    value = default_of(key)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Struct):
        return "none"
    if isinstance(value, float | int):
        return f"{value:g}"
    if isinstance(value, tuple) and value:
        return "`[" + ", ".join(f'"{each}"' for each in value) + "]`"
    return f'`"{value}"`' if value else "none"


def expected_rows(table: str) -> dict[str, tuple[str, str]]:
    """Key → the cells `value` and `default` of its row."""
    cls = STRUCTS.get(table, Office)
    keys = office_keys() if cls is Office else fields(cls)
    return {key.name: (value_words(key.type, LIMITS.get((cls, key.name))), default_words(table, key)) for key in keys}


def section(table: str) -> str:
    found = re.search(rf"^##+ `?{re.escape(table)}(?:`|$).*?(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/office-file.md has no section for {table}"
    return found.group()


@pytest.mark.parametrize("table", ["office", *STRUCTS])
def test_every_key_is_documented_with_its_value_and_default(table: str) -> None:
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in section(table).splitlines() if line[:3] == "| `"
    ]

    said, wanted = {row[0].strip("`"): (row[1], row[2]) for row in rows}, expected_rows(table)
    wrong = [f"{key} has {cells}, found {said.get(key)}" for key, cells in wanted.items() if said.get(key) != cells]
    wrong += [f"{key} is no key" for key in said.keys() - wanted]
    assert not wrong, f"docs/office-file.md, section {table}: {'; '.join(wrong)}"
    assert all(len(row) == 4 and len(row[3]) > 10 for row in rows), "a key without an explanation"


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_documented(table: str) -> None:
    assert f"`{table}`" in section(table)


def test_every_table_and_every_class_of_one_is_listed() -> None:
    """A class that is not in `STRUCTS` could have keys without a limit and without a line on the page."""
    classes = {kind for kind in vars(office).values() if isinstance(kind, type) and issubclass(kind, office.Table)}
    unlisted = sorted(
        kind.__name__ for kind in classes - {office.Table, Office, office.Hours, office.Roster, *STRUCTS.values()}
    )
    unread = sorted({key.name for key in fields(Office)} - OF_THE_OFFICE - {*USED, *FOLLOWS})

    assert not unlisted, f"tests/config/test_office_page.py: name {', '.join(unlisted)} in STRUCTS"
    assert not unread, f"config/tables.py: name {', '.join(unread)} in USED or FOLLOWS"


def test_no_table_is_documented_that_does_not_exist() -> None:
    named = re.findall(r"^## `([a-z.]+)`", PAGE, re.MULTILINE)

    gone = sorted(set(named) - {"office", *USED})

    assert not gone, f"docs/office-file.md: {', '.join(gone)} is no table"


@pytest.mark.parametrize("table", ["hours", "roster"])
def test_hours_and_roster_name_every_weekday(table: str) -> None:
    assert all(f"`{day}`" in section(table) for day in (*WEEKDAYS, "days"))


def test_the_examples_of_the_page_are_an_office(read_text: Callable[[str], Reading], tmp_path: Path) -> None:
    """All TOML blocks of the page, one after another, are one good file."""
    (tmp_path / "tipps").mkdir()
    (tmp_path / "tipps" / "1.png").touch()
    (tmp_path / "portal.secret").write_text("whsec_" + "A" * 40, encoding="utf-8")
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    blocks = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    whole = "\n".join(block for block in blocks if "extends =" not in block)

    reading = read_text(whole)

    assert (reading.faults, reading.warnings) == ((), ())
    idle = {
        name for name, kind in STRUCTS.items() if all(f"{name}.{key.name}" in WITHOUT_EFFECT for key in fields(kind))
    }
    unshown = sorted({"office", *USED} - idle - set(WITHOUT_EFFECT) - set(tomllib.loads(whole)))
    assert not unshown, f"docs/office-file.md: show an example of {', '.join(unshown)}"


def test_every_number_has_a_limit_and_every_limit_a_key() -> None:
    """Without limits, a typing error in a number could stop an office."""
    known = {(cls, key.name) for cls in (Office, *STRUCTS.values()) for key in fields(cls)}
    numbers = {
        (cls, key.name)
        for cls in (Office, *STRUCTS.values())
        for key in fields(cls)
        if isinstance(key.type, inspect.IntType | inspect.FloatType | inspect.TupleType)
    }

    unlimited = sorted(f"{kind.__name__}.{key}" for kind, key in numbers - set(LIMITS))

    assert not unlimited, f"config/limits.py: give {', '.join(unlimited)} a Range in LIMITS"
    assert set(LIMITS) <= known
