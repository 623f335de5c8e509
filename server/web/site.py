"""What every route gets: the desks, the hub, access, and the few things only wiring knows. Made once, by `server.wiring`."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from server.access.access import Access
from server.access.oidc import Oidc
from server.access.pairings import Pairings
from server.clock import Clock
from server.desk.desk import Desk
from server.messages.boards import Expected, Worry
from server.messages.laid import CheckedSetting
from server.messages.media import Slide
from server.messages.office import Office
from server.messages.problems import Refusal
from server.messages.rule_trial import RuleTrial, TrialFound
from server.messages.slot_study import SlotsAsked, SlotStudy
from server.messages.webhooks import WebhookStand
from server.messages.what_if import AdviceFound, WhatIf, WhatIfFound
from server.notes.notes import Notes
from server.persons.contacts import Booked
from server.persons.wishes import Wishes
from server.push.hub import Hub
from server.web.awake import Awake
from server.web.drawn import Drawn
from server.web.limits import Limits
from server.web.line.peer import Network
from server.web.line.proxied import Proxied
from server.web.press_tally import PressTally
from server.web.work import BrowserWork


class History(Protocol):
    """What the report page asks of the history. Plain values, ready for its template."""

    async def report(self, office: str, day: str | None) -> Mapping[str, Any]:
        """The waits of a day per service and hour; `day` None is the newest."""
        ...

    async def booked(self, office: str, first: date, last: date) -> Mapping[str, Any]:
        """How appointments went beside walk-ins on these days, both included."""
        ...


class PhoneMessages(Protocol):
    """Phones that want to be told when their ticket is called. Raises ConnectionError while the database is away."""

    @property
    def key(self) -> str:
        """The installation's public key, as browsers take it."""
        ...

    async def put(self, office: str, ticket: str, day: str, wanted: Mapping[str, str], now: int) -> None:
        """`wanted`: endpoint, p256dh, auth, language. ValueError(field, reason) for an address or key that cannot be right."""
        ...

    async def drop(self, office: str, ticket: str, endpoint: str | None) -> None:
        """Forgets one phone of a ticket, or all of them."""
        ...


class Webhooks(Protocol):
    """Other systems that are told of events. Raises ConnectionError while the database is away."""

    async def stand(self, office: str) -> list[WebhookStand]: ...

    async def again(self, office: str, hook: str) -> int:
        """What was laid aside is sent again, and what waits is tried at once. Returns how many of the former."""
        ...


class Contacts(Protocol):
    """How citizens with an appointment are reached. Raises ConnectionError while the database is away."""

    async def put(self, booked: Booked, mail: str, language: str, now: int) -> None:
        """ValueError for an address that cannot be one."""
        ...

    async def reached(self, office: str, appointments: Collection[str]) -> Mapping[str, bool]:
        """Whose owners want mail; False: the mail server refused the address. The others are not in it."""
        ...


class OwnFiles(Protocol):
    """Files beside an office file: looked at again each time, because they may change at any time."""

    def logo(self, office: str) -> Path | None: ...

    def slides(self, office: str, display: str) -> list[Slide]:
        """What this wall shows now, in order."""
        ...

    def slide(self, office: str, display: str, media: str, name: str) -> Path | None: ...


class NoFiles:
    """No office has files of its own."""

    def logo(self, office: str) -> Path | None:
        return None

    def slides(self, office: str, display: str) -> list[Slide]:
        return []

    def slide(self, office: str, display: str, media: str, name: str) -> Path | None:
        return None


class Say(Protocol):
    """Words for pages drawn on the server: `say("de", "start-title")`; KeyError for a word that no language has."""

    def __call__(self, language: str, name: str, /, **args: Any) -> str: ...


@dataclass(frozen=True)
class Settings:
    """How this node is reached. `public_url`: the address in QR codes, without a slash at the end. `oidc`: for staff."""

    version: str = "0"
    public_url: str | None = None
    trusted_proxies: tuple[Network, ...] = ()
    oidc: Oidc | None = None


class Worries(Protocol):
    """What staff should know although offices are open: for all offices, and for one."""

    def of_node(self) -> Sequence[Worry]: ...

    def own(self, office: str) -> Sequence[Worry]: ...

    def restarts(self) -> Mapping[str, int]:
        """How often each task that must not end was restarted, by its name."""
        ...

    def behind(self, office: str) -> int | None:
        """How many entries of an office's log the history has not read yet; None if nobody knows."""
        ...

    def database_faults(self) -> int:
        """How often a use of the database failed since the start."""
        ...


class Calm:
    """There are no worries."""

    def of_node(self) -> Sequence[Worry]:
        return ()

    def own(self, office: str) -> Sequence[Worry]:
        return ()

    def restarts(self) -> Mapping[str, int]:
        return {}

    def behind(self, office: str) -> int | None:
        return None

    def database_faults(self) -> int:
        return 0


