"""A language is one file: what is missing in it, what nobody asks for, what is too long for its place, by language and page."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from pathlib import Path

import pytest
from babel import Locale
from fluent.syntax import FluentParser, FluentSerializer, ast

from config.words import DRAFT, FALLBACK, Words, direction, languages, source, staff_languages
from ticket_printer.typesetting import line

ROOT = Path(__file__).parents[2]
OF_PAGES: dict[str, tuple[str, ...]] = {
    "wall-": ("displays/pages",),
    "place-": ("displays/pages",),
    "phone-": ("displays/pages", "server/web"),
    "mail-": ("server/letters",),
    "book-": ("booking/pages", "server/web", "server/web/routes", "server/letters"),
    "wish-": ("booking/pages", "server/web/routes", "server/letters"),
    "draw-": ("booking/pages", "server/web/routes", "displays/pages"),
    "kiosk-": ("ticket_printer/pages", "server/web/static"),
    "statement-": ("server/web/pages", "server/web/routes"),
    "ticket-": ("ticket_printer",),
    "say-": ("audio",),
    "common-": (
        "displays/pages", "ticket_printer/pages", "ticket_printer", "server/web", "server/web/static", "server/web/pages",
        "config", "counter_client/pages", "supervisor/pages", "server/web/static/staff",
    ),
    "demo-message-": ("server/rehearsal",),
}  # fmt: skip
"""Where words with these beginnings are asked for: what citizens see on a wall, phone, kiosk and paper, and hear."""
OFTEN_BUILT = {"staff-reason-", "start-problem-", "problem-"}
"""Words that citizens' pages find by a code of the server."""
TOLD_TO_STAFF = re.compile(
    r"start-problem-(403|origin|link)"
    r"|problem-(picking|counter|cannot-serve|needs-not-met|ticket-not-waiting|not-arrived|slot|nothing-to-undo|too-late-to-undo"
    r"|unknown-(counter|zone|display|message)|method|wrong-state-number|lease|log-trimmed|not-json|key-missing)"
)
"""Pages and refusals that no citizen meets: they have no command, or always send what is asked for."""
ALL_OF_THEM = ("start-home", "common-", *OFTEN_BUILT, *OF_PAGES)


@cache
def messages(language: str) -> dict[str, ast.Message]:
    body = FluentParser().parse(source(language)).body
    assert [entry for entry in body if isinstance(entry, ast.Junk)] == [], language
    return {entry.id.name: entry for entry in body if isinstance(entry, ast.Message)}


def of_citizens() -> set[str]:
    return {name for name in messages(FALLBACK) if name.startswith(ALL_OF_THEM) and not TOLD_TO_STAFF.match(name)}


def spoken_as_its_base(language: str) -> bool:
    """Easy German is German when it is spoken: it has no words of its own for voices."""
    return language.split("-")[0] != language


def wanted(language: str) -> set[str]:
    if language in staff_languages():
        return set(messages(FALLBACK))
    return {name for name in of_citizens() if not (spoken_as_its_base(language) and name.startswith("say-"))}


def complaints(names: set[str], language: str, what: str) -> list[str]:
    return [f"config/languages/{language}.ftl: {what} {name}" for name in sorted(names)]


@pytest.mark.parametrize("language", languages())
def test_every_word_is_there_and_none_is_too_many(language: str) -> None:
    said = set(messages(language)) - {DRAFT}

    assert complaints(wanted(language) - said, language, "say") == []
    assert complaints(said - wanted(language), language, "nobody asks for") == []


ASKED = re.compile(rf"""["'`]((?:{"|".join(OF_PAGES)})[a-z0-9-]*)(\$?\{{)?""")
LITERAL = re.compile(r"""["'`]([a-z][a-z0-9_-]*)["'`]|^  ([a-z]+): """, re.MULTILINE)
"""A code in quotes, or as the key of a table."""


