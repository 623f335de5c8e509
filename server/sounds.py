"""The voice in the form that push needs: addresses instead of files, None instead of faults. Made by wiring."""

from collections.abc import Iterable, Iterator, Mapping

import structlog

from audio.studio import Studio, StudioFault, VoiceOrder
from audio.texts import announcement_texts, spoken_languages, test_texts
from server.messages.addresses import is_path
from server.messages.boards import Speaker
from server.messages.office import Office
from server.office.boards import ToSay

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


def said(saying: ToSay) -> dict[str, str]:
    """The words of an announcement by language, in the order of speaking."""
    if saying.place is not None:
        return announcement_texts(
            *(saying.number, saying.place, saying.languages),
            step_free=saying.step_free,
            brief=saying.brief,
            own=saying.own,
        )
    return {} if saying.number else test_texts(saying.languages)


def speakers(office: Office, studio: Studio) -> Iterator[Speaker]:
    """Which voice speaks each language of an office now, and which better one does not, and why."""
    for language in dict.fromkeys(base for name in office.languages for base in spoken_languages([name])):
        wanted = office.voices.get(language, ())
        asked = studio.asked(language, office.voices)
        known = {voice.name for voice in studio.voices()}
        passed = [(name, "not installed") for name in wanted if name not in known and not is_path(name)]
        passed += [(voice.name, voice.reason) for voice in asked if voice.state == "resting"]
        speaks = next((voice.name for voice in asked if voice.state != "resting"), None)
        name, why = passed[0] if passed else (None, None)
        yield Speaker(language=language, voice=speaks, passed=name, why=why)


def voiceless(languages: Iterable[str], studio: Studio) -> str:
    """The languages that no voice of this machine speaks, as "tr, uk".

    No other voice reads them: calls are spoken in the languages that have a voice.
    """
    bases = dict.fromkeys(base for name in languages for base in spoken_languages([name]))
    return ", ".join(base for base in bases if not studio.speaks(base))
