"""What devices report of themselves, gathered here and shared with other nodes through the presence port; never in a log.

If a thousand displays report after one call, that costs one write a second. Read by every board that shows devices.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

import structlog

from server.log.port import StoreUnavailable
from server.log.presence_port import Presence
from server.messages.agreed import RESTART_TOLD_MS
from server.messages.frames import Report
from server.messages.rights import DEVICES
from server.push.connection import Connection
from server.push.tally import Tally

WRITE_S = 1.0
READ_EVERY = 5
"""The reports of other nodes are read after this many writes."""
SAID_KEPT = 32
"""For how many announcements a device's outcome is kept: a zone has about six a minute, and speech is dropped after 30 s."""
STRENGTH = {"": -1, "started": 1, "failed": 2, "spoken": 3}
"""The stronger outcome of an announcement is kept: of two screens of one device, the one that may not speak reports `skipped`
(strength 0) for what the other has spoken."""
NEWS_KEPT = 4096
"""For how many entries the append time is kept, to compute how late a device painted them."""

_log = structlog.get_logger("aufruf.push")
BulkheadOf = Callable[[str], AbstractContextManager[None]]
"""(office) → a context that keeps the faults of one office from all others."""


class Reports:
    """The last report of every device, per office: `{"display:hall": {"at", "seq", "delay_ms", "sound", ...}}`."""

    def __init__(
        self, presence: Presence, tally: Tally, bulkhead: BulkheadOf, ahead: Callable[[str], int] = lambda office: 0
    ) -> None:
        self._ahead = ahead
        self._presence, self._tally, self._bulkhead = presence, tally, bulkhead
        self._here: dict[str, dict[str, dict[str, Any]]] = {}
        self._elsewhere: dict[str, dict[str, dict[str, Any]]] = {}
        self._unsaid: dict[str, set[str]] = {}
        self._news: dict[str, OrderedDict[int, int]] = {}
        self._deaf = False

    def seen(self, office: str) -> dict[str, dict[str, Any]]:
        """The last report of every device heard of since this node started. Returns a copy."""
        merged = dict(self._elsewhere.get(office, {}))
        for device, report in self._here.get(office, {}).items():
            there = merged.get(device, report)
            newer, older = (report, there) if report["at"] >= there["at"] else (there, report)
            said = {**older.get("said", {}), **newer.get("said", {})}
            merged[device] = {**newer, "said": said} if said else newer
        return merged

    def appended(self, office: str, seq: int, at: int) -> None:
        news = self._news.setdefault(office, OrderedDict())
        news[seq] = at
        while len(news) > NEWS_KEPT:
            news.popitem(last=False)

    def present(self, connection: Connection, now: int) -> None:
        """The device is connected; its last report still holds."""
        if (device := device_of(connection)) is not None:
            named = {} if connection.named is None else {"named": _short(connection.named)}
            self._note(connection.office, device, {"at": now, **named})

    def nameless(self, connection: Connection) -> None:
        """Nobody is signed in as this device any more: it is called as in the office file."""
        if (device := device_of(connection)) is not None:
            known = self._here.get(connection.office, {}).get(device, {})
            if known.get("named") is not None:
                known["named"] = None

    def heard(self, connection: Connection, report: Report, now: int) -> bool:
        """Takes a device's report; returns whether a board could look different now."""
        if report.restarts is not None:
            return self._restarted(connection, report, now)
        device = device_of(connection)
        if device is None:
            return False
        fields = {name: _short(value) for name in REPORTED if (value := getattr(report, name)) is not None}
        if report.state is not None:
            fields.setdefault("reason", None)  # else the old state's reason would stay with the new state
        if report.announcement is not None and report.state is not None:
            fields["said"] = self._said(connection.office, device, fields["announcement"], report)
        if (delay := self._delay(connection, report.seq, now)) is not None:
            fields["delay_ms"] = delay
        return self._note(connection.office, device, {**fields, "at": now})

    def polled(self, office: str, device: str, state: str, reason: str | None, now: int) -> bool:
        """The same for a device that asks by HTTP and holds no socket."""
        return self._note(office, device, {"kind": "printer", "state": _short(state), "reason": reason, "at": now})

    def _restarted(self, connection: Connection, report: Report, now: int) -> bool:
        """A part of a device, or of a terminal counter, had to be started again. Each new count is news once: after every hello
        the last one is told again. Screens that nobody signed in are not believed, for staff read the text."""
        office, device = connection.office, f"{connection.board}:{connection.id}"
        count = report.restarts or 0
        if not connection.actor.principal or not 0 < count <= MOST_NUMBER:
            return False
        if self.seen(office).get(device, {}).get("restarts") == count:
            return False
        told = {"restarts": count, "loop": _short(report.loop or ""), "restarted_at": now}
        return self._note(office, device, {**told, "at": now})

    def restarted(self, office: str, now: int) -> dict[str, str]:
        """Devices of which a part was started again in the last ten minutes, and which part."""
        return {
            device: str(report.get("loop", ""))
            for device, report in self.seen(office).items()
            if 0 <= now - report.get("restarted_at", -RESTART_TOLD_MS) < RESTART_TOLD_MS
        }

    def _said(self, office: str, device: str, id: str, report: Report) -> dict[str, str]:
        """The outcomes of a device's last announcements. `gong_only` counts as failed: it told nobody where to go."""
        said = dict(self._here.get(office, {}).get(device, {}).get("said", {}))
        state = "failed" if report.reason == "gong_only" else _short(report.state)
        said[id] = max(said.pop(id, ""), state, key=lambda one: STRENGTH.get(one, 0))
        return dict(list(said.items())[-SAID_KEPT:])

    async def run(self, changed: Callable[[str], None]) -> None:
        """Writes new reports every second, reads other nodes' every five; `changed(office)` is called if those differ."""
        turn = 0
        while True:
            await asyncio.sleep(WRITE_S)
            turn += 1
            for office in list(self._here.keys() | self._elsewhere.keys()):
                with self._bulkhead(office):
                    await self._exchange(office, changed, read=turn % READ_EVERY == 0)

    async def _exchange(self, office: str, changed: Callable[[str], None], *, read: bool) -> None:
        unsaid = self._unsaid.pop(office, set())
        try:
            if unsaid:
                here = self._here[office]
                await self._presence.report_all(office, {device: here[device] for device in unsaid})
            if read and self._learn(office, await self._presence.seen(office)):
                changed(office)
            self._deaf = False
        except StoreUnavailable:
            self._unsaid.setdefault(office, set()).update(unsaid)
            if not self._deaf:
                _log.warning("who is there was not written", office=office)
            self._deaf = True

    def follow(self, office: str) -> None:
        """Begins to read the reports of other nodes for this office."""
        self._elsewhere.setdefault(office, {})

    def _learn(self, office: str, told: Mapping[str, dict[str, Any]]) -> bool:
        known = self._elsewhere.setdefault(office, {})
        before: dict[str, dict[str, Any]] = dict(known)
        ahead = self._ahead(office)  # reports are stored with the store's time, boards use the log's
        found = {device: report for device, report in told.items() if _makes_sense(report)}
        sound = {device: {**report, "at": report["at"] + ahead} for device, report in found.items()}
        known.update(sound)
        return any(_face(before.get(device)) != _face(report) for device, report in sound.items())

    def _note(self, office: str, device: str, fields: dict[str, Any]) -> bool:
        devices = self._here.setdefault(office, {})
        before = devices.get(device)
        devices[device] = {**(before or {}), **fields}
        self._unsaid.setdefault(office, set()).add(device)
        return _face(before) != _face(devices[device])

    def _delay(self, connection: Connection, seq: int | None, now: int) -> int | None:
        """Milliseconds from the append of an entry to the report on it; only for entries newer than the join, and once each."""
        if seq is None or seq <= max(connection.floor, connection.shown):
            return None
        connection.shown = seq
        news = self._news.get(connection.office)
        at = None if news is None else news.get(seq)
        if at is None:
            return None
        delay = max(0, now - at)
        self._tally.delayed(delay)
        return delay


