"""The supervisor's card of systems that do not take what they are told, before a staged server."""

import pytest
from playwright.sync_api import Route, expect

from server.messages import boards as wire
from tests.axe import findings
from tests.live_sockets import instant
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor

pytestmark = pytest.mark.browser

WEBHOOKS = "**/api/v1/offices/*/webhooks**"


def test_what_another_system_does_not_take_is_named_and_sent_again(stage: Stage, visitor: Visitor) -> None:
    stage.show(o.supervisor())
    page = visitor.open("supervisor/-", width=1280, height=720)
    expect(page.get_by_role("grid")).to_be_visible()
    dead = {"id": "d1", "type": "ticket_called", "at": instant(), "fault": "410"}
    portal = {"id": "portal", "fault": "503", "since": instant(), "waiting": 3, "dead_total": 1, "dead": [dead]}
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(f"{route.request.method} {route.request.url.partition('/offices/')[2]}")
        route.fulfill(json=[portal] if route.request.method == "GET" else {})

    page.route(WEBHOOKS, answer)
    stage.show(o.supervisor(worries=(wire.Worry(code="webhooks", detail="portal"),)))
    card = page.get_by_role("region", name="Andere Systeme")
    expect(card).to_contain_text("portal")
    expect(card).to_contain_text("503")
    expect(card).to_contain_text("ticket_called")
    assert findings(page) == []

    card.get_by_role("button", name="Noch einmal senden: portal").click()

    expect(card.get_by_role("status")).to_have_text("Wird noch einmal gesendet.")
    assert asked == ["GET mitte/webhooks", "POST mitte/webhooks/portal/again"]
