"""The report's page: real template and files in a real browser, under the strict content security policy."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

from server.clock import SystemClock
from server.history.database import close_database, default_url, open_database
from server.history.historian import Historian
from server.history.report_page import ReportPage
from server.log.memory_log import MemoryLog
from server.log.memory_store import MemoryStore
from server.log.port import Row
from server.messages.facts import Ticket
from server.messages.office import Office
from tests.axe import findings
from tests.staff_pages.drawn import drawn

ROOT = Path(__file__).parents[2]
HERE = "http://aufruf.test"
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
)
Live = Callable[..., tuple[list[Row], dict[str, Ticket]]]
Open = Callable[..., Page]


async def told(folder: Path, office: Office, rows: list[Row], day: str | None, least: int) -> dict[str, Any]:
    """The data of the page: a simulated day that went through the historian."""
    engine, log = await open_database(default_url(folder)), MemoryLog(MemoryStore())
    log.store.add(office.id, rows)
    await Historian(engine, log, SystemClock()).catch_up(office.id)
    page = ReportPage(engine, office_of=lambda _: office, day_of=lambda _: "2026-11-22", least=least)
    report = await page.report(office.id, day)
    await close_database(engine)
    return dict(report)


def beside(work: Coroutine[Any, Any, dict[str, Any]]) -> dict[str, Any]:
    """The browser's loop blocks this thread, so the database gets its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result(timeout=60)


def page_of(report: dict[str, Any], office: Office, language: str) -> str:
    about = {"id": "", "name": office.name, "path": "/report/mitte", "spoken": office.languages}
    return drawn("report", language, office=office.id, languages=("de", "en"), **about, **report)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path, office: Office, live: Live) -> Iterator[Open]:
    """`open_page(presses=, language=, day=, least=, width=)`; a breach of the policy or a script error fails the test."""
    faults: list[str] = []
    pages: list[Page] = []

    def opened(
        presses: int = 300,
        language: str = "de",
        day: str | None = None,
        least: int = 2,
        width: int = 1280,
        script: bool = True,
    ) -> Page:
        rows, _ = live(3, presses)
        html = page_of(beside(told(tmp_path, office, rows, day, least)), office, language)

        def answer(route: Route) -> None:
            path = route.request.url.removeprefix(HERE).partition("?")[0]
            if path == "/report/mitte":
                route.fulfill(body=html, content_type="text/html", headers={"content-security-policy": CSP})
                return
            file = ROOT / path.replace("/static/supervisor/", "supervisor/pages/").replace(
                "/static/", "server/web/static/"
            ).lstrip("/")
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix[1:]])

        page = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script).new_page()
        pages.append(page)
        page.on("console", lambda said: heard(said))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.route("**/*", answer)
        page.goto(f"{HERE}/report/mitte")
        return page

    def heard(said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            faults.append(said.text)

    yield opened
    for page in pages:
        page.context.close()
    assert faults == []


pytestmark = pytest.mark.browser


def test_the_figures_of_the_day_are_there(open_page: Open, live: Live) -> None:
    _, facts = live(3, 300)
    page = open_page()

    assert page.locator("h1").inner_text() == "Tagesbericht"
    tiles = {
        tile.locator("dt").inner_text(): tile.locator("dd").inner_text() for tile in page.locator("dl > div").all()
    }
    undone = len(facts) - int(tiles["Nummern"])
    assert 0 <= undone < 10
    assert int(tiles["Bedient"]) == sum(fact.state == "finished" for fact in facts.values())
    assert page.locator("#services ~ .wide tbody tr").count() == 3
    assert page.locator("time").get_attribute("datetime") == "2026-11-22"


def test_the_plots_show_what_the_tables_say(open_page: Open) -> None:
    page = open_page()
    page.locator("#plot svg").first.wait_for()

    table = [row.locator("td").first.inner_text() for row in page.locator("#hours ~ .wide tbody tr").all()]
    assert page.locator("#plot .plot").first.locator(".value").all_text_contents() == table
    assert page.locator("#plot").get_attribute("aria-hidden") == "true"


def test_too_few_are_a_dash_that_explains_itself(open_page: Open) -> None:
    page = open_page(presses=25, least=5)

    dash = page.locator("tbody td span").first
    assert dash.inner_text() == "–"
    assert dash.get_attribute("aria-label") == "nicht angegeben, weniger als 5 Werte"


def test_a_day_without_tickets_says_so(open_page: Open) -> None:
    page = open_page(day="2026-12-24")

    assert "keine Nummer gezogen" in page.locator(".notice").inner_text()
    assert page.locator("#plot").count() == 0


def test_it_is_read_without_scripts(open_page: Open) -> None:
    page = open_page(script=False)

    assert page.locator("#hours ~ .wide tbody tr").count() > 1
    assert page.locator("#plot").is_hidden()


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_nothing_sticks_out(open_page: Open, language: str, width: int) -> None:
    page = open_page(language=language, width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert findings(page) == []


@pytest.mark.parametrize("day", ["2026-13-01", "", "<script>", "20261122", None])
def test_what_is_no_day_is_today(tmp_path: Path, office: Office, day: str | None) -> None:
    report = beside(told(tmp_path, office, [], day, 5))

    assert report["report"]["day"] == "2026-11-22"
