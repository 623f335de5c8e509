"""The kiosk in a real Chromium: two touches give a number, one touch makes one ticket, every failure is shown."""

from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from server.messages import boards as wire
from server.messages.terms import PrintState
from tests.live_sockets import Frame, instant
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage, refused
from tests.staff_pages.visitor import Visitor, hears

pytestmark = pytest.mark.browser
ISSUE = {"type": "issue_ticket", "services": ["ausweis"], "language": "de", "kiosk": "entrance"}
TICKET = {
    "id": "t-A019", "number": "A019", "secret": "mitte.t-A019.mac", "services": ["ausweis"], "category": "walk_in", "ahead": 3,
    "expected": {"low": 20, "median": 25, "high": 30, "at": "2026-11-23T09:21:00.000Z", "learning": False},
}  # fmt: skip


def given(frame: Frame) -> Frame:
    return {"result": {"ticket": TICKET} if frame["command"]["type"] in ("issue_ticket", "check_in") else {}}


def opened(stage: Stage, visitor: Visitor, board: wire.Kiosk | None = None, **options: Any) -> Page:
    stage.answer = given
    stage.show(board or o.kiosk())
    page = visitor.open("kiosk/entrance", **({"width": 1080, "height": 1920} | options))
    expect(page.locator("footer")).to_be_visible()
    stage.heard.clear()
    return page


def test_services_say_who_waits_how_long_and_why_not(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)

    expect(page.get_by_role("heading", level=1)).to_have_text("Wofür sind Sie da?")
    first = page.get_by_role("button", name="Ausweis und Pass")
    for said in ("beantragen, abholen", "20–30 min", "9 Personen warten", "heute sicher"):
        expect(first).to_contain_text(said)
    expect(page.get_by_role("button", name="Führungszeugnis")).to_contain_text(
        "Geht auch von zu Hause: www.fuehrungszeugnis.bund.de"
    )
    closed = page.get_by_role("button", name="Standesamt")
    expect(closed).to_be_disabled()
    expect(closed).to_contain_text("jetzt nicht geöffnet, wieder ab")


def test_reasons_and_reopening_in_words(stage: Stage, visitor: Visitor) -> None:
    today = o.offered("kfz", open=False, reason="limit", opens_at=instant())
    page = opened(stage, visitor, o.kiosk(services=(today, o.offered("melden", open=False, reason="stoerung"))))

    expect(page.locator("[data-service=kfz]")).to_contain_text("für heute sind alle Nummern vergeben, heute ab")
    expect(page.locator("[data-service=melden]")).to_contain_text("Fachverfahren gestört")


