"""What `check` warns of without failing: each warning once, and a good office has none."""

from collections.abc import Callable

import pytest

from config.loader import Reading

ReadText = Callable[[str], Reading]

FIRE = "[[situations]]\nid = 'fire'\nreason = 'evacuation'\nnames = { de = 'Feuer', en = 'Fire' }"
WARNINGS = [
    ('letter = "K"\nnames', 'letter = "S"\nnames', None, ""),
    ('letter = "A"', 'letter = "C"', "services.ausweis.letter", 'C is heard as "zehn"'),
    ('letter = "A"', 'letter = "O"', "services.ausweis.letter", "O looks like the digit 0"),
    ('letter = "A"', 'letter = "AI"', "services.ausweis.letter", "I looks like the digit 1"),
    ('letter = "K"', 'letter = "AB"', None, ""),
    (
        'letter = "A"\nnames = { de = "Ausweis", en = "ID card" }\nminutes = 12\n\n[[services]]\nid = "kfz"\nletter = "K"',
        'letter = "A"\nlast = 8999\nnames = { de = "Ausweis", en = "ID card" }\n\n[[services]]\nid = "kfz"\nletter = "AB"',
        "services.kfz.letter",
        "AB000 looks like A8000, a number of ausweis",
    ),
    ('skills = ["ausweis", "kfz"]', "", None, ""),
    ('name = "Test"', 'name = "Test"\nlanguages = ["de", "en", "sw"]', "office.languages", "no words for sw yet"),
    ('zones = ["hall", "upstairs"]', 'zones = ["hall"]', "zones.upstairs", "no display shows their calls"),
    ('zones = ["hall", "upstairs"]', 'zones = ["hall"]', "zones.upstairs", "no display"),
    ('{ de = "Auto", en = "Vehicle" }', '{ de = "Auto" }', "services.kfz.names", "has no name in en"),
    ('{ de = "Oben", en = "Upstairs" }', '{ de = "Oben" }', "zones.upstairs.names", "has no name in en"),
    ("minutes = 12", 'hints = { en = "apply" }', "services.ausweis.hints", "has no text in de"),
    ("minutes = 12", 'papers = { en = ["photo"] }', "services.ausweis.papers", "has no text in de"),
    ('features = ["step_free"]', 'way = { en = "left" }', "counters.1.way", "has no text in de"),
    ('features = ["step_free"]', 'spoken = { en = "one" }', "counters.1.spoken", "has no text in de"),
    ('de = "Guten Tag"', 'en = "Welcome"', "ticket", "has no text in de"),
    ('{ de = "Pause", en = "Break" }', '{ de = "Pause" }', "breaks.pause.names", "has no name in en"),
    *(
        ("[calls]", f"{FIRE}\n{key} = {{ en = 'Out' }}\n[calls]", f"situations.fire.{key}", "has no text in de")
        for key in ("displays", "phones", "counters")
    ),
    ("[calls]", '[voices]\nde = ["hal9000"]\n[calls]', "voices.de", "hal9000 is no voice"),
]


@pytest.mark.parametrize(("old", "new", "where", "reason"), WARNINGS)
def test_a_warning_names_its_place_and_stops_nothing(
    small: str, read_text: ReadText, old: str, new: str, where: str | None, reason: str
) -> None:
    assert small.count(old) >= 1, "the case edits nothing"

    reading = read_text(small.replace(old, new, 1))

    assert reading.faults == ()
    assert reading.office is not None
    found = [(".".join(p for p in (w.table, w.key) if p), w.reason) for w in reading.warnings]
    assert [key for key, _ in found] == ([where] if where else [])
    assert all(reason in said and w.line for (_, said), w in zip(found, reading.warnings, strict=True))


@pytest.mark.parametrize("pair", ["BD", "EP", "TW", "GB", "MN", "FS"])
def test_letters_that_sound_alike_are_warned_of(small: str, read_text: ReadText, pair: str) -> None:
    text = small.replace('letter = "A"', f'letter = "{pair[0]}"').replace('letter = "K"', f'letter = "{pair[1]}"')

    warnings = read_text(text).warnings

    one, other = sorted(pair)
    assert [w.reason for w in warnings] == [f"{one} and {other} sound alike when they are called"]


@pytest.mark.parametrize("pair", ["AK", "AB", "US", "MF"])
def test_other_letters_may_stand_side_by_side(small: str, read_text: ReadText, pair: str) -> None:
    text = small.replace('letter = "A"', f'letter = "{pair[0]}"').replace('letter = "K"', f'letter = "{pair[1]}"')

    assert read_text(text).warnings == ()


def test_a_letter_shared_by_two_ranges_does_not_sound_like_itself(small: str, read_text: ReadText) -> None:
    text = small.replace('letter = "A"', 'letter = "A"\nlast = 499').replace(
        'letter = "K"', 'letter = "A"\nfirst = 500'
    )

    reading = read_text(text)

    assert (reading.faults, reading.warnings) == ((), ())


def test_a_service_without_a_counter_is_warned_of_unless_it_is_retired(small: str, read_text: ReadText) -> None:
    new = '[[services]]\nid = "neu"\nletter = "U"\nnames = { de = "Neu", en = "New" }\n'
    text = small.replace('zone = "upstairs"', 'zone = "upstairs"\nservices = ["kfz"]') + new

    assert [(w.table, w.key, w.reason) for w in read_text(text).warnings] == [
        ("services", "neu", "no counter can serve it")
    ]
    assert read_text(text + "retired = true\n").warnings == ()


def test_a_counter_that_opens_with_a_retired_service_is_warned_of(small: str, read_text: ReadText) -> None:
    """Only for a counter whose file says so: a counter that opens with everything leaves out retired services."""
    reading = read_text(small.replace("minutes = 12", "retired = true"))

    assert [(w.key, w.reason) for w in reading.warnings] == [
        ("1.services", "opens with ausweis, which is retired"),
    ]


def test_an_office_that_never_opens_is_warned_of(small: str, read_text: ReadText) -> None:
    reading = read_text(small.replace('["08:00-12:00", "13:00-18:00"]', "[]"))

    assert [(w.table, w.reason) for w in reading.warnings] == [("hours", "the office never opens")]


def test_easy_german_reads_german_names(small: str, read_text: ReadText) -> None:
    """`de-simple` needs no names of its own: only its missing file of words is worth a warning."""
    reading = read_text(small.replace('name = "Test"', 'name = "Test"\nlanguages = ["de", "de-simple"]'))

    assert all("no words for" in warning.reason for warning in reading.warnings)


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("lines = 6\ndistance = 5", []),
        (
            "lines = 6\ndistance = 10",
            [
                "6 lines on 55 inches (16:9) have digits of 67 mm; 0.7 degree from 10 m needs 122 mm: it shows 3 at once,"
                " more take turns"
            ],
        ),
        ("lines = 3\ndistance = 10", []),
        ("lines = 6\ndistance = 10\ndiagonal = 110", []),
        (
            'diagonal = 19\naspect = "4:3"\ndistance = 40',
            [
                "one number alone on 19 inches (4:3) has digits of 61 mm; 0.7 degree from 40 m needs 489 mm: take a larger"
                " screen or a second one"
            ],
        ),
    ],
)
def test_lines_size_and_distance_that_cannot_go_together_are_warned_of(
    small: str, read_text: ReadText, keys: str, found: list[str]
) -> None:
    reading = read_text(small.replace("[[displays]]", f"[[displays]]\n{keys}", 1))

    assert [w.reason for w in reading.warnings] == found
