"""The wall's own page in Chromium: from a frame of the socket to the painted number, its memory over a day, its weight, and how
soon 1,000 of them are right again."""

import asyncio
import json
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, WebSocketRoute

from bench.chromium import chromium, scales
from bench.gathering import gathering
from bench.measuring import median, quantile
from bench.pressing import join_displays
from bench.result import Claim, Result
from bench.running import OFFICE, Presser, Server, running
from server.messages import commands as c

HOW = """`aufruf up` in its own process, the page `/display/mitte/hall` in Chromium without a graphics card, 3840x2160 pixels.
"Painted": in the page, from the event that brings a frame with a new call until the picture with its number was handed over (an
animation frame, then a message to itself), half a second after the last change; "at once": a tenth of a second after it, when
the picture before may still be drawn. "A day": the page alone, its clock moved by hand; a call each 20 s for 24 h, eight at
a time on the wall, each with a new number; memory is the heap after a collection, from the end of the first hour. "Weight": what
came over the wire, packed, without fonts. "Back": the server is stopped and started on its folder; then 1,000 displays connect
at once, until the last has its board."""

LIMIT_MS, LIMIT_MB, LIMIT_KB, LIMIT_S = 50.0, 5.0, 400.0, 5.0
CALL_S, UP = 20, 8
REST_S, NO_REST_S = 0.5, 0.1
RELEASE = version("aufruf")
"""A page that hears of another one loads itself again."""
PAINTED = """
window.painted = [];
window.WebSocket = class extends WebSocket {
  constructor(...all) {
    super(...all);
    this.addEventListener("message", ({ data }) => {
      const [came, number] = [performance.now(), JSON.parse(data).board?.calls?.[0]?.number];
      if (!number || number === this.newest) return;
      this.newest = number;
      const look = () => {
        const there = [...document.querySelectorAll("#calls .number")].some((one) => one.textContent === number);
        if (!there) return requestAnimationFrame(look);
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => painted.push(performance.now() - came);
        port2.postMessage(null);
      };
      requestAnimationFrame(look);
    });
  }
};
"""


async def measure(*, quick: bool) -> Result:
    calls, hours, displays = (3, 1 / 20, 10) if quick else (100, 24, 1_000)
    with tempfile.TemporaryDirectory(prefix="aufruf-bench-") as folder:
        async with running(Path(folder)) as server, chromium() as browser:
            painted, weight = await _painted(server, browser, calls, 0.0 if quick else REST_S)
            at_once, _ = await _painted(server, browser, calls, 0.0 if quick else NO_REST_S)
            grown = await _grown(server, browser, hours)
        back = [await _back(Path(folder), displays) for _ in range(1 if quick else 3)]
    return Result(
        name="wall_page",
        title="The wall's own page",
        how=HOW,
        claims=(
            Claim(what="a frame to the painted number, p50", value=quantile(painted, 0.5), unit="ms"),
            Claim(what="a frame to the painted number, p95", value=quantile(painted, 0.95), unit="ms", limit=LIMIT_MS),
            Claim(what="the same at once, p95", value=quantile(at_once, 0.95), unit="ms"),
            Claim(what="a day of calls: the page's memory grows by", value=grown, unit="MB", limit=LIMIT_MB),
            Claim(what="its weight without fonts", value=weight, unit="KB", limit=LIMIT_KB),
            Claim(what=f"{displays:,} displays are back", value=median(back), unit="s", limit=LIMIT_S),
        ),
    )


async def _wall(browser: Browser, script: str = "") -> Page:
    context = await browser.new_context(viewport={"width": 3840, "height": 2160}, service_workers="block")
    page = await context.new_page()
    if script:
        await page.add_init_script(script)
    return page


