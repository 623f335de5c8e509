"""Printers that fetch their tickets from this server: `/poll/{office}/{id}/{key}`, Star CloudPRNT and Epson Server Direct Print.

Such a printer keeps one address and nothing else, so its key, the token of that printer, is part of it. Before a ticket is handed
over, the log says `sent`; whatever gets lost from then on, it is never handed over again: no paper or one, never two.
"""

from collections import OrderedDict
from typing import Any, NamedTuple

from starlette.responses import Response

from server.messages import boards
from server.messages.actor import Actor
from server.messages.facts import Print
from server.messages.office import Printer
from server.web import cloudprnt, direct_print, reading
from server.web.ask import Ask, json, ready
from server.web.documents import schemas
from server.web.drawn import Drawn
from server.web.pressing import CODES, pressed
from server.web.reading import When
from server.web.refused import RefusedRequest, invalid, refuse
from server.web.routes.sign_in import form_of
from server.web.way import Open, Query, Way

PATH = "/poll/{office}/{id}/{key}"
CLOUDPRNT, DIRECT_PRINT = "cloudprnt", "direct_print"
LIKE_A_KEY = "aufruf_"
"""How every token begins; what begins otherwise is nobody's guess."""
KEPT = 200
"""The most pictures kept for printers that load the same ticket once more before they print it."""
ABLE = frozenset({"ok", "paper_low", "no_status"})


class At(NamedTuple):
    """The printer that asks."""

    ask: Ask
    actor: Actor
    printer: Printer


class Polling:
    """Made per app. `_handed`: the ticket that each printer got last, until it asks again; a printer that loads it once more
    within the same turn has not begun to print. Another one with the same settings (another `mac`) does not get it."""

    def __init__(self) -> None:
        self._handed: OrderedDict[tuple[str, str], tuple[str, str, bytes]] = OrderedDict()
        self._states: OrderedDict[tuple[str, str], str] = OrderedDict()

    def ways(self) -> tuple[Way, ...]:
        codes = ("unknown_route", "starting", "too_many")
        token = Query("token", "the job, as the answer to the poll named it")
        return (
            Way("POST", PATH, self.poll, Open.ALL, "A printer asks for a ticket, or says what became of one",
                result=schemas.BYTES, codes=(*codes, *CODES)),
            Way("GET", PATH, self.fetch, Open.ALL, "The ticket for a CloudPRNT printer, as a picture",
                result=schemas.BYTES, codes=codes, query=(Query("type", "the format that it wants"), token)),
            Way("DELETE", PATH, self.confirm, Open.ALL, "What became of a ticket at a CloudPRNT printer",
                codes=(*codes, *CODES), query=(Query("code", "how it ended"), token)),
        )  # fmt: skip

    async def poll(self, ask: Ask) -> Response:
        at = await _printer(ask)
        if at.printer.kind == DIRECT_PRINT:
            return await self._direct(at)
        said = reading.read(await reading.json_body(ask.request), dict[str, Any])
        poll = cloudprnt.poll_of(said)
        _seen(at, poll.state)
        self._handed.pop(_place(at), None)
        if poll.busy:
            return json(cloudprnt.offer(None))
        await _lost(at, poll.state)
        jobs = await open_jobs(at, poll.state)
        return json(cloudprnt.offer(jobs[0].job if jobs else None))

    async def fetch(self, ask: Ask) -> Response:
        at = await _printer(ask, CLOUDPRNT)
        wanted = ask.request.query_params.get("type", cloudprnt.PICTURE).partition(";")[0]
        if wanted != cloudprnt.PICTURE:
            return Response(status_code=415)
        said = ask.request.query_params
        job, mac, picture = self._handed.get(_place(at), ("", "", b""))
        if not job or (said.get("token", job), said.get("mac", "")) != (job, mac):
            picture = await self._hand(at, said.get("token"), said.get("mac", ""))
        if not picture:
            raise refuse("unknown_route", "there is no ticket to print")
        return Response(picture, headers={"cache-control": "no-store"}, media_type=cloudprnt.PICTURE)

    async def confirm(self, ask: Ask) -> Response:
        at = await _printer(ask, CLOUDPRNT)
        said = ask.request.query_params
        made = _handed_out(at, said.get("token"))
        self._handed.pop(_place(at), None)
        if made is not None:
            await _report(at, made.job, *cloudprnt.outcome_of(said.get("code", "")))
        return json({})

    async def _direct(self, at: At) -> Response:
        form = await form_of(at.ask)
        kind = form.get("ConnectionType")
        place = _place(at)
        if kind == "SetResponse":
            await self._results(at, str(form.get("ResponseFile") or ""))
        elif kind == "GetRequest":
            state = self._states.get(place, "no_status")
            _seen(at, state)
            await _lost(at, state)
            for job in await open_jobs(at, "no_status"):
                if (drawn := await claimed(at, job)) is not None:
                    return _xml(direct_print.request(job.job, drawn))
        return _xml(b"")

    async def _results(self, at: At, xml: str) -> None:
        try:
            results = direct_print.results(xml)
        except ValueError as wrong:
            raise invalid("ResponseFile", str(wrong)) from None
        for result in results[:8]:
            _keep(self._states, _place(at), result.printer)
            _seen(at, result.printer)
            if _handed_out(at, result.job) is not None:
                await _report(at, result.job, result.state, result.reason)

    async def _hand(self, at: At, token: str | None, mac: str) -> bytes:
        """Its next ticket, now its own; empty if there is none."""
        for job in await open_jobs(at, "ok"):
            if token in (None, job.job) and (drawn := await claimed(at, job)) is not None:
                _keep(self._handed, _place(at), (job.job, mac[:40], drawn.png))
                return drawn.png
        return b""


