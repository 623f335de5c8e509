"""Appointments of another system by its own reference: PUT books or moves, GET reads, DELETE cancels. Asked again, nothing
changes, so a portal that lost an answer asks again."""

from secrets import token_urlsafe
from typing import Any

from starlette.responses import Response

from server.messages.commands import AnyCommand, BookAppointment, CancelAppointment, MoveAppointment
from server.messages.facts import Appointment
from server.messages.instants import millis
from server.messages.rights import COMMANDS
from server.web import reading
from server.web.ask import Ask, json, nothing, ready
from server.web.documents import schemas
from server.web.pressing import CODES, pressed
from server.web.reading import When
from server.web.refused import RefusedRequest, refuse
from server.web.routes.appointments import shown
from server.web.way import OFFICE, Way

PATH = OFFICE + "/appointments/{reference}"
WHO = COMMANDS["book_appointment"]


def _known(ask: Ask) -> Appointment | None:
    state = ready(ask.desk).state
    name = state.references.get(ask.values["reference"])
    return None if name is None else state.appointments[name]


async def get(ask: Ask) -> Response:
    """`GET .../appointments/{reference}`."""
    one = _known(ask)
    if one is None:
        raise refuse("unknown_appointment", "no appointment has this reference")
    return json(shown(ask, one))


async def put(ask: Ask) -> Response:
    """`PUT .../appointments/{reference}`: `services`, `start`, and `persons`, `language`, `hold` if wanted, as `book_appointment`
    has them."""
    fields = reading.read(await reading.json_body(ask.request), dict[str, Any])
    wanted = reading.converted({**fields, "type": "book_appointment", "reference": ask.values["reference"]})
    assert isinstance(wanted, BookAppointment)
    if _known(ask) is None:
        try:
            await _press(ask, wanted)
        except RefusedRequest as refused:
            if refused.refusal.code != "wrong_state":  # the same was asked a moment before, perhaps at another node
                raise
        else:
            return json(shown(ask, _made(ask)), 201)
    one = _made(ask)
    if ({*one.services}, one.persons) != ({*wanted.services}, wanted.persons):
        raise refuse("wrong_state", "the reference has an appointment for something else; cancel it first")
    if one.start != millis(wanted.start):
        await _press(ask, MoveAppointment(appointment=one.id, start=wanted.start))
    return json(shown(ask, _made(ask)))


async def delete(ask: Ask) -> Response:
    """`DELETE .../appointments/{reference}`."""
    one = _known(ask)
    if one is not None:
        await _press(ask, CancelAppointment(appointment=one.id))
    return nothing()


def _made(ask: Ask) -> Appointment:
    one = _known(ask)
    if one is None:
        raise refuse("unknown_appointment", "somebody else cancelled it meanwhile")
    return one


async def _press(ask: Ask, command: AnyCommand) -> None:
    """The reference says that it is the same press, so its key is new each time."""
    with ask.site.limits.press(ask.actor):
        await pressed(ask.site, ask.desk, ask.actor, command, token_urlsafe(16), When(None, None))


DECIDED = ("unknown_appointment", "unknown_service", "slot_taken", "slot_invalid", "too_late_to_change", "wrong_state")
WAYS = (
    Way(
        "PUT",
        PATH,
        put,
        WHO,
        "Books an appointment by another system's reference, or moves it",
        body=schemas.WANTED,
        result=schemas.APPOINTMENT,
        codes=(*DECIDED, *CODES),
    ),
    Way("GET", PATH, get, WHO, "An appointment by its reference", result=schemas.APPOINTMENT, codes=DECIDED[:1]),
    Way("DELETE", PATH, delete, WHO, "Cancels an appointment by its reference", codes=("too_late_to_change", *CODES)),
)
