"""A box that never kept its page, while the server is away: it says so in every language, and to programs in a word."""

import asyncio
import re

import httpx
import pytest

from config.words import Words, languages
from device_line.address import Address
from device_line.cut_off import AGAIN_S
from device_line.passing import Browser, Kept, PassThrough

HERE = "127.0.0.1:8090"
PAGE = "text/html,application/xhtml+xml,*/*;q=0.8"


class Empty:
    """A box that was switched on for the first time while the server was away."""

    def __init__(self, *, away: bool) -> None:
        self.away, self.back = asyncio.Event(), asyncio.Event()
        (self.away if away else self.back).set()

    def kept(self, path: str) -> Kept | None:
        return None

    async def talk(self, browser: Browser) -> None:
        await browser.close(1000)


async def answer(accept: str, *, away: bool) -> httpx.Response:
    box = PassThrough(Address("http://127.0.0.1:9", ""), [HERE], Empty(away=away), "/kiosk/mitte/entrance")
    try:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(box), base_url=f"http://{HERE}") as client:
            return await client.get("/kiosk/mitte/entrance", headers={"accept": accept})
    finally:
        await box.end()


@pytest.mark.parametrize("away", [True, False], ids=["known to be away", "just found to be away"])
async def test_a_browser_is_told_in_every_language_german_first_and_asks_again(away: bool) -> None:
    said = await answer(PAGE, away=away)
    sentences = re.findall(r'<p lang="([\w-]+)" dir="(\w+)">(.*?)</p>', said.text)

    assert said.status_code == 503
    assert [sentence for _, _, sentence in sentences] == [Words(name).text("kiosk-cut-off") for name in languages()]
    assert sentences[0][0] == "de"
    assert ("ar", "rtl") in [(language, direction) for language, direction, _ in sentences]
    assert f'http-equiv="refresh" content="{AGAIN_S}"' in said.text
    assert "default-src 'none'" in said.headers["content-security-policy"]
    assert said.headers["cache-control"] == "no-store"


async def test_a_program_gets_a_word_instead_of_a_page() -> None:
    said = await answer("application/json", away=True)

    assert said.status_code == 503
    assert said.headers["content-type"].startswith("text/plain")
