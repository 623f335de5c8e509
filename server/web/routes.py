"""The route table: every path of this server, its rights and its answer. The API documents and the grid test read it too."""

from typing import Any

from server.messages.commands import AnyCommand
from server.messages.rights import EVENTS, NOTES, REPORT
from server.messages.terms import BoardKind
from server.web import boards, commands, events, health, me, metrics, notes, schemas, sound, tickets
from server.web.first import First
from server.web.notes import Note
from server.web.offices import Offices
from server.web.pages import Pages
from server.web.sign_in import SignIn
from server.web.static import Static
from server.web.way import Answer, Method, Open, Way, Who

OFFICE = "/api/v1/offices/{office}"
PRESSES = (
    "malformed",
    "too_large",
    "not_json",
    "invalid",
    "key_missing",
    "key_reused",
    "too_many",
    "store_unavailable",
    "starting",
    "stopping",
)
DECIDED = (
    "not_yours",
    "picking_not_allowed",
    "unknown_counter",
    "unknown_ticket",
    "unknown_service",
    "unknown_zone",
    "unknown_display",
    "unknown_device",
    "unknown_message",
    "unknown_appointment",
    "counter_busy",
    "counter_closed",
    "counter_paused",
    "counter_idle",
    "counter_held",
    "cannot_serve",
    "needs_not_met",
    "ticket_not_waiting",
    "not_arrived",
    "wrong_state",
    "not_yet",
    "service_closed",
    "outside_hours",
    "limit_reached",
    "day_closed",
    "stale_press",
    "nothing_to_undo",
    "too_late_to_undo",
    "overtaken",
    "slot_taken",
    "slot_invalid",
    "not_today",
    "too_late_to_change",
    "lease_expired",
    "log_trimmed",
)
NOW = ("Aufruf-At", "the server's time, RFC 3339")
PLACE = (("Aufruf-Epoch", "of the log"), ("Aufruf-Seq", "the newest entry that the board shows"), NOW)


def ways(
    offices: Offices, pages: Pages, sign_in: SignIn, first: First, static: Static, documents: "tuple[Answer, Answer]"
) -> tuple[Way, ...]:
    """All of them; `documents` are OpenAPI and AsyncAPI, which are made from this table."""
    return (*_programs(offices), *_holders(), *_pages(pages, sign_in, first), *_rest(static, documents))


def _programs(offices: Offices) -> tuple[Way, ...]:
    return (
        _get("/health/live", health.live, Open.ALL, "Is the process alive", schemas.OBJECT),
        _get(
            "/health/ready",
            health.ready,
            Open.ALL,
            "Is every office folded and its day open",
            schemas.OBJECT,
            ("starting",),
        ),
        _get("/metrics", metrics.metrics, Open.METRICS, "Prometheus text", schemas.TEXT),
        _get("/api/v1/me", me.me, Open.SIGNED_IN, "What this token may", schemas.ME),
        _get("/api/v1/offices", offices.all, Open.ALL, "The offices of this server", schemas.OFFICES, ("too_many",)),
        _get(
            OFFICE,
            offices.one,
            Open.ALL,
            "An office's services, languages, hours",
            schemas.OBJECT,
            ("starting", "too_many"),
            headers=(NOW,),
        ),
        _get(
            OFFICE + "/waits",
            offices.waits,
            Open.ALL,
            "How full it is, per service",
            schemas.WAITS,
            ("starting", "too_many"),
            citizens=True,
            cors=True,
        ),
        Way(
            "POST",
            OFFICE + "/commands",
            commands.press,
            Open.IN_OFFICE,
            "A command",
            AnyCommand,
            schemas.DONE,
            (*PRESSES, *DECIDED),
            keyed=True,
        ),
        _get(
            OFFICE + "/boards/{board}",
            boards.board,
            Open.BY_BOARD,
            "The board of supervisor or desk",
            schemas.BOARD,
            ("unknown_route", "starting", "too_many"),
            headers=PLACE,
        ),
        _get(
            OFFICE + "/boards/{board}/{id}",
            boards.board,
            Open.BY_BOARD,
            "A device's board",
            schemas.BOARD,
            (
                "unknown_route",
                "unknown_display",
                "unknown_counter",
                "unknown_zone",
                "unknown_device",
                "starting",
                "too_many",
            ),
            headers=PLACE,
        ),
        _get(
            OFFICE + "/events",
            events.events,
            EVENTS,
            "Entries of the log",
            schemas.EVENTS,
            ("log_trimmed", "invalid", "starting", "store_unavailable"),
            query=(("after", "sequence number"), ("limit", "1 to 1,000, else 100")),
        ),
        _get(
            OFFICE + "/tickets/{ticket}/note",
            notes.read,
            NOTES,
            "The note on a ticket",
            schemas.NOTE,
            ("unknown_ticket", "starting"),
        ),
        Way(
            "PUT",
            OFFICE + "/tickets/{ticket}/note",
            notes.write,
            NOTES,
            "Write the note on a ticket",
            Note,
            schemas.NOTE,
            ("unknown_ticket", "day_closed", "malformed", "too_large", "not_json", "invalid", "starting"),
        ),
        Way(
            "DELETE",
            OFFICE + "/tickets/{ticket}/note",
            notes.delete,
            NOTES,
            "Delete the note on a ticket",
            codes=("unknown_ticket", "starting"),
        ),
    )


