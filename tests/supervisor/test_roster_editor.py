"""The roster on the supervisor's table in a real Chromium: one row a day, one row a half hour, and a save that loses nothing."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Locator, Page, Request, expect

from server.messages import boards as wire
from server.messages.facts import Duty
from server.messages.office import WEEKDAYS
from server.office.roster import counts
from tests.axe import findings
from tests.live_sockets import Frame
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage, refused
from tests.staff_pages.visitor import Visitor, overflow, picture
from tests.supervisor.test_supervisor_table import opened
from tests.supervisor.test_supervisor_what_if import FOUND, answers, effect

pytestmark = pytest.mark.browser

SIZES = {"1920x1080": (1920, 1080), "tablet": (820, 1180), "390x844": (390, 844)}
DATE = "2026-11-26"


Open = Callable[..., Locator]
"""Opens the editor over these days; options are the page's."""


def span(counter: str, start: str, end: str, kind: str = "open") -> Frame:
    return {"counter": counter, "from": start, "to": end, "kind": kind}


MONDAY = [span("1", "08:00", "16:00"), span("1", "12:00", "12:30", "break"), span("2", "08:15", "12:00")]


def plan(day: str, duty: list[Frame] | None, changed: bool = False, version: str = "v1") -> wire.RosterDay:
    lines = [wire.DutyLine(counter=s["counter"], from_=s["from"], to=s["to"], kind=s["kind"]) for s in duty or []]
    facts = tuple(Duty(counter=s.counter, from_=s.from_, to=s.to, kind=s.kind) for s in lines)
    return wire.RosterDay(
        day=day, duty=None if duty is None else tuple(lines), counts=counts(facts), changed=changed,
        version="" if duty is None else version,
    )  # fmt: skip


def roster(*days: wire.RosterDay) -> wire.Roster:
    known = {one.day: one for one in days}
    week = [known.pop(day, plan(day, None)) for day in WEEKDAYS]
    counters = tuple(wire.RosterCounter(id=str(name), label=f"Schalter {name}") for name in range(1, 9))
    return wire.Roster(
        office="mitte", name="Bürgerbüro Mitte", time_zone="Europe/Berlin", today="2026-11-23", counters=counters,
        days=(*week, *known.values()), walk_ins=(),
    )  # fmt: skip


EFFECT: Frame = {**FOUND, "unserved": {**effect(0, 9, 14, 0.0), "now": 0.2, "then": 9.4}}


@pytest.fixture
def editor(stage: Stage, visitor: Visitor) -> Open:
    def open_editor(*days: wire.RosterDay, **options: Any) -> Locator:
        stage.roster = roster(*(days or (plan("mon", MONDAY),)))
        today = wire.OnDuty(day="2026-11-23", counts=stage.roster.days[0].counts)
        page = opened(stage, visitor, o.supervisor(roster=today), **options)
        answers(page, EFFECT)
        page.locator("[data-ask=roster]").click()
        expect(page.locator("[data-day]")).to_have_count(max(7, len(stage.roster.days)))
        return page.get_by_role("dialog")

    return open_editor


def cell(dialog: Locator, name: str) -> Locator:
    return dialog.get_by_role("button", name=name, exact=True)


def test_the_table_shows_how_many_are_on_duty_today(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.supervisor(roster=wire.OnDuty(day="2026-11-23", counts=plan("mon", MONDAY).counts)))
    table = page.get_by_role("table", name="Besetzte Schalter in jeder halben Stunde")

    shown = table.get_by_role("row").nth(1).get_by_role("cell").all_inner_texts()
    assert shown[4:9] == ["1", "2", "2", "2", "2"]  # from eight o'clock on; the row begins at six
    stage.show(o.supervisor(roster=None))
    expect(page.get_by_text("Für heute gibt es keinen Plan.")).to_be_visible()


