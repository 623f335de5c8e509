"""Boards of the devices that citizens use: the kiosk, the printer. The ticket on a phone: `own_ticket`."""

from typing import Any

from msgspec import to_builtins

from server.messages import boards as b
from server.messages.agreed import JOB_LIFE_MS
from server.messages.facts import Print, Ticket
from server.messages.instants import MINUTE, at_or_none, rfc3339
from server.messages.rights import LINKS
from server.messages.short_code import short_code
from server.messages.texts import in_language
from server.office import hours, with_set
from server.office.ahead import ahead_of
from server.office.boards import parts
from server.office.boards.sheet import Sheet
from server.office.boards.sight import Sight
from server.office.intake import Closed, closed_for
from server.office.reach import Reach
from server.office.state import ALIVE, State
from server.office.waits import expected, has_room, leave_at

HELP_SHOWN_MS = 2 * MINUTE
"""How long a kiosk or station says that help is on its way, ms."""


def kiosk(sheet: Sheet, name: str, sight: Sight) -> b.Kiosk | None:
    state, now = sheet.state, sheet.now
    device = next((k for k in state.office.kiosks if k.id == name), None)
    if device is None:
        return None
    prints_at = _spare(state, device.printer, now, sight)
    offered = device.services or tuple(s.id for s in state.office.services if not s.back_office and not s.retired)
    return b.Kiosk(
        office=state.office.id,
        name=state.office.name,
        kiosk=name,
        time_zone=state.office.time_zone,
        services=kiosk_services(sheet, offered),
        languages=state.office.languages,
        printer=_printer_state(state, prints_at or device.printer, now, sight),
        prints=_prints(state, name, now),
        reasons=parts.reasons(state.office.reasons),
        help=last_help(sheet, name),
        open=state.day is not None and hours.open_now(state.office, None, now),
        more_room=has_room(state),
        occasions=tuple(
            b.OfferedTogether(id=one.id, names=one.names, services=one.services, pictogram=one.pictogram)
            for one in state.office.occasions
            if set(one.services) <= set(offered)
        ),
        away_minutes=state.office.policy.away_minutes,
        prints_at=prints_at,
        intake={name: _intake(state, name, now) for name in offered if name in state.plans},
        papers=_papers(state, device.printer, now),
    )


def _papers(state: State, name: str | None, now: int) -> tuple[str, ...]:
    """The jobs of a printer that only the kiosk's own browser can reach."""
    kind = next((one.kind for one in state.office.printers if one.id == name), None)
    waiting = (job for job in state.prints.values() if job.printer == name and is_open(state, job, now))
    return tuple(job.job for job in waiting) if kind == "browser" else ()


def _intake(state: State, name: str, now: int) -> b.Intake:
    plan, service = state.plans[name], with_set.service(state, state.services[name])
    today = hours.spans(state.office, plan.hours or state.office.hours, hours.local(state.office, now).date())
    return b.Intake(
        hours=tuple((rfc3339(begin), rfc3339(end)) for begin, end in today),
        left=None if service.limit is None else max(0, service.limit - service.issued),
    )


def _prints(state: State, kiosk: str, now: int) -> tuple[b.Printed, ...]:
    """What became of each ticket that this kiosk issued; of one that went on to the spare printer, what became of it there."""
    newest = {job.ticket: job for job in state.prints.values() if now - job.at < JOB_LIFE_MS}
    mine = (job for job in newest.values() if kiosk == _kiosk_of(state, job))
    return tuple(b.Printed(ticket=job.ticket, state=job.state) for job in mine)


WELL = ("ok", "paper_low", "no_status")
"""States in which a printer prints, as the kiosk's page has them too."""


def _spare(state: State, printer: str | None, now: int, sight: Sight) -> str | None:
    """The spare printer, while the kiosk's own cannot print and the spare can."""
    own = next((one for one in state.office.printers if one.id == printer), None)
    if own is None or own.spare is None or _printer_state(state, own.id, now, sight) in WELL:
        return None
    return own.spare if _printer_state(state, own.spare, now, sight) in WELL else None


def last_help(sheet: Sheet, device: str) -> b.HelpCall | None:
    """What came of the last call for help from a kiosk or station."""
    state, now = sheet.state, sheet.now
    calls = [call for call in state.help.values() if call.device == device and now - call.at < HELP_SHOWN_MS]
    return parts.help_call(state, calls[-1]) if calls else None


def _kiosk_of(state: State, job: Print) -> str | None:
    ticket = state.tickets.get(job.ticket)
    return ticket.kiosk if ticket else None


