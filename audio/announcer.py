"""The announcer agent (`aufruf announcer`): speaks one zone's calls, one at a time, each at most once, never late.

It runs on a machine with a loudspeaker anywhere in the network; the command line calls only `run`.
"""

import asyncio
import contextlib
import logging
import tempfile
from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Literal

import msgspec

from audio.players.choice import choose_player
from audio.players.player import Player, PlayFault
from audio.playlist import Item, NextStep, Playlist, Skip, Speak, SpeakTogether, Wait
from audio.recordings import NoRecording, Recordings, SoundFile
from device_line.address import Address
from device_line.lasting import lasting
from device_line.line import Line, NotLetIn, Pace
from device_line.server_clock import instant
from server.messages import boards, frames
from server.messages.agreed import LEASE_MS
from server.messages.frames import FromServer, Report
from server.messages.instants import SECOND

PROBE_MS = 15_000
"""How often a device that cannot be heard tries its sound card, with a silent file. Meanwhile it has no lease and
plays nothing."""
GAP_S = 0.4
"""Seconds of silence between two announcements: enough to hear that another one begins."""
RENEWAL_S = LEASE_MS / SECOND / 3
"""Seconds between two requests for the lease: two of them may be lost."""
MOST_UNTOLD = 64
"""The most reports kept while there is no line. If one more comes, the oldest is dropped: the newest describe the present."""

Ending = tuple[str, str | None]
"""State and reason of a report."""
HEARD: Ending = ("spoken", None)
SILENCED: Ending = ("skipped", "silenced")
MUTE: Ending = ("failed", "no_sound")

_log = logging.getLogger("aufruf.audio")


async def run(server: str, token: str, zone: str, player: Player | None = None, pace: Pace | None = None) -> None:
    """Speaks for `zone` until cancelled. `player`: chosen for this machine if not given; closed at the end.

    Raises `NotLetIn` if the server refuses this device before it ever let it in. After any later loss it connects again.
    """
    chosen = player or await choose_player()
    _log.info("zone %s speaks by %s", zone, chosen.name)
    address = Address(server, token)
    line = Line(address, "announcer", zone, pace=pace)
    with tempfile.TemporaryDirectory(prefix="aufruf-") as folder:
        recordings = Recordings(address, Path(folder))
        announcer = Announcer(zone, chosen, recordings, line)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(lasting(partial(line.run, announcer.hear), "the line", line))
                for work in (announcer.speak_in_turn, announcer.tell_in_turn, announcer.ask_for_the_lease):
                    group.create_task(lasting(work, work.__name__, line))
        except* NotLetIn as refused:
            raise refused.exceptions[0] from None
        finally:
            await recordings.close()
            await chosen.close()


