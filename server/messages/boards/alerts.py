"""Alerts: what somebody should do something about now. On the supervisor's table, and sent to whom the office file names."""

from typing import get_args

from server.messages.boards.part import Part
from server.messages.terms import AlertCode, OverbookedReason

ALERTS: tuple[AlertCode, ...] = get_args(AlertCode)
"""The worst first.

durability: the store may lose what was acknowledged. clock: the log's time is ahead of the clock. visual_call: a display is
silent while somebody who must see the call may be called in one of its zones. no_counter: people wait for a service that no
open counter serves, or none with what they need. printer: it cannot print. over_target: whoever draws a ticket now probably
waits longer than the service's target, or somebody already has: as `trouble` of the service says. overbooked: bookings that find
no room any more, because roster, hours or shares were changed. mute: no device in a zone can
be heard. device: one that reported before is silent. idle_counter: an open counter calls nobody while people wait whom it may
call.
"""


class OverbookedVisit(Part):
    """A booking that finds no room any more. It stands; staff move it, or give it room."""

    appointment: str
    code: str
    start: str
    services: tuple[str, ...]
    persons: int
    reason: OverbookedReason


class Alert(Part):
    """`id`: the code and the place, the same on every node and after every restart. `place`: the id of a service, counter, zone
    or printer, or `display:hall`; null: the whole office. `since`: when it became true. `count`: people waiting (visual_call: who
    must see the call; over_target: longer than the target; overbooked: bookings, of which `visits` has the next ones);
    `minutes`: the median of the predicted wait, if that is over the target; `target`: of the service; `detail`: the reason,
    as the device or server says it."""

    id: str
    code: AlertCode
    place: str | None
    since: str
    detail: str | None = None
    count: int | None = None
    minutes: int | None = None
    target: int | None = None
    visits: tuple[OverbookedVisit, ...] = ()
