"""All who watch one office: its views, and one pass over them after each commit, in the order of design and courtesy.

The presser's own answer, announcers, printers, displays, counters, supervisors and desks, stations, kiosks; phones last.
Reads the desk's state, writes nothing. One per office and node, made by the hub.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence

from server.messages import frames
from server.messages.problems import Refusal
from server.messages.terms import BoardKind
from server.office.boards import changed_between, presence
from server.push.again import Again
from server.push.announcing import Announcing, Spoken
from server.push.beside import Beside
from server.push.connection import Connection
from server.push.drawing import Drawing
from server.push.faults import Faults
from server.push.packets import Packet, at_once, packet
from server.push.phones import Phones
from server.push.reports import Reports
from server.push.slices import in_slices
from server.push.source import Entry, Source, Surroundings
from server.push.tally import Tally
from server.push.touched import touched_tickets
from server.push.view import BY_PRESENCE, ORDER, STAFF_BOARDS, Key, View, view_key

HOPS = 3
"""Turns of the loop between a commit and its pass: the presser's task wakes and answers first."""
SLICE_MS = 20.0
"""A pass over a thousand displays lets others in after this long."""
FADE_MS = 5_000.0
"""How often it is looked which devices fell silent."""
RENDERINGS = 64
"""Announcements of one office being rendered at once: a voice that hangs takes no place from other offices."""
ALARMED: tuple[BoardKind, ...] = ("counter", "supervisor", "desk")


