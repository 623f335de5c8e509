"""What a voice costs: a new number in two languages, the same again, and beside it a bare espeak-ng."""

import os
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any, cast

from audio.mixing import Mixing
from audio.studio import Studio
from audio.texts import Sign, announcement_texts
from audio.voices.installed import installed_voices
from audio.voices.voice import Voice
from bench.measuring import cpu_s, family_cpu_s, quantile, rss_kib
from bench.result import Claim, Result, spread

OTHERS = ("en", "tr", "uk", "ar", "ru", "fr", "pl")
"""Beside German, the first language of the office, each call is spoken in one of these, in turn."""
LETTERS = "ABKU"
COUNTERS = 8
HOW = """The studio as a node has it, with every voice of this machine and its cache on disk, in this process. Its voices and
the sound worker are processes of their own: the sound workers. Each call is a number that was never called, at one of eight
counters, in German and in one of seven other languages in turn: the gong, both sentences, checked, equally loud, joined and
encoded. Before, the studio has said eight calls in each language, one to each counter: only the number is new. German, English
and French are spoken by Pico, the others by espeak-ng for a third of it. "With what the server does": and this process. "Again":
the same calls once more. "As whole sentences": the same calls in a studio of its own whose voices are asked for whole sentences
only, so that nothing said for one call serves another. Beside it, what a bare espeak-ng takes to write the same sentences,
unchecked, as loud as they come, without a gong."""


async def measure(*, quick: bool) -> Result:
    known, new_ones = (2, 2) if quick else (COUNTERS * len(OTHERS), 105)
    calls = list(islice(_calls(), known + new_ones))
    first, rest = calls[:known], calls[known:]
    with tempfile.TemporaryDirectory() as folder:
        mixing = Mixing()
        studio = Studio(Path(folder), mixing=mixing)
        await studio.start(("de", *OTHERS))
        await studio.warm()
        for texts in first:
            await studio.announcement(texts)
        took = list[tuple[str, float]]()
        with _spent() as new:
            for texts in rest:
                begin = time.monotonic()
                await studio.announcement(texts)
                took.append((list(texts)[1], (time.monotonic() - begin) * 1000))
        with _spent() as again:
            for texts in rest:
                await studio.announcement(texts)
        memory = rss_kib(mixing.worker.pid or 0) / 1024
        await studio.close()
        whole = await _in_one_breath(Path(folder) / "whole", mixing, rest)
        await mixing.close()
    bare = _bare(rest)
    each, same, breath, alone = (1000 * sum(seconds) / len(rest) for seconds in (new, again, whole, bare))
    in_workers = 1000 * sum(new[1:]) / len(rest)
    by_language = {name: [wait for said, wait in took if said == name] for name in OTHERS}
    own = by_language["en"] + by_language["fr"] or [wait for _, wait in took]
    return Result(
        name="voice",
        title="What a voice costs",
        how=HOW,
        claims=(
            Claim(what="a new number in two languages, eight in use: processor time in the sound workers", value=in_workers,
                  unit="ms", limit=40),
            Claim(what="with what the server does", value=each, unit="ms"),
            Claim(what="the same again", value=same, unit="ms"),
            Claim(what="the same as whole sentences", value=breath, unit="ms"),
            Claim(what="a new number to a bare espeak-ng", value=each / alone, unit="times"),
            Claim(what="a new number in voices of the house, until its file is there, p95", value=quantile(own, 0.95),
                  unit="ms", limit=250),
            Claim(what="memory of the sound worker", value=memory, unit="MiB", limit=70),
        ),
        tables=(
            spread("A new number, German and", ("language", "p50 ms", "p95 ms"), by_language),
        ),
    )  # fmt: skip


class _Whole:
    """A voice that is never asked for a part of a sentence."""

    whole = True

    def __init__(self, voice: Voice) -> None:
        self._voice = voice

    def __getattr__(self, name: str) -> Any:
        return getattr(self._voice, name)


async def _in_one_breath(folder: Path, mixing: Mixing, calls: list[dict[str, str]]) -> list[float]:
    studio = Studio(folder, [cast("Voice", _Whole(voice)) for voice in installed_voices()], mixing=mixing)
    await studio.start(("de", *OTHERS))
    await studio.warm()
    with _spent() as found:
        for texts in calls:
            await studio.announcement(texts)
    await studio.close()
    return found


def _calls() -> Iterator[dict[str, str]]:
    for nth, (letter, other) in enumerate(zip(cycle(LETTERS), cycle(OTHERS), strict=False)):
        yield announcement_texts(f"{letter}{(37 * nth) % 900 + 17:03}", Sign(str(nth % COUNTERS + 1)), ("de", other))


@contextmanager
def _spent() -> Iterator[list[float]]:
    """Afterwards it holds the seconds of processor time of this process, and of its children, also of those that have ended."""
    found: list[float] = []
    own, theirs = cpu_s(os.getpid()), _of_children()
    yield found
    found += [cpu_s(os.getpid()) - own, _of_children() - theirs]


def _of_children() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    living = sum(used for name, used in family_cpu_s(os.getpid()).items() if name != "self")
    return living + ended.ru_utime + ended.ru_stime


def _bare(calls: list[dict[str, str]]) -> list[float]:
    program = shutil.which("espeak-ng")
    with _spent() as found:
        for texts in calls:
            for language, text in texts.items():
                if program is not None:
                    command = [program, "-v", language, "-w", os.devnull]
                    subprocess.run(command, input=text.encode(), check=True, stderr=subprocess.DEVNULL)
    return found
