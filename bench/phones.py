"""Ten thousand phones beside the walls: their memory, how much later the wall knows because of them, and what each loads."""

from itertools import cycle

from bench.chromium import chromium, scales
from bench.gathering import Gathering, gathering
from bench.measuring import cpu_s, median, now_ns, quantile, rss_kib
from bench.pressing import LIVE, Counter, Timed, join_displays
from bench.result import Claim, Result, Table, number
from bench.running import Presser, Server, running
from server.messages import commands as c

HOW = """`aufruf up` in its own process; 50 displays of the hall in one client process, the phones in another: two phones
each on half as many waiting tickets, all of whom move forward with every call. Presses as in "From the press to the last
display", before the phones come and while they are there. A phone learns of its own ticket at once, of the rest within 10
s. "First load": the page of a ticket in Chromium with nothing kept, once in each language of the office, over the wire, packed,
with the heads of the answers, without fonts; the heaviest language counts."""

LIGHT_KB = 60.0
LANGUAGES = ("de", "en", "tr", "uk", "ar", "ru", "fr", "pl", "de-simple")
SERVICES = ("ausweis", "meldung", "kfz", "urkunden", "soziales")


async def measure(*, quick: bool) -> Result:
    phones, displays, presses = (20, 5, 2) if quick else (10_000, 50, 60)
    async with running() as server:
        presser = Presser(server, await server.token("supervisor"))
        counter = Counter(presser, 0.05 if quick else 0.3)
        counter.open()
        links = _issue(presser, phones // 2)
        weights = [await _first_load(server, links[0], language) for language in LANGUAGES[: 2 if quick else None]]
        with gathering() as walls, gathering() as hands:
            join_displays(walls, server, displays)
            await _calls(counter, walls, 1 if quick else 5)  # the first call of a process is slower
            before = await _calls(counter, walls, presses)
            lean = rss_kib(server.pid)
            begin = now_ns()
            hands.join(server.port, LIVE, [{"type": "hello", "board": "ticket", "id": link} for link in links * 2])
            joined_s = (now_ns() - begin) / 1e9
            full = rss_kib(server.pid)
            used = cpu_s(server.pid)
            begin = now_ns()
            after = await _calls(counter, walls, presses)
            share = (cpu_s(server.pid) - used) / ((now_ns() - begin) / 1e9)
            hands.report()
        presser.close()
    return _result(phones, before, after, (full - lean) / phones, joined_s, share, max(weights))


def _issue(presser: Presser, count: int) -> list[str]:
    """Tickets of all services except the one that is called from, and their links."""
    links = []
    for service, _ in zip(cycle(SERVICES), range(count), strict=False):
        answer = presser.press(c.IssueTicket(services=(service,)))
        links.append(answer["result"]["ticket"]["secret"])
    return links


async def _first_load(server: Server, link: str, language: str) -> float:
    """Kilobytes, in a browser that has never been there."""
    async with chromium() as browser:
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        weighed = await scales(page)
        await page.goto(f"http://localhost:{server.port}/t/{link}?lang={language}", wait_until="networkidle")
        await page.locator("main button").first.wait_for()
        return weighed()


async def _calls(counter: Counter, walls: Gathering, presses: int) -> list[Timed]:
    return [(await counter.call(walls))[0] for _ in range(presses)]


def _result(
    phones: int, before: list[Timed], after: list[Timed], kib: float, joined_s: float, share: float, weight: float
) -> Result:
    def p(times: list[Timed], part: float) -> float:
        return quantile([one.last for one in times], part)

    rows = tuple(
        (name, *map(number, (median(one.answered for one in times), p(times, 0.5), p(times, 0.95), p(times, 0.99))))
        for name, times in (("walls alone", before), (f"with {phones:,} phones", after))
    )
    return Result(
        name="phones",
        title=f"{phones:,} phones beside the walls",
        how=HOW,
        claims=(
            Claim(what="the last wall knows later by, p50", value=p(after, 0.5) - p(before, 0.5), unit="ms", limit=20),
            Claim(what="the last wall knows later by, p99", value=p(after, 0.99) - p(before, 0.99), unit="ms"),
            Claim(what="memory a phone", value=kib, unit="KiB", limit=20),
            Claim(what="the first load of a phone's page without fonts", value=weight, unit="KB", limit=LIGHT_KB),
            Claim(what=f"until {phones:,} phones have joined", value=joined_s, unit="s"),
            Claim(what="server while called about once a second", value=100 * share, unit="% of a core"),
        ),
        tables=(
            Table(
                title="Milliseconds from the press",
                columns=("", "answer p50", "last p50", "last p95", "last p99"),
                rows=rows,
            ),
        ),
    )
