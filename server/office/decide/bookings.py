"""Appointments before the citizen comes: a slot is held, booked, moved, cancelled. What follows is in `check_in`.

How many a slot can take is in `server.office.slots`.
"""

from hashlib import sha256
from itertools import count

from server.messages import commands as c
from server.messages import events as e
from server.messages.facts import Appointment
from server.messages.instants import DAY, MINUTE, millis, rfc3339
from server.office.decide import guards
from server.office.decide.press import Case, No, Rules
from server.office.slots import Slots, Visitors

FARTHEST_MS = 2 * 366 * DAY
"""How far ahead anybody may book, ms."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Characters of a check-in code: none that is easily taken for another."""


def hold_slot(case: Case, command: c.HoldSlot) -> None:
    services = guards.known_services(case, command.services)
    guards.allowed(case)
    wanted = Visitors(services, command.persons, _at_home(case))
    start = _bookable(case, wanted, millis(command.start))
    case.say(
        e.SlotHeld,
        hold=case.fresh(),
        services=services,
        start=start,
        until=case.now + command.minutes * MINUTE,
        persons=wanted.persons,
        public=wanted.public,
    )


def release_slot(case: Case, command: c.ReleaseSlot) -> None:
    guards.allowed(case)
    if command.hold in case.state.holds:
        case.say(e.SlotReleased, hold=command.hold)


def book_appointment(case: Case, command: c.BookAppointment) -> None:
    services = guards.known_services(case, command.services)
    guards.allowed(case)
    start = millis(command.start)
    if command.hold is not None:
        hold = case.state.holds.get(command.hold)
        if hold is None or hold.until <= case.now or (hold.start, {*hold.services}) != (start, {*services}):
            raise No("slot_invalid", "the slot is no longer held for you; choose again")
    wanted = Visitors(services, command.persons, _at_home(case))
    _bookable(case, wanted, start, but=command.hold or "")
    if command.reference in case.state.references:
        raise No("wrong_state", f"the reference {command.reference} has an appointment already")
    name = case.fresh()
    case.say(
        e.AppointmentBooked,
        appointment=name,
        code=_code(case, name),
        services=services,
        start=start,
        persons=command.persons,
        language=command.language,
        reference=command.reference,
        hold=command.hold,
        public=wanted.public,
    )


def _code(case: Case, name: str) -> str:
    """Six characters made from the nonce, different from every code in use."""
    number = int.from_bytes(sha256(name.encode()).digest()[:4], "big")
    codes = ("".join(_LETTERS[(number + step >> 5 * place) % 32] for place in range(6)) for step in count())
    return next(code for code in codes if code not in case.state.codes)


def _at_home(case: Case) -> bool:
    """Whether it is booked on the booking page or by another system, not at a desk."""
    return case.actor.role in ("booking", "holder")


def _bookable(case: Case, wanted: Visitors, start: int, but: str = "") -> int:
    """Checks that a visit can begin then. `but`: as if this appointment or hold were not there."""
    slots = Slots(case.state, case.now)
    if start <= case.now:
        raise No("slot_invalid", f"{rfc3339(start)} lies in the past")
    if start > case.now + FARTHEST_MS:
        raise No("slot_invalid", f"{rfc3339(start)} is too far ahead")
    for name in wanted.services:
        if not case.state.plans[name].bookable:
            raise No("slot_invalid", f"{name} cannot be booked")
    if not slots.open(wanted, start):
        raise No("slot_invalid", f"the office is not open all through a visit that begins at {rfc3339(start)}")
    if not slots.fits(wanted, start, but):
        free = [rfc3339(at) for at in slots.next_free(wanted, max(start, case.now))]
        raise No("slot_taken", f"no counter is free at {rfc3339(start)}", next=free)
    return start


def _appointment(case: Case, name: str) -> Appointment:
    """Checks: known, allowed, a link changes only its own appointment, and only before it begins."""
    found = case.state.appointments.get(name)
    if found is None:
        raise No("unknown_appointment", f"there is no appointment {name}")
    guards.allowed(case)
    if case.actor.role == "holder" and case.actor.device != found.id:
        raise No("not_yours", "this link belongs to another appointment")
    if found.ticket is not None or found.start <= case.now:
        raise No("too_late_to_change", "the appointment has begun")
    return found


def move_appointment(case: Case, command: c.MoveAppointment) -> None:
    found = _appointment(case, command.appointment)
    start = millis(command.start)
    if start != found.start:
        _bookable(case, Visitors(found.services, found.persons, found.public), start, but=found.id)
        case.say(e.AppointmentMoved, appointment=found.id, start=start, code=found.code, services=found.services)


def cancel_appointment(case: Case, command: c.CancelAppointment) -> None:
    found = _appointment(case, command.appointment)
    case.say(e.AppointmentCancelled, appointment=found.id)


RULES: Rules = {
    c.HoldSlot: hold_slot,
    c.ReleaseSlot: release_slot,
    c.BookAppointment: book_appointment,
    c.MoveAppointment: move_appointment,
    c.CancelAppointment: cancel_appointment,
}