def asked(folders: tuple[str, ...]) -> tuple[set[str], set[str], set[str]]:
    """Whole names, beginnings of names that are made from a code, and the codes that are named."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in (ROOT / folder).glob("*")
        if path.suffix in {".js", ".html", ".py"}
    ]
    found = [match for text in texts for match in ASKED.findall(text)]
    codes = {(code or key).replace("_", "-") for text in texts for code, key in LITERAL.findall(text)}
    return {name for name, more in found if not more}, {name for name, more in found if more}, codes


@pytest.mark.parametrize("page", OF_PAGES)
def test_every_word_of_citizens_is_asked_for_by_its_page(page: str) -> None:
    """A name that is made from a code counts as asked for; one made from a whole word needs that word among the codes."""
    whole, built, codes = asked(OF_PAGES[page])
    heads = {name for name in built | {one for one in whole if one.endswith("-")} if name != page}
    unused = {
        name
        for name in messages(FALLBACK)
        if name.startswith(page)
        and name not in whole
        and not name.startswith(tuple(heads))
        and not (page in built and name.removeprefix(page) in codes)
    }

    assert complaints(unused, FALLBACK, "nobody asks for") == []


SAMPLES: dict[str, str] = {
    "time": "23:59", "until": "23:59", "drawn": "23:59", "minutes": "120", "low": "100", "high": "120", "count": "88",
    "span": "30 min",
    "age": "12 min", "seconds": "20", "hours": "12", "number": "A1234", "counter": "Schalter 12", "way": "nowhere",
    "day": "28", "month": "12", "needs": "", "address": "www.beispiel.de/termine", "place": "", "next_free": "23:59", "who": "",
    "service": "Führerschein", "most": "5", "code": "XK4M7P", "numbers": "A1234, A1235, A1236, A1237, A1238", "more": "12",
    "when": "Donnerstag, 24. September 2026, 10:20 Uhr", "office": "Bürgeramt Mitte",
    "percent": "100", "from": "23:59", "to": "23:59",
}  # fmt: skip
"""Stand-ins for the arguments of a text, as long as the longest real ones."""


def texts(pattern: ast.Pattern, language: str) -> Iterator[str]:
    """Every text that a message can become."""
    parts = [list(_pieces(element, language)) for element in pattern.elements]
    return ("".join(part) for part in product(*parts))


def _pieces(element: ast.TextElement | ast.Placeable, language: str) -> Iterator[str]:
    if isinstance(element, ast.TextElement):
        yield element.value
    elif isinstance(element.expression, ast.SelectExpression):
        for variant in element.expression.variants:
            yield from texts(variant.value, language)
    elif isinstance(element.expression, ast.VariableReference):
        yield SAMPLES[element.expression.id.name]
    elif isinstance(element.expression, ast.MessageReference):
        referred = messages(language)[element.expression.id.name].value
        assert referred is not None
        yield from texts(referred, language)
    else:
        assert isinstance(element.expression, ast.StringLiteral)
        yield element.expression.parse()["value"]


LINES: tuple[tuple[str, float], ...] = (
    # the kiosk: 1080 pixels wide, and the same with large letters
    (r"kiosk-(question|closed-title|needs-title|code-title|still-there)", 25),
    (r"kiosk-(mine|search)-title", 25),
    (r"kiosk-(touch(-several)?|closed-now|needs-why|code-where|learning|bring)", 62),
    (r"kiosk-(appointment|mine|needs|needs-help|large|low|several|search|help)|common-accessibility", 26),
    (r"kiosk-(on|check-in|erase|done|longer|more-time|needs-change)|common-(back|close)", 15),
    (r"kiosk-(have|draw|come-back|later|below|goes-on|chosen|print-again|mine-show)", 34),
    (r"kiosk-(one-ticket|come-back-means|later-means|wait-now|persons|how-many|search-found)", 40),
    (r"kiosk-(less|more|matter|search-typed|mine-code|online-alt|own-code)", 44),
    (r"kiosk-(mine-where|mine-unknown|back-by|later-taken|speech-.*)", 150),
    (r"kiosk-(closed|comma)", 8),
    (r"kiosk-(waiting|reached-.*|not-step-free)|common-no-wait-.*", 40),
    (r"kiosk-(closed-.*|opens-.*|online)", 34),
    (r"kiosk-need-.*", 26),
    (r"kiosk-(take-paper|no-paper)", 36),
    (r"kiosk-(ahead|expected|called-how|qr|ends-in|needs-given|help-.*|cut-off|alone|refused|unanswered|papers|your-number)", 90),
    (r"kiosk-unknown", 90),
    (r"kiosk-(title|qr-alt|code|keypad)", 24),
    # the wall: 29 of 100 parts of the width beside the calls, or the line of an empty wall
    (r"wall-(nobody|closed|hidden|refused|unknown)", 60),
    (r"wall-(service-closed|count)", 13),
    (r"wall-(moved|more)", 80),
    (r"wall-not-today", 18),
    (r"wall-door", 40),
    (r"wall-door-code", 8),
    (r"wall-desk-.*", 22),
    (r"wall-phrase-.*", 60),
    (r"common-range", 7),
    (r"wall-(waits|waiting|next|missed)", 29),
    (r"wall-(letters|ask|sound-off|title|room|media.*|please-wait|spoken)", 34),
    (r"place-.*", 16),
    # the phone: 320 pixels wide, 288 of them for text
    (r"phone-(state-.*|away-until|you-are-next)", 26),
    (r"phone-(ring|ring-on|way-step-free|push|push-on|pause|pause-longer|later|cancel|cancel-yes|cancel-no|here|return-.*)", 27),
    (r"phone-.*", 62),
    (r"common-(wait-.*|span-.*)", 15),
    (r"common-language-(name|draft)", 33),
    (r"common-.*", 54),
    # paper 48 mm wide, 15 letters of an m in a line
    (r"ticket-(wait|range|minutes|day)", 17),
    (r"ticket-(ahead|code|link|papers|follow|alone)", 38),
    (r"ticket-leave", 54),
    # lines of text that wrap
    (r"mail-.*|book-mail-why", 120),
    (r"start-home|staff-reason-.*", 24),
    (r"statement-.*|book-.*|draw-.*|wish-.*", 95),
    (r"demo-message-.*|start-problem-.*|problem-.*", 82),
)  # fmt: skip
"""How long a text may be in its place, in the height of its letters (em); the first row that fits counts."""


def room(name: str) -> float | None:
    return next((most for pattern, most in LINES if re.fullmatch(pattern, name)), None)


def test_every_word_of_citizens_has_a_place() -> None:
    assert [name for name in sorted(of_citizens()) if room(name) is None and not name.startswith("say-")] == [
        "common-language-direction"
    ][:0]


@pytest.mark.parametrize("language", languages())
def test_no_word_breaks_its_place(language: str) -> None:
    """Measured in the letters of the product's own font."""
    long = []
    for name in sorted(of_citizens() | {DRAFT}):
        most, message = room(name), messages(language).get(name)
        if most is None or message is None or message.value is None:
            continue
        wide = max(line(one, 100, "strong", language).width / 100 for one in texts(message.value, language))
        if wide > most:
            long.append(f"config/languages/{language}.ftl: {name} is {wide:.1f} em wide; its place has {most}")

    assert long == []


