"""What push needs of desks, stores and voices, as interfaces, so that it knows none of them. `server.wiring` hands them in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from server.log.presence_port import Leases, Passing, Presence
from server.messages import frames
from server.messages.boards import Alert, Door, Figures, Speaker, Worry
from server.messages.events import Event
from server.messages.what_if import AdviceFound
from server.office.boards import ToSay
from server.office.state import State
from server.office.waits import Waits
from server.push.view import PACE_MS, Paces


class Entry(Protocol):
    """One acknowledged entry of an office's log."""

    @property
    def seq(self) -> int: ...

    @property
    def event(self) -> Event: ...


class Source(Protocol):
    """One office's desk, read only. `watch` calls back right after each commit (without entries: time or health changed)."""

    office: str

    @property
    def stale_since(self) -> int | None: ...

    @property
    def state(self) -> State: ...

    @property
    def ahead(self) -> int:
        """By how many ms its time is ahead of the store's clock."""
        ...

    @property
    def clock_jump(self) -> int | None: ...

    def now(self) -> int: ...

    def watch(self, listener: Callable[[Sequence[Entry]], None]) -> Callable[[], None]: ...

    def watch_alarm(self, listener: Callable[[frames.Alarm], None]) -> Callable[[], None]: ...


VoiceOrder = Mapping[str, Sequence[str]]
"""{language: names of voices, best first}, as in the office file."""


class Studio(Protocol):
    """Where announcements become sound. Urls are paths of this server (`/audio/<hash>.<ext>`)."""

    def ready(self, texts: Mapping[str, str], gong: str, voices: VoiceOrder) -> str | None:
        """The url if the texts are rendered already. Fast, never waits."""
        ...

    async def render(self, texts: Mapping[str, str], gong: str, voices: VoiceOrder) -> str | None:
        """Renders the texts; None if no voice can. May take long: push limits the time, and nothing else waits for it."""
        ...


class Silence:
    """A studio without a voice: gong and text only."""

    def ready(self, texts: Mapping[str, str], gong: str, voices: VoiceOrder) -> str | None:
        return None

    async def render(self, texts: Mapping[str, str], gong: str, voices: VoiceOrder) -> str | None:
        return None


Texts = Callable[[ToSay], dict[str, str]]
"""The text of an announcement in each language."""
Link = Callable[[str, str], str | None]
"""(office, ticket id) → the public url of the ticket; None if no public url is configured."""
AtDoor = Callable[[str, int], Door | None]
"""(office, instant) → what a display at the door shows then; None if it has nothing to show."""


@dataclass(frozen=True)
class Surroundings:
    """What push gets besides desks. `version`: the one in welcome; `worries(office)`: what staff should know;
    `alerts(office)`: those that stand; `voiced(language)`: whether some voice speaks it; `speakers(office)`: which
    voice speaks which language now; `advice(office)`: the move worth
    making now, or why there is none; `waits(office)`: the last forecast; `table(office)`: the curve of the supervisor's
    table; `paces`: the least time between two boards (ms); `languages`: those of staff pages;
    `logo(office)`: the picture for the top of its tickets, a PNG in base64;
    `channel`: how other nodes hear what devices are asked to do."""

    presence: Presence
    leases: Leases
    texts: Texts
    link: Link = lambda office, ticket: None
    door: AtDoor = lambda office, at: None
    logo: Callable[[str], str | None] = lambda office: None
    studio: Studio = field(default_factory=Silence)
    voiced: Callable[[str], bool] = lambda language: True
    version: str = "0"
    worries: Callable[[str], tuple[Worry, ...]] = lambda office: ()
    alerts: Callable[[str], tuple[Alert, ...]] = lambda office: ()
    speakers: Callable[[str], tuple[Speaker, ...]] = lambda office: ()
    advice: Callable[[str], AdviceFound] = lambda office: AdviceFound()
    waits: Callable[[str], Waits | None] = lambda office: None
    table: Callable[[str], Figures | None] = lambda office: None
    paces: Paces = field(default_factory=lambda: PACE_MS)
    languages: tuple[str, ...] = ()
    channel: Passing | None = None
