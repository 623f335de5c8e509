"""The live socket: hello, welcome, board; commands; and how it ends."""

import asyncio
from typing import Any

import pytest
import websockets

from server.messages.instants import HOUR
from tests.nodes.talk import Talk
from tests.web.conftest import House, Stand


async def test_welcome_then_board(house: House) -> None:
    async with house.talk("display", "hall") as talk:
        welcome, board = await talk.frame(), await talk.frame()

    assert (welcome["type"], welcome["beat"], welcome["version"]) == ("welcome", 5, "test")
    assert (board["type"], board["epoch"], board["seq"]) == ("board", welcome["epoch"], welcome["seq"])
    assert board["board"]["display"] == "hall"


async def test_http_and_socket_show_the_same_board(house: House) -> None:
    async with house.talk("display", "hall") as talk:
        frame = await talk.shown()
        answer = await house.client.get("/api/v1/offices/mitte/boards/display/hall")

    assert answer.json() == frame["board"]
    assert answer.headers["aufruf-epoch"] == frame["epoch"]


async def test_a_press_over_the_socket(house: House) -> None:
    await house.ticket()
    async with house.talk("counter", "1", token=await house.token("clerk")) as talk:
        opened = await talk.press("a", type="open_counter", counter="1")
        called = await talk.press("b", type="call_next", counter="1")
        again = await talk.press("b", type="call_next", counter="1")
        refused = await talk.press("c", type="call_next", counter="1")
        unknown = await talk.press("d", type="unheard_of")
        deep = await talk.press("e", type="open_day", x=[[[[1]]]])

    assert opened["type"] == called["type"] == "done"
    assert called["result"]["ticket"]["number"] == "A001"
    assert (again["replayed"], again["result"]) == (True, called["result"])
    assert (refused["type"], refused["problem"]["code"]) == ("refused", "counter_busy")
    assert refused["problem"]["number"] == "A001"
    assert unknown["problem"]["code"] == deep["problem"]["code"] == "invalid"


class TestOneBoardAnHour:
    @pytest.fixture
    def stand(self, stand: Stand) -> Stand:
        stand.paces = {"counter": HOUR}
        return stand

    async def test_whoever_presses_sees_what_each_press_did(self, house: House) -> None:
        """Whatever the pace of the lists: the board goes with the answer."""
        token = await house.token("clerk")
        async with house.talk("counter", "1", token=token) as talk:
            for key, kind, state in (("a", "open", "open"), ("b", "close", "closed"), ("c", "open", "open")):
                await talk.press(key, type=f"{kind}_counter", counter="1")
                await talk.board(lambda board, state=state: board["counter"]["state"] == state)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("frame", "name"),
    [
        ('{"type":"command","key":"a","command":{"type":"open_counter","counter":"1","counter":"2"}}', "counter"),
        ('{"type":"command","key":"b","key":"a","command":{"type":"open_counter","counter":"1"}}', "key"),
    ],
)
async def test_a_press_in_which_a_member_stands_twice_is_refused_and_the_socket_goes_on(
    house: House, frame: str, name: str
) -> None:
    async with house.talk("counter", "1", token=await house.token("clerk")) as talk:
        await talk.socket.send(frame)
        refused = await talk.until("refused")
        opened = await talk.press("c", type="open_counter", counter="3")

    assert refused["key"] == "a"
    assert refused["problem"]["errors"] == [{"field": name, "reason": "stands twice"}]
    assert opened["type"] == "done"
    assert [one.id for one in house.desk.state.counters.values() if one.state == "open"] == ["3"]


async def test_a_holder_may_three_things(house: House) -> None:
    ticket, other = await house.ticket(), await house.ticket()
    async with house.talk("ticket", ticket["secret"]) as talk:
        paused = await talk.press("a", type="pause_ticket", minutes=5)
        foreign = await talk.press("b", type="cancel_ticket", ticket=other["id"])
        more = await talk.press("c", type="call_next", counter="1")
        cancelled = await talk.press("d", type="cancel_ticket", ticket=ticket["id"])
        gone = await talk.shown(lambda board: board["state"] == "cancelled")

    assert [paused["type"], cancelled["type"]] == ["done", "done"]
    assert foreign["problem"]["code"] == "not_yours"
    assert more["problem"]["code"] == "not_allowed"
    assert gone