CATEGORIES = {"ar": 6, "pl": 3, "uk": 3, "ru": 3, "fr": 2, "de": 2, "en": 2}
"""How many plural forms whole numbers have in CLDR. (The fourth of Polish, Ukrainian and Russian, `other`, is for fractions.)"""


@pytest.mark.parametrize("language", [name for name in languages() if name in CATEGORIES])
def test_every_count_has_all_plural_forms_of_its_language(language: str) -> None:
    """A text that chooses by plural names every form that a number from 0 to 199 takes there, with exact numbers before it."""
    forms = {form(language, count) for count in range(200)}
    assert len(forms) == CATEGORIES[language] or language == "fr"
    lacking = []
    for name, message in messages(language).items():
        for choice in _choices(message):
            keys = {key_of(variant.key) for variant in choice.variants}
            if keys & {"one", "two", "few", "many"} and not forms - {"other"} <= keys | {key_of(_default(choice).key)}:
                lacking.append(f"{name}: {sorted(forms - keys)}")

    assert lacking == [], lacking


COUNTED = re.compile(r"\$(?:count|minutes|seconds|hours|persons)[ \u00a0]([^\W\d_]+)\b(?!\.)")
UNBENDING = {"min", "s", "h", "мин", "с", "ч", "хв", "год", "س", "د", "waiting"}
"""What stays as it is after any number: abbreviations, and what is no noun."""


