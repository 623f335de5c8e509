"""Counter, table and kiosk in a browser that translates: after every change they show the same as an untranslated page."""

import pytest
from playwright.sync_api import Page, expect

from server.messages import boards as wire
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.translated import read, translate
from tests.staff_pages.visitor import Visitor

pytestmark = pytest.mark.browser

SERVICES = (o.service_line("ausweis", 8, 20), o.service_line("melden", 5, 13, served=False))
ROUNDS: dict[str, tuple[wire.Part, ...]] = {
    "counter/3": (
        o.counter(),
        o.counter(o.current("called")),
        o.counter(o.current(), waiting=13, queue=o.queue()[1:]),
        o.counter(parked=(), missed=(), undo=o.takeback(left=600)),
    ),
    "supervisor/x": (
        o.supervisor(),
        o.supervisor(services=SERVICES, tickets=o.queue(), messages=()),
        o.supervisor(undo=o.takeback(o.MOVED, left=600)),
    ),
    "kiosk/entrance": (
        o.kiosk(),
        o.kiosk(services=(o.offered("ausweis", 8), o.offered("melden", 1, open=False, reason="stoerung"))),
        o.kiosk(help=wire.HelpCall(id="h1", device="entrance", at=o.slot(), accepted_by=None)),
    ),
}  # fmt: skip


def drawn(stage: Stage, page: Page) -> str:
    stage.until(lambda: any(frame.get("kind") == "shown" and frame["seq"] == stage.seq for frame in stage.heard))
    expect(page.locator("main")).to_be_visible()
    return read(page)


@pytest.mark.parametrize("path", ROUNDS)
def test_what_changes_is_read_by_whoever_translates(stage: Stage, visitor: Visitor, path: str) -> None:
    first, *rounds = ROUNDS[path]
    stage.show(first)
    page = visitor.open(path)
    drawn(stage, page)
    for board in rounds:
        translate(page)
        stage.show(board)
        translated = drawn(stage, page)
        stage.seq += 1
        fresh = visitor.open(path)
        expect(fresh.locator("main")).to_be_visible()

        assert translated == drawn(stage, fresh)
        fresh.close()
