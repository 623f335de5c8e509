"""What `aufruf check` tries beyond the file itself: how every name is spoken, printed and shown on a wall, as `up` would do it.

It knows voice, paper and file, so it belongs to the command line, which passes it to `config.check`. Each finding is
(path in the office file, what is wrong and what to do): only a warning, because the office can be opened anyway.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import chain

from audio import own_sounds
from audio.texts import AFTER_ONE_GONG, call_text, place_words, speakable, spoken_languages
from audio.voices.installed import installed_voices
from audio.voices.voice import Voice
from config.words import FALLBACK, source
from server.messages.addresses import is_path
from server.messages.office import CounterPlan, Office, ServicePlan, StationPlan, Table, Texts, Zone
from server.web import palette

Finding = tuple[str, str]
TextAt = tuple[str, str, str]
"""(path, language, text)"""

SOFT_HYPHEN = "\u00ad"
"""Says where a long word may break; seen only there, and never heard."""
AMONG_WORDS = frozenset(f" .,-/()&:'’–·!?;\"„“”‚‘{SOFT_HYPHEN}")
"""Signs between words: a voice may turn them into a pause without anybody mistaking one place for another."""
_BEFORE_DIGIT = re.compile(r"(?<![^\W_])[-–](?=\d)")
"""Minus signs, not the hyphen of "A-1". No other sign between words turns a number into another place."""
LONGEST_WORD = 22
"""The most letters of a word that a portrait wall of 1080 pixels shows on one line next to a number."""
LONGEST_LABEL = 40
"""The most letters of a label on the two lines that a wall gives it."""
LONGEST_NAME = 60
"""The most letters of a service's or a room's name: three lines of the column beside the calls."""
_ODD = {
    "Cf": "an invisible sign that turns or joins what stands around it",
    "Cc": "a control sign",
    "Co": "a sign of somebody's own",
    "Cn": "a sign that no script knows",
    "So": "a picture sign (emoji)",
}
SAMPLE = datetime(2026, 12, 31, 12, 30, tzinfo=UTC)
"""The longest date a ticket can carry."""


@cache
def _of_this_machine() -> tuple[Voice, ...]:
    """Asked once: a program is started to tell its languages."""
    return tuple(installed_voices())


def trial(office: Office, spoken_by: Callable[[], Iterable[Voice]] = _of_this_machine) -> Iterator[Finding]:
    """All findings, each once, in the order of the file's tables. `spoken_by`: the voices of this machine."""
    found = chain(
        _odd_signs(office),
        _voiceless(office, spoken_by),
        own_sounds.findings(office),
        _spoken(office),
        _twins(office),
        _namesakes(office),
        _wide(office),
        palette.poor(office),
        _printed(office),
    )
    yield from dict.fromkeys(found)


def _places(office: Office) -> Iterator[tuple[str, CounterPlan | StationPlan]]:
    yield from ((f"counters.{one.id}", one) for one in office.counters if not one.retired)
    yield from ((f"stations.{one.id}", one) for one in office.stations)


def _texts(office: Office) -> Iterator[TextAt]:
    """Every text of the file that people see or hear: whatever a table has by language, and its labels and names."""
    first = office.languages[0] if office.languages else FALLBACK
    yield "office.name", first, office.name
    for table in office.__struct_fields__:
        items = getattr(office, table)
        for item in items if isinstance(items, tuple) else ():
            if isinstance(item, Table) and not getattr(item, "retired", False):
                yield from _of_item(f"{table}.{item.id}", item, first)  # type: ignore[attr-defined]
    for name, texts in office.texts.items():
        yield from _each(f"texts.{name}", texts)
    yield from _each("ticket", office.ticket)


def _of_item(path: str, item: Table, first: str) -> Iterator[TextAt]:
    for key in item.__struct_fields__:
        value = getattr(item, key)
        if isinstance(value, dict):
            joined = {language: text if isinstance(text, str) else " ".join(text) for language, text in value.items()}
            yield from _each(f"{path}.{key}", joined)
        elif key in ("label", "name", "sign") and value:
            yield f"{path}.{key}", first, value


