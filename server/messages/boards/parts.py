"""Parts that several boards carry."""

from server.messages.boards.part import Part, Texts
from server.messages.terms import Arrow, NoticePlace


class Expected(Part):
    """Expected wait in minutes, from the 10 % to the 90 % quantile; `learning`: fewer than 200 finished tickets are known."""

    low: int
    median: int
    high: int
    at: str
    learning: bool


class Place(Part):
    """A counter as citizens see it. `arrow`: its direction, seen from the waiting room; null: no arrow. `way_step_free`: the way
    without steps, on a ticket's own board only; empty if `way` is that already."""

    id: str
    label: str
    way: Texts
    zone: str
    arrow: Arrow | None = None
    way_step_free: Texts = {}


class Note(Part):
    """A supervisor's message on a screen. `places`: the kinds of screens it is for; empty: displays and counters."""

    id: str
    text: Texts
    at: str
    until: str | None
    speak: bool
    places: tuple[NoticePlace, ...] = ()


class Why(Part):
    """Why this ticket has its place in the order: a code, seconds waited until the call (0 before it), its slot."""

    code: str
    waited: int
    slot: str | None


class Alarm(Part):
    """A silent alarm."""

    place: str
    label: str
    way: Texts
    at: str
    accepted_by: tuple[str, ...]


class Reasoned(Part):
    """A code of the office file with its words."""

    id: str
    names: Texts


class ProfileWords(Reasoned):
    """Services under one name, with which a counter is opened."""

    services: tuple[str, ...]


class StationWords(Reasoned):
    """A station as clerks see it: where a ticket can be sent, and for what."""

    services: tuple[str, ...]


class ServiceWords(Part, omit_defaults=True):
    """A service's letter and names, for pages that only name it. `pictogram`: for citizens who read none of its names."""

    id: str
    letter: str
    names: Texts
    back_office: bool
    pictogram: str | None = None


class HelpCall(Part):
    """Somebody asked for help at a kiosk or station. `name`: the device's name in the office file. `accepted_by`: who comes:
    `desk`, `counter:<id>` or `supervisor`."""

    id: str
    device: str
    at: str
    accepted_by: str | None
    name: str = ""
