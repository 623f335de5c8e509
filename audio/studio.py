"""Makes announcements: a text becomes one checked, levelled, cached sound file. The server uses sound only through here.

Everything slow or fragile happens in other processes: if a voice hangs, the server only uses another, weaker voice.
"""

import asyncio
import contextlib
import itertools
import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from audio.booth import Booth, VoiceReport
from audio.cache import DEFAULT_LIMIT, Cache, Rendering, digest
from audio.levels import TARGET
from audio.mixing import Mixing
from audio.phrases import Phrases
from audio.texts import Sign, call_text, speakable
from audio.voices.installed import brought, installed_voices
from audio.voices.voice import Voice, VoiceFault
from audio.worker import WorkerFault
from server.messages.addresses import is_path

LONGEST_LINE = 64
"""The most announcements that may wait. If one more comes, the one that waited longest is dropped: its call is the oldest, and
speech older than 30 s is not played anyway."""
OWN_LANGUAGES = 2
"""How many languages most calls are spoken in: an office's first and its second."""
AT_ONCE = 8
"""How many announcements are made at the same time, so that those of a hanging voice do not delay the others."""
LIMIT_S = 15.0
"""Seconds for one announcement, not counting its wait: two voices that hang, then a third one, and the mixing."""

Form = Literal["flac", "wav"]
VoiceOrder = Mapping[str, Sequence[str]]
"""{language: names of voices, best first, or paths of an office's own}; a language not named gets the default order."""

_log = logging.getLogger("aufruf.audio")


