"""How events change slots and appointments, up to the check-in that issues a ticket."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from server.messages import events as e
from server.messages.facts import Appointment, Hold
from server.office.state import State


def _held(state: State, event: e.SlotHeld) -> None:
    state.holds[event.hold] = Hold(
        id=event.hold,
        services=event.services,
        start=event.start,
        until=event.until,
        persons=event.persons,
        public=event.public,
    )


def _released(state: State, event: e.SlotReleased) -> None:
    state.holds.pop(event.hold, None)


def _booked(state: State, event: e.AppointmentBooked) -> None:
    if event.hold is not None:
        state.holds.pop(event.hold, None)
    state.put_appointment(
        Appointment(
            id=event.appointment,
            code=event.code,
            services=event.services,
            start=event.start,
            persons=event.persons,
            language=event.language,
            reference=event.reference,
            public=event.public,
        )
    )


def _moved(state: State, event: e.AppointmentMoved) -> None:
    appointment = state.appointments[event.appointment]
    state.put_appointment(replace(appointment, start=event.start, missed=False, moved=appointment.moved + 1))


def _cancelled(state: State, event: e.AppointmentCancelled) -> None:
    state.drop_appointment(event.appointment)


def _checked_in(state: State, event: e.AppointmentCheckedIn) -> None:
    appointment = state.appointments[event.appointment]
    state.put_appointment(replace(appointment, ticket=event.ticket))


def _missed(state: State, event: e.AppointmentMissed) -> None:
    appointment = state.appointments[event.appointment]
    state.put_appointment(replace(appointment, missed=True))


RULES: dict[type[e.Event], Callable[[State, Any], None]] = {
    e.SlotHeld: _held,
    e.SlotReleased: _released,
    e.AppointmentBooked: _booked,
    e.AppointmentMoved: _moved,
    e.AppointmentCancelled: _cancelled,
    e.AppointmentCheckedIn: _checked_in,
    e.AppointmentMissed: _missed,
}
