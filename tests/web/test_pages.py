"""Pages as browsers get them: who sees which, where strangers are sent, headers, and forms only from our own pages."""

import re

import pytest

from server.messages.terms import Role
from server.web.line.headers import CONTENT_SECURITY_POLICY
from server.web.line.peer import networks
from server.web.site import Settings
from server.web.way import Open
from tests.web.conftest import House, Stand

BROWSER = {"Accept": "text/html,application/xhtml+xml", "Accept-Language": "en-GB,en;q=0.9"}
PASSWORD = "ein langes gutes Wort"


async def signed_in(house: House, role: Role, office: str = "mitte") -> dict[str, str]:
    """The headers of a browser whose user has signed in on the page."""
    await house.site.access.accounts.create(f"{role}-name", PASSWORD, [(role, office)])
    form = {"account": f"{role}-name", "password": PASSWORD, "next": "/"}
    answer = await house.client.post("/sign-in", data=form, headers={**BROWSER, "Origin": house.url})
    assert answer.status_code == 303, answer.text
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    house.client.cookies.clear()
    return {**BROWSER, "Cookie": cookie.split(";")[0]}


async def test_the_launch_pad_is_for_everybody(house: House) -> None:
    answer = await house.client.get("/", headers=BROWSER)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert 'href="/display/mitte/hall"' in answer.text
    assert 'lang="en"' in answer.text
    german = await house.client.get("/?lang=de", headers=BROWSER)
    assert 'lang="de"' in german.text


async def test_the_launch_pad_offers_who_is_signed_in_what_they_may_open(house: House) -> None:
    """Every page that it links to can be opened, and none is of another office."""
    for role in ("clerk", "supervisor", "observer", "desk", "admin"):
        headers = await signed_in(house, role)
        page = (await house.client.get("/", headers=headers)).text
        offered = set(re.findall(r'href="(/\w+/\w+(?:/[\w-]+)?)"', page))
        assert offered, role
        assert not [path for path in offered if path.startswith(("/sign-", "/static")) or "rathaus" in path], role
        for path in offered - {"/display/mitte/staff-room"}:
            assert (await house.client.get(path, headers=headers)).status_code == 200 or path.startswith(
                ("/report/", "/evaluation/")
            ), path
        assert ("/supervisor/mitte" in offered) is (role in ("supervisor", "observer", "admin")), role


