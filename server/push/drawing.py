"""Boards for views: what an actor may see, computed and encoded. Push and `GET boards` both use this."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from server.messages import boards, frames
from server.messages.actor import SYSTEM, Actor
from server.messages.problems import Refusal
from server.messages.terms import BoardKind
from server.office.boards import (
    BLIND,
    Sheet,
    Sight,
    ToSay,
    Wanted,
    announcements,
    awaited,
    drawn,
    find,
    said,
    silent_zones,
)
from server.office.waits import Waits
from server.push.faults import Faults
from server.push.packets import Packet, packet
from server.push.reports import Reports
from server.push.source import Source, Surroundings
from server.push.tally import Tally
from server.push.view import BY_PRESENCE, Encoded, View

Seen = Mapping[str, Mapping[str, Any]]
SHARED_MS = 250
"""A drawn board is shared for at most this long, ms: longer than a pass over a full office takes."""
FAULT = Refusal(code="fault", detail="This board could not be made. It has been noted.")


class Drawing:
    """Boards of one office. `url(texts, gong)`: the sound of an announcement, if it is rendered.

    `notes`: notes of staff, by ticket; `leases`: until when a zone's voice is taken, ms by zone.
    """

    def __init__(
        self,
        desk: Source,
        reports: Reports,
        around: Surroundings,
        tally: Tally,
        url: Callable[[Mapping[str, str], str], str | None],
        faults: Faults,
    ) -> None:
        self._desk, self._reports, self._around, self._tally, self._url = desk, reports, around, tally, url
        self._faults = faults
        self.notes: Mapping[str, str] = {}
        self.leases: dict[str, int] = {}
        self._sheet: tuple[tuple[int, str], Sheet, Seen] | None = None
        self._before: Sheet | None = None

    def part(self, kind: BoardKind, id: str, actor: Actor) -> boards.Part | Refusal:
        """The board as this actor sees it now."""
        sheet, seen = self._spread()
        return drawn(sheet, kind, id, self._sight(actor, kind, seen))

    def found(self, wanted: Wanted, actor: Actor) -> boards.Found:
        """The tickets that this actor looks for."""
        return find(self._spread()[0], wanted, actor)

    def forget(self) -> None:
        """Stops sharing what was drawn before: time passed, or a device reported."""
        self._sheet = None

    def _spread(self) -> tuple[Sheet, Seen]:
        """The current sheet, and the reports of devices. The sheet is kept while nothing changed and hardly any time passed."""
        state, now = self._desk.state, self._desk.now()
        known = self._sheet
        if known is not None:
            stamp, sheet, seen = known
            if sheet.state is state and stamp == (state.seq, state.mark) and 0 <= now - sheet.now <= SHARED_MS:
                return sheet, seen
        self._before = Sheet(state, now, self._waits(), self._before, self._around.languages)
        self._sheet = ((state.seq, state.mark), self._before, self._reports.seen(self._desk.office))
        return self._sheet[1:]

    def _waits(self) -> Waits | None:
        """The last forecast; one that knows nothing if it cannot be had: then boards say that waits are stale."""
        with self._faults.bulkhead("waits", ""):
            return self._around.waits(self._desk.office)
        return Waits()

    def encoded(self, view: View) -> Encoded | Refusal:
        """The board of a view. If it is a printer's, the printer is also sent its new jobs."""
        with self._faults.bulkhead(view.kind, "" if view.kind == "ticket" else view.id):
            sheet, seen = self._spread()
            # a ticket's owner sees nothing of devices, notes and voices, and there are thousands
            sight = BLIND if view.kind == "ticket" else self._sight(view.actor, view.kind, seen)
            made = self._made(sheet, view, sight)
            if not isinstance(made, Refusal):
                view.awaited = awaited(sheet, view.kind, view.id)
                self._tally.boards += 1
            return made
        return FAULT

    def _made(self, sheet: Sheet, view: View, sight: Sight) -> Encoded | Refusal:
        if view.kind == "counter" and (known := said(sheet, view.id, sight)) is not None:
            return Encoded(known.pieces, known.pressing)
        part = drawn(sheet, view.kind, view.id, sight)
        if isinstance(part, Refusal):
            return part
        if isinstance(part, boards.Printer):
            self._tell_jobs(view, part)
        return Encoded((sheet.encode(part),))

    def awaits_the_same(self, view: View) -> bool:
        """Whether what its board is computed from is unchanged: for a ticket all of it, for a counter what it shows of the
        forecast."""
        if view.awaited is None:
            return False
        try:
            return view.awaited == awaited(self._spread()[0], view.kind, view.id)
        except Exception:
            return False  # drawing it will fail too, and the fault is noted there

    def frame(self, view: View, pieces: tuple[bytes, ...]) -> Packet:
        state = self._desk.state
        return view.packet(state.epoch, state.seq, self._desk.now(), pieces)

    def announced(self, zone: str) -> tuple[boards.Announcement, ...]:
        """The announcements of the last 30 s in a zone."""
        return announcements(self._desk.state, zone, self._desk.now(), self._sight(SYSTEM, "announcer", {}))

    def zones_of(self, view: View) -> tuple[str, ...]:
        """The zones whose announcements a voice or a wall gets."""
        if view.kind == "announcer":
            return (view.id,)
        return next((one.zones for one in self._desk.state.office.displays if one.id == view.id), ())

    def _sight(self, actor: Actor, kind: BoardKind, seen: Seen) -> Sight:
        sight = Sight(
            actor=actor,
            seen=seen if kind in BY_PRESENCE else {},
            texts=self._texts,
            voiced=self._voiced,
            audio=self._url,
            link=self._link,
            door=self._door,
            logo=self._logo,
            notes=self.notes,
            leases=self.leases,
            clock_jump=self._desk.clock_jump,
            version=self._around.version,
        )
        return self._of_the_table(sight) if kind == "supervisor" else sight

    def _of_the_table(self, sight: Sight) -> Sight:
        """Adds what only the supervisor's table shows; a part that cannot be computed is missing there, and the table says
        so."""
        office, faults = self._desk.office, self._faults
        with faults.bulkhead("alerts", ""):
            sight = replace(sight, alerts=self._around.alerts(office))
        with faults.bulkhead("advice", ""):
            sight = replace(sight, advice=self._around.advice(office))
        with faults.bulkhead("speakers", ""):
            sight = replace(sight, speakers=self._around.speakers(office))
        with faults.bulkhead("table", ""):
            if (table := self._around.table(office)) is not None:
                sight = replace(sight, curve=table.curve, fairness=table.fairness)
        return replace(sight, worries=(*self._around.worries(office), *self.worries()))

    def worries(self) -> tuple[boards.Worry, ...]:
        """What cannot be made at present, and zones in which no device can be heard."""
        with self._faults.bulkhead("worries", ""):
            mute = silent_zones(self._desk.state, self._desk.now(), self._reports.seen(self._desk.office))
            return (*self._faults, *(boards.Worry(code="mute", detail=zone) for zone in mute))
        return tuple(self._faults)

    def _texts(self, saying: ToSay) -> dict[str, str]:
        """The text of an announcement; empty if it cannot be made: then the gong sounds, and the walls show the number."""
        with self._faults.bulkhead("speech", "" if saying.place is None else saying.place.id):
            return self._around.texts(saying)
        return {}

    def _link(self, ticket: str) -> str | None:
        with self._faults.bulkhead("link", ""):
            return self._around.link(self._desk.office, ticket)
        return None

    def _door(self, at: int) -> boards.Door | None:
        with self._faults.bulkhead("door", ""):
            return self._around.door(self._desk.office, at)
        return None

    def _logo(self) -> str | None:
        with self._faults.bulkhead("logo", ""):
            return self._around.logo(self._desk.office)
        return None

    def _voiced(self, language: str) -> bool:
        with self._faults.bulkhead("voiced", ""):
            return self._around.voiced(language)
        return False  # then the office's own languages are spoken

    def _tell_jobs(self, view: View, part: boards.Printer) -> None:
        known, view.jobs = view.jobs, frozenset(job.job for job in part.jobs)
        state = self._desk.state
        for job in part.jobs:
            if known is None or job.job in known or job.state != "requested":
                continue
            made = packet(
                frames.PrintJob(
                    epoch=state.epoch, seq=state.seq, job=job.job, ticket=job.ticket, image=f"/print/{job.job}.png"
                )
            )
            for connection in tuple(view.members):
                connection.tell(made)
