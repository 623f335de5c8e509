"""Paths of sounds in an office file: from the folder of the file that names them, and with a checksum that can be one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.loader import Reading, load
from tests.config.test_office_extends import CITY, SITE

Write = Callable[[str, str], Path]
SUM = "0123456789abcdef" * 4


def test_a_path_begins_where_it_is_named(write: Write, tmp_path: Path) -> None:
    """Also that of a base file in another folder; whole paths and names of voices stay as they are."""
    write("city/city.toml", CITY + f'[voices]\nde = ["clips/de", "./joe.onnx#sha256={SUM}", "/srv/x.onnx", "pico"]\n')
    office = load(
        write(
            "nord/nord.toml",
            SITE.replace("city.toml", "../city/city.toml") + '[[zones]]\nid = "a"\ngong_file = "ding.wav"',
        )
    )

    folder = tmp_path / "nord" / ".." / "city"
    assert [Path(name).resolve() for name in office.voices["de"][:2]] == [
        (folder / "clips/de").resolve(),
        (folder / f"joe.onnx#sha256={SUM}").resolve(),
    ]
    assert office.voices["de"][2:] == ("/srv/x.onnx", "pico")
    assert office.zones[0].begins_with == str(tmp_path / "nord" / "ding.wav")


@pytest.mark.parametrize("name", ["./joe.onnx#sha256=12", f"clips/de#sha256={SUM}", f"./joe.onnx#md5={SUM}"])
def test_a_checksum_that_can_be_none_is_told(read_text: Callable[[str], Reading], small: str, name: str) -> None:
    reading = read_text(small.replace("[calls]", f'[voices]\nde = ["{name}"]\n[calls]'))

    assert [(fault.table, fault.key) for fault in reading.faults] == [("voices", "de")]
    assert "must end in .onnx#sha256= and 64 hexadecimal digits" in reading.faults[0].reason


def test_a_file_without_a_slash_is_told_apart_from_a_voice(read_text: Callable[[str], Reading], small: str) -> None:
    reading = read_text(small.replace("[calls]", '[voices]\nde = ["joe.onnx"]\n[calls]'))

    assert ["a file or folder needs a /" in warning.reason for warning in reading.warnings] == [True]
