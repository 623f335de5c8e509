"""What devices say of themselves, gathered here and shared with the other nodes through the presence port; never in a log.

A thousand displays that report after one call cost one write a second. Read by every board that shows devices.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

import structlog

from server.log.port import StoreUnavailable
from server.log.presence_port import Presence
from server.messages.frames import Report
from server.messages.rights import DEVICES
from server.push.connection import Connection
from server.push.tally import Tally

WRITE_S = 1.0
READ_EVERY = 5
"""Every so many writes the reports of other nodes are read."""
SAID_KEPT = 32
"""Announcements of a device whose outcome is remembered: a zone calls about six a minute, and speech is dropped after 30 s."""
STRENGTH = {"": -1, "started": 1, "failed": 2, "spoken": 3}
"""Of two screens of one device, the one that may not speak says `skipped` of what the other has spoken."""
NEWS_KEPT = 4096
"""Entries whose append time is remembered, to tell how late a device painted them."""

_log = structlog.get_logger("aufruf.push")
Bulkhead = Callable[[str], AbstractContextManager[None]]
"""(office) → what keeps its faults from all others."""


class Reports:
    """The last word of every device, per office: `{"display:hall": {"at", "seq", "delay_ms", "sound", ...}}`."""

    def __init__(
        self, presence: Presence, tally: Tally, bulkhead: Bulkhead, ahead: Callable[[str], int] = lambda office: 0
    ) -> None:
        self._ahead = ahead
        self._presence, self._tally, self._bulkhead = presence, tally, bulkhead
        self._here: dict[str, dict[str, dict[str, Any]]] = {}
        self._elsewhere: dict[str, dict[str, dict[str, Any]]] = {}
        self._unsaid: dict[str, set[str]] = {}
        self._news: dict[str, OrderedDict[int, int]] = {}
        self._deaf = False

    def seen(self, office: str) -> dict[str, dict[str, Any]]:
        """Every device that was ever heard of since this node started; who writes to it writes to a copy."""
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
        """The device is connected; its last report stands."""
        if (device := device_of(connection)) is not None:
            self._note(connection.office, device, {"at": now})

    def heard(self, connection: Connection, report: Report, now: int) -> bool:
        """Take a device's report; whether a board could look different for it."""
        device = device_of(connection)
        if device is None:
            return False
        fields = {name: _short(value) for name in REPORTED if (value := getattr(report, name)) is not None}
        if report.state is not None:
            fields.setdefault("reason", None)  # a new state is not there for the old one's reason
        if report.announcement is not None and report.state is not None:
            fields["said"] = self._said(connection.office, device, fields["announcement"], report)
        if (delay := self._delay(connection, report.seq, now)) is not None:
            fields["delay_ms"] = delay
        return self._note(connection.office, device, {**fields, "at": now})

    def _said(self, office: str, device: str, id: str, report: Report) -> dict[str, str]:
        """The last announcements of a device and what became of each. A gong alone told nobody where to go."""
        said = dict(self._here.get(office, {}).get(device, {}).get("said", {}))
        state = "failed" if report.reason == "gong_only" else _short(report.state)
        said[id] = max(said.pop(id, ""), state, key=lambda one: STRENGTH.get(one, 0))
        return dict(list(said.items())[-SAID_KEPT:])

    async def run(self, changed: Callable[[str], None]) -> None:
        """Write what is new every second and read the other nodes' every five; `changed(office)` when theirs differ."""
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
        """Reports of other nodes are wanted for this office."""
        self._elsewhere.setdefault(office, {})

    def _learn(self, office: str, told: Mapping[str, dict[str, Any]]) -> bool:
        known = self._elsewhere.setdefault(office, {})
        before: dict[str, dict[str, Any]] = dict(known)
        ahead = self._ahead(office)  # what other nodes left is by the store's clock
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
        """Append to report, for an entry that came while the device was there, and for its first report of it."""
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


NUMBERS = ("at", "seq", "delay_ms")
MOST_NUMBER = 253_402_300_799_999
"""The last millisecond that can be written as a date."""
MOST_TEXT = 64
REPORTED = ("kind", "seq", "sound", "announcement", "state", "reason")


def _short(value: Any) -> Any:
    """A device's words go to other people's screens: a few are enough."""
    return value[:MOST_TEXT] if isinstance(value, str) else value


def _makes_sense(report: Mapping[str, Any]) -> bool:
    """Whether boards can show a report of another node, which may be of another release: one odd device is left out alone."""
    numbers = [report[name] for name in NUMBERS if report.get(name) is not None]
    return (
        all(isinstance(one, int) and 0 <= one <= MOST_NUMBER for one in numbers)
        and isinstance(report.get("said", {}), dict)
        and all(isinstance(report.get(name) or "", str) for name in ("sound", "state", "reason", "announcement"))
    )


def _face(report: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What of a report is worth a new board: all but the time."""
    return None if report is None else {name: value for name, value in report.items() if name != "at"}


def device_of(connection: Connection) -> str | None:
    """`display:hall`; None for pages of people, which are no devices."""
    if connection.board not in DEVICES:
        return None
    return f"{connection.board}:{connection.id}"
