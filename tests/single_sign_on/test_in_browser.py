"""Staff sign in at the city's provider, which is another site, in real browsers; what goes wrong there is said in words."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.axe import findings
from tests.single_sign_on.conftest import KnowingOffice, Provider
from tests.story.conftest import Visitors

pytestmark = pytest.mark.browser


def at_provider(page: Page, subject: str) -> None:
    page.get_by_role("link", name="Mit dem Konto der Stadt anmelden").click()
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize").click()


def signed_in(visitors: Visitors, office: KnowingOffice, subject: str, path: str = "/sign-in") -> Page:
    page = visitors.page(office.base + path)
    at_provider(page, subject)
    return page


def test_a_supervisor_signs_in_there_and_comes_back_to_the_page_they_wanted(
    knowing: KnowingOffice, provider: Provider, visitors: Visitors
) -> None:
    provider.person("s-1", preferred_username="b.schulz", groups=["Aufsicht Mitte", "Kantine"])
    page = visitors.page(f"{knowing.base}/supervisor/mitte")
    assert findings(page) == []
    at_provider(page, "s-1")

    page.wait_for_url(f"{knowing.base}/supervisor/mitte")
    expect(page.locator(".who")).to_contain_text("b.schulz")
    expect(page.locator("table").first).to_be_visible()
    cookies = {one["name"]: one for one in page.context.cookies()}
    assert cookies["aufruf"]["sameSite"] == "Strict"
    assert "aufruf_oidc" not in cookies

    page.locator(".who button").click()
    expect(page.get_by_role("status")).to_contain_text("abgemeldet")
    away = page.get_by_role("link", name="Auch beim Anmeldedienst der Stadt abmelden")
    assert str(away.get_attribute("href")).startswith(f"{provider.issuer}/")
    assert findings(page) == []


def test_groups_that_change_change_the_roles_at_the_next_sign_in(
    knowing: KnowingOffice, provider: Provider, visitors: Visitors
) -> None:
    provider.person("s-2", preferred_username="wechsel", groups=["Aufsicht Mitte"])
    first = signed_in(visitors, knowing, "s-2")
    expect(first.locator(".who")).to_contain_text("wechsel")
    provider.person("s-2", preferred_username="anders", groups="Schalter")
    second = signed_in(visitors, knowing, "s-2")
    expect(second.locator(".who")).to_contain_text("wechsel")

    answer = second.request.get(f"{knowing.base}/supervisor/mitte", headers={"Accept": "text/html"})
    assert answer.status == 403
    assert second.request.get(f"{knowing.base}/counter/mitte/1").status == 200
    assert first.request.get(f"{knowing.base}/api/v1/me").status == 401


def test_an_account_of_that_name_that_was_made_here_is_not_taken_over(
    knowing: KnowingOffice, provider: Provider, visitors: Visitors
) -> None:
    made = knowing.http.post(
        "/admin", data={"name": "leitung", "role": "admin", "office": ""}, headers={"Accept": "text/html"}
    )
    assert made.status_code == 200
    provider.person("s-3", preferred_username="Leitung", groups=["Schalter"])
    page = signed_in(visitors, knowing, "s-3")

    expect(page.locator(".who")).to_contain_text("Leitung (127.0.0.1)")
    assert page.request.get(f"{knowing.base}/admin").status == 403


def test_whoever_has_no_group_here_is_told_so(knowing: KnowingOffice, provider: Provider, visitors: Visitors) -> None:
    provider.person("s-4", preferred_username="fremd", groups=["Kantine"])
    page = signed_in(visitors, knowing, "s-4")

    expect(page.get_by_role("alert")).to_contain_text("hat hier keine Aufgabe")
    assert "names no group of --oidc-group" in knowing.log.read_text()
    assert findings(page) == []
    visitors.errors.clear()


def test_a_disabled_account_stays_outside(knowing: KnowingOffice, provider: Provider, visitors: Visitors) -> None:
    provider.person("s-5", preferred_username="gesperrt", groups=["Schalter"])
    expect(signed_in(visitors, knowing, "s-5").locator(".who")).to_contain_text("gesperrt")
    listed = knowing.http.get("/admin", headers={"Accept": "text/html"}).text
    id = listed.split('">gesperrt<')[0].rpartition("/admin/people/")[2]
    assert knowing.http.post(f"/admin/people/{id}", data={"do": "disable"}).status_code == 303
    page = signed_in(visitors, knowing, "s-5")

    expect(page.get_by_role("alert")).to_contain_text("hier gesperrt")
    visitors.errors.clear()


def test_an_answer_that_nobody_asked_for_opens_nothing(knowing: KnowingOffice, visitors: Visitors) -> None:
    page = visitors.page(f"{knowing.base}/sign-in/oidc/back?code=x&state=y")

    expect(page.get_by_role("alert")).to_contain_text("Bitte noch einmal")
    assert [one["name"] for one in page.context.cookies()] == []
    visitors.errors.clear()


def test_a_wrong_secret_and_a_wrong_issuer_are_one_line_each_in_the_log(
    provider: Provider, visitors: Visitors, tmp_path: Path
) -> None:
    provider.person("s-6", groups=["Schalter"])
    folders = [tmp_path / name for name in ("secret", "issuer", "away")]
    for folder in folders:
        folder.mkdir()
    wrong = KnowingOffice(folders[0], provider, secret="nonsense-secret")
    page = signed_in(visitors, wrong, "s-6")
    expect(page.get_by_role("alert")).to_contain_text("der Grund steht im Protokoll")
    assert wrong.log.read_text().count("invalid_client") == 1
    assert "nonsense-secret" not in wrong.log.read_text()
    assert wrong.close() == 0

    other = KnowingOffice(folders[1], provider, issuer=f"{provider.issuer}/")
    page = visitors.page(f"{other.base}/sign-in/oidc")
    expect(page.get_by_role("alert")).to_contain_text("der Grund steht im Protokoll")
    assert other.log.read_text().count("--oidc-issuer must say the same") == 1
    assert other.close() == 0

    away = KnowingOffice(folders[2], provider, issuer="http://127.0.0.1:9")
    page = visitors.page(f"{away.base}/sign-in/oidc")
    expect(page.get_by_role("alert")).to_contain_text("antwortet nicht")
    expect(page.get_by_label("Passwort")).to_be_visible()
    assert away.log.read_text().count("it does not answer") == 1
    assert away.close() == 0
    visitors.errors.clear()
