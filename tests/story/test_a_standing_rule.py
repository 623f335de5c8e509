"""An office without a supervisor helps itself: a standing rule is tried on yesterday and switched on at the table. It acts by
itself, which the log and the table say by the rule's name, and is taken back like any move.

All of it is real: `aufruf up`, its forecast, its second worker, its steward. Only the store's clock is in the hands of the test,
for the office lives by that clock: yesterday, and the minutes for which a wait must be too long, need no waiting here.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from server.messages.instants import MINUTE
from tests.crash.stores import FAKETIME, RunningStore
from tests.story.conftest import OpenOffice, Visitors, signed_in
from tests.story.test_a_wait_everywhere import until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(FAKETIME is None, reason="faketime is not installed: make system"),
]
HERE = ZoneInfo("Europe/Berlin")
STEP = timedelta(seconds=4)
"""A running office follows its store's clock for steps of up to five seconds (`StoreClock.JUMP`)."""
MOST_STEPS = 450
"""Half an hour. The rule acts when its wait has lasted three minutes."""
TRIAL_MS = MINUTE
WAITING = 8


class Hands:
    """The hands of the store's clock."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._off = timedelta()

    def stand_at(self, instant: datetime) -> None:
        self._set(instant - datetime.now(HERE))

    def go_on(self, by: timedelta) -> None:
        self._set(self._off + by)

    def _set(self, off: timedelta) -> None:
        """In one step, because the store may read it at any moment."""
        self._off = off
        new = self.file.with_suffix(".new")
        new.write_text(f"{off.total_seconds():+.3f}\n")
        new.replace(self.file)


@pytest.fixture
def hands(tmp_path: Path) -> Hands:
    found = Hands(tmp_path / "clock")
    found.go_on(timedelta())
    return found


@pytest.fixture
def store(hands: Hands) -> Iterator[str]:
    """The URL of a store that reads its clock anew for each answer."""
    faked = {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(hands.file),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    running = RunningStore(environment=faked)
    running.start()
    yield running.url
    running.end()


class House:
    """The office of this test. It takes the time from its store when it starts."""

    def __init__(self, folder: Path, store: str, hands: Hands) -> None:
        self._folder, self._store, self._hands = folder, store, hands

    def opened(self, at: datetime) -> OpenOffice:
        self._hands.stand_at(at)
        return OpenOffice(self._folder / "data", "--redis", self._store)


def did(office: OpenOffice, type: str, **fields: Any) -> int:
    """The number of its entry."""
    answer = office.press(type, **fields)
    assert answer["status"] == 200, answer
    return int(answer["seq"])


def a_day_on_which_nobody_helped(house: House, day: datetime) -> None:
    """Counter 1 gives passports alone, somebody keeps it busy for fifty minutes, and seven others wait for it."""
    office = house.opened(day)
    did(office, "open_counter", counter="1", services=["ausweis"])
    did(office, "open_counter", counter="3", services=["urkunden"])
    for _ in range(WAITING):
        did(office, "issue_ticket", services=["ausweis"])
    did(office, "call_next", counter="1")
    did(office, "start_service", counter="1")
    assert office.close() == 0
    office = house.opened(day + timedelta(minutes=50))
    for _ in range(WAITING - 1):
        did(office, "finish_service", counter="1")
        did(office, "call_next", counter="1")
        did(office, "start_service", counter="1")
    did(office, "finish_service", counter="1")
    assert office.close() == 0


@pytest.fixture
def office(tmp_path: Path, store: str, hands: Hands) -> Iterator[OpenOffice]:
    """Noon, and the day before is kept."""
    noon = datetime.now(HERE).replace(hour=12, minute=0, second=0, microsecond=0)
    house = House(tmp_path, store, hands)
    a_day_on_which_nobody_helped(house, noon - timedelta(days=1))
    found = house.opened(noon)
    yield found
    assert found.close() == 0


def services_of(office: OpenOffice, counter: str) -> list[str]:
    return next(one["services"] for one in office.board("supervisor")["counters"] if one["id"] == counter)


def acts_in_the_log(office: OpenOffice, after: int) -> list[dict[str, Any]]:
    """Events whose author is a rule."""
    answer = office.http.get(f"/api/v1/offices/mitte/events?after={after}&limit=1000")
    assert answer.status_code == 200, answer.text
    return [one for one in answer.json()["events"] if one["by"].startswith("rule:")]


def people_come_until_the_rule_acts(office: OpenOffice, hands: Hands) -> None:
    """Somebody every four seconds: with each press the office hears its store's time."""
    for _ in range(MOST_STEPS):
        if "ausweis" in services_of(office, "3"):
            return
        hands.go_on(STEP)
        did(office, "issue_ticket", services=["ausweis"])
    raise AssertionError("the rule did not act")


def test_a_rule_is_tried_on_yesterday_switched_on_acts_by_itself_and_is_taken_back(
    office: OpenOffice, hands: Hands, visitors: Visitors
) -> None:
    table = signed_in(office, visitors).context.new_page()
    table.set_viewport_size({"width": 1920, "height": 1080})
    table.goto(f"{office.base}/supervisor/mitte")
    rules, book = (table.get_by_role("region", name=name) for name in ("Regeln", "Schichtbuch"))
    it_is_tried_and_switched_on(table)
    expect(rules.get_by_role("listitem")).to_have_count(1)
    expect(rules).to_contain_text("eingeschaltet")

    begin = did(office, "open_counter", counter="1", services=["ausweis"])
    did(office, "open_counter", counter="3", services=["urkunden"])
    for _ in range(WAITING):
        did(office, "issue_ticket", services=["ausweis"])
    people_come_until_the_rule_acts(office, hands)

    acts = acts_in_the_log(office, begin)
    assert {one["by"] for one in acts} == {"rule:rule-1"}
    assert [one["counter"] for one in acts if one["type"] == "counter_assigned"] == ["3"]
    expect(rules).to_contain_text("greift gerade")
    row = book.get_by_role("listitem").filter(has_text="Regel „Ausweis und Pass über 40 min“")
    expect(row).to_have_count(1)

    row.get_by_role("button", name="Zurücknehmen").click()
    until(lambda: services_of(office, "3") == ["urkunden"])
    expect(rules).to_contain_text("eingeschaltet, heute zurückgenommen")


def it_is_tried_and_switched_on(table: Page) -> None:
    table.get_by_role("button", name="Neue Regel").click()
    dialog = table.get_by_role("dialog", name="Neue Regel")
    dialog.get_by_label("Wartezeit bei").select_option("ausweis")
    dialog.get_by_role("checkbox", name="Schalter 3").check()
    dialog.get_by_role("button", name="Auf gestern versuchen").click()
    found = dialog.get_by_role("status")
    expect(found).to_contain_text(f"{WAITING} Personen: Die Regel hätte", timeout=TRIAL_MS)
    expect(found).to_contain_text(re.compile(r"Längste Wartezeit: etwa \d+ statt \d+ Minuten"))
    dialog.get_by_role("button", name="Einschalten", exact=True).click()
    expect(dialog).to_have_count(0)
