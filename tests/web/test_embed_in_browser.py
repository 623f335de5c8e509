"""The waits of an office within the page of another site, in Chromium: 127.0.0.1 and localhost are two sites to it."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from playwright.async_api import Browser, Page, expect

from tests.web.chromium import browser
from tests.web.conftest import House
from tests.web.test_embed import framed

__all__ = ["browser"]
pytestmark = pytest.mark.browser

CityPage = Callable[[str, str], str]


@pytest.fixture
async def city_page() -> AsyncIterator[CityPage]:
    """A page of a city's own site on this machine: `city_page(host, address)` is where it stands once it frames that address."""
    frame = ""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        body = f'<!DOCTYPE html><html lang="de"><title>Stadt</title><iframe src="{frame}"></iframe>'
        writer.write(f"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n{body}".encode())
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    def at(host: str, address: str) -> str:
        nonlocal frame
        frame = address
        return f"http://{host}:{port}"

    yield at
    server.close()
    await server.wait_closed()


async def shown(page: Page, site: str) -> None:
    await page.goto(site)
    await expect(page.frame_locator("iframe").locator("main li").first).to_be_visible()


async def refused(page: Page, site: str) -> None:
    async with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        await page.goto(site)
    assert await page.frame_locator("iframe").locator("main").count() == 0


async def test_the_waits_are_shown_within_a_site_of_the_office_file_and_no_other(
    house: House, browser: Browser, city_page: CityPage
) -> None:
    page = await browser.new_page()
    waits = f"{house.citizens}/embed/mitte?lang=de"
    own, other = city_page("127.0.0.1", waits), city_page("localhost", waits)

    await refused(page, own)
    await framed(house, own)
    await shown(page, own)
    await refused(page, other)
    await framed(house, own, other)
    await shown(page, other)


async def test_what_no_site_may_frame_stays_refused(house: House, browser: Browser, city_page: CityPage) -> None:
    """A page on which people press could be laid under another one, so that they press what they do not see."""
    page = await browser.new_page()
    await framed(house, city_page("127.0.0.1", ""))

    await refused(page, city_page("127.0.0.1", f"{house.citizens}/draw/mitte"))
