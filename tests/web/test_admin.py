"""The pages under `/admin`: who sees what, what they change, what is never possible, and what the audit says of it."""

import csv
import io
import re
from html import unescape
from typing import Any

import httpx
import pytest

from server.access.accounts import Account
from server.access.audit import ActsWanted
from tests.web.conftest import House

PASSWORD = "Kaffee um halb zehn"
Headers = dict[str, str]


async def session(house: House, name: str, *grants: tuple[str, str]) -> Headers:
    """Somebody who is signed in at a page with these (role, office) pairs."""
    account = await house.site.access.accounts.create(name, PASSWORD, grants)  # type: ignore[arg-type]
    cookie = house.site.access.sessions.cookie("page", house.site.access.sessions.begin(account), secure=False)
    return {"Cookie": f"{cookie['key']}={cookie['value']}", "Origin": house.url, "Accept": "text/html"}


@pytest.fixture
async def admin(house: House) -> Headers:
    for office in ("mitte", "rathaus"):
        await house.site.access.known.note(house.site.desks[office].state.office)
    return await session(house, "leitung", ("admin", ""))


async def named(house: House, name: str) -> Account:
    account = await house.site.access.accounts.named(name)
    assert account is not None
    return account


async def press(house: House, who: Headers, path: str, **form: str) -> httpx.Response:
    return await house.client.post(path, data=form, headers=who)


async def acts(house: House) -> list[tuple[str, str]]:
    return [(one.act, one.office) for one in reversed(await house.site.access.audit.read(ActsWanted(), 99))]


async def test_a_colleague_is_invited_by_a_link_that_works_once(house: House, admin: Headers) -> None:
    page = await press(house, admin, "/admin", name="m.meyer", role="clerk", office="mitte")
    link = re.search(r'value="(http[^"]+/first/[^"]+)"', unescape(page.text))
    assert link is not None
    assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
    assert (await named(house, "m.meyer")).grants == (("clerk", "mitte"),)

    path = link[1].removeprefix(house.url)
    spent = [(await house.client.post(path, headers={"Origin": house.url})).status_code for _ in range(2)]
    assert spent == [303, 410]
    listed = (await house.client.get("/admin", headers=admin)).text
    assert "m.meyer" in listed
    assert "noch ohne Passwort" in listed


async def test_a_name_that_is_taken_or_empty_is_said(house: House, admin: Headers) -> None:
    for name, says in (("Leitung", "gibt es schon ein Konto"), ("  ", "Bitte einen Namen angeben")):
        page = await press(house, admin, "/admin", name=name, role="clerk", office="mitte")
        assert (page.status_code, says in page.text, 'role="alert"' in page.text) == (422, True, True), name
    for form, field in (({"role": "kiosk"}, "role"), ({"office": "nowhere"}, "office")):
        wrong = {"name": "x", "role": "clerk", "office": "mitte", **form}
        answer = await press(house, {**admin, "Accept": "*/*"}, "/admin", **wrong)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


async def test_an_account_gets_and_loses_roles_and_everything_is_in_the_audit(house: House, admin: Headers) -> None:
    clerk = await session(house, "m.meyer", ("clerk", "mitte"))
    id = (await named(house, "m.meyer")).id
    path = f"/admin/people/{id}"
    assert (await house.client.get("/counter/mitte/1", headers=clerk)).status_code == 200

    await press(house, admin, path, do="add", role="supervisor", office="rathaus")
    assert (await named(house, "m.meyer")).grants == (("clerk", "mitte"), ("supervisor", "rathaus"))
    taken = await press(house, admin, path, do="take", role="clerk", office="mitte")
    assert (taken.status_code, taken.headers["location"]) == (303, f"{path}?done=take")
    assert (await house.client.get("/api/v1/me", headers=clerk)).status_code == 401
    for act in ("sign-out", "disable", "enable"):
        assert (await press(house, admin, path, do=act)).status_code == 303
    disabled = await press(house, admin, path, do="disable")
    no_link = await press(house, admin, path, do="link")
    assert (disabled.status_code, no_link.status_code, "Erst entsperren" in no_link.text) == (303, 422, True)
    assert "Die Aufgabe ist genommen." in (await house.client.get(f"{path}?done=take", headers=admin)).text

    told = [act for act, _ in await acts(house)]
    assert told == [
        *("roles_set", "roles_set", "signed_out_everywhere"),
        *("account_disabled", "account_enabled", "account_disabled"),
    ]


