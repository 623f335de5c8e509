"""A city with two offices on one server: the worse one is first on the table of all offices, and what is wrong there is told to
its own table, to a mailbox and to a webhook, once, with its end. Mail server and receiver of the webhook are real ones on
loopback."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.json import decode
from playwright.sync_api import Page, expect

from server.messages.instants import MINUTE
from tests.letters.sinks import MailSink, WebSink, mail_sink, web_sink
from tests.story.conftest import OpenOffice, Visitors, signed_in
from tests.story.test_a_wait_everywhere import until
from tests.story.test_two_of_everything import press, twin

pytestmark = pytest.mark.browser
SLOW_MS = MINUTE
"""A display counts as silent 15 s after its last sign of life."""
SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
COUNTERS = tuple(str(number) for number in range(1, 9))
ALERTS = '\n[alerts]\nto = ["leitung@example.de"]\nwebhook = "{}"\ncodes = ["visual_call"]\n'
MUST_SEE = "1 Person muss den Aufruf sehen"


class Told(NamedTuple):
    """Who is told of alerts."""

    mail: MailSink
    web: WebSink


@pytest.fixture
def told() -> Iterator[Told]:
    """In a thread: the browser's loop blocks this one."""
    loop, stack = asyncio.new_event_loop(), AsyncExitStack()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def begin() -> Told:
        return Told(await stack.enter_async_context(mail_sink()), await stack.enter_async_context(web_sink()))

    yield asyncio.run_coroutine_threadsafe(begin(), loop).result(20)
    asyncio.run_coroutine_threadsafe(stack.aclose(), loop).result(20)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(20)
    loop.close()


@pytest.fixture
def city(tmp_path: Path, told: Told) -> Iterator[OpenOffice]:
    north = twin("mitte", tmp_path)
    north.write_text(north.read_text(encoding="utf-8") + ALERTS.format(told.web.url), encoding="utf-8")
    secret = tmp_path / "webhook.secret"
    secret.write_text(SECRET)
    mail = ("--smtp", f"smtp://127.0.0.1:{told.mail.port}", "--mail-from", "aufruf@example.de")
    hook = ("--webhook-secret-file", str(secret))
    opened = OpenOffice(tmp_path / "data", "--office", "mitte", "--office", str(north), *mail, *hook)
    yield opened
    assert opened.close() == 0


def wall(city: OpenOffice, visitors: Visitors, token: str) -> Page:
    """The display in the hall of the northern office, signed in as that device."""
    page = visitors.page(f"{city.base}/sign-in?next=/display/mitte-nord/hall", viewport={"width": 1920, "height": 1080})
    page.get_by_text("Dieses Gerät anmelden").click()
    page.get_by_label("Geräteschlüssel").fill(token)
    page.get_by_role("button", name="Gerät anmelden").click()
    until(lambda: stands(city) == "online")
    return page


def stands(city: OpenOffice) -> str:
    """What the server knows of that display."""
    board = city.http.get("/api/v1/offices/mitte-nord/boards/supervisor").json()
    devices = ((one["kind"], one["id"], one["state"]) for one in board["devices"])
    return str(next(state for kind, name, state in devices if (kind, name) == ("display", "hall")))


def test_the_worse_office_is_first_and_what_is_wrong_there_is_told_once_with_its_end(
    city: OpenOffice, visitors: Visitors, told: Told
) -> None:
    for counter in COUNTERS:
        press(city, "mitte", type="open_counter", counter=counter)
    table = signed_in(city, visitors).context.new_page()
    table.goto(f"{city.base}/supervisor")
    names = table.locator("tr[data-office]")
    expect(names).to_have_count(2)
    order = "rows => rows.map((row) => row.dataset.office)"

    until(lambda: names.evaluate_all(order) == ["mitte-nord", "mitte"])
    for counter in COUNTERS:
        press(city, "mitte-nord", type="open_counter", counter=counter)
        press(city, "mitte", type="close_counter", counter=counter)
    until(lambda: names.evaluate_all(order) == ["mitte", "mitte-nord"])
    expect(table.locator("tr[data-office=mitte] .state")).to_contain_text("kein Schalter offen")

    row = table.locator("tr[data-office=mitte-nord]")
    press(city, "mitte-nord", type="issue_ticket", services=["ausweis"], needs=["visual_call"])
    expect(row.locator(".waiting")).to_have_text("1")
    token = city.token("display", "--office", "mitte-nord", "--for", "hall")
    wall(city, visitors, token).context.close()
    expect(row.locator(".alerts")).to_contain_text("Aufruf nicht zu sehen", timeout=SLOW_MS)

    row.get_by_role("link").click()
    listed = table.get_by_role("region", name="Warnungen")
    expect(listed).to_contain_text(MUST_SEE)
    until(lambda: told.mail.letters and told.web.posts)

    wall(city, visitors, token)
    expect(table.get_by_text(MUST_SEE)).to_have_count(0, timeout=SLOW_MS)
    until(lambda: told.mail.letters[1:] and told.web.posts[1:])
    began, ended = told.mail.subjects()
    assert MUST_SEE in began
    assert ended.startswith("Bürgerbüro Mitte: beendet: ")
    assert told.web.types() == ["alert.began", "alert.ended"]
    assert {decode(content)["data"]["office"] for _, content in told.web.posts} == {"mitte-nord"}
