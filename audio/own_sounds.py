"""What `aufruf check` finds about the sounds that an office brings along: recorded clips, voice files, gongs.

Each finding is (path in the office file, what is wrong); only a warning, for another voice speaks and another gong sounds.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from audio.texts import SpokenPlace, brief_text, call_text, spoken_languages
from audio.voices import piper
from audio.voices.clips import Clips, chosen, clips_in
from server.messages.addresses import CHECKSUM, is_path
from server.messages.office import Office

Finding = tuple[str, str]
DIGITS = "0123456789"


def findings(office: Office) -> Iterator[Finding]:
    for zone in office.zones:
        if zone.gong_file and (wrong := _gong(zone.gong_file)):
            yield f"zones.{zone.id}.gong_file", wrong
    for language, names in office.voices.items():
        for name in filter(is_path, names):
            for wrong in _voice(office, name, language):
                yield f"voices.{language}", wrong


def _gong(path: str) -> str:
    try:
        from audio.own_gong import Unfit, own_gong
        from audio.samples import overdriven
    except ImportError:  # a check without the extras that can read sounds
        return ""
    try:
        samples, _ = own_gong(path)
    except Unfit as fault:
        return f"{fault}: the usual gong sounds instead"
    return "is overdriven, its peaks are cut off: it sounds, but it rattles" if overdriven(samples) else ""


def _voice(office: Office, name: str, language: str) -> Iterator[str]:
    path, _, checksum = name.partition(CHECKSUM)
    if not path.endswith(piper.SUFFIX):
        yield from _recorded(office, Path(path), language)
    elif wrong := piper.complaint(Path(path), checksum, language):
        yield f"{path}: {wrong}"
    elif not piper.installed():
        yield f"{path}: piper is not installed: pip install 'aufruf[piper]'"


def _recorded(office: Office, folder: Path, language: str) -> Iterator[str]:
    try:
        clips = clips_in(folder)
    except OSError as fault:
        yield f"{folder}: cannot be read ({fault.strerror})"
        return
    if language not in spoken_languages([language]):
        yield f"{folder}: nothing is spoken in {language}"
        return
    if lacking := missing(office, clips, language):
        yield f"{folder}: no clip says {', '.join(lacking)}; another voice speaks the sentences with these words"
    for file in clips.values():
        if wrong := _clip(file):
            yield f"{file}: {wrong}"


def missing(office: Office, clips: Clips, language: str) -> tuple[str, ...]:
    """The words of all calls of this office that no clip says, in the order in which they are spoken."""
    letters = [service.letter for service in office.services if not service.retired]
    places: list[SpokenPlace] = [*(one for one in office.counters if not one.retired), *office.stations]
    texts = chain(
        (
            call_text(f"{letter}{DIGITS}", place, language, own=office.texts)
            for letter in letters
            for place in places[:1]
        ),
        (call_text("0", place, language, step_free=True, own=office.texts) for place in places),
        (call_text("0", place, language, own=office.texts) for place in places),
        (brief_text("0", place, language, own=office.texts) for place in places[:1]),
    )
    return tuple(dict.fromkeys(word for text in texts for word in chosen(text, clips).lacking))


def _clip(file: Path) -> str:
    try:
        from audio.clips import complaint
        from audio.samples import Garbled, decoded
    except ImportError:
        return ""
    try:
        return complaint(*decoded(file.read_bytes()))
    except OSError as fault:
        return f"cannot be read ({fault.strerror})"
    except Garbled as fault:
        return str(fault)
