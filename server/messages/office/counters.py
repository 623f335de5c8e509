"""What people come for, and where they wait and are served: services, counters, stations and zones. Also several services under
one name.
"""

from server.messages.office.hours import Hours
from server.messages.office.table import Table, Texts
from server.messages.pictograms import Pictogram
from server.messages.terms import Arrow, Feature, Gong


class ServicePlan(Table):
    """Dienstleistung. `minutes`: expected length. `letter` and `first`..`last`: its number range. `sign`: its name on walls, if
    its own is too long for one.

    `public_name = false` shows only the letter on public screens. `back_office` is shown on none at all.
    `priority`: every ticket for this service is a priority ticket. `most`: how many of it one ticket may ask for; each further
    one takes `further_percent` of its minutes. `asks_persons`: the kiosk asks how many people come.
    """

    id: str
    names: Texts
    letter: str
    sign: Texts = {}
    hints: Texts = {}
    first: int = 1
    last: int = 999
    minutes: float = 10.0
    most: int = 1
    further_percent: int = 100
    asks_persons: bool = False
    target_minutes: int = 30
    daily_limit: int | None = None
    papers: dict[str, tuple[str, ...]] = {}
    public_name: bool = True
    back_office: bool = False
    priority: bool = False
    online_url: str | None = None
    pictogram: Pictogram | None = None
    hours: Hours | None = None
    bookable: bool = True
    retired: bool = False

    def times(self, many: int) -> float:
        """By which factor so many of it take longer than one."""
        return 1 + self.further_percent / 100 * (many - 1)


class CounterPlan(Table):
    """Schalter. `services`: those it opens with; `skills`: all that it could serve (at least the services).

    `arrow`: its direction, seen from the waiting room; without it boards draw no arrow. `sign`: its label on walls, if its own
    is too long for one.
    """

    id: str
    label: str
    zone: str
    services: tuple[str, ...]
    sign: str | None = None
    skills: tuple[str, ...] = ()
    way: Texts = {}
    way_step_free: Texts = {}
    arrow: Arrow | None = None
    languages: tuple[str, ...] = ()
    features: tuple[Feature, ...] = ()
    spoken: Texts = {}
    retired: bool = False


class StationPlan(Table):
    """An unstaffed step: photo terminal, cash machine. `limit`: seconds after which anybody may take a ticket that was
    sent there, or that came back.

    Somebody who needs step-free access or a hearing loop is sent only to a station whose `features` name it.
    """

    id: str
    label: str
    zone: str
    sign: str | None = None
    services: tuple[str, ...] = ()
    way: Texts = {}
    way_step_free: Texts = {}
    features: tuple[Feature, ...] = ()
    arrow: Arrow | None = None
    limit: int = 900
    spoken: Texts = {}


class Zone(Table):
    """A waiting area with one voice. `sign`: its name on walls, if its own is too long for one.

    `gong_file`: a gong of the office's own, heard instead of `gong`. `quiet`: when calls there are seen, not heard. `volume`: by
    percent of full amplitude ("50"), when it is that loud; else 100.
    """

    id: str
    names: Texts = {}
    sign: Texts = {}
    gong: Gong = "calm"
    gong_file: str | None = None
    quiet: Hours | None = None
    volume: dict[str, Hours] = {}

    @property
    def begins_with(self) -> str:
        """What is heard before each announcement: the name of a gong, or the path of a file."""
        return self.gong_file or self.gong


class LifeSituation(Table):
    """A life situation, such as moving house, for which one ticket brings several services."""

    id: str
    names: Texts
    services: tuple[str, ...]
    pictogram: Pictogram | None = None


class Profile(Table):
    """Services under one name, such as "Meldewesen" or "Einarbeitung", with which a counter is opened."""

    id: str
    names: Texts
    services: tuple[str, ...]
