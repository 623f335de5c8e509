"""The supervisor's table claims nothing that is not known, marks what will change, and takes back what is in force."""

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from server.messages import boards as wire
from tests.live_sockets import instant
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor
from tests.supervisor.test_supervisor_table import opened

pytestmark = pytest.mark.browser


def test_services_stand_in_the_order_of_their_trouble_and_without_an_estimate_none_is_in_the_target(
    stage: Stage, visitor: Visitor
) -> None:
    deaf = wire.Trouble(code="needs", need="step_free", count=3)
    services = (
        o.service_line("zeugnis", 1, 2, expected=o.expected(5, 10)),
        o.service_line("melden", 3, 12),
        o.service_line("kfz", 9, 31, trouble=deaf),
        o.service_line("ausweis", 40, 5, served=False, expected_reason="no_counter"),
        o.service_line("trauung", 2, 5, open=False, served=False, expected_reason="closed"),
    )
    page = opened(stage, visitor, o.supervisor(services=services))

    said = page.locator(".services .word")
    expect(said).to_have_text(
        [
            "kein Schalter offen",
            "geschlossen, kein Schalter offen",
            "3 mit stufenlos, kein solcher Schalter offen",
            "bisher 12 von 30 min",
            "im Ziel",
        ]
    )
    expect(page.locator(".services .word.bad")).to_have_count(3)


def test_a_service_without_a_counter_for_which_nobody_waits_stands_below_those_that_hurt(
    stage: Stage, visitor: Visitor
) -> None:
    services = (
        o.service_line("trauung", 0, None, served=False, expected_reason="no_counter"),
        o.service_line("zeugnis", 1, 2, expected=o.expected(5, 10)),
        o.service_line("melden", 9, 50, expected=o.expected(60, 90)),
        o.service_line("ausweis", 2, 5, served=False, expected_reason="no_counter"),
    )
    page = opened(stage, visitor, o.supervisor(services=services))

    names = page.locator(".services tbody tr[data-service]")
    expect(names).to_have_count(4)
    order = [names.nth(place).get_attribute("data-service") for place in range(4)]
    assert order == ["ausweis", "melden", "trauung", "zeugnis"]


def test_an_estimate_that_still_learns_is_called_one(stage: Stage, visitor: Visitor) -> None:
    services = (
        o.service_line("ausweis", 2, 5, expected=replace(o.expected(20, 30), learning=True)),
        o.service_line("melden", 2, 5, expected=o.expected(5, 10)),
    )
    page = opened(stage, visitor, o.supervisor(services=services))

    expect(page.locator("[data-service=ausweis]")).to_contain_text("20–30 min Schätzung, lernt noch")
    expect(page.locator("[data-service=melden]")).not_to_contain_text("lernt noch")


def test_a_timed_move_marks_only_the_cells_that_change_back(stage: Stage, visitor: Visitor) -> None:
    given = replace(o.GIVEN, services=("ausweis", "melden", "trauung"), before=("ausweis", "melden", "kfz"))
    face = o.face("4", services=given.services, skills=(*given.services, "kfz"))
    page = opened(stage, visitor, o.supervisor(counters=(face,), assignments={"4": given}))

    expect(page.locator(".grid .cell")).to_have_text(["✓", "✓", "11:15", "–", "11:15"])
    expect(page.get_by_role("button", name="Standesamt: bedient, bis 11:15")).to_have_count(1)


def test_a_reason_is_given_in_the_grid(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, o.supervisor())
    page.get_by_label("Warum").select_option("stoerung")
    page.locator("[data-cell='0/3']").click()

    stage.expect(
        {
            "type": "assign_counter",
            "counter": "1",
            "services": ["ausweis", "melden", "zeugnis"],
            "reason": "stoerung",
        }
    )


TYPED: dict[str, list[str]] = {
    "a 012": ["A012"],
    "A12": ["A012"],
    "a012": ["A012"],
    "12": ["A012", "K012"],
    "a-12": ["A012"],
    "Ａ０１２": ["A012"],
    "A \u0660\u0661\u0662": ["A012"],
    "x": [],
}


def test_a_number_is_found_however_it_is_written(stage: Stage, visitor: Visitor) -> None:
    tickets = (o.line("A012"), o.line("A031"), o.line("K012", "kfz"))
    page = opened(stage, visitor, o.supervisor(tickets=tickets))
    shown = page.locator(".tickets .number")
    for typed, found in TYPED.items():
        page.get_by_role("searchbox").fill(typed)
        expect(shown, typed).to_have_text(found)
        page.get_by_role("searchbox").fill("")
        expect(shown).to_have_count(3)


def test_a_set_of_moves_is_taken_back_by_its_key(stage: Stage, visitor: Visitor) -> None:
    moves = wire.MovesSet(
        key="set~1", at=instant(minutes=5), services=("kfz",), before=(), counters=("4",), policy=True, by="supervisor:7",
        reason="stoerung", until="2026-11-23T10:15:00.000Z",
    )  # fmt: skip
    page = opened(stage, visitor, o.supervisor(moves=(moves,)))

    sets = page.get_by_role("region", name="Gesetzte Verschiebungen")
    expect(sets).to_contain_text("Schalter 4, Auto und Führerschein, Reihenfolge")
    expect(sets).to_contain_text("bis 11:15, Fachverfahren gestört")
    sets.get_by_role("button").click()
    stage.expect({"type": "revert_moves", "key": "set~1"})


def test_no_list_of_the_table_is_without_a_bound(stage: Stage, visitor: Visitor) -> None:
    crowd = tuple(o.line(f"A{number:03}") for number in range(1, 301))
    screens = tuple(replace(o.device("hall", "display"), id=f"d{number}") for number in range(200))
    dead = o.device("door", "display", "offline", seen_at=instant(minutes=3), delay_ms=None)
    notes = tuple(replace(o.supervisor().messages[0], id=f"m{number}") for number in range(9))
    stranded = tuple(
        wire.Stranded(
            id=f"t{number}", number=f"A{number:03}", services=("ausweis",), needs=(), place=None, reason="no_counter"
        )
        for number in range(20)
    )
    board = o.supervisor(
        tickets=crowd, devices=(*screens, dead), messages=notes, uncallable=stranded, uncallable_total=60
    )
    page = opened(stage, visitor, board)

    for rows, most in ((".tickets tbody tr", 20), (".devices tbody tr", 10), (".lines li", 5)):
        expect(page.locator(rows)).to_have_count(most)
    expect(page.locator(".devices tbody tr").first).to_contain_text("Flur")
    expect(page.locator(".stranded")).to_contain_text("60 Nummern kann niemand aufrufen")
    expect(page.locator(".stranded")).to_contain_text("A007 und 12 weitere: kein Schalter dafür offen")
    page.get_by_role("button", name="alle 300 zeigen").click()
    expect(page.locator(".tickets tbody tr")).to_have_count(300)
    page.locator(".skips").get_by_role("link", name="Geräte").click()
    expect(page.locator("#devices")).to_be_focused()
