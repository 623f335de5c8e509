"""The board of a city: every office that somebody may supervise on this server, one row each."""

from server.messages.boards.part import Part, Texts
from server.messages.boards.parts import Alarm, Expected
from server.messages.terms import AlertCode


class OfficeRow(Part):
    """One office. `state`, the worst first: away (its store does not answer), no_counter, needs, over_target, tight, unknown
    (nobody can say how long it takes), on_target, closed. `service`: the one that decides the state, with `expected` for
    somebody who comes now, or the reason why there is none.
    """

    office: str
    name: str
    state: str
    counters_open: int
    counters: int
    waiting: int
    longest_wait: str | None
    service: str | None
    names: Texts
    expected: Expected | None
    target: int | None
    alerts: int
    alert: AlertCode | None
    expected_reason: str | None = None


class Offices(Part):
    """The worst first, at most 200; `offices_total` counts all. It is sent at most once a second.

    The other fields are those that every page of staff asks of its board.
    """

    offices: tuple[OfficeRow, ...]
    offices_total: int
    languages: tuple[str, ...] = ()
    time_zone: str | None = None
    alarms: tuple[Alarm, ...] = ()
    undo: None = None
    may: tuple[str, ...] = ()
