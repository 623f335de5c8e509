"""A small office that uses every kind of reference, and a way to read a text as an office file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from config.loader import Reading, read

SERVICES = """\
[[services]]
id = "ausweis"
letter = "A"
names = { de = "Ausweis", en = "ID card" }
minutes = 12

[[services]]
id = "kfz"
letter = "K"
names = { de = "Auto", en = "Vehicle" }

"""
SMALL = (
    """\
[office]
id = "test"
name = "Test"

[hours]
mon = ["08:00-12:00", "13:00-18:00"]
days."2026-12-24" = []

"""
    + SERVICES
    + """\
[[zones]]
id = "hall"

[[zones]]
id = "upstairs"
names = { de = "Oben", en = "Upstairs" }

[[counters]]
id = "1"
zone = "hall"
services = ["ausweis"]
skills = ["ausweis", "kfz"]
features = ["step_free"]

[[counters]]
id = "2"
zone = "upstairs"

[[stations]]
id = "foto"
label = "Fotoautomat"
zone = "hall"
limit = "15min"

[[displays]]
id = "hall"
name = "Halle"
zones = ["hall", "upstairs"]

[[printers]]
id = "entrance"
name = "Drucker"
address = "tcp://192.168.1.50:9100"

[[kiosks]]
id = "entrance"
name = "Automat"
printer = "entrance"
services = ["ausweis"]

[policy]
preset = "eilig"
presets.eilig = { ageing = [1, 2, 3], credit = [0, 30, 60] }

[calls]
recall_pause = "5min"

[[breaks]]
id = "pause"
names = { de = "Pause", en = "Break" }

[holidays]
dates = ["2026-12-25"]

[ticket]
de = "Guten Tag"
"""
)

ReadText = Callable[[str], Reading]


@pytest.fixture
def small() -> str:
    return SMALL


@pytest.fixture
def read_text(tmp_path: Path) -> ReadText:
    def reader(text: str) -> Reading:
        file = tmp_path / "test.toml"
        file.write_text(text, encoding="utf-8")
        return read(file)

    return reader


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    def writer(name: str, text: str) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return writer
