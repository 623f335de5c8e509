"""Trouble between a node and its store: a connection that is cut after the write, and a long distance."""

import asyncio
import contextlib
import tempfile
from pathlib import Path
from typing import Self

CHUNK = 1 << 16


class Proxy:
    """Passes data between a node and the store on the socket `store`. `url`: for `--redis`.

    `delay_s`: how long each way takes. `cut_next_append`: the store receives and does it, but its answer never comes.
    """

    def __init__(self, store: Path, delay_s: float = 0.0) -> None:
        self.cuts = 0
        self.armed = False
        self._store, self._delay_s = store, delay_s
        self._folder = tempfile.TemporaryDirectory(prefix="aufruf-proxy-")
        self._server: asyncio.Server | None = None
        self._closed = False
        self._lines: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"unix://{self._folder.name}/p"

    def cut_next_append(self) -> None:
        self.armed = True

    def close(self) -> None:
        """From now on nobody gets through, and open connections are closed."""
        assert self._server
        self._closed = True
        self._server.close()
        for line in list(self._lines):
            line.cancel()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_unix_server(self._serve, f"{self._folder.name}/p")
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()
        await asyncio.gather(*self._lines, return_exceptions=True)
        self._folder.cleanup()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._closed:  # it was accepted in the instant before
            writer.close()
            return
        line = asyncio.current_task()
        assert line
        self._lines.add(line)
        ends = [writer]
        cut = asyncio.Event()
        try:
            from_store, to_store = await asyncio.open_unix_connection(str(self._store))
            ends.append(to_store)
            ways = (self._there(reader, to_store, cut), self._back(from_store, writer, cut))
            done, pending = await asyncio.wait(
                [asyncio.ensure_future(way) for way in ways], return_when=asyncio.FIRST_COMPLETED
            )
            for way in pending:
                way.cancel()
            await asyncio.gather(*done, *pending, return_exceptions=True)
        except OSError:
            return  # the store is away: the node's connection is closed, as without this proxy
        finally:
            self._lines.discard(line)
            for end in ends:
                with contextlib.suppress(OSError):
                    end.close()

    async def _there(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, cut: asyncio.Event) -> None:
        while said := await source.read(CHUNK):
            if self.armed and b"EVALSHA" in said and b'"type"' in said:
                self.armed = False
                cut.set()
            self._hand_on(said, sink)

    async def _back(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, cut: asyncio.Event) -> None:
        while said := await source.read(CHUNK):
            if cut.is_set():
                self.cuts += 1
                return
            self._hand_on(said, sink)

    def _hand_on(self, said: bytes, sink: asyncio.StreamWriter) -> None:
        """Keeps the order whatever the delay: timers of equal length fire in the order in which they were set."""
        if self._delay_s:
            asyncio.get_running_loop().call_later(self._delay_s, self._write, said, sink)
        else:
            self._write(said, sink)

    @staticmethod
    def _write(said: bytes, sink: asyncio.StreamWriter) -> None:
        if not sink.is_closing():
            sink.write(said)