def test_one_touch_is_one_ticket_and_one_paper(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.locator("[data-service=ausweis]").click()

    stage.expect(ISSUE)
    expect(page.get_by_role("heading", level=1)).to_have_text("A019")
    for said in ("Bitte nehmen Sie das Papier.", "3 Personen sind vor Ihnen.", "20–30 min"):
        expect(page.locator("main")).to_contain_text(said)
    expect(page.locator("figure")).to_have_count(0)
    page.get_by_role("button", name="Fertig").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wofür sind Sie da?")


@pytest.mark.parametrize("learning", [True, False])
def test_waits_that_the_office_still_learns_are_called_estimates(
    stage: Stage, visitor: Visitor, learning: bool
) -> None:
    service = o.offered("ausweis", 3, expected=replace(o.expected(20, 30), learning=learning))
    page = opened(stage, visitor, o.kiosk(services=(service,)))

    expect(page.locator("[data-service=ausweis]")).to_contain_text("20–30 min")
    expect(page.get_by_text("lernt noch")).to_have_count(int(learning))


@pytest.mark.parametrize(
    ("reached", "said"), [("likely", "heute wahrscheinlich"), ("no", "heute voraussichtlich nicht mehr")]
)
def test_what_today_may_not_reach_is_said_before_anybody_draws(
    stage: Stage, visitor: Visitor, reached: str, said: str
) -> None:
    """Whoever draws all the same gets a number. What the office closes by itself says why."""
    late = o.offered("ausweis", 3, expected=o.expected(20, 30), reachable_today=reached)
    closed = o.offered("melden", open=False, reason="not_today", opens_at=instant(days=-1))
    page = opened(stage, visitor, o.kiosk(services=(late, closed)))

    expect(page.locator("[data-service=ausweis]")).to_contain_text(said)
    expect(page.locator("[data-service=melden]")).to_contain_text(
        "heute voraussichtlich nicht mehr erreichbar, wieder ab"
    )
    expect(page.locator("[data-service=melden]")).to_be_disabled()
    page.locator("[data-service=ausweis]").click()
    stage.expect(ISSUE)


def test_nobody_is_next_where_nobody_serves(stage: Stage, visitor: Visitor) -> None:
    unserved = o.offered("ausweis", 0, expected_reason="no_counter", reachable_today="yes")
    page = opened(stage, visitor, o.kiosk(services=(unserved, o.offered("melden"))))
    stage.answer = lambda frame: {"result": {"ticket": {**TICKET, "ahead": 0, "expected": None}}}
    expect(page.locator("[data-service=ausweis]")).to_contain_text("Zurzeit ist kein Schalter dafür offen")
    page.locator("[data-service=ausweis]").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("A019")
    expect(page.locator("main")).to_contain_text("Zurzeit ist kein Schalter dafür offen")
    expect(page.locator("main")).not_to_contain_text("als Nächstes dran")


@pytest.mark.parametrize(
    ("ahead", "said"), [(0, "als Nächstes dran"), (3, "Zurzeit kann niemand sagen, wie lange es dauert")]
)
def test_a_forecast_that_is_missing_keeps_nobody_from_being_next(
    stage: Stage, visitor: Visitor, ahead: int, said: str
) -> None:
    page = opened(stage, visitor, o.kiosk(services=(o.offered("ausweis", 0, expected_reason="stale"),)))
    ticket = {**TICKET, "ahead": ahead, "expected": None, "expected_reason": "stale"}
    stage.answer = lambda frame: {"result": {"ticket": ticket}}
    expect(page.locator("[data-service=ausweis]")).not_to_contain_text("Zurzeit")
    page.locator("[data-service=ausweis]").click()

    expect(page.locator("main")).to_contain_text(said)


def test_a_double_tap_has_one_key(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    stage.answer = lambda _: None
    page.locator("[data-service=ausweis]").dblclick(force=True)
    page.locator("[data-service=melden]").click(force=True)

    expect(page.locator("[data-service=ausweis]")).to_have_attribute("aria-busy", "true")
    expect(page.locator("[data-service=melden]")).to_be_disabled()
    stage.until(lambda: bool(stage.keys))
    assert len(set(stage.keys)) == 1
    assert stage.pressed == [ISSUE]


def test_a_page_loaded_anew_finishes_the_same_touch(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    stage.answer = lambda _: None
    page.locator("[data-service=ausweis]").click()
    stage.until(lambda: bool(stage.keys))
    stage.answer = given
    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text("A019")
    assert len(set(stage.keys)) == 1


def test_no_answer_and_the_same_touch_again_is_the_same_ticket(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, clock=True)
    stage.answer = lambda _: None
    page.locator("[data-service=ausweis]").click()
    stage.until(lambda: bool(stage.keys))
    for _ in range(16):  # beats go on: only the answer is missing
        page.clock.run_for(1_000)
        hears(page, lambda: stage.send({"type": "beat", "epoch": "one", "seq": stage.seq, "server_time": instant()}))
    expect(page.get_by_role("alert")).to_contain_text("Sie bekommen nur eine Nummer")
    stage.answer = given
    page.locator("[data-service=ausweis]").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("A019")
    assert len(set(stage.keys)) == 1


@pytest.mark.parametrize("printer", [None, "paper_out", "offline"])
def test_without_paper_the_number_and_its_code_are_on_the_screen(
    stage: Stage, visitor: Visitor, printer: str | None
) -> None:
    page = opened(stage, visitor, o.kiosk(printer=printer))
    page.locator("[data-service=ausweis]").click()

    expect(page.locator(".take")).to_have_text("Heute ohne Papier: Bitte merken Sie sich die Nummer.")
    code = page.get_by_role("img", name="Code für Ihr Telefon")
    expect(code).to_have_attribute("src", "/t/mitte.t-A019.mac/qr.svg")
    assert code.evaluate("async img => { await img.decode(); return img.naturalWidth }") > 0


def test_a_printer_that_fails_after_the_touch_changes_what_the_screen_says(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.locator("[data-service=ausweis]").click()
    expect(page.locator(".take")).to_have_text("Bitte nehmen Sie das Papier.")
    stage.show(o.kiosk(printer="paper_out"))

    expect(page.locator(".take")).to_contain_text("Heute ohne Papier")
    expect(page.get_by_role("img", name="Code für Ihr Telefon")).to_be_visible()


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_a_paper_that_did_not_come_is_never_silent(stage: Stage, visitor: Visitor, state: PrintState) -> None:
    page = opened(stage, visitor)
    page.locator("[data-service=ausweis]").click()
    expect(page.locator(".take")).to_have_text("Bitte nehmen Sie das Papier.")
    stage.show(o.kiosk(prints=(wire.Printed(ticket="t-A019", state=state),)))

    expect(page.locator(".take")).to_contain_text("Heute ohne Papier")
    expect(page.get_by_role("img", name="Code für Ihr Telefon")).to_be_visible()


def test_a_refusal_is_said_with_its_time(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    stage.answer = refused("service_closed", until="2026-11-23T12:00:00.000Z")
    page.locator("[data-service=ausweis]").click()

    expect(page.get_by_role("alert")).to_have_text("Dieses Anliegen ist bis 13:00 geschlossen.")
    stage.answer = given
    page.locator("[data-service=ausweis]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A019")
    assert len(set(stage.keys)) == 2  # a refusal is an answer, so the next touch is a new one


def test_needs_go_with_the_ticket_and_give_no_reason(stage: Stage, visitor: Visitor) -> None:
    board = o.kiosk(services=(o.offered("ausweis"), o.offered("melden", step_free=False)))
    page = opened(stage, visitor, board)
    page.get_by_role("button", name="Ich brauche Hilfe oder mehr Platz").click()
    page.get_by_role("button", name="Weg ohne Stufen").click()
    page.get_by_role("button", name="Ich höre den Aufruf nicht").click()
    page.get_by_role("button", name="Weiter").click()

    expect(page.get_by_text("Vermerkt: Weg ohne Stufen, Ich höre den Aufruf nicht")).to_be_visible()
    expect(page.locator("[data-service=melden]")).to_contain_text("zurzeit kein stufenloser Schalter offen")
    page.locator("[data-service=ausweis]").click()
    stage.expect(ISSUE | {"needs": ["step_free", "visual_call"]})


def test_who_needs_what_not_every_counter_has_reads_their_own_wait(stage: Stage, visitor: Visitor) -> None:
    special = wire.SpecialWait(features=("step_free",), expected=o.expected(40, 55), expected_reason=None)
    stale = wire.SpecialWait(features=("step_free",), expected=None, expected_reason="stale")
    board = o.kiosk(
        services=(
            o.offered("ausweis", 4, expected=o.expected(20, 30), by_features=(special,)),
            o.offered("melden", 4, expected=o.expected(5, 10), by_features=(stale,)),
            o.offered("kfz", 4, expected=o.expected(15, 25)),
        )
    )
    page = opened(stage, visitor, board)
    shown = {name: page.locator(f"[data-service={name}] .wait") for name in ("ausweis", "melden", "kfz")}
    expect(shown["ausweis"]).to_contain_text("20–30 min")
    page.get_by_role("button", name="Ich brauche Hilfe oder mehr Platz").click()
    page.get_by_role("button", name="Weg ohne Stufen").click()
    page.get_by_role("button", name="Weiter").click()

    expect(shown["ausweis"]).to_contain_text("40–55 min")
    expect(shown["melden"]).not_to_contain_text("min")
    expect(shown["kfz"]).to_contain_text("15–25 min")


def test_a_language_is_chosen_for_one_visit(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.kiosk(languages=("de", "en", "xx")))
    expect(page.get_by_role("navigation").get_by_role("button")).to_have_text(["Deutsch", "English"])
    page.get_by_role("button", name="English").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What are you here for?")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("button", name="Identity card").click()
    stage.expect(ISSUE | {"language": "en"})
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wofür sind Sie da?")


def test_help_is_asked_and_who_comes_is_said(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.get_by_role("button", name="Jemand soll kommen").click()
    stage.expect({"type": "request_help", "kiosk": "entrance"})

    for call, said in (
        (wire.HelpCall(id="h1", device="entrance", at=instant(), accepted_by=None), "Wir haben Bescheid gegeben."),
        (
            wire.HelpCall(id="h1", device="entrance", at=instant(seconds=70), accepted_by=None),
            "Bitte gehen Sie zum Empfang.",
        ),
        (wire.HelpCall(id="h1", device="entrance", at=instant(), accepted_by="desk"), "Es kommt jemand zu Ihnen."),
    ):
        stage.show(o.kiosk(help=call))
        expect(page.locator(".notice[role=status]")).to_contain_text(said)


def test_help_is_asked_on_every_screen_before_the_number(stage: Stage, visitor: Visitor) -> None:
    """Whoever is stuck at their papers or their code must not find the way back first."""
    page = opened(stage, visitor, o.kiosk(services=(o.offered("ausweis", 9), o.offered("melden", 4, most=4))))
    for way in ("[data-act=appointment]", "[data-act=mine]", "[data-act=needs]", "[data-service=melden]"):
        page.locator(way).click()
        page.get_by_role("button", name="Jemand soll kommen").click()
        stage.expect({"type": "request_help", "kiosk": "entrance"})
        page.locator("[data-act=back]").click()
        expect(page.locator(way)).to_be_visible()


def test_check_in_by_touch_keyboard_and_scanner(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    stage.answer = refused("unknown_code")
    page.get_by_role("button", name="Ich habe einen Termin").click()
    for key in "K7":
        page.get_by_role("button", name=key, exact=True).click()
    page.keyboard.type("f3xx")
    page.keyboard.press("Backspace")
    page.get_by_role("button", name="Löschen").click()
    expect(page.locator("output")).to_have_text("K7F3")
    page.get_by_role("button", name="Anmelden").click()

    stage.expect({"type": "check_in", "code": "K7F3"})
    expect(page.get_by_role("alert")).to_contain_text("Diesen Code kennen wir heute nicht.")
    stage.answer = given
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("9")
    page.keyboard.press("Enter")
    stage.expect({"type": "check_in", "code": "K7F39"})
    expect(page.get_by_role("heading", level=1)).to_have_text("A019")


def test_r13_a_screen_left_alone_warns_is_extended_and_begins_anew(stage: Stage, visitor: Visitor) -> None:
    """It warns at least 20 s before the end, one touch extends it, and the next person finds nothing of the last one."""
    page = opened(stage, visitor, clock=True)
    page.get_by_role("button", name="Ich brauche Hilfe oder mehr Platz").click()
    page.get_by_role("button", name="Weg ohne Stufen").click()
    page.get_by_role("button", name="Weiter").click()
    page.clock.run_for(39_000)
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    page.clock.run_for(2_000)
    expect(page.get_by_role("alertdialog")).to_contain_text("Sind Sie noch da?")
    page.get_by_role("button", name="Ja, weiter").click()
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(page.get_by_text("Vermerkt:")).to_be_visible()
    page.clock.run_for(61_000)

    expect(page.get_by_text("Vermerkt:")).to_have_count(0)
    expect(page.get_by_role("alertdialog")).to_have_count(0)


def test_the_number_stays_until_read_and_can_stay_longer(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, clock=True)
    page.locator("[data-service=ausweis]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A019")
    page.clock.run_for(22_000)
    page.get_by_role("button", name="Länger zeigen").click()
    page.clock.run_for(30_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("A019")
    page.clock.run_for(11_000)

    expect(page.get_by_role("heading", level=1)).to_have_text("Wofür sind Sie da?")


def test_cut_off_it_sends_people_to_reception(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, clock=True)
    stage.silent = True
    stage.cut()
    page.clock.run_for(11_000)

    expect(page.get_by_role("alert")).to_contain_text(
        "Der Automat hat gerade keine Verbindung. Bitte gehen Sie zum Empfang."
    )
    expect(page.locator("[data-service=ausweis]")).to_be_disabled()
    stage.silent = False
    page.clock.resume()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("[data-service=ausweis]")).to_be_enabled()


@pytest.mark.parametrize(
    ("code", "said", "too"),
    [
        (4401, "Dieser Automat ist nicht angemeldet.", "This machine is not signed in."),
        (4404, "Diesen Automaten gibt es in diesem Büro nicht.", "There is no such machine in this office."),
    ],
)
def test_a_kiosk_nobody_set_up_sends_people_to_reception_and_says_which_it_is(
    stage: Stage, visitor: Visitor, code: int, said: str, too: str
) -> None:
    stage.refusal = code
    page = visitor.open("kiosk/entrance", width=1080, height=1920)

    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.get_by_role("alert")).to_contain_text("Empfang")
    expect(page.get_by_role("alert").locator("[lang=en]")).to_contain_text(too)
    expect(page.locator("main")).to_contain_text("entrance")
