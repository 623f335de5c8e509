"""The page of evaluation: each figure with its table and a sentence, the same as CSV, and what the counters carry."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.async_api import async_playwright, expect

from server.clock import SystemClock
from server.history.historian import Historian
from server.history.report_page import ReportPage
from server.log.memory_log import MemoryLog
from server.messages import events as e
from server.messages.actor import SYSTEM
from server.messages.commands import ConfigureOffice, SetModel
from server.messages.facts import TakenUp
from server.messages.office import Office
from server.messages.problems import Refusal
from server.messages.slot_study import SlotsAsked, SlotStudy
from server.office.boards.offered import offered
from server.rehearsal.slot_study import study
from server.web.slot_days import local_day
from tests.axe import findings_there
from tests.history.test_booked import Book
from tests.history.test_past import Diary
from tests.staff_pages.visitor import CHROMIUM
from tests.web.conftest import House

PATH = "/evaluation/mitte"
DAY = "?from=2026-11-22&to=2026-11-22"


@pytest.fixture
async def told(house: House) -> House:
    """A house whose history knows one day of appointments and walk-ins."""
    office, engine, log = house.desk.state.office, house.site.notes._writes, MemoryLog()
    diary = Diary(office)
    book = Book(diary)
    for number in range(20):
        book.comes(60 + 5 * number, late=number % 5 - 2, called=number % 4 * 4, service="ausweis")
        diary.visit(5 * number, 5 * number + 12 + number % 7, 5, service="meldung")
    for number in range(2):
        diary.visit(300 + number, 310 + number, 5, service="kfz")  # too few to be shown
    for number in range(6):
        book.ends(book.makes(70 + number, ahead=9, service="ausweis"), 200, e.AppointmentMissed)
    log.store.add("mitte", diary.rows())
    await Historian(engine, log, SystemClock()).catch_up("mitte")
    object.__setattr__(house.site, "history", ReportPage(engine, lambda _: office, lambda _: "2026-11-22"))
    return house


async def browser(house: House, role: Any = "supervisor") -> dict[str, str]:
    return {**await house.bearer(role), "Accept": "text/html", "Accept-Language": "de"}


async def test_each_figure_has_a_sentence_and_a_table(told: House) -> None:
    page = (await told.client.get(f"{PATH}{DAY}", headers=await browser(told))).text

    assert "26 Termine waren gebucht, 22 Menschen kamen ohne Termin." in page
    assert "Zu 23 % der Termine kam niemand." in page
    assert re.search(r"\d+ % wurden höchstens 10 Minuten nach ihrem Termin aufgerufen", page)
    assert "52 % aller, die kamen, hatten keinen Termin." in page
    for name in ("hours", "use", "services", "punctual", "waits", "late", "ahead", "days"):
        section = page.split(f'<h2 id="{name}">')[1].split("</section>")[0]
        assert re.search(r"<p>[^<]{10,}</p>", section), name
        assert section.count("<tr>") > 1, name


async def test_the_csv_says_the_same_and_hides_the_same(told: House) -> None:
    answer = await told.client.get(f"{PATH}/figures.csv{DAY}", headers=await told.bearer("supervisor"))
    rows = [*csv.DictReader(io.StringIO(answer.text))]
    of = {(row["figure"], row["name"], row["series"]): row["value"] for row in rows}

    assert answer.headers["content-type"].startswith("text/csv")
    assert 'filename="mitte-2026-11-22-2026-11-22.csv"' in answer.headers["content-disposition"]
    assert of["services", "ausweis", "booked"] == "26.0"
    assert of["services", "meldung", "walk_ins"] == "20.0"
    assert of["days", "2026-11-22", "share"] == "52.4"
    assert sum(float(value) for (figure, _, _), value in of.items() if figure == "ahead" and value) == 26
    assert (of["hours", "13:00", "walk_ins"], of["services", "kfz", "walk_ins"]) == ("", "")
    assert 0 < float(of["services", "ausweis", "used"]) < 100


async def test_utilisation_is_what_was_booked_of_what_can_be_sold_by_hour_and_by_service(told: House) -> None:
    answer = await told.client.get(f"{PATH}/figures.csv{DAY}", headers=await told.bearer("supervisor"))
    of: dict[tuple[str, str], dict[str, float | None]] = {}
    for row in csv.DictReader(io.StringIO(answer.text)):
        of.setdefault((row["figure"], row["name"]), {})[row["series"]] = float(row["value"]) if row["value"] else None
    room = offered(told.desk.state, told.desk.now(), date(2026, 11, 22))

    hours = {name: cells for (figure, name), cells in of.items() if figure == "use"}
    assert {name: cells["offered_hours"] for name, cells in hours.items()} == {
        f"{hour:02}:00": round(minutes / 60, 1) for (hour, service), minutes in sorted(room.items()) if service == ""
    }
    for cells in (*hours.values(), of["services", "ausweis"]):
        used, sold, booked = (cells[name] for name in ("used", "offered_hours", "booked_hours"))
        assert used is not None
        assert sold is not None
        assert booked is not None
        assert used == pytest.approx(100 * booked / sold, abs=100 * 0.1 / sold)
    minutes = 26 * next(plan.minutes for plan in told.desk.state.office.services if plan.id == "ausweis")
    assert of["services", "ausweis"]["booked_hours"] == round(minutes / 60, 1)


async def test_a_study_is_shown_with_ranges_and_a_refusal_in_words(told: House) -> None:
    asked: list[SlotsAsked] = []

    async def here(office: Office, said: SlotsAsked) -> SlotStudy | Refusal:
        """The study itself, in this process."""
        asked.append(said)
        return study(office, said) or Refusal(code="wrong_state", detail="")

    assert "Ausrechnen" in (await told.client.get(f"{PATH}{DAY}", headers=await browser(told))).text
    refused = (await told.client.get(f"{PATH}{DAY}&study=1", headers=await browser(told))).text
    assert "Der Server startet gerade." in refused
    object.__setattr__(told.site, "slot_study", here)
    page = (await told.client.get(f"{PATH}{DAY}&study=1", headers=await browser(told))).text
    assert (asked[0].walk_ins, asked[0].booked, asked[0].mix) == (22, 26, {"ausweis": 26, "kfz": 2, "meldung": 20})
    assert asked[0].no_show == pytest.approx(6 / 26)
    state = told.desk.state
    assert (asked[0].after, asked[0].roster, asked[0].shares, asked[0].taken_up) == (
        local_day(told.desk.now(), state.office.time_zone).isoformat(), state.roster, state.walk_ins, state.taken_up,
    )  # fmt: skip
    table = page.split('aria-labelledby="study"')[1].split("</table>")[0]
    assert "(wie jetzt)" in table
    assert "(einer je Stunde mehr)" in table
    assert len(re.findall(r"<small>-?\d+ bis -?\d+</small>", table)) >= 6


async def test_overbooking_is_told_with_its_grounds(told: House) -> None:
    """By how much more is sold and why; or why nothing is; nothing if the office does not overbook."""

    async def said() -> str:
        page = (await told.client.get(f"{PATH}{DAY}", headers=await browser(told))).text
        return page.split('<h2 id="use">')[1].split("</p>")[0]

    assert "überbucht" not in await said()
    office = told.desk.state.office
    wanted = replace(office.appointments, overbook_percent=20)
    configured = ConfigureOffice(office=replace(office, revision=office.revision + 1, appointments=wanted))
    await told.desk.submit(SYSTEM, configured, "office:overbook")
    assert "weniger als 200 Termine bekannt sind" in await said()
    lately = TakenUp(booked=1_000, came=900, in_time=855)
    for number, (model, text) in enumerate(
        (
            (lately, "8 % mehr angeboten als der Anteil für Termine: Zu 10 % der letzten 1.000 Termine kam niemand"),
            (
                replace(lately, in_time=700),
                "Zuletzt wurden 77 % derer, die zu ihrem Termin kamen, pünktlich aufgerufen; nötig sind 86",
            ),
            (replace(lately, came=1_000, in_time=990), "Zuletzt kamen fast alle"),
        )
    ):
        await told.desk.submit(SYSTEM, SetModel(version=f"learned-{number}", taken_up=model), "")
        assert text in await said()


@pytest.mark.parametrize(
    ("query", "field"),
    [("?from=never", "from"), ("?from=2026-01-01&to=2026-12-01", "from"), ("?from=2026-11-23&to=2026-11-22", "from")],
)
async def test_bad_days_name_the_field(told: House, query: str, field: str) -> None:
    answer = await told.client.get(f"{PATH}{query}", headers=await told.bearer("supervisor"))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert field in answer.text


async def test_a_server_without_history_says_so_and_a_desk_may_not(house: House) -> None:
    assert (await house.client.get(PATH, headers=await house.bearer("supervisor"))).status_code == 404
    assert (await house.client.get(PATH, headers=await house.bearer("desk"))).status_code == 403


@pytest.mark.browser
async def test_plots_are_drawn_and_read_as_tables(told: House) -> None:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        context = await chromium.new_context(locale="de-DE", extra_http_headers=await told.bearer("supervisor"))
        page = await context.new_page()
        faults: list[str] = []
        page.on("console", lambda line: faults.append(line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        await page.goto(f"{told.url}{PATH}{DAY}")
        await expect(page.locator("figure canvas")).to_have_count(8)
        assert await page.locator("figure:not([aria-hidden=true])").count() == 0
        for width in (1440, 390):
            await page.set_viewport_size({"width": width, "height": 900})
            assert await findings_there(page) == []
            wide = await page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide == 0
        assert faults == []
        await chromium.close()
