"""Announcements on their way to voices: which are new, which have their sound by now. One per office, asked by its audience.

Rendering runs in tasks of its own, bounded in number and time: a voice that hangs delays nothing else.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Set

from msgspec import to_builtins

from server.messages import frames
from server.messages.boards import NO_GONG, Announcement
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

SoundOf = tuple[str, tuple[tuple[str, str], ...]]
"""(gong, texts): what a sound is made of."""
SentWith = tuple[bool, bool]
"""Whether an announcement was sent with its sound, and with the brief one (True too if it needs none)."""
WHOLE: SentWith = (True, True)
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
        self._sent: dict[str, SentWith] = {}
        self._urls: OrderedDict[SoundOf, str] = OrderedDict()
        self._tried: set[SoundOf] = set()  # being rendered now, or no voice could render it

    def url(self, texts: Mapping[str, str], gong: str) -> str | None:
        """The url of the sound of these texts after this gong, if it is rendered."""
        return self._urls.get(_wish(texts, gong))

    def catch_up(self, zones: Iterable[str], current: CallsInForce) -> None:
        """Marks calls from before anybody listened as sent: they are on the announcer's board and must not be spoken now."""
        for zone in zones:
            with self._faults.bulkhead("announcement", zone):
                self._sent.update({one.id: WHOLE for one in current(zone)})

    def _fresh(
        self, current: Iterable[Announcement], gong: str, voices: VoiceOrder, epoch: str
    ) -> list[tuple[Packet, bool]]:
        """Frames of the announcements not sent yet, and of those sent without the sound that they have now."""
        made = []
        for one in current:
            before = self._sent.get(one.id)
            if before == WHOLE and not one.brief:
                continue
            with self._faults.bulkhead("announcement", f"{one.zone} {one.counter}".strip()):
                audio = one.audio or self._sound(one.zone, one.texts, one.gong or gong, voices)
                brief = self._brief(one, voices)
                now = (audio is not None, brief is not None or not one.brief)
                if before is None or now > before:
                    made.append((_frame(one, epoch, audio, brief), before is not None))
                    self._tally.announced += before is None
                    self._sent[one.id] = now
        return made

    def _brief(self, one: Announcement, voices: VoiceOrder) -> str | None:
        if not one.brief:
            return None
        return one.brief_audio or self._sound(one.zone, one.brief, NO_GONG, voices)

    def sounding(self, current: Iterable[Announcement], epoch: str) -> list[Packet]:
        """The announcements that have a sound, once more: for a screen that becomes the zone's voice."""
        return [
            _frame(one, epoch, one.audio, one.brief_audio)
            for one in current
            if one.audio is not None and one.id in self._sent
        ]

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
                        (zone.id, *one)
                        for one in self._fresh(called, zone.begins_with, state.office.voices, state.epoch)
                    ]
                else:
                    self._sent.update({one.id: WHOLE for one in called})
        self._sent = {id: sound for id, sound in self._sent.items() if id in ids}
        if not ids:
            self._tried.clear()
        return made

    def _sound(self, zone: str, texts: Mapping[str, str], gong: str, voices: VoiceOrder) -> str | None:
        wish = _wish(texts, gong)
        url = self._urls.get(wish)
        with self._faults.bulkhead("sound", zone):
            url = url or self._studio.ready(texts, gong, voices)
        if url is not None:
            self._keep(wish, url)
        elif wish not in self._tried and self._beside.offer(self._render(wish, voices), "render"):
            self._tried.add(wish)
        return url

    async def _render(self, wish: SoundOf, voices: VoiceOrder) -> None:
        gong, texts = wish
        try:
            async with asyncio.timeout(RENDER_S):
                url = await self._studio.render(dict(texts), gong, voices)
        except Exception as fault:  # if a voice fails, its announcement has no speech; all else goes on
            self._faults.note("rendering", "", fault)
            return
        self._faults.mended("rendering", "")
        if url is not None:
            self._tally.rendered_late += 1
            self._keep(wish, url)
            self._tried.discard(wish)
            self._changed()

    def _keep(self, wish: SoundOf, url: str) -> None:
        self._urls[wish] = url
        self._urls.move_to_end(wish)
        while len(self._urls) > KEPT:
            self._urls.popitem(last=False)


def _wish(texts: Mapping[str, str], gong: str) -> SoundOf:
    return gong, tuple(texts.items())


def _frame(one: Announcement, epoch: str, audio: str | None, brief: str | None) -> Packet:
    said = {**to_builtins(one), "epoch": epoch, "audio": audio, "brief_audio": brief}
    return packet(frames.Announcement(**said))
