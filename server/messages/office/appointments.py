"""Which appointments an office offers, what of its time it keeps for people who just come, and calendars of what is booked."""

from server.messages.office.hours import Weekday
from server.messages.office.table import Table, Texts

WALK_IN_ROWS, DAY_SHARES = 1_000, 48
"""The most shares for walk-ins that supervisors may have set in all, and for one day: each is in every checkpoint."""


class Release(Table):
    """Some of a day's slots can be booked from `at` (the office's clock) so many `days` before. Of all slots, per cent."""

    percent: int
    days: int
    at: str = "00:00"


class WalkIns(Table):
    """The share of the time from `begins` to `ends` (whole hours) that is kept for people who just come. Without `services` and
    `weekdays`: for all of them."""

    percent: int
    begins: str = "00:00"
    ends: str = "24:00"
    services: tuple[str, ...] = ()
    weekdays: tuple[Weekday, ...] = ()


class Appointments(Table):
    """Which slots are offered, `every` so many minutes. `walk_in_percent`: the share of each hour that is kept for people who
    just come, if no row of `walk_ins` says otherwise. `desk_percent`: the share of the slots that only a desk may book, for
    people without internet. Without `releases` every slot can be booked at once.

    `shared_minutes`: what each further service of a visit takes less than alone. `person_percent`: how much longer each further
    person makes it. `overbook_percent`: by how much more than an hour's share is sold at most, if so many do not come.

    `mailbox`: from which citizens get mail about their appointment, and to which what cannot be delivered is returned; without
    it, the sender of the server. `remind_hours`: so long before the appointment they are reminded; 0: never. `ask_mail`: whether
    the booking page asks for an address. `proof_of_work`: whether a browser works for a moment before it may hold a slot,
    which programs that hoard slots cannot afford. `frames`: the sites, `https://www.example.de`, that may show the booking page
    as a part of theirs.
    """

    every: int = 10
    walk_in_percent: int = 50
    desk_percent: int = 0
    shared_minutes: int = 0
    person_percent: int = 50
    overbook_percent: int = 0
    mailbox: str | None = None
    remind_hours: int = 24
    ask_mail: bool = True
    proof_of_work: bool = False
    frames: tuple[str, ...] = ()
    walk_ins: tuple[WalkIns, ...] = ()
    releases: tuple[Release, ...] = ()


class Calendar(Table):
    """A calendar feed of the appointments that some of these counters can serve. Another `edition` has another address."""

    id: str
    names: Texts
    counters: tuple[str, ...]
    edition: int = 1