NUMBERS = ("at", "seq", "delay_ms", "restarts", "restarted_at")
MOST_NUMBER = 253_402_300_799_999
"""The last millisecond that can be written as a date."""
MOST_TEXT = 64
SHOWN = ("named", "version", "keeps")
REPORTED = ("kind", "seq", "sound", "announcement", "state", "reason", "version", "keeps")


def _short(value: Any) -> Any:
    """Cuts a device's text: it is shown on other people's screens, and a few words are enough."""
    return value[:MOST_TEXT] if isinstance(value, str) else value


def _makes_sense(report: Mapping[str, Any]) -> bool:
    """Whether boards can show this report of another node, which may run another release. If not, only this one is left out."""
    numbers = [report[name] for name in NUMBERS if report.get(name) is not None]
    return (
        all(isinstance(one, int) and 0 <= one <= MOST_NUMBER for one in numbers)
        and isinstance(report.get("said", {}), dict)
        and all(
            isinstance(report.get(name) or "", str)
            for name in ("sound", "state", "reason", "announcement", "loop", *SHOWN)
        )
    )


def _face(report: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The part of a report whose change is worth a new board: all but the time."""
    return None if report is None else {name: value for name, value in report.items() if name != "at"}


def device_of(connection: Connection) -> str | None:
    """`display:hall`; None for pages that people use, which are no devices."""
    if connection.board not in DEVICES:
        return None
    return f"{connection.board}:{connection.id}"
