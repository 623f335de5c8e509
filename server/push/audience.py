"""All devices and people who watch one office: its views, and one pass over them after each commit, in a fixed order.

First the presser gets their answer and their own board, then announcers, printers, displays, counters, supervisors, desks
and lines, stations, kiosks; phones last.
It only reads the desk's state. One per office and node, made by the hub.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence

from server.messages import frames
from server.messages.problems import Refusal
from server.messages.terms import BoardKind
from server.office.boards import WHOLE, changed_between, presence
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
from server.push.view import (
    BY_FORECAST,
    BY_PRESENCE,
    LATER,
    ORDER,
    PRESSING,
    STAFF_BOARDS,
    Encoded,
    View,
    ViewKey,
    view_key,
)

HOPS = 3
"""Turns of the event loop between a commit and its pass: in them the presser's task wakes and sends its answer."""
SLICE_MS = 20.0
"""A pass over a thousand displays lets other tasks run after this many milliseconds."""
FADE_MS = 5_000.0
"""Milliseconds between two checks for devices that fell silent."""
OUTLOOK_MS = 10_000.0
"""Milliseconds after which a new curve or advice is shown without a forecast: as often as there is one in a quiet office."""
RENDERINGS = 64
"""The most announcements of one office rendered at the same time: a voice that hangs takes no place from other offices."""
ALARMED: tuple[BoardKind, ...] = ("counter", "supervisor", "desk")
NONE_SPOKEN: Mapping[bool, Sequence[Packet]] = {True: (), False: ()}