async def test_a_public_display_may_press_nothing(house: House) -> None:
    async with house.talk("display", "hall") as talk:
        refused = await talk.press("a", type="open_day")
    assert refused["problem"]["code"] == "not_signed_in"


@pytest.mark.parametrize(
    ("hello", "code"),
    [
        ({"board": "display", "id": "nowhere"}, 4404),
        ({"board": "display", "id": "staff-room"}, 4401),
        ({"board": "counter", "id": "1"}, 4401),
        ({"board": "counter", "id": "1", "token": "aufruf_" + "x" * 43}, 4401),
        ({"board": "ticket", "id": "mitte.abc.def"}, 4404),
        ({"board": "ticket"}, 4404),
        ({"board": "pairing", "id": "x"}, 4404),
        ({"board": "cinema"}, 4400),
        ({"board": "display", "id": 7}, 4400),
        ({}, 4400),
    ],
)
async def test_who_is_not_let_in(house: House, hello: dict[str, Any], code: int) -> None:
    async with house.socket() as talk:
        await talk.say(type="hello", **hello)
        assert await talk.closed() == code


async def test_another_office_or_none(house: House) -> None:
    async with house.socket("nowhere") as talk:
        await talk.say(type="hello", board="display", id="hall")
        assert await talk.closed() == 4404
    async with house.socket("rathaus") as talk:
        await talk.say(type="hello", board="counter", id="1", token=await house.token("clerk"))
        assert await talk.closed() == 4403


@pytest.mark.parametrize(
    "said",
    [
        "{",
        "[]",
        '{"type":"unheard"}',
        '{"type":"hello","board":"display"}',
        "[" * 50_000,
        b"\x00\x01",
        '{"type":"speak"}',
        '{"type":"report","kind":"shown","kind":"printer"}',
        '{"type":"speak","zone":"hall","zone":"hall"}',
    ],
)
async def test_what_is_no_frame_ends_the_talk(house: House, said: str | bytes) -> None:
    async with house.talk("display", "hall") as other, house.talk("display", "hall") as talk:
        await talk.shown()
        await talk.socket.send(said)
        assert await talk.closed() == 4400

        await other.shown()
        await house.ticket()
        assert await other.shown(lambda board: board["waiting"][0]["count"] == 1)


async def test_a_frame_over_64_kib(house: House) -> None:
    async with house.talk("display", "hall") as talk:
        await talk.shown()
        await talk.socket.send('{"type":"report","kind":"' + "x" * 70_000 + '"}')
        assert await talk.closed() == 1009


async def test_wrong_utf_8(house: House) -> None:
    async with house.talk("display", "hall") as talk:
        await talk.shown()
        await talk.socket.send(b'{"type":"\xff"}', text=True)
        assert await talk.closed() in (1007, 1006)
    assert (await house.client.get("/health/live")).status_code == 200


async def test_silence_is_ended_after_five_seconds(house: House) -> None:
    async with house.socket() as talk:
        started = asyncio.get_running_loop().time()
        assert await talk.closed() == 4401
        assert 4.5 < asyncio.get_running_loop().time() - started < 9


