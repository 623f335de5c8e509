"""A clerk's whole day at a running office by what a screen reader names, and nothing else: roles, names, labels."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.story.conftest import OpenOffice, Visitors, signed_in

pytestmark = pytest.mark.browser
SAMPLE = Path(__file__).parents[2] / "config/offices/mitte.toml"
SLOW_MS = 40_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OpenOffice]:
    """Whoever does not come is not called again by itself, so that the clerk must bring them back."""
    text = SAMPLE.read_text(encoding="utf-8")
    assert text.count("recall_limit = 1") == 1
    (tmp_path / "mitte.toml").write_text(text.replace("recall_limit = 1", "recall_limit = 0"), encoding="utf-8")
    opened = OpenOffice(tmp_path / "data", "--office", str(tmp_path / "mitte.toml"))
    yield opened
    assert opened.close() == 0


class Counter:
    """The page of counter 1 as it is heard."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def button(self, name: str) -> Locator:
        """The one whose name is this, or is this and what it will do."""
        return self.page.get_by_role(
            "button", name=re.compile(rf"^{re.escape(name)}( [A-Z]\d+,.*| Niemand wartet\.)?$")
        )

    def press(self, name: str, then: str) -> None:
        """`then`: what can be pressed afterwards."""
        self.button(name).click()
        expect(self.button(then)).to_be_enabled(timeout=SLOW_MS)

    def region(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("region", name=name)

    def answer(self, title: str, verb: str) -> None:
        self.page.get_by_role("dialog", name=title).get_by_role("button", name=verb, exact=True).click()

    def holds(self, number: str) -> None:
        expect(self.region("Wen ich bediene").get_by_role("heading", name=number)).to_be_visible()

    def says(self, line: str) -> None:
        expect(self.page.get_by_role("status").filter(has_text=line)).to_have_count(1)


def test_a_day_by_accessible_names_alone(office: OpenOffice, visitors: Visitors) -> None:
    """One office for all of it: it takes a while to start."""
    for services in (["ausweis", "kfz"], ["ausweis"], ["ausweis"], ["ausweis"]):
        office.press("issue_ticket", services=services)
    page = signed_in(office, visitors)
    page.goto(office.base + "/counter/mitte/1")
    counter = Counter(page)
    expect(counter.button("Schalter öffnen")).to_be_enabled(timeout=SLOW_MS)

    a_ticket_of_two_steps_is_called_served_parked_and_sent_on(office, counter)
    one_is_transferred_one_did_not_come_one_comes_later(office, counter)
    a_finish_is_taken_back_and_the_day_ends(office, counter)


def a_ticket_of_two_steps_is_called_served_parked_and_sent_on(office: OpenOffice, counter: Counter) -> None:
    page, held = counter.page, counter.region("Wen ich bediene")
    counter.press("Schalter öffnen", "Nächste Nummer")
    counter.says("Der Schalter ist bereit.")
    counter.press("Nächste Nummer", "Ist da")
    counter.holds("A001")
    counter.says("A001 ist aufgerufen.")
    counter.press("Noch einmal rufen", "Ist da")
    expect(held).to_contain_text("zum 2. Mal")
    counter.press("Ist da", "Fertig, nächste Nummer")

    expect(page.get_by_role("group", name="Was ist erledigt?")).to_contain_text("danach an einem anderen Schalter")
    expect(page.get_by_role("checkbox", name="Ausweis und Pass")).to_be_checked()
    counter.press("Notiz schreiben", "Notiz behalten")
    page.get_by_label("Für Kolleginnen und Kollegen").fill("Foto fehlt")
    counter.answer("A001: Notiz", "Notiz behalten")
    expect(held).to_contain_text("Foto fehlt")
    counter.press("Parken", "A001: Weiter")
    expect(counter.region("Geparkt")).to_contain_text("Notiz")
    counter.press("A001: Weiter", "Fertig, nächste Nummer")
    counter.holds("A001")
    counter.press("Fertig", "Nächste Nummer")
    (goes_on,) = (one for one in tickets(office) if one["number"] == "A001")
    assert (goes_on["state"], goes_on["services"]) == ("waiting", ["kfz"])


def one_is_transferred_one_did_not_come_one_comes_later(office: OpenOffice, counter: Counter) -> None:
    page = counter.page
    counter.press("Nächste Nummer", "Ist da")
    counter.holds("A002")
    counter.press("Ist da", "Fertig, nächste Nummer")
    counter.button("Weiterleiten").click()
    page.get_by_role("dialog", name="A002 weiterleiten").get_by_label("Auto und Führerschein").check()
    counter.answer("A002 weiterleiten", "Weiterleiten")
    expect(counter.button("Nächste Nummer")).to_be_enabled(timeout=SLOW_MS)

    counter.press("Nächste Nummer", "Ist da")
    counter.holds("A003")
    counter.button("Nicht erschienen").click()
    counter.answer("A003 nicht erschienen?", "Nicht erschienen")  # no display runs here, so the page asks first
    expect(counter.region("Nicht erschienen")).to_contain_text("A003", timeout=SLOW_MS)
    counter.button("A003: Zurück in die Reihe").click()
    queue = counter.region("Als Nächstes (2 warten)")
    expect(queue).to_contain_text("A003")
    expect(counter.region("Nicht erschienen")).to_have_count(0)

    queue.get_by_role("button", name="A004").click()
    counter.answer("A004", "20 Minuten zurückstellen")
    expect(counter.region("Kommt später")).to_contain_text("A004")
    counter.button("A004: Zurück in die Reihe").click()
    expect(counter.region("Als Nächstes (2 warten)")).to_contain_text("A004")
    assert {one["number"]: one["services"] for one in tickets(office)}["A002"] == ["kfz"]


def a_finish_is_taken_back_and_the_day_ends(office: OpenOffice, counter: Counter) -> None:
    page = counter.page
    counter.press("Nächste Nummer", "Ist da")
    counter.press("Ist da", "Fertig, nächste Nummer")
    number = counter.region("Wen ich bediene").get_by_role("heading").inner_text()
    counter.press("Fertig", "Nächste Nummer")
    expect(counter.region("Rückgängig")).to_contain_text(f"{number} fertig")
    counter.press("Rückgängig", "Fertig, nächste Nummer")
    counter.holds(number)
    counter.press("Fertig, nächste Nummer", "Ist da")
    counter.press("Ist da", "Fertig, nächste Nummer")
    counter.press("Fertig", "Nächste Nummer")

    counter.button("Pause").click()
    asked = page.get_by_role("dialog", name="Pause")
    asked.get_by_role("radio", name="Mittagspause").check()
    asked.get_by_label("Zurück in").select_option(label="30 min")
    counter.answer("Pause", "Pause")
    expect(counter.region("Wen ich bediene")).to_contain_text("Mittagspause, zurück um")
    counter.says("Pause.")
    counter.press("Weiter arbeiten", "Nächste Nummer")
    counter.press("Schließen", "Schalter öffnen")
    counter.says("Der Schalter ist geschlossen.")
    assert {one["number"]: one["state"] for one in tickets(office)} == {"A001": "waiting", "A002": "waiting"}


def tickets(office: OpenOffice) -> list[dict[str, Any]]:
    return list(office.board("supervisor")["tickets"])