def test_a_day_is_changed_by_half_hours_and_what_nobody_pressed_stays_to_the_minute(stage: Stage, editor: Open) -> None:
    dialog = editor()
    dialog.locator("[data-day=mon]").click()
    row = dialog.get_by_role("row", name="08:00")
    expect(cell(dialog, "Schalter 2, 08:00: zum Teil, 08:15–12:00")).to_have_text("½")
    expect(row.get_by_role("gridcell").first).to_have_text("1")

    cell(dialog, "Schalter 3, 08:00: nicht da").click()
    expect(row.get_by_role("gridcell").first).to_have_text("2")
    cell(dialog, "Schalter 1, 12:00: Pause").click()
    cell(dialog, "Schalter 1, 15:30: im Dienst").click()
    dialog.get_by_role("button", name="Sichern").click()

    duty = [
        span("1", "08:00", "12:00"), span("1", "12:30", "16:00"), span("1", "15:30", "16:00", "break"),
        span("2", "08:15", "12:00"), span("3", "08:00", "08:30"),
    ]  # fmt: skip
    stage.expect({"type": "set_roster", "weekday": "mon", "duty": duty, "seen": "v1"})
    expect(dialog.get_by_role("alert")).to_have_text("Gesichert.")


def test_a_span_is_set_at_once_and_by_keyboard_alone(stage: Stage, editor: Open) -> None:
    dialog: Locator = editor()
    page = dialog.page
    dialog.locator("[data-day=tue]").focus()
    page.keyboard.press("Enter")
    dialog.get_by_label("von", exact=True).fill("07:45")
    dialog.get_by_label("bis", exact=True).fill("10:00")
    dialog.get_by_role("button", name="Eintragen").press("Enter")
    cell(dialog, "Schalter 1, 06:00: nicht da").focus()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(cell(dialog, "Schalter 2, 06:30: im Dienst")).to_be_focused()
    dialog.get_by_role("button", name="Sichern").press("Enter")

    stage.until(lambda: bool(stage.pressed))
    assert [one for one in stage.pressed[0]["duty"] if one["counter"] in ("2", "8")] == [
        span("2", "06:30", "07:00"),
        span("2", "07:45", "10:00"),
        span("8", "07:45", "10:00"),
    ]


def test_a_single_day_begins_with_its_weekday_and_is_removed_again(stage: Stage, editor: Open) -> None:
    """26 November 2026 is a Thursday."""
    dialog = editor(plan("thu", [span("1", "09:00", "12:00")]))
    dialog.get_by_label("Ein einzelner Tag").fill(DATE)
    dialog.get_by_role("button", name="Planen").click()
    expect(dialog.get_by_role("heading", level=2)).to_have_text("Dienstplan: Donnerstag, 26. November")
    cell(dialog, "Schalter 1, 12:00: nicht da").click()
    made = [span("1", "09:00", "12:30")]
    stage.roster = roster(plan("thu", [span("1", "09:00", "12:00")]), plan(DATE, made, changed=True, version="v2"))
    dialog.get_by_role("button", name="Sichern").click()
    stage.expect({"type": "set_roster", "date": DATE, "duty": made, "seen": ""})

    dialog.get_by_role("button", name="Plan entfernen").click()
    stage.expect({"type": "set_roster", "date": DATE, "duty": None, "seen": "v2"})


def test_what_is_kept_for_walk_ins_on_a_day_is_set_and_removed(stage: Stage, editor: Open) -> None:
    dialog = editor()
    dialog.get_by_label("Ein einzelner Tag").fill(DATE)
    dialog.get_by_role("button", name="Planen").click()
    kept = dialog.get_by_role("region", name="Für Menschen ohne Termin")
    kept.get_by_label("Prozent").fill("80")
    kept.get_by_label("Anliegen").select_option("kfz")
    line = wire.WalkInLine(percent=80, from_="08:00", to="12:00", services=("kfz",))
    stage.roster = replace(roster(), walk_ins=(wire.WalkInDay(day=DATE, shares=(line,)),))
    kept.get_by_role("button", name="Freihalten").click()
    row = {"percent": 80, "from": "08:00", "to": "12:00", "services": ["kfz"]}
    stage.expect({"type": "set_walk_ins", "date": DATE, "shares": [row]})

    expect(kept.get_by_role("listitem")).to_contain_text("80 % von 08:00 bis 12:00: Auto und Führerschein")
    kept.get_by_role("button", name="Entfernen").click()
    stage.expect({"type": "set_walk_ins", "date": DATE, "shares": None})


