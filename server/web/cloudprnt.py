"""Star CloudPRNT, version HTTP: what a printer that asks by itself says, and what it is answered. Pure; asked by `polling`.

From Star's "CloudPRNT Protocol Guide" 2.4.0; not tried on a device. Not used: client actions, peripherals, MQTT, and headers that
steer the cutter, whose values we could not read: a printer cuts as its own settings say.
"""

from typing import Any, NamedTuple
from urllib.parse import unquote

PICTURE = "image/png"
"""A format that every model takes."""


class Poll(NamedTuple):
    """`state`: as agents report it; `busy`: it prints just now."""

    state: str
    busy: bool


def poll_of(said: dict[str, Any]) -> Poll:
    """Every field but `statusCode` may be missing or null."""
    return Poll(state_of(str(said.get("statusCode") or "")), said.get("printingInProgress") is True)


def state_of(code: str) -> str:
    """The state that a status code means: three or four digits, then a text that is only for logs. Of codes that are not known
    the first digit counts."""
    digits = unquote(code).strip()[:3]
    known = {"211": "paper_low", "410": "paper_out", "420": "cover_open"}
    return known.get(digits) or ("ok" if digits.startswith("2") else "cover_open" if digits[:2] == "42" else "error")


def offer(job: str | None) -> dict[str, Any]:
    """The answer to a poll: whether there is a ticket."""
    return {"jobReady": False} if job is None else {"jobReady": True, "mediaTypes": [PICTURE], "jobToken": job}


def outcome_of(code: str) -> tuple[str, str | None]:
    """(state, reason) of a ticket by the code with which its job is deleted. 5xx: the client could not use or load the data, so
    it printed nothing. 4xx: the printer failed, and nobody knows how much is on the paper."""
    digits = unquote(code).strip()
    if digits.startswith("2") or digits == "OK":
        return "confirmed", None
    return ("failed", "error") if digits.startswith("5") else ("unknown", state_of(code))
