"""All who watch one office: its views, and one pass over them after each commit, in the order of design and courtesy.

The presser's own answer, announcers, printers, displays, counters, supervisors and desks, stations, kiosks; phones last.
Reads the desk's state, writes nothing. One per office and node, made by the hub.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence

import structlog
from msgspec.json import encode

from server.messages import boards, frames
from server.messages.actor import SYSTEM, Actor
from server.messages.problems import Refusal
from server.messages.terms import BoardKind
from server.office.boards import Sight, announcements, board, next_change
from server.push.announcing import Announcing
from server.push.beside import Beside
from server.push.connection import Connection
from server.push.packets import Packet, packet
from server.push.phones import Phones
from server.push.reports import Reports
from server.push.slices import in_slices
from server.push.source import Entry, Link, Source, Studio, Texts
from server.push.tally import Tally
from server.push.touched import touched_tickets
from server.push.view import BY_PRESENCE, ORDER, PACE_MS, Key, View, view_key

HOPS = 3
"""Turns of the loop between a commit and its pass: the presser's task wakes and answers first."""
SLICE_MS = 20.0
"""A pass over a thousand displays lets others in after this long."""
OVERDUE_MS = 250
"""When to look again if a board should have changed by now but waits for a tick."""

log = structlog.get_logger("aufruf.push")


