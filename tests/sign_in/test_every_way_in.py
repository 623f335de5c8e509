"""Every form, link and cookie to sign in or out, as browsers send them: plain, and behind nginx with TLS."""

import re

import httpx
import pytest
from playwright.sync_api import expect

from tests.sign_in.conftest import PASSWORD, Doors, at, is_signed_in, sign_in

pytestmark = pytest.mark.browser


def test_the_first_administrator_chooses_a_password_and_comes_back(doors: Doors) -> None:
    """Somebody else opens the link first; the button uses it up, and it works no second time."""
    httpx.head(doors.first, verify=False)
    page = doors.browser().new_page()
    page.goto(doors.first)
    page.reload()
    page.get_by_role("button", name="Anmelden und Passwort wählen").click()
    at(page, "/password")
    page.get_by_label("Neues Passwort").fill("Passwort2026!")
    page.get_by_role("button", name="Passwort setzen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Konto").fill("leitung")
    page.get_by_label("Neues Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Passwort setzen").click()
    at(page, "/")
    is_signed_in(page, "leitung")

    another = doors.browser().new_page()
    another.goto(doors.first)
    expect(another.get_by_role("heading")).to_have_text("Dieser Link gilt nicht mehr")
    another.goto(doors.base + "/sign-in")
    sign_in(another, "leitung")
    is_signed_in(another, "leitung")


def test_a_colleague_chooses_a_password_by_a_link_and_sees_what_was_granted(doors: Doors) -> None:
    """Added, given a newer link because the first was lost, and from then on signed in with the password."""
    lost = doors.aufruf("account", "add", "m.meyer", "--role", "clerk:mitte")
    link = doors.aufruf("account", "link", "m.meyer")
    assert lost.startswith(doors.base + "/first/")
    page = doors.browser().new_page()
    page.goto(lost)
    expect(page.get_by_role("heading", level=1)).to_have_text("Dieser Link gilt nicht mehr")
    page.goto(link)
    page.get_by_role("button", name="Anmelden und Passwort wählen").click()
    at(page, "/password")
    expect(page.get_by_label("Konto")).to_have_count(0)
    page.get_by_label("Neues Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Passwort setzen").click()
    is_signed_in(page, "m.meyer")
    page.get_by_role("button", name="Abmelden").click()

    page.goto(link)
    expect(page.get_by_role("main")).to_contain_text("Er wurde schon benutzt")
    page.goto(doors.base + "/sign-in")
    sign_in(page, "m.meyer")
    is_signed_in(page, "m.meyer")
    offered = {one.get_attribute("href") for one in page.get_by_role("main").get_by_role("link").all()}
    assert "/counter/mitte/1" in offered
    assert not [path for path in offered if path and path.startswith(("/supervisor/", "/report/", "/admin"))]
    for path, status in (("/counter/mitte/1", 200), ("/supervisor/mitte", 403), ("/report/mitte", 403)):
        answer = page.goto(doors.base + path)
        assert answer is not None
        assert answer.status == status, path


@pytest.fixture
def clerk(doors: Doors, request: pytest.FixtureRequest) -> str:
    """Who signs in; each test has its own account, because wrong passwords are counted."""
    name = re.sub(r"\W+", "-", request.node.name)
    doors.account(name, [("supervisor", "mitte")])
    return name


def test_a_stranger_signs_in_and_is_where_they_wanted_to_be(doors: Doors, clerk: str) -> None:
    page = doors.page("/counter/mitte/2")
    at(page, "/sign-in?next=/counter/mitte/2")
    sign_in(page, clerk, "nicht das Passwort")
    expect(page.get_by_role("alert")).to_have_text("Konto oder Passwort stimmt nicht.")
    sign_in(page, clerk)

    at(page, "/counter/mitte/2")
    is_signed_in(page, clerk)
    expect(page.locator("[data-act=open]")).to_be_visible()
    name = "__Host-aufruf" if doors.secure else "aufruf"
    cookie = doors.cookies(page)[name]
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (doors.secure, True, "Strict")


