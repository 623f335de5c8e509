"""The printer agent (`aufruf printer`): takes jobs from its board, prints each at most once, and reports how it went.

Here is the order of the steps; drawing, printing, remembering and the line to the server have their own modules.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial

import msgspec
from PIL import Image

from device_line.lasting import lasting
from device_line.line import Line
from device_line.server_clock import instant
from server.messages.agreed import JOB_LIFE_MS
from server.messages.boards import Job, Printer
from server.messages.frames import Beat, Board, Done, FromServer, PrintJob, Refused, Report, Welcome
from server.messages.instants import HOUR, rfc3339
from ticket_printer.beside import KioskBox
from ticket_printer.drawable import drawable
from ticket_printer.faces import MissingGlyph
from ticket_printer.ledger import Entry, Ledger
from ticket_printer.picture import picture
from ticket_printer.reports import TELL_EVERY_S, Reports
from ticket_printer.sheet import at_most
from ticket_printer.ticket import PaperTicket
from ticket_printer.transport import Outcome, PrinterState, Transport, trouble

_log = logging.getLogger("aufruf.ticket_printer")

LOOK_EVERY_S = 15.0
"""Seconds between two looks at the printer's state: low paper, no paper or an open cover is seen within 15 s to 30 s, and the
printer's only connection is rarely busy."""
MOST_WAITING = 64
"""The most jobs taken at a time: no printer can print more in two minutes. The others stay on the board and are offered again."""
TRY_FOR_S = 30.0
"""Seconds for which a print is tried again if no byte of the ticket was sent: small printers refuse a new connection for some
seconds after each one. After this time the citizen, who has the number on the screen, has gone to sit down."""
TRY_AGAIN_S = 1.0
REST_S = 4.0
NOT_REACHED: tuple[PrinterState, ...] = ("offline", "refused", "no_answer", "died")
"""Reasons which mean that the connection failed before the ticket began; the printer itself reported nothing."""
LEFT_OUT_MS = 12 * HOUR
"""How long staff are told that tickets are printed without some signs: a working day, in which somebody corrects the name."""
LAST_PAPER_S = 8.0
"""Seconds that a ticket which is being printed gets to finish when the agent is asked to stop."""

MakePrinter = Callable[[str, bool], Transport]


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