async def test_the_last_administrator_cannot_be_lost(house: House, admin: Headers) -> None:
    id = (await named(house, "leitung")).id
    for form in ({"do": "disable"}, {"do": "take", "role": "admin", "office": ""}):
        page = await press(house, admin, f"/admin/people/{id}", **form)
        assert (page.status_code, "Danach könnte niemand mehr verwalten" in page.text) == (422, True), form
    await session(house, "vertretung", ("admin", ""))

    assert (await press(house, admin, f"/admin/people/{id}", do="disable")).status_code == 303


async def test_who_administers_one_office_sees_and_changes_nothing_else(house: House, admin: Headers) -> None:
    """Neither its own rights nor anybody's who has one elsewhere: else one office's administrator had all of them."""
    local = await session(house, "mitte-leitung", ("admin", "mitte"))
    for name, grants in {
        "hier": [("clerk", "mitte")],
        "dort": [("clerk", "rathaus")],
        "beide": [("clerk", "mitte"), ("clerk", "rathaus")],
        "nirgends": [],
    }.items():
        await house.site.access.accounts.create(name, None, grants)  # type: ignore[arg-type]
    token = (await house.site.access.tokens.create("observer", ("rathaus",), None, "fremd"))[1]
    every = (await house.site.access.tokens.create("observer", (), None, "ueberall"))[1]
    await house.site.access.audit.note("a-1", "signed_in")

    people = (await house.client.get("/admin", headers=local)).text
    assert [name in people for name in ("hier", "dort", "beide", "nirgends", ">leitung")] == [True, *[False] * 4]
    assert 'value="rathaus"' not in people
    assert 'value=""' not in people.partition("<select")[2]
    tokens = (await house.client.get("/admin/tokens", headers=local)).text
    assert "fremd" not in tokens
    assert "ueberall" not in tokens
    assert "signed_in" not in re.sub(
        "<option.*?</option>", "", (await house.client.get("/admin/audit", headers=local)).text
    )

    own, other = await named(house, "mitte-leitung"), await named(house, "dort")
    refused = [
        await press(house, local, f"/admin/people/{own.id}", do="add", role="admin", office=""),
        await press(house, local, f"/admin/people/{own.id}", do="add", role="clerk", office="rathaus"),
        await press(house, local, "/admin", name="neu", role="admin", office=""),
        await press(house, local, f"/admin/people/{other.id}", do="link"),
        await press(house, local, f"/admin/people/{other.id}", do="disable"),
        await press(house, local, f"/admin/tokens/{token.id}"),
        await press(house, local, f"/admin/tokens/{every.id}"),
        await press(house, local, "/admin/devices/rathaus/display:hall", do="reload"),
    ]
    assert [one.status_code for one in refused] == [403, 403, 403, 404, 404, 404, 404, 403]
    assert (await named(house, "mitte-leitung")).grants == (("admin", "mitte"),)
    assert await house.site.access.accounts.named("neu") is None
    good = await press(house, local, "/admin", name="neu", role="admin", office="mitte")
    assert good.status_code == 200


@pytest.mark.parametrize("role", ["supervisor", "clerk", "desk", "observer"])
async def test_nobody_else_opens_these_pages(house: House, admin: Headers, role: str) -> None:
    other = await session(house, "andere", (role, ""))
    for path in ("/admin", "/admin/devices", "/admin/tokens", "/admin/audit", "/admin/audit.csv"):
        assert (await house.client.get(path, headers=other)).status_code == 403, path
        assert (await house.client.get(path, headers={"Accept": "text/html"})).status_code == 303, path
        assert (await house.client.get(path, headers=admin)).status_code == 200, path
    assert "/admin" not in (await house.client.get("/", headers=other)).text
    assert '"/admin"' in (await house.client.get("/", headers=admin)).text


async def test_another_site_presses_nothing(house: House, admin: Headers) -> None:
    forged = {**admin, "Origin": "https://evil.example", "Accept": "*/*"}
    for path in ("/admin", "/admin/people/x", "/admin/tokens/x", "/admin/devices/mitte/display:hall"):
        answer = await press(house, forged, path, do="disable")
        assert (answer.status_code, answer.json()["code"]) == (403, "origin_refused"), path


