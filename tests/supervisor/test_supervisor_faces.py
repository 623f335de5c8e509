"""The shift book, alerts and colleagues who can be called in, on the supervisor's table in a real Chromium."""

from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from server.messages import boards as wire
from tests.axe import findings
from tests.live_sockets import instant
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor, overflow, picture
from tests.supervisor.full_room import ADVICE
from tests.supervisor.test_supervisor_table import opened, timed

pytestmark = pytest.mark.browser
TOLD = wire.GainTold(low=11, median=21, high=25, chance=0.8)


def row(key: str = "set~1", **changes: Any) -> wire.ShiftRow:
    plain = wire.ShiftRow(
        key=key, at="2026-11-23T09:41:00.000Z", by="supervisor:7", type="moves_applied", did=(o.MOVED,), reason="stoerung",
        until="2026-11-23T10:15:00.000Z", told=None, happened=None, open=True, ended=False,
    )  # fmt: skip
    return replace(plain, **changes)


def helper(id: str = "archiv", **changes: Any) -> wire.HelperLine:
    plain = wire.HelperLine(id=id, names={"de": "Kollegin im Archiv"}, since=None, until=None, counter=None)
    return replace(plain, **changes)


def alerts() -> tuple[wire.Alert, ...]:
    since = "2026-11-23T09:41:00.000Z"
    return (
        wire.Alert(id="no_counter:kfz", code="no_counter", place="kfz", since=since, count=17),
        wire.Alert(id="over_target:ausweis", code="over_target", place="ausweis", since=since, minutes=45, target=30),
        wire.Alert(id="device:display:door", code="device", place="display:door", since=since),
        wire.Alert(id="idle_counter:4", code="idle_counter", place="4", since=since, count=9),
    )


def test_the_shift_book_says_who_what_why_until_when_and_what_became_of_it(stage: Stage, visitor: Visitor) -> None:
    rule = row("r1", by="rule:kfz", did=(wire.Did(type="service_closed", service="kfz"),), told=TOLD, happened=17.2)
    over = row("o1", by="system", reason=None, until=None, open=False, ended=True, told=TOLD)
    late = row("l1", told=TOLD, not_compared=True)
    page = opened(stage, visitor, o.supervisor(shift_book=(row(), rule, over, late)))
    rows = page.get_by_role("region", name="Schichtbuch").get_by_role("listitem")

    expect(rows.nth(0)).to_contain_text("10:41 Schalter 1: jetzt auch Standesamt, ohne Ausweis und Pass")
    expect(rows.nth(0)).to_contain_text("Aufsicht, bis 11:15, Fachverfahren gestört")
    expect(rows.nth(1)).to_contain_text("Auto und Führerschein: Annahme geschlossen")
    expect(rows.nth(1)).to_contain_text("Regel, bis 11:15")
    expect(rows.nth(1)).to_contain_text("vorhergesagt etwa 21, geschehen etwa 17")
    expect(rows.nth(2)).to_contain_text("von selbst, vorhergesagt etwa 21 min kürzer, beendet")
    expect(rows.nth(2).get_by_role("button")).to_have_count(0)
    expect(rows.nth(3)).to_contain_text("vorhergesagt etwa 21 min kürzer, kein Vergleich über Mitternacht")
    rows.nth(1).get_by_role("button", name="Zurücknehmen").click()
    stage.expect({"type": "revert_moves", "key": "r1"})


def test_what_became_of_the_last_advice_stands_beside_the_next_one_and_is_said_when_it_is_known(
    stage: Stage, visitor: Visitor
) -> None:
    page = opened(stage, visitor, o.supervisor(shift_book=(row("new", told=TOLD), row(told=TOLD))))
    bar = page.get_by_role("region", name="Vorschlag")
    told = "Zuvor, um 10:41: vorhergesagt etwa 21, geschehen etwa 17 min kürzere längste Wartezeit."
    expect(bar).not_to_contain_text("Zuvor")
    known = (row("new", told=TOLD), row(told=TOLD, happened=17.2))
    stage.show(o.supervisor(shift_book=known))

    expect(page.locator("#said")).to_have_text(told)
    expect(bar).to_contain_text(told)
    stage.show(o.supervisor(shift_book=known, advice=ADVICE))
    expect(bar).to_contain_text("Längste Wartezeit sinkt um etwa 18 Minuten")
    expect(bar).to_contain_text(told)


