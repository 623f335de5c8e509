"""Chromium plays what the studio writes: FLAC and WAV, decoded by the browser itself to the same length."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from audio.samples import decoded, encoded, resampled

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is the browser"),
]

# The page plays by itself when loaded, as a wall display does; a click made by the test would count as a user gesture.
PAGE = """<!doctype html><title>play</title><audio id=a src="/call.{form}"></audio><script>
const tell = (what) => {{ document.title = what; }};
a.onended = () => tell("ended " + a.duration);
a.onerror = () => tell("error " + a.error.message);
addEventListener("load", () => {{ a.playbackRate = 4; a.play().catch((fault) => tell("blocked " + fault)); }});
</script>"""


@pytest.mark.parametrize(("form", "kind"), [("flac", "audio/flac"), ("wav", "audio/wav")])
async def test_chromium_plays_it_to_the_end(make_tone: Callable[..., bytes], form: str, kind: str) -> None:
    samples, rate = decoded(make_tone(2.0))
    file = encoded(resampled(samples, rate, 48_000), 48_000, form)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=Path(CHROMIUM or ""), args=["--autoplay-policy=no-user-gesture-required", "--no-sandbox"]
        )
        page = await browser.new_page()
        await page.route(
            "http://hall/", lambda route: route.fulfill(body=PAGE.format(form=form), content_type="text/html")
        )
        await page.route(f"http://hall/call.{form}", lambda route: route.fulfill(body=file, content_type=kind))
        await page.goto("http://hall/")
        await page.wait_for_function("document.title !== 'play'", timeout=15_000)
        title = await page.title()
        await browser.close()

    assert title.startswith("ended "), title
    assert float(title.removeprefix("ended ")) == pytest.approx(2.0, abs=0.05)
