"""An appointment from the first question to the wall, in an office whose clock is neither the server's nor the browser's; and the
phone desk, by keys alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from threading import Condition
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect

from config.office_files import find
from config.words import Words
from tests.axe import findings
from tests.story.conftest import OpenOffice, Visitors, free_port, signed_in
from tests.story.test_at_the_kiosk import at_kiosk
from tests.story.test_one_ticket import read_back, seen

if TYPE_CHECKING:
    from email.message import EmailMessage

pytestmark = pytest.mark.browser
MAIL = "ayse@example.org"


class Mailbox:
    """A mail server on loopback that keeps what it takes."""

    def __init__(self) -> None:
        self.port = free_port()
        self.letters: list[EmailMessage] = []
        self._came = Condition()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        with self._came:
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
            self._came.notify_all()
        return "250 taken"

    def letter(self, nth: int) -> EmailMessage:
        with self._came:
            assert self._came.wait_for(lambda: len(self.letters) > nth, 60), [
                str(one["Subject"]) for one in self.letters
            ]
        return self.letters[nth]


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()


def noon() -> str:
    """A time zone in which it is about noon now: a day's first slots are never at its end."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, mailbox: Mailbox) -> Iterator[OpenOffice]:
    folder = tmp_path_factory.mktemp("booked")
    text = find("mitte").read_text(encoding="utf-8")
    file = folder / "mitte.toml"
    file.write_text(text.replace('time_zone = "Europe/Berlin"', f'time_zone = "{noon()}"'), encoding="utf-8")
    mail = ("--smtp", f"smtp://127.0.0.1:{mailbox.port}", "--mail-from", "aufruf@example.de")
    opened = OpenOffice(folder / "data", "--office", str(file), *mail)
    yield opened
    assert opened.close() == 0