def _printer_state(state: State, printer: str | None, now: int, sight: Sight) -> str | None:
    if printer is None:
        return None
    if any(one.id == printer and one.kind == "browser" for one in state.office.printers):
        return "no_status"  # nobody hears from a printer that a browser prints on
    report = sight.seen.get(f"printer:{printer}")
    return str(report.get("state") or "ok") if report and now - int(report.get("at", 0)) < MINUTE else "offline"


def kiosk_services(sheet: Sheet, names: tuple[str, ...]) -> tuple[b.KioskService, ...]:
    return tuple(_kiosk_service(sheet, name) for name in names if name in sheet.state.plans)


def _kiosk_service(sheet: Sheet, name: str) -> b.KioskService:
    state, now = sheet.state, sheet.now
    plan = state.plans[name]
    wait, reason = sheet.outlook.of_service(plan)
    closed = closed_for(state, plan, now) if state.day is not None else Closed("day_closed", "day_closed", None)
    return b.KioskService(
        id=name,
        letter=plan.letter,
        names=plan.names,
        hints=plan.hints,
        open=closed is None,
        reason=closed.reason if closed else None,
        opens_at=at_or_none(closed.until) if closed else None,
        waiting=state.waiting(name),
        expected=wait,
        expected_reason=reason,
        reachable_today=sheet.outlook.reached(plan),
        online_url=plan.online_url,
        pictogram=plan.pictogram,
        papers=plan.papers,
        most=plan.most,
        asks_persons=plan.asks_persons,
        step_free=sheet.reach.of((name,), ("step_free",)) is None,
        by_features=tuple(
            b.SpecialWait(features=features, expected=said.expected, expected_reason=said.reason)
            for features, said in sheet.outlook.by_features(plan).items()
        ),
    )


def printer(state: State, name: str, now: int, sight: Sight) -> b.Printer | None:
    device = next((p for p in state.office.printers if p.id == name), None)
    if device is None:
        return None
    made = [job for job in state.prints.values() if job.printer == name and is_open(state, job, now)]
    return b.Printer(
        office=state.office.id,
        printer=name,
        address=device.address,
        kind=device.kind,
        width_mm=device.width_mm,
        one_way=device.one_way,
        large_print=device.large_print,
        jobs=tuple(job(state, one, sight) for one in made),
    )


def is_open(state: State, made: Print, now: int) -> bool:
    """Whether this job still has to be printed: it is not printed yet, not too old, and its ticket has not ended."""
    ticket = state.tickets.get(made.ticket)
    return made.state == "requested" and now - made.at < JOB_LIFE_MS and ticket is not None and ticket.state in ALIVE


def job(state: State, made: Print, sight: Sight) -> b.Job:
    return b.Job(
        job=made.job,
        ticket=paper(state, state.tickets[made.ticket], sight),
        state=made.state,
        requested_at=rfc3339(made.at),
    )


def paper(state: State, ticket: Ticket, sight: Sight) -> dict[str, Any]:
    """What is printed: number, texts of the office file, the link. JSON-ready."""
    office = state.office
    language = ticket.language or office.languages[0]
    plans = [state.plans[name] for name in ticket.services if name in state.plans]
    papers = [text for plan in plans for text in in_language(plan.papers, language, office.languages, ())]
    told = ticket.told
    url = sight.link(ticket.id) if sight.actor.role in LINKS else None
    logo = sight.logo() if office.theme.ticket_logo is not None else None
    return {
        **({} if logo is None else {"logo": logo}),
        "number": ticket.number,
        "services": [in_language(plan.names, language, office.languages, plan.letter) for plan in plans],
        "pictograms": [plan.pictogram for plan in plans],
        "office": {"id": office.id, "name": office.name},
        "language": language,
        "languages": list(office.languages),
        "time_zone": office.time_zone,
        "issued_at": rfc3339(ticket.issued_at),
        "ahead": ahead_of(state, ticket, state.at),
        "expected": None if told is None else to_builtins(expected(told, rfc3339(ticket.issued_at))),
        "leave_until": rfc3339(leave_at(ticket.issued_at, told.leave)) if told is not None and told.leave else None,
        "expected_reason": None if told is not None else Reach(state, state.at).of_ticket(ticket),
        "url": url,
        "code": None if url is None else short_code(url.rpartition("/")[2]),
        "papers": papers,
        "text": in_language(office.ticket, language, office.languages, "") or None,
    }