async def test_a_revoked_token_opens_nothing_and_closes_its_socket(house: House, admin: Headers) -> None:
    secret, token = await house.site.access.tokens.create("observer", ("mitte",), None, "Leitstand")
    async with house.talk("supervisor", token=secret) as talk:
        await talk.shown()
        assert "Leitstand" in (await house.client.get("/admin/tokens", headers=admin)).text
        answer = await press(house, admin, f"/admin/tokens/{token.id}")
        assert answer.headers["location"] == "/admin/tokens?done=revoke"
        assert await talk.closed() == 4401
    assert (await press(house, admin, f"/admin/tokens/{token.id}")).status_code == 404
    assert "Leitstand" not in (await house.client.get("/admin/tokens", headers=admin)).text
    assert await acts(house) == [("token_revoked", "mitte")]


async def test_devices_are_renamed_moved_and_sent_away(house: House, admin: Headers) -> None:
    await house.token("display", "hall")
    path = "/admin/devices/mitte/display"
    steps: list[tuple[str, dict[str, str]]] = [
        ("hall", {"do": "rename", "name": "Fernseher"}),
        ("hall", {"do": "identify"}),
        ("hall", {"do": "reload"}),
        ("hall", {"do": "move", "to": "upstairs"}),
        ("upstairs", {"do": "away"}),
    ]
    for id, form in steps:
        answer = await press(house, admin, f"{path}:{id}", **form)
        assert answer.headers["location"] == f"/admin/devices?done={form['do']}", form
        page = (await house.client.get("/admin/devices", headers=admin)).text
        assert ("Fernseher" in page) is (form["do"] != "away")
    gone = await press(house, {**admin, "Accept": "*/*"}, f"{path}:upstairs", do="rename", name="x")
    assert (gone.status_code, gone.json()["code"]) == (404, "unknown_device")
    assert await acts(house) == [(act, "mitte") for act in ("device_renamed", "device_moved", "device_sent_away")]


async def test_the_audit_is_filtered_and_leaves_as_a_file_that_runs_no_formula(house: House, admin: Headers) -> None:
    note = house.site.access.audit.note
    await note("a-1", "roles_set", "mitte", account="=HYPERLINK(1)")
    await note("=1+1", "token_revoked", "rathaus", name="Ü;\n")
    for query, wanted in (
        ("", 2),
        ("office=mitte", 1),
        ("act=token_revoked", 1),
        ("by=a-1", 1),
        ("from=2999-01-01", 0),
    ):
        file = await house.client.get(f"/admin/audit.csv?{query}", headers=admin)
        rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
        assert len(rows) - 1 == wanted, query
    assert file.headers["content-disposition"].startswith("attachment")
    rows = list(
        csv.reader(io.StringIO((await house.client.get("/admin/audit.csv", headers=admin)).text), delimiter=";")
    )
    assert rows[2][2] == "'=1+1"
    wrong = await house.client.get("/admin/audit?from=gestern", headers={**admin, "Accept": "*/*"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "from")


async def test_a_long_audit_has_older_pages(house: House, admin: Headers) -> None:
    for n in range(120):
        await house.site.access.audit.note("a-1", "signed_in", n=n)
    page = (await house.client.get("/admin/audit?act=signed_in", headers=admin)).text
    older = re.search(r'href="(/admin/audit\?[^"]*before=\d+)"', page)
    assert older is not None
    second = (await house.client.get(unescape(older[1]), headers=admin)).text
    assert (page.count('class="about"'), second.count('class="about"')) == (100, 20)
    assert "before=" not in second


async def test_signing_in_is_noted_for_those_who_supervise_and_never_for_clerks(house: House) -> None:
    for name, role in (("anna", "clerk"), ("berta", "desk"), ("clara", "supervisor"), ("dora", "admin")):
        await house.site.access.accounts.create(name, PASSWORD, [(role, "mitte")])  # type: ignore[list-item]
        form: dict[str, Any] = {"account": name, "password": PASSWORD}
        assert (await house.client.post("/sign-in", data=form, headers={"Origin": house.url})).status_code == 303
        house.client.cookies.clear()

    ids = [(await named(house, name)).id for name in ("clara", "dora")]
    found = await house.site.access.audit.read(ActsWanted(), 9)
    assert [(one.by, one.act) for one in reversed(found)] == [(id, "signed_in") for id in ids]
