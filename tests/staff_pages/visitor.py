"""A visitor with a real Chromium: opens pages, collects their errors, takes pictures.

`AUFRUF_PICTURES=folder` keeps the pictures, so that somebody can look at them.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.live_sockets import BEAT_S, DEADLINE_S
from tests.staff_pages.stage import Stage

CHROMIUM = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
COUNTS_WHAT_IT_HEARS = """
window.heard = 0;
window.WebSocket = class extends WebSocket {
  constructor(...address) {
    super(...address);
    for (const it of ["message", "close"]) this.addEventListener(it, () => (window.heard += 1));
  }
};
"""
expect.set_options(timeout=DEADLINE_S * 1000)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield from launched(playwright)


def launched(playwright: Playwright, *args: str, **options: Any) -> Iterator[Browser]:
    """Chromium with its common room: the context of pages that ask for nothing special. There they find the files that pages
    before them loaded, which is most of what opening a page costs."""
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*CHROMIUM, *args])
    browser.new_context(**options).set_default_timeout(DEADLINE_S * 1000)
    yield browser
    browser.close()


class Rooms:
    """The contexts in which a test opens its pages: each page has one for itself, and finds nothing there that a page before it
    kept. The first page, if it asks for nothing special, is in the common room, which is emptied for it."""

    def __init__(self, browser: Browser, **always: Any) -> None:
        self._browser, self._always = browser, always
        self._own: list[BrowserContext] = []
        self._common_is_free = True

    def page(self, root: str, width: int, height: int, clock: bool, options: dict[str, Any]) -> Page:
        if clock or options or not self._common_is_free:  # a clock stands still for all pages of its context
            view: Any = {"width": width, "height": height}
            context = self._browser.new_context(**(self._always | {"viewport": view} | options))
            context.set_default_timeout(DEADLINE_S * 1000)
            self._own.append(context)
            return context.new_page()
        self._common_is_free = False
        page = self._browser.contexts[0].new_page()
        page.set_viewport_size({"width": width, "height": height})
        emptied = {"origin": root, "storageTypes": "cookies,local_storage,indexeddb,cache_storage,service_workers"}
        page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", emptied)
        return page

    def close(self) -> None:
        for context in self._own:
            context.close()
        for page in self._browser.contexts[0].pages:
            page.close()


class Visitor:
    """Opens pages; `wrong` lists script errors, missing words and breaches of the content security policy."""

    def __init__(self, browser: Browser, port: int) -> None:
        self._rooms = Rooms(browser)
        self.root = f"http://127.0.0.1:{port}"
        self.wrong: list[str] = []

    def open(self, path: str, width: int = 1280, height: int = 720, *, clock: bool = False, **options: Any) -> Page:
        """`path` is page/id, as in `counter/3?lang=en`. `clock`: the page's time stands still until the test moves it."""
        page = self._rooms.page(self.root, width, height, clock, options)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("console", lambda line: self.wrong.append(line.text) if line.type == "error" else None)
        if clock:
            stand(page)
        page.goto(f"{self.root}/page/{path}")
        return page

    def close(self) -> None:
        self._rooms.close()

    @property
    def faults(self) -> list[str]:
        """Errors of its pages; a cut connection is no error, nor is a request for a file of words that does not exist."""
        return [line for line in self.wrong if "WebSocket connection" not in line and "404" not in line]


def stand(page: Page) -> None:
    """The page's time moves only by `clock.run_for` until `clock.resume`, so that a slow machine triggers no timer."""
    now = time.time()
    page.clock.install(time=now - 3600)
    page.clock.pause_at(now)
    page.add_init_script(COUNTS_WHAT_IT_HEARS)


def hears(page: Page, act: Callable[[], object]) -> None:
    """Does something that sends the page a frame, and returns when it came. For pages whose time stands still."""
    before = page.evaluate("heard")
    act()
    page.wait_for_function("(before) => heard > before", arg=before)


def passes(stage: Stage, page: Page, seconds: int) -> None:
    """Time passes in a page whose clock stands still and for its server, with every beat, so that no line counts as dead."""
    for _ in range(0, seconds, BEAT_S):
        page.clock.run_for(BEAT_S * 1_000)
        stage.ahead_s += BEAT_S
        hears(page, stage.beat)


def picture(page: Page, name: str) -> None:
    """Waits until the page stands still and has its fonts; takes the picture only if somebody wants to look: that costs most."""
    page.evaluate("(document.getAnimations().forEach((one) => one.finish()), document.fonts.ready.then(() => null))")
    if folder := os.environ.get("AUFRUF_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