class Audience:
    """`join` and `leave` are called as sockets come and go; everything else follows from what the desk tells."""

    def __init__(self, desk: Source, reports: Reports, around: Surroundings, tally: Tally) -> None:
        self._desk, self._reports, self._paces, self._tally = desk, reports, around.paces, tally
        self.faults = Faults(desk.office, self.presence_changed)
        self.renderings = Beside(f"voices {desk.office}", most=RENDERINGS)
        self._announcing = Announcing(
            around.studio, self.renderings, tally, self.faults, lambda: self.look("announcer")
        )
        self.drawing = Drawing(desk, reports, around, tally, self._announcing.url, self.faults)
        self._views: dict[BoardKind, dict[ViewKey, View]] = {kind: {} for kind in (*ORDER, "ticket")}
        self._version = self._presence = self._forecasts = 0
        self._kinds: dict[BoardKind, int] = dict.fromkeys((*ORDER, "ticket"), 0)
        self._folded: object = None
        self._looked = desk.now()
        self._states: dict[str, str] = {}
        self._phones = Phones(
            self._refresh,
            lambda: self._version + self._kinds["ticket"] + self._forecasts,
            around.paces.get("ticket", 0),
        )
        self._touched: dict[str, None] = {}
        self._pressed: dict[View, None] = {}
        self._passing = self._more = False
        self._again = Again(self._rang)
        self._unwatch = (desk.watch(self._committed), desk.watch_alarm(self._alarm))

    # sockets come and go

    def join(self, connection: Connection, welcome: Packet) -> Refusal | None:
        """Sends `welcome` and the whole board now, and from now on every newer one. A Refusal if there is no such board.

        There is no `await` between taking the board and becoming a member, so no change falls between the two.
        """
        key = view_key(connection.board, connection.id, connection.actor)
        view = self._views[connection.board].get(key) or View(connection.board, connection.id, connection.actor)
        if not self.watched:
            self._again.at("devices", time.monotonic() * 1000 + FADE_MS)
            self._announcing.catch_up(self._desk.state.zones, self.drawing.announced)
        pieces = self._current(view)
        if isinstance(pieces, Refusal):
            return pieces
        connection.tell(welcome)
        connection.show(self.drawing.frame(view, pieces))
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

    def answered(self, connection: Connection) -> None:
        """Its press was taken: whoever pressed looks at their own board, so that is the first of the next pass, and does not
        wait for its pace."""
        view: View | None = connection.view
        if view is not None and view.kind in PRESSING:
            view.ready_at = 0
            self._pressed[view] = None

    # something changed

    def look(self, *kinds: BoardKind) -> None:
        """Draws boards of these kinds again: they may look different."""
        for kind in kinds:
            self._kinds[kind] += 1
        self.drawing.forget()
        self._soon()

    def waits_changed(self) -> None:
        """There is a new forecast: boards that show other waits than before are drawn again."""
        self._forecasts += 1
        self.look()

    def outlook_changed(self) -> None:
        """The curve and the advice are made each minute. They come to the table with the next forecast, so that in a quiet office
        no board is sent more often than those; without one they come after OUTLOOK_MS."""
        self._again.at("outlook", time.monotonic() * 1000 + OUTLOOK_MS)

    @property
    def watched(self) -> bool:
        """Whether anybody watches."""
        return any(self._views.values())

    def shows(self, kind: BoardKind) -> bool:
        """Whether anybody watches a board of this kind."""
        return bool(self._views[kind])

    def presence_changed(self) -> None:
        """A device reported: boards that show devices are drawn again, all at once, not more often than their pace."""
        self._presence += 1
        self.drawing.forget()
        self._again.at("presence", time.monotonic() * 1000 + self._paces.get("supervisor", 0))

    def noted(self, notes: Mapping[str, str]) -> None:
        """Takes the notes on this office's tickets, whenever they change."""
        if notes != self.drawing.notes:
            self.drawing.notes = dict(notes)
            self.presence_changed()

    def _committed(self, entries: Sequence[Entry]) -> None:
        """New entries; or none: then time passed or the desk's health changed, and some boards may look different."""
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
        """Draws only boards that an instant since then can have changed, and the supervisor's, which shows the desk's health."""
        due = changed_between(self._desk.state, since, self._looked)
        for kind in STAFF_BOARDS if due.ended else ():
            for view in self._views[kind].values():
                if any(one.concerns(kind, view.id, view.actor.principal) for one in due.ended):
                    view.expire()
        self.look("supervisor", *due.kinds)

    def _rang(self, name: str) -> None:
        if name == "devices":
            self._devices_fade()
        elif name == "outlook":
            self.look("supervisor")
        else:
            self._soon()

    def _devices_fade(self) -> None:
        """A device that falls silent sends no event, so this looks regularly for devices that should have reported."""
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
        """Sends an alarm to every counter, supervisor and desk at once, ahead of all waiting frames; never to a public screen."""
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
        pressed, self._pressed = self._pressed, {}
        if not self.watched:
            return
        for view in pressed:
            yield from self._turn_of(view)
        spoken = self._spoken()
        for kind in ORDER:
            if kind == "announcer":
                yield from self._tell(kind, spoken)  # a voice gets the new call before its board, the list of all calls
            for view in list(self._views[kind].values()):
                yield from self._turn_of(view, spoken if kind == "display" else ())
        self._phones.changed(touched)

    def _passed(self) -> None:
        self._passing = False
        if self._more:
            self._more = False
            self._soon()

    def _turn_of(self, view: View, spoken: Sequence[Spoken] = ()) -> Iterator[None]:
        with self.faults.bulkhead("view", f"{view.kind} {view.id}".strip()):
            yield from self._turn(view, spoken)

    def _turn(self, view: View, spoken: Sequence[Spoken] = ()) -> Iterator[None]:
        """One view in a pass: sends its newer board and its announcements to each of its sockets, in one write."""
        board, told = self._newer(view), self._for(view, spoken)
        if told[True]:
            both = {speaks: at_once((*([board] if board else ()), *mine)) for speaks, mine in told.items()}
            for connection in tuple(view.members):
                connection.give(board, told[connection.speaks], both[connection.speaks])
                yield
        elif board is not None:
            for connection in tuple(view.members):
                connection.show(board)
                yield

    def _for(self, view: View, spoken: Sequence[Spoken]) -> Mapping[bool, Sequence[Packet]]:
        """Announcements for sockets that may speak (True) and for others.

        Only those that may speak get one again when its sound comes late.
        """
        if not spoken:
            return NONE_SPOKEN
        zones = self.drawing.zones_of(view)
        mine = [(one, again) for zone, one, again in spoken if zone in zones]
        return {True: [one for one, _ in mine], False: [one for one, again in mine if not again]}

    def _newer(self, view: View) -> Packet | None:
        """The view's board if it may look different and its pace allows one now."""
        if view.version == self._version_of(view):
            return None if view.held is None else self._in_time(view, view.held)
        only_waits = view.but_waits == self._but_waits(view)
        if self._too_soon(view.ready_at + (self._later(view) if only_waits else 0)):
            return None
        return self._renewed(view)

    def _later(self, view: View) -> float:
        """How many ms longer than its pace news that is not pressing may wait."""
        return (LATER - 1) * self._paces.get(view.kind, 0) if view.kind in STAFF_BOARDS else 0

    def _too_soon(self, ready_at: float) -> bool:
        """Whether a board must wait until this instant (ms, monotonic); then it is looked at again."""
        if time.monotonic() * 1000 >= ready_at:
            return False
        self._again.at("pace", ready_at)
        return True

    def _renewed(self, view: View) -> Packet | None:
        """The board if it changed. The pace counts from boards that are sent: drawing an unchanged one delays no later change."""
        if self._is_the_same(view):
            view.version, view.but_waits = self._version_of(view), self._but_waits(view)
            return None if view.held is None else self._in_time(view, view.held)
        made = self._encoded(view)
        if isinstance(made, Refusal):
            for connection in tuple(view.members):
                connection.close("restarting" if made.code == "fault" else "no_such_board")
        else:
            return self._in_time(view, made)
        return None

    def _in_time(self, view: View, made: Encoded) -> Packet | None:
        """The board if it may be sent now; if it must wait, and nothing else changes meanwhile, it is not drawn again."""
        if view.may_wait(made) and self._too_soon(view.ready_at + self._later(view)):
            view.held = made
        elif view.takes(made):
            view.ready_at = time.monotonic() * 1000 + self._paces.get(view.kind, 0)
            return self.drawing.frame(view, made.pieces)
        return None

    def _is_the_same(self, view: View) -> bool:
        """Whether its board need not be drawn to know that nothing on it changed."""
        known = view.kind in WHOLE or view.but_waits == self._but_waits(view)
        return known and self.drawing.awaits_the_same(view)

    def _refresh(self, view: View) -> None:
        """Draws one phone's board and sends it."""
        with self.faults.bulkhead("view", "ticket"):
            if (board := self._renewed(view)) is not None:
                for connection in tuple(view.members):
                    connection.show(board)

    def _current(self, view: View) -> tuple[bytes, ...] | Refusal:
        """The board for a socket that joins this view. If it is newer than the one the others have, they get it too."""
        if view.pieces is not None and view.held is None and view.version == self._version_of(view):
            return view.pieces
        made = self._encoded(view)
        if isinstance(made, Refusal):
            return made
        if view.takes(made):
            told = self.drawing.frame(view, made.pieces)
            for connection in tuple(view.members):
                connection.show(told)
        return made.pieces

    def _encoded(self, view: View) -> Encoded | Refusal:
        view.version, view.but_waits = self._version_of(view), self._but_waits(view)
        return self.drawing.encoded(view)

    def _version_of(self, view: View) -> int:
        return self._but_waits(view) + (self._forecasts if view.kind in BY_FORECAST else 0)

    def _but_waits(self, view: View) -> int:
        version = self._version + self._kinds[view.kind]
        return version + self._presence if view.kind in BY_PRESENCE else version

    # what is sent besides boards

    def voiced(self, connection: Connection, zone: str) -> None:
        """A screen became a zone's voice: sends it the zone's announcements with the sound, which it did not get before."""
        with self.faults.bulkhead("announcements", zone):
            for one in self._announcing.sounding(self.drawing.announced(zone), self._desk.state.epoch):
                connection.tell(one)

    def _spoken(self) -> list[Spoken]:
        """The new announcements of all zones where a device listens."""
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