class StudioFault(Exception):
    """No file for this announcement. `reason`: dropped, too_slow, closed, or no_sound (the sound process fails)."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class Studio:
    """Announcements of all offices of a node, kept as files in `folder`.

    `announcement` may take seconds; its caller is a background task, so no call waits for it. `ready` and `path` return at
    once. A language whose voices all fail is left out; if none is left, the file has only the gong. `voices`: by default
    the installed ones. `limit`: bytes of the cache. `mixing`: a sound process that is shared with others.
    """

    def __init__(
        self,
        folder: Path,
        voices: Sequence[Voice] | None = None,
        *,
        limit: int = DEFAULT_LIMIT,
        form: Form = "flac",
        mixing: Mixing | None = None,
    ) -> None:
        self._cache = Cache(folder, limit)
        self._mixing = mixing or Mixing()
        self._own_mixing = mixing is None
        self._phrases = Phrases(self._cache)
        made = installed_voices() if voices is None else voices
        self._booths = {voice.name: Booth(voice, self._mixing.hear) for voice in made}
        self._brought: dict[tuple[str, str], Booth] = {}
        self._first_words: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._form = form
        self._jobs: dict[str, _Job] = {}
        self._room = asyncio.Semaphore(AT_ONCE)
        self._warming: asyncio.Task[None] | None = None
        self._closed = False

    async def start(self, languages: Iterable[str], orders: Iterable[VoiceOrder] = ()) -> None:
        """Reads the cache; then, in the background, starts the voices: each says one call that nobody hears, also those that
        offices bring along (`orders`)."""
        await asyncio.to_thread(self._cache.open)
        for order in orders:
            for language in order:
                self._choice(language, order)
        self._warming = asyncio.create_task(self._warm_up(tuple(languages)))

    async def announcement(
        self, texts: Mapping[str, str], *, gong: str = "calm", order: VoiceOrder | None = None
    ) -> Rendering:
        """`{"de": ..., "en": ...}` in the order of speaking → its file, from the cache or made now; StudioFault if that fails.

        Equal announcements are made once. Gongs are those of `audio.gong`, or files of an office's own.
        """
        if self._closed:
            raise StudioFault("closed")
        plan = self._plans(texts, order)[0]
        found = self._cache.get(_key(texts, gong, plan))
        return found or await self._ordered(dict(texts), gong, order or {})

    def ready(self, texts: Mapping[str, str], *, gong: str = "calm", order: VoiceOrder | None = None) -> str | None:
        """The name `<hash>.<ext>` of a file that says this already, in any voice; None if it must be made."""
        for plan in self._plans(texts, order):
            found = self._cache.get(_key(texts, gong, plan)) if plan or not texts else None
            if found is not None:
                return found.name
        return None

    def path(self, name: str) -> Path | None:
        """The file with a name from `announcement` or `ready`; None for any other name."""
        return self._cache.path(name)

    def voices(self) -> tuple[VoiceReport, ...]:
        """Every voice of this machine in the default order, then those of offices, with the reason of its last fault."""
        return tuple(booth.report() for booth in self._all())

    def asked(self, language: str, order: VoiceOrder) -> tuple[VoiceReport, ...]:
        """The voices that are asked to speak a language, in turn; one that is resting is passed over."""
        return tuple(booth.report() for booth in self._choice(language, order))

    def speaks(self, language: str) -> bool:
        """Whether some voice of this machine speaks it. No voice reads a language it lacks; "de-simple" is spoken as "de"."""
        return any(language.split("-")[0] in booth.voice.languages for booth in self._all())

    async def warm(self) -> None:
        """Returns when the voices have said their first call. (`start` does not wait for that.)"""
        tasks = [*self._first_words.values(), *([self._warming] if self._warming else [])]
        await asyncio.gather(*(asyncio.shield(task) for task in tasks))

    async def close(self) -> None:
        """Drops what is not finished and ends every process."""
        self._closed = True
        jobs = list(self._jobs.values())
        for job in jobs:  # a job whose task never began would leave its callers waiting
            job.fail(StudioFault("closed"))
        tasks = [*(job.task for job in jobs), *self._first_words.values(), *([self._warming] if self._warming else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(booth.voice.close() for booth in self._all()))
        if self._own_mixing:
            await self._mixing.close()

    async def _ordered(self, texts: dict[str, str], gong: str, order: VoiceOrder) -> Rendering:
        """The result of the job that makes this announcement. Starts the job if needed, and drops the oldest if too many wait."""
        wish = digest(gong, list(texts.items()), {language: list(names) for language, names in order.items()})
        if wish not in self._jobs:
            self._make_room()
            job = self._jobs[wish] = _Job(wish)
            job.task = asyncio.create_task(self._work(job, texts, gong, order))
            job.task.add_done_callback(lambda _: self._forget(job))
        return await asyncio.shield(self._jobs[wish].result)

    def _make_room(self) -> None:
        waiting = [job for job in self._jobs.values() if not job.begun]
        if len(waiting) >= LONGEST_LINE:
            self._forget(waiting[0])
            waiting[0].drop()

    def _forget(self, job: "_Job") -> None:
        if self._jobs.get(job.wish) is job:
            del self._jobs[job.wish]

    async def _work(self, job: "_Job", texts: dict[str, str], gong: str, order: VoiceOrder) -> None:
        try:
            async with self._room:
                job.begun = True
                async with asyncio.timeout(LIMIT_S):
                    job.give(await self._made(texts, gong, order))
        except TimeoutError:
            job.fail(StudioFault("too_slow", f"{LIMIT_S:g} s"))
        except WorkerFault as fault:
            job.fail(StudioFault("no_sound", str(fault)))
        except asyncio.CancelledError:
            job.fail(StudioFault("dropped"))
            raise
        except Exception as fault:  # any fault must reach the callers that wait
            _log.exception("an announcement was not made")
            job.fail(StudioFault("no_sound", str(fault)))

    async def _made(self, texts: dict[str, str], gong: str, order: VoiceOrder) -> Rendering:
        tried = await asyncio.gather(*(self._said(text, language, order) for language, text in texts.items()))
        said = {language: spoken for language, spoken in zip(texts, tried, strict=True) if spoken is not None}
        voices = {language: booth.voice.name for language, (booth, _) in said.items()}
        key = _key(
            {language: texts[language] for language in said}, gong, {lang: b.voice for lang, (b, _) in said.items()}
        )
        if (found := self._cache.get(key)) is not None:
            return found
        file = self._cache.unfinished()
        mixed = await self._mixing.mix(gong, [sentence for _, sentence in said.values()], self._form, file)
        made = Rendering(key, self._form, mixed.seconds, voices, mixed.size)
        await asyncio.to_thread(self._cache.take, made, file)
        return made

    async def _said(self, text: str, language: str, order: VoiceOrder) -> tuple[Booth, tuple[Path, ...]] | None:
        for booth in self._choice(language, order):
            try:
                return booth, await self._phrases.spoken(booth, speakable(text, language), language)
            except VoiceFault as fault:
                level = logging.DEBUG if fault.resting or fault.cannot else logging.WARNING
                _log.log(level, "voice %s did not speak %s: %s", fault.voice, language, fault.reason)
        return None

    def _choice(self, language: str, order: VoiceOrder) -> list[Booth]:
        """The booths that speak a language: first in the office's order, then all others, so that some voice speaks."""
        names = dict.fromkeys((*order.get(language, ()), *self._booths))
        booths = [self._own(name, language) if is_path(name) else self._booths.get(name) for name in names]
        return [booth for booth in booths if booth is not None and language in booth.voice.languages]

    def _own(self, path: str, language: str) -> Booth | None:
        """The voice that an office brings along. None until it has said its first words: it may take seconds to read its
        file, and another voice speaks meanwhile."""
        key = path, language
        if key not in self._brought:
            self._brought[key] = Booth(brought(path, language), self._mixing.hear)
            self._first_words[key] = asyncio.create_task(self._begin(self._brought[key], language))
        return self._brought[key] if self._first_words[key].done() else None

    async def _begin(self, booth: Booth, language: str) -> None:
        with contextlib.suppress(VoiceFault, WorkerFault):
            await booth.speak([call_text("A000", Sign("1"), language)], language)

    def _all(self) -> tuple[Booth, ...]:
        return (*self._booths.values(), *self._brought.values())

    def _plans(self, texts: Mapping[str, str], order: VoiceOrder | None) -> list[dict[str, Voice]]:
        """All ways to divide the languages among voices; first the one that would be used now."""
        choices = []
        for language in texts:
            booths = sorted(self._choice(language, order or {}), key=lambda booth: booth.resting)
            if booths:
                choices.append([(language, booth.voice) for booth in booths])
        return [dict(plan) for plan in itertools.product(*choices)]

    async def _warm_up(self, languages: tuple[str, ...]) -> None:
        """Lets each voice speak without the cache of phrases, so that its process is started before the first real call.

        It speaks the office's languages, and only one of its others, because the first real call would wait for all of them.
        """
        started: set[str] = set()
        for at, language in enumerate(languages):
            for booth in self._choice(language, {}):
                if at >= OWN_LANGUAGES and booth.voice.name in started:
                    break
                with contextlib.suppress(VoiceFault, WorkerFault):
                    await booth.speak([call_text("A000", Sign("1"), language)], language)
                    started.add(booth.voice.name)
                    break


