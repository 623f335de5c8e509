"""A phone is told while its page is closed: a real office, a push service on loopback that cannot read what it passes on, and
Chromium, whose worker shows the message."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.letters.handset import Handset
from tests.story.conftest import OpenOffice, Visitors

pytestmark = pytest.mark.browser
SUBSCRIBED = """
const subscription = { endpoint: %(endpoint)s, toJSON: () => (%(all)s) };
window.asked = 0;
PushManager.prototype.subscribe = async (options) => {
  window.asked += 1;
  window.wanted = options;
  return subscription;
};
PushManager.prototype.getSubscription = async () => subscription;
"""
"""Instead of the browser's own push service, which no test can reach."""
SHOWN = """async () => {
  const worker = await navigator.serviceWorker.getRegistration("/t/");
  for (let look = 0; look < 200; look += 1) {
    const shown = await worker.getNotifications();
    if (shown.length) return shown.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
    await new Promise((done) => setTimeout(done, 50));
  }
  return [];
}"""


class Service:
    """A push service: it keeps what it is to pass on."""

    def __init__(self) -> None:
        self.posts: list[bytes] = []
        self.came = threading.Event()
        service = self

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                service.posts.append(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(201)
                self.end_headers()
                service.came.set()

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/push"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenOffice]:
    """One for all: who is not called here gives the number back."""
    opened = OpenOffice(tmp_path_factory.mktemp("told") / "data", "--push-loopback")
    yield opened
    assert opened.close() == 0


def opened(office: OpenOffice, visitors: Visitors, handset: Handset, secret: str, *, granted: bool = True) -> Page:
    context = visitors.context(viewport={"width": 390, "height": 844})
    if granted:
        context.grant_permissions(["notifications"], origin=office.base)
    told = handset.wanted()
    subscription = {"endpoint": handset.endpoint, "keys": {"p256dh": told["p256dh"], "auth": told["auth"]}}
    page = context.new_page()
    page.add_init_script(SUBSCRIBED % {"endpoint": json.dumps(handset.endpoint), "all": json.dumps(subscription)})
    page.goto(f"{office.base}/t/{secret}?lang=de")
    return page


def delivered(page: Page, office: OpenOffice, message: dict[str, Any]) -> None:
    """As the browser hands a message to the worker of the page."""
    devtools = page.context.new_cdp_session(page)
    found: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    page.wait_for_function("() => true")
    assert found
    told = {"origin": office.base, "registrationId": found[-1], "data": json.dumps(message)}
    devtools.send("ServiceWorker.deliverPushMessage", told)


def test_r1_a_call_comes_to_the_phone_and_its_worker_shows_it(
    office: OpenOffice, visitors: Visitors, service: Service
) -> None:
    ticket = office.press("issue_ticket", services=["ausweis"])["result"]["ticket"]
    office.press("open_counter", counter="1")
    handset = Handset(service.url)
    page = opened(office, visitors, handset, ticket["secret"])
    button = page.get_by_role("button", name="Nachricht, wenn ich dran bin")
    expect(button).to_be_visible()
    assert page.evaluate("window.asked") == 0
    button.click()
    expect(page.get_by_role("button", name="Nachricht kommt, auch wenn die Seite zu ist")).to_be_visible()
    assert page.evaluate("[window.asked, window.wanted.userVisibleOnly]") == [1, True]
    assert page.evaluate("window.wanted.applicationServerKey") == page.locator("body").get_attribute("data-push")

    assert office.press("call_next", counter="1")["result"]["ticket"]["number"] == ticket["number"]
    assert service.came.wait(20)
    message = handset.read(service.posts[0])
    assert (message["title"], message["path"]) == (
        f"Nummer {ticket['number']} ist dran: Schalter 1",
        f"/t/{ticket['secret']}",
    )
    found: list[dict[str, Any]] = []
    for _ in range(
        3
    ):  # a worker that is just starting may miss what Chromium delivers to it here; a push service tries again
        delivered(page, office, message)
        if found := page.evaluate(SHOWN):
            break

    (shown,) = found
    assert shown["title"] == message["title"]
    assert shown["data"] == {"path": f"/t/{ticket['secret']}"}
    page.get_by_role("button", name="Nachricht kommt, auch wenn die Seite zu ist").click()
    expect(page.get_by_role("button", name="Nachricht, wenn ich dran bin")).to_be_visible()
    office.press("repeat_call", counter="1")
    office.press("start_service", counter="1")
    assert len(service.posts) == 1
    assert page.context.cookies() == []


def test_who_refuses_is_told_to_leave_the_page_open(office: OpenOffice, visitors: Visitors, service: Service) -> None:
    ticket = office.press("issue_ticket", services=["ausweis"])["result"]["ticket"]
    page = opened(office, visitors, Handset(service.url), ticket["secret"], granted=False)
    page.evaluate("Notification.requestPermission = async () => 'denied'")
    page.get_by_role("button", name="Nachricht, wenn ich dran bin").click()

    expect(page.locator(".limits")).to_have_text(
        "Dieser Browser erlaubt keine Nachrichten. Bitte lassen Sie die Seite offen."
    )
    expect(page.get_by_role("button", name="Nachricht, wenn ich dran bin")).to_have_count(0)
    assert page.evaluate("window.asked") == 0
    office.press("cancel_ticket", ticket=ticket["id"])


def test_without_https_the_page_says_what_is_off(office: OpenOffice, visitors: Visitors) -> None:
    """Loopback by its name is as good as https; by another name it is not."""
    ticket = office.press("issue_ticket", services=["ausweis"])["result"]["ticket"]
    page = visitors.context().new_page()
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { get: () => false })")
    page.goto(f"{office.base}/t/{ticket['secret']}?lang=de")

    expect(page.locator(".limits")).to_contain_text("Ohne https: keine Nachricht")
    expect(page.get_by_role("button", name="Nachricht, wenn ich dran bin")).to_have_count(0)
    office.press("cancel_ticket", ticket=ticket["id"])
