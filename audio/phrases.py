"""What was said before need not be said again: "Nummer A", "null eins sieben" and "bitte zu Schalter drei" are in many calls.

A sentence whose phrases a voice has all said is joined from them, and nobody is asked to speak. Used by `audio.studio`.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from audio.booth import Booth
from audio.cache import Cache, Rendering, digest
from audio.levels import TARGET
from audio.sound_jobs import COMMA, Sound

FORM = "wav"
OPENING = 2
"""Words of a phrase that are enough to be heard as its beginning."""


class Phrases:
    """Phrases of all voices, among the files of `cache`, the longest unused given up first.

    The same words at another place of a sentence, or at its end, are another phrase: voices rise and fall.
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._inseparable = set[str]()  # phrases that were once asked for alone, and could not be told from the next

    async def spoken(self, booth: Booth, text: str, language: str) -> tuple[Path, ...]:
        """The sentence in this voice as the files of its phrases, or as one where they cannot be told apart.

        VoiceFault if it must be spoken and is not; a voice that rests still says what it has said before.
        """
        for phrases in ([text], text.split(COMMA)):
            known = self._known(_names(phrases, booth, language))
            if all(known):
                return tuple(filter(None, known))
        return await self._learned(booth, language, phrases, known)

    async def _learned(
        self, booth: Booth, language: str, phrases: list[str], known: list[Path | None]
    ) -> tuple[Path, ...]:
        """Those that are missing are spoken and kept; the whole sentence if its phrases cannot be told apart."""
        names, voices = _names(phrases, booth, language), {language: booth.voice.name}
        missing = [place for place, file in enumerate(known) if file is None]
        only = names[missing[0]] if len(missing) == 1 else ""
        asked = phrases if only in self._inseparable else _as_far_as(phrases, missing[-1] + 1)
        parts = await booth.speak(asked, language)
        if len(parts) < len(asked):
            self._inseparable.update({only} - {""})
            whole = [COMMA.join(phrases)]
            if asked != phrases:
                return await self._learned(booth, language, whole, [None])
            names, known, missing = _names(whole, booth, language), [None], [0]
        for place in missing:
            known[place] = await asyncio.to_thread(self._keep, names[place], parts[place], voices)
        return tuple(filter(None, known))

    def _known(self, names: Sequence[str]) -> list[Path | None]:
        return [self._cache.folder / entry.name if (entry := self._cache.get(name)) else None for name in names]

    def _keep(self, name: str, part: Sound, voices: dict[str, str]) -> Path:
        entry = Rendering(name, FORM, part.seconds, voices, len(part.file))
        self._cache.put(entry, part.file)
        return self._cache.folder / entry.name


def _as_far_as(phrases: Sequence[str], end: int) -> list[str]:
    """The first of them, up to `end`, and so much of the next that the voice does not fall before it."""
    return [*phrases[:end], *(" ".join(phrase.split()[:OPENING]) for phrase in phrases[end : end + 1])]


def _names(phrases: Sequence[str], booth: Booth, language: str) -> list[str]:
    voice, last = booth.voice, len(phrases) - 1
    return [
        digest("phrase", TARGET, voice.name, voice.edition, language, place, place == last, phrase)
        for place, phrase in enumerate(phrases)
    ]
