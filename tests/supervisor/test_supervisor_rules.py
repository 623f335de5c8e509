"""A standing rule is written on the supervisor's table as one sentence, tried on the last day, switched on, and deleted."""

import json
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, Route, expect

from server.messages import boards as wire
from server.messages.rule_trial import Acted, Both, TrialFound
from tests.axe import findings
from tests.live_sockets import Frame
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor, overflow, picture
from tests.supervisor.test_supervisor_faces import row
from tests.supervisor.test_supervisor_table import opened

pytestmark = pytest.mark.browser
RULE = wire.RuleLine(
    id="rule-1", service="kfz", over_minutes=40, under_minutes=20, counters=("4", "6"), take=("kfz",), on=True, acting=False,
    key=None, quiet=False, written=True,
)  # fmt: skip
FOUND = TrialFound(
    day="2026-11-22", people=212, longest=Both(without=71.2, with_=44.4), service=Both(without=48, with_=21), others=None,
    acts=(Acted(from_="2026-11-22T09:12:00.000Z", until="2026-11-22T10:03:00.000Z"),),
)  # fmt: skip


def tries(page: Page, found: Any, status: int = 200) -> list[Frame]:
    """Plays `POST rule-trial`; returns the list of what was asked."""
    asked: list[Frame] = []

    def answer(route: Route) -> None:
        asked.append(json.loads(route.request.post_data or ""))
        route.fulfill(status=status, body=json.dumps(found), content_type="application/json")

    page.route("**/api/v1/offices/mitte/rule-trial", answer)
    return asked


def said(found: TrialFound) -> Any:
    return msgspec.to_builtins(found)


def test_a_rule_is_written_tried_on_yesterday_and_switched_on_by_keyboard(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.supervisor(rules=(RULE,)))
    asked = tries(page, said(FOUND))
    page.get_by_role("button", name="Neue Regel").press("Enter")
    dialog = page.get_by_role("dialog", name="Neue Regel")
    dialog.get_by_label("Wartezeit bei").select_option("kfz")
    dialog.get_by_label("über", exact=True).fill("45")
    dialog.get_by_label("bis sie unter").fill("15")
    attempt = dialog.get_by_role("button", name="Auf gestern versuchen")
    expect(attempt).to_be_disabled()
    on = dialog.get_by_role("button", name="Einschalten", exact=True)
    dialog.get_by_role("checkbox", name="Schalter 6").press("Space")
    expect(dialog.get_by_role("status")).to_have_text("Einschalten geht nach dem Versuch auf gestern.")
    expect(on).to_have_count(0)
    attempt.press("Enter")

    status = dialog.get_by_role("status")
    expect(status).to_contain_text("Sonntag, 22.11., 212 Personen: Die Regel hätte einmal geholfen (10:12–11:03).")
    expect(status).to_contain_text("Längste Wartezeit: etwa 44 statt 71 Minuten")
    expect(status).to_contain_text("Im Mittel bei Auto und Führerschein: etwa 21 statt 48 Minuten")
    expect(status).not_to_contain_text("bei den anderen")
    says = {"service": "kfz", "over_minutes": 45, "under_minutes": 15, "counters": ["6"], "take": ["kfz"]}
    assert asked == [says]
    assert findings(page) == []
    picture(page, "supervisor-rule")
    on.press("Enter")
    stage.expect({"type": "set_rule", "rule": "rule-2", "on": True, "says": says})
    expect(page.get_by_role("button", name="Neue Regel")).to_be_focused()


def test_a_written_rule_is_changed_without_switching_it_on_and_deleted(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.supervisor(rules=(RULE,)))
    tries(page, said(FOUND))
    change = page.get_by_role("region", name="Regeln").get_by_role("button", name="Ändern")
    change.click()
    expect(page.get_by_role("checkbox", name="Schalter 4")).to_be_checked()
    page.get_by_role("checkbox", name="Schalter 4").uncheck()
    page.get_by_role("button", name="Aufschreiben, noch nicht einschalten").click()
    says = {"service": "kfz", "over_minutes": 40, "under_minutes": 20, "counters": ["6"], "take": ["kfz"]}
    stage.expect({"type": "set_rule", "rule": "rule-1", "on": False, "says": says})
    change.click()
    page.get_by_role("button", name="Löschen").click()
    stage.expect({"type": "set_rule", "rule": "rule-1", "on": False, "remove": True})