class Announcer:
    """One zone's voice. `hear` takes frames of the server; the other coroutines play, report and renew the lease until cancelled.

    It speaks only while it has the zone's lease. Reports: kind `announcement` with state started (it now counts as spoken),
    then spoken, skipped or failed, with a reason: too_old, withdrawn, silenced; no_speech (only the gong was heard), no_sound
    (nothing was heard). Kind `shown` answers each board with its seq and whether sound can come out.
    """

    def __init__(self, zone: str, player: Player, recordings: Recordings, line: Line) -> None:
        self._zone = zone
        self._player = player
        self._recordings = recordings
        self._line = line
        self._clock = line.clock
        self._untold: deque[Report] = deque(maxlen=MOST_UNTOLD)
        self._something = asyncio.Event()
        self._playlist = Playlist()
        self._gong = "calm"
        self._lease_until = 0
        self._sound: Literal["ready", "playing", "off"] = "off" if player.name == "none" else "ready"
        self._mute = False
        self._asked_for_a_sign = False
        self._probe_at = 0
        self._news = asyncio.Event()
        self._sounding: asyncio.Timeout | None = None

    async def hear(self, frame: FromServer) -> None:
        match frame:
            case frames.Welcome():
                self._something.set()
                await self._wish()
            case frames.Board():
                self._board(frame)
            case frames.Announcement() if frame.zone == self._zone:
                self._playlist.hear(_item(frame, frame.epoch), self._clock.now())
            case frames.Lease() if frame.zone == self._zone:
                self._lease(frame)
            case frames.Device(do="identify"):
                self._asked_for_a_sign = True
        self._news.set()

    async def ask_for_the_lease(self) -> None:
        while True:
            await self._wish()
            await asyncio.sleep(RENEWAL_S)

    async def _wish(self) -> None:
        await self._line.send(frames.Speak(zone=self._zone))

    def _report(self, report: Report) -> None:
        self._untold.append(report)
        self._something.set()

    async def tell_in_turn(self) -> None:
        """Sends reports in order. It is a task of its own, because speech must not wait for the network."""
        while True:
            await self._something.wait()
            self._something.clear()
            while self._untold and await self._line.send(self._untold[0]):
                self._untold.popleft()

    async def speak_in_turn(self) -> None:
        while True:
            self._news.clear()
            if self._asked_for_a_sign:
                self._asked_for_a_sign = False
                await self._sign()
            await self._probe()
            match self._turn():
                case Wait(until):
                    await self._wait(until)
                case Skip(item, reason):
                    self._tell(item, "skipped", reason)
                case Speak(item):
                    await self._speak(item)
                    await asyncio.sleep(GAP_S)
                case SpeakTogether(items):
                    await self._speak_together(items)
                    await asyncio.sleep(GAP_S)

    def _turn(self) -> NextStep:
        now = self._clock.now()
        if now < self._lease_until:
            return self._playlist.turn(now)
        self._playlist.forget_old(now)
        return Wait(self._probe_at if self._sound == "off" else None)

    async def _wait(self, until: int | None) -> None:
        seconds = None if until is None else max(0, until - self._clock.now()) / 1000
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    def _board(self, frame: frames.Board) -> None:
        board = msgspec.json.decode(frame.board, type=boards.Announcer)
        self._gong = board.gong
        self._playlist.silent = board.silent
        if board.silent and self._sounding is not None:
            self._sounding.reschedule(0)
        items = [_item(listed, frame.epoch) for listed in board.announcements]
        self._playlist.list(frame.epoch, frame.seq, items, self._clock.now())
        self._report(Report(kind="shown", seq=frame.seq, sound=self._sound))

    def _lease(self, frame: frames.Lease) -> None:
        now = self._clock.now()
        if frame.held and self._lease_until <= now:
            self._playlist.take_over(now)
        self._lease_until = instant(frame.until) if frame.held else 0

    async def _speak(self, item: Item) -> None:
        self._sound = "playing"
        self._tell(item, "started")
        file, speech = await self._file(item)
        outcome = await self._played(file)
        self._tell(item, *(("failed", "no_speech") if outcome == HEARD and not speech else outcome))

    async def _speak_together(self, items: Sequence[Item]) -> None:
        """After one gong each briefly; one whose sound cannot be had is failed, the others are said."""
        self._sound = "playing"
        said: list[tuple[Item, SoundFile]] = []
        for item in items:
            self._tell(item, "started")
            try:
                assert item.brief is not None
                said.append((item, await self._recordings.fetch(item.brief, item.volume, f"{len(said)}")))
            except NoRecording as fault:
                _log.warning("no speech for %s: %s", item.number, fault)
                self._tell(item, "failed", "no_speech")
        outcome = await self._played(await self._gong_file(items[0]))
        for item, file in said:
            outcome = await self._played(file) if outcome == HEARD else outcome
            self._tell(item, *outcome)

    async def _file(self, item: Item) -> tuple[SoundFile | None, bool]:
        """The file to play (the announcement, else our gong, else None), and whether it is speech."""
        try:
            if item.audio is not None:
                return await self._recordings.fetch(item.audio, item.volume), True
            _log.warning("no speech for %s: not made in time", item.number)
        except NoRecording as fault:
            _log.warning("no speech for %s: %s", item.number, fault)
        return await self._gong_file(item), False

    async def _gong_file(self, item: Item) -> SoundFile | None:
        try:
            return await self._recordings.gong(item.gong or self._gong, item.volume)
        except NoRecording as fault:
            _log.warning("no gong either: %s", fault)
            return None

    async def _played(self, file: SoundFile | None) -> Ending:
        """Plays a file to its end. Silence that somebody wants at once ends it at once."""
        if file is None:
            self._sound, self._mute = "ready", False
            return MUTE
        try:
            async with asyncio.timeout(None) as self._sounding:
                await self._player.play(*file)
        except TimeoutError:
            self._sound = "ready"
            return SILENCED
        except PlayFault as fault:
            # Only the first fault of a broken device is a warning.
            _log.log(logging.DEBUG if self._mute else logging.WARNING, "nothing is heard: %s", fault)
            self._sound, self._mute = "off", True
            return MUTE
        finally:
            self._sounding = None
        self._sound, self._mute = "ready", False
        return HEARD

    async def _probe(self) -> None:
        """A device that cannot be heard has no lease: this tries its sound card, and asks for the lease again when it works."""
        now = self._clock.now()
        if self._sound != "off" or now < max(self._lease_until, self._probe_at):
            return
        self._probe_at = now + PROBE_MS
        with contextlib.suppress(NoRecording):
            if await self._played(await asyncio.to_thread(self._recordings.silence)) == HEARD:
                self._report(Report(kind="shown", sound=self._sound))

    async def _sign(self) -> None:
        """Plays a gong, because somebody wants to find this device."""
        with contextlib.suppress(NoRecording):
            await self._played(await self._recordings.gong(self._gong))

    def _tell(self, item: Item, state: str, reason: str | None = None) -> None:
        self._report(
            Report(
                kind="announcement", announcement=item.id, seq=item.seq, state=state, reason=reason, sound=self._sound
            )
        )


def _item(heard: frames.Announcement | boards.Announcement, epoch: str) -> Item:
    return Item(
        *(heard.id, epoch, heard.seq, instant(heard.at), heard.number, heard.audio),
        brief=heard.brief_audio,
        volume=heard.volume,
        gong=heard.gong,
    )
