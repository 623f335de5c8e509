"""Two clerks and a supervisor, each with an account and a browser of their own: what one does, the other two see; how long that
took is printed."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from server.access.access import Access
from server.access.accounts import Grant
from server.clock import SystemClock
from server.history.database import close_database, default_url, open_database
from tests.story.conftest import OpenOffice, Visitors

pytestmark = pytest.mark.browser
PASSWORD = "Kaffee um halb zehn"
ACCOUNTS: dict[str, Grant] = {"anna": ("clerk", "mitte"), "ben": ("clerk", "mitte"), "carla": ("supervisor", "mitte")}
STAMPS = """
globalThis.now = () => performance.timeOrigin + performance.now();
for (const kind of ["keydown", "click"])
  addEventListener(kind, () => { globalThis.pressed = now(); }, true);
"""
WATCH = """(words) => {
  const there = () => words.every((one) => document.body.innerText.includes(one));
  if (there()) throw new Error(`already there: ${words}`);
  globalThis.seen = new Promise((done) => {
    const look = () => (there() ? done(now()) : requestAnimationFrame(look));
    look();
  });
}"""
"""Before an act: when the first frame has all these words."""


@pytest.fixture
def pages(office: OpenOffice, visitors: Visitors) -> tuple[Page, Page, Page]:
    """Anna at counter 1, Ben at counter 2, Carla at the table; two people wait."""
    with ThreadPoolExecutor(1) as thread:  # the browser's loop blocks this one
        thread.submit(asyncio.run, accounts(office)).result(timeout=60)
    for _ in range(2):
        office.press("issue_ticket", services=["ausweis"])
    anna = entered(office, visitors, "anna", "/counter/mitte/1")
    ben = entered(office, visitors, "ben", "/counter/mitte/2")
    carla = entered(office, visitors, "carla", "/supervisor/mitte")
    for page in (anna, ben):
        page.keyboard.press("Enter")
        can(page, "Nächste Nummer")
    for id in "12":
        expect(carla.get_by_role("rowheader", name=f"Schalter {id} frei")).to_be_visible()
    return anna, ben, carla


async def accounts(office: OpenOffice) -> None:
    engine = await open_database(default_url(office.data))
    try:
        access = await Access.open(engine, SystemClock(), lambda office: "")
        for name, grant in ACCOUNTS.items():
            await access.accounts.create(name, PASSWORD, [grant])
    finally:
        await close_database(engine)


def entered(office: OpenOffice, visitors: Visitors, name: str, path: str) -> Page:
    context = visitors.context(viewport={"width": 1600, "height": 900})
    context.add_init_script(STAMPS)
    page = context.new_page()
    page.goto(f"{office.base}/sign-in?next={path}")
    page.get_by_label("Konto").fill(name)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()
    expect(page.get_by_role("main")).to_be_visible()
    return page


def can(page: Page, act: str) -> None:
    big = page.get_by_role("region", name="Was ich tun kann").get_by_role("button", name=act).first
    expect(big).to_be_enabled()


def told(what: str, page: Page, others: dict[Page, tuple[str, ...]], *press: Any) -> None:
    """Presses in `page` as `press` says, and waits until each of the others shows its words; prints the milliseconds."""
    for other, words in others.items():
        other.evaluate(WATCH, list(words))
    act, *given = press
    act(*given)
    for other, words in others.items():
        for one in words:
            expect(other.locator("body")).to_contain_text(one)
        late = other.evaluate("seen") - page.evaluate("pressed")
        print(f"{what}, seen at {other.title()}: {late:.0f} ms")


def test_each_sees_what_the_others_do(pages: tuple[Page, Page, Page]) -> None:
    anna, ben, carla = pages
    told("Anna calls", anna, {ben: ("ruft A001",), carla: ("ruft A001",)}, anna.keyboard.press, "Enter")
    can(anna, "Ist da")
    told("Anna serves", anna, {ben: ("bedient A001",), carla: ("bedient A001",)}, anna.keyboard.press, "Enter")
    can(anna, "Fertig, nächste Nummer")
    expect(ben.get_by_role("region", name="Als Nächstes (1 wartet)")).to_contain_text("A002")
    can(ben, "Nächste Nummer")
    told("Ben calls", ben, {anna: ("ruft A002",), carla: ("ruft A002",)}, ben.keyboard.press, "Enter")
    expect(anna.get_by_role("region", name="Als Nächstes (0 warten)")).to_be_visible()

    grid = carla.get_by_role("region", name="Wer macht was?")
    grid.get_by_label("Warum").select_option(label="technische Störung")
    grid.get_by_label("Gilt").select_option(label="30 min")
    cell = grid.get_by_role("button", name="Schalter 2, Urkunden und Beglaubigungen: könnte bedienen")
    moved = ("Aufsicht: diesem Schalter bis ", "Urkunden und Beglaubigungen (technische Störung)")
    told("Carla gives Ben a service", carla, {ben: moved}, cell.click)
    until = grid.get_by_role("button", name="Schalter 2, Urkunden und Beglaubigungen: bedient, bis ")
    ends = until.inner_text()
    notice = ben.get_by_role("main").get_by_text("Aufsicht: diesem Schalter")
    expect(notice).to_contain_text(f"bis {ends} zugeteilt")
    expect(ben.get_by_role("status").filter(has_text=f"bis {ends} zugeteilt")).to_contain_text("technische Störung")
    expect(ben.get_by_role("banner")).to_contain_text("Urkunden und Beglaubigungen")
    expect(anna.get_by_text("Aufsicht:")).to_have_count(0)

    dialog = carla.get_by_role("dialog", name="Schalter 3")
    carla.get_by_role("rowheader", name="Schalter 3").get_by_role("button").click()
    opens = dialog.get_by_role("button", name="Öffnen")
    told("Carla opens counter 3", carla, {anna: ("Schalter 3\nfrei",), ben: ("Schalter 3\nfrei",)}, opens.click)

    carla.get_by_role("button", name="Neue Nachricht").click()
    dialog = carla.get_by_role("dialog", name="Neue Nachricht")
    dialog.get_by_label("Deutsch", exact=True).fill("Formular B ist aus.")
    dialog.get_by_label("Für Kolleginnen und Kollegen an den Schaltern").check()
    said = ("Formular B ist aus.",)
    told("Carla writes", carla, {anna: said, ben: said}, dialog.get_by_role("button", name="Zeigen").click)
