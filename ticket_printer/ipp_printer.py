"""A print queue of CUPS, or a printer that speaks IPP itself: the ticket is a PDF, and the queue says what became of it.

The reasons are those of RFC 8011 (`printer-state-reasons`). A queue at ipps:// must have a certificate that this machine trusts:
its own authorities, or those of the file that SSL_CERT_FILE names. Needs the extra `ipp`. Made by `address`.
"""

import asyncio
import io
import logging
import ssl
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import (
    ClientConnectorCertificateError,
    ClientConnectorError,
    ClientConnectorSSLError,
    ClientSession,
    TCPConnector,
)
from PIL import Image
from pyipp import IPP
from pyipp.enums import IppOperation
from pyipp.exceptions import IPPConnectionError, IPPError

from ticket_printer.transport import Outcome, PrinterState, Reason, trouble

_log = logging.getLogger("aufruf.ticket_printer")

ANSWER_S = 4
"""The longest wait for one answer of the queue."""
DONE_S = 20.0
"""The longest wait until the queue says that a ticket is printed. An office printer that slept needs as long to warm up."""
LOOK_S = 0.25
RECEIPT_DPI, OFFICE_DPI = 203, 300
_WIDEST_RECEIPT = 576
STOPPED = 5
COMPLETED, CANCELED, ABORTED = 9, 7, 8
_MEANT: tuple[tuple[str, PrinterState], ...] = (
    ("cover-open", "cover_open"),
    ("door-open", "cover_open"),
    ("interlock-open", "cover_open"),
    ("media-empty", "paper_out"),
    ("media-needed", "paper_out"),
    ("cutter", "cutter"),
    ("media-jam", "error"),
    ("shutdown", "offline"),
    ("offline", "offline"),
    ("connecting-to-device", "offline"),
    ("timed-out", "offline"),
    ("media-low", "paper_low"),
)


class _Unreached(Exception):
    """The queue was not reached, or took nothing: no ticket."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason
        super().__init__(reason)


class IppPrinter:
    """A `Transport`. `queue`: ipp://host:port/path, as `ipp_of` gives it."""

    def __init__(self, queue: str) -> None:
        self._queue = queue
        self._turn = asyncio.Lock()
        self._trusted: ssl.SSLContext | None = None

    async def status(self) -> PrinterState:
        async with self._turn, self._line() as line:
            try:
                return await _state(line)
            except _Unreached as unreached:
                return unreached.reason

    async def print(self, job: str, image: Image.Image) -> Outcome:
        document = await asyncio.to_thread(_pdf, image)
        async with self._turn, self._line() as line:
            try:
                state = await _state(line)
                if (cannot := trouble(state)) is not None:
                    return Outcome("failed", cannot)
                number = await self._given(line, job, document)
            except _Unreached as unreached:
                return Outcome("failed", unreached.reason)
            if number is None:
                return Outcome("unknown", "no_answer", state == "paper_low")
            return await self._followed(line, number, state)

    @asynccontextmanager
    async def _line(self) -> AsyncIterator[IPP]:
        """pyipp alone would take any certificate: whoever stands between could read every ticket and its link."""
        if self._queue.startswith("ipps:") and self._trusted is None:
            self._trusted = await asyncio.to_thread(ssl.create_default_context)
        async with ClientSession(connector=TCPConnector(ssl=self._trusted or True)) as session:
            yield IPP(self._queue, request_timeout=ANSWER_S, session=session, verify_ssl=True, user_agent="Aufruf")

    async def _given(self, line: IPP, job: str, document: bytes) -> int | None:
        """The number of the job in the queue; None if nobody knows whether the queue has it."""
        wanted = {"job-name": job, "document-format": "application/pdf"}
        try:
            answer = await line.execute(IppOperation.PRINT_JOB, {"operation-attributes-tag": wanted, "data": document})
        except IPPConnectionError as lost:
            if (reason := _not_connected(lost)) is not None:
                raise _Unreached(reason) from None
            return None
        except IPPError as refused:
            if _is_refusal(refused):  # the queue answered that it took nothing
                raise _Unreached("error") from None
            return None
        return _first_number(answer.get("jobs") or [])

    async def _followed(self, line: IPP, number: int, before: PrinterState) -> Outcome:
        """What became of a job that the queue has."""
        low = before == "paper_low"
        try:
            async with asyncio.timeout(DONE_S):
                while True:
                    state = await _job_state(line, number)
                    if state == COMPLETED:
                        return Outcome("confirmed", paper_low=low)
                    if state in (CANCELED, ABORTED):
                        return Outcome("unknown", "error", low)
                    await asyncio.sleep(LOOK_S)
        except (IPPError, TimeoutError):
            await self._called_back(line, number)
            return Outcome("unknown", await self._cause(line), low)

    async def _called_back(self, line: IPP, number: int) -> None:
        """A ticket that waits in the queue must not come out when its number was called long ago."""
        try:
            await line.execute(IppOperation.CANCEL_JOB, {"operation-attributes-tag": {"job-id": number}})
        except IPPError:
            return

    async def _cause(self, line: IPP) -> Reason:
        try:
            return trouble(await _state(line)) or "no_answer"
        except _Unreached as unreached:
            return unreached.reason


