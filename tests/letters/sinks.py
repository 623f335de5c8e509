"""Where letters arrive in tests: a real mail server and a real web server on loopback, which can be told to refuse or to hang."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

from aiosmtpd.smtp import SMTP
from msgspec.json import decode

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from email.message import EmailMessage


@dataclass
class MailSink:
    """`refuses`: addresses that get 550; `hangs`: it takes no letter and says nothing until it is set; `away`: it takes none now,
    and says so. `senders`: of the envelopes."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    hangs: asyncio.Event | None = None
    away: bool = False
    senders: list[str] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.away:
            return "451 not now"
        if address in self.refuses:
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.hangs is not None:
            await self.hangs.wait()
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append(message)
        self.senders.append(envelope.mail_from)
        return "250 taken"

    def subjects(self) -> list[str]:
        return [str(one["Subject"]).strip() for one in self.letters]


@dataclass
class WebSink:
    """`posts`: headers and body; `asked`: the path before them.

    `answers`: the status of each coming POST, 204 when the list is empty; `hangs`: it answers when that is set.
    """

    port: int = 0
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    hangs: asyncio.Event | None = None
    came: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def types(self) -> list[str]:
        return [decode(content)["type"] for _, content in self.posts]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:] if line)}
        content = await reader.readexactly(int(headers["content-length"]))
        self.posts.append((headers, content))
        self.asked.append((lines[0].split()[1], headers, content))
        self.came.set()
        if self.hangs is not None:
            await self.hangs.wait()
        status = self.answers.pop(0) if self.answers else 204
        writer.write(
            f"HTTP/1.1 {status} X\r\nlocation: /other\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode()
        )
        await writer.drain()
        writer.close()


@asynccontextmanager
async def mail_sink() -> AsyncIterator[MailSink]:
    sink = MailSink()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(sink, hostname="sink"), "127.0.0.1", 0)
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        server.close()


@asynccontextmanager
async def web_sink() -> AsyncIterator[WebSink]:
    sink = WebSink()
    server = await asyncio.start_server(sink.serve, "127.0.0.1", 0)
    sink.port = server.sockets[0].getsockname()[1]
    try:
        yield sink
    finally:
        server.close()
