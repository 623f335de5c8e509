"""Whatever names an office uses: if `check` accepts them, they are called, drawn on every board and spoken."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from audio.texts import announcement_texts, speakable
from config.loader import read
from server.messages import commands as c
from server.messages.boards import Part
from server.office.boards import Sheet, Sight, ToSay, drawn
from tests.office.room import Room

ODD = "①²½٣Ⅳ🛂户\u200f\u00ad\u0308<>[]{}\\|'\""
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from(ODD), min_size=1, max_size=16
)


def file(label: str, way: str, service: str, name: str, spoken: str) -> str:
    """An office file with these names; a JSON string is also a TOML string."""
    label, way, service, name, spoken = (
        json.dumps(one, ensure_ascii=False) for one in (label, way, service, name, spoken)
    )
    return f"""
[office]
id = "amt"
name = {name}
[[zones]]
id = "hall"
names = {{ de = {name} }}
[[services]]
id = "pass"
letter = "A"
names = {{ de = {service}, en = {service} }}
[[counters]]
id = "1"
label = {label}
zone = "hall"
services = ["pass"]
way = {{ de = {way} }}
spoken = {{ de = {spoken} }}
[[displays]]
id = "hall"
name = {name}
zones = ["hall"]
[[kiosks]]
id = "door"
name = {name}
[[printers]]
id = "paper"
name = {name}
kind = "file"
address = "file:tickets"
"""


@settings(max_examples=60)
@given(NAMES, NAMES, NAMES, NAMES, NAMES, NAMES)
def test_what_check_lets_through_is_called_drawn_and_spoken(
    label: str, way: str, service: str, name: str, spoken: str, text: str
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "amt.toml"
        path.write_text(file(label, way, service, name, spoken), encoding="utf-8")
        office = read(path).office
    assume(office is not None)
    assert office is not None
    room = Room(office).begin(office)
    room.does(c.OpenCounter(counter="1"))
    ticket = room.ticket("pass", printer="paper", by=room.desk)
    room.press(c.PostMessage(text={"de": text}, zones=("hall",), speak=True), room.supervisor)
    assert room.call("1") == ticket

    said: list[dict[str, str]] = []

    def texts(saying: ToSay) -> dict[str, str]:
        assert saying.place is not None
        said.append(announcement_texts(saying.number, saying.place, saying.languages))
        return said[-1]

    sheet = Sheet(room.state, room.now)
    boards: list[tuple[Any, str]] = [
        ("display", "hall"), ("announcer", "hall"), ("counter", "1"), ("supervisor", ""), ("desk", ""),
        ("kiosk", "door"), ("printer", "paper"), ("ticket", ticket),
    ]  # fmt: skip
    for kind, id in boards:
        made = drawn(sheet, kind, id, Sight(actor=room.clerk, texts=texts))
        assert isinstance(made, Part), (kind, made)
        assert msgspec.json.decode(sheet.encode(made), type=type(made)) == made
    assert said
    assert all(one.isprintable() for spoken_texts in said for one in spoken_texts.values())
    assert speakable(text, "de").isprintable()
