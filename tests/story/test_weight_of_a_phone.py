"""What ten thousand phones load: at most 60 KB at first without fonts, as Chromium counts it, and nothing again but the page."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.story.conftest import OpenOffice, Visitors

pytestmark = pytest.mark.browser
MOST = 60 * 1024


class Scales:
    """Counts every answer that came over the wire, packed as it came, with its head."""

    def __init__(self, page: Page) -> None:
        self.weighed: dict[str, int] = {}
        self._urls: dict[str, str] = {}
        devtools = page.context.new_cdp_session(page)
        devtools.on("Network.requestWillBeSent", lambda event: self._sent(event))
        devtools.on("Network.loadingFinished", lambda event: self._came(event))
        devtools.send("Network.enable")

    def _sent(self, event: dict[str, Any]) -> None:
        self._urls[event["requestId"]] = event["request"]["url"]

    def _came(self, event: dict[str, Any]) -> None:
        if (url := self._urls.get(event["requestId"])) is not None:
            self.weighed[url] = self.weighed.get(url, 0) + int(event["encodedDataLength"])

    @property
    def urls(self) -> list[str]:
        return list(self._urls.values())

    @property
    def without_fonts(self) -> dict[str, int]:
        return {url: size for url, size in self.weighed.items() if "/fonts/" not in url and size}


@pytest.mark.parametrize("language", ["de", "en", "tr", "ar", "uk", "de-simple"])
def test_the_first_load_is_at_most_60_kb_without_fonts(
    shared_office: OpenOffice, visitors: Visitors, language: str
) -> None:
    ticket = shared_office.press("issue_ticket", services=["ausweis"], language=language)["result"]["ticket"]
    page = visitors.context(viewport={"width": 390, "height": 844}).new_page()
    scales = Scales(page)
    page.goto(f"{shared_office.base}/t/{ticket['secret']}")
    expect(page.locator("main button").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    found = scales.without_fonts
    print(language, sum(found.values()), len(found))

    assert any(url.endswith("phone.js") for url in found), found
    assert any(url.endswith(".ftl") for url in found), found
    assert sum(found.values()) <= MOST, sorted(found.items(), key=lambda one: -one[1])


def test_a_second_load_asks_for_the_page_alone(shared_office: OpenOffice, visitors: Visitors) -> None:
    """Another ticket, the day after: what the browser keeps is not even asked for again."""
    context = visitors.context(viewport={"width": 390, "height": 844})
    for _ in range(2):
        ticket = shared_office.press("issue_ticket", services=["ausweis"])["result"]["ticket"]
        page = context.new_page()
        scales = Scales(page)
        page.goto(f"{shared_office.base}/t/{ticket['secret']}?lang=de")
        expect(page.locator("main button").first).to_be_visible()
        page.wait_for_load_state("networkidle")
        page.close()

    assert [url for url in scales.without_fonts if "/static/" in url] == []
    assert sum("/static/@" in url for url in scales.urls) >= 10
