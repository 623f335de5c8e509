"""A new screen is set up like a television: `/pair` was opened at one node, the supervisor sits at another."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from server.log.store import bundled_binary
from tests.axe import findings
from tests.conftest import StartStore
from tests.story.conftest import OpenOffice, Visitors, signed_in

pytestmark = pytest.mark.browser
SLOW_MS = 15_000


class SharedOffice(OpenOffice):
    """One of two nodes: both have the same store and the same database."""

    def __init__(self, data: Path, store: str, database: str) -> None:
        self.database = database
        super().__init__(data, "--redis", store, "--database", database)


@pytest.fixture
def nodes(tmp_path: Path, start_store: StartStore) -> Iterator[tuple[OpenOffice, OpenOffice]]:
    store = start_store(bundled_binary())
    database = f"sqlite+aiosqlite:///{tmp_path}/shared.db"
    made = [SharedOffice(tmp_path / name, store, database) for name in ("one", "two")]
    yield made[0], made[1]
    assert [node.close() for node in made] == [0, 0]


def code_on(screen: Page) -> str:
    shown = screen.locator("#code")
    expect(shown).to_be_visible(timeout=SLOW_MS)
    return shown.inner_text()


def asked(table: Page, device: str, button: str) -> None:
    """Opens a device's dialog on the supervisor's table and presses a button there."""
    table.locator(f"[data-device='{device}']").click()
    table.locator(f"dialog [data-offer={button}]").click()
    expect(table.locator("dialog")).to_be_hidden()


def answered(table: Page, method: str, do: Callable[[], None]) -> int:
    with table.expect_response(lambda answer: answer.request.method == method) as told:
        do()
    return told.value.status


def test_a_screen_is_paired_named_moved_and_sent_away_over_two_nodes(
    nodes: tuple[OpenOffice, OpenOffice], visitors: Visitors
) -> None:
    one, two = nodes
    screen = visitors.page(f"{one.base}/pair", viewport={"width": 1920, "height": 1080})
    code = code_on(screen)
    assert len(code.replace(" ", "")) == 6
    assert findings(screen) == []

    table = signed_in(two, visitors).context.new_page()
    table.goto(f"{two.base}/supervisor/mitte")
    table.locator("[data-ask=pair]").click()
    table.locator("#code").fill(code.lower())
    table.locator("#device").select_option("display/upstairs")
    table.locator("dialog #name").fill("Fernseher am Fenster")
    assert findings(table) == []
    assert answered(table, "POST", lambda: table.locator("dialog .primary").click()) == 200

    screen.wait_for_url(f"{one.base}/display/mitte/upstairs", timeout=SLOW_MS)
    expect(screen.locator("#calls .quiet")).to_be_visible(timeout=SLOW_MS)
    row = table.locator("tr", has=table.locator("[data-device='display/upstairs']"))
    expect(row).to_contain_text("Fernseher am Fenster", timeout=SLOW_MS)
    expect(row).to_contain_text("da", timeout=SLOW_MS)

    asked(table, "display/upstairs", "identify")
    expect(screen.locator("#name")).to_have_text("Fernseher am Fenster (upstairs)", timeout=SLOW_MS)
    assert findings(table) == []

    table.locator("[data-device='display/upstairs']").click()
    expect(table.locator("dialog .health")).to_contain_text("gekoppelt")
    table.locator("dialog #name").fill("Fernseher im Flur")
    assert answered(table, "PATCH", lambda: table.locator("dialog .primary").click()) == 200
    expect(row).to_contain_text("Fernseher im Flur", timeout=SLOW_MS)

    with screen.expect_event("load", timeout=SLOW_MS):
        asked(table, "display/upstairs", "reload")
    expect(screen.locator("#calls .quiet")).to_be_visible(timeout=SLOW_MS)

    table.locator("[data-device='display/upstairs']").click()
    table.locator("dialog #to").select_option("hall")
    assert answered(table, "PATCH", lambda: table.locator("dialog .primary").click()) == 200
    screen.wait_for_url(f"{one.base}/display/mitte/hall", timeout=SLOW_MS)
    screen.goto(f"{one.base}/pair")  # where a television begins
    screen.wait_for_url(f"{one.base}/display/mitte/hall", timeout=SLOW_MS)

    expect(table.locator("[data-device='display/hall']")).to_have_text("Fernseher im Flur", timeout=SLOW_MS)
    asked(table, "display/hall", "away")
    screen.wait_for_url(f"{one.base}/pair", timeout=SLOW_MS)
    assert code_on(screen) != code
    visitors.errors[:] = [line for line in visitors.errors if "WebSocket" not in line]


def test_a_wrong_code_says_so_on_the_table(office: OpenOffice, visitors: Visitors) -> None:
    table = signed_in(office, visitors).context.new_page()
    table.goto(f"{office.base}/supervisor/mitte")
    table.locator("[data-ask=pair]").click()
    table.locator("#code").fill("ACD ACD")
    table.locator("dialog .primary").click()

    expect(table.locator(".refusal")).to_contain_text("Gerät koppeln")
    expect(table.locator(".refusal")).to_contain_text("Diesen Code zeigt kein Gerät")
    visitors.errors[:] = [line for line in visitors.errors if "404" not in line]