def test_a_rule_of_the_office_file_is_tried_here_and_changed_there(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.supervisor(rules=(replace(RULE, id="kfz-voll", written=False),)))
    tries(page, {"code": "log_trimmed", "detail": "nothing"}, 410)
    page.get_by_role("region", name="Regeln").get_by_role("button", name="Ändern").click()
    dialog = page.get_by_role("dialog")

    expect(dialog).to_contain_text("Diese Regel steht in der Büro-Datei.")
    expect(dialog.get_by_role("button")).to_have_text(["Auf gestern versuchen", "Schließen"])
    dialog.get_by_role("button", name="Auf gestern versuchen").click()
    expect(dialog.get_by_role("status")).to_contain_text(
        "Es ist kein früherer Tag mehr aufgehoben, an dem jemand aufgerufen wurde."
    )
    visitor.wrong = [line for line in visitor.wrong if "410" not in line]  # the browser notes every refused request


def test_what_a_rule_would_not_have_done_is_said(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.supervisor(rules=(RULE,)), width=390, height=844)
    tries(page, said(replace(FOUND, people=1, acts=())))
    page.get_by_role("region", name="Regeln").get_by_role("button", name="Ändern").click()

    status = page.get_by_role("dialog").get_by_role("status")
    expect(status).to_contain_text("1 Person: Die Regel hätte nichts getan.")
    assert overflow(page) <= 0
    picture(page, "supervisor-rule-390")


def test_what_a_rule_did_stands_in_the_shift_book_in_its_name(stage: Stage, visitor: Visitor) -> None:
    did = row("r1", by="rule:rule-1", reason="rule-1")
    closing = row("r2", by="rule:close_intake", reason=None)
    page = opened(stage, visitor, o.supervisor(rules=(RULE,), shift_book=(did, closing)))
    rows = page.get_by_role("region", name="Schichtbuch").get_by_role("listitem")

    expect(rows.nth(0)).to_contain_text("Regel „Auto und Führerschein über 40 min“, bis 11:15")
    expect(rows.nth(0)).not_to_contain_text("rule-1")
    expect(rows.nth(1)).to_contain_text("Annahmeschluss von selbst")
    rows.nth(0).get_by_role("button", name="Zurücknehmen").click()
    stage.expect({"type": "revert_moves", "key": "r1"})


@pytest.mark.parametrize(
    ("written", "answer"),
    [(True, said(FOUND)), (True, {"code": "log_trimmed", "detail": "nothing"}), (False, said(FOUND))],
)
def test_a_rule_that_is_off_is_tried_before_it_is_switched_on(
    stage: Stage, visitor: Visitor, written: bool, answer: Frame
) -> None:
    """That no day is kept to try it on is an answer too."""
    page = opened(stage, visitor, o.supervisor(rules=(replace(RULE, on=False, written=written),)))
    asked = tries(page, answer, 410 if "code" in answer else 200)
    page.get_by_role("region", name="Regeln").get_by_role("button", name="Einschalten …").click()
    says = {"service": "kfz", "over_minutes": 40, "under_minutes": 20, "counters": ["4", "6"], "take": ["kfz"]}
    page.get_by_role("dialog").get_by_role("button", name="Einschalten", exact=True).click()

    assert asked == [says]
    stage.expect({"type": "set_rule", "rule": "rule-1", "on": True, **({"says": says} if written else {})})
    visitor.wrong = [line for line in visitor.wrong if "410" not in line]  # the browser notes every refused request


def test_without_a_connection_a_rule_can_be_switched_on_all_the_same(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.supervisor(rules=(replace(RULE, on=False),)))
    page.route("**/api/v1/offices/mitte/rule-trial", lambda route: route.abort())
    page.get_by_role("region", name="Regeln").get_by_role("button", name="Einschalten …").click()
    page.get_by_role("dialog").get_by_role("button", name="Einschalten", exact=True).click()

    stage.until(lambda: bool(stage.pressed))
    assert stage.pressed[0]["on"] is True
    visitor.wrong = [line for line in visitor.wrong if "ERR_FAILED" not in line]
