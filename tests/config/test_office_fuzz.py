"""Whatever is in an office file, the loader returns faults or an Office, and no fault is silent."""

import tomllib
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.loader import read
from config.office_files import samples
from config.positions import lines_of
from server.messages.office import Office

LINES = [line for file in samples() for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
KEYS = sorted({line.partition("=")[0].strip() for line in LINES if "=" in line and line[0] not in "#["})
VALUES = st.sampled_from(
    ["1", "-1", "1e400", "nan", "true", '""', '"x"', '"90s"', "[]", "{}", "[[1], {a = 1}]", "{ de = 1 }", "2026-12-24",
     '["hall", "hall"]', '["08:00-12:00"]', "07:00:00", '{ de = "x", en = "y" }', '"\\u0000"', "[{ id = 'a' }]"]
)  # fmt: skip
EDITS = st.tuples(
    st.sampled_from(["drop", "twice", "swap", "value", "insert", "cut", "noise"]),
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    VALUES,
    st.text(max_size=8),
)
Edit = tuple[str, int, int, str, str]


def edited(text: str, edit: Edit) -> str:
    what, first, second, value, noise = edit
    lines = text.splitlines() or [""]
    at, other = first % len(lines), second % len(lines)
    match what:
        case "drop":
            del lines[at]
        case "twice":
            lines.insert(other, lines[at])
        case "swap":
            lines[at], lines[other] = lines[other], lines[at]
        case "value":
            lines[at] = f"{lines[at].partition('=')[0]} = {value}"
        case "insert":
            lines.insert(at, f"{KEYS[second % len(KEYS)]} = {value}")
        case "cut":
            return text[: first % (len(text) + 1)]
        case "noise":
            lines[at] += noise
    return "\n".join(lines)


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(samples()), edits=st.lists(EDITS, min_size=1, max_size=6))
def test_mutated_samples_give_faults_or_an_office(tmp_path: Path, start: Path, edits: list[Edit]) -> None:
    """Never an exception; an Office exactly when there is no fault; and an Office survives the way through JSON."""
    text = start.read_text(encoding="utf-8")
    for edit in edits:
        text = edited(text, edit)
    file = tmp_path / "fuzz.toml"
    file.write_text(text, encoding="utf-8", errors="replace")

    reading = read(file)

    assert (reading.office is None) == bool(reading.faults)
    assert all(fault.reason and "\n" not in str(fault) for fault in (*reading.faults, *reading.warnings))
    if reading.office is not None:
        assert msgspec.json.decode(msgspec.json.encode(reading.office), type=Office) == reading.office


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200))
def test_bytes_of_any_kind_give_faults(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "fuzz.toml"
    file.write_bytes(content)

    assert read(file).faults


@settings(max_examples=250)
@given(start=st.sampled_from(samples()), edits=st.lists(EDITS, max_size=4))
def test_lines_are_known_for_every_table_that_toml_accepts(start: Path, edits: list[Edit]) -> None:
    text = start.read_text(encoding="utf-8")
    for edit in edits:
        text = edited(text, edit)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return

    lines = lines_of(text)

    count = len(text.splitlines())
    assert {path[0] for path in lines} == set(data)
    assert all(1 <= line <= count for line in lines.values())