def test_nothing_is_lost_if_the_board_changes_or_the_dialog_is_closed(stage: Stage, editor: Open) -> None:
    dialog = editor()
    page = dialog.page
    dialog.locator("[data-day=mon]").click()
    cell(dialog, "Schalter 5, 09:00: nicht da").click()
    stage.show(o.supervisor(policy="plain"))
    expect(page.locator("[data-ask=policy]")).to_contain_text("der Reihe nach")
    expect(cell(dialog, "Schalter 5, 09:00: im Dienst")).to_be_visible()

    page.keyboard.press("Escape")
    page.locator("[data-ask=roster]").click()
    expect(dialog.locator("[data-day=mon]")).to_contain_text("nicht gesichert")
    dialog.locator("[data-day=mon]").click()
    expect(cell(dialog, "Schalter 5, 09:00: im Dienst")).to_be_visible()
    assert stage.pressed == []


def test_what_somebody_else_saved_meanwhile_is_overwritten_only_on_purpose(stage: Stage, editor: Open) -> None:
    dialog = editor()
    dialog.locator("[data-day=mon]").click()
    cell(dialog, "Schalter 1, 16:00: nicht da").click()
    stage.answer = refused("overtaken")
    stage.roster = roster(plan("mon", [span("2", "08:00", "12:00")], changed=True, version="theirs"))
    dialog.get_by_role("button", name="Sichern").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Inzwischen hat jemand anders diesen Tag geändert.")
    assert [one["seen"] for one in stage.pressed] == ["v1"]

    stage.heard.clear()
    stage.answer = lambda _: {"result": {}}
    dialog.get_by_role("button", name="Meinen Plan sichern").click()
    stage.until(lambda: bool(stage.pressed))
    assert stage.pressed[0]["seen"] == "theirs"
    assert span("1", "08:00", "16:30") in stage.pressed[0]["duty"]


def test_a_refusal_is_told_in_the_dialog_and_the_change_stays(stage: Stage, editor: Open) -> None:
    dialog = editor()
    dialog.locator("[data-day=mon]").click()
    cell(dialog, "Schalter 5, 09:00: nicht da").click()
    stage.answer = refused("not_allowed")
    dialog.get_by_role("button", name="Sichern").click()

    expect(dialog.get_by_role("alert")).not_to_be_empty()
    expect(cell(dialog, "Schalter 5, 09:00: im Dienst")).to_be_visible()
    dialog.get_by_role("button", name="Änderung verwerfen").click()
    expect(cell(dialog, "Schalter 5, 09:00: nicht da")).to_be_visible()


