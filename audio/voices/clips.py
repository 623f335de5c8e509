"""Recorded clips: somebody has spoken the words of calls, one WAV for each; a call is joined from them in a process of their own.

A file is named by what it says: "bitte zu.wav". What no clip says is spoken by another voice, as a whole sentence.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec

from audio.sound_jobs import COMMA
from audio.voices.requests import Join
from audio.voices.voice import VoiceFault
from audio.worker import Worker, WorkerFault

Clips = Mapping[str, Path]
"""{what is said: the file}, in small letters, without punctuation."""
_LACKING = 1_000
"""A word without a clip counts as much as this many clips: it is left out only if nothing says it."""


class Spliced(NamedTuple):
    """The clips of each phrase, and the words that no clip says."""

    phrases: list[list[Path]]
    lacking: list[str]


class ClipsVoice:
    """See `Voice`. The clips of `folder`; it is looked through again when a file is added, renamed or removed."""

    limit = 5.0
    at_once = 1
    whole = True

    def __init__(self, folder: Path, language: str) -> None:
        self.name = folder.name
        self.languages = frozenset({language})
        self._folder = folder
        self._clips: Clips = {}
        self._edition, self._seen = "", -1
        self._worker = Worker("audio.voices.clips_process")

    @property
    def edition(self) -> str:
        self._look()
        return self._edition

    async def speak(self, text: str, language: str) -> bytes:
        if language not in self.languages:
            raise VoiceFault(self.name, f"does not speak {language}")
        self._look()
        if not self._clips:
            raise VoiceFault(self.name, f"no .wav file in {self._folder}")
        phrases, lacking = chosen(text, self._clips)
        if lacking or not phrases:
            raise VoiceFault(self.name, f"no clip says {', '.join(lacking) or 'nothing'}", cannot=True)
        request = Join(tuple(tuple(map(str, phrase)) for phrase in phrases))
        try:
            return await self._worker.ask(msgspec.msgpack.encode(request), self.limit)
        except WorkerFault as fault:
            raise VoiceFault(self.name, str(fault), hung=fault.reason == "hung") from fault

    async def close(self) -> None:
        await self._worker.close()

    def _look(self) -> None:
        try:
            changed = self._folder.stat().st_mtime_ns
            if changed != self._seen:
                self._clips = clips_in(self._folder)
                stamps = [(name, (stat := file.stat()).st_size, stat.st_mtime_ns) for name, file in self._clips.items()]
                self._edition = sha256(repr(stamps).encode()).hexdigest()[:16]
                self._seen = changed
        except OSError:
            self._clips, self._edition, self._seen = {}, "", -1


def clips_in(folder: Path) -> Clips:
    """What each file says, and the file. OSError if the folder cannot be read."""
    return {_said(file.stem): file for file in sorted(folder.iterdir()) if file.suffix.lower() == ".wav"}


def chosen(text: str, clips: Clips) -> Spliced:
    """The clips of a text, as few as possible."""
    found, lacking = list[list[Path]](), list[str]()
    for phrase in text.split(COMMA):
        said = _parts(_said(phrase).split(), clips)
        lacking += [part for part in said if part not in clips]
        if said:
            found.append([clips[part] for part in said if part in clips])
    return Spliced(found, list(dict.fromkeys(lacking)))


def _parts(words: Sequence[str], clips: Clips) -> list[str]:
    """The words, joined to as few parts as possible that clips say."""
    best: list[tuple[int, list[str]]] = [(0, [])]
    for end in range(1, len(words) + 1):
        ways = []
        for start in range(end):
            part, (cost, before) = " ".join(words[start:end]), best[start]
            if part in clips or start == end - 1:
                ways.append((cost + (1 if part in clips else _LACKING), [*before, part]))
        best.append(min(ways))
    _, parts = best[-1]
    return parts


def _said(text: str) -> str:
    """Small letters and single spaces: a file system may hold an "ä" as two characters, and allows no "?" in a name."""
    plain = unicodedata.normalize("NFC", text.casefold())
    return " ".join("".join(" " if unicodedata.category(sign)[0] in "PSZC" else sign for sign in plain).split())
