"""Devices: reports of a print, numbers lent to kiosks."""

from server.messages import commands as c
from server.messages import events as e
from server.messages.agreed import JOB_LIFE_MS
from server.messages.facts import Print, Ticket
from server.office.decide import guards
from server.office.decide.press import Case, No, Rules
from server.office.hours import midnight_after
from server.office.numbers import next_block
from server.office.state import ALIVE

LEASES = 100
"""The most leases of one device a day, because each is in every checkpoint. A kiosk that went down needs a few."""
LENT = 200
"""The most numbers of one service that one device may hold in a day, all its leases together."""


def report_print(case: Case, command: c.ReportPrint) -> None:
    made = case.state.prints.get(command.job)
    if made is None:
        raise No("unknown_device", f"there is no print job {command.job}")
    guards.allowed(case)
    if case.actor.role == "printer" and case.actor.device not in (None, made.printer):
        raise No("not_yours", f"this sign-in is the printer {case.actor.device}")
    ticket = case.state.tickets.get(made.ticket)
    if made.state != command.state or made.reason != command.reason:
        case.say(
            e.PrintReported,
            ticket=made.ticket,
            number=ticket.number if ticket else "",
            job=made.job,
            printer=made.printer,
            state=command.state,
            reason=command.reason,
        )
        if command.state == "failed" and ticket is not None:
            _spare(case, made, ticket)


def _spare(case: Case, made: Print, ticket: Ticket) -> None:
    """A ticket of which nothing was printed goes to the spare printer, once, while its owner still stands there."""
    printer = next((one for one in case.state.office.printers if one.id == made.printer), None)
    tried = any(one.ticket == ticket.id and one.job != made.job for one in case.state.prints.values())
    fresh = case.now - made.at < JOB_LIFE_MS and ticket.state in ALIVE
    if printer is not None and printer.spare is not None and fresh and not tried:
        case.say(e.PrintRequested, ticket=ticket.id, number=ticket.number, job=case.fresh(), printer=printer.spare)


def lease_numbers(case: Case, command: c.LeaseNumbers) -> None:
    services = guards.known_services(case, command.services)
    guards.allowed(case)
    guards.day(case)
    letters: dict[str, int] = {}
    blocks = []
    device = case.actor.device or "-"
    if sum(lease.device == device for lease in case.state.leases.values()) >= LEASES:
        raise No("too_many", f"{LEASES} leases are the most for one device a day")
    for name in services:
        lent = sum(
            end - start + 1
            for lease in case.state.leases.values()
            if lease.device == device
            for service, start, end in lease.blocks
            if service == name
        )
        if lent + command.count > LENT:
            raise No(
                "too_many", f"{LENT} numbers of {name} are the most for one device a day; {lent} are lent", service=name
            )
        start, end = next_block(case.state, name, command.count)
        letter = case.state.plans[name].letter
        # services of one command may share a letter, and the state does not know the blocks of this command yet
        shift = max(0, letters.get(letter, 0) + 1 - start)
        blocks.append((name, start + shift, end + shift))
        letters[letter] = end + shift
    until = midnight_after(case.state.office, case.state.day or "")
    case.say(
        e.NumbersLeased,
        lease=case.fresh(),
        blocks=tuple(blocks),
        until=until,
        letters={name: case.state.plans[name].letter for name in services},
    )


RULES: Rules = {
    c.ReportPrint: report_print,
    c.LeaseNumbers: lease_numbers,
}