class Agent:
    """One printer's agent.

    `make` opens the printer at (address, one_way) and raises ValueError for a wrong address; `address` overrides the one in
    the office file; `now_ms`: this device's clock, for the ledger.
    """

    def __init__(
        self,
        line: Line,
        ledger: Ledger,
        *,
        address: str | None = None,
        make: MakePrinter,
        now_ms: Callable[[], int] = _now_ms,
        look_every: float = LOOK_EVERY_S,
        tell_every: float = TELL_EVERY_S,
        try_for: float = TRY_FOR_S,
        try_again: float = TRY_AGAIN_S,
        rest: float = REST_S,
    ) -> None:
        self._line, self._ledger, self._look_every = line, ledger, look_every
        self._reports = Reports(line, ledger, every=tell_every)
        self._address, self._make, self._now_ms = address, make, now_ms
        self._board: Printer | None = None
        self._printer: Transport | None = None
        self._waiting: asyncio.Queue[Job] = asyncio.Queue(MOST_WAITING)
        self._waiting_beside: asyncio.Queue[Job] = asyncio.Queue(MOST_WAITING)
        self._taken: set[str] = set()
        self._untaken: set[str] = set()
        self._tell_again = 0.0
        self._look_now = asyncio.Event()
        self._try_for, self._try_again, self._rest = try_for, try_again, rest
        self._ending = asyncio.Event()
        self._left_out = 0  # when a ticket was last printed without some of its signs, ms
        self._busy, self._busy_beside = asyncio.Lock(), asyncio.Lock()
        self._one_paper = asyncio.Lock()
        self.state: PrinterState | None = None
        """What the printer said when it was looked at last."""
        self.beside: KioskBox | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Prints until `stop`; then finishes the present ticket. Raises NotLetIn if the server never lets it in."""
        try:
            async with asyncio.TaskGroup() as tasks:
                forever = [
                    tasks.create_task(lasting(work, name, self._line))
                    for name, work in (
                        ("the line", partial(self._line.run, self._heard)),
                        ("printing", partial(self._print_all, self._waiting, self._busy)),
                        # apart, because a job of the server may wait for a server that is away
                        ("printing alone", partial(self._print_all, self._waiting_beside, self._busy_beside)),
                        ("the look at the printer", self._look_after),
                        ("the reports", self._reports.keep_telling),
                    )
                ]
                await stop.wait()
                self._ending.set()
                await self._last_paper()
                for task in forever:
                    task.cancel()
        except ExceptionGroup as faults:
            raise faults.exceptions[0] from None

    async def _last_paper(self) -> None:
        try:
            async with asyncio.timeout(LAST_PAPER_S):
                await self._busy.acquire()
                await self._busy_beside.acquire()
        except TimeoutError:
            _log.warning("stopped in the middle of a paper")

    # What the server says.

    async def _heard(self, frame: FromServer) -> None:
        if self.beside is not None and isinstance(frame, Beat):
            self.beside.heard(frame.stale_since)
        match frame:
            case Welcome():
                await self._reports.tell_untold()
            case Board():
                self._board_came(msgspec.json.decode(frame.board, type=Printer))
            case PrintJob():
                at = rfc3339(self._line.clock.now())
                self._offer(Job(job=frame.job, ticket=frame.ticket, state="requested", requested_at=at))
            case Done():
                await self._reports.answered(frame.key, None, events=bool(frame.events))
            case Refused():
                await self._reports.answered(frame.key, frame.problem)

    def _board_came(self, board: Printer) -> None:
        before, self._board = self._board, board
        if self.beside is not None:
            self.beside.keep_printer(board)
        if before is None or (before.address, before.one_way) != (board.address, board.one_way):
            self._printer = self._made(self._address or board.address, board.one_way)
            self._look_now.set()
        for job in board.jobs:
            self._offer(job)

    def _made(self, address: str, one_way: bool) -> Transport | None:
        try:
            return self._make(address, one_way)
        except ValueError as wrong:
            _log.error("no printer can be reached there: %s", wrong)
            return None

    def _offer(self, job: Job) -> None:
        """Takes a job, unless it was taken before: by this process, by an earlier one, or by a printer that already reported."""
        if job.state != "requested" or job.job in self._taken or self._ledger.knows(job.job):
            return
        try:
            ours = self.beside is not None and self.beside.drew(job)
            (self._waiting_beside if ours else self._waiting).put_nowait(job)
        except asyncio.QueueFull:
            self._left_over(job.job)
            return
        self._taken.add(job.job)

    def _left_over(self, job: str) -> None:
        """Notes a job that was not taken. Every board lists it again, so the number is logged only once a minute."""
        self._untaken.add(job)
        if time.monotonic() >= self._tell_again:
            self._tell_again = time.monotonic() + 60
            _log.warning("too many jobs at once; %d stay on the board, one of them %s", len(self._untaken), job)
            self._untaken.clear()

    # Printing.

    async def _print_all(self, waiting: asyncio.Queue[Job], busy: asyncio.Lock) -> None:
        while True:
            job = await waiting.get()
            async with busy:
                outcome = await self._print(job)
            self._taken.discard(job.job)
            if outcome is None:
                _log.info("job %s is another agent's", job.job)
                continue
            _log.info("job %s: %s %s", job.job, outcome.state, outcome.reason or "")
            if outcome.reason or outcome.paper_low:
                self._look_now.set()

    def serve_beside(self, beside: KioskBox) -> None:
        """Its kiosk prints here, also before the server has said what printer this is."""
        self.beside = beside
        if (kept := beside.kept_printer()) is not None:
            self._board_came(kept)

    def print_here(self, job: str, ticket: dict[str, object]) -> None:
        """Prints a ticket that the kiosk beside the printer drew while the server was away."""
        at = rfc3339(self._line.clock.now())
        self._offer(Job(job=job, ticket=ticket, state="requested", requested_at=at))

    async def _print(self, job: Job) -> Outcome | None:
        needed = self.beside is None or await self.beside.needs(job)
        outcome = await self._outcome(job) if needed else Outcome("failed", "too_old")
        if outcome is None:
            return None
        try:
            entry = await self._ledger.finish(job.job, outcome, self._now_ms())
        except OSError as full:
            _log.error("the outcome of %s is not on disk: %s", job.job, full)
            entry = Entry(job.job, self._now_ms(), outcome.state, outcome.reason)
        if self.beside is not None and self.beside.drew(job):
            self.beside.printed(job, outcome.state)
            await self._ledger.told(job.job)
        else:
            await self._reports.tell(entry)
        return outcome

    async def _outcome(self, job: Job) -> Outcome | None:
        """None: another agent prints it."""
        if self._too_old(job):
            return Outcome("failed", "too_old")
        if self._printer is None:
            return Outcome("failed", "no_address")
        try:
            ticket, left_out = drawable(msgspec.convert(job.ticket, PaperTicket))
            image = await asyncio.to_thread(
                picture, ticket, self._width(), large=self._board is not None and self._board.large_print
            )
        except (MissingGlyph, msgspec.ValidationError, LookupError, ValueError) as fault:
            _log.error("job %s cannot be drawn: %s", job.job, fault)
            return Outcome("failed", "undrawable")
        if left_out:
            self._say_left_out(left_out)
        mine = await self._claimed(job)
        if not mine:
            return None if mine is False else Outcome("failed", "too_old")
        async with self._one_paper:
            try:
                await self._ledger.begin(job.job, self._now_ms())
            except OSError as full:
                _log.error("job %s is not printed, it could not be remembered: %s", job.job, full)
                return Outcome("failed", "error")
            return await self._reach(self._printer, job, image)

    async def _claimed(self, job: Job) -> bool | None:
        """Whether this agent may print it; None if the server did not say so while somebody could still wait for the paper."""
        if self.beside is not None and self.beside.drew(job):
            return True
        left_s = (JOB_LIFE_MS - (self._line.clock.now() - instant(job.requested_at))) / 1000
        try:
            async with asyncio.timeout(left_s):
                return await self._reports.claim(job.job)
        except TimeoutError:
            return None

    def _say_left_out(self, signs: str) -> None:
        """The ticket is printed; staff are told, because the office file should be corrected."""
        known, self._left_out = self._left_out, max(self._now_ms(), 1)
        if not known:
            _log.warning(
                "no ticket font draws %s: tickets are printed without", " ".join(f"U+{ord(s):04X}" for s in signs)
            )
            self._look_now.set()

    async def _reach(self, printer: Transport, job: Job, image: Image.Image) -> Outcome:
        """Prints, and tries again while the printer cannot be reached. `failed` promises that no byte was sent."""
        until = time.monotonic() + self._try_for
        while True:
            outcome = await printer.print(job.job, image)
            reached = outcome.state != "failed" or outcome.reason not in NOT_REACHED
            if reached or time.monotonic() > until or self._too_old(job) or await self._asked_to_end(self._try_again):
                return outcome

    async def _asked_to_end(self, within: float) -> bool:
        try:
            async with asyncio.timeout(within):
                await self._ending.wait()
        except TimeoutError:
            return False
        return True

    def _too_old(self, job: Job) -> bool:
        return self._line.clock.now() - instant(job.requested_at) > JOB_LIFE_MS

    def _width(self) -> int:
        return at_most(self._board.width_mm if self._board else 80)

    # How the printer is.

    async def _look_after(self) -> None:
        last: PrinterState | None = None
        while True:
            try:
                async with asyncio.timeout(self._look_every):
                    await self._look_now.wait()
            except TimeoutError:
                pass
            self._look_now.clear()
            if self._board is None:
                continue
            state = await self._state(last)
            if state != last:
                _log.log(logging.WARNING if trouble(state) else logging.INFO, "the printer says %s", state)
            last = self.state = state
            told = "signs_left_out" if state == "ok" and self._now_ms() - self._left_out < LEFT_OUT_MS else None
            if state == "ok" and self.beside is not None and self.beside.not_taken:
                told = "numbers_not_taken"
            await self._line.send(Report(kind="printer", state=state, reason=trouble(state) or told))

    async def _state(self, last: PrinterState | None) -> PrinterState:
        if self._printer is None:
            return "no_address"
        state = await self._printer.status()
        if state in NOT_REACHED and last is not None and not trouble(last):
            await asyncio.sleep(
                self._rest
            )  # right after a ticket a printer may refuse connections: only the second failed look is reported
            state = await self._printer.status()
        return state
