"""Passkeys as the second step of administrators, with Chromium's virtual authenticator, over https and by a name."""

from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.axe import findings
from tests.story.conftest import OpenOffice, Visitors

pytestmark = pytest.mark.browser
ME = "async () => (await fetch('/api/v1/me')).status"
PASSWORD = "Kaffee um halb zehn"


def with_authenticator(page: Page) -> tuple[CDPSession, str]:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options: dict[str, Any] = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True, "hasResidentKey": False}
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def first(office: OpenOffice, visitors: Visitors) -> Page:
    page = visitors.page(office.base + "/first/" + office.sign_in.partition("/first/")[2])
    page.get_by_role("button", name="Anmelden").click()
    page.get_by_label("Konto").fill("leitung")
    page.get_by_label("Neues Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Passwort setzen").click()
    expect(page.locator(".who")).to_contain_text("leitung")
    return page


def password(page: Page, office: OpenOffice) -> None:
    page.goto(f"{office.base}/sign-in?next=/admin")
    page.get_by_label("Konto").fill("leitung")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def test_a_passkey_is_made_asked_for_and_never_skipped(office: OpenOffice, visitors: Visitors) -> None:
    page = first(office, visitors)
    session, authenticator = with_authenticator(page)
    page.goto(f"{office.base}/admin/passkeys")
    assert findings(page) == []
    page.get_by_label("Name, an dem").fill("Blauer Schlüssel")
    page.get_by_role("button", name="Passkey anlegen").click()
    expect(page.get_by_role("status")).to_contain_text("angelegt")
    expect(page.locator("li", has_text="Blauer Schlüssel")).to_be_visible()
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]) == 1

    page.locator(".who button").click()
    password(page, office)
    expect(page.locator("h1")).to_have_text("Zweiter Schritt")
    assert findings(page) == []
    assert page.evaluate(ME) == 401  # the password alone signs nobody in
    used: list[str] = []
    page.on("request", lambda request: used.append(request.post_data or "") if "/passkey" in request.url else None)
    page.get_by_role("button", name="Mit Passkey bestätigen").click()
    page.wait_for_url(f"{office.base}/admin")
    expect(page.locator(".who")).to_contain_text("leitung")

    sent = next(body for body in used if "credential" in body)
    headers = {"content-type": "application/x-www-form-urlencoded", "origin": office.base}
    again = office.http.post("/sign-in/passkey", content=sent, headers=headers)
    assert (again.status_code, "set-cookie" in again.headers) == (401, False)
    page.goto(f"{office.base}/admin/audit")
    expect(page.locator("tbody")).to_contain_text("Passkey angelegt")


def test_without_the_passkey_nobody_gets_in_and_the_line_for_it_helps(office: OpenOffice, visitors: Visitors) -> None:
    """After the test above: another computer, whose authenticator has no key for this account."""
    page = visitors.page(f"{office.base}/sign-in")
    with_authenticator(page)
    password(page, office)
    page.get_by_role("button", name="Mit Passkey bestätigen").click()
    expect(page.get_by_role("alert")).to_contain_text("nicht gepasst", timeout=70_000)
    assert page.evaluate(ME) == 401
    listed = office.http.get("/admin", headers={"Accept": "text/html"}).text
    id = listed.split('">leitung<')[0].rpartition("/admin/people/")[2]
    assert office.http.post(f"/admin/people/{id}", data={"do": "no-passkeys"}).status_code == 303
    password(page, office)
    expect(page.locator(".who")).to_contain_text("leitung")