@pytest.mark.parametrize("language", [name for name in languages() if name != "tr"])
def test_whatever_is_counted_stands_in_a_choice_of_plural_forms(language: str) -> None:
    """ "1 Minuten" is said nowhere. (In Turkish a noun has no plural after a number.)"""
    stiff = [
        f"{name}: {word}"
        for name, message in messages(language).items()
        if name in of_citizens()
        for word in COUNTED.findall(without_choices(message))
        if word not in UNBENDING
    ]

    assert stiff == []


def without_choices(message: ast.Message) -> str:
    """The text outside of any choice, each argument as $name."""
    said = ""
    for element in message.value.elements if message.value is not None else []:
        if isinstance(element, ast.TextElement):
            said += element.value
        elif isinstance(element.expression, ast.VariableReference):
            said += f"${element.expression.id.name}"
    return said


def form(language: str, count: int) -> str:
    return str(Locale.parse(language).plural_form(count))


def key_of(key: ast.Identifier | ast.NumberLiteral) -> str:
    return key.name if isinstance(key, ast.Identifier) else key.value


def _default(choice: ast.SelectExpression) -> ast.Variant:
    return next(variant for variant in choice.variants if variant.default)


def _choices(message: ast.Message) -> list[ast.SelectExpression]:
    elements = message.value.elements if message.value is not None else []
    found = [element.expression for element in elements if isinstance(element, ast.Placeable)]
    return [one for one in found if isinstance(one, ast.SelectExpression)]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("pl", {1: "1 osoba", 2: "2 osoby", 5: "5 osób", 12: "12 osób", 22: "22 osoby", 112: "112 osób"}),
        ("uk", {1: "1 людина", 3: "3 людини", 5: "5 людей", 11: "11 людей", 21: "21 людина", 22: "22 людини"}),
        ("ru", {1: "1 человек", 2: "2 человека", 5: "5 человек", 21: "21 человек", 24: "24 человека"}),
        ("ar", {1: "شخص واحد", 2: "شخصان", 3: "3 أشخاص", 11: "11 شخصًا", 100: "100 شخص"}),
        ("tr", {1: "1 kişi", 5: "5 kişi"}),
        ("fr", {1: "1 personne avant", 2: "2 personnes"}),
    ],
)
def test_people_ahead_are_counted_as_the_language_counts(language: str, said: dict[int, str]) -> None:
    words = Words(language)
    for count, expected in said.items():
        assert expected in words.text("phone-ahead", count=count), count


def test_figures_are_western_in_every_language() -> None:
    for language in languages():
        assert not re.search(r"[\u0660-\u0669\u06f0-\u06f9]", source(language)), language
        assert "88" in Words(language).text("kiosk-waiting", count=88)


def test_only_staff_read_german_and_english_and_citizens_read_all() -> None:
    assert staff_languages() == ("de", "en")
    assert {"de", "en", "tr", "uk", "ar", "ru", "fr", "pl", "de-simple"} <= set(languages())
    assert [name for name in languages() if direction(name) == "rtl"] == ["ar"]


