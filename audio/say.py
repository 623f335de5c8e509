"""`python -m audio.say A017 3 --out call.flac`: one announcement as a file, to hear how an office would sound."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from audio.cache import Rendering
from audio.loudness import loudness
from audio.samples import decoded
from audio.studio import Form, Studio, StudioFault
from audio.texts import Sign, announcement_texts
from audio.voices.installed import KNOWN
from config.words import FALLBACK
from server.messages.terms import Gong


def main(words: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(words)
    texts = announcement_texts(asked.number, Sign(asked.counter), asked.language or [FALLBACK])
    try:
        made = asyncio.run(_made(texts, asked.gong, asked.voice, asked.out))
    except StudioFault as fault:
        print(fault, file=sys.stderr)
        return 1
    for language, text in texts.items():
        print(f"{language} ({made.voices.get(language, 'no voice')}): {text}")
    print(f"{asked.out}: {made.seconds:.1f} s, {loudness(*decoded(asked.out.read_bytes())):.1f} LUFS")
    return 0 if made.voices else 1


async def _made(texts: dict[str, str], gong: str, voice: str | None, out: Path) -> Rendering:
    form: Form = "wav" if out.suffix == ".wav" else "flac"
    with tempfile.TemporaryDirectory(prefix="aufruf-") as folder:
        studio = Studio(Path(folder), form=form)
        try:
            await studio.start(())
            made = await studio.announcement(texts, gong=gong, order=dict.fromkeys(texts, (voice,)) if voice else None)
            file = studio.path(made.name)
            assert file is not None
            await asyncio.to_thread(lambda: out.write_bytes(file.read_bytes()))
            return made
        finally:
            await studio.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m audio.say", description=__doc__)
    parser.add_argument("number", help="as printed on the ticket: A017")
    parser.add_argument("counter", help='as written over the counter: 3, "Zimmer 12"')
    parser.add_argument("--language", action="append", help="de, en; twice for two after one gong")
    parser.add_argument("--voice", choices=KNOWN)
    parser.add_argument("--gong", choices=get_args(Gong), default="calm")
    parser.add_argument("--out", type=Path, required=True, help="a .flac or .wav file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