async def no_answer(office: str, asked: WhatIf) -> Refusal:
    """Nobody can say what moves would change."""
    return Refusal(code="starting", detail="this server does not simulate")


async def no_trial(office: str, asked: RuleTrial) -> Refusal:
    """Nobody can say what a rule would have changed."""
    return Refusal(code="starting", detail="this server does not simulate")


async def no_advice(office: str, fresh: bool) -> Refusal:
    """Nobody can say which move is worth making."""
    return Refusal(code="starting", detail="this server does not simulate")


class PaperDrawing(Protocol):
    """Draws tickets. None for one that cannot be drawn."""

    async def drawn(self, ticket: Mapping[str, Any], width_mm: int, large: bool) -> Drawn | None:
        """A ticket as a printer's board holds it."""
        ...

    async def sample(self, office: Office, language: str, width_mm: int, large: bool) -> Drawn | None:
        """What a ticket of this office looks like, with everything on it."""
        ...


class NoPaper:
    """Nothing here can draw."""

    async def drawn(self, ticket: Mapping[str, Any], width_mm: int, large: bool) -> Drawn | None:
        return None

    async def sample(self, office: Office, language: str, width_mm: int, large: bool) -> Drawn | None:
        return None


async def no_study(office: Office, asked: SlotsAsked) -> Refusal:
    """Nobody can say how many slots the counters carry."""
    return Refusal(code="starting", detail="this server does not simulate")


def no_look(office: Office, path: str, written: object) -> CheckedSetting:
    """Nobody can say whether a setting is good."""
    return CheckedSetting(faults=(f"{path}: this server checks no settings",))


@dataclass(frozen=True)
class Site:
    """`sounds(name)`: the file of `/audio/<name>`; `words`: folder of Fluent files.
    `languages`: of citizens' pages; `staff_languages`: those of them that have the words of staff, by default all.
    `phones`: None if this server sends no messages to phones; `contacts`: None if it sends no mail to citizens.

    `expected(office)`: by service, the wait of somebody who draws a ticket now; `forecast_age`: how old that is, in seconds;
    None if there is none. `what_if`: what moves would change;
    `rule_trial`: what a standing rule would have changed; `advice`: the one move worth making now. `slot_study`: how many slots
    the counters of an office carry. `look_at_setting`: a value that somebody wants to lay over the office file, checked as in a
    file.
    """

    desks: Mapping[str, Desk]
    hub: Hub
    access: Access
    pairings: Pairings
    notes: Notes
    clock: Clock
    say: Say
    languages: tuple[str, ...]
    words: Path
    settings: Settings = field(default_factory=Settings)
    staff_languages: tuple[str, ...] = ()
    history: History | None = None
    phones: PhoneMessages | None = None
    contacts: Contacts | None = None
    wishes: Wishes | None = None
    webhooks: Webhooks | None = None
    sounds: Callable[[str], Path | None] = lambda name: None
    drawing: PaperDrawing = field(default_factory=NoPaper)
    worries: Worries = field(default_factory=Calm)
    own_files: OwnFiles = field(default_factory=NoFiles)
    expected: Callable[[str], Mapping[str, Expected]] = lambda office: {}
    forecast_age: Callable[[str], float | None] = lambda office: None
    what_if: Callable[[str, WhatIf], Awaitable[WhatIfFound | Refusal]] = no_answer
    rule_trial: Callable[[str, RuleTrial], Awaitable[TrialFound | Refusal]] = no_trial
    advice: Callable[[str, bool], Awaitable[AdviceFound | Refusal]] = no_advice
    look_at_setting: Callable[[Office, str, object], CheckedSetting] = no_look
    slot_study: Callable[[Office, SlotsAsked], Awaitable[SlotStudy | Refusal]] = no_study
    limits: Limits = field(init=False)
    awake: Awake = field(init=False)
    proxied: Proxied = field(init=False)
    work: BrowserWork = field(init=False)
    presses: PressTally = field(default_factory=PressTally, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "staff_languages", self.staff_languages or self.languages)
        object.__setattr__(self, "limits", Limits(self.clock))
        object.__setattr__(self, "awake", Awake(self.clock))
        object.__setattr__(self, "work", BrowserWork(self.access.derived("booking work 1"), self.clock))
        object.__setattr__(self, "proxied", Proxied(self.settings.trusted_proxies, self.settings.public_url))

    def own_worries(self, office: str) -> tuple[Worry, ...]:
        """The worries of one office: of the server itself, and of what is pushed."""
        return (*self.worries.own(office), *self.hub.worries(office))
