"""The client at a whole server: what its README shows, presses, boards, the log."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

import aufruf_client
from aufruf_client import Client, Counted, CutOff, Gone, LogPlace, NotLetIn, NotTaken, Unreachable
from server.messages.commands import CallNext, IssueTicket, OpenCounter
from tests.device_line.server import BoxServer
from tests.nodes.talk import LONG
from tests.rehearsal.test_presses import Troubled, problem
from tests.web.conftest import House

README = Path(aufruf_client.__file__).with_name("README.md")
DRAW = IssueTicket(services=("ausweis",))


def counter(epoch: str, seq: int, held: str) -> dict[str, Any]:
    return {"type": "board", "epoch": epoch, "seq": seq, "at": "2026-11-23T09:21:00.000Z", "board": {"held": held}}


async def test_what_the_readme_shows_runs(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
    assert len(blocks) == 1
    shown: dict[str, Any] = {"__name__": "shown"}
    exec(compile(blocks[0], README.name, "exec"), shown)
    token, said = await house.token("clerk"), ""
    running = asyncio.create_task(shown["main"](house.url, token))
    async with asyncio.timeout(LONG):
        while "lamp off" not in said:
            await asyncio.sleep(0.01)
            said += capsys.readouterr().out
        await house.call("3")
        while "lamp on" not in said:
            await asyncio.sleep(0.01)
            said += capsys.readouterr().out
    running.cancel()

    assert re.match(r"drawn: A\d{3}\nlamp off\n", said)
    assert not running.done() or running.cancelled()


async def test_the_readme_names_everything_that_can_be_imported_to_be_caught() -> None:
    said = README.read_text(encoding="utf-8")

    assert [
        name for name in ("NotTaken", "Gone", "NotLetIn", "CutOff", "Unreachable", "LogPlace") if name not in said
    ] == []
    assert all(hasattr(aufruf_client, name) for name in aufruf_client.__all__)


async def test_a_press_says_what_became_of_it(house: House) -> None:
    async with Client(house.url, await house.token("clerk")) as client:
        drawn = await client.press(DRAW)
        opened = await client.press({"type": "open_counter", "counter": "1"})
        called = await client.press(CallNext(counter="1"))
        with pytest.raises(NotTaken) as refused:
            await client.press(CallNext(counter="1"))

    assert called.result["ticket"]["number"] == drawn.result["ticket"]["number"]
    assert drawn.seq < opened.seq < called.seq
    assert len({drawn.key, opened.key, called.key}) == 3
    assert refused.value.problem["code"] == "counter_busy"


async def test_a_press_whose_answer_was_lost_is_sent_again_and_counts_once() -> None:
    taken = b'{"epoch": "e", "seq": 7, "replayed": true, "events": [], "result": {}}'
    troubled = Troubled(None, (503, problem("starting", retry=True)), (200, taken))
    async with await asyncio.start_server(troubled.talk, "127.0.0.1", 0) as server, asyncio.timeout(LONG):
        port = server.sockets[0].getsockname()[1]
        async with Client(f"http://127.0.0.1:{port}", "secret", office="mitte") as client:
            answer = await client.press(OpenCounter(counter="1"))

    assert answer == Counted(troubled.keys[0], "e", 7, True, (), {})
    assert troubled.keys == [answer.key] * 3


async def test_a_press_is_given_up_after_a_while_and_nobody_knows_whether_it_counted() -> None:
    async with Client("http://127.0.0.1:9", "secret", office="mitte", patience_s=0) as client:
        with pytest.raises(NotTaken) as unanswered:
            await client.press(DRAW)

    assert unanswered.value.problem["code"] == "unanswered"


async def test_a_token_of_nobody_and_one_of_several_offices(house: House) -> None:
    several = await house.token("clerk", offices=("mitte", "rathaus"))
    async with Client(house.url, "guessed") as client:
        with pytest.raises(Unreachable, match="does not know this token"):
            await client.press(DRAW)
    async with Client(house.url, several) as client:
        with pytest.raises(Unreachable, match="for 2 offices"):
            await client.press(DRAW)
    async with Client(house.url, several, office="mitte") as client:
        assert (await client.press(DRAW)).result["ticket"]["number"]


async def test_one_look_at_a_board_and_at_one_that_is_not_there(house: House) -> None:
    async with Client(house.url, await house.token("observer")) as client:
        assert (await client.board("display", "hall"))["office"]
        with pytest.raises(Gone) as gone:
            await client.board("display", "nowhere")

    assert gone.value.problem["code"] == "unknown_display"
    assert "/boards/display/nowhere: 404 unknown_display" in str(gone.value)


async def test_a_board_is_seen_after_every_change(house: House) -> None:
    async with Client(house.url, await house.token("clerk")) as client, client.watch("counter", "3") as looks:
        seen = [look.board["counter"]["state"] async for look in _first(looks)]
        await client.press(OpenCounter(counter="3"))
        async with asyncio.timeout(LONG):
            async for look in looks:
                seen.append(look.board["counter"]["state"])
                if seen[-1] == "open":
                    break

    assert (seen[0], seen[-1]) == ("closed", "open")


async def test_after_a_loss_it_says_hello_again() -> None:
    async with BoxServer(counter("one", 4, "A001")) as server, asyncio.timeout(LONG):
        server.me = {"offices": ["mitte"], "for": "3"}
        async with Client(server.address.url, server.address.token) as client, client.watch("counter", "3") as looks:
            first = [look async for look in _first(looks)]
            server.says = (counter("two", 2, "A007"),)
            await server.until(server.sockets.copy)
            await server.sockets.pop().close(1012)
            second = [look async for look in _first(looks)]

    assert [(look.epoch, look.seq, look.board["held"]) for look in first + second] == [
        ("one", 4, "A001"),
        ("two", 2, "A007"),
    ]
    assert len(server.hellos) == 2


async def test_a_board_that_is_not_there_ends_the_watch_and_says_why(house: House) -> None:
    async with Client(house.url, await house.token("clerk")) as client, client.watch("counter", "99") as looks:
        with pytest.raises(NotLetIn) as refused:
            async for _ in looks:
                pass

    assert refused.value.code == "no_such_board"


async def test_who_is_slow_misses_looks_but_never_the_last_one() -> None:
    async with BoxServer(*(counter("one", seq, f"A{seq:03}") for seq in range(1, 300))) as server:
        server.me = {"offices": ["mitte"], "for": "3"}
        async with Client(server.address.url, server.address.token) as client, asyncio.timeout(LONG):
            seen = []
            async with client.watch("counter", "3") as looks:
                async for look in looks:
                    seen.append(look.seq)
                    await asyncio.sleep(0.01)
                    if look.seq == 299:
                        break

    assert seen == sorted(seen)
    assert len(seen) < 299


async def test_the_log_is_read_on_from_a_place(house: House) -> None:
    async with Client(house.url, await house.token("observer")) as reader, asyncio.timeout(LONG):
        place, kinds = LogPlace(), list[str]()
        async for entry in reader.events(place):
            place, kinds = place.after(entry), [*kinds, entry["type"]]
            if entry["type"] == "day_opened":
                break
        ticket = await house.ticket()
        async for entry in reader.events(place, every_s=0):
            if entry["type"] == "ticket_issued":
                break

    assert entry["ticket"] == ticket["id"]
    assert entry["seq"] > place.seq


async def test_a_place_of_another_epoch_or_before_what_is_kept_is_lost(house: House) -> None:
    async with Client(house.url, await house.token("observer")) as reader:
        with pytest.raises(CutOff) as forked:
            async for _ in reader.events(LogPlace("another", 1)):
                pass
    troubled = Troubled((410, problem("log_trimmed", retry=False)))
    async with await asyncio.start_server(troubled.talk, "127.0.0.1", 0) as server, asyncio.timeout(LONG):
        port = server.sockets[0].getsockname()[1]
        async with Client(f"http://127.0.0.1:{port}", "secret", office="mitte") as client:
            with pytest.raises(CutOff) as trimmed:
                async for _ in client.events(LogPlace("e", 3)):
                    pass

    assert [forked.value.code, trimmed.value.code] == ["epoch_changed", "log_trimmed"]
    assert trimmed.value.place == LogPlace("e", 3)


async def _first(looks: Any) -> Any:
    """The next look, without ending the watch."""
    yield await asyncio.wait_for(anext(looks), LONG)