async def _painted(server: Server, browser: Browser, calls: int, rest_s: float) -> tuple[list[float], float]:
    """Milliseconds of each call, `rest_s` after the last change, and the kilobytes that the page loaded."""
    page = await _wall(browser, PAINTED)
    weighed = await scales(page)
    await page.goto(f"http://127.0.0.1:{server.port}/display/{OFFICE}/hall", wait_until="networkidle")
    weight = weighed()
    presser = Presser(server, await server.token("supervisor"))
    presser.press(c.OpenCounter(counter="1"))
    for seen in range(calls):
        presser.press(c.IssueTicket(services=("ausweis",)))
        await asyncio.sleep(rest_s)
        presser.press(c.CallNext(counter="1"))
        await page.wait_for_function("(many) => painted.length > many", arg=seen)
        presser.presses([c.StartService(counter="1"), c.FinishService(counter="1")])
    presser.close()
    found: list[float] = await page.evaluate("painted")
    await page.context.close()
    return found, weight


class Day:
    """Plays the server's side of the socket for a page whose clock is moved by hand."""

    def __init__(self, board: dict[str, Any], begins: float) -> None:
        self._board, self._now, self._seq = board, begins, 1
        self.socket: WebSocketRoute | None = None

    def heard(self, socket: WebSocketRoute) -> None:
        self.socket = socket
        socket.on_message(lambda said: self._greet() if '"hello"' in str(said) else None)

    def _greet(self) -> None:
        self._say(
            {"type": "welcome", "epoch": "bench", "seq": 1, "server_time": self._at(), "beat": 5, "version": RELEASE}
        )
        self.call()

    def call(self) -> None:
        """The next number is called; the oldest of eight leaves."""
        self._seq += 1
        number = f"{'ABKF'[self._seq % 4]}{self._seq % 1000:03}"
        place = {"id": str(self._seq % 8), "label": f"Schalter {self._seq % 8}", "way": {"de": "links"}, "zone": "hall"}
        new = {
            "number": number,
            "counter": place,
            "called_at": self._at(),
            "attempt": 1,
            "fresh": True,
            "withdrawn": False,
        }
        calls = [new, *({**old, "fresh": False} for old in self._board["calls"][: UP - 1])]
        self._board = {**self._board, "calls": calls, "zones": []}
        board = {"type": "board", "epoch": "bench", "seq": self._seq, "at": self._at(), "board": self._board}
        self._say(board)

    def beat(self) -> None:
        self._now += CALL_S / 4
        self._say({"type": "beat", "epoch": "bench", "seq": self._seq, "server_time": self._at()})

    def _at(self) -> str:
        return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(self._now))

    def _say(self, frame: dict[str, Any]) -> None:
        assert self.socket is not None
        self.socket.send(json.dumps(frame))


async def _grown(server: Server, browser: Browser, hours: float) -> float:
    """Megabytes that the page's heap grows by in a day after its first hour."""
    page = await _wall(browser)
    answer = await page.request.get(f"http://127.0.0.1:{server.port}/api/v1/offices/{OFFICE}/boards/display/hall")
    day = Day({**await answer.json(), "lines": UP}, time.time())
    await page.clock.install()
    await page.route_web_socket("**/live", day.heard)
    await page.goto(f"http://127.0.0.1:{server.port}/display/{OFFICE}/hall")
    await page.locator(".row").first.wait_for()
    calls = int(hours * 3_600 / CALL_S)
    first = max(1, calls // 24)
    before = 0.0
    for number in range(calls):
        for _ in range(4):
            day.beat()
            await page.clock.run_for(CALL_S * 250)
        day.call()
        if number == first:
            before = await _heap(page)
    after = await _heap(page)
    await page.context.close()
    return after - before


async def _heap(page: Page) -> float:
    devtools = await page.context.new_cdp_session(page)
    for _ in range(3):
        await devtools.send("HeapProfiler.collectGarbage")
    used = await devtools.send("Runtime.getHeapUsage")
    await devtools.detach()
    return float(used["usedSize"]) / 1e6


async def _back(data: Path, displays: int) -> float:
    """Seconds from the moment that a started server is ready until all of these displays have their board."""
    async with running(data) as server:
        with gathering() as crowd:
            begin = time.monotonic()
            await asyncio.to_thread(join_displays, crowd, server, displays)
            return time.monotonic() - begin