async def test_a_page_of_another_site_gets_no_socket_with_our_cookie(house: House) -> None:
    """The cookie is ours, the page is not."""
    account = await house.site.access.accounts.create("anna", "ein langes gutes Wort", [("clerk", "mitte")])
    sessions = house.site.access.sessions
    cookie = {"Cookie": f"aufruf={sessions.begin(account)}"}
    own = {**cookie, "Origin": house.url}
    async with house.socket(headers=own) as talk:
        await talk.say(type="hello", board="counter", id="1")
        assert (await talk.frame())["type"] == "welcome"
        opened = await talk.press("a", type="open_counter", counter="1")
        assert opened["events"][0]["by"] == "counter:1"
        board = await talk.shown(lambda board: board["counter"]["state"] == "open")
        assert board["board"]["counter"]["holder_is_me"]
    for origin in ("https://evil.example", "null", house.url.replace("127.0.0.1", "localhost")):
        async with house.socket(headers={**cookie, "Origin": origin}) as talk:
            await talk.say(type="hello", board="counter", id="1")
            assert await talk.closed() == 4403


async def test_a_revoked_token_loses_its_socket(house: House) -> None:
    secret, token = await house.site.access.tokens.create("clerk", ("mitte",))
    async with house.talk("counter", "1", token=secret) as talk:
        await talk.shown()
        await house.site.access.tokens.revoke(token.id)
        async with asyncio.timeout(10):
            assert await talk.closed() == 4401


async def test_somebody_signed_out_everywhere_loses_their_sockets(house: House) -> None:
    account = await house.site.access.accounts.create("bert", "ein langes gutes Wort", [("supervisor", "")])
    sessions = house.site.access.sessions
    headers = {"Cookie": f"aufruf={sessions.begin(account)}", "Origin": house.url}
    async with house.socket(headers=headers) as talk:
        await talk.say(type="hello", board="supervisor")
        await talk.shown()
        await house.site.access.accounts.sign_out_everywhere(account.id)
        assert await talk.closed() == 4401


async def test_the_hub_stops_and_says_so(house: House) -> None:
    async with house.talk("display", "hall") as talk:
        await talk.shown()
        await house.site.hub.stop()
        assert await talk.closed() == 1012


async def test_hello_with_a_floor_waits_for_it(house: House) -> None:
    """A display that has seen entry N gets no older board."""
    seq = house.desk.state.seq
    async with house.talk("display", "hall", epoch=house.desk.state.epoch, seq=seq + 1) as talk:
        await house.ticket()
        assert (await talk.shown())["seq"] >= seq + 1


async def test_an_alarm_passes_a_press_that_waits_for_the_store(house: House) -> None:
    """On the same socket, and without the store."""
    token = await house.token("clerk")
    async with house.talk("counter", "2", token=token) as other, house.talk("counter", "1", token=token) as talk:
        await other.shown()
        await talk.shown()
        house.store.go_away()
        await talk.say(type="command", key="a", command={"type": "open_counter", "counter": "1"})
        await talk.say(type="command", key="b", command={"type": "raise_alarm", "counter": "1"})

        alarm = await other.until("alarm")
        assert (alarm["counter"], alarm["label"]) == ("1", "Schalter 1")
        refused = await talk.until("refused", key="b")
        assert refused["problem"]["retry"] is True
        house.store.come_back()


async def test_a_slow_reader_is_cut_and_others_get_everything(house: House) -> None:
    """A television that stops reading is closed with 4408; the others get every announcement."""
    token = await house.token("announcer", "hall")
    async with house.socket(max_queue=1) as stuck, house.talk("announcer", "hall", token=token) as voice:
        await stuck.say(type="hello", board="display", id="hall")
        await stuck.frame()
        stuck.socket.transport.pause_reading()
        await house.ticket()
        await house.call("1")
        ids, calls = {(await voice.until("announcement"))["id"]}, 1
        while not house.site.hub.tally.too_slow:
            for kind in ("withdraw_call", "call_next"):
                again = await house.press("clerk", type=kind, counter="1")
                assert again.status_code == 200, again.text
            calls += 1
            ids.add((await voice.until("announcement"))["id"])

        assert len(ids) == calls
        stuck.socket.transport.resume_reading()
        assert await drained(stuck) == 4408


async def drained(talk: Talk) -> int:
    """Reads what still comes; returns the code with which it ends."""
    try:
        while True:
            await talk.frame()
    except websockets.ConnectionClosed:
        code: int = await talk.closed()
        return code