def test_what_did_harm_is_not_told_as_a_number_below_zero(stage: Stage, visitor: Visitor) -> None:
    harm = replace(TOLD, median=-4.0)
    rows = (
        row("r1", told=TOLD, happened=-3.2),
        row("r2", told=harm, happened=2.0),
        row("r3", told=TOLD, happened=-0.2),
    )
    page = opened(stage, visitor, o.supervisor(shift_book=rows))
    said = page.get_by_role("region", name="Schichtbuch").get_by_role("listitem")

    expect(said.nth(0)).to_contain_text("vorhergesagt etwa 21 min kürzer, geschehen etwa 3 min länger")
    expect(said.nth(1)).to_contain_text("vorhergesagt etwa 4 min länger, geschehen etwa 2 min kürzer")
    expect(said.nth(2)).to_contain_text("vorhergesagt etwa 21, geschehen etwa 0 min kürzere längste Wartezeit")


def test_a_set_in_the_shift_book_is_not_listed_twice(stage: Stage, visitor: Visitor) -> None:
    moves = wire.MovesSet(
        key="set~1", at=instant(minutes=5), services=(), before=(), counters=("4",), policy=False, by="supervisor:7",
        reason=None, until=None,
    )  # fmt: skip
    page = opened(stage, visitor, o.supervisor(moves=(moves,), shift_book=(row(),)))

    expect(page.get_by_role("button", name="Zurücknehmen")).to_have_count(1)


def test_alerts_stand_under_the_figures_with_their_place_in_words(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.supervisor(alerts=alerts(), alerts_total=9))
    listed = page.get_by_role("region", name="Warnungen")

    for said in (
        "Auto und Führerschein: 17 warten, niemand kann sie aufrufen seit 10:41",
        "Ausweis und Pass: Wer jetzt zieht, wartet etwa 45 min, Ziel 30 min",
        "Flur meldet sich nicht",
        "5 weitere Warnungen",
    ):
        expect(listed).to_contain_text(said)
    listed.get_by_role("button", name="alle 4 zeigen").click()
    expect(listed).to_contain_text("Schalter 4 ist frei, obwohl 9 warten")


def test_bookings_without_room_are_listed_with_day_time_and_code(stage: Stage, visitor: Visitor) -> None:
    visit = wire.OverbookedVisit(
        appointment="a",
        code="XK4M7P",
        start="2026-11-24T09:20:00.000Z",
        services=("kfz",),
        persons=1,
        reason="counters",
    )
    alert = wire.Alert(id="overbooked", code="overbooked", place=None, since=instant(), count=1, visits=(visit,))
    page = opened(stage, visitor, o.supervisor(alerts=(alert,), alerts_total=1))

    listed = page.get_by_role("region", name="Warnungen")
    expect(listed).to_contain_text("1 Termin hat keinen Platz mehr")
    expect(listed).to_contain_text(
        "Dienstag, 24. November, 10:20 Auto und Führerschein XK4M7P kein Schalter frei", use_inner_text=True
    )


def test_every_alert_has_words(stage: Stage, visitor: Visitor) -> None:
    every = tuple(
        wire.Alert(id=code, code=code, place=None, since=instant(), count=3, minutes=40, target=30)
        for code in wire.ALERTS
    )
    page = opened(stage, visitor, o.supervisor(alerts=every, alerts_total=len(every)))
    listed = page.get_by_role("region", name="Warnungen")
    listed.get_by_role("button").click()

    expect(listed.get_by_role("listitem")).to_have_count(len(every))
    expect(listed).not_to_contain_text("supervisor-")


def test_what_has_a_notice_of_its_own_is_not_said_a_second_time(stage: Stage, visitor: Visitor) -> None:
    since = "2026-11-23T09:41:00.000Z"
    twice = tuple(wire.Alert(id=code, code=code, place=None, since=since) for code in ("durability", "clock"))
    worries = tuple(wire.Worry(code=one.code, detail="why") for one in twice)
    page = opened(stage, visitor, o.supervisor(alerts=(*twice, alerts()[0]), alerts_total=3, worries=worries))

    expect(page.get_by_role("region", name="Warnungen").get_by_role("listitem")).to_have_count(1)
    expect(page.locator(".notices .warn")).to_have_count(2)


