"""Chromium without a graphics card, for the lines that measure a page."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, async_playwright


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        yield browser
        await browser.close()


async def scales(page: Page) -> Callable[[], float]:
    """Asked later: the kilobytes that the page has loaded since, packed as they came, with their heads, without fonts."""
    urls: dict[str, str] = {}
    sizes: dict[str, float] = {}
    devtools = await page.context.new_cdp_session(page)
    devtools.on("Network.requestWillBeSent", lambda sent: urls.update({sent["requestId"]: sent["request"]["url"]}))
    devtools.on("Network.loadingFinished", lambda came: sizes.update({came["requestId"]: came["encodedDataLength"]}))
    await devtools.send("Network.enable")
    return lambda: sum(size for id, size in sizes.items() if "/fonts/" not in urls.get(id, "")) / 1024
