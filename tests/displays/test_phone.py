"""The ticket on the phone: number and state for everybody, amber at a call, and the few buttons of its owner."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from server.messages.instants import MINUTE
from tests.axe import findings
from tests.displays.boards import Boards, rfc3339
from tests.displays.phones import OVERFLOW, SECRET, STATES, open_phone, states
from tests.displays.stage import Stage
from tests.displays.visitor import Visitor

pytestmark = pytest.mark.browser

BUZZ = "window.buzzed = []; navigator.vibrate = (pattern) => window.buzzed.push(pattern);"


@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_axe_finds_nothing_in_any_state(stage: Stage, boards: Boards, browser: Visitor, query: str) -> None:
    boards_by_state = states(boards)
    page = open_phone(stage, browser, boards_by_state["waiting"], query=query)
    expect(page.locator(".squares")).to_be_visible()
    found = {}
    for name in STATES:
        seq = stage.show(boards_by_state[name])
        stage.wait_for(lambda frame, seq=seq: frame["type"] == "report" and frame["seq"] == seq)  # type: ignore[misc]
        found[name] = findings(page)

    assert {name: what for name, what in found.items() if what} == {}


def test_r10_nothing_runs_out_of_320_px_or_at_twice_the_text_size(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    boards_by_state = states(boards)
    page = open_phone(stage, browser, boards_by_state["waiting"])
    page.set_viewport_size({"width": 320, "height": 568})
    wide = []
    for text in ("100%", "200%"):
        page.evaluate("(size) => document.documentElement.style.fontSize = size", text)
        for name in STATES:
            seq = stage.show(boards_by_state[name])
            stage.wait_for(lambda frame, seq=seq: frame["type"] == "report" and frame["seq"] == seq)  # type: ignore[misc]
            if page.evaluate(OVERFLOW):
                wide.append((text, name))

    assert wide == []


@pytest.mark.parametrize(
    ("query", "words"), [("", r"Sie wurden um \d\d:\d\d aufgerufen"), ("?lang=en", r"You were called at \d\d:\d\d")]
)
def test_without_scripts_number_and_state_are_there(
    stage: Stage, boards: Boards, browser: Visitor, query: str, words: str
) -> None:
    page = open_phone(stage, browser, states(boards)["missed"], query=query, java_script_enabled=False)

    expect(page.get_by_text("A019", exact=True)).to_be_visible()
    expect(page.locator("main")).to_contain_text(re.compile(words))
    assert stage.heard == []


def test_without_scripts_a_called_ticket_names_the_counter(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_phone(stage, browser, states(boards)["called"], java_script_enabled=False)

    expect(page.locator("main")).to_contain_text("Sie sind dran")
    expect(page.locator("main")).to_contain_text("Schalter 3")


def test_the_page_leaves_no_trace(stage: Stage, boards: Boards, browser: Visitor) -> None:
    """No cookies, nothing stored, not indexed, no referrer."""
    page = open_phone(stage, browser, boards.ticket())
    expect(page.locator(".squares")).to_be_visible()

    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert "noindex" in str(page.locator("meta[name=robots]").get_attribute("content"))
    assert page.locator("meta[name=referrer]").get_attribute("content") == "no-referrer"


def test_it_asks_for_its_own_ticket(stage: Stage, boards: Boards, browser: Visitor) -> None:
    open_phone(stage, browser, boards.ticket())

    hello = stage.wait_for(lambda frame: frame["type"] == "hello")
    assert hello == {"type": "hello", "board": "ticket", "id": SECRET, "seq": 0}


def test_waiting_shows_a_range_and_how_many_are_ahead_and_why_others_went_first(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    page = open_phone(stage, browser, states(boards)["waiting"])
    main = page.locator("main")

    expect(main).to_contain_text("15–25 min")
    expect(main).to_contain_text("3 Personen vor Ihnen")
    expect(main).to_contain_text("2 Personen mit Termin kamen vor Ihnen dran.")
    expect(main).to_contain_text("1 Person kam aus anderem Grund vor Ihnen dran.")
    expect(page.locator(".squares i")).to_have_count(4)


@pytest.mark.parametrize("learning", [True, False])
def test_an_office_that_still_learns_says_so_beside_the_range(
    stage: Stage, boards: Boards, browser: Visitor, learning: bool
) -> None:
    ticket = boards.ticket()
    assert ticket.expected is not None
    page = open_phone(stage, browser, replace(ticket, expected=replace(ticket.expected, learning=learning)))
    expect(page.locator(".squares")).to_be_visible()

    expect(page.get_by_text("Schätzung, lernt noch")).to_have_count(int(learning))


@pytest.mark.parametrize(("ahead_min", "said"), [(30, True), (-1, False), (None, False)])
def test_until_when_one_may_leave_is_said_while_that_lies_ahead(
    stage: Stage, boards: Boards, browser: Visitor, ahead_min: int | None, said: bool
) -> None:
    until = None if ahead_min is None else datetime.now(UTC) + timedelta(minutes=ahead_min)
    page = open_phone(stage, browser, boards.ticket(leave_until=until and rfc3339(until)))
    expect(page.locator(".squares")).to_be_visible()

    expect(page.get_by_text("weggehen")).to_have_count(int(said))
    if until and said:
        clock = until.astimezone(ZoneInfo("Europe/Berlin"))
        expect(page.get_by_text(f"Sie können bis {clock:%H:%M} weggehen.")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Es dauert länger als angekündigt, weil weniger Schalter offen sind."),
        ("en", "It takes longer than announced, because fewer counters are open."),
    ],
)
def test_that_it_takes_longer_is_said_with_its_reason_and_no_counter(
    stage: Stage, boards: Boards, browser: Visitor, language: str, words: str
) -> None:
    page = open_phone(stage, browser, boards.ticket(longer="fewer_counters"), query=f"?lang={language}")
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.locator(".state")).not_to_contain_text("Schalter 3")

    stage.show(boards.ticket())
    expect(page.get_by_text(words)).to_have_count(0)


def test_a_call_turns_the_screen_amber_with_counter_and_way_and_is_told(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    page = open_phone(stage, browser, boards.ticket())
    expect(page.locator(".squares")).to_be_visible()
    stage.show(states(boards)["called"])
    expect(page.locator("main")).to_contain_text("Schalter 3")
    expect(page.locator("main")).to_contain_text("links, 1. Tür")
    expect(page.get_by_role("status")).to_have_text("Nummer A019 ist dran: Schalter 3")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 197, 61)"
    assert page.title() == "A019 · Sie sind dran"
    other = replace(boards.place(), way_step_free={"de": "mit dem Aufzug, dann rechts"})
    stage.show(replace(states(boards)["called"], counter=other))
    page.locator("summary").filter(has_text="Weg ohne Stufen zeigen").press("Enter")
    expect(page.get_by_text("mit dem Aufzug, dann rechts")).to_be_visible()


def test_r23_it_buzzes_once_for_each_call_and_repeat_if_its_owner_said_so(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    page = open_phone(stage, browser, boards.ticket(), before=BUZZ)
    button = page.get_by_role("button", name="Klingeln, wenn ich dran bin")
    button.click()
    expect(page.get_by_role("button", name="Klingelt, solange diese Seite offen ist")).to_be_visible()
    called = states(boards)["called"]
    stage.show(called)
    stage.show(called)
    expect(page.locator("main")).to_contain_text("Schalter 3")
    stage.show(msgspec.structs.replace(called, attempt=2))

    page.wait_for_function("() => buzzed.length === 2")


def test_its_ring_button_can_be_read_while_called(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_phone(stage, browser, boards.ticket())
    page.get_by_role("button", name="Klingeln, wenn ich dran bin").click()
    stage.show(states(boards)["called"])
    expect(page.get_by_role("button", name="Klingelt, solange diese Seite offen ist")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Schalter 3")

    assert findings(page) == []


def test_missed_once_says_when_it_was_called_and_asks_who_is_there(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    page = open_phone(stage, browser, states(boards)["again"])
    expect(page.locator(".big")).to_have_text(re.compile(r"^Sie wurden um \d\d:\d\d aufgerufen$"))
    expect(page.locator(".state")).to_contain_text("wieder aufgerufen werden")
    page.get_by_role("button", name="Ich bin da").click()
    stage.until(lambda: len(stage.commands()) == 1)

    assert stage.commands()[0]["command"] == {"type": "return_ticket"}
    expect(page.get_by_role("status").filter(has_text="Sie stehen wieder in der Reihe")).to_be_visible()
    expect(page.get_by_role("button", name="Ich bin da")).to_have_count(0)


@pytest.mark.parametrize("ahead", [0, 3])
def test_nobody_is_next_where_nobody_serves(stage: Stage, boards: Boards, browser: Visitor, ahead: int) -> None:
    page = open_phone(stage, browser, boards.ticket(ahead=ahead, expected=None, expected_reason="no_counter"))

    expect(page.locator(".big")).to_have_text("Zurzeit ist kein Schalter dafür offen")
    expect(page.get_by_text("Sie sind als Nächste dran")).to_have_count(0)
    expect(page.get_by_text("3 Personen vor Ihnen")).to_have_count(1 if ahead else 0)


@pytest.mark.parametrize("ahead", [0, 3])
def test_a_forecast_that_is_missing_keeps_nobody_from_being_next(
    stage: Stage, boards: Boards, browser: Visitor, ahead: int
) -> None:
    page = open_phone(stage, browser, boards.ticket(ahead=ahead, expected=None, expected_reason="stale"))

    expect(page.locator(".big")).to_have_text("3 Personen vor Ihnen" if ahead else "Sie sind als Nächste dran")
    expect(page.get_by_text("Zurzeit kann niemand sagen, wie lange es dauert")).to_have_count(1 if ahead else 0)


def test_it_never_buzzes_unasked(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_phone(stage, browser, boards.ticket(), before=BUZZ)
    expect(page.locator(".squares")).to_be_visible()
    stage.show(states(boards)["called"])
    expect(page.locator("main")).to_contain_text("Schalter 3")

    assert page.evaluate("buzzed") == []


def test_more_time_and_back_again_are_one_press_each(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_phone(stage, browser, boards.ticket())
    page.get_by_role("button", name="Ich brauche 45 Minuten mehr Zeit").click()
    stage.until(lambda: len(stage.commands()) == 1)
    stage.show(states(boards)["away"])
    expect(page.locator("main")).to_contain_text("Pause bis")
    page.get_by_role("button", name="Ich bin wieder da").click()
    stage.until(lambda: len(stage.commands()) == 2)
    first, second = stage.commands()

    assert first["command"] == {"type": "pause_ticket"}
    assert second["command"] == {"type": "return_ticket"}
    assert first["key"] != second["key"]
    assert first["age_ms"] >= 0


def test_giving_up_is_asked_twice(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_phone(stage, browser, boards.ticket())
    page.get_by_role("button", name="Ich komme nicht mehr").click()
    dialog = page.get_by_role("dialog", name="Nummer zurückgeben?")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Nein, ich komme").click()
    expect(dialog).to_have_count(0)
    assert stage.commands() == []
    page.get_by_role("button", name="Ich komme nicht mehr").click()
    dialog.get_by_role("button", name="Ja, Nummer zurückgeben").click()
    stage.until(lambda: len(stage.commands()) == 1)

    assert stage.commands()[0]["command"] == {"type": "cancel_ticket"}


def test_the_question_is_axe_clean_and_escape_keeps_the_number(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_phone(stage, browser, boards.ticket())
    page.get_by_role("button", name="Ich komme nicht mehr").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert findings(page) == []
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    assert stage.commands() == []


def test_only_what_the_board_allows_can_be_pressed(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_phone(stage, browser, boards.ticket(may=()))
    expect(page.locator(".squares")).to_be_visible()

    assert page.locator("main button").all_inner_texts() == ["Klingeln, wenn ich dran bin"]


def test_a_refusal_is_told_in_words(stage: Stage, boards: Boards, browser: Visitor) -> None:
    def refuse(frame: dict[str, Any]) -> dict[str, Any]:
        problem = {"code": "no_words_for_this", "detail": "Das geht gerade nicht.", "retry": False}
        return {"type": "refused", "key": frame["key"], "problem": problem}

    stage.answer = refuse
    page = open_phone(stage, browser, boards.ticket())
    page.get_by_role("button", name="Ich brauche 45 Minuten mehr Zeit").click()

    expect(page.locator("main [role=alert]")).to_have_text("Das geht gerade nicht.")
    expect(page.get_by_role("button", name="Ich brauche 45 Minuten mehr Zeit")).to_be_enabled()


def test_another_language_is_one_tap_and_needs_no_reload(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_phone(stage, browser, boards.ticket())
    expect(page.locator(".squares")).to_be_visible()
    page.get_by_role("link", name="English").click()
    expect(page.locator("main")).to_contain_text("3 people before you")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("main")).to_contain_text("ID and passport")
    expect(page.locator(".papers")).to_contain_text("old ID card")
    assert stage.opened == 1
    assert page.url.endswith("?lang=en")


def test_a_cut_line_is_said_with_the_age(stage: Stage, boards: Boards, browser: Visitor) -> None:
    page = open_phone(stage, browser, boards.ticket(), clock=True)
    expect(page.locator(".squares")).to_be_visible()
    page.clock.run_for(9_600)
    alert = page.locator("#alert")
    expect(alert).to_be_visible()
    expect(alert).to_contain_text("Verbindung unterbrochen. Stand: vor")
    stage.beat()

    expect(alert).to_be_hidden()


def test_a_dead_link_says_so_and_does_not_try_again(stage: Stage, boards: Boards, browser: Visitor) -> None:
    stage.refusal = 4404
    page = open_phone(stage, browser, boards.ticket(), clock=True)
    expect(page.locator("#alert")).to_contain_text("Dieser Link gilt nicht mehr")
    page.clock.run_for(MINUTE)

    assert stage.opened == 1


def test_r11_everything_pressed_is_at_least_44_px_high_and_reached_by_tab(
    stage: Stage, boards: Boards, browser: Visitor
) -> None:
    page = open_phone(stage, browser, states(boards)["away"])
    expect(page.locator("main button")).to_have_count(4)
    heights = page.locator("main button").evaluate_all("(all) => all.map((it) => it.getBoundingClientRect().height)")
    reached = []
    for _ in range(5):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText.trim()"))

    assert min(heights) >= 44
    assert reached == ["English", *page.locator("main button").all_inner_texts()]


@pytest.mark.parametrize("name", ["waiting", "called"])
def test_r7_who_wants_no_motion_gets_none(stage: Stage, boards: Boards, browser: Visitor, name: str) -> None:
    page = open_phone(stage, browser, states(boards)[name], reduced_motion="reduce")
    expect(page.locator("main button").first).to_be_visible()

    assert page.evaluate("document.getAnimations().length") == 0


SIZES = """() => Object.fromEntries(["number", "big", "soft", "button"].map((name) => [name,
  Math.max(0, ...[...document.querySelectorAll(`main .${name}`)].map((it) => parseFloat(getComputedStyle(it).fontSize)))]))"""
BESIDE_NOTCHES = """() => {
  const [slip, number] = [".slip", ".number"].map((name) => document.querySelector(name));
  const notch = document.createElement("i");
  notch.style.cssText = "position: absolute; width: var(--notch)";
  slip.append(notch);
  const [outer, inner, wide] = [slip, number, notch].map((it) => it.getBoundingClientRect());
  notch.remove();
  return inner.left >= outer.left + wide.width && inner.right <= outer.right - wide.width;
}"""
FILLED = """() => document.querySelector(".place > span").getBoundingClientRect().width
  / document.querySelector(".state").clientWidth"""
CUT = """() => [...document.querySelectorAll("main .number, main .big, main .soft, main .button, main li")].filter((it) => {
  const { left, right } = it.getBoundingClientRect();
  return left < 0 || right > innerWidth || it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).display !== "inline";
}).map((it) => it.innerText)"""


@pytest.mark.parametrize("number", ["A019", "A1019"])
@pytest.mark.parametrize("name", ["waiting", "called", "missed", "again"])
def test_twice_the_text_size_makes_everything_larger_and_cuts_nothing(
    stage: Stage, boards: Boards, browser: Visitor, name: str, number: str
) -> None:
    """At 320 px too: the line that matters stays the largest beside the number. A place that fills its line grows no more."""
    page = open_phone(stage, browser, replace(states(boards)[name], number=number))
    page.set_viewport_size({"width": 320, "height": 568})
    expect(page.locator("main button").first).to_be_visible()
    plain = page.evaluate(SIZES)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    large = page.evaluate(SIZES)
    if name == "called":
        assert page.evaluate(FILLED) > 0.85
        plain["big"] = 0

    assert {
        what: round(large[what] / size, 2) for what, size in plain.items() if size and large[what] < 1.2 * size
    } == {}
    assert large["big"] > large["soft"]
    assert page.evaluate(CUT) == []
    assert page.evaluate(BESIDE_NOTCHES)
