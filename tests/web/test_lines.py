"""Very many connections of every rank: which is closed if there are too many, who is let in, and who notices nothing."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import websockets

from server.messages.terms import Role
from server.web.line import lines
from server.web.line.lines import Lines, Rank, descriptors
from tests.nodes.talk import Talk
from tests.web.conftest import House

LONG = 10.0
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Plain:
    """A member of `lines` that leaves when it is closed, as real connections do, and notes it."""

    def __init__(self, name: str, full: "Full", *, busy: bool = False) -> None:
        self.name, self.full, self.busy = name, full, busy

    def idle(self) -> bool:
        return not self.busy

    def hang_up(self) -> None:
        self.full.ended.append(self.name)
        self.full.left(self)


class Full(Lines):
    """Lines that note which of them were ended."""

    def __init__(self, room: int | None = None, of_address: int = 1_000) -> None:
        super().__init__(room, of_address)
        self.ended: list[str] = []

    def line(self, name: str, *, busy: bool = False) -> Plain:
        return Plain(name, self, busy=busy)


def test_an_address_is_counted_for_what_has_shown_nothing_and_screens_end_after_the_silent() -> None:
    full = Full(of_address=3)
    full.screen(full.line("screen"), "a")
    full.known(full.line("phone"), "ticket:1", "holder", socket=True)
    full.known(full.line("clerk"), "page:1", "clerk")
    for name in ("first", "second"):
        full.silent(full.line(name), "a")
    full.silent(full.line("elsewhere"), "b")
    assert full.ended == []

    full.silent(full.line("third"), "a")
    full.screen(full.line("another screen"), "a")
    full.screen(full.line("and another"), "a")
    full.screen(full.line("one too many"), "a")

    assert full.ended == ["first", "second", "third", "screen"]


def test_who_asks_is_the_youngest_again_and_who_is_answered_does_not_end() -> None:
    full = Full(of_address=2)
    asks, answered = full.line("asks"), full.line("answered", busy=True)
    full.silent(answered, "a")
    full.silent(asks, "a")
    full.silent(full.line("quiet"), "a")
    assert full.ended == ["asks"]

    full.silent(asks := full.line("asks too"), "a")
    assert full.ended == ["asks", "quiet"]
    full.spoke(asks)
    assert full.count(Rank.SILENT) == 2


@pytest.mark.parametrize(("role", "most"), [("holder", 20), ("kiosk", 100), ("station", 100), ("printer", 100)])
def test_the_weak_have_few_lines_and_the_oldest_ends(role: Role, most: int) -> None:
    full = Full()
    for number in range(most + 1):
        full.known(full.line(str(number)), "one", role, socket=number % 2 == 0)
    full.known(full.line("another"), "two", role)

    assert len(full.ended) == 1


def test_half_is_for_what_has_shown_nothing_and_a_tenth_for_staff_alone() -> None:
    full = Full(room=100)
    for number in range(60):
        full.silent(full.line(f"silent {number}"), f"address {number}")
    assert full.ended == [f"silent {number}" for number in range(10)]
    for number in range(100):
        full.known(full.line(f"phone {number}"), f"ticket {number}", "holder", socket=True)
    assert full.ended[-10:] == [f"phone {number}" for number in range(90, 100)], "nobody is left who may make room"
    assert (len(full), full.count(Rank.SILENT)) == (95, 5)

    full.silent(newest := full.line("who is it"), "a")
    assert full.ended[-1] == "silent 55", "the oldest that is left"
    full.known(newest, "page:1", "clerk")
    for number in range(10):
        full.known(full.line(f"clerk {number}"), "page:1", "clerk", socket=True)
    assert not any(name.startswith(("clerk", "who")) for name in full.ended)


def test_there_are_descriptors() -> None:
    assert 0 < descriptors() <= lines.MOST


# the same with real connections


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Lines:
    """Only three connections of an address may have shown no sign-in."""
    made = Lines(of_address=3)
    monkeypatch.setattr(lines, "OPEN", made)
    return made


async def over(stream: Stream) -> None:
    """Waits until the server closes it."""
    async with asyncio.timeout(LONG):
        with contextlib.suppress(ConnectionResetError):  # or the end of the data
            assert await stream[0].read() == b""


async def silent_ones(house: House, many: int) -> list[Stream]:
    return [await asyncio.open_connection("127.0.0.1", house.port) for _ in range(many)]


async def test_when_it_is_full_the_oldest_silent_line_is_closed(few: Lines, house: House) -> None:
    silent = await silent_ones(house, 6)

    assert (await house.client.get("/health/live")).status_code == 200
    for stream in silent[:4]:
        await over(stream)
    async with house.talk("display", "hall") as talk:
        assert await talk.shown()
    for _, writer in silent:
        writer.close()


Shows = Callable[[House], Awaitable[dict[str, str]]]
Asking = Callable[[str, dict[str, str]], Awaitable[Stream]]


async def _token(house: House) -> dict[str, str]:
    return dict(await house.bearer("kiosk", "entrance"))


async def _session(house: House) -> dict[str, str]:
    await house.site.access.accounts.create("frau-muster", "Kaffee um halb zehn", [("clerk", "mitte")])
    form = {"account": "frau-muster", "password": "Kaffee um halb zehn"}
    answer = await house.client.post("/sign-in", data=form, headers={"Origin": house.url})
    return {"Cookie": f"aufruf={answer.cookies['aufruf']}", "Origin": house.url}


@pytest.mark.parametrize("shows", [_token, _session], ids=["token", "session"])
async def test_who_shows_itself_in_the_handshake_is_no_silent_line(few: Lines, house: House, shows: Shows) -> None:
    """It has sent no hello yet, and ten silent connections come after it."""
    async with house.socket(headers=await shows(house)) as known, house.socket() as nobody:
        silent = await silent_ones(house, 10)
        with pytest.raises(websockets.ConnectionClosed):
            await nobody.frame()
        board, id = ("kiosk", "entrance") if shows is _token else ("counter", "1")
        await known.say(type="hello", board=board, id=id)
        assert await known.shown()
        for _, writer in silent:
            writer.close()


async def test_a_session_that_another_sites_page_makes_a_browser_show_counts_for_nothing(
    few: Lines, house: House
) -> None:
    stolen = {**await _session(house), "Origin": "https://elsewhere.example"}
    async with house.socket(headers=stolen) as known:
        silent = await silent_ones(house, 10)
        with pytest.raises(websockets.ConnectionClosed):
            await known.frame()
        for _, writer in silent:
            writer.close()


async def test_whoever_has_shown_something_stays_while_silent_lines_and_screens_come_and_go(
    few: Lines, house: House
) -> None:
    ticket = await house.ticket()
    async with contextlib.AsyncExitStack() as stack:

        async def comes(*who: str, **hello: Any) -> Talk:
            talk = await stack.enter_async_context(house.talk(*who, **hello))
            assert await talk.shown()
            return talk

        phone = await comes("ticket", ticket["secret"])
        staff = await comes("counter", "1", token=await house.token("clerk"))
        device = await comes("display", "hall", token=await house.token("display", "hall"))
        screens = [await comes("display", "hall") for _ in range(5)]
        silent = await silent_ones(house, 10)

        for gone in screens[:3]:
            assert await gone.closed() == 1006
        await house.ticket()
        for stays in (device, *screens[3:]):
            await stays.shown(lambda board: board["waiting"][0]["count"] == 2)
        assert (await phone.press("a", type="cancel_ticket"))["type"] == "done"
        assert (await staff.press("b", type="open_counter", counter="1"))["type"] == "done"
        for _, writer in silent:
            writer.close()


@pytest.fixture
async def asked(house: House) -> AsyncIterator[Asking]:
    """A connection that has asked for a page once and is kept open."""
    opened: list[Stream] = []

    async def ask(path: str, headers: dict[str, str]) -> Stream:
        stream = await asyncio.open_connection("127.0.0.1", house.port)
        opened.append(stream)
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        stream[1].write(f"GET {path} HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode())
        answer = await stream[0].readuntil(b"\r\n\r\n")
        assert b" 200 " in answer
        await stream[0].readexactly(int(answer.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]))
        return stream

    yield ask
    for _, writer in opened:
        writer.close()


async def test_the_idle_line_of_who_is_known_is_not_closed_for_silent_ones(
    few: Lines, house: House, asked: Asking
) -> None:
    ticket = await house.ticket()
    clerk = await asked("/api/v1/me", await house.bearer("clerk"))
    phone = await asked(f"/t/{ticket['secret']}", {})
    nobody = await asked("/health/live", {})
    silent = await silent_ones(house, 10)

    await over(nobody)
    assert few.count(Rank.STAFF) >= 1
    for stream in (clerk, phone):
        stream[1].write(b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
        async with asyncio.timeout(LONG):
            await stream[0].readuntil(b'"status"')
    for _, writer in silent:
        writer.close()


async def test_one_link_has_five_sockets_and_the_oldest_ends(house: House) -> None:
    secret = (await house.ticket())["secret"]
    async with contextlib.AsyncExitStack() as stack:
        talks = [await stack.enter_async_context(house.talk("ticket", secret)) for _ in range(6)]
        for talk in talks:
            await talk.shown()
        assert await talks[0].closed() == 1001
        other = await stack.enter_async_context(house.talk("ticket", (await house.ticket())["secret"]))
        assert await other.shown()
        assert (await talks[1].press("a", type="cancel_ticket"))["type"] == "done"
        assert await talks[5].shown(lambda board: board["state"] == "cancelled")
