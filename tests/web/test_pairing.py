"""Pairing over HTTP and the socket: who may, what is refused, how often; and what a supervisor then asks of a device."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import websockets

from server.messages.terms import Role
from tests.nodes.talk import Talk
from tests.web.conftest import House, Still

OFFICE = "/api/v1/offices/mitte"
Said = dict[str, Any]


async def shown(house: House, **wish: Any) -> Said:
    """A device shows a code."""
    answer = await house.client.post("/api/v1/pairings", json=wish or None)
    assert answer.status_code == 200, answer.text
    made: Said = answer.json()
    return made


async def types(
    house: House, code: str, role: Role = "supervisor", office: str = "mitte", **said: Any
) -> httpx.Response:
    said = {"kind": "display", "id": "staff-room"} | said
    path = f"/api/v1/offices/{office}/pairings/{code}"
    return await house.client.post(path, json=said, headers=await house.bearer(role))


@asynccontextmanager
async def waiting(house: House, claim: str, board: str = "pairing") -> AsyncIterator[Talk]:
    address = f"ws://127.0.0.1:{house.port}/api/v1/live"
    async with websockets.connect(address, compression=None, ping_interval=None, proxy=None) as opened:
        talk = Talk(opened)
        await talk.say(type="hello", board=board, id=claim)
        yield talk


async def cookie(house: House, claim: str) -> str:
    """The session of a screen that collects its token."""
    answer = await house.client.post("/pair", data={"claim": claim}, headers={"Origin": house.url})
    assert answer.status_code == 303, answer.text
    house.client.cookies.clear()  # the next request is another browser's
    return answer.headers["set-cookie"].split(";")[0]


async def paired(house: House, id: str = "staff-room", name: str = "Teeküche links") -> str:
    said = await shown(house)
    assert (await types(house, said["code"], id=id, name=name)).status_code == 200
    return await cookie(house, said["claim"])


async def of_table(house: House, id: str = "staff-room") -> Said:
    table = (await house.client.get(f"{OFFICE}/boards/supervisor", headers=await house.bearer("supervisor"))).json()
    found: Said = next(one for one in table["devices"] if (one["kind"], one["id"]) == ("display", id))
    return found


async def test_a_screen_shows_a_code_and_becomes_what_a_supervisor_says(house: House) -> None:
    said = await shown(house, kinds=["display", "kiosk"])
    async with waiting(house, said["claim"]) as talk:
        first = await talk.board()
        typed = await types(house, said["code"].lower(), name="Teeküche links")
        then = await talk.board(lambda board: board["id"] is not None)
    answer = await house.client.post("/pair", data={"claim": said["claim"]}, headers={"Origin": house.url})

    assert (first["code"], first["office"], first["expires"]) == (said["code"], None, said["expires"])
    assert typed.json() == {"kind": "display", "id": "staff-room", "name": "Teeküche links"}
    assert (then["office"], then["kind"], then["id"], then["name"]) == (
        "mitte",
        "display",
        "staff-room",
        "Teeküche links",
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/display/mitte/staff-room")
    kept = answer.headers["set-cookie"]
    house.client.cookies.clear()
    assert kept.startswith("aufruf_device=")
    assert "httponly" in kept.lower()
    assert "samesite=strict" in kept.lower()
    page = await house.client.get("/display/mitte/staff-room", headers={"Cookie": kept.split(";")[0]})
    assert page.status_code == 200


async def test_a_program_collects_its_token(house: House) -> None:
    said = await shown(house)
    early = await house.client.post("/api/v1/pairings/token", json={"claim": said["claim"]})
    await types(house, said["code"], kind="printer", id="entrance")
    answer = await house.client.post("/api/v1/pairings/token", json={"claim": said["claim"]})
    again = await house.client.post("/api/v1/pairings/token", json={"claim": said["claim"]})
    made = answer.json()
    me = await house.client.get("/api/v1/me", headers={"Authorization": f"Bearer {made['token']}"})

    assert (early.status_code, early.json()["code"]) == (404, "unknown_code")
    assert me.json() == {"role": "printer", "offices": ["mitte"], "for": "entrance"}
    assert {name: made[name] for name in ("role", "office", "for")} == {
        "role": "printer",
        "office": "mitte",
        "for": "entrance",
    }
    assert again.json()["code"] == "unknown_code"


async def test_a_code_is_good_once_even_for_the_supervisor_who_typed_it(house: House) -> None:
    said = await shown(house)
    first, second = await types(house, said["code"]), await types(house, said["code"])

    assert (first.status_code, second.status_code, second.json()["code"]) == (200, 404, "unknown_code")


@pytest.mark.parametrize("role", ["desk", "clerk", "observer", "display", "kiosk", "printer", "booking"])
async def test_only_a_supervisor_pairs_and_asks(house: House, role: Role) -> None:
    said = await shown(house)
    headers = await house.bearer(role, {"display": "staff-room", "kiosk": "entrance", "printer": "entrance"}.get(role))
    tried = [
        await house.client.post(
            f"{OFFICE}/pairings/{said['code']}", json={"kind": "display", "id": "hall"}, headers=headers
        ),
        await house.client.get(f"{OFFICE}/devices", headers=headers),
        await house.client.patch(f"{OFFICE}/devices/hall", json={"name": "x"}, headers=headers),
        await house.client.delete(f"{OFFICE}/devices/hall", headers=headers),
        await house.client.post(f"{OFFICE}/devices/hall/identify", headers=headers),
        await house.client.post(f"{OFFICE}/devices/hall/reload", headers=headers),
    ]

    assert [answer.status_code for answer in tried] == [403] * 6
    assert (await types(house, said["code"])).status_code == 200  # the code is still good


async def test_another_offices_supervisor_neither_pairs_nor_touches_what_is_paired_here(house: House) -> None:
    kept = await paired(house)
    token, _ = await house.site.access.tokens.create("supervisor", ("rathaus",))
    foreign = {"Authorization": f"Bearer {token}"}
    said = await shown(house)
    here = await house.client.post(
        f"{OFFICE}/pairings/{said['code']}", json={"kind": "display", "id": "hall"}, headers=foreign
    )
    away = await house.client.delete(f"{OFFICE}/devices/staff-room", headers=foreign)
    theirs = "/api/v1/offices/rathaus"
    own = await house.client.get(f"{theirs}/devices", headers=foreign)
    same_name = await house.client.delete(f"{theirs}/devices/staff-room", headers=foreign)

    assert (here.status_code, away.status_code) == (403, 403)
    assert own.json() == []
    assert (same_name.status_code, same_name.json()["code"]) == (404, "unknown_device")
    assert (await house.client.get("/display/mitte/staff-room", headers={"Cookie": kept})).status_code == 200


async def test_an_operators_token_for_all_offices_is_nothing_that_one_supervisor_ends(house: House) -> None:
    token, _ = await house.site.access.tokens.create("display", (), "staff-room", name="Koffer")
    answer = await house.client.delete(f"{OFFICE}/devices/staff-room", headers=await house.bearer("supervisor"))

    assert answer.json()["code"] == "unknown_device"
    assert await house.site.access.tokens.verify(token) is not None


async def test_who_guesses_codes_is_stopped_and_the_right_one_does_not_help_then(house: House, still: Still) -> None:
    said = await shown(house)
    statuses = [(await types(house, f"ACDEF{letter}")).status_code for letter in "ACDEFHJKMNPR"]
    right = await types(house, said["code"])
    other = await house.site.access.tokens.create("supervisor", ("mitte",))
    by_other = await house.client.post(
        f"{OFFICE}/pairings/{said['code']}",
        json={"kind": "display", "id": "hall"},
        headers={"Authorization": f"Bearer {other[0]}"},
    )

    assert statuses == [404] * 10 + [429] * 2
    assert right.status_code == 429
    assert by_other.status_code == 200  # nobody else is kept from pairing


async def test_codes_are_given_out_at_a_pace(house: House, still: Still) -> None:
    statuses = [(await house.client.post("/api/v1/pairings")).status_code for _ in range(32)]
    still.passed += 10

    assert statuses == [200] * 30 + [429] * 2
    assert (await house.client.post("/api/v1/pairings")).status_code == 200


async def test_guessed_claims_count_and_are_told_nothing(house: House) -> None:
    await shown(house)
    async with waiting(house, "aufruf_" + "x" * 43) as talk:
        code = await talk.closed()
    tried = [
        (await house.client.post("/pair", data={"claim": f"aufruf_{n}"}, headers={"Origin": house.url})).status_code
        for n in range(40)
    ]

    assert code == 4404
    assert set(tried) == {404, 429}


async def test_a_foreign_page_cannot_make_this_browser_somebodys_screen(house: House) -> None:
    said = await shown(house)
    await types(house, said["code"])
    headers = {"Origin": "https://other.example"}
    answer = await house.client.post("/pair", data={"claim": said["claim"]}, headers=headers)

    assert answer.json()["code"] == "origin_refused"
    assert "set-cookie" not in answer.headers


async def test_citizens_have_no_pairing(house: House) -> None:
    for method, path in (("GET", "/pair"), ("POST", "/pair"), ("POST", "/api/v1/pairings")):
        assert (await house.client.request(method, house.citizens + path)).status_code == 404


async def test_a_screen_is_no_printer_and_nothing_that_the_office_has_not(house: House) -> None:
    said = await shown(house, kinds=["display", "kiosk"])
    printer = await types(house, said["code"], kind="printer", id="entrance")
    nowhere = await types(house, said["code"], id="nowhere")

    assert (printer.status_code, printer.json()["errors"][0]["field"]) == (422, "kind")
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "unknown_device")
    assert (await types(house, said["code"])).status_code == 200


async def test_a_paired_screen_begins_at_pair_every_morning(house: House) -> None:
    kept = await paired(house)
    again = await house.client.get("/pair", headers={"Cookie": kept})
    new = await house.client.get("/pair")

    assert (again.status_code, again.headers["location"]) == (303, "/display/mitte/staff-room")
    assert new.status_code == 200
    assert 'id="code"' in new.text


async def test_the_table_names_a_paired_device_and_says_how_it_is(house: House) -> None:
    kept = await paired(house)
    async with house.socket(headers={"Cookie": kept, "Origin": house.url}) as talk:
        await talk.say(type="hello", board="display", id="staff-room")
        board = await talk.shown()
        await talk.say(type="report", kind="shown", seq=board["seq"], sound="off", version="0.0.1", keeps="insecure")
        async with house.talk("supervisor", token=await house.token("supervisor")) as table:
            seen = await table.board(
                lambda told: any(one["version"] == "0.0.1" for one in told["devices"] if one["id"] == "staff-room")
            )
    one = next(it for it in seen["devices"] if it["id"] == "staff-room" and it["kind"] == "display")

    assert (one["name"], one["paired"], one["state"], one["sound"]) == ("Teeküche links", True, "online", "off")
    assert (one["outdated"], one["keeps"]) == (True, "insecure")
    assert seen["keeps_devices"] is True


async def test_a_device_shows_its_name_is_renamed_and_loads_again(house: House) -> None:
    kept, supervisor = await paired(house), await house.bearer("supervisor")
    async with house.socket(headers={"Cookie": kept, "Origin": house.url}) as talk:
        await talk.say(type="hello", board="display", id="staff-room")
        await talk.shown()
        asked = await house.client.post(f"{OFFICE}/devices/display:staff-room/identify", headers=supervisor)
        named = await talk.until("device", do="identify")
        renamed = await house.client.patch(
            f"{OFFICE}/devices/staff-room", json={"name": "Teeküche rechts"}, headers=supervisor
        )
        told = await talk.until("device", do="rename")
        assert (await of_table(house))["name"] == "Teeküche rechts"
        await house.client.post(f"{OFFICE}/devices/staff-room/reload", headers=supervisor)
        again = await talk.until("device", do="reload")
    listed = (await house.client.get(f"{OFFICE}/devices", headers=supervisor)).json()

    assert asked.status_code == 204
    assert named["name"] == "Teeküche links"
    assert renamed.json()["name"] == told["name"] == "Teeküche rechts"
    assert "path" not in again
    assert [(one["kind"], one["id"], one["name"]) for one in listed] == [("display", "staff-room", "Teeküche rechts")]


async def test_a_moved_device_goes_to_its_new_page_now_or_when_it_is_back(house: House) -> None:
    kept, supervisor = await paired(house), await house.bearer("supervisor")
    page = {"Cookie": kept, "Origin": house.url}
    async with house.socket(headers=page) as talk:
        await talk.say(type="hello", board="display", id="staff-room")
        await talk.shown()
        await house.client.patch(f"{OFFICE}/devices/staff-room", json={"to": "upstairs"}, headers=supervisor)
        moved = await talk.until("device")
    async with house.socket(headers=page) as late:
        await late.say(type="hello", board="display", id="staff-room")
        sent_on, code = await late.frame(), await late.closed()
    opened = await house.client.get("/display/mitte/staff-room", headers={"Cookie": kept})
    own = await house.client.get("/display/mitte/upstairs", headers={"Cookie": kept})

    assert (moved["do"], moved["path"]) == ("reload", "/display/mitte/upstairs")
    assert (sent_on["do"], sent_on["path"], code) == ("reload", "/display/mitte/upstairs", 4403)
    assert (opened.status_code, opened.headers["location"]) == (303, "/display/mitte/upstairs")
    assert own.status_code == 200


async def test_a_device_that_is_sent_away_shows_a_code_again(house: House) -> None:
    kept, supervisor = await paired(house), await house.bearer("supervisor")
    async with house.socket(headers={"Cookie": kept, "Origin": house.url}) as talk:
        await talk.say(type="hello", board="display", id="staff-room")
        await talk.shown()
        answer = await house.client.delete(f"{OFFICE}/devices/staff-room", headers=supervisor)
        told = await talk.until("device")
    page = await house.client.get("/display/mitte/staff-room", headers={"Cookie": kept})

    assert answer.status_code == 204
    assert (told["do"], told["path"]) == ("reload", "/pair")
    assert page.status_code == 401
    assert (await house.client.get("/pair", headers={"Cookie": kept})).status_code == 200


async def test_a_public_page_in_anybodys_browser_shows_the_name_but_is_not_moved(house: House) -> None:
    await paired(house, "hall", "Halle")
    supervisor = await house.bearer("supervisor")
    async with house.talk("display", "hall") as talk:
        await talk.shown()
        await house.client.patch(f"{OFFICE}/devices/display:hall", json={"to": "upstairs"}, headers=supervisor)
        await house.client.post(f"{OFFICE}/devices/display:hall/identify", headers=supervisor)
        told = await talk.until("device")

    assert told["do"] == "identify"


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 422), ({"name": "x" * 61}, 422), ({"name": "a\nb"}, 422), ({"to": "nowhere"}, 404), ({"else": 1}, 422)],
)
async def test_a_change_that_cannot_be_is_refused(house: House, body: Said, status: int) -> None:
    await paired(house)
    headers = await house.bearer("supervisor")
    answer = await house.client.patch(f"{OFFICE}/devices/staff-room", json=body, headers=headers)

    assert answer.status_code == status


async def test_only_what_is_paired_has_a_name_of_its_own(house: House) -> None:
    headers = await house.bearer("supervisor")
    unpaired = await house.client.patch(f"{OFFICE}/devices/upstairs", json={"name": "x"}, headers=headers)
    unknown = await house.client.post(f"{OFFICE}/devices/nowhere/identify", headers=headers)

    assert [(answer.status_code, answer.json()["code"]) for answer in (unpaired, unknown)] == [
        (404, "unknown_device")
    ] * 2


async def test_the_plain_wall_shows_its_name_too(house: House) -> None:
    page = (await house.client.get("/display/mitte/hall/plain")).text
    mark = page.split('data-mark="')[1].split('"')[0]
    seq = page.split('data-seq="')[1].split('"')[0]
    held = asyncio.create_task(house.client.get("/display/mitte/hall/plain/next", params={"after": mark, "seq": seq}))
    while len(house.site.hub) == 0:
        await asyncio.sleep(0.01)
    await house.client.post(f"{OFFICE}/devices/display:hall/identify", headers=await house.bearer("supervisor"))
    text = (await asyncio.wait_for(held, 5)).text

    assert 'data-do="identify"' in text
    assert "(hall)" in text


async def test_a_screen_that_nobody_could_tell_that_it_moved_is_closed_and_comes_back_as_what_it_is(
    house: House,
) -> None:
    kept = await paired(house)
    page = {"Cookie": kept, "Origin": house.url}
    async with house.socket(headers=page) as talk:
        await talk.say(type="hello", board="display", id="staff-room")
        await talk.shown()
        tokens = await house.site.access.device_tokens.of("mitte")
        await house.site.access.device_tokens.change(tokens, to="upstairs")
        await house.web.sockets.look(house.site)
        code = await talk.closed()

    assert code == 1012
    assert (await house.client.get("/display/mitte/staff-room", headers=page)).headers["location"].endswith("/upstairs")


async def test_while_the_store_is_away_nothing_is_paired_or_asked_and_everybody_is_told(house: House) -> None:
    said, supervisor = await shown(house), await house.bearer("supervisor")
    house.store.go_away()
    tried = [
        await house.client.post("/api/v1/pairings"),
        await types(house, said["code"]),
        await house.client.post("/api/v1/pairings/token", json={"claim": said["claim"]}),
        await house.client.post(f"{OFFICE}/devices/display:hall/identify", headers=supervisor),
    ]
    house.store.come_back()

    assert [(answer.status_code, answer.json()["code"]) for answer in tried] == [(503, "store_unavailable")] * 4
    assert (await types(house, said["code"])).status_code == 200
