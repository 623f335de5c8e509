"""What the counter page says when something is wrong, and what others tell this counter."""

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from server.messages import boards as wire
from server.messages.problems import CODES
from tests.axe import findings
from tests.counter_client.counter_page import opened, show
from tests.live_sockets import instant
from tests.staff_pages import office as o
from tests.staff_pages.stage import ROOT, Stage, refused
from tests.staff_pages.visitor import Visitor, passes, picture

pytestmark = pytest.mark.browser
ALARM = wire.Alarm(place="5", label="Schalter 5", way={"de": "rechts, 2. Tür"}, at=instant(seconds=12), accepted_by=())


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_refusal_has_its_words(language: str) -> None:
    said = (ROOT / f"config/languages/{language}.ftl").read_text(encoding="utf-8")

    assert [code for code in CODES if f"\nproblem-{code.replace('_', '-')} = " not in said] == []


def test_a_refusal_is_told_in_plain_words_with_its_number(stage: Stage, visitor: Visitor) -> None:
    stage.answer = refused("counter_busy", number="A017")
    page = opened(stage, visitor, o.counter())
    page.keyboard.press("Enter")

    alert = page.locator(".refusal[role=alert]")
    expect(alert).to_contain_text("Nächste Nummer: nicht möglich. A017 ist noch am Schalter.")
    stage.answer = lambda _: {"result": {"ticket": None}}
    page.keyboard.press("Enter")
    expect(alert).to_be_empty()
    expect(page.get_by_role("status")).to_have_text("Niemand wartet.")


def test_an_early_act_says_when(stage: Stage, visitor: Visitor) -> None:
    stage.answer = refused("not_yet", until="2026-11-23T10:42:00.000Z")
    page = opened(stage, visitor, o.counter())
    page.keyboard.press("Enter")

    expect(page.locator(".refusal")).to_contain_text("Das geht erst um 11:42.")


def test_the_line_drops_while_serving(stage: Stage, visitor: Visitor) -> None:
    """The case stays, the page says how old it is, and the press is sent with its old key when the line is back."""
    page = opened(stage, visitor, o.counter(o.current()), clock=True)
    stage.silent = True
    stage.cut()
    page.clock.run_for(11_000)

    expect(page.locator(".line")).to_contain_text("Verbindung unterbrochen")
    expect(page.locator(".line")).to_contain_text("Stand: vor")
    expect(page.get_by_role("heading", name="A017")).to_be_visible()
    page.keyboard.press("k")
    page.clock.resume()
    expect(page.locator(".line")).to_contain_text("Ein Druck wartet auf Antwort, höchstens")
    stage.silent = False
    stage.until(lambda: bool(stage.pressed))
    expect(page.locator(".line")).to_have_count(0)

    assert stage.pressed == [{"type": "park_ticket", "counter": "3"}]


def test_no_more_than_twenty_presses_wait_and_none_longer_than_the_server_says(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter())
    told = page.evaluate("""async () => {
      const { Presses } = await import("/static/presses.js");
      const { ServerClock } = await import("/static/clock.js");
      const presses = new Presses("counter", () => false, new ServerClock());
      const all = Array.from({ length: 21 }, () => presses.press({ type: "call_next" }).catch((refused) => refused));
      const { code } = await all.pop();
      presses.resend(0.05);
      return [code, presses.keptFor, ...new Set((await Promise.all(all)).map((one) => one.code))];
    }""")

    assert told == ["too_many", 0.05, "unanswered"]


def test_an_office_for_practice_says_so_in_colour_and_words(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(o.current(), practice=True))
    expect(page.locator(".practice")).to_have_text("Übung: hier ist nichts echt, alles darf ausprobiert werden.")
    expect(page.locator(".acts .big")).to_be_in_viewport(ratio=1)
    picture(page, "counter-practice")
    assert findings(page) == []
    show(stage, page, o.counter(o.current()))
    expect(page.locator(".practice")).to_have_count(0)


def test_who_is_not_signed_in_is_told_where_to(stage: Stage, visitor: Visitor) -> None:
    stage.refusal = 4401
    page = visitor.open("counter/3")

    expect(page.get_by_role("alert")).to_contain_text("Sie sind nicht angemeldet.")
    expect(page.get_by_role("link", name="Anmelden")).to_have_attribute("href", "/sign-in?next=%2Fpage%2Fcounter%2F3")


def test_undo_counts_down_and_goes(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(o.current(), undo=o.takeback(left=60)), clock=True)

    bar = page.get_by_role("region", name="Rückgängig")
    expect(bar).to_contain_text("A017 am Schalter")
    bar.get_by_role("button", name="Rückgängig").click()
    stage.expect({"type": "undo", "key": "key-of-the-press"})
    passes(stage, page, 65)
    expect(bar).to_have_count(0)


def test_a_single_press_raises_no_alarm(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(), clock=True)
    button = page.locator("[data-act=alarm]")
    button.dblclick()
    expect(button).to_have_text("Wirklich? Alarm auslösen")
    assert stage.pressed == []

    page.clock.run_for(5_100)
    expect(button).to_have_text("Alarm")
    page.keyboard.press("Control+Alt+KeyA")
    stage.expect({"type": "raise_alarm", "counter": "3"})