async def _printer(ask: Ask, kind: str = "") -> At:
    """Who asks, by the key in the address. Whatever is wrong, there is nothing here: keys are not tried out."""
    asker = await ask.site.access.gate.known(bearer=ask.values["key"])
    nothing = refuse("unknown_route", "there is nothing here")
    if asker is None:
        if ask.values["key"].startswith(LIKE_A_KEY):
            ask.site.limits.guessed(ask.address)
        raise nothing
    state = ready(ask.desk).state
    actor = await ask.site.access.gate.actor(asker, ask.office)
    printer = next((one for one in state.office.printers if one.id == ask.values["id"]), None)
    polls = printer is not None and printer.kind in ((kind,) if kind else (CLOUDPRNT, DIRECT_PRINT))
    if printer is None or not polls or actor is None or (actor.role, actor.device) != ("printer", printer.id):
        raise nothing
    return At(ask, actor, printer)


def _place(at: At) -> tuple[str, str]:
    return at.ask.office, at.printer.id


def _keep(kept: OrderedDict[tuple[str, str], Any], place: tuple[str, str], value: Any) -> None:
    kept[place] = value
    kept.move_to_end(place)
    while len(kept) > KEPT:
        kept.popitem(last=False)


def _seen(at: At, state: str) -> None:
    at.ask.site.hub.polled(at.ask.office, f"printer:{at.printer.id}", state, None if state in ABLE else state)


async def open_jobs(at: At, state: str) -> tuple[boards.Job, ...]:
    """The tickets that wait for it. One that cannot print now gets none, and their owners read at once that no paper comes."""
    board = at.ask.site.hub.board(at.ask.office, "printer", at.printer.id, at.actor)
    jobs = board.jobs if isinstance(board, boards.Printer) else ()
    if state in ABLE:
        return jobs
    for job in jobs:
        await _report(at, job.job, "failed", state)
    return ()


async def claimed(at: At, job: boards.Job) -> Drawn | None:
    """The picture of a ticket that nobody else can have any more; None if somebody was faster, or if it cannot be drawn."""
    drawn = await at.ask.site.drawing.drawn(job.ticket, at.printer.width_mm, at.printer.large_print)
    if drawn is None:
        await _report(at, job.job, "failed", "undrawable")
        return None
    return drawn if await _report(at, job.job, "sent", None, before="requested") else None


async def _lost(at: At, state: str) -> None:
    """It asks again although it has not said what became of a ticket: nobody knows."""
    for made in _all_sent(at):
        await _report(at, made.job, "unknown", "no_answer" if state in ABLE else state)


def _all_sent(at: At) -> list[Print]:
    prints = at.ask.desk.state.prints.values()
    return [made for made in prints if made.printer == at.printer.id and made.state == "sent"]


def _handed_out(at: At, job: str | None) -> Print | None:
    """The ticket that it speaks of, if it was handed out to it; without a name the newest that is not settled."""
    if job is None:
        return next(reversed(_all_sent(at)), None)
    made = at.ask.desk.state.prints.get(job)
    return made if made is not None and made.printer == at.printer.id and made.state in ("sent", "unknown") else None


async def _report(at: At, job: str, state: str, reason: str | None, before: str = "") -> bool:
    """Notes it in the log. `before`: the state that it must have had; False if another node was faster."""
    made = at.ask.desk.state.prints.get(job)
    if made is None or (before and made.state != before):
        return False
    command = {"type": "report_print", "job": job, "state": state, **({"reason": reason} if reason else {})}
    key = f"poll-{job}-{state}-{reason or ''}"[:64]
    try:
        with at.ask.site.limits.press(at.actor):
            done = await pressed(at.ask.site, at.ask.desk, at.actor, reading.converted(command), key, When(None, None))
    except RefusedRequest as refused:
        if refused.refusal.code in ("unknown_device", "day_closed"):  # the day of this ticket is over
            return False
        raise
    return bool(done.entries) and not done.replayed


def _xml(body: bytes) -> Response:
    return Response(body, headers={"content-type": direct_print.MEDIA, "cache-control": "no-store"})
