"""How each room sounds, on the supervisor's table: silence now and its end, a test, and which voice speaks."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.messages import boards as wire
from tests.axe import findings
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor
from tests.supervisor.test_supervisor_table import opened as table
from tests.supervisor.test_supervisor_table import timed

pytestmark = pytest.mark.browser
MAY = ("silence_zone", "end_silence", "test_call")


def zone(id: str, name: str, **changes: Any) -> wire.ZoneSound:
    plain: dict[str, Any] = {
        "silent": False, "until": None, "quiet_until": None, "volume": 100, "heard": True, "names": {"de": name},
    }  # fmt: skip
    return wire.ZoneSound(zone=id, **{**plain, **changes})


SPEAKERS = (
    wire.Speaker(language="de", voice="pico", passed="piper", why="not installed"),
    wire.Speaker(language="en", voice="espeak", passed="pico", why="no answer in 3 s"),
    wire.Speaker(language="tr", voice=None),
)


def opened(stage: Stage, visitor: Visitor, *zones: wire.ZoneSound, **changes: Any) -> Page:
    return table(stage, visitor, o.supervisor(sound=zones, speakers=SPEAKERS, **{"may": MAY, **changes}))


def test_silence_is_one_press_and_its_end_another(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, zone("hall", "Halle"), zone("up", "Obergeschoss"))
    page.get_by_role("button", name="Ruhe jetzt: Halle").click()
    stage.expect({"type": "silence_zone", "zone": "hall"})

    until = stage.now(seconds=600)
    silent = (zone("hall", "Halle", silent=True, until=until), zone("up", "Obergeschoss", silent=True))
    stage.show(o.supervisor(sound=silent, may=MAY))
    expect(page.locator("[data-zone=hall]").first).to_contain_text("Ruhe bis")
    expect(page.locator("[data-zone=up]").first).to_contain_text("Ruhe, bis sie beendet wird")
    page.get_by_role("button", name="Ruhe beenden: Halle").click()
    stage.expect({"type": "end_silence", "zone": "hall"})


def test_silence_may_end_by_itself(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, zone("hall", "Halle"))
    page.get_by_role("button", name="Ton: Halle").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Endet von selbst").select_option("30")
    dialog.get_by_role("button", name="Ruhe jetzt").click()

    assert timed(stage, "until", 29, 31) == {"type": "silence_zone", "zone": "hall"}


@pytest.mark.parametrize(("button", "more"), [("Probeansage", {}), ("Rauschen zum Einstellen", {"tone": True})])
def test_a_room_is_tried(stage: Stage, visitor: Visitor, button: str, more: dict[str, bool]) -> None:
    page = opened(stage, visitor, zone("hall", "Halle"))
    page.get_by_role("button", name="Ton: Halle").click()
    page.get_by_role("dialog").get_by_role("button", name=button).click()

    stage.expect({"type": "test_call", "zone": "hall"} | more)
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_it_says_who_speaks_and_why_not_another(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, zone("hall", "Halle"))
    card = page.locator("section:has(#sound)")

    expect(card).to_contain_text("Deutsch: pico (nicht piper: nicht installiert)")
    expect(card).to_contain_text("English: espeak (nicht pico: no answer in 3 s)")
    expect(card).to_contain_text("Türkçe: keine Stimme, nur Gong")


def test_each_state_of_a_room_has_its_words(stage: Stage, visitor: Visitor) -> None:
    states = (
        zone("a", "A", volume=60), zone("b", "B", heard=False), zone("c", "C", heard=None),
        zone("d", "D", quiet_until="2026-11-23T13:00:00Z"),
    )  # fmt: skip
    page = opened(stage, visitor, *states, may=())
    words = [page.locator(f"[data-zone={one.zone}]").inner_text() for one in states]

    assert [one.split(maxsplit=1)[1].strip() for one in words] == [
        "wird gehört, Lautstärke 60 %", "kein Gerät ist zu hören", "kein Gerät mit Ton", "Ruhezeit bis 14:00",
    ]  # fmt: skip
    expect(page.locator("section:has(#sound) button")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (390, 844)])
def test_axe_finds_nothing(stage: Stage, visitor: Visitor, width: int, height: int) -> None:
    page = opened(stage, visitor, zone("hall", "Halle"), zone("up", "Warteraum im Obergeschoss", silent=True))
    page.set_viewport_size({"width": width, "height": height})

    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Ton: Halle").click()
    assert findings(page) == []