def test_a_colleague_is_called_in_by_keyboard_until_when_and_where(stage: Stage, visitor: Visitor) -> None:
    here = helper("buero", names={"de": "Springer"}, since="2026-11-23T09:41:00.000Z", counter="8",
                  until="2026-11-23T10:15:00.000Z")  # fmt: skip
    page = opened(stage, visitor, o.supervisor(helpers=(helper(), here)))
    listed = page.get_by_role("region", name="Verstärkung")
    expect(listed).to_contain_text("Springer Schalter 8, gerufen 10:41, bis 11:15")

    call = listed.get_by_role("button", name="Kollegin im Archiv rufen")
    call.press("Enter")
    page.get_by_label("Wohin").select_option("8")
    page.get_by_label("Bleibt").select_option("60")
    page.get_by_role("dialog").get_by_role("button", name="Rufen").press("Enter")
    assert timed(stage, "until", 59, 61) == {"type": "call_helper", "helper": "archiv", "counter": "8"}
    expect(call).to_be_focused()


def test_a_colleague_who_is_here_is_kept_longer_or_elsewhere(stage: Stage, visitor: Visitor) -> None:
    """By keyboard; the counter where they are is chosen already, and a reason can be given."""
    here = helper("buero", names={"de": "Springer"}, since="2026-11-23T09:41:00.000Z", counter="8",
                  until="2026-11-23T10:15:00.000Z")  # fmt: skip
    page = opened(stage, visitor, o.supervisor(helpers=(here,)))
    keep = page.get_by_role("region", name="Verstärkung").get_by_role("button", name="Springer länger behalten")
    keep.press("Enter")
    dialog = page.get_by_role("dialog", name="Springer länger behalten")
    expect(dialog.get_by_label("Wohin")).to_have_value("8")
    dialog.get_by_label("Bleibt").select_option(label="noch 30 min")
    dialog.get_by_label("Grund").select_option("stoerung")
    dialog.get_by_role("button", name="Länger behalten").press("Enter")

    kept = {"type": "call_helper", "helper": "buero", "counter": "8", "reason": "stoerung"}
    assert timed(stage, "until", 29, 31) == kept
    expect(keep).to_be_focused()
    keep.click()
    page.get_by_role("dialog").get_by_label("Wohin").select_option("")
    page.get_by_role("dialog").get_by_role("button", name="Länger behalten").click()
    stage.expect({"type": "call_helper", "helper": "buero"})


def test_a_rule_is_said_in_one_sentence_and_switched(stage: Stage, visitor: Visitor) -> None:
    rule = wire.RuleLine(
        id="kfz-voll", service="kfz", over_minutes=40, under_minutes=20, counters=("5", "6"), take=("kfz",), on=True,
        acting=True, key="k", quiet=False,
    )  # fmt: skip
    page = opened(stage, visitor, o.supervisor(rules=(rule,), may=("set_rule",)))
    listed = page.get_by_role("region", name="Regeln")

    expect(listed).to_contain_text(
        "Wartezeit bei Auto und Führerschein über 40 Minuten: Schalter 5, Schalter 6 bedienen Auto und Führerschein, bis"
    )
    expect(listed).to_contain_text("greift gerade")
    listed.get_by_role("button", name="Ausschalten").press("Enter")
    stage.expect({"type": "set_rule", "rule": "kfz-voll", "on": False})
    assert findings(page) == []


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_axe_finds_nothing_in_what_is_shown(stage: Stage, visitor: Visitor, width: int, height: int) -> None:
    board = o.supervisor(
        shift_book=(row(), row("r1", told=TOLD, happened=17)), alerts=alerts(), alerts_total=4, helpers=(helper(),)
    )
    page = opened(stage, visitor, board, width=width, height=height)

    picture(page, f"supervisor-faces-{width}x{height}")
    assert overflow(page) <= 0
    assert findings(page) == []