def test_a_roster_that_cannot_be_read_is_said(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.locator("[data-ask=roster]").click()

    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("lässt sich gerade nicht lesen")


WORSE = "Längste Wartezeit steigt um etwa 25 Minuten (18 bis 31)."


def test_what_a_plan_does_today_is_said_before_it_is_saved(stage: Stage, editor: Open) -> None:
    """Three are sick: their day is emptied, and the table says what that means for today. Nothing is saved by that."""
    dialog = editor()
    asked = answers(dialog.page, {**EFFECT, "longest": effect(18, 25, 31, 0.0)})
    dialog.locator("[data-day=mon]").click()
    expect(dialog.get_by_role("region", name="Was das heute bewirkt")).to_have_count(0)
    dialog.locator("[name=counter]").select_option("2")
    dialog.locator("[name=state]").select_option("off")
    dialog.get_by_role("button", name="Eintragen").click()

    said = dialog.get_by_role("region", name="Was das heute bewirkt").get_by_role("status")
    expect(said).to_contain_text(WORSE)
    expect(said).to_contain_text("Bis zum Schluss werden etwa 9 Personen nicht aufgerufen, ohne die Änderung etwa 0.")
    expect(said.get_by_role("row")).to_have_count(5)
    duty = MONDAY[:2]
    assert asked == [{"moves": [{"type": "set_roster", "weekday": "mon", "duty": duty, "seen": "v1"}]}]
    assert stage.pressed == []
    dialog.get_by_role("button", name="Änderung verwerfen").click()
    expect(said).to_have_count(0)


def test_three_are_sick(stage: Stage, editor: Open) -> None:
    """One after another: the last effect that is asked for is that of all three, and the row of counts says who is left."""
    here = [span(str(n), "08:00", "16:00") for n in range(1, 6)]
    dialog = editor(plan("mon", here))
    answers(dialog.page, {**EFFECT, "longest": effect(18, 25, 31, 0.0)})
    dialog.locator("[data-day=mon]").click()
    dialog.locator("[name=state]").select_option("off")

    def of_two(request: Request) -> bool:
        if not request.url.endswith("/what-if"):
            return False
        duty = json.loads(request.post_data or "")["moves"][0]["duty"]
        return bool(duty == [here[0], here[3]])

    with dialog.page.expect_request(of_two):
        for sick in ("2", "3", "5"):
            dialog.locator("[name=counter]").select_option(sick)
            dialog.get_by_role("button", name="Eintragen").click()
            expect(cell(dialog, f"Schalter {sick}, 08:00: nicht da")).to_be_visible()

    expect(dialog.get_by_role("region", name="Was das heute bewirkt").get_by_role("status")).to_contain_text(WORSE)
    expect(dialog.get_by_role("row", name="08:00").get_by_role("gridcell").first).to_have_text("2")
    assert stage.pressed == []


def test_by_keyboard_the_last_change_is_the_one_that_is_told(editor: Open) -> None:
    dialog = editor()
    page = dialog.page
    asked = answers(page, EFFECT)
    dialog.locator("[data-day=mon]").press("Enter")
    cell(dialog, "Schalter 1, 08:00: im Dienst").focus()
    for key in ("Enter", "Enter", "ArrowDown", "Enter", "Enter"):
        page.keyboard.press(key)
    expect(cell(dialog, "Schalter 1, 08:30: nicht da")).to_be_focused()
    expect(dialog.get_by_role("status")).to_contain_text("Längste Wartezeit sinkt um etwa 18 Minuten")

    assert span("1", "09:00", "16:00") in asked[-1]["moves"][0]["duty"]


def test_another_day_has_no_effect_on_today_and_no_answer_is_said(editor: Open, visitor: Visitor) -> None:
    dialog = editor(plan("tue", MONDAY), plan("2026-11-23", MONDAY, changed=True))
    asked = answers(dialog.page, {"type": "about:blank", "code": "starting", "status": 503, "detail": ""}, 503)
    for day in ("tue", "mon"):  # today has a plan of its own, so the plan for Mondays does not change it
        dialog.locator(f"[data-day={day}]").click()
        cell(dialog, "Schalter 5, 09:00: nicht da").click()
        dialog.get_by_role("button", name="Alle Tage").click()
    assert asked == []
    dialog.locator("[data-day='2026-11-23']").click()
    cell(dialog, "Schalter 5, 09:00: nicht da").click()

    expect(dialog.get_by_role("status")).not_to_be_empty()
    assert asked[-1]["moves"][0]["date"] == "2026-11-23"
    expect(dialog.get_by_role("button", name="Sichern")).to_be_enabled()
    assert len(visitor.faults) == len(asked), "the browser notes each answer that is a problem"
    visitor.wrong.clear()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_the_editor_fits_and_axe_finds_nothing(editor: Open, visitor: Visitor, size: str, language: str) -> None:
    width, height = SIZES[size]
    days = (
        plan("mon", MONDAY),
        plan("tue", MONDAY, changed=True),
        plan(DATE, [span("1", "09:00", "12:00")], changed=True),
    )
    dialog: Locator = editor(*days, width=width, height=height, locale=language, path=f"supervisor/-?lang={language}")
    page: Page = dialog.page

    picture(page, f"roster-days-{language}-{size}")
    assert findings(page) == []
    dialog.locator("[data-day=mon]").click()
    expect(dialog.locator("[data-half='4/0']")).to_be_in_viewport(ratio=0.99)  # eight o'clock, when the first comes
    dialog.locator("[data-half='4/2']").click()
    expect(dialog.get_by_role("status").get_by_role("table")).to_be_visible()
    picture(page, f"roster-half-hours-{language}-{size}")
    assert findings(page) == []
    assert dialog.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    assert overflow(page) <= 0
