"""What everybody may ask: offices, waits, static files, documents; and the port for citizens only."""

import pytest

from tests.web.conftest import House

CITIZENS = (
    "/t/{secret}",
    "/api/v1/tickets/{secret}",
    "/api/v1/offices/mitte/waits",
    "/api/v1/offices/mitte/slots?services=ausweis",
    "/book/mitte?services=ausweis",
    "/draw/mitte",
    "/static/displays/phone.js",
    "/static/words/de.ftl",
)


async def test_offices(house: House) -> None:
    listed = (await house.client.get("/api/v1/offices")).json()
    assert [one["id"] for one in listed] == ["mitte", "rathaus"]
    assert all(set(one) == {"id", "name", "open"} for one in listed)

    mitte = (await house.client.get("/api/v1/offices/mitte")).json()
    assert mitte["languages"][:2] == ["de", "en"]
    assert mitte["open"] is True
    assert {"de", "en"} <= set(mitte["services"][0]["names"])


async def test_waits_are_for_other_web_sites_too(house: House) -> None:
    await house.ticket()
    answer = await house.client.get("/api/v1/offices/mitte/waits", headers={"Origin": "https://city.example"})

    assert answer.headers["access-control-allow-origin"] == "*"
    first = answer.json()["services"][0]
    assert {"id", "name", "open", "waiting", "expected", "reachable_today"} <= set(first)
    assert (first["id"], first["waiting"], first["expected"]) == ("ausweis", 1, None)
    other = await house.client.get("/api/v1/offices", headers={"Origin": "https://city.example"})
    assert "access-control-allow-origin" not in other.headers


async def test_notes_are_for_staff_and_on_their_boards(house: House) -> None:
    ticket = await house.ticket()
    path = f"/api/v1/offices/mitte/tickets/{ticket['id']}/note"
    clerk = await house.bearer("clerk")
    async with house.talk("counter", "1", token=await house.token("clerk")) as counter:
        assert (await house.client.put(path, json={"text": "bringt Foto nach"}, headers=clerk)).status_code == 200
        await house.call("1")
        board = await counter.shown(lambda board: bool(board["current"]) and board["current"]["note"] is not None)
        assert board["board"]["current"]["note"] == "bringt Foto nach"
    assert (await house.client.get(path, headers=clerk)).json()["text"] == "bringt Foto nach"
    for body in ({"text": ""}, {"text": "x" * 401}, {"note": "x"}, {}):
        assert (await house.client.put(path, json=body, headers=clerk)).status_code == 422
    assert (await house.client.delete(path, headers=clerk)).status_code == 204
    assert (await house.client.get(path, headers=clerk)).json()["text"] is None
    unknown = await house.client.get("/api/v1/offices/mitte/tickets/none/note", headers=clerk)
    assert unknown.json()["code"] == "unknown_ticket"


async def test_a_ticket_by_its_link(house: House) -> None:
    ticket = await house.ticket()
    path = f"/api/v1/tickets/{ticket['secret']}"
    board = (await house.client.get(path)).json()
    assert (board["number"], board["state"], board["ahead"]) == (ticket["number"], "waiting", 0)

    key = {"Idempotency-Key": "mine"}
    done = await house.client.post(f"{path}/commands", json={"type": "cancel_ticket"}, headers=key)
    assert done.json()["events"][0]["by"] == "holder"
    refused = await house.client.post(f"{path}/commands", json={"type": "open_day"}, headers={"Idempotency-Key": "b"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


async def test_guessed_links_are_throttled_and_good_ones_are_not(house: House) -> None:
    """Phones on one office Wi-Fi share an address: a neighbour's guesses cost them nothing."""
    ticket = await house.ticket()
    guess = f"mitte.{ticket['id']}.AAAAAAAAAAAAAAAAAAAAAA"
    statuses = [(await house.client.get(f"/api/v1/tickets/{guess}")).status_code for _ in range(60)]

    assert statuses[0] == 404
    assert statuses[-1] == 429
    assert (await house.client.get(f"/api/v1/tickets/{ticket['secret']}")).status_code == 200


async def test_static_files_are_kept_by_what_they_are(house: House) -> None:
    kit = await house.client.get("/static/page.js")
    assert kit.headers["cache-control"] == "no-cache"
    assert kit.headers["content-type"] == "text/javascript; charset=utf-8"
    same = await house.client.get("/static/page.js", headers={"If-None-Match": kit.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    vendored = await house.client.get("/static/vendor/lit-3.3.3.js")
    assert "immutable" in vendored.headers["cache-control"]
    words = await house.client.get("/static/words/en.ftl")
    assert "start-title" in words.text
    assert (await house.client.head("/static/page.js")).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "../app.py",
        "..%2fapp.py",
        "%2e%2e/app.py",
        "vendor/../../app.py",
        "displays/../../config/offices/mitte.toml",
        "words/../offices/mitte.toml",
        "displays/wall.html",
        "vendor",
        "",
        "/etc/passwd",
        "page.js%00.txt",
        "words/..\\..\\x.txt",
    ],
)
async def test_nothing_else_is_static(house: House, path: str) -> None:
    answer = await house.client.get(f"/static/{path}")
    assert answer.status_code == 404


async def test_citizens_get_theirs_and_nothing_else(house: House) -> None:
    ticket = await house.ticket()
    served = {way.path for way in house.web.citizens.ways}
    assert served == {
        "/t/{secret}",
        "/t/{secret}/qr.svg",
        "/api/v1/tickets/{secret}",
        "/api/v1/tickets/{secret}/commands",
        "/api/v1/tickets/{secret}/push",
        "/api/v1/offices/{office}/slots",
        "/api/v1/offices/{office}/waits",
        "/book",
        "/book/{office}",
        "/draw/{office}",
        "/draw/{office}/qr.svg",
        "/embed/{office}",
        "/w/{secret}",
        "/calendar/{office}/{secret}.ics",
        "/a/{secret}",
        "/a/{secret}/code.svg",
        "/a/{secret}/calendar.ics",
        "/api/v1/appointments/{secret}",
        "/api/v1/appointments/{secret}/commands",
        "/accessibility",
        "/accessibility/{office}",
        "/static/theme/{office}.css",
        "/static/{file*}",
    }
    for path in CITIZENS:
        answer = await house.client.get(house.citizens + path.replace("{secret}", ticket["secret"]))
        assert answer.status_code == 200, path
    admin = await house.bearer("admin")
    for way in house.ways:
        if not way.citizens:
            path = way.path.replace("{office}", "mitte").replace("{id}", "1").replace("{board}", "desk")
            answer = await house.client.request(way.method, house.citizens + path, headers=admin)
            assert answer.status_code == 404, path
    assert (await house.client.get(f"{house.citizens}/static/counter_client/counter.js")).status_code == 404
    assert (await house.client.get(f"{house.citizens}/static/staff/staff.js")).status_code == 404


async def test_citizens_may_listen_to_their_ticket_only(house: House) -> None:
    ticket = await house.ticket()
    async with house.talk("ticket", ticket["secret"], port=house.citizens_port) as phone:
        assert (await phone.shown())["board"]["number"] == ticket["number"]
    for hello in ({"board": "display", "id": "hall"}, {"board": "supervisor", "token": await house.token("admin")}):
        async with house.talk(**hello, port=house.citizens_port) as talk:
            assert await talk.closed() == 4404
