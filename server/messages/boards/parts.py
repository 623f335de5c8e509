"""Parts that several boards carry."""

from server.messages.boards.part import Part, Texts
from server.messages.terms import Arrow


class Expected(Part):
    """Expected wait in minutes, 10 % to 90 %; `learning` under 200 finished tickets. Null wherever nobody can serve."""

    low: int
    median: int
    high: int
    at: str
    learning: bool


class Place(Part):
    """A counter as citizens see it. `arrow`: where it lies, seen from the waiting room; null draws none."""

    id: str
    label: str
    way: Texts
    zone: str
    arrow: Arrow | None = None


class Note(Part):
    """A supervisor's message on a screen."""

    id: str
    text: Texts
    at: str
    until: str | None
    speak: bool


class Why(Part):
    """Why this ticket is where it is in the order: a code, seconds waited when it was called (0 before), its slot."""

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


class ServiceWords(Part):
    """What a service is called; enough for pages to name it."""

    id: str
    letter: str
    names: Texts
    back_office: bool


class HelpCall(Part):
    """Somebody asked for help at a kiosk or station. `name`: what the office calls it."""

    id: str
    device: str
    at: str
    accepted_by: str | None
    name: str = ""
