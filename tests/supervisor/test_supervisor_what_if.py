"""What-if, advice and situations on the supervisor's table in a real Chromium: moves are gathered, worked out, made as one."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from server.messages import boards as wire
from tests.axe import findings
from tests.live_sockets import Frame
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage, refused
from tests.staff_pages.visitor import Visitor, overflow, passes, picture
from tests.supervisor.test_supervisor_table import opened, timed

pytestmark = pytest.mark.browser
MOVED: Frame = {"type": "assign_counter", "counter": "5", "services": ["kfz", "ausweis"]}
CELL = "Schalter 5, Ausweis und Pass"


def effect(low: float, median: float, high: float, chance: float = 0.8) -> Frame:
    return {"now": 52.2, "then": 34.1, "diff": {"low": low, "median": median, "high": high}, "chance": chance}


FOUND: Frame = {
    "seq": 7, "minutes": 120, "longest": effect(-25, -18, -11), "p95": effect(-9, -2, 1.2, 0.6),
    "mean": effect(-0.4, 0.2, 1.1, 0.02), "services": {"kfz": effect(1, 3, 6, 0.1)}, "turned_away": 2.2,
}  # fmt: skip
ADVICE: Frame = {
    "id": "advice:1", "kind": "counter", "moves": [MOVED], "gain": {"low": 11.0, "median": 18.0, "high": 25.0},
    "chance": 0.8, "until": "2026-11-23T10:15:00.000Z", "minutes": 120, "turned": 0, "seq": 4, "happened": None,
}  # fmt: skip
"""As the server writes it."""


def answers(page: Page, body: Frame, status: int = 200) -> list[Frame]:
    """Plays `POST what-if`; returns the list of what was asked."""
    asked: list[Frame] = []

    def answer(route: Route) -> None:
        asked.append(json.loads(route.request.post_data or ""))
        route.fulfill(status=status, json=body)

    page.route("**/api/v1/offices/mitte/what-if", answer)
    return asked


def advised(**changes: Any) -> wire.Supervisor:
    return o.supervisor(**{"advice": ADVICE, **changes})


def test_moves_are_gathered_worked_out_and_made_as_one(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    asked = answers(page, FOUND)
    page.get_by_role("button", name="Was wäre wenn …").press("Enter")
    panel = page.get_by_role("region", name="Was wäre wenn …")
    expect(panel.get_by_role("heading")).to_be_focused()
    page.get_by_role("button", name=f"{CELL}: könnte bedienen").press("Enter")

    expect(page.get_by_role("button", name=f"{CELL}: bedient, geplant")).to_be_focused()
    expect(panel).to_contain_text("Schalter 5: jetzt auch Ausweis und Pass")
    expect(panel.get_by_role("status")).to_contain_text(
        "Längste Wartezeit sinkt um etwa 18 Minuten (11 bis 25). In 8 von 10 Fällen besser."
    )
    for said in (
        "Etwa 2 Personen finden die Annahme geschlossen.",
        "etwa 52 min",
        "sinkt um etwa 2 Minuten (zwischen 9 kürzer und 1 länger).",
        "bleibt etwa gleich (zwischen 0 kürzer und 1 länger). In kaum einem Fall besser.",
        "steigt um etwa 3 Minuten (1 bis 6). In 1 von 10 Fällen besser.",
    ):
        expect(panel).to_contain_text(said)
    assert asked == [{"moves": [MOVED]}]
    assert stage.pressed == []

    panel.get_by_label("Gilt").select_option("30")
    panel.get_by_label("Warum").select_option("stoerung")
    expect(panel.get_by_role("table")).to_be_visible()
    panel.get_by_role("button", name="Übernehmen").press("Enter")
    told = {"low": 11, "median": 18, "high": 25, "chance": 0.8}
    assert timed(stage, "until", 29, 31) == {
        "type": "apply_moves", "moves": [MOVED], "reason": "stoerung", "told": told
    }  # fmt: skip
    expect(panel).to_be_hidden()
    expect(page.get_by_role("button", name="Was wäre wenn …")).to_be_focused()


def test_a_gathered_move_is_left_out_by_the_same_press_and_all_are_dropped(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    asked = answers(page, FOUND)
    page.get_by_role("button", name="Was wäre wenn …").click()
    panel = page.get_by_role("region", name="Was wäre wenn …")
    page.get_by_role("button", name=f"{CELL}: könnte bedienen").click()
    page.get_by_role("button", name="Schalter 5, Führungszeugnis: könnte bedienen").click()
    expect(panel.get_by_role("listitem")).to_have_text(
        ["Schalter 5: jetzt auch Ausweis und Pass · FührungszeugnisWeglassen"]
    )
    page.get_by_role("button", name=f"{CELL}: bedient, geplant").click()
    page.get_by_role("button", name="Schalter 5, Führungszeugnis: bedient, geplant").click()
    expect(panel.get_by_role("listitem")).to_have_count(0)

    page.get_by_role("button", name="Ausweis und Pass: Ändern").click()
    page.get_by_role("button", name="Annahme schließen").click()
    expect(panel.get_by_role("listitem")).to_contain_text("Ausweis und Pass: Annahme geschlossen")
    expect(panel.get_by_role("table")).to_be_visible()
    assert asked[-1] == {"moves": [{"type": "close_service", "service": "ausweis"}]}
    panel.get_by_role("button", name="Verwerfen").click()
    expect(panel).to_be_hidden()
    assert stage.pressed == []


def test_a_refusal_names_the_move(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    answers(page, {"code": "cannot_serve", "detail": "no", "move": 0}, status=409)
    page.get_by_role("button", name="Was wäre wenn …").click()
    page.get_by_role("button", name=f"{CELL}: könnte bedienen").click()

    said = page.get_by_role("region", name="Was wäre wenn …").get_by_role("status")
    expect(said).to_contain_text("Schalter 5: jetzt auch Ausweis und Pass: ")
    visitor.wrong = [line for line in visitor.wrong if "409" not in line]  # the browser notes every refused request


def test_what_others_changed_meanwhile_is_said_and_looked_at_again(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    asked = answers(page, FOUND)
    page.get_by_role("button", name="Was wäre wenn …").click()
    page.get_by_role("button", name=f"{CELL}: könnte bedienen").click()
    panel = page.get_by_role("region", name="Was wäre wenn …")
    other = tuple(o.face("5", services=("zeugnis",)) if one.id == "5" else one for one in o.supervisor().counters)
    stage.show(o.supervisor(counters=other))
    expect(page.get_by_role("button", name="Schalter 5, Führungszeugnis: könnte bedienen, geplant")).to_be_visible()
    stage.heard.clear()
    stage.answer = refused("overtaken", changed=["counter:5"])
    panel.get_by_role("button", name="Übernehmen").click()

    expect(panel.get_by_role("status")).to_contain_text("Inzwischen hat jemand das geändert: Schalter 5.")
    expect(panel.get_by_role("button", name="Übernehmen")).to_be_disabled()
    panel.get_by_role("button", name="Noch einmal ansehen").click()
    expect(panel.get_by_role("table")).to_be_visible()
    assert asked[-1] == {"moves": [{"type": "assign_counter", "counter": "5", "services": ["zeugnis", "ausweis"]}]}
    stage.heard.clear()
    stage.answer = lambda frame: {"result": {}}
    panel.get_by_role("button", name="Übernehmen").click()
    stage.until(lambda: bool(stage.pressed))
    assert stage.pressed[0]["seen_seq"] == stage.seq


def test_what_would_change_is_worked_out_again_while_it_is_open(stage: Stage, visitor: Visitor) -> None:
    """What is told with the moves is not older than a minute; the older answer stays on the page meanwhile."""
    page = opened(stage, visitor, advised(), clock=True)
    asked = answers(page, FOUND)
    page.get_by_role("button", name="Was wäre wenn …").click()
    panel = page.get_by_role("region", name="Was wäre wenn …")
    expect(panel.get_by_role("table")).to_contain_text("18")
    answers(page, {**FOUND, "longest": effect(-35, -28, -21)})

    passes(stage, page, 50)

    expect(panel.get_by_role("table")).to_contain_text("28")
    panel.get_by_role("button", name="Übernehmen").click()
    stage.until(lambda: bool(stage.pressed))
    assert stage.pressed[0]["told"] == {"low": 21, "median": 28, "high": 35, "chance": 0.8}
    assert len(asked) == 1


def test_advice_is_applied_with_one_press(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, advised())
    bar = page.get_by_role("region", name="Vorschlag")
    expect(bar).to_contain_text(
        "Schalter 5: jetzt auch Ausweis und Pass. Längste Wartezeit sinkt um etwa 18 Minuten (11 bis 25)."
    )
    expect(bar).to_contain_text("In 8 von 10 Fällen besser. Gerechnet für die nächsten 120 Minuten.")
    expect(bar).to_contain_text("Nimmt sich um 11:15 selbst zurück.")
    bar.get_by_role("button", name="Übernehmen").press("Enter")

    told = {"low": 11, "median": 18, "high": 25, "chance": 0.8, "advice": "advice:1"}
    stage.expect({"type": "apply_moves", "moves": [MOVED], "until": ADVICE["until"], "seen_seq": 4, "told": told})


def test_advice_is_put_into_the_collection_and_says_when_nothing_helps(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, advised())
    asked = answers(page, FOUND)
    page.get_by_role("button", name="Was wäre wenn …").click()
    panel = page.get_by_role("region", name="Was wäre wenn …")
    expect(panel.get_by_role("table")).to_be_visible()
    assert asked == [{"moves": [MOVED], "until": ADVICE["until"]}]
    expect(panel.get_by_label("Gilt").locator("option:checked")).to_have_text("bis 11:15")
    with page.expect_response("**/what-if"):
        panel.get_by_label("Gilt").select_option("60")
    assert asked[-1]["until"] > ADVICE["until"]
    panel.get_by_role("button", name="Verwerfen").click()

    bar = page.get_by_role("region", name="Vorschlag")
    for found, said in (
        ({"advice_none": True}, "Zurzeit hilft keine einzelne Verschiebung merklich."),
        ({"advice_short": True}, "Niemand wartet voraussichtlich lange. Darum wird nach keiner Verschiebung gesucht."),
        ({"advice_rests": "2026-11-23T09:52:00.000Z"}, "Für sie wird ab 10:52 wieder gesucht."),
        ({}, "Ob eine Verschiebung hilft, ist noch nicht durchgerechnet."),
    ):
        stage.show(o.supervisor(**found))
        expect(bar).to_contain_text(said)
        expect(bar.get_by_role("button")).to_have_text(["Jetzt suchen", "Was wäre wenn …"])


def test_advice_is_looked_for_at_once_and_it_is_said_if_nobody_can(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    bar = page.get_by_role("region", name="Vorschlag")
    look = bar.get_by_role("button", name="Jetzt suchen")
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url.partition("?")[2])
        route.fulfill(status=503, json={"code": "starting", "detail": "the simulation does not answer", "retry": True})

    page.route("**/api/v1/offices/mitte/advice*", answer)
    look.press("Enter")
    expect(bar.get_by_role("status")).not_to_contain_text("noch nicht durchgerechnet")
    assert asked == ["fresh=1"]
    page.unroute("**/api/v1/offices/mitte/advice*")
    page.route("**/api/v1/offices/mitte/advice*", lambda route: route.fulfill(json={"advice": ADVICE}))
    look.press("Enter")
    expect(bar.get_by_role("status")).to_contain_text("noch nicht durchgerechnet")
    stage.show(advised())
    expect(bar).to_contain_text("Längste Wartezeit sinkt um etwa 18 Minuten (11 bis 25).")
    expect(look).to_have_count(0)
    visitor.wrong[:] = [line for line in visitor.wrong if "503" not in line]


def test_a_situation_takes_two_presses_and_is_ended_as_one(stage: Stage, visitor: Visitor) -> None:
    names = {"de": "Räumung", "en": "Evacuation"}
    off = wire.SituationLine(id="raeumung", names=names, key=None, since=None, until=None)
    on = wire.SituationLine(
        id="stoerung", names={"de": "Störung"}, key="s~1", since="2026-11-23T09:41:00.000Z", until=ADVICE["until"]
    )
    page = opened(stage, visitor, o.supervisor(situations=(off, on)))
    listed = page.get_by_role("region", name="Lagen")
    expect(listed).to_contain_text("Störung seit 10:41, bis 11:15")

    start = listed.get_by_role("button", name="Auslösen: Räumung")
    start.press("Enter")
    assert stage.pressed == []
    page.get_by_role("dialog", name="Räumung").get_by_role("button", name="Auslösen").press("Enter")
    stage.expect({"type": "start_situation", "situation": "raeumung"})
    expect(start).to_be_focused()
    listed.get_by_role("button", name="Beenden: Störung").click()
    stage.expect({"type": "revert_moves", "key": "s~1"})


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_axe_finds_nothing_while_moves_are_gathered(stage: Stage, visitor: Visitor, width: int, height: int) -> None:
    page = opened(stage, visitor, advised(), width=width, height=height)
    answers(page, FOUND)
    picture(page, f"supervisor-advice-{width}x{height}")
    assert findings(page) == []
    page.get_by_role("button", name="Was wäre wenn …").click()
    expect(page.get_by_role("region", name="Was wäre wenn …").get_by_role("table")).to_be_visible()

    picture(page, f"supervisor-what-if-{width}x{height}")
    assert overflow(page) <= 0
    assert findings(page) == []


def test_a_helper_has_one_place_in_a_set(stage: Stage, visitor: Visitor) -> None:
    """Who was to come to one counter and is then sent to another one comes once; two helpers are two."""
    two = (
        wire.HelperLine(id=id, names={"de": name}, since=None, until=None, counter=None)
        for id, name in (("archiv", "Archiv"), ("post", "Poststelle"))
    )
    page = opened(stage, visitor, o.supervisor(helpers=tuple(two)))
    asked = answers(page, FOUND)
    page.get_by_role("button", name="Was wäre wenn …").click()
    for name, counter in (("Archiv", "8"), ("Archiv", "4"), ("Poststelle", "4")):
        page.get_by_role("button", name=f"{name} rufen").click()
        page.get_by_role("dialog").get_by_label("Wohin").select_option(counter)
        page.get_by_role("dialog").get_by_role("button", name="Rufen").click()
    expect(page.get_by_role("region", name="Was wäre wenn …").get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_role("region", name="Was wäre wenn …").get_by_role("table")).to_be_visible()

    assert asked[-1] == {
        "moves": [
            {"type": "call_helper", "helper": "archiv", "counter": "4"},
            {"type": "call_helper", "helper": "post", "counter": "4"},
        ]
    }
    assert stage.pressed == []
