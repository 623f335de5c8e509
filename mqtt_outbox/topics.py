"""Which topic says what. Pure: a supervisor's board in, topics and their texts out.

`BASE` is `<prefix>/<office>`. All but the two of a button are retained, so that a lamp knows how it stands when it is
switched on:

    BASE/status               online or offline; offline too while the office cannot be seen
    BASE/open                 yes or no
    BASE/waiting              how many wait
    BASE/service/A/waiting    the same for one service
    BASE/counter/3/state      closed, free, called, serving, paused, wrap_up
    BASE/counter/3/number     the number that the counter holds, or -
    BASE/zone/hall/call       the last call: {"number", "counter", "at"}
    BASE/counter/3/press      a button says: next, arrived, finish, finish-next, repeat, missed
    BASE/counter/3/pressed    what became of it
"""

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from device_line.presses import BUTTONS
from server.messages.terms import LONGEST_KEY, Key

Topics = dict[str, bytes]
"""By topic, below BASE: the text that it has."""
ONLINE, OFFLINE = b"online", b"offline"
STATUS = "status"
NOBODY = "-"
PRESSES = "counter/+/press"
HELD = ("called", "serving")
AT_COUNTER = {"open": "free"}
"""What a counter without a ticket is called, where it is not the board's own word."""
LONGEST_PAYLOAD = 1_000


class WrongPress(Exception):
    """A message on a topic for buttons that is none; the message says what is."""


class Pushed(Struct, frozen=True):
    """A button's message: which press at which counter; `key`: its own, if the button gives each of its presses one."""

    counter: str
    press: str
    key: str | None = None


class LastCalls:
    """The last call of each zone. The board only has those that are still at a counter, so earlier ones are remembered: until the
    day ends, or until the office has lost entries (another epoch)."""

    def __init__(self) -> None:
        self._day: str | None = None
        self._epoch = ""
        self._calls: dict[str, dict[str, str]] = {}

    def note(self, epoch: str, board: dict[str, Any]) -> dict[str, bytes]:
        """By zone; empty for a zone in which nobody was called today."""
        if (epoch, board["day"]) != (self._epoch, self._day):
            self._epoch, self._day, self._calls = epoch, board["day"], {}
        zones = {one["id"]: one["zone"] for one in board["counters"]}
        for ticket in board["tickets"]:
            zone = zones.get(ticket.get("counter"))
            if zone is None or ticket["state"] not in HELD or ticket.get("since") is None:
                continue
            call = {"number": ticket["number"], "counter": ticket["counter"], "at": ticket["since"]}
            if zone not in self._calls or self._calls[zone]["at"] <= call["at"]:
                self._calls[zone] = call
        return {
            zone: msgspec.json.encode(self._calls[zone]) if zone in self._calls else b""
            for zone in dict.fromkeys(zones.values())
        }


def told(board: dict[str, Any], calls: dict[str, bytes]) -> Topics:
    """Everything that the office says now."""
    return {name: text if isinstance(text, bytes) else str(text).encode() for name, text in _each(board, calls)}


def _each(board: dict[str, Any], calls: dict[str, bytes]) -> Iterator[tuple[str, Any]]:
    yield "open", "yes" if board["open"] else "no"
    yield "waiting", board["waiting_total"]
    for service in board["services"]:
        yield f"service/{service['id']}/waiting", service["waiting"]
    for counter in board["counters"]:
        state, holds = counter["state"], counter.get("current_state")
        yield f"counter/{counter['id']}/state", holds if holds in HELD else AT_COUNTER.get(state, state)
        yield f"counter/{counter['id']}/number", counter["current"] or NOBODY
    for zone, call in calls.items():
        yield f"zone/{zone}/call", call


def pushed(base: str, topic: str, payload: object) -> Pushed:
    """Reads a button's message: a word, or JSON with `press` and its own `key`. WrongPress says what is wrong."""
    counter = topic.removeprefix(f"{base}/counter/").removesuffix("/press")
    if not isinstance(payload, bytes | bytearray) or not 0 < len(payload) <= LONGEST_PAYLOAD:
        raise WrongPress(f"the message must be a word: {', '.join(BUTTONS)}")
    try:
        text = bytes(payload).decode().strip()
        found = msgspec.json.decode(text) if text.startswith("{") else {"press": text}
    except (UnicodeError, msgspec.MsgspecError):
        found = {}
    press, key = found.get("press"), found.get("key")
    if not isinstance(press, str) or press not in BUTTONS:
        raise WrongPress(f"{str(press)[:40]!r} is no press; say {', '.join(BUTTONS)}")
    try:
        return Pushed(counter, press, key if key is None else msgspec.convert(key, Key))
    except msgspec.ValidationError:
        raise WrongPress(f"the key of a press is 1 to {LONGEST_KEY} letters, digits or signs, no blanks") from None


def answer_topic(counter: str) -> str:
    return f"counter/{counter}/pressed"