class Audience:
    """`join` and `leave` as sockets come and go; everything else follows from the desk."""

    def __init__(
        self, desk: Source, reports: Reports, studio: Studio, texts: Texts, link: Link, beside: Beside, tally: Tally
    ) -> None:
        self.desk = desk
        self._reports, self._texts, self._link, self._tally = reports, texts, link, tally
        self._views: dict[BoardKind, dict[Key, View]] = {kind: {} for kind in (*ORDER, "ticket")}
        self._version = self._presence = 0
        self._phones = Phones(self._refresh, lambda: self._version)
        self._announcing = Announcing(studio, beside, tally, self.changed)
        self._touched: dict[str, None] = {}
        self._notes: Mapping[str, str] = {}
        self._passing = self._again = False
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._unwatch = (desk.watch(self._committed), desk.watch_alarm(self._alarm))

    # sockets come and go

    def join(self, connection: Connection, welcome: Packet) -> Refusal | None:
        """Send `welcome` and the whole board now, every newer one from now on; a Refusal if there is no such board."""
        key = view_key(connection.board, connection.id, connection.actor)
        view = self._views[connection.board].get(key) or View(connection.board, connection.id, connection.actor)
        if not any(self._views.values()):
            self._catch_up()
        raw = self._current_raw(view)
        if isinstance(raw, Refusal):
            return raw
        connection.tell(welcome)
        connection.show(self._frame(view, raw))
        self._views[connection.board][key] = view
        view.members[connection] = None
        connection.view = view
        if view.kind == "ticket":
            self._phones.add(view)
        if "time" not in self._timers:
            self._arm()
        return None

    def leave(self, connection: Connection) -> None:
        view: View | None = connection.view
        if view is None:
            return
        view.members.pop(connection, None)
        if not view.members:
            self._views[view.kind].pop(view_key(view.kind, view.id, view.actor), None)
            if view.kind == "ticket":
                self._phones.remove(view)

    def stop(self) -> None:
        for unwatch in self._unwatch:
            unwatch()
        for timer in self._timers.values():
            timer.cancel()
        self._phones.stop()

    def sight(self, actor: Actor, kind: BoardKind) -> Sight:
        office = self.desk.office
        return Sight(
            actor=actor,
            seen=self._reports.seen(office) if kind in BY_PRESENCE else {},
            texts=self._texts,
            audio=self._announcing.url,
            link=lambda ticket: self._link(office, ticket),
            notes=self._notes,
        )

    def noted(self, notes: Mapping[str, str]) -> None:
        """The notes of this office's tickets, whenever they change."""
        if notes != self._notes:
            self._notes = dict(notes)
            self.presence_changed()

    # something changed

    def changed(self) -> None:
        """Time passed, a sound is there: every board may look different."""
        self._version += 1
        self._soon()

    def presence_changed(self) -> None:
        """A device said something: boards that show devices, together, at their pace."""
        self._presence += 1
        self._at("presence", time.monotonic() * 1000 + PACE_MS["supervisor"])

    def _committed(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            self._reports.appended(self.desk.office, entry.seq, entry.event.at)
            self._touched.update((ticket, None) for ticket in touched_tickets(entry.event))
        self.changed()

    def _alarm(self, alarm: frames.Alarm) -> None:
        """To every counter, supervisor and desk at once, before all that waits; never to a public screen."""
        self._tally.alarms += 1
        made = packet(alarm)
        for kind in ("counter", "supervisor", "desk"):
            for view in self._views[kind].values():
                for connection in tuple(view.members):
                    connection.tell(made, urgent=True)

    # one pass

    def _soon(self) -> None:
        if self._passing:
            self._again = True
            return
        self._passing = True
        asyncio.get_running_loop().call_soon(self._hop, HOPS)

    def _hop(self, left: int) -> None:
        if left:
            asyncio.get_running_loop().call_soon(self._hop, left - 1)
        else:
            in_slices(self._pass(), SLICE_MS, self._passed)

    def _pass(self) -> Iterator[None]:
        if not any(self._views.values()):
            return
        spoken = self._fresh_announcements()
        for kind in ORDER:
            if kind == "announcer":
                yield from self._tell(kind, spoken)
            for view in list(self._views[kind].values()):
                yield from self._turn(view)
            if kind == "display":
                yield from self._tell(kind, spoken)
        touched, self._touched = self._touched, {}
        self._phones.changed(touched)

    def _passed(self) -> None:
        self._passing = False
        self._arm()
        if self._again:
            self._again = False
            self._soon()

    def _turn(self, view: View) -> Iterator[None]:
        """One view in a pass: its newer board to each of its sockets, unless its pace says later."""
        if view.version == self._version_of(view.kind):
            return
        now = time.monotonic() * 1000
        if now < view.ready_at:
            self._at("pace", view.ready_at)
            return
        view.ready_at = now + PACE_MS.get(view.kind, 0)
        raw = self._computed(view)
        if isinstance(raw, Refusal):
            self._close(view)
        elif view.takes(raw):
            made = self._frame(view, raw)
            for connection in tuple(view.members):
                connection.show(made)
                yield

    def _current_raw(self, view: View) -> bytes | Refusal:
        """What a newcomer to this view gets; those already there get it too if it is newer than theirs."""
        if view.raw is not None and view.version == self._version_of(view.kind):
            return view.raw
        raw = self._computed(view)
        if not isinstance(raw, Refusal):
            self._send_if_new(view, raw)
        return raw

    def _refresh(self, view: View) -> None:
        """One phone, at once."""
        raw = self._computed(view)
        if isinstance(raw, Refusal):
            self._close(view)
        else:
            self._send_if_new(view, raw)

    def _send_if_new(self, view: View, raw: bytes) -> None:
        if view.takes(raw) and view.members:
            made = self._frame(view, raw)
            for connection in tuple(view.members):
                connection.show(made)

    def _close(self, view: View) -> None:
        for connection in tuple(view.members):
            connection.close("no_such_board")

    def _version_of(self, kind: BoardKind) -> int:
        return self._version + self._presence if kind in BY_PRESENCE else self._version

    def _computed(self, view: View) -> bytes | Refusal:
        view.version = self._version_of(view.kind)
        desk = self.desk
        try:
            part = board(desk.state, view.kind, view.id, desk.now(), self.sight(view.actor, view.kind))
        except Exception as fault:  # one board that cannot be made must not keep the others from being sent
            log.error("board_failed", office=desk.office, board=view.kind, fault=type(fault).__name__, exc_info=fault)
            return Refusal(code="fault", detail="this board could not be made")
        if isinstance(part, Refusal):
            return part
        self._tally.boards += 1
        if isinstance(part, boards.Printer):
            self._tell_jobs(view, part)
        return encode(part)

    def _frame(self, view: View, raw: bytes) -> Packet:
        state = self.desk.state
        return view.packet(state.epoch, state.seq, self.desk.now(), raw)

    # what is said beside boards

    def _tell_jobs(self, view: View, part: boards.Printer) -> None:
        known, view.jobs = view.jobs, frozenset(job.job for job in part.jobs)
        if known is None:
            return
        state = self.desk.state
        for job in part.jobs:
            if job.job not in known and job.state == "requested":
                image = f"/print/{job.job}.png"
                made = packet(
                    frames.PrintJob(epoch=state.epoch, seq=state.seq, job=job.job, ticket=job.ticket, image=image)
                )
                for connection in tuple(view.members):
                    connection.tell(made)

    def _zones_of(self, view: View) -> tuple[str, ...]:
        if view.kind == "announcer":
            return (view.id,)
        return next((one.zones for one in self.desk.state.office.displays if one.id == view.id), ())

    def _current(self, zone: str) -> tuple[boards.Announcement, ...]:
        return announcements(self.desk.state, zone, self.desk.now(), self.sight(SYSTEM, "announcer"))

    def _catch_up(self) -> None:
        for zone in self.desk.state.zones:
            self._announcing.catch_up(self._current(zone))

    def _fresh_announcements(self) -> list[tuple[str, Packet]]:
        """New announcements of the zones that somebody listens to, as (zone, frame)."""
        state = self.desk.state
        kinds: tuple[BoardKind, ...] = ("announcer", "display")
        heard = {zone for kind in kinds for view in self._views[kind].values() for zone in self._zones_of(view)}
        made: list[tuple[str, Packet]] = []
        known: set[str] = set()
        for zone in state.zones.values():
            current = self._current(zone.id)
            known.update(one.id for one in current)
            if zone.id in heard:
                fresh = self._announcing.fresh(current, zone.gong, state.office.voices, state.epoch)
                made += [(zone.id, one) for one in fresh]
            else:
                self._announcing.catch_up(current)
        self._announcing.forget_but(known)
        return made

    def _tell(self, kind: BoardKind, spoken: Sequence[tuple[str, Packet]]) -> Iterator[None]:
        if not spoken:
            return
        for view in list(self._views[kind].values()):
            zones = self._zones_of(view)
            mine = [one for zone, one in spoken if zone in zones]
            for connection in tuple(view.members) if mine else ():
                for one in mine:
                    connection.tell(one)
                yield

    # looking again

    def _at(self, name: str, when: float) -> None:
        """Another pass at `when` (ms, monotonic), or sooner if one is due sooner under this name."""
        loop = asyncio.get_running_loop()
        known = self._timers.get(name)
        due = when / 1000
        if known is not None and not known.cancelled() and loop.time() < known.when() <= due:
            return
        if known is not None:
            known.cancel()
        self._timers[name] = loop.call_at(due, self._due, name)

    def _due(self, name: str) -> None:
        self._timers.pop(name, None)
        if name == "time":
            self._version += 1
        self._soon()

    def _arm(self) -> None:
        """A pass when time alone will have changed a board."""
        if not any(self._views.values()):
            return
        now = self.desk.now()
        due = next_change(self.desk.state, now)
        if due is not None:
            wait = due - now if due > now else OVERDUE_MS
            self._at("time", asyncio.get_running_loop().time() * 1000 + wait)
