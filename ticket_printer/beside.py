"""The kiosk beside its printer: its browser opens this machine's own address, and gets numbers also while the server is away.

As long as the server answers, everything is passed through (`device_line.passing`). Meanwhile this keeps what it will need: the
kiosk's page, its last board, and numbers that the server lends. When the server has been away for a moment, this answers alone;
when it is back, every ticket is handed in, one after another, and told.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import httpx
import msgspec

from device_line.lasting import lasting
from device_line.line import LIVE, LOST, Line
from device_line.passing import Browser, Kept, PassThrough, listener, serving
from server.messages.agreed import BEAT_MS, STALE_AFTER_MS
from server.messages.boards import Job, Printer
from server.messages.frames import CLOSE
from server.messages.instants import MINUTE, SECOND, rfc3339
from ticket_printer.alone import EPOCH, Json, answered, board_alone, paper_alone, refusal
from ticket_printer.doorway import ALONE_AFTER_S, Doorway
from ticket_printer.handing_in import LONGEST_KEY, HandingIn
from ticket_printer.kept_page import KeptPage
from ticket_printer.lent import Block, Lent, Loan

_log = logging.getLogger("aufruf.ticket_printer")

PULSE_S = 1.0
"""Seconds between two pings of the server. A frozen server keeps its sockets open, and its beats are missed only after 12 s."""
LOOK_EVERY_S = 10.0
"""Seconds between two looks at board, page and lent numbers while the server answers."""
LEND = 40
"""How many numbers of each service are lent at once: an hour of a busy kiosk."""
FEW = 20
"""With fewer left than this, more are lent. The server lends a kiosk 200 of each service a day."""
CHANGES_S = 0.25
"""Seconds between two looks at whether what a kiosk shows alone has changed: its printer, its numbers."""
ANSWER_S = 5.0
HANDED_IN_S = 10.0
"""Seconds that jobs of the server wait, after it was away, for the tickets that were drawn meanwhile to be handed in."""
ALONE = "alone~"
"""The beginning of the names of jobs that are ours."""
PRINTS_MS = 2 * MINUTE

B = TypeVar("B")
PrintIt = Callable[[str, Json], None]


class KioskBox:
    """One kiosk. `print_it(job, ticket)`: prints a ticket of our own once; `printer`: how the printer is now."""

    def __init__(
        self,
        door: Doorway,
        office: str,
        data: Path,
        *,
        line: Line,
        print_it: PrintIt,
        printer: Callable[[], str | None],
        alone_after: float = ALONE_AFTER_S,
        look_every: float = LOOK_EVERY_S,
    ) -> None:
        self._door, self._office, self._kiosk = door, office, door.kiosk
        folder = data / "kiosks" / office / door.kiosk
        self._line_of_printer, self._print, self._printer = line, print_it, printer
        self._alone_after, self._look_every = alone_after, look_every
        self.away, self.back = asyncio.Event(), asyncio.Event()
        self._page_due = True
        self._stands = asyncio.Event()
        self._line, self._store_away = LOST, False
        self._silent_since: float | None = None
        self._lost_at: float | None = time.monotonic()
        self._page = f"/kiosk/{office}/{door.kiosk}"
        self._kept = KeptPage(folder / "page")
        self._folder = folder
        self._last = _read(folder / "board.json", Json)
        self._printer_board = _read(folder / "printer.json", Printer)
        self._lent = Lent(folder / "numbers", self._now())
        self._prints: dict[str, tuple[str, int]] = {}
        self._handing_in = HandingIn(door.address, office, self._lent, self._now)

    @property
    def not_taken(self) -> int:
        """How many tickets the server did not take over."""
        return self._handing_in.not_taken

    def stands(self, state: str) -> None:
        """Told with each change of the printer's line."""
        if state == LIVE:
            self._page_due = True
            self._silent_since = None
        self._line = state
        self._stood()

    def heard(self, stale_since: str | None) -> None:
        """Told with each welcome and beat: a server whose store does not answer gives no numbers."""
        if self._store_away != (stale_since is not None):
            self._store_away = not self._store_away
            self._stood()

    def _stood(self) -> None:
        if self._live:
            self._lost_at = None
            self._handing_in.look()
        elif self._line not in (LIVE, LOST):  # it was refused: then the server is there, and says so to the page too
            self._lost_at = None
        elif self._lost_at is None:
            self._lost_at = self._silent_since or time.monotonic()
        self._stands.set()

    @property
    def _live(self) -> bool:
        return self._line == LIVE and not self._store_away and self._silent_since is None

    def drew(self, job: Job) -> bool:
        """Whether this is a print of ours: the server knows no such job, so nobody reports it there."""
        return job.job.startswith(ALONE)

    async def needs(self, job: Job) -> bool:
        """Whether somebody needs this paper. After the server was away, a touch may have got a number there and another one here;
        which ones, is known when all of ours are handed in."""
        if self.drew(job):
            return True
        with suppress(TimeoutError):
            async with asyncio.timeout(HANDED_IN_S):
                await self._handing_in.done.wait()
        return job.ticket.get("number") not in self._handing_in.ghosts

    def printed(self, job: Job, state: str) -> None:
        """Told how the print of a ticket of ours went."""
        self._prints[str(job.ticket["number"])] = state, self._now()
        while len(self._prints) > LEND:
            self._prints.pop(next(iter(self._prints)))

    async def run_with(self, printing: Coroutine[Any, Any, None]) -> None:
        """Serves the kiosk for as long as `printing` goes on. Raises OSError if another program has the port."""
        listener(self._door.host, self._door.port).close()
        try:
            async with asyncio.TaskGroup() as tasks:
                own = [
                    tasks.create_task(lasting(self._watch, "the watch on the server", self._line_of_printer)),
                    tasks.create_task(lasting(self._feel, "the pulse of the server", self._line_of_printer)),
                    tasks.create_task(lasting(self._keep_ready, "what the kiosk needs alone", self._line_of_printer)),
                    tasks.create_task(lasting(self._serve, "the kiosk's address", self._line_of_printer)),
                ]
                await printing
                for task in own:
                    task.cancel()
        except ExceptionGroup as faults:
            raise faults.exceptions[0] from None
        finally:
            self._lent.close()

    async def _serve(self) -> None:
        host, port = self._door.host, self._door.port
        names = {f"{name}:{port}" for name in (f"[{host}]" if ":" in host else host, "localhost")}
        passing = PassThrough(self._door.address, names, self, self._page)
        try:
            await serving(passing).serve(sockets=[listener(host, port)])
        finally:
            await passing.end()

    # Is the server there?

    async def _watch(self) -> None:
        while True:
            self._stands.clear()
            patience: float | None = None
            if self._live:
                await self._handing_in.all(lambda: self._live)
                if self._live:
                    self._come_back()
                    patience = self._look_every  # then a ticket whose touch came at the last moment is handed in too
            elif self._lost_at is not None and not self.away.is_set():
                patience = self._lost_at + self._alone_after - time.monotonic()
                if patience <= 0:
                    self._go_alone()
                    patience = None
            with suppress(TimeoutError):
                async with asyncio.timeout(patience):
                    await self._stands.wait()

    async def _feel(self) -> None:
        """Whether a server answers whose line stands. One ping without an answer for as long as a lost line is enough: a server
        that is only busy answers sooner, and if it does not, what was given out alone is handed in as ever."""
        while True:
            if self._line == LIVE:
                asked = time.monotonic()
                answers = await self._line_of_printer.answers(self._alone_after)
                silent = asked if self._line == LIVE and not answers else None
                if (silent is None) != (self._silent_since is None):
                    self._silent_since = silent
                    self._stood()
            await asyncio.sleep(PULSE_S)

    def _go_alone(self) -> None:
        if self._last is None:
            _log.error("the server is away, and this kiosk has never seen it: it can give no numbers")
        else:
            _log.warning("the server is away: the kiosk %s gives numbers alone", self._kiosk)
        self.back.clear()
        self.away.set()

    def _come_back(self) -> None:
        if self.away.is_set():
            _log.info("the server is back: the kiosk %s is passed through", self._kiosk)
        self.away.clear()
        self.back.set()

    # What is kept for the time without it

    async def _keep_ready(self) -> None:
        while True:
            if self._live:
                try:
                    await self._prepare()
                except (httpx.HTTPError, msgspec.MsgspecError, OSError) as fault:
                    _log.warning("the kiosk is not prepared for being cut off: %s", str(fault) or type(fault).__name__)
            await asyncio.sleep(self._look_every if self._live and self._last else 0.5)

    async def _prepare(self) -> None:
        async with self._door.address.asking(ANSWER_S) as client:
            answer = await client.get(f"/api/v1/offices/{self._office}/boards/kiosk/{self._kiosk}")
            if answer.status_code == httpx.codes.UNAUTHORIZED:
                self._door.sent_away()
            answer.raise_for_status()
            self._remember(answer.json())
            await self._borrow(client)
            if self._page_due:
                self._page_due = False
                await self._keep_page(client)

    async def _keep_page(self, client: httpx.AsyncClient) -> None:
        """After each time that the line came back: only then can the server be another release."""
        parts = [*(self._last or {})["services"], *(self._last or {})["occasions"]]
        pictures = [f"pictograms/{name}.svg" for one in parts if (name := one.get("pictogram"))]
        try:
            await self._kept.keep(client, self._page, pictures)
        except httpx.HTTPError:
            self._page_due = True
            raise

    def _remember(self, board: Json) -> None:
        if board != self._last:
            self._last = board
            _keep(self._folder / "board.json", board)

    def keep_printer(self, board: Printer) -> None:
        """The printer's board, without its jobs: those are the server's."""
        board = msgspec.structs.replace(board, jobs=())
        if board != self._printer_board:
            self._printer_board = board
            _keep(self._folder / "printer.json", board)

    def kept_printer(self) -> Printer | None:
        return self._printer_board

    async def _borrow(self, client: httpx.AsyncClient) -> None:
        now = self._now()
        services = [one["id"] for one in (self._last or {})["services"]]
        few = [name for name in services if self._lent.left(name, now) < FEW]
        if not few:
            return
        answer = await self._handing_in.press(
            client, {"type": "lease_numbers", "services": few, "count": LEND}, _new_key()
        )
        said = answer.json()
        if answer.status_code != httpx.codes.OK:
            _log.log(
                logging.DEBUG if said.get("code") == "day_closed" else logging.WARNING,
                "no numbers are lent: %s",
                said.get("detail") or said.get("code"),
            )
            return
        loan = said["result"]
        blocks = tuple(msgspec.convert(one, Block) for one in loan["blocks"])
        await self._lent.lend(Loan(loan["lease"], blocks, loan["until"]))

    # Alone

    def kept(self, path: str) -> Kept | None:
        return self._kept[path]

    def _board(self) -> Json | None:
        if self._last is None:
            return None
        now = self._now()
        prints = [{"ticket": job, "state": state} for job, (state, at) in self._prints.items() if now - at < PRINTS_MS]
        given = Counter(name for one in self._lent.unsettled() for name in one.command["services"])
        return board_alone(
            self._last, lambda service: self._lent.left(service, now), self._printer(), prints, now, given
        )

    async def talk(self, browser: Browser) -> None:
        if await browser.hear() is None:  # its hello
            return
        welcome = {"type": "welcome", "epoch": EPOCH, "seq": 1, "server_time": self._at(), "version": ""}
        times = {"beat": BEAT_MS // SECOND, "stale_after": STALE_AFTER_MS // SECOND}
        await browser.say(msgspec.json.encode(welcome | times))
        works = (self._answer(browser), self._keep_showing(browser), self.back.wait())
        tasks = [asyncio.ensure_future(work) for work in works]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await browser.close(CLOSE["restarting"])

    async def _keep_showing(self, browser: Browser) -> None:
        """The board as soon as something in it has changed, and beats."""
        shown, seq, beaten = None, 1, 0.0
        while not self.back.is_set():
            board = self._board()
            if board is not None and board != shown:
                shown, seq = board, seq + 1
                frame = {"type": "board", "epoch": EPOCH, "seq": seq, "at": self._at(), "board": board}
                await browser.say(msgspec.json.encode(frame))
            if time.monotonic() - beaten >= BEAT_MS / SECOND:
                beaten = time.monotonic()
                beat = {"type": "beat", "epoch": EPOCH, "seq": seq, "server_time": self._at()}
                await browser.say(msgspec.json.encode(beat))
            await asyncio.sleep(CHANGES_S)

    async def _answer(self, browser: Browser) -> None:
        while (text := await browser.hear()) is not None:
            try:
                frame = msgspec.json.decode(text, type=dict[str, Any])
            except msgspec.DecodeError:
                continue
            key, command = frame.get("key"), frame.get("command")
            if frame.get("type") == "command" and isinstance(key, str) and isinstance(command, dict):
                await browser.say(msgspec.json.encode(await self._pressed(key, command)))

    async def _pressed(self, key: str, command: Json) -> Json:
        board = self._board()
        refused = refusal(board, command) if board is not None else None
        if refused is not None or board is None or not 0 < len(key) <= LONGEST_KEY:
            return {"type": "refused", "key": key, "problem": refused.problem() if refused else {"code": "malformed"}}
        try:
            drawn = await self._lent.draw(key, command, self._now(), self._at())
        except OSError as full:
            _log.error("no number: the disk does not take it (%s)", full)
            return {"type": "refused", "key": key, "problem": {"code": "store_unavailable", "retry": False}}
        if drawn is None:
            return {"type": "refused", "key": key, "problem": {"code": "limit_reached", "retry": False}}
        self._handing_in.look()  # a server that thaws may print the same touch before this machine has noticed it
        if board["printer"] is not None:
            self._print(f"{ALONE}{drawn.key}", paper_alone(drawn, board))
        _log.info("alone: %s for %s", drawn.number, drawn.service)
        return {"type": "done", "epoch": EPOCH, "seq": 1, **answered(drawn, replayed=False)}

    # The time

    def _now(self) -> int:
        """The server's, as far as it has told one since this machine was switched on; else the machine's own."""
        return self._line_of_printer.clock.now() or time.time_ns() // 1_000_000

    def _at(self) -> str:
        return rfc3339(self._now())


def _new_key() -> str:
    return f"lend~{time.time_ns():x}"


def _keep(file: Path, board: Json | Printer) -> None:
    """A power cut leaves the old file or the new one."""
    fresh = file.with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(board))
    fresh.replace(file)


def _read(file: Path, kind: type[B]) -> B | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError):
        return None
