"""A visit goes from a counter to a station and comes back, on both pages of a running office."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from config.office_files import find
from tests.axe import findings
from tests.story.conftest import OpenOffice, Visitors, signed_in
from tests.story.test_a_clerks_day import can

pytestmark = pytest.mark.browser
STATION = """
[[stations]]
id = "photo"
label = "Fotoautomat"
zone = "hall"
"""
SIZES = ((1280, 720), (1920, 1080), (1080, 1920), (640, 360))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    """The sample office with a station."""
    (tmp_path / "mitte.toml").write_text(f'extends = "{find("mitte")}"\n{STATION}', encoding="utf-8")
    opened = OpenOffice(tmp_path / "data", "--office", str(tmp_path / "mitte.toml"))
    yield opened
    opened.close()


def test_who_is_sent_to_a_station_is_called_there_and_comes_back_first(office: OpenOffice, visitors: Visitors) -> None:
    for _ in range(3):
        office.press("issue_ticket", services=["ausweis"])
    for press in ("open_counter", "call_next", "start_service"):
        office.press(press, counter="1")
    office.press("send_to_station", counter="1", station="photo")
    page = signed_in(office, visitors)
    page.goto(office.base + "/station/mitte/photo")
    found, wide = [], []

    for act in ("next", "arrived", "finish-next"):
        can(page, act)
        expect(page.locator("h2.number")).to_have_text("A001")
        expect(page.locator(".acts .big")).to_be_enabled()
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            found += findings(page)
            wide.append(page.locator("main").evaluate("(main) => main.clientWidth") - width)
        page.keyboard.press("f" if act == "finish-next" else "Enter")
    expect(page.get_by_text("Niemand wartet.").first).to_be_visible()

    board = office.board("counter", "1")
    assert (board["next"]["number"], board["next"]["why"]["code"]) == ("A001", "returned")
    assert found == []
    assert set(wide) == {0}