class _Job:
    """An announcement that is being made, and the result for which all its callers wait."""

    task: asyncio.Task[None]

    def __init__(self, wish: str) -> None:
        self.wish = wish
        self.begun = False
        self.result: asyncio.Future[Rendering] = asyncio.get_running_loop().create_future()
        # Perhaps nobody waits any more: reading the exception here keeps asyncio from reporting it as lost.
        self.result.add_done_callback(lambda result: result.cancelled() or result.exception())

    def give(self, made: Rendering) -> None:
        if not self.result.done():
            self.result.set_result(made)

    def fail(self, fault: StudioFault) -> None:
        if not self.result.done():
            self.result.set_exception(fault)

    def drop(self) -> None:
        self.fail(StudioFault("dropped", "more waiting than can be spoken in time"))
        self.task.cancel()


def _key(texts: Mapping[str, str], gong: str, plan: Mapping[str, Voice]) -> str:
    said = [(lang, text, plan[lang].name, plan[lang].edition) for lang, text in texts.items() if lang in plan]
    return digest(TARGET, [gong, *_stamp(gong)], said)


def _stamp(gong: str) -> tuple[int, ...]:
    """What changes with the content of an office's own gong; nothing for one of the product's, or while there is no file."""
    with contextlib.suppress(OSError):
        if is_path(gong):
            stat = Path(gong).stat()
            return stat.st_size, stat.st_mtime_ns
    return ()
