"""The voice in the form that push needs: addresses instead of files, None instead of faults. Made by wiring."""

from collections.abc import Iterable, Mapping

import structlog

from audio.studio import Studio, StudioFault, VoiceOrder
from audio.texts import spoken_languages

_log = structlog.get_logger("aufruf.server")


class Sounds:
    """`ready`: at once, if it was rendered before; `render`: may take seconds. Both return `/audio/<file>`."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def ready(self, texts: Mapping[str, str], gong: str, voices: VoiceOrder) -> str | None:
        name = self._studio.ready(texts, gong=gong, order=voices)
        return f"/audio/{name}" if name else None

    async def render(self, texts: Mapping[str, str], gong: str, voices: VoiceOrder) -> str | None:
        try:
            made = await self._studio.announcement(texts, gong=gong, order=voices)
        except StudioFault as fault:
            _log.warning("no announcement", reason=fault.reason)
            return None
        return f"/audio/{made.name}"


def voiceless(languages: Iterable[str], studio: Studio) -> str:
    """The languages that no voice of this machine speaks, as "tr, uk".

    No other voice reads them: calls are spoken in the languages that have a voice.
    """
    bases = dict.fromkeys(base for name in languages for base in spoken_languages([name]))
    return ", ".join(base for base in bases if not studio.speaks(base))