def test_two_presses_raise_the_alarm_silently(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter(), clock=True)
    button = page.locator("[data-act=alarm]")
    button.click()
    page.clock.run_for(600)
    button.click()
    stage.expect({"type": "raise_alarm", "counter": "3"})
    own = wire.Alarm(place="3", label="Schalter 3", way={}, at=instant(), accepted_by=("counter:5",))
    stage.show(o.counter(alarms=(own,)))

    expect(page.get_by_text("Es geht hin: 5.")).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text="Alarm")).to_have_count(0)


def test_another_counters_alarm_is_answered_with_one_press(stage: Stage, visitor: Visitor) -> None:
    """The frame comes before its log entry, and even without one."""
    page = opened(stage, visitor, o.counter())
    stage.send(
        {"type": "alarm", "counter": "5", "label": "Schalter 5", "way": {"de": "rechts, 2. Tür"}, "at": instant()}
    )
    notice = page.get_by_role("alert").filter(has_text="Alarm: Schalter 5. rechts, 2. Tür")
    expect(notice).to_be_visible()

    notice.get_by_role("button", name="Ich gehe hin").click()
    stage.expect({"type": "accept_alarm", "counter": "5", "from": "3"})
    show(stage, page, o.counter(alarms=(ALARM,)))
    notice.get_by_role("button", name="Alarm beenden").click()
    stage.expect({"type": "end_alarm", "counter": "5"})
    show(stage, page, o.counter())
    expect(notice).to_have_count(0)


def test_what_the_supervisor_says_and_gives(stage: Stage, visitor: Visitor) -> None:
    given = wire.Given(
        services=("zeugnis",), by="supervisor:7", reason="personal", until="2026-11-23T10:15:00.000Z", before=()
    )
    note = wire.Note(id="m1", text={"de": "Bitte Formular B nutzen."}, at=instant(), until=None, speak=False)
    page = opened(stage, visitor, o.counter())
    own = (o.reasoned("personal", "Personalmangel", "Short of staff"),)
    stage.show(o.counter(assignment=given, messages=(note,), reasons=own))

    expect(
        page.get_by_role("main").get_by_text("bis 11:15 zugeteilt: Führungszeugnis (Personalmangel)")
    ).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("bis 11:15 zugeteilt: Führungszeugnis (Personalmangel)")
    stage.heard.clear()
    page.get_by_role("button", name="Gelesen").click()
    stage.expect({"type": "acknowledge_message", "counter": "3", "message": "m1"})

    rule = wire.RuleLine(
        id="help-kfz", service="kfz", over_minutes=40, under_minutes=20, counters=("3",), take=("kfz",), on=True, acting=True,
        key="r", quiet=False,
    )  # fmt: skip
    ruled = replace(given, by="rule:help-kfz", reason="help-kfz", services=("kfz",))
    show(stage, page, o.counter(assignment=ruled, rules=(rule,)))
    expect(page.locator(".notice.assignment")).to_have_text(
        "Regel „Auto und Führerschein über 40 min“: diesem Schalter bis 11:15 zugeteilt: Auto und Führerschein"
    )


def test_a_clerk_reads_what_else_was_moved_why_and_until_when_and_by_which_role(stage: Stage, visitor: Visitor) -> None:
    closed = wire.Did(type="service_closed", service="ausweis", until="2026-11-23T10:15:00.000Z")
    other = wire.Did(type="counter_opened", counter="Schalter 8")
    row = wire.ShiftRow(
        key="set~1", at=instant(), by="supervisor:meyer", type="moves_applied", did=(closed, other), reason="personal",
        until="2026-11-23T10:15:00.000Z", told=None, happened=None, open=True, ended=False,
    )  # fmt: skip
    own = (o.reasoned("personal", "Personalmangel", "Short of staff"),)
    page = opened(stage, visitor, o.counter(moved=row, reasons=own))
    said = page.locator(".notice.moved")

    expect(said).to_have_text("Aufsicht: Ausweis und Pass: Annahme geschlossen, bis 11:15, Personalmangel")
    given = wire.Did(type="counter_assigned", counter="Schalter 3", added=("zeugnis",))
    show(stage, page, o.counter(moved=replace(row, did=(given, other))))  # the notice of its assignment says that
    expect(said).to_have_count(0)


def test_screen_readers_hear_what_changed(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter())
    said = page.get_by_role("status")

    for board, words in (
        (o.counter(o.current("called")), "A017 ist aufgerufen."),
        (o.counter(o.current("called", attempt=2)), "A017 ist noch einmal aufgerufen."),
        (o.counter(o.current()), "A017 ist am Schalter."),
        (o.counter(), "A017 ist nicht mehr an diesem Schalter."),
    ):
        show(stage, page, board)
        expect(said).to_have_text(words)


def test_keys_can_be_switched_off_and_never_fire_while_typing(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.counter())
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Tasten und Ansicht")
    expect(dialog.get_by_role("row", name="W Wieder bereit · Nacharbeit")).to_be_visible()
    page.keyboard.press("x")  # a dialog is open, so the key does nothing
    dialog.get_by_role("checkbox", name="Tasten benutzen").uncheck()
    dialog.get_by_role("radio", name="Dunkel").check()
    dialog.get_by_role("button", name="Schließen", exact=True).click()
    page.keyboard.press("x")
    page.keyboard.press("Enter")
    page.keyboard.press("?")
    dialog.get_by_role("checkbox", name="Tasten benutzen").check()
    page.keyboard.press("Escape")
    page.keyboard.press("Control+w")
    page.keyboard.press("w")

    stage.expect({"type": "begin_wrap_up", "counter": "3"})
    assert page.evaluate("document.documentElement.dataset.theme") == "night"
