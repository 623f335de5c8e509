"""`aufruf new`: whatever people answer, the file is one that an office can start with, or one line says why not."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.advice import SOUND_ALIKE
from config.loader import read
from config.new_office import NoLetter, drafted


def test_three_answers_are_an_office(tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    file.write_text(drafted("Bürgerbüro Süd", ["Ausweis und Pass", "Meldung", "Auto"], 3), encoding="utf-8")

    reading = read(file)

    assert (reading.faults, reading.warnings) == ((), ())
    assert reading.office is not None
    assert reading.office.id == "buergerbuero-sued"
    assert [(one.letter, one.names["de"]) for one in reading.office.services] == [
        ("A", "Ausweis und Pass"),
        ("M", "Meldung"),
        ("U", "Auto"),
    ]
    assert [one.label for one in reading.office.counters] == ["Schalter 1", "Schalter 2", "Schalter 3"]


NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=40).filter(str.strip)


@settings(max_examples=60, deadline=None)
@given(NAMES, st.lists(NAMES, min_size=1, max_size=6))
def test_any_names_are_an_office(tmp_path_factory: pytest.TempPathFactory, name: str, services: list[str]) -> None:
    file = tmp_path_factory.mktemp("new") / "office.toml"
    file.write_text(drafted(name, services, 2), encoding="utf-8")

    assert read(file).faults == ()


def test_letters_are_heard_apart(tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    file.write_text(
        drafted("Amt", ["Bauen", "Dokumente", "Fundbüro", "Soziales", "Melden", "Namen", "Comic"], 1), encoding="utf-8"
    )
    office = read(file).office
    assert office is not None
    letters = [one.letter for one in office.services]

    assert len({*letters}) == len(letters)
    assert all(len(group & {*letters}) <= 1 for group in SOUND_ALIKE)
    assert not {"C", "I", "O", "Q"} & {*letters}


def test_more_services_than_letters_are_refused() -> None:
    with pytest.raises(NoLetter, match="letters for 14 services"):
        drafted("Amt", ["x"] * 30, 1)
