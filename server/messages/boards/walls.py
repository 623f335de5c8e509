"""What the public sees and hears in the waiting room: wall displays and the voice of a zone."""

from server.messages.boards.part import Part, Texts
from server.messages.boards.parts import Expected, Note, Place
from server.messages.terms import Phrase


class Call(Part):
    """One call on a wall. `fresh`: it is highlighted; `withdrawn`: it says "please wait". `room`: the name of the counter's room,
    if it is another one than the wall's."""

    number: str
    counter: Place
    called_at: str
    attempt: int
    fresh: bool
    withdrawn: bool
    room: Texts = {}


class Waiting(Part):
    """People waiting for one service, as the public sees it. `names` is empty, and there is no `pictogram`, if the service is
    shown by its letter only."""

    service: str
    letter: str
    names: Texts
    count: int
    expected: Expected | None
    expected_reason: str | None
    open: bool
    reachable_today: str | None = None
    pictogram: str | None = None


class Moved(Part):
    """Waiting tickets that a supervisor moved to another service in the last minutes; the first of them, and how many.

    `names` is empty if the service is shown by its letter only."""

    service: str
    letter: str
    names: Texts
    numbers: tuple[str, ...]
    total: int


class SentenceShown(Part):
    """What the display over a counter says to whoever is served there. `papers`: of their services, if it is about papers."""

    phrase: Phrase
    language: str
    papers: tuple[str, ...] = ()


class OverDesk(Part):
    """The counter over which a display hangs. `state`: open, closed, paused or wrap_up; `back_at`: until when it is paused."""

    counter: Place
    state: str
    back_at: str | None
    sentence: SentenceShown | None = None


class Logo(Part):
    """The office's logo: the path of its picture on this server. `text`: what it says; empty for an ornament."""

    address: str
    text: Texts


class Door(Part):
    """With what somebody at the door draws a ticket on their own phone: the code, and the address where it is typed; null if
    the server has no public one."""

    code: str
    address: str | None


class Display(Part):
    """A wall display. `room`: the name of the room in which it hangs; `title`: its own name, for staff. `hide_after`: seconds
    without a beat after which calls are hidden. `lines`: the most calls at once; fewer if their numbers could not be read from
    `distance` metres on a screen of `diagonal` inches. `wakes`, `sleeps`: "HH:MM" by the office's clock; outside, the panel is
    dark unless somebody is called. `desk`: it shows this counter alone. `silent`: its zones in which
    somebody wants silence now; `said`: the announcements that may still be spoken there. `newest_beside`: of two screens beside
    each other, the other one shows the newest call. `media`: it may have pictures to show while nobody is called."""

    office: str
    name: str
    display: str
    title: str
    time_zone: str
    languages: tuple[str, ...]
    open: bool
    zones: tuple[str, ...]
    lines: int
    calls: tuple[Call, ...]
    waiting: tuple[Waiting, ...]
    messages: tuple[Note, ...]
    numbers_waiting: tuple[str, ...]
    missed: tuple[str, ...]
    hide_after: int
    moved: tuple[Moved, ...] = ()
    room: Texts = {}
    diagonal: float = 55.0
    distance: float = 5.0
    aspect: str = "16:9"
    wakes: str | None = None
    sleeps: str | None = None
    desk: OverDesk | None = None
    silent: tuple[str, ...] = ()
    said: tuple[str, ...] | None = None
    logo: Logo | None = None
    media: bool = False
    newest_beside: bool = False
    door: Door | None = None


class Announcement(Part):
    """One call to be spoken, at most once per `id`; `audio` null until it is rendered. `gong`: its own sound, if it does not
    begin with that of the zone. `volume`: percent of full amplitude. `brief`, `brief_audio`: what is said of it after one gong
    with others, while more than three wait."""

    id: str
    seq: int
    at: str
    zone: str
    number: str
    counter: str
    languages: tuple[str, ...]
    texts: Texts
    audio: str | None
    attempt: int
    gong: str | None = None
    volume: int = 100
    brief: Texts = {}
    brief_audio: str | None = None


NO_GONG = "none"
"""What is said briefly comes after the gong of the first."""


class Announcer(Part):
    """A zone's voice. Lists the announcements of the last 30 s that were not withdrawn.

    `lease`: until when a device has the zone's voice, as far as this node knows; null if none has.
    """

    office: str
    zone: str
    gong: str
    announcements: tuple[Announcement, ...]
    silence: str | None
    silent: bool
    lease: str | None = None