class Audience:
    """`join` and `leave` as sockets come and go; everything else follows from the desk."""

    def __init__(self, desk: Source, reports: Reports, around: Surroundings, tally: Tally) -> None:
        self._desk, self._reports, self._paces, self._tally = desk, reports, around.paces, tally
        self.faults = Faults(desk.office, self.presence_changed)
        self.renderings = Beside(f"voices {desk.office}", most=RENDERINGS)
        self._announcing = Announcing(
            around.studio, self.renderings, tally, self.faults, lambda: self.look("announcer")
        )
        self.drawing = Drawing(desk, reports, around, tally, self._announcing.url, self.faults)
        self._views: dict[BoardKind, dict[Key, View]] = {kind: {} for kind in (*ORDER, "ticket")}
        self._version = self._presence = 0
        self._kinds: dict[BoardKind, int] = dict.fromkeys((*ORDER, "ticket"), 0)
        self._folded: object = None
        self._looked = desk.now()
        self._states: dict[str, str] = {}
        self._phones = Phones(
            self._refresh, lambda: self._version + self._kinds["ticket"], around.paces.get("ticket", 0)
        )
        self._touched: dict[str, None] = {}
        self._passing = self._more = False
        self._again = Again(self._rang)
        self._unwatch = (desk.watch(self._committed), desk.watch_alarm(self._alarm))

    # sockets come and go

    def join(self, connection: Connection, welcome: Packet) -> Refusal | None:
        """Send `welcome` and the whole board now, every newer one from now on; a Refusal if there is no such board."""
        key = view_key(connection.board, connection.id, connection.actor)
        view = self._views[connection.board].get(key) or View(connection.board, connection.id, connection.actor)
        if not self.watched:
            self._again.at("devices", time.monotonic() * 1000 + FADE_MS)
            self._announcing.catch_up(self._desk.state.zones, self.drawing.announced)
        raw = self._current(view)
        if isinstance(raw, Refusal):
            return raw
        connection.tell(welcome)
        connection.show(self.drawing.frame(view, raw))
        self._views[connection.board][key] = view
        view.members[connection] = None
        connection.view = view
        if view.kind == "ticket":
            self._phones.add(view)
        return None

    def leave(self, connection: Connection) -> None:
        view: View | None = connection.view
        if view is None:
            return
        connection.view = None
        view.members.pop(connection, None)
        if not view.members:
            self._views[view.kind].pop(view_key(view.kind, view.id, view.actor), None)
            if view.kind == "ticket":
                self._phones.remove(view)

    def stop(self) -> None:
        for unwatch in self._unwatch:
            unwatch()
        self._again.stop()
        self._phones.stop()

    # something changed

    def look(self, *kinds: BoardKind) -> None:
        """Boards of these kinds may look different."""
        for kind in kinds:
            self._kinds[kind] += 1
        self.drawing.forget()
        self._soon()

    @property
    def watched(self) -> bool:
        """Whether anybody looks."""
        return any(self._views.values())

    def presence_changed(self) -> None:
        """A device said something: boards that show devices, together, at their pace."""
        self._presence += 1
        self.drawing.forget()
        self._again.at("presence", time.monotonic() * 1000 + self._paces.get("supervisor", 0))

    def noted(self, notes: Mapping[str, str]) -> None:
        """The notes of this office's tickets, whenever they change."""
        if notes != self.drawing.notes:
            self.drawing.notes = dict(notes)
            self.presence_changed()

    def _committed(self, entries: Sequence[Entry]) -> None:
        """New entries, or none: then time passed or something is well again, and some boards may look different."""
        for entry in entries:
            with self.faults.bulkhead("entry", type(entry.event).__name__):
                self._reports.appended(self._desk.office, entry.seq, entry.event.at)
                self._touched.update((ticket, None) for ticket in touched_tickets(entry.event))
        state = self._desk.state
        folded = (state, state.epoch, state.seq, state.mark)
        since, self._looked = self._looked, self._desk.now()
        if entries or folded != self._folded or self._looked < since:
            self._folded = folded
            self._version += 1
            self.look()
        else:
            self._time_passed(since)

    def _time_passed(self, since: int) -> None:
        """Only what an instant since then can have changed, and the table, which tells how the house is."""
        due = changed_between(self._desk.state, since, self._looked)
        for kind in STAFF_BOARDS if due.principals else ():
            for view in self._views[kind].values():
                if view.actor.principal in due.principals:
                    view.version = -1
        self.look("supervisor", *due.kinds)

    def _rang(self, name: str) -> None:
        if name == "devices":
            self._devices_fade()
        else:
            self._soon()

    def _devices_fade(self) -> None:
        """A device that falls silent says nothing: it is looked for when it should have been heard again."""
        if not self.watched:
            return
        now = self._desk.now()
        seen = self._reports.seen(self._desk.office)
        states = {device: presence(report, now) for device, report in seen.items()}
        if states != self._states:
            self._states = states
            self.presence_changed()
        self._again.at("devices", time.monotonic() * 1000 + FADE_MS)

    def _alarm(self, alarm: frames.Alarm) -> None:
        """To every counter, supervisor and desk at once, before all that waits; never to a public screen."""
        self._tally.alarms += 1
        made = packet(alarm)
        for kind in ALARMED:
            for view in self._views[kind].values():
                for connection in tuple(view.members):
                    connection.tell(made, urgent=True)

    # one pass

    def _soon(self) -> None:
        if self._passing:
            self._more = True
            return
        self._passing = True
        asyncio.get_running_loop().call_soon(self._hop, HOPS)

    def _hop(self, left: int) -> None:
        if left:
            asyncio.get_running_loop().call_soon(self._hop, left - 1)
        else:
            in_slices(self._pass(), SLICE_MS, self._passed)

    def _pass(self) -> Iterator[None]:
        touched, self._touched = self._touched, {}
        if not self.watched:
            return
        spoken = self._spoken()
        for kind in ORDER:
            if kind == "announcer":
                yield from self._tell(kind, spoken)  # a voice hears of a call before the list of all calls
            for view in list(self._views[kind].values()):
                with self.faults.bulkhead("view", f"{view.kind} {view.id}".strip()):
                    yield from self._turn(view, spoken if kind == "display" else ())
        self._phones.changed(touched)

    def _passed(self) -> None:
        self._passing = False
        if self._more:
            self._more = False
            self._soon()

    def _turn(self, view: View, spoken: Sequence[Spoken] = ()) -> Iterator[None]:
        """One view in a pass: its newer board and what is said to it, to each of its sockets in one write."""
        board = self._newer(view)
        told = self._for(view, spoken)
        if board is None and not told[True]:
            return
        both = {speaks: at_once((*([board] if board else ()), *mine)) for speaks, mine in told.items()}
        for connection in tuple(view.members):
            connection.give(board, told[connection.speaks], both[connection.speaks])
            yield

    def _for(self, view: View, spoken: Sequence[Spoken]) -> dict[bool, list[Packet]]:
        """By whether they may speak: the sound that came after its announcement is for those alone."""
        zones = self.drawing.zones_of(view) if spoken else ()
        mine = [(one, again) for zone, one, again in spoken if zone in zones]
        return {True: [one for one, _ in mine], False: [one for one, again in mine if not again]}

    def _newer(self, view: View) -> Packet | None:
        """Its board if it may look different and its pace does not say later."""
        if view.version == self._version_of(view):
            return None
        now = time.monotonic() * 1000
        if now < view.ready_at:
            self._again.at("pace", view.ready_at)
            return None
        return self._renewed(view)

    def _renewed(self, view: View) -> Packet | None:
        """Its pace begins with what is sent: a look at an unchanged board delays no change."""
        raw = self._raw(view)
        if isinstance(raw, Refusal):
            for connection in tuple(view.members):
                connection.close("restarting" if raw.code == "fault" else "no_such_board")
        elif view.takes(raw):
            view.ready_at = time.monotonic() * 1000 + self._paces.get(view.kind, 0)
            return self.drawing.frame(view, raw)
        return None

    def _refresh(self, view: View) -> None:
        """A phone, in one go."""
        with self.faults.bulkhead("view", "ticket"):
            if (board := self._renewed(view)) is not None:
                for connection in tuple(view.members):
                    connection.show(board)

    def _current(self, view: View) -> bytes | Refusal:
        """What a newcomer to this view gets; those already there get it too if it is newer than theirs."""
        if view.raw is not None and view.version == self._version_of(view):
            return view.raw
        raw = self._raw(view)
        if not isinstance(raw, Refusal) and view.takes(raw):
            made = self.drawing.frame(view, raw)
            for connection in tuple(view.members):
                connection.show(made)
        return raw

    def _raw(self, view: View) -> bytes | Refusal:
        view.version = self._version_of(view)
        return self.drawing.raw(view)

    def _version_of(self, view: View) -> int:
        version = self._version + self._kinds[view.kind]
        return version + self._presence if view.kind in BY_PRESENCE else version

    # what is said beside boards

    def voiced(self, connection: Connection, zone: str) -> None:
        """It has the voice of a zone now: what is to be said there, with the sound that it was not sent before."""
        with self.faults.bulkhead("announcements", zone):
            for one in self._announcing.sounding(self.drawing.announced(zone), self._desk.state.epoch):
                connection.tell(one)

    def _spoken(self) -> list[Spoken]:
        """New announcements, as (zone, frame), for the zones that somebody listens to."""
        kinds: tuple[BoardKind, ...] = ("announcer", "display")
        with self.faults.bulkhead("announcements", ""):
            heard = {
                zone for kind in kinds for view in self._views[kind].values() for zone in self.drawing.zones_of(view)
            }
            return self._announcing.round(self._desk.state, heard, self.drawing.announced)
        return []

    def _tell(self, kind: BoardKind, spoken: Sequence[Spoken]) -> Iterator[None]:
        for view in list(self._views[kind].values()) if spoken else ():
            for one in self._for(view, spoken)[True]:
                for connection in tuple(view.members):
                    connection.tell(one)
                    yield
