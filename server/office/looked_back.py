"""When it is known what a set of moves brought, whose effect was predicted. Pure; the forecast works it out then, and boards
say if nobody will."""

from server.messages.instants import MINUTE
from server.messages.office import Office
from server.office.hours import midnight_after

WINDOW_MS = 30 * MINUTE
"""The effect of a set of moves is looked at this long after it."""
BEFORE_MIDNIGHT_MS = MINUTE
"""It is looked at this long before the day ends at the latest, so that the result can be noted on the day."""
LEAST_MS = 5 * MINUTE
"""In a shorter time hardly anybody is called, so nothing can be said."""


def known_at(office: Office, day: str, at: int) -> int | None:
    """When the effect of a set made at this instant is known: half an hour later, but before the office's midnight, when nobody
    is left and the shift book begins anew. None if too little of the day is left to say anything."""
    end = min(at + WINDOW_MS, midnight_after(office, day) - BEFORE_MIDNIGHT_MS)
    return end if end - at >= LEAST_MS else None