def plain(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def word(name: str, **more: Any) -> str:
    return Words("tr").text(name, **more)


def booked(page: Page, house: OpenOffice, mail: str) -> None:
    """On a phone in Turkish, by accessible names: the first slot that is free."""
    page.goto(f"{house.base}/book/mitte?lang=tr")
    page.get_by_role("checkbox", name=re.compile("^Kimlik ve pasaport")).check()
    page.get_by_role("button", name=word("book-find")).click()
    page.locator("details[open] button[name=start]").first.click()
    page.get_by_label(word("book-mail")).fill(mail)
    assert findings(page) == []
    page.get_by_role("button", name=word("book-confirm")).click()
    expect(page.get_by_role("status")).to_contain_text(word("book-done"))


def test_booked_on_a_phone_told_by_mail_checked_in_by_qr_called_and_seen(
    house: OpenOffice, visitors: Visitors, mailbox: Mailbox
) -> None:
    """By the clock of the office, wherever server and browser are."""
    page = visitors.context(viewport={"width": 390, "height": 844}, timezone_id="Pacific/Auckland").new_page()
    booked(page, house, MAIL)
    code = page.locator(".letters").inner_text()
    shown = page.locator(".big").inner_text()
    letter = mailbox.letter(0)
    assert letter["To"] == MAIL
    assert shown in str(letter["Subject"])
    assert code in plain(letter)
    assert "text/calendar" in {part.get_content_type() for part in letter.walk()}

    qr = page.locator(".code img")
    expect(qr).to_have_js_property("complete", True)
    kiosk = at_kiosk(house, visitors)
    kiosk.get_by_role("button", name="Ich habe einen Termin").click()
    expect(kiosk.locator("output")).to_be_visible()
    kiosk.keyboard.type(read_back(qr.screenshot()), delay=5)  # a scanner types
    kiosk.keyboard.press("Enter")
    expect(kiosk.locator("#number")).to_be_visible()
    number = kiosk.locator("#number").inner_text().strip()

    wall = visitors.page(house.base + "/display/mitte/hall", viewport={"width": 1920, "height": 1080})
    assert house.press("open_counter", counter="1")["status"] == 200
    called = house.press("call_next", counter="1")
    assert called["result"]["ticket"]["number"] == number
    seen(wall, number)
    page.reload()
    expect(page.locator(".number")).to_have_text(number)


def test_changed_and_cancelled_by_the_link_of_the_mail(house: OpenOffice, visitors: Visitors, mailbox: Mailbox) -> None:
    """By keyboard; each change is told, and the calendar file follows."""
    before = len(mailbox.letters)
    page = visitors.context(viewport={"width": 390, "height": 844}).new_page()
    booked(page, house, "mehmet@example.org")
    link = re.search(rf"{house.base}/a/[^\s?]+", plain(mailbox.letter(before)))
    assert link is not None
    page.goto(f"{link[0]}?lang=tr")
    page.get_by_role("link", name=word("book-move")).press("Enter")
    assert findings(page) == []
    page.locator("details[open] button[name=start]").nth(3).press("Enter")
    expect(page.get_by_role("status")).to_have_text(word("book-moved"))
    shown = page.locator(".big").inner_text()
    moved = mailbox.letter(before + 1)
    assert shown in str(moved["Subject"])
    page.get_by_text(word("book-cancel"), exact=True).press("Enter")
    page.get_by_role("button", name=word("book-cancel-yes")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(word("book-cancelled"))
    assert findings(page) == []
    gone = mailbox.letter(before + 2)
    calendars = [part.get_content() for part in gone.walk() if part.get_content_type() == "text/calendar"]
    assert "METHOD:CANCEL" in str(calendars[0])
    visitors.errors[:] = [line for line in visitors.errors if "410" not in line]


def test_the_phone_desk_books_in_three_keystrokes_moves_and_cancels_by_keys(
    house: OpenOffice, visitors: Visitors
) -> None:
    """A letter, Enter, a digit; then the code can be read out."""
    page = signed_in(house, visitors).context.new_page()
    page.goto(house.base + "/desk")
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert findings(page) == []
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.locator("[data-here]")).to_be_focused()
    assert findings(page) == []
    first = page.locator("[data-key='3'] b").inner_text()  # the soonest may begin before it is moved
    page.keyboard.press("3")
    expect(page.get_by_role("status")).to_have_text("Der Termin ist gebucht.")
    expect(page.locator(".when")).to_have_text(first)
    code = page.locator("p.code").inner_text()
    expect(page.locator("ol.spelled").first.locator("li b")).to_have_text(list(code))
    assert findings(page) == []

    expect(page.locator("[data-here]")).to_be_focused()  # by the script that hears keys: before it, they do nothing
    page.keyboard.press("m")
    expect(page.locator("ol.slots")).to_be_visible()
    expect(page.locator("[data-here]")).to_be_focused()
    other = page.locator("[data-key='4'] b").inner_text()
    page.keyboard.press("4")
    expect(page.get_by_role("status")).to_have_text("Der Termin ist verlegt.")
    expect(page.locator(".when")).to_have_text(other)
    expect(page.locator("[data-here]")).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type(code.lower())
    page.keyboard.press("Enter")
    expect(page.locator("p.code")).to_have_text(code)
    expect(page.locator("[data-here]")).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("[data-key=Y]")).to_be_visible()
    expect(page.locator("[data-here]")).to_be_focused()
    page.keyboard.press("y")
    expect(page.get_by_role("status")).to_have_text("Der Termin ist abgesagt.")

    page.goto(house.base + "/desk?q=ausweis")
    expect(page.locator("[data-here]")).to_be_focused()
    page.get_by_label("Tasten drücken Knöpfe").uncheck()  # keys can be switched off
    expect(page.locator("[data-key='1'] kbd")).to_be_hidden()
    page.locator("[data-here]").focus()
    page.keyboard.press("1")
    page.get_by_role("button", name="Suchen").focus()
    expect(page.locator("ol.slots")).to_be_visible()
    assert "appointment=" not in page.url
