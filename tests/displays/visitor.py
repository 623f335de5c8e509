"""Opens citizens' pages in Chromium, and collects the errors of their scripts and breaches of their policy."""

from typing import Any

from playwright.sync_api import Browser, Page

from tests.staff_pages.visitor import Rooms, stand

WITHOUT_WORKER: dict[str, Any] = {"service_workers": "block"}
"""The stage has no service worker: `tests/story/test_without_the_server.py` has."""


class Visitor:
    """Opens pages and collects their errors."""

    def __init__(self, browser: Browser, port: int) -> None:
        self._rooms = Rooms(browser, **WITHOUT_WORKER)
        self.root = f"http://127.0.0.1:{port}"
        self.wrong: list[str] = []

    def open(
        self, name: str, *, width: int = 1920, height: int = 1080, clock: bool = False, before: str = "", **options: Any
    ) -> Page:
        """A page in its own browser. `clock`: time stands still until the test moves it; `before`: a script that runs first."""
        page = self._rooms.page(self.root, width, height, clock, options)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("console", lambda line: self.wrong.append(line.text) if line.type == "error" else None)
        if before:
            page.add_init_script(before)
        if clock:
            stand(page)
        page.goto(f"{self.root}/page/{name}")
        return page

    def close(self) -> None:
        self._rooms.close()
