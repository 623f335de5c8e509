"""A supervisor's morning, from trouble to its end, once by mouse and once by keyboard alone: from wherever the focus is."""

import pytest
from playwright.sync_api import Page, expect

from server.messages import boards as wire
from tests.staff_pages.hand import Mouse, hand
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor
from tests.supervisor.full_room import ADVICE, TOLD, alerts, full_room, row
from tests.supervisor.test_roster_editor import MONDAY, plan, roster, span
from tests.supervisor.test_supervisor_table import opened
from tests.supervisor.test_supervisor_what_if import FOUND, answers

__all__ = ["hand"]
pytestmark = pytest.mark.browser


@pytest.fixture
def page(stage: Stage, visitor: Visitor) -> Page:
    return opened(stage, visitor, full_room(), width=1920, height=1080)


def test_trouble_is_seen_what_if_is_asked_advice_applied_and_taken_back(stage: Stage, page: Page, hand: Mouse) -> None:
    press = hand.press
    expect(page.get_by_role("region", name="Warnungen")).to_contain_text(
        "Wer jetzt zieht, wartet etwa 75 min, Ziel 30 min"
    )
    expect(page.locator(".services .word").nth(2)).to_have_text("über dem Ziel")
    asked = answers(page, FOUND)
    bar, panel = (page.get_by_role("region", name=name) for name in ("Vorschlag", "Was wäre wenn …"))

    press(bar.get_by_role("button", name="Was wäre wenn …"))
    expect(panel.get_by_role("heading")).to_be_focused()
    hand.press_cell(page.get_by_role("button", name="Schalter 7, Auto und Führerschein: könnte bedienen"))
    expect(panel.get_by_role("table")).to_be_visible()
    assert [move["counter"] for move in asked[-1]["moves"]] == ["5", "7"]
    press(panel.get_by_role("button", name="Verwerfen"))
    expect(panel).to_be_hidden()
    assert stage.pressed == []

    press(bar.get_by_role("button", name="Übernehmen"))
    told = {"low": 11, "median": 18, "high": 25, "chance": 0.8, "advice": "advice:1"}
    applied = {"type": "apply_moves", "moves": ADVICE["moves"], "until": ADVICE["until"], "seen_seq": 4, "told": told}
    stage.expect(applied)
    stage.show(full_room(advice=None, alerts=alerts()[:1], shift_book=(row("of-the-advice", told=TOLD),)))
    back = page.get_by_role("region", name="Schichtbuch").get_by_role("button", name="Zurücknehmen")
    expect(back).to_have_count(1)
    press(back)
    stage.expect({"type": "revert_moves", "key": "of-the-advice"})


def test_the_house_is_cleared_and_opened_again(stage: Stage, page: Page, hand: Mouse) -> None:
    press = hand.press
    listed = page.get_by_role("region", name="Lagen")

    press(listed.get_by_role("button", name="Auslösen: Räumung"))
    press(page.get_by_role("dialog", name="Räumung").get_by_role("button", name="Auslösen"))
    stage.expect({"type": "start_situation", "situation": "raeumung"})
    names = {"de": "Räumung"}
    on = wire.SituationLine(id="raeumung", names=names, key="s~1", since="2026-11-23T09:41:00.000Z", until=None)
    stage.show(full_room(situations=(on,)))
    expect(listed).to_contain_text("Räumung seit 10:41")
    press(listed.get_by_role("button", name="Beenden: Räumung"))
    stage.expect({"type": "revert_moves", "key": "s~1"})


def test_somebody_is_sick_the_effect_is_seen_and_the_plan_saved(stage: Stage, page: Page, hand: Mouse) -> None:
    press = hand.press
    stage.roster = roster(plan("mon", MONDAY))
    answers(page, FOUND)
    dialog = page.get_by_role("dialog")

    press(page.get_by_role("region", name="Dienstplan heute").get_by_role("button", name="Ändern"))
    expect(dialog.locator("[data-day]")).to_have_count(7)
    press(dialog.locator("[data-day=mon]"))
    hand.choose(dialog.locator("[name=counter]"), "Schalter 2")
    hand.choose(dialog.locator("[name=state]"), "nicht da")
    expect(dialog.locator("[name=counter]")).to_have_value("2")
    expect(dialog.locator("[name=state]")).to_have_value("off")
    press(dialog.get_by_role("button", name="Eintragen"))
    expect(dialog.get_by_role("region", name="Was das heute bewirkt")).to_contain_text("sinkt um etwa 18 Minuten")
    assert stage.pressed == []
    press(dialog.get_by_role("button", name="Sichern"))
    duty = [span("1", "08:00", "16:00"), span("1", "12:00", "12:30", "break")]
    stage.expect({"type": "set_roster", "weekday": "mon", "duty": duty, "seen": "v1"})