def test_a_language_names_itself() -> None:
    names = {language: Words(language).text("common-language-name") for language in languages()}

    assert names.items() >= {
        "de": "Deutsch", "en": "English", "tr": "Türkçe", "uk": "Українська", "ar": "العربية", "ru": "Русский",
        "fr": "Français", "pl": "Polski", "de-simple": "Deutsch in Leichter Sprache",
    }.items()  # fmt: skip


ALIKE = 3
"""How many texts two languages may have in common, at most."""


def sentences(language: str) -> dict[str, str]:
    """The texts that are long enough to differ."""
    said = {name: source_of(text) for name, text in messages(language).items()}
    return {name: text for name, text in said.items() if sum(map(str.isalpha, re.sub(r"{[^}]*}", "", text))) >= 12}


def source_of(message: ast.Message) -> str:
    return FluentSerializer().serialize_entry(message).partition("=")[2].strip()


def test_no_language_is_a_copy_of_another() -> None:
    """A variant (`de-simple`) may say much in the words of its language."""
    said = {name: sentences(name) for name in languages()}
    names = {name: source_of(messages(name)["common-language-name"]) for name in languages()}
    for one, other in combinations(said, 2):
        file = f"config/languages/{one}.ftl and {other}.ftl"
        same = [name for name, text in said[one].items() if text == said[other].get(name)]

        assert names[one] != names[other], f"{file}: each says its own common-language-name"
        alike = one.split("-")[0] == other.split("-")[0] or len(same) <= ALIKE
        assert alike, f"{file}: translate {', '.join(same[:9])} ..."


def test_easy_german_says_that_it_is_a_draft_and_no_other_language_does() -> None:
    assert {name for name in languages() if Words(name).draft()} == {"de-simple"}


def test_r22_easy_german_has_short_sentences_and_joins_long_words_by_hyphens() -> None:
    """At most 15 words (DIN SPEC 33429); a reader sees the parts of a long word."""
    hard = []
    for name, message in messages("de-simple").items():
        for text in texts(message.value, "de-simple") if message.value else ():
            hard += [f"{name}: {said}" for said in re.split(r"(?<=[.!?:])\s+|\n", text) if len(said.split()) > 15]
            hard += [f"{name}: {word}" for word in re.findall(r"[^\W\d_]+", text) if len(word) > 14]

    assert hard == []


PEOPLE = {
    "de": "Empfang", "de-simple": "Empfang", "en": "reception", "tr": "danışma", "uk": "адміністратор", "ar": "الاستقبال",
    "ru": "администратор", "fr": "accueil", "pl": "recepcj",
}  # fmt: skip
"""How each language calls the people who help where a screen cannot: everywhere by the same word."""
DEAD_ENDS = (
    "wall-ask", "wall-hidden", "wall-missed", "phone-missed-desk", "phone-link-dead", "start-problem-410-how", "draw-none",
    "kiosk-cut-off", "kiosk-refused", "kiosk-unknown", "kiosk-unanswered", "kiosk-closed-no-numbers", "kiosk-help-nobody",
    "kiosk-help-failed", "statement-ask", "problem-unknown-code",
)  # fmt: skip
"""What is said where a machine, a page or a link does not help any further."""


@pytest.mark.parametrize("language", languages())
def test_r24_where_a_screen_cannot_help_it_sends_people_to_people(language: str) -> None:
    def said(name: str, language: str) -> str:
        return FluentSerializer().serialize_entry(messages(language)[name]).casefold()

    asked = {*DEAD_ENDS, *(name for name in of_citizens() if PEOPLE["de"].casefold() in said(name, "de"))}

    assert [name for name in sorted(asked) if PEOPLE[language].casefold() not in said(name, language)] == []