async def test_a_stranger_is_sent_to_sign_in_and_comes_back(house: House) -> None:
    answer = await house.client.get("/counter/mitte/1", headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/counter/mitte/1")
    page = await house.client.get(answer.headers["location"], headers=BROWSER)
    assert 'name="next" value="/counter/mitte/1"' in page.text

    program = await house.client.get("/counter/mitte/1")
    assert program.status_code == 401
    assert program.headers["www-authenticate"] == "Bearer"


async def test_a_clerk_sees_counters_and_not_the_supervisors_table(house: House) -> None:
    headers = await signed_in(house, "clerk")

    counter = await house.client.get("/counter/mitte/1", headers=headers)
    table = await house.client.get("/supervisor/mitte", headers=headers)
    elsewhere = await house.client.get("/counter/rathaus/1", headers=headers)

    assert counter.status_code == 200
    assert 'data-office="mitte" data-id="1"' in counter.text
    assert (table.status_code, elsewhere.status_code) == (403, 403)
    assert "<h1>" in table.text


@pytest.mark.parametrize("display", ["hall"])
async def test_a_wall_speaks_the_offices_languages(house: House, display: str) -> None:
    answer = await house.client.get(f"/display/mitte/{display}", headers=BROWSER)

    assert answer.status_code == 200
    assert '<html lang="de"' in answer.text
    assert 'data-languages="de,en"' in answer.text


async def test_a_device_signs_its_page_in_with_its_token(house: House) -> None:
    """The token becomes a cookie and is never in an address."""
    token = await house.token("display", "staff-room")
    refused = await house.client.get("/display/mitte/staff-room")
    answer = await house.client.post(
        "/sign-in", data={"device": token, "next": "/display/mitte/staff-room"}, headers={"Origin": house.url}
    )
    shown = await house.client.get(answer.headers["location"])
    foreign = await house.client.get("/kiosk/mitte/entrance")

    assert [refused.status_code, answer.status_code, shown.status_code, foreign.status_code] == [401, 303, 200, 403]


async def test_the_phones_page_shows_number_and_state_without_scripts(house: House) -> None:
    ticket = await house.ticket()
    answer = await house.client.get(f"/t/{ticket['secret']}", headers=BROWSER)

    assert answer.status_code == 200
    assert ticket["number"] in answer.text
    assert 'data-state="waiting"' in answer.text
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert "set-cookie" not in answer.headers


async def test_a_link_nobody_made(house: House) -> None:
    answer = await house.client.get("/t/mitte.0123456789abcdef.AAAAAAAAAAAAAAAAAAAAAA", headers=BROWSER)
    assert answer.status_code == 404
    assert "<h1>" in answer.text


async def test_the_first_administrator(house: House) -> None:
    """A link that works once, and lets its owner choose a name and a password."""
    secret = await house.site.access.first_link.fresh()
    spent = await house.client.post(f"/first/{secret}", headers={**BROWSER, "Origin": house.url})
    house.client.cookies.clear()
    assert (spent.status_code, spent.headers["location"]) == (303, "/password")
    session = {**BROWSER, "Origin": house.url, "Cookie": spent.headers["set-cookie"].split(";")[0]}
    form = {"account": "Leitung"}

    table = await house.client.get("/supervisor/mitte", headers=session)
    page = await house.client.get("/password", headers=session)
    stranger = await house.client.post("/password", data={**form, "password": PASSWORD}, headers={"Origin": house.url})
    weak = await house.client.post("/password", data={**form, "password": "kurz"}, headers=session)
    good = await house.client.post("/password", data={**form, "password": PASSWORD}, headers=session)
    house.client.cookies.clear()
    again = await house.client.post("/password", data={**form, "password": PASSWORD}, headers=session)

    assert [table.status_code, page.status_code, stranger.status_code] == [200, 200, 410]
    assert 'name="password"' in page.text
    assert [weak.status_code, good.status_code, again.status_code] == [422, 303, 410]
    assert (await house.client.get(f"/first/{secret}", headers=BROWSER)).status_code == 410
    sign_in = {"account": "leitung", "password": PASSWORD}
    answer = await house.client.post("/sign-in", data=sign_in, headers={"Origin": house.url})
    assert answer.status_code == 303


async def test_looking_changes_nothing(house: House) -> None:
    """Chat previews and mail scanners open every link: no GET and no HEAD signs in or out or uses up anything."""
    secret = await house.site.access.first_link.fresh()
    session = await signed_in(house, "clerk")
    for method in ("GET", "HEAD"):
        for way in house.ways:
            if not way.page or {"office", "id"} & set(way.names):
                continue
            answer = await house.client.request(method, way.path.replace("{secret}", str(secret)), headers=session)
            assert "set-cookie" not in answer.headers, (method, way.path)

    assert (await house.client.get("/counter/mitte/1", headers=session)).status_code == 200
    spent = await house.client.post(f"/first/{secret}", headers={"Origin": house.url})
    assert spent.status_code == 303


@pytest.mark.parametrize("role", ["admin", "supervisor", "clerk", "desk", "observer", "booking"])
async def test_only_a_device_signs_in_by_a_token(house: House, role: Role) -> None:
    form = {"device": await house.token(role), "next": "/"}
    answer = await house.client.post("/sign-in", data=form, headers={"Origin": house.url})

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert "set-cookie" not in answer.headers
    page = await house.client.post("/sign-in", data=form, headers={**BROWSER, "Origin": house.url})
    assert (page.status_code, 'role="alert"' in page.text) == (403, True)


async def test_a_devices_cookie_does_not_hold_its_token(house: House) -> None:
    token = await house.token("kiosk", "entrance")
    answer = await house.client.post("/sign-in", data={"device": token}, headers={"Origin": house.url})
    cookie = answer.headers["set-cookie"].split(";")[0]
    house.client.cookies.clear()

    assert token not in cookie
    as_bearer = {"Authorization": f"Bearer {cookie.partition('=')[2]}"}
    assert (await house.client.get("/api/v1/me", headers=as_bearer)).status_code == 401
    assert (await house.client.get("/api/v1/me", headers={"Cookie": cookie})).json()["for"] == "entrance"


@pytest.mark.parametrize("role", ["display", "announcer", "printer", "kiosk", "station"])
async def test_a_device_token_that_names_no_device_acts_no_more(house: House, role: Role) -> None:
    """Over HTTP and socket, whatever it presses; it may still ask who it is."""
    bearer = await house.bearer(role)
    for command in ("issue_ticket", "report_print", "request_help", "call_next", "silence_zone"):
        answer = await house.press(role, type=command, services=["ausweis"], counter="1", zone="hall", ticket="x")
        assert answer.status_code in (403, 422), (role, command, answer.text)
    assert (await house.press(role, type="issue_ticket", services=["ausweis"])).status_code == 403
    assert (await house.client.get("/api/v1/me", headers=bearer)).json()["for"] is None


async def test_wrong_passwords_are_counted(house: House) -> None:
    await house.site.access.accounts.create("anna", PASSWORD, [("clerk", "mitte")])
    statuses = []
    for _ in range(8):
        form = {"account": "anna", "password": "falsch"}
        statuses.append(
            (await house.client.post("/sign-in", data=form, headers={**BROWSER, "Origin": house.url})).status_code
        )

    assert statuses[0] == 401
    assert statuses[-1] == 429


@pytest.mark.parametrize(
    "origin", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_a_page_of_another_site_may_post_nothing(house: House, origin: dict[str, str]) -> None:
    session = await signed_in(house, "supervisor")
    press = {**session, **origin, "Idempotency-Key": "a", "Accept": "*/*"}

    forged = await house.client.post("/api/v1/offices/mitte/commands", json={"type": "close_day"}, headers=press)
    form = await house.client.post("/sign-in", data={"account": "a", "password": "b"}, headers=origin)
    out = await house.client.post("/sign-out", headers={**session, **origin, "Accept": "*/*"})

    for answer in (forged, form, out):
        assert (answer.status_code, answer.json()["code"]) == (403, "origin_refused")
    own = {**press, "Origin": house.url, "Sec-Fetch-Site": "same-origin"}
    good = await house.client.post("/api/v1/offices/mitte/commands", json={"type": "open_day"}, headers=own)
    assert good.status_code == 200


@pytest.mark.parametrize(
    "next", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nX: y"]
)
async def test_sign_in_goes_on_to_our_own_pages_only(house: House, next: str) -> None:
    await house.site.access.accounts.create("anna", PASSWORD, [("clerk", "mitte")])
    form = {"account": "anna", "password": PASSWORD, "next": next}
    answer = await house.client.post("/sign-in", data=form, headers={"Origin": house.url})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_signing_out_ends_the_session_itself(house: House) -> None:
    """A copy of the cookie does not work any more; a socket opened with it is closed."""
    session = await signed_in(house, "supervisor")
    kept = {"Cookie": session["Cookie"], "Origin": house.url}
    async with house.socket(headers=kept) as talk:
        await talk.say(type="hello", board="supervisor")
        await talk.shown()
        answer = await house.client.post("/sign-out", headers={**session, "Origin": house.url})

        assert answer.status_code == 303
        assert "Max-Age=0" in answer.headers["set-cookie"]
        assert (await house.client.get("/api/v1/me", headers=kept)).status_code == 401
        assert (await house.client.get("/supervisor/mitte", headers=session)).status_code == 303
        assert await talk.closed() == 4401


async def test_signing_out_empties_the_browser_of_what_it_kept(house: House) -> None:
    session = await signed_in(house, "supervisor")
    answer = await house.client.post("/sign-out", headers={**session, "Origin": house.url})

    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert "no-store" in answer.headers["cache-control"]


async def test_who_signs_out_of_a_session_that_is_over_does_not_sign_the_device_out(house: House) -> None:
    """A supervisor had signed in on a kiosk's browser; their page is pressed after their session has ended."""
    token = await house.token("kiosk", "entrance")
    device = (await house.client.post("/sign-in", data={"device": token})).headers["set-cookie"].split(";")[0]
    house.client.cookies.clear()
    session = await signed_in(house, "supervisor")
    both = {"Cookie": f"{session['Cookie']}; {device}", "Origin": house.url}
    for _ in range(2):
        answer = await house.client.post("/sign-out", headers=both)
        assert answer.headers["set-cookie"].startswith("aufruf=")

    assert (await house.client.get("/api/v1/me", headers={"Cookie": device})).status_code == 200


async def test_every_staff_page_says_who_is_signed_in_and_has_one_press_out(house: House) -> None:
    session = await signed_in(house, "supervisor")
    for path in ("/", "/counter/mitte/1", "/supervisor/mitte"):
        page = (await house.client.get(path, headers=session)).text
        assert "supervisor-name" in page, path
        assert 'action="/sign-out"' in page, path
        assert 'href="/"' in page, path

    for stranger in ("/", "/sign-in", "/display/mitte/hall"):
        page = (await house.client.get(stranger, headers=BROWSER)).text
        assert 'action="/sign-out"' not in page, stranger


async def test_a_form_with_too_many_fields_is_no_form_of_ours(house: House) -> None:
    for path in ("/sign-in", "/password"):
        form = {f"field{number}": "x" for number in range(40)}
        answer = await house.client.post(path, data=form, headers={"Origin": house.url})
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


async def test_every_answer_carries_the_headers(house: House) -> None:
    ticket = await house.ticket()
    for path in (
        "/",
        "/nothing",
        "/static/page.js",
        "/api/v1/offices",
        f"/t/{ticket['secret']}",
        "/metrics",
        "/audio/x.wav",
    ):
        for accept in ("*/*", "text/html"):
            headers = (await house.client.get(path, headers={"Accept": accept})).headers
            assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == ("no-referrer" if path.startswith("/t/") else "same-origin")
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert "server" not in headers
            assert "strict-transport-security" not in headers


async def test_no_page_has_inline_script_or_style(house: House) -> None:
    ticket = await house.ticket()
    session = await signed_in(house, "admin", "")
    values = {"{office}": "mitte", "{secret}": ticket["secret"]}
    ids = {"counter": "1", "display": "hall", "kiosk": "entrance"}
    for way in house.ways:
        if not way.page or way.method != "GET" or way.path.startswith(("/first/", "/password")):
            continue
        path = way.path
        for name, value in {**values, "{id}": ids.get(way.board or "", "")}.items():
            path = path.replace(name, value)
        page = (await house.client.get(path, headers=session)).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page), path


class TestWithAPublicAddress:
    """The public address is https; this port is not, and a proxy on 127.0.0.1 is trusted."""

    @pytest.fixture
    def stand(self, stand: Stand) -> Stand:
        stand.settings = Settings(public_url="https://aufruf.example", trusted_proxies=networks(["127.0.0.1/32"]))
        return stand

    @pytest.mark.parametrize(
        ("sent", "secure"),
        [
            ({}, False),
            ({"Host": "aufruf.example"}, True),
            ({"Host": "AUFRUF.example"}, True),
            ({"Host": "aufruf.example:8080"}, False),
            ({"Host": "10.0.0.5:8080"}, False),
            ({"X-Forwarded-Proto": "https"}, True),
            ({"X-Forwarded-Proto": "http"}, False),
            ({"X-Forwarded-Proto": "https, http"}, True),
            ({"X-Forwarded-Proto": "http, https"}, False),
        ],
    )
    async def test_cookies_are_secure_where_the_browser_came_over_tls(
        self, house: House, sent: dict[str, str], secure: bool
    ) -> None:
        """Staff's and a device's: with `Secure` nobody could sign in over a plain line, without it others could read it."""
        await house.site.access.accounts.create("anna", PASSWORD, [("clerk", "mitte")])
        staff = {"account": "anna", "password": PASSWORD}
        for form, name in ((staff, "aufruf"), ({"device": await house.token("kiosk", "entrance")}, "aufruf_device")):
            answer = await house.client.post("/sign-in", data=form, headers=sent)
            house.client.cookies.clear()
            cookie = answer.headers["set-cookie"]
            assert cookie.startswith(f"__Host-{name}=" if secure else f"{name}=")
            assert ("; Secure" in cookie) is secure
            assert ("strict-transport-security" in answer.headers) is secure
            value = cookie.split(";")[0]
            assert (await house.client.get("/api/v1/me", headers={**sent, "Cookie": value})).status_code == 200
            out = await house.client.post("/sign-out", headers={**sent, "Cookie": value})
            assert out.headers["set-cookie"].startswith(f"{value.partition('=')[0]}=")

    async def test_over_tls_a_cookie_that_another_site_could_set_counts_for_nothing(self, house: House) -> None:
        account = await house.site.access.accounts.create("anna", PASSWORD, [("clerk", "mitte")])
        value = house.site.access.sessions.begin(account)
        plain = {"Cookie": f"aufruf={value}", "X-Forwarded-Proto": "https"}

        assert (await house.client.get("/api/v1/me", headers=plain)).status_code == 401

    async def test_the_public_address_is_our_own_origin(self, house: House) -> None:
        form = {"account": "x", "password": "y"}
        answer = await house.client.post("/sign-in", data=form, headers={"Origin": "https://aufruf.example"})
        assert answer.status_code == 401


def test_pages_of_boards_have_their_rule() -> None:
    assert Open.BY_BOARD.value
