"""Spoken phrases are kept and used again: "Nummer A", "null eins sieben" and "bitte zu Schalter drei" are in many calls.

If a voice has said all phrases of a sentence before, it is joined from them without asking the voice. Used by `audio.studio`.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from audio.booth import Booth
from audio.cache import Cache, Rendering, digest
from audio.levels import TARGET
from audio.sound_jobs import COMMA, Sound

FORM = "wav"
OPENING = 1
"""This many words of the next phrase are spoken too, so that the voice does not sound like the end of a sentence. By spectrum,
length and loudness a phrase is as near to that of the whole sentence with one word as with two, and a sixth cheaper."""
BEFORE = {"de": "und", "en": "and"}
"""Spoken instead of known phrases before a missing one that is not the last, so that the voice does not sound like the beginning
of a sentence: in spectrum, pitch and loudness as near as with those phrases, and an eighth cheaper. In French the short words
that were tried leave more silence than speech: of 83
numbers between "non" and "oui" 11 were refused by `checking`, and 10 could not be cut."""


class Phrases:
    """Phrases of all voices, stored in `cache`; the longest unused are removed first.

    The same words in another place of a sentence, or at its end, are another phrase, because voices rise and fall.
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._inseparable = set[str]()  # phrases that could not be cut from the words that were spoken with them

    async def spoken(self, booth: Booth, text: str, language: str) -> tuple[Path, ...]:
        """The sentence in this voice as files of its phrases, or as one file if they cannot be told apart.

        VoiceFault if it must be spoken and cannot. For a paused voice, phrases that it said before are still used.
        """
        for phrases in ([text],) if booth.voice.whole else ([text], text.split(COMMA)):
            known = self._known(_names(phrases, booth, language))
            if all(known):
                return tuple(filter(None, known))
        return await self._learned(booth, language, phrases, known)

    async def _learned(
        self, booth: Booth, language: str, phrases: list[str], known: list[Path | None]
    ) -> tuple[Path, ...]:
        """Speaks and keeps the missing phrases; or the whole sentence, if its phrases cannot be told apart."""
        names, voices = _names(phrases, booth, language), {language: booth.voice.name}
        missing = [place for place, file in enumerate(known) if file is None]
        only = names[missing[0]] if len(missing) == 1 else ""
        if only in self._inseparable:
            asked, begin = phrases, 0
        else:
            asked, begin = _around(phrases, missing, BEFORE.get(language))
        parts = await booth.speak(asked, language)
        if len(parts) < len(asked):
            self._inseparable.update({only} - {""})
            whole = [COMMA.join(phrases)]
            if asked != phrases:
                return await self._learned(booth, language, whole, [None])
            names, known, missing, begin = _names(whole, booth, language), [None], [0], 0
        kept = await asyncio.to_thread(
            lambda: {place: self._keep(names[place], parts[place - begin], voices) for place in missing}
        )
        return tuple(filter(None, (kept.get(place) or file for place, file in enumerate(known))))

    def _known(self, names: Sequence[str]) -> list[Path | None]:
        return [self._cache.folder / entry.name if (entry := self._cache.get(name)) else None for name in names]

    def _keep(self, name: str, part: Sound, voices: dict[str, str]) -> Path:
        entry = Rendering(name, FORM, part.seconds, voices, len(part.file))
        self._cache.put(entry, part.file)
        return self._cache.folder / entry.name


def _around(phrases: Sequence[str], missing: Sequence[int], before: str | None) -> tuple[list[str], int]:
    """What is spoken for the missing phrases, and the place of its first: from a word before them, or from the beginning, to the
    beginning of the next phrase, so that the voice does not fall at their end."""
    first, end = missing[0], missing[-1] + 1
    spoken = [*phrases[first:end], *(" ".join(phrase.split()[:OPENING]) for phrase in phrases[end : end + 1])]
    if first and before and end < len(phrases):
        return [before, *spoken], first - 1
    return [*phrases[:first], *spoken], 0


def _names(phrases: Sequence[str], booth: Booth, language: str) -> list[str]:
    voice, last = booth.voice, len(phrases) - 1
    return [
        digest("phrase", TARGET, voice.name, voice.edition, language, place, place == last, phrase)
        for place, phrase in enumerate(phrases)
    ]
