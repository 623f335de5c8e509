"""What `aufruf check` tries beyond the file itself: how every name is spoken, printed and shown on a wall, as `up` would do it.

It knows voice, paper and file, so it belongs to the command line, which passes it to `config.check`. Each finding is
(path in the office file, what is wrong and what to do): only a warning, because the office can be opened anyway.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain

from audio.texts import AFTER_ONE_GONG, Sign, call_text, place_words, spoken_languages
from server.messages.office import CounterPlan, Office, StationPlan, Texts

Finding = tuple[str, str]
Named = tuple[str, str, str]
"""(path, language, text)"""

AMONG_WORDS = frozenset(" .,-/()&:'’–!?;\"„“”‚‘")
"""Signs between words: a voice may turn them into a pause without anybody mistaking one place for another."""
LONGEST_WORD = 22
"""The most letters of a word that a portrait wall of 1080 pixels shows on one line next to a number."""
LONGEST_LABEL = 40
"""The most letters of a label on the two lines that a wall gives it."""
_ODD = {
    "Cf": "an invisible sign that turns or joins what stands around it",
    "Cc": "a control sign",
    "Co": "a sign of somebody's own",
    "Cn": "a sign that no script knows",
    "So": "a picture sign (emoji)",
}
SAMPLE = datetime(2026, 12, 31, 12, 30, tzinfo=UTC)
"""The longest date a ticket can carry."""


def trial(office: Office) -> Iterator[Finding]:
    """All findings, each once, in the order of the file's tables."""
    found = chain(_odd_signs(office), _spoken(office), _twins(office), _wide(office), _printed(office))
    yield from dict.fromkeys(found)


def _places(office: Office) -> Iterator[tuple[str, CounterPlan | StationPlan]]:
    yield from ((f"counters.{one.id}", one) for one in office.counters if not one.retired)
    yield from ((f"stations.{one.id}", one) for one in office.stations)


def _texts(office: Office) -> Iterator[Named]:
    """Every text of the file that people see or hear."""
    first = office.languages[0] if office.languages else "de"
    yield "office.name", first, office.name
    for service in office.services:
        yield from _each(f"services.{service.id}.names", service.names)
        yield from _each(f"services.{service.id}.hints", service.hints)
        yield from _each(f"services.{service.id}.papers", {x: " ".join(lines) for x, lines in service.papers.items()})
    for path, place in _places(office):
        yield f"{path}.label", first, place.label
        yield from _each(f"{path}.way", place.way)
        yield from _each(f"{path}.spoken", place.spoken)
    for zone in office.zones:
        yield from _each(f"zones.{zone.id}.names", zone.names)
    for name, texts in office.texts.items():
        yield from _each(f"texts.{name}", texts)
    yield from _each("ticket", office.ticket)


def _each(path: str, texts: Texts) -> Iterator[Named]:
    return ((path, language, text) for language, text in texts.items())


def _odd_signs(office: Office) -> Iterator[Finding]:
    for path, _, text in _texts(office):
        for sign in dict.fromkeys(text):
            kind = _ODD.get(unicodedata.category(sign))
            if kind is not None and sign != "\u00ad":  # a soft hyphen is allowed: it says where a long word may break
                yield path, f"{_called(sign)} is {kind}: leave it out"


def _spoken(office: Office) -> Iterator[Finding]:
    """Signs of a label that a voice leaves out. If the office gives `spoken`, that is said instead."""
    for path, place in _places(office):
        silent = [language for language in _heard(office) if not place.spoken.get(language)]
        if not silent:
            continue
        for sign in dict.fromkeys(place.label):
            if sign not in AMONG_WORDS and not sign.isspace() and not _sounds(sign):
                yield f"{path}.label", f"no voice says {_called(sign)}: give `spoken` in {', '.join(silent)}"
    for path, place in _places(office):
        for language in _heard(office):
            try:
                call_text("A017", place, language)
            except (LookupError, ValueError) as fault:
                yield f"{path}.label", f"cannot be spoken in {language} ({fault}): give `spoken`"


def _sounds(sign: str) -> bool:
    """Whether a sign is spoken: letters and digits of any script, as in `audio.texts`."""
    return sign.isalpha() or sign.isdecimal()


def _heard(office: Office) -> tuple[str, ...]:
    return spoken_languages(office.languages[:AFTER_ONE_GONG])


def _twins(office: Office) -> Iterator[Finding]:
    """Two places of one zone that look or sound the same."""
    seen: dict[tuple[str, str], str] = {}
    heard: dict[tuple[str, str, str], str] = {}
    for path, place in _places(office):
        other = seen.setdefault((place.zone, place.label.casefold().strip()), path)
        if other != path:
            yield f"{path}.label", f"{place.label} is the label of {other} in the same zone too"
            continue
        for language in _heard(office):
            said = place_words(Sign(place.label, place.spoken), language).casefold()
            other = heard.setdefault((place.zone, language, said), path)
            if other != path:
                yield f"{path}.label", f'is spoken "{said}" in {language}, and so is {other}: give `spoken`'


def _wide(office: Office) -> Iterator[Finding]:
    for path, place in _places(office):
        if len(place.label) > LONGEST_LABEL:
            yield f"{path}.label", f"has {len(place.label)} signs; a wall shows {LONGEST_LABEL} beside the number"
        yield from _broken(f"{path}.label", place.label)
    for service in office.services:
        for text in service.names.values():
            yield from _broken(f"services.{service.id}.names", text)


def _broken(path: str, text: str) -> Iterator[Finding]:
    """Words that are too long for a line, if no soft hyphen (U+00AD) or real one lets them break."""
    for word in text.replace("\u00ad", " ").replace("-", " ").replace("/", " ").split():
        if len(word) > LONGEST_WORD:
            yield path, f'"{word}" does not fit a wall: put a soft hyphen (\\u00AD) where it may break'


def _printed(office: Office) -> Iterator[Finding]:
    """What a printed ticket cannot show; then each ticket is drawn as its printer would. Without the printer extra nothing."""
    try:
        from ticket_printer.faces import MissingGlyph, file_for
        from ticket_printer.picture import picture
        from ticket_printer.preview import sample_ticket
    except ImportError:
        return
    for path, language, text in _on_paper(office):
        before = None
        for sign in text:
            try:
                before = file_for(sign, "strong", before)
            except MissingGlyph:
                yield path, f"no ticket font draws {_called(sign)} ({language}): the ticket is printed without it"
    for width in sorted({printer.width_mm for printer in office.printers}):
        for language in office.languages:
            try:
                picture(sample_ticket(office, language, SAMPLE), width)
            except (LookupError, ValueError) as fault:
                yield "printers", f"a ticket in {language} cannot be drawn {width} mm wide: {fault}"


def _on_paper(office: Office) -> Iterable[Named]:
    paper = ("office.name", "ticket", "services.")
    return (one for one in _texts(office) if one[0].startswith(paper) and not one[0].endswith(".hints"))


def _called(sign: str) -> str:
    shown = f" {sign}" if sign.isprintable() and not unicodedata.combining(sign) else ""
    return f"U+{ord(sign):04X}{shown}"
