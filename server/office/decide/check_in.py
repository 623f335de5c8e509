"""The check-in: a citizen with an appointment is here, and gets a ticket. How the appointment was made is in `bookings`."""

from server.messages import commands as c
from server.messages import events as e
from server.messages.instants import rfc3339
from server.messages.names import typed_code
from server.office import hours
from server.office.ahead import ahead_of_new
from server.office.decide import guards
from server.office.decide.press import Case, No, Rules
from server.office.numbers import next_number, printed
from server.office.order import reference_of
from server.office.waits import Newcomer


def check_in(case: Case, command: c.CheckIn) -> None:
    """The reference of the ticket is the slot, or the time of arrival if they came late."""
    name = case.state.codes.get(typed_code(command.code))
    if name is None:
        raise No("unknown_code", "no appointment has this code")
    found = case.state.appointments[name]
    guards.allowed(case)
    if case.actor.role == "holder" and case.actor.device != found.id:
        raise No("not_yours", "this link belongs to another appointment")
    guards.day(case)
    office = case.state.office
    if hours.day_of(office, found.start) != hours.day_of(office, case.now):
        raise No("not_today", f"this appointment is on {hours.day_of(office, found.start)}", start=rfc3339(found.start))
    if found.ticket is not None:
        raise No("wrong_state", "this appointment is checked in", ticket=found.ticket)
    if found.missed:
        raise No("wrong_state", "this appointment has passed; please take a ticket")
    reference = reference_of(office, found.start, case.now)
    told, untold = guards.promised(case, Newcomer(found.services, "appointment", appointment=found.id))
    letter, ordinal = next_number(case.state, found.services[0])
    issued = case.say(
        e.TicketIssued,
        ticket=case.fresh(),
        number=printed(letter, ordinal),
        services=found.services,
        ordinal=ordinal,
        category="appointment",
        persons=found.persons,
        language=found.language,
        reference=reference,
        slot=found.start,
        appointment=found.id,
        ahead=ahead_of_new(case.state, found.services, "appointment", case.now, reference),
        told=told,
        expected_reason=untold,
    )
    case.say(e.AppointmentCheckedIn, ticket=issued.ticket, number=issued.number, appointment=found.id, told=told)


RULES: Rules = {c.CheckIn: check_in}
