"""Announcements on their way to voices: which are new, which have their sound by now. One per office, asked by its audience.

Rendering runs in tasks of its own, bounded in number and time: a voice that hangs delays nothing else.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Set

from msgspec import to_builtins

from server.messages import frames
from server.messages.boards import Announcement
from server.office.state import State
from server.push.beside import Beside
from server.push.faults import Faults
from server.push.packets import Packet, packet
from server.push.source import Studio, VoiceOrder
from server.push.tally import Tally

RENDER_S = 30.0
"""Seconds after which rendering is given up: an announcement older than this is not spoken any more."""
KEPT = 512
"""Urls remembered per office; the oldest is forgotten first."""

TextsSaid = tuple[tuple[str, str], ...]
Spoken = tuple[str, Packet, bool]
"""(zone, frame, whether the announcement was sent before without its sound)."""
CallsInForce = Callable[[str], tuple[Announcement, ...]]
"""(zone) → the announcements of the last 30 s there."""


class Announcing:
    """Remembers which ids were sent, and the urls of rendered sounds. `changed()` is called when a sound has been rendered."""

    def __init__(
        self, studio: Studio, beside: Beside, tally: Tally, faults: Faults, changed: Callable[[], None]
    ) -> None:
        self._studio, self._beside, self._tally, self._changed = studio, beside, tally, changed
        self._faults = faults
        self._sent: dict[str, bool] = {}  # id -> whether with its sound
        self._urls: OrderedDict[TextsSaid, str] = OrderedDict()
        self._tried: set[TextsSaid] = set()  # being rendered now, or no voice could render it

    def url(self, texts: Mapping[str, str]) -> str | None:
        """The url of these texts' sound, if it is rendered."""
        return self._urls.get(_said(texts))

    def catch_up(self, zones: Iterable[str], current: CallsInForce) -> None:
        """Marks calls from before anybody listened as sent: they are on the announcer's board and must not be spoken now."""
        for zone in zones:
            with self._faults.bulkhead("announcement", zone):
                self._sent.update({one.id: True for one in current(zone)})

    def _fresh(
        self, current: Iterable[Announcement], gong: str, voices: VoiceOrder, epoch: str
    ) -> list[tuple[Packet, bool]]:
        """Frames of the announcements not sent yet, and of those sent without the sound that they have now."""
        made = []
        for one in current:
            before = self._sent.get(one.id)
            if before is True:
                continue
            with self._faults.bulkhead("announcement", f"{one.zone} {one.counter}".strip()):
                audio = one.audio or self._sound(one, gong, voices)
                if before is None or audio is not None:
                    made.append((_frame(one, epoch, audio), before is not None))
                    self._tally.announced += before is None
                    self._sent[one.id] = audio is not None
        return made

    def sounding(self, current: Iterable[Announcement], epoch: str) -> list[Packet]:
        """The announcements that have a sound, once more: for a screen that becomes the zone's voice."""
        return [_frame(one, epoch, one.audio) for one in current if one.audio is not None and one.id in self._sent]

    def round(self, state: State, heard: Set[str], current: CallsInForce) -> list[Spoken]:
        """After a commit: the new announcements in zones where a device listens."""
        made: list[Spoken] = []
        ids: set[str] = set()
        for zone in state.zones.values():
            with self._faults.bulkhead("announcement", zone.id):
                called = current(zone.id)
                ids.update(one.id for one in called)
                if zone.id in heard:
                    made += [
                        (zone.id, *one) for one in self._fresh(called, zone.gong, state.office.voices, state.epoch)
                    ]
                else:
                    self._sent.update({one.id: True for one in called})
        self._sent = {id: sound for id, sound in self._sent.items() if id in ids}
        if not ids:
            self._tried.clear()
        return made

    def _sound(self, one: Announcement, gong: str, voices: VoiceOrder) -> str | None:
        said = _said(one.texts)
        url = self._urls.get(said)
        with self._faults.bulkhead("sound", one.zone):
            url = url or self._studio.ready(one.texts, gong, voices)
        if url is not None:
            self._keep(said, url)
        elif said not in self._tried and self._beside.offer(self._render(said, gong, voices), "render"):
            self._tried.add(said)
        return url

    async def _render(self, said: TextsSaid, gong: str, voices: VoiceOrder) -> None:
        try:
            async with asyncio.timeout(RENDER_S):
                url = await self._studio.render(dict(said), gong, voices)
        except Exception as fault:  # if a voice fails, its announcement has no speech; all else goes on
            self._faults.note("rendering", "", fault)
            return
        self._faults.mended("rendering", "")
        if url is not None:
            self._tally.rendered_late += 1
            self._keep(said, url)
            self._tried.discard(said)
            self._changed()

    def _keep(self, said: TextsSaid, url: str) -> None:
        self._urls[said] = url
        self._urls.move_to_end(said)
        while len(self._urls) > KEPT:
            self._urls.popitem(last=False)


def _said(texts: Mapping[str, str]) -> TextsSaid:
    return tuple(texts.items())


def _frame(one: Announcement, epoch: str, audio: str | None) -> Packet:
    return packet(frames.Announcement(**{**to_builtins(one), "epoch": epoch, "audio": audio}))
