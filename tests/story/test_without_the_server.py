"""A wall without its server: after a reload or a restart of the browser it shows the last truth with its age, and then nothing
that may be wrong. When the server is back, so is the truth."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Locator, Page, expect

from tests.staff_pages.visitor import CHROMIUM
from tests.story.conftest import LOUD, OpenOffice

pytestmark = pytest.mark.browser
SLOW_MS = 20_000
WALL = "/display/mitte/hall"


class Television:
    """A browser with a profile on disk, which a test turns off and on."""

    def __init__(self, kind: BrowserType, profile: Path) -> None:
        self._kind, self._profile = kind, profile
        self._on: BrowserContext | None = None

    def on(self, address: str) -> Page:
        self._on = self._kind.launch_persistent_context(
            str(self._profile), executable_path="/usr/bin/chromium", args=[*CHROMIUM, LOUD],
            viewport={"width": 1920, "height": 1080}, locale="de-DE",
        )  # fmt: skip
        page = self._on.pages[0]
        page.goto(address)
        return page

    def off(self) -> None:
        if self._on is not None:
            self._on.close()
        self._on = None


@pytest.fixture
def television(chromium: Browser, tmp_path: Path) -> Iterator[Television]:
    made = Television(chromium.browser_type, tmp_path / "profile")
    yield made
    made.off()


def called(office: OpenOffice) -> str:
    number = office.press("issue_ticket", services=["ausweis"])["result"]["ticket"]["number"]
    office.press("open_counter", counter="1")
    assert office.press("call_next", counter="1")["result"]["ticket"]["number"] == number
    return str(number)


def number_on(page: Page, number: str) -> Locator:
    return page.locator("#calls").get_by_text(number, exact=True)


def device(office: OpenOffice, id: str = "hall") -> dict[str, Any]:
    devices = office.board("supervisor")["devices"]
    return dict(next(one for one in devices if (one["kind"], one["id"]) == ("display", id)))


def kept(office: OpenOffice, page: Page) -> None:
    """Waits until the page is kept, and the table says so."""
    for _ in range(SLOW_MS // 250):
        if device(office)["keeps"] == "ready":
            return
        page.wait_for_timeout(250)
    raise AssertionError(device(office))


def caches_of(page: Page) -> dict[str, list[str]]:
    """By cache, the paths that are kept."""
    found = page.evaluate("""async () => Object.fromEntries(await Promise.all((await caches.keys()).map(async (name) =>
      [name, (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)])))""")
    return dict(found)


def test_a_reload_and_a_restart_without_the_server_show_the_last_truth_with_its_age(
    office: OpenOffice, television: Television
) -> None:
    wall = television.on(office.base + WALL)
    number = called(office)
    expect(number_on(wall, number)).to_be_visible(timeout=SLOW_MS)
    kept(office, wall)
    assert device(office)["version"] is not None
    assert device(office)["outdated"] is False
    (paths,) = caches_of(wall).values()
    assert {WALL, "/static/displays/wall.js", "/static/words/de.ftl", "/static/gong.wav", "/static/silence.wav"} <= set(
        paths
    )
    assert [path for path in paths if not path.startswith(("/static/", WALL))] == []
    assert [path for path in paths if path.endswith(".woff2")] != []

    office.process.terminate()
    office.process.wait(15)
    wall.reload()
    alert = wall.get_by_role("alert")
    expect(number_on(wall, number)).to_be_visible(timeout=SLOW_MS)
    expect(alert).to_contain_text("Verbindung unterbrochen", timeout=SLOW_MS)
    expect(alert.locator(".age")).to_contain_text("Stand: vor")
    assert wall.locator("#calls .fresh").count() == 0
    assert wall.evaluate("document.fonts.check('20px Inter')")

    television.off()
    wall = television.on(office.base + WALL)
    expect(number_on(wall, number)).to_be_visible(timeout=SLOW_MS)
    expect(wall.get_by_role("alert")).to_contain_text("Verbindung unterbrochen", timeout=SLOW_MS)
    expect(wall.locator("h1")).to_contain_text("Mitte")

    wall.evaluate("""() => { for (const name of Object.keys(localStorage)) if (name.startsWith("wall proved"))
      localStorage.setItem(name, String(Date.now() - 600_000)); }""")
    wall.reload()
    expect(wall.locator("#calls")).to_contain_text("Bitte am Empfang fragen", timeout=SLOW_MS)
    expect(number_on(wall, number)).to_have_count(0)
    expect(wall.get_by_role("alert").locator(".age")).to_contain_text("10 min")


def test_the_truth_comes_back_with_the_server_and_nothing_old_is_shown_as_new(
    office: OpenOffice, television: Television, tmp_path: Path
) -> None:
    wall = television.on(office.base + WALL)
    number = called(office)
    expect(number_on(wall, number)).to_be_visible(timeout=SLOW_MS)
    kept(office, wall)
    wall.context.set_offline(True)
    wall.reload()
    expect(wall.get_by_role("alert")).to_contain_text("Verbindung unterbrochen", timeout=SLOW_MS)
    office.press("start_service", counter="1")
    office.press("finish_service", counter="1")
    then = office.press("issue_ticket", services=["ausweis"])["result"]["ticket"]["number"]
    office.press("call_next", counter="1")
    wall.context.set_offline(False)

    expect(number_on(wall, then)).to_be_visible(timeout=SLOW_MS)
    expect(wall.get_by_role("alert")).to_be_hidden(timeout=SLOW_MS)
    assert wall.evaluate("performance.getEntriesByType('navigation').length") == 1


def until_kept(page: Page, wanted: Callable[[dict[str, list[str]]], bool]) -> dict[str, list[str]]:
    """What is kept, once it is as wanted."""
    for _ in range(SLOW_MS // 250):
        if wanted(found := caches_of(page)):
            return found
        page.wait_for_timeout(250)
    raise AssertionError(caches_of(page))


def test_a_new_release_takes_the_place_of_the_old_one(office: OpenOffice, television: Television) -> None:
    """What the old worker kept is fetched again, and only then is its cache deleted: the screen always has a kept page."""
    wall = television.on(office.base + "/pair")
    expect(wall.locator("#code")).to_be_visible(timeout=SLOW_MS)
    wall.evaluate("""async () => {
      const old = await caches.open("display 0.0.1");
      for (const path of ["/display/mitte/upstairs", "/static/icon.svg"])
        await old.put(path, new Response("of an old release"));
    }""")
    wall.goto(office.base + WALL)
    expect(wall.locator("#calls .quiet")).to_be_visible(timeout=SLOW_MS)
    found = until_kept(
        wall,
        lambda kept: len(kept) == 1 and "display 0.0.1" not in kept and "/static/icon.svg" in next(iter(kept.values())),
    )
    text = wall.evaluate("async () => (await (await caches.match('/static/icon.svg')).text())")

    assert len(found) == 1
    assert "of an old release" not in text
    assert WALL in until_kept(wall, lambda kept: WALL in next(iter(kept.values()))).popitem()[1]


def test_what_another_screen_or_office_showed_is_not_kept(office: OpenOffice, television: Television) -> None:
    wall = television.on(office.base + WALL)
    expect(wall.locator("#calls .quiet")).to_be_visible(timeout=SLOW_MS)
    kept(office, wall)
    wall.evaluate("""async () => {
      localStorage.setItem("wall board rathaus/x", '{"calls": []}');
      for (const name of await caches.keys())
        await (await caches.open(name)).put("/display/rathaus/x", new Response("of another office"));
    }""")
    wall.goto(office.base + "/display/mitte/upstairs")
    expect(wall.locator("#calls .quiet")).to_be_visible(timeout=SLOW_MS)
    until_kept(
        wall,
        lambda kept: (
            [path for paths in kept.values() for path in paths if path.startswith("/display/")]
            == ["/display/mitte/upstairs"]
        ),
    )

    assert wall.evaluate("localStorage.getItem('wall board rathaus/x')") is None


def test_without_https_the_table_says_what_is_off(chromium: Browser, office: OpenOffice) -> None:
    """An address that is neither https nor this machine: such a page may keep nothing."""
    args = [*CHROMIUM, LOUD, "--host-resolver-rules=MAP wand.example 127.0.0.1"]
    browser = chromium.browser_type.launch(executable_path="/usr/bin/chromium", args=args)
    wall = browser.new_page()
    wall.goto(f"http://wand.example:{office.port}{WALL}")
    expect(wall.locator("#calls .quiet")).to_be_visible(timeout=SLOW_MS)
    for _ in range(SLOW_MS // 250):
        if device(office)["keeps"] is not None:
            break
        wall.wait_for_timeout(250)
    told = device(office)["keeps"]
    wall.goto(f"http://wand.example:{office.port}/pair")
    expect(wall.locator("#insecure")).to_be_visible()
    browser.close()

    assert told == "insecure"
    metrics = office.http.get("/metrics").text
    assert 'aufruf_device_keeps{device="display:hall",office="mitte"} 0.0' in metrics
