"""What was said before need not be said again: "Nummer A", "null eins sieben" and "bitte zu Schalter drei" are in many calls.

A sentence whose phrases a voice has all said is joined from them, and nobody is asked to speak. Used by `audio.studio`.
"""

import asyncio
from collections.abc import Sequence

from audio.booth import Booth
from audio.cache import Cache, Rendering, digest
from audio.levels import TARGET
from audio.mixing import Mixing
from audio.sound_jobs import Sound

FORM = "flac"
_COMMA = ", "


class Phrases:
    """Phrases of all voices, among the files of `cache`, the longest unused given up first.

    A phrase at another place of its sentence, or of a longer sentence, is another one: voices rise, fall and hurry.
    """

    def __init__(self, cache: Cache, mixing: Mixing) -> None:
        self._cache = cache
        self._mixing = mixing

    async def spoken(self, booth: Booth, text: str, language: str) -> tuple[bytes, ...]:
        """The sentence in this voice as the files of its phrases, or as one where they cannot be told apart.

        VoiceFault if it must be spoken and is not; a voice that rests still says what it has said before.
        """
        phrases = text.split(_COMMA)
        names = _names(phrases, booth, language)
        known = await asyncio.to_thread(self._known, names)
        if known is not None:
            return known
        parts = await self._mixing.divide(await booth.speak(text, language), phrases)
        if len(parts) == len(names):
            await asyncio.to_thread(self._keep, names, parts, {language: booth.voice.name})
        return tuple(part.file for part in parts)

    def _known(self, names: Sequence[str]) -> tuple[bytes, ...] | None:
        """All of them or none."""
        found = [self._cache.get(name) for name in names]
        try:
            return (
                tuple((self._cache.folder / entry.name).read_bytes() for entry in found if entry)
                if all(found)
                else None
            )
        except OSError:
            return None

    def _keep(self, names: Sequence[str], parts: Sequence[Sound], voices: dict[str, str]) -> None:
        for name, part in zip(names, parts, strict=True):
            self._cache.put(Rendering(name, FORM, part.seconds, voices, len(part.file)), part.file)


def _names(phrases: Sequence[str], booth: Booth, language: str) -> list[str]:
    voice = booth.voice
    return [
        digest("phrase", TARGET, voice.name, voice.edition, language, place, len(phrases), phrase)
        for place, phrase in enumerate(phrases)
    ]