def test_who_guesses_is_told_to_wait_on_the_page_itself(doors: Doors, clerk: str) -> None:
    page = doors.page("/sign-in")
    for _ in range(20):  # the waits double every time: at some point they are longer than a slow machine takes
        with page.expect_navigation():
            sign_in(page, clerk, "geraten und wieder geraten")
        if "Zu viele" in page.get_by_role("alert").inner_text():
            break
    expect(page.get_by_role("alert")).to_contain_text("Zu viele Versuche")
    expect(page.get_by_label("Konto")).to_have_value(clerk)


def test_signing_out_is_one_press_on_every_page_of_staff(doors: Doors, clerk: str) -> None:
    """And cookies copied from the browser before do not work any more."""
    for path in ("/", "/counter/mitte/1", "/supervisor/mitte", "/report/mitte"):
        page = doors.page("/sign-in?next=" + path)
        sign_in(page, clerk)
        at(page, path)
        kept = {str(one["name"]): str(one["value"]) for one in page.context.cookies()}
        page.get_by_role("button", name="Abmelden").click()

        at(page, "/sign-in?signed-out")
        expect(page.get_by_role("status").filter(has_text="Sie sind abgemeldet.")).to_be_visible()
        assert not {"aufruf", "__Host-aufruf"} & doors.cookies(page).keys()
        page.goto(doors.base + "/counter/mitte/1")
        at(page, "/sign-in?next=/counter/mitte/1")
        with httpx.Client(verify=False, cookies=kept) as thief:
            assert thief.get(f"{doors.base}/api/v1/me").status_code == 401


def test_another_tab_hears_of_the_signing_out(doors: Doors, clerk: str) -> None:
    page = doors.page("/sign-in?next=/counter/mitte/3")
    sign_in(page, clerk)
    expect(page.locator("[data-act=open]")).to_be_visible()
    another = page.context.new_page()
    another.goto(doors.base + "/")
    another.get_by_role("button", name="Abmelden").click()

    expect(page.get_by_text("Sie sind nicht angemeldet.")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="Anmelden").click()
    at(page, "/sign-in?next=%2Fcounter%2Fmitte%2F3")


def test_a_session_that_ended_meanwhile_leads_back_to_the_same_page(doors: Doors, clerk: str) -> None:
    page = doors.page("/sign-in?next=/counter/mitte/4")
    sign_in(page, clerk)
    at(page, "/counter/mitte/4")
    page.context.clear_cookies()
    page.reload()
    at(page, "/sign-in?next=/counter/mitte/4")
    sign_in(page, clerk)
    at(page, "/counter/mitte/4")


def test_a_device_signs_in_by_its_token_and_keeps_none(doors: Doors) -> None:
    token = doors.office.token("kiosk", "--office", "mitte", "--for", "entrance")
    page = doors.page("/kiosk/mitte/entrance")
    page.get_by_text("Dieses Gerät anmelden").click()
    page.get_by_label("Geräteschlüssel").fill("aufruf_" + "x" * 43)
    page.get_by_role("button", name="Gerät anmelden").click()
    expect(page.get_by_role("alert")).to_contain_text("Diesen Geräteschlüssel gibt es nicht")
    page.get_by_label("Geräteschlüssel").fill(token)
    page.get_by_role("button", name="Gerät anmelden").click()

    at(page, "/kiosk/mitte/entrance")
    page.locator("[data-service=ausweis]").click()
    page.locator("[data-act=have]").click()
    expect(page.locator("#number")).to_have_text(re.compile(r"^[A-Z]\d{3}$"))
    cookie = doors.cookies(page)["__Host-aufruf_device" if doors.secure else "aufruf_device"]
    assert token not in str(cookie["value"])
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (doors.secure, True, "Strict")


@pytest.mark.parametrize("role", ["admin", "clerk"])
def test_a_token_of_staff_signs_no_page_in(doors: Doors, role: str) -> None:
    page = doors.page("/sign-in")
    page.get_by_text("Dieses Gerät anmelden").click()
    page.get_by_label("Geräteschlüssel").fill(doors.office.token(role, "--office", "mitte"))
    page.get_by_role("button", name="Gerät anmelden").click()

    expect(page.get_by_role("alert")).to_contain_text("nicht für ein einzelnes Gerät")
    assert doors.cookies(page) == {}
