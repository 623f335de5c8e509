"""A press of the demo at a server in trouble: sent again with the same key until it is answered."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from server.messages.commands import CallNext, OpenCounter
from server.rehearsal.contract import Contract, Declined, Taken, Unreachable

TAKEN = b'{"epoch": "e", "seq": 7, "replayed": false, "events": [{"type": "counter_opened"}], "result": {}}'


class Troubled:
    """A server that answers as it is told, one answer per request: (status, body), or None to close the connection."""

    def __init__(self, *answers: tuple[int, bytes] | None) -> None:
        self.answers = list(answers)
        self.keys: list[str] = []
        self.bodies: list[bytes] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._answer(reader, writer):
                pass
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        fields = dict(line.lower().split(": ", 1) for line in head.splitlines()[1:] if ": " in line)
        self.bodies.append(await reader.readexactly(int(fields.get("content-length", "0"))))
        self.keys.append(fields.get("idempotency-key", ""))
        answer = self.answers.pop(0)
        if answer is None:
            return False
        status, body = answer
        writer.write(f"HTTP/1.1 {status} X\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        return True


async def against(troubled: Troubled, work: Callable[[Contract], Awaitable[None]]) -> None:
    async with await asyncio.start_server(troubled.talk, "127.0.0.1", 0) as server, asyncio.timeout(30):
        port = server.sockets[0].getsockname()[1]
        async with Contract(f"http://127.0.0.1:{port}", "secret") as contract:
            contract.office = "mitte"
            await work(contract)


def problem(code: str, *, retry: bool) -> bytes:
    return f'{{"code": "{code}", "detail": "said so", "retry": {str(retry).lower()}}}'.encode()


async def test_a_press_is_sent_again_with_its_key_until_it_is_answered() -> None:
    troubled = Troubled(
        (503, problem("store_unavailable", retry=True)),
        None,
        (429, problem("too_many", retry=True)),
        (500, b"not json"),
        (200, TAKEN),
    )

    async def work(contract: Contract) -> None:
        taken = await contract.press(OpenCounter(counter="1"))

        assert isinstance(taken, Taken)
        assert taken.seq == 7
        assert troubled.keys == [taken.key] * 5
        assert set(troubled.bodies) == {b'{"type":"open_counter","counter":"1"}'}
        assert not contract.refused

    await against(troubled, work)


async def test_two_presses_have_two_keys() -> None:
    troubled = Troubled((200, TAKEN), (200, TAKEN))

    async def work(contract: Contract) -> None:
        for _ in range(2):
            await contract.press(OpenCounter(counter="1"))

        assert len(set(troubled.keys)) == 2
        assert all(1 <= len(key) <= 64 for key in troubled.keys)

    await against(troubled, work)


async def test_a_refusal_comes_back_and_is_not_sent_again() -> None:
    troubled = Troubled((409, problem("counter_busy", retry=False)))

    async def work(contract: Contract) -> None:
        answer = await contract.press(CallNext(counter="1"))

        assert answer == Declined(code="counter_busy", detail="said so")
        assert contract.refused == {("call_next", "counter_busy"): 1}
        assert len(troubled.keys) == 1

    await against(troubled, work)


async def test_a_token_that_is_no_longer_good_ends_it() -> None:
    troubled = Troubled((401, problem("not_signed_in", retry=False)))

    async def work(contract: Contract) -> None:
        with pytest.raises(Unreachable, match="token"):
            await contract.press(CallNext(counter="1"))

    await against(troubled, work)


async def test_a_server_that_is_not_there_is_named() -> None:
    async with Contract("http://127.0.0.1:9", "secret") as contract:
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1:9"):
            await contract.get("/api/v1/me")