async def _state(line: IPP) -> PrinterState:
    wanted = ["printer-state", "printer-state-reasons", "printer-is-accepting-jobs"]
    try:
        answer = await line.execute(
            IppOperation.GET_PRINTER_ATTRIBUTES, {"operation-attributes-tag": {"requested-attributes": wanted}}
        )
    except IPPConnectionError as lost:
        raise _Unreached(_not_connected(lost) or "no_answer") from None
    except IPPError:
        raise _Unreached("no_answer") from None
    said = next(iter(answer.get("printers") or []), None)
    if said is None:
        raise _Unreached("no_answer")
    return state_of(said)


def state_of(said: dict[str, Any]) -> PrinterState:
    """The state that a queue's attributes mean; a cause that a person can remove goes first."""
    reasons = said.get("printer-state-reasons") or []
    named = [reasons] if isinstance(reasons, str) else [str(reason) for reason in reasons]
    found = _named(named)
    if found is not None and found != "paper_low":
        return found
    if said.get("printer-is-accepting-jobs") is False or said.get("printer-state") == STOPPED:
        return "offline"
    return found or "ok"


def _named(reasons: Iterable[str]) -> PrinterState | None:
    named = list(reasons)
    return next((state for word, state in _MEANT if any(word in reason for reason in named)), None)


async def _job_state(line: IPP, number: int) -> int | None:
    answer = await line.execute(
        IppOperation.GET_JOB_ATTRIBUTES,
        {"operation-attributes-tag": {"job-id": number, "requested-attributes": ["job-state"]}},
    )
    jobs = answer.get("jobs") or []
    return int(jobs[0]["job-state"]) if jobs and "job-state" in jobs[0] else None


def _first_number(jobs: list[dict[str, Any]]) -> int | None:
    return int(jobs[0]["job-id"]) if jobs and "job-id" in jobs[0] else None


def _not_connected(lost: IPPConnectionError) -> Reason | None:
    """Why there was no connection at all; None if there was one, and something may have been sent."""
    cause = lost.__cause__
    if isinstance(cause, ClientConnectorCertificateError):
        _log.error(
            "the certificate of the print queue at %s is not trusted (%s): name its authority in SSL_CERT_FILE",
            cause.host,
            getattr(cause.certificate_error, "verify_message", "") or "it is not for this name",
        )
        return "untrusted"
    if isinstance(cause, ClientConnectorSSLError):
        _log.error("the print queue at %s speaks no TLS that can be used", cause.host)
        return "untrusted"
    if not isinstance(cause, ClientConnectorError):
        return None
    return "refused" if isinstance(cause.os_error, ConnectionRefusedError) else "offline"


def _is_refusal(fault: IPPError) -> bool:
    return any(isinstance(said, dict) and "status-code" in said for said in fault.args)


def _pdf(image: Image.Image) -> bytes:
    out = io.BytesIO()
    dots = RECEIPT_DPI if image.width <= _WIDEST_RECEIPT else OFFICE_DPI
    image.save(out, "PDF", resolution=dots)
    return out.getvalue()