def _each(path: str, texts: Texts) -> Iterator[TextAt]:
    return ((path, language, text) for language, text in texts.items())


def _odd_signs(office: Office) -> Iterator[Finding]:
    for path, _, text in _texts(office):
        for sign in dict.fromkeys(text):
            kind = _ODD.get(unicodedata.category(sign))
            if kind is not None and sign != SOFT_HYPHEN:
                yield path, f"{_called(sign)} is {kind}: leave it out"


def _spoken(office: Office) -> Iterator[Finding]:
    """What a voice leaves out of a label (or of `spoken`, if the office gives that instead) and of the way there."""
    for path, place in _places(office):
        silent: dict[str, list[str]] = defaultdict(list)
        for language in _heard(office):
            try:
                call_text("A017", place, language)
                said = place_words(place, language)
            except (LookupError, ValueError) as fault:
                yield f"{path}.label", f"cannot be spoken in {language} ({fault}): give `spoken`"
                continue
            if not place.spoken.get(language):
                for reason in _unsaid(place.label, said, language):
                    silent[reason].append(language)
            for key, texts in (("spoken", place.spoken), ("way", place.way), ("way_step_free", place.way_step_free)):
                text = texts.get(language, "")
                for reason in _unsaid(text, text, language):
                    yield f"{path}.{key}", f"{reason}: write it as a word that {language} has"
        for reason, languages in silent.items():
            yield f"{path}.label", f"{reason}: give `spoken` in {', '.join(languages)}"
    for name, sentences in office.texts.items():
        for language, sentence in sentences.items():
            for reason in _unsaid(sentence := re.sub(r"\{\w+\}", "", sentence), sentence, language):
                yield f"texts.{name}.{language}", f"{reason}: write it as a word that {language} has"
    for one in office.situations:
        for language in _heard(office) if one.speak else ():
            for reason in _unsaid(
                one.displays.get(language, ""), speakable(one.displays.get(language, ""), language), language
            ):
                yield f"situations.{one.id}.displays", f"{reason}: write it as a word that {language} has"


def _voiceless(office: Office, spoken_by: Callable[[], Iterable[Voice]]) -> Iterator[Finding]:
    """Languages that no voice of this machine speaks. No other voice reads them: calls are spoken in the office's languages."""
    left = dict.fromkeys(chain.from_iterable(spoken_languages([name]) for name in office.languages))
    for language, names in office.voices.items():
        if any(map(is_path, names)):
            left.pop(language, None)
    if not left:
        return
    for voice in spoken_by():
        left = dict.fromkeys(name for name in left if name not in voice.languages)
        if not left:
            return
    yield (
        "office.languages",
        f"no installed voice speaks {', '.join(left)}: calls are not spoken in it (espeak-ng speaks all)",
    )


def _unsaid(text: str, said: str, language: str) -> Iterator[str]:
    """What is lost when a voice of this language reads `text` as `said`."""
    for sign in dict.fromkeys(text):
        if sign not in AMONG_WORDS and not sign.isspace() and not _sounds(sign):
            yield f"no voice says {_called(sign)}"
    for sign in dict.fromkeys(_BEFORE_DIGIT.findall(text)):
        yield f"no voice says {_called(sign)} before a digit, so another place is heard"
    for word in dict.fromkeys(unicodedata.normalize("NFKC", said).split()):
        if any(_script(sign) not in _scripts(language) for sign in word if _is_letter(sign)):
            yield f'no voice reads the letters of "{word}"'


@cache
def _scripts(language: str) -> frozenset[str]:
    """The scripts that the language's own file is written in, and Latin: every voice has to read the letter of a number."""
    return frozenset({"LATIN", *(_script(sign) for sign in set(source(language)) if _is_letter(sign))})


