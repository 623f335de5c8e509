"""Opens citizens' pages in Chromium, and collects the errors of their scripts and breaches of their policy."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.live_sockets import DEADLINE_S
from tests.staff_pages.visitor import stand


class Visitor:
    """Opens pages and collects their errors."""

    def __init__(self, browser: Browser, port: int) -> None:
        self._browser = browser
        self.root = f"http://127.0.0.1:{port}"
        self._contexts: list[BrowserContext] = []
        self.wrong: list[str] = []

    def open(
        self, name: str, *, width: int = 1920, height: int = 1080, clock: bool = False, before: str = "", **options: Any
    ) -> Page:
        """A page in its own browser. `clock`: time stands still until the test moves it; `before`: a script that runs first."""
        # the stage has no service worker: `tests/story/test_without_the_server.py` has
        options = {"service_workers": "block"} | options
        context = self._browser.new_context(viewport={"width": width, "height": height}, **options)
        self._contexts.append(context)
        context.set_default_timeout(DEADLINE_S * 1000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("console", lambda line: self.wrong.append(line.text) if line.type == "error" else None)
        if before:
            page.add_init_script(before)
        if clock:
            stand(page)
        page.goto(f"{self.root}/page/{name}")
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()
