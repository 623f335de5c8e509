"""The plain wall in a real browser: chosen by itself where the wall's own page cannot run, honest when cut off."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Route, expect

from tests.axe import findings_there
from tests.live_sockets import DEADLINE_S
from tests.web.chromium import browser
from tests.web.conftest import House

__all__ = ["browser"]
pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
WAIT_MS = DEADLINE_S * 1000
WALL = "/display/mitte/hall"
LACKS = {
    "containers": "const had = CSS.supports; CSS.supports = (text) => !/container/.test(text) && had.call(CSS, text);",
    "has": "const had = CSS.supports; CSS.supports = (text) => !/has/.test(text) && had.call(CSS, text);",
    "supports": "delete window.CSS;",
    "modules": "delete HTMLScriptElement.prototype.noModule;",
}
"""Takes from today's Chromium what a browser of some years ago does not have."""


async def opened(browser: Browser, house: House, path: str = WALL, before: str = "", script: bool = True) -> Page:
    context = await browser.new_context(viewport={"width": 1920, "height": 1080}, java_script_enabled=script)
    context.set_default_timeout(WAIT_MS)
    page = await context.new_page()
    if before:
        await page.add_init_script(before)
    await page.goto(f"http://127.0.0.1:{house.port}{path}")
    return page


@pytest.mark.parametrize("lack", LACKS)
async def test_a_browser_that_lacks_what_the_wall_needs_shows_the_plain_one(
    house: House, browser: Browser, lack: str
) -> None:
    page = await opened(browser, house, before=LACKS[lack])
    await page.wait_for_url(f"**{WALL}/plain", timeout=WAIT_MS)
    ticket = await house.ticket()
    await house.call("1")

    await expect(page.get_by_text(ticket["number"], exact=True).first).to_be_visible(timeout=WAIT_MS)
    await expect(page.locator(".row.fresh")).to_contain_text("Schalter 1")


async def test_todays_browser_stays_on_the_wall(house: House, browser: Browser) -> None:
    page = await opened(browser, house)
    await expect(page.locator("#calls .quiet")).to_be_visible(timeout=WAIT_MS)

    assert page.url.endswith(WALL)


async def test_without_scripts_the_plain_wall_is_shown_and_loads_itself_again(house: House, browser: Browser) -> None:
    page = await opened(browser, house, script=False)
    await page.wait_for_url(f"**{WALL}/plain", timeout=WAIT_MS)
    ticket = await house.ticket()
    await house.call("1")

    await expect(page.locator(".row .number")).to_have_text(ticket["number"], timeout=WAIT_MS)


async def test_cut_off_it_says_so_in_both_languages_then_hides_calls_and_comes_back_by_itself(
    house: House, browser: Browser
) -> None:
    ticket = await house.ticket()
    await house.call("1")
    context = await browser.new_context(viewport={"width": 1920, "height": 1080})
    page = await context.new_page()
    await page.clock.install()

    async def away(route: Route) -> None:
        await route.abort()

    await page.route("**/plain/next*", away)
    await page.goto(f"http://127.0.0.1:{house.port}{WALL}/plain")
    alert, number = page.locator("#alert"), page.get_by_text(ticket["number"], exact=True).first
    await expect(number).to_be_visible(timeout=WAIT_MS)
    await expect(alert).to_be_hidden()
    await page.clock.run_for(11_000)
    await expect(alert).to_be_visible(timeout=WAIT_MS)
    await expect(alert).to_contain_text("Verbindung unterbrochen")
    await expect(alert).to_contain_text("Bitte am Empfang fragen.")
    await expect(alert).to_contain_text("Connection lost. Please ask at reception.")
    await expect(alert.locator("#age")).to_contain_text("Stand: vor 1")
    await expect(number).to_be_visible()

    await page.clock.run_for(120_000)
    await expect(page.locator("#hidden")).to_be_visible(timeout=WAIT_MS)
    await expect(number).to_be_hidden()
    await page.unroute("**/plain/next*")
    await page.clock.run_for(3_000)
    await expect(number).to_be_visible(timeout=WAIT_MS)


@pytest.mark.parametrize("size", [(1920, 1080), (1080, 1920), (1024, 768)])
async def test_nothing_overlaps_or_leaves_the_screen_and_axe_finds_nothing(
    house: House, browser: Browser, size: tuple[int, int]
) -> None:
    page = await opened(browser, house, f"{WALL}/plain")
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    counters = [one.id for one in house.site.desks["mitte"].state.office.counters]
    for count, counter in enumerate(counters, 1):
        ticket = await house.ticket("ausweis")
        await house.press("supervisor", type="assign_counter", counter=counter, services=["ausweis"])
        await house.call(counter)
        if count <= 6:
            await expect(page.get_by_text(ticket["number"], exact=True).first).to_be_visible(timeout=WAIT_MS)
            assert await page.evaluate(OUTSIDE) == [], f"{count} calls"
    assert await findings_there(page) == []


OUTSIDE = """() => {
  const wrong = [];
  for (const row of document.querySelectorAll('.row > div')) {
    const outer = row.getBoundingClientRect();
    const boxes = [...row.querySelectorAll('.number, .place, .arrow')].map((part) => part.getBoundingClientRect());
    const leaves = (box) => box.left < outer.left || box.right > outer.right + 1 || box.top < outer.top - 1
      || box.bottom > outer.bottom + 1;
    const touch = (one, two) => one.right > two.left + 1 && two.right > one.left + 1 && one.bottom > two.top + 1
      && two.bottom > one.top + 1;
    if (boxes.some(leaves) || boxes.some((one, at) => boxes.slice(at + 1).some((two) => touch(one, two))))
      wrong.push(row.innerText);
    if (outer.bottom > innerHeight || outer.right > innerWidth) wrong.push('outside ' + row.innerText);
  }
  for (const one of document.querySelectorAll('aside p, aside tr, footer'))
    if (one.getBoundingClientRect().bottom > innerHeight + 1) wrong.push('below ' + one.innerText);
  return wrong;
}"""
"""Rows whose parts leave them or touch each other, and lines below the screen."""

MODERN = re.compile(
    r"=>|`|\b(?:let|const|class|async|await|import|export|yield)\b|\.\.\.|\?\?|\?\.|\bfor\s*\(\s*var\s+\w+\s+of\b"
)


@pytest.mark.parametrize("script", ["plain.js", "capable.js"])
def test_its_scripts_are_in_the_language_of_2009(script: str) -> None:
    text = (ROOT / "displays/pages" / script).read_text(encoding="utf-8")
    code = re.sub(r"/\*.*?\*/|//.*", "", text, flags=re.S) if "http" not in text else text

    assert MODERN.findall(code) == []
    assert MODERN.findall("const a = () => `b`") == ["const", "=>", "`", "`"]
