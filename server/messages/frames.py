"""The live socket's frames (protocol section 4). The client says hello within 5 s, then both sides speak.

`key` names a press, `seq` an entry of the log; `board` is one of `server.messages.boards`.
"""

from typing import Any, Literal

from msgspec import Raw

from server.messages.commands import DateTime
from server.messages.terms import BoardKind, Key
from server.messages.value import Value, snake


class Frame(Value, omit_defaults=True, tag_field="type", tag=snake):
    """One JSON text frame."""


class Hello(Frame):
    """The first frame of a client: which board it shows, and who it is. `token`: unless the handshake had a cookie or a
    header; `epoch`, `seq`: the last entry that it knows; `version`: of the page."""

    board: BoardKind
    id: str = ""
    token: str | None = None
    epoch: str | None = None
    seq: int = 0
    version: str | None = None


class CommandFrame(Frame, tag="command"):
    """`age_ms`: time since the press, by the device's monotonic clock. `pressed_at`: the instant of the press by the server's
    clock, as the device knows it: if the node slept while the frame waited for it, only this tells how old the press is."""

    key: Key
    command: Raw
    age_ms: int | None = None
    pressed_at: DateTime | None = None


class Speak(Frame):
    """Asks to become the voice of a zone, or to remain it: a lease lasts ten seconds."""

    zone: str


class Report(Frame):
    """`kind`: shown (the seq that was painted, sound), announcement (id, state, reason), printer (state, reason), restart
    (`restarts`: how often a part of this device had to be started again since it started; `loop`: which part was the last, and
    why).

    `version`: of the page; `keeps`: whether it would survive a reload without the server (ready), or why not."""

    kind: str
    seq: int | None = None
    sound: Literal["ready", "playing", "blocked", "off"] | None = None
    announcement: str | None = None
    state: str | None = None
    reason: str | None = None
    restarts: int | None = None
    loop: str | None = None
    version: str | None = None
    keeps: Literal["ready", "insecure", "unsupported", "failed"] | None = None


FromClient = Hello | CommandFrame | Speak | Report


class Welcome(Frame):
    """The answer to hello. `epoch`, `seq`: the newest entry of the log; `beat`: seconds between two beats; `stale_after`: a
    press older than so many ms is refused."""

    epoch: str
    seq: int
    beat: int
    server_time: str
    version: str
    stale_after: int = 0


class Board(Frame):
    """The whole board, as of entry `seq`, at the instant `at`."""

    epoch: str
    seq: int
    at: str
    board: Raw


class Announcement(Frame):
    """A call to be spoken. `texts`: by language; `audio`: the address of the sound, null until it is made; `attempt`: how
    often this ticket was called. The rest as on the announcer's board."""

    id: str
    epoch: str
    seq: int
    at: str
    zone: str
    number: str
    counter: str
    languages: tuple[str, ...]
    texts: dict[str, str]
    audio: str | None
    attempt: int
    gong: str | None = None
    volume: int = 100
    brief: dict[str, str] = {}
    brief_audio: str | None = None


class PrintJob(Frame):
    """A ticket to be printed once, whose end `report_print` tells."""

    epoch: str
    seq: int
    job: str
    ticket: dict[str, Any]
    image: str | None = None


class Lease(Frame):
    """Whether this client is the voice of a zone, and until when."""

    zone: str
    held: bool
    until: str


class Device(Frame):
    """What a device should do: show or sound where it is, load its page again (with a `path`: that page, because it is another
    device now), or take another name."""

    do: Literal["identify", "reload", "rename"]
    name: str | None = None
    path: str | None = None


class Alarm(Frame):
    """A silent alarm, sent before it is stored. Without `counter` it is the reception desk's."""

    counter: str | None
    label: str
    way: dict[str, str]
    at: str


class Beat(Frame):
    """Says that the server lives. `stale_since`: since when the store has not answered."""

    epoch: str
    seq: int
    server_time: str
    stale_since: str | None = None


class Done(Frame):
    """The outcome of a press. `replayed`: its key was used before, and this repeats the first answer."""

    key: str
    epoch: str
    seq: int
    replayed: bool
    events: list[dict[str, Any]]
    result: dict[str, Any]


class Refused(Frame):
    """A press that was refused, and why."""

    key: str
    problem: dict[str, Any]


FromServer = Welcome | Board | Announcement | PrintJob | Lease | Device | Alarm | Beat | Done | Refused

CLOSE = {
    "malformed": 4400,
    "not_signed_in": 4401,
    "not_allowed": 4403,
    "no_such_board": 4404,
    "too_slow": 4408,
    "page_left": 1001,
    "restarting": 1012,
}
