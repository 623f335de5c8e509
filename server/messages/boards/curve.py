"""Today's curve of waits and arrivals with the forecast ahead, and figures of fairness: on the supervisor's table."""

from typing import NamedTuple

from server.messages.boards.part import Part


class HalfHour(Part):
    """A half hour that begins `at`: how many drew a ticket, and the mean wait (minutes) of those called in it; null: nobody."""

    at: str
    arrivals: int
    waits: float | None


class HalfHourAhead(Part):
    """A half hour to come: how many minutes people who come in it wait: one in ten less than `low`, one in ten more than
    `high`. Null if nobody is expected."""

    at: str
    low: float | None
    median: float | None
    high: float | None
    arrivals: float


class Curve(Part):
    """Both in the order of time."""

    past: tuple[HalfHour, ...]
    ahead: tuple[HalfHourAhead, ...]


class Fairness(Part):
    """Of today.

    `longest_wait`: in minutes, `over_60`: the share that waited more than an hour, null while there are few: both of everybody
    called and of people who still wait. `overtakings`: calls although somebody waited longer for the same service; `called`:
    how many.
    """

    longest_wait: int | None
    over_60: float | None
    overtakings: int
    called: int


class Figures(NamedTuple):
    """What the supervisor's table shows of today besides the state."""

    curve: Curve
    fairness: Fairness