def _script(letter: str) -> str:
    """ "ж" → "CYRILLIC": Unicode names a letter after its script."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _is_letter(sign: str) -> bool:
    """Whether a sign belongs to one script; modifiers ("ʼ", "ー") belong to several."""
    return sign.isalpha() and unicodedata.category(sign) != "Lm"


def _sounds(sign: str) -> bool:
    """Whether a sign is spoken: letters and digits of any script, as in `audio.texts`."""
    return sign.isalpha() or sign.isdecimal()


def _heard(office: Office) -> tuple[str, ...]:
    return spoken_languages(office.languages[:AFTER_ONE_GONG])


def _twins(office: Office) -> Iterator[Finding]:
    """Two places that look or sound the same to somebody who sees or hears both."""
    looks: dict[str, list[tuple[str, str]]] = defaultdict(list)
    sounds: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for path, place in _places(office):
        twin = _beside(office, place.zone, looks[_look(place.label)])
        looks[_look(place.label)].append((path, place.zone))
        if twin:
            yield f"{path}.label", f"{place.label} is the label of {twin} too"
        for language in _heard(office):
            said = place_words(place, language).casefold()
            other = _beside(office, place.zone, sounds[language, said])
            sounds[language, said].append((path, place.zone))
            if other and not twin:
                yield f"{path}.label", f'is spoken "{said}" in {language}, and so is {other}: give `spoken`'


def _beside(office: Office, zone: str, others: Iterable[tuple[str, str]]) -> str | None:
    """The first of these places that people meet together with a place of this zone, and where they do."""
    for path, other in others:
        if other == zone:
            return f"{path} in the same zone"
        for display in office.displays:
            if zone in display.zones and other in display.zones:
                return f"{path} on display {display.id}"
    return None


def _look(text: str) -> str:
    """The same for two texts that nobody can tell apart by eye."""
    return " ".join(unicodedata.normalize("NFC", text).replace(SOFT_HYPHEN, "").casefold().split())


def _namesakes(office: Office) -> Iterator[Finding]:
    """Two services between which nobody can choose."""
    seen: dict[tuple[str, str], str] = {}
    for service in office.services:
        for language, name in () if service.retired else service.names.items():
            other = seen.setdefault((language, _look(name)), service.id)
            if other != service.id:
                yield f"services.{service.id}.names", f"{name} is the name of services.{other} in {language} too"


def _wide(office: Office) -> Iterator[Finding]:
    """What a wall shows too small to be read from afar, or breaks anywhere. A `sign` is shown instead of the longer name."""
    for path, place in _places(office):
        key, shown = ("sign", place.sign) if place.sign else ("label", place.label)
        yield from _long(f"{path}.{key}", shown, LONGEST_LABEL, "beside the number")
        for name, text in ((key, shown), *(("way", text) for text in place.way.values())):
            yield from _broken(f"{path}.{name}", text)
    for path, item in _named(office):
        for language, text in (item.names | item.sign).items():
            name = f"{path}.{'sign' if language in item.sign else 'names'}"
            yield from _long(name, text, LONGEST_NAME, "of a name")
            yield from _broken(name, text)


def _named(office: Office) -> Iterator[tuple[str, ServicePlan | Zone]]:
    yield from ((f"services.{one.id}", one) for one in office.services if not one.retired)
    yield from ((f"zones.{one.id}", one) for one in office.zones)


def _long(path: str, text: str, most: int, where: str) -> Iterator[Finding]:
    if len(text) > most:
        yield path, f"has {len(text)} signs; a wall shows {most} {where}: give a short `sign`"


def _broken(path: str, text: str) -> Iterator[Finding]:
    """Words that are too long for a line, and that no hyphen, soft (U+00AD) or real, lets break."""
    for word in text.replace(SOFT_HYPHEN, " ").replace("-", " ").replace("/", " ").split():
        if len(word) > LONGEST_WORD:
            yield (
                path,
                f'"{word}" does not fit a wall: put a soft hyphen (\\u00AD) where it may break, or give a short `sign`',
            )


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


def _on_paper(office: Office) -> Iterable[TextAt]:
    paper = ("office.name", "ticket", "services.")
    return (one for one in _texts(office) if one[0].startswith(paper) and not one[0].endswith(".hints"))


def _called(sign: str) -> str:
    shown = f" {sign}" if sign.isprintable() and not unicodedata.combining(sign) else ""
    return f"U+{ord(sign):04X}{shown}"
