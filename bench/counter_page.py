"""The counter page in Chromium: how soon two clerks and a supervisor see each other's changes, how soon a press shows on its own
screen, how heavy the page is, and when it is painted on a slow processor."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, BrowserContext, Page, StorageState

from bench.chromium import chromium, scales
from bench.gathering import gathering
from bench.measuring import median, quantile
from bench.pressing import LIVE
from bench.result import Claim, Result
from bench.running import OFFICE, Presser, Server, running
from server.messages import commands as c

HOW = """`aufruf up` in its own process; Chromium without a graphics card, 1280x720 pixels, all on the same cores. "Each other's
changes": the pages of counters 1 and 2 and the supervisor's table in three browser contexts. A clerk presses Enter for the next
number, and a supervisor posts a message from their page; timed from the key (or the send) in the one page until an animation
frame of each other page finds the words in its text. "Own screen": with 50 other counter pages' sockets open, from the key
until an animation frame of the same page finds the called number. "Weight": what came over the wire, packed, without fonts.
"First paint": Chromium's first contentful paint of the page of somebody signed in, with an empty cache and the processor
throttled four times by DevTools; "drawn": until its board stands there, under the same conditions. All browsers share one
sign-in."""

SEEN_MS, OWN_MS, WEIGHT_KB, PAINT_S, SLOWER, OPEN = 300.0, 20.0, 120.0, 1.0, 4, 50
KEYED = 'addEventListener("keydown", () => { globalThis.keyed = performance.timeOrigin + performance.now(); }, true);'
SEEN = """(words) => new Promise((done) => {
  const look = () => (document.body.innerText.includes(words)
    ? done(performance.timeOrigin + performance.now()) : requestAnimationFrame(look));
  look();
})"""
"""Resolves at the first frame whose text has these words."""
CALLED = """(number) => new Promise((done) => {
  const look = () => (document.querySelector(".now h2.number")?.textContent === number
    && document.querySelector(".big[data-act=arrived]") ? done(performance.timeOrigin + performance.now())
    : requestAnimationFrame(look));
  look();
})"""
POSTED = """async ([office, text]) => {
  const at = performance.timeOrigin + performance.now();
  const answer = await fetch(`/api/v1/offices/${office}/commands`, { method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() },
    body: JSON.stringify({ type: "post_message", text: { de: text }, places: ["counters"] }) });
  if (!answer.ok) throw new Error(await answer.text());
  return [at, (await answer.json()).result.message];
}"""
LATE_S = 30.0
SETTLED = ".acts[data-settled=true] .big[data-act=next]"
ARRIVED, FINISH, FREE = (
    f".acts [data-act={act}]:not(.big):not([aria-disabled=true])" for act in ("repeat", "finish", "direct")
)
"""A button beside the big one can be pressed: the press before was answered. The big one would still wait for a while, but only
for a repeat of the same key, and the bench presses another one each time."""
PAINT = 'performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null'


async def measure(*, quick: bool) -> Result:
    times, opened = (2, 3) if quick else (30, OPEN)
    async with running() as server, chromium() as browser:
        clerk, state = await server.token("clerk"), await _signed_in(server, browser)
        weight, paints, drawn = await _loaded(server, browser, state, 1 if quick else 5)
        with gathering() as others:
            hellos = [
                {"type": "hello", "board": "counter", "id": str(n % 8 + 1), "token": clerk} for n in range(opened)
            ]
            others.join(server.port, LIVE, hellos)
            own = await _own(server, browser, state, times)
        calls, messages = await _each_other(server, browser, state, times)
    seen = [*calls, *messages]
    return Result(
        name="counter_page",
        title="The counter's own page",
        how=HOW,
        claims=(
            Claim(what="a clerk's call seen by a colleague and the supervisor, p95", value=quantile(calls, 0.95), unit="ms"),
            Claim(what="a supervisor's message seen by two clerks, p95", value=quantile(messages, 0.95), unit="ms"),
            Claim(what="each other's changes, the slowest of all", value=max(seen), unit="ms", limit=SEEN_MS),
            Claim(what=f"a press to its own screen with {opened} counters open, p50", value=median(own), unit="ms", limit=OWN_MS),
            Claim(what="its weight without fonts", value=weight, unit="KB", limit=WEIGHT_KB),
            Claim(what=f"first paint, processor {SLOWER} times slower", value=median(paints), unit="s", limit=PAINT_S),
            Claim(what="drawn under the same conditions", value=median(drawn), unit="s"),
        ),
    )  # fmt: skip


async def _signed_in(server: Server, browser: Browser) -> StorageState:
    """What a browser keeps of a sign-in with the link that the server printed; the link works once."""
    link = re.search(r"https?://\S+?(/first/\S+)", (server.data / "up.log").read_text())
    assert link is not None
    context = await browser.new_context(locale="de-DE")
    page = await context.new_page()
    await page.goto(f"http://localhost:{server.port}{link[1]}")
    await page.get_by_role("button", name="Anmelden").click()
    await page.locator("input[type=password]").first.wait_for()
    state = await context.storage_state()
    await context.close()
    return state


@asynccontextmanager
async def _browsing(browser: Browser, state: StorageState) -> AsyncIterator[BrowserContext]:
    """A browser of its own, signed in, with nothing in its cache."""
    context = await browser.new_context(viewport={"width": 1280, "height": 720}, locale="de-DE", storage_state=state)
    await context.add_init_script(KEYED)
    yield context
    await context.close()


async def _counter(server: Server, context: BrowserContext, id: str) -> Page:
    page = await context.new_page()
    await page.goto(f"http://localhost:{server.port}/counter/{OFFICE}/{id}")
    big = page.locator(".acts[data-settled=true] .big")
    await big.wait_for()
    if await big.get_attribute("data-act") == "open":
        await page.keyboard.press("Enter")
    await page.locator(SETTLED).wait_for()
    return page


async def _loaded(
    server: Server, browser: Browser, state: StorageState, times: int
) -> tuple[float, list[float], list[float]]:
    """Kilobytes without fonts; seconds to the first paint, and until the board is drawn, each time with an empty cache."""
    paints, drawn, weight = [], [], 0.0
    for _ in range(times):
        async with _browsing(browser, state) as context:
            page = await context.new_page()
            weighed, devtools = await scales(page), await context.new_cdp_session(page)
            await devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
            await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            await page.goto(f"http://localhost:{server.port}/counter/{OFFICE}/1", wait_until="commit")
            await page.locator(".acts .big").first.wait_for()
            drawn.append(await page.evaluate("performance.now()") / 1_000)
            paints.append(await page.evaluate(PAINT) / 1_000)
            await page.wait_for_load_state("networkidle")
            weight = weighed()
    return weight, paints, drawn  # fmt: skip


async def _own(server: Server, browser: Browser, state: StorageState, times: int) -> list[float]:
    """Milliseconds from Enter to the called number on the same page."""
    found = []
    presser = Presser(server, await server.token("supervisor"))
    async with _browsing(browser, state) as context:
        page = await _counter(server, context, "1")
        for _ in range(times):
            found.append(await _call(presser, page, (page,)))
    presser.close()
    return [one for call in found for one in call]


async def _call(presser: Presser, page: Page, watching: tuple[Page, ...]) -> list[float]:
    """One visit at counter 1: milliseconds from Enter until each of these pages shows the call."""
    number = presser.press(c.IssueTicket(services=("ausweis",)))["result"]["ticket"]["number"]
    await page.get_by_text(number).first.wait_for()
    watch = [
        asyncio.create_task(one.evaluate(CALLED, number) if one is page else one.evaluate(SEEN, f"ruft {number}"))
        for one in watching
    ]
    await asyncio.sleep(0.2)  # until each page looks
    await page.keyboard.press("Enter")
    async with asyncio.timeout(LATE_S):
        came = await asyncio.gather(*watch)
    keyed: float = await page.evaluate("keyed")
    for key, answered in zip("af", (ARRIVED, FINISH), strict=True):
        await page.locator(answered).wait_for()
        await page.keyboard.press(key)
    await page.locator(FREE).wait_for()
    return [at - keyed for at in came]


async def _each_other(
    server: Server, browser: Browser, state: StorageState, times: int
) -> tuple[list[float], list[float]]:
    """Milliseconds until the others saw a clerk's call, and a supervisor's message."""
    calls: list[float] = []
    messages: list[float] = []
    presser = Presser(server, await server.token("supervisor"))
    async with contextlib.AsyncExitStack() as stack:
        contexts = [await stack.enter_async_context(_browsing(browser, state)) for _ in range(3)]
        one, two = [await _counter(server, context, id) for context, id in zip(contexts[:2], "12", strict=True)]
        supervisor = await contexts[2].new_page()
        await supervisor.goto(f"http://localhost:{server.port}/supervisor/{OFFICE}")
        await supervisor.get_by_text("Schalter 1").first.wait_for()
        for at in range(times):
            calls += await _call(presser, one, (two, supervisor))
            said = f"Probe {at} Ende"
            watch = [asyncio.create_task(page.evaluate(SEEN, said)) for page in (one, two)]
            await asyncio.sleep(0.2)
            begin, message = await supervisor.evaluate(POSTED, [OFFICE, said])
            async with asyncio.timeout(LATE_S):
                messages += [came - begin for came in await asyncio.gather(*watch)]
            presser.press(c.ClearMessage(message=message))
    presser.close()
    return calls, messages