def _holders() -> tuple[Way, ...]:
    return (
        _get(
            "/api/v1/tickets/{secret}",
            tickets.board,
            Open.LINK,
            "The ticket's board",
            schemas.TICKET,
            ("link_expired", "starting", "too_many"),
            citizens=True,
        ),
        Way(
            "POST",
            "/api/v1/tickets/{secret}/commands",
            tickets.press,
            Open.LINK,
            "cancel_ticket, pause_ticket, return_ticket",
            AnyCommand,
            schemas.DONE,
            ("link_expired", "not_allowed", "not_yours", "wrong_state", "day_closed", *PRESSES),
            citizens=True,
            keyed=True,
        ),
    )


def _pages(pages: Pages, sign_in: SignIn, first: First) -> tuple[Way, ...]:
    return (
        _page("/", pages.launch, "The launch pad", strangers=True),
        _page("/kiosk/{office}/{id}", pages.board, "The kiosk", board="kiosk"),
        _page("/display/{office}/{id}", pages.board, "A wall display", board="display"),
        _page("/counter/{office}/{id}", pages.board, "A counter", board="counter"),
        _page("/supervisor/{office}", pages.board, "The supervisor's table", board="supervisor"),
        _page("/report/{office}", pages.report, "The waits of a day", who=REPORT),
        _page("/sign-in", sign_in.page, "Sign in"),
        Way(
            "GET",
            "/first/{secret}",
            first.ask,
            Open.ALL,
            "A one-time link by which a password is chosen: asks, and changes nothing",
            codes=("link_expired", "too_many"),
            page=True,
        ),
        Way(
            "POST",
            "/first/{secret}",
            first.spend,
            Open.ALL,
            "Spends the link: signs in, and goes on to /password",
            codes=("link_expired", "origin_refused", "too_many"),
            page=True,
        ),
        _page("/password", first.password, "Choose a password, behind a one-time link"),
        Way(
            "POST",
            "/password",
            first.choose,
            Open.ALL,
            "Choose a password",
            codes=("link_expired", "origin_refused", "malformed", "invalid", "too_large"),
            page=True,
        ),
        Way(
            "POST",
            "/sign-in",
            sign_in.sign_in,
            Open.ALL,
            "Sign in",
            codes=("origin_refused", "too_many", "not_signed_in", "not_allowed", "malformed", "invalid", "too_large"),
            page=True,
        ),
        Way("POST", "/sign-out", sign_in.sign_out, Open.ALL, "Sign out", codes=("origin_refused",), page=True),
        Way(
            "GET",
            "/t/{secret}",
            pages.ticket,
            Open.LINK,
            "The ticket on a phone",
            codes=("link_expired",),
            page=True,
            citizens=True,
        ),
        Way(
            "GET",
            "/t/{secret}/qr.svg",
            tickets.code,
            Open.LINK,
            "The ticket's link as a QR code",
            result=schemas.BYTES,
            codes=("link_expired", "unknown_route"),
            citizens=True,
        ),
    )


def _rest(static: Static, documents: tuple[Answer, Answer]) -> tuple[Way, ...]:
    openapi, asyncapi = documents
    return (
        _get(
            "/audio/{hash}.{ext}",
            sound.announcement,
            Open.DEVICES,
            "An announcement",
            schemas.BYTES,
            ("unknown_route",),
        ),
        _get(
            "/print/{job}.png",
            sound.ticket,
            Open.DEVICES,
            "A ticket as it is printed",
            schemas.BYTES,
            ("unknown_route",),
        ),
        _get(
            "/static/{file*}", static.file, Open.ALL, "Files of pages", schemas.BYTES, ("unknown_route",), citizens=True
        ),
        _get("/api/v1/openapi.json", openapi, Open.ALL, "This document", schemas.OBJECT, ("too_many",)),
        _get("/api/v1/asyncapi.json", asyncapi, Open.ALL, "The live socket's document", schemas.OBJECT, ("too_many",)),
    )


def _get(
    path: str, answer: Answer, who: Any, summary: str, result: Any, codes: tuple[str, ...] = (), **more: Any
) -> Way:
    method: Method = "GET"
    return Way(method, path, answer, who, summary, result=result, codes=codes, **more)


def _page(
    path: str,
    answer: Answer,
    summary: str,
    *,
    board: BoardKind | None = None,
    who: Who = Open.ALL,
    strangers: bool = False,
) -> Way:
    rule, codes = (Open.BY_BOARD, ("unknown_display",)) if board else (who, ())
    return Way("GET", path, answer, rule, summary, board=board, page=True, strangers=strangers, codes=codes)
