"""What `check` tries besides the file: each name is spoken, printed and shown on a wall before the first day of work."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import convert, to_builtins
from msgspec.structs import replace

from config.loader import Reading, load
from config.office_files import find
from server.messages.office import Office, Zone
from server.trial import trial

ReadText = Callable[[str], Reading]
SHY, ZERO = "\u00ad", "\u200b"
LONG = "Kraftfahrzeugzulassungsbehördenstelle"


def office_of(reading: Reading) -> Office:
    assert reading.office is not None, reading.faults
    return reading.office


def labelled(office: Office, *labels: str) -> Office:
    """The office, with these labels for its first counters."""
    named = [replace(counter, label=label) for counter, label in zip(office.counters, labels, strict=False)]
    return replace(office, counters=(*named, *office.counters[len(named) :]))


@pytest.fixture
def mitte() -> Office:
    return load(find("mitte"))


class OnlyGerman:
    """A voice for a test of `check`; it is never asked to speak."""

    name, edition, limit, at_once, whole = "german", "1", 1.0, 1, False
    languages = frozenset({"de"})

    async def speak(self, text: str, language: str) -> bytes:
        raise AssertionError

    async def close(self) -> None: ...


@pytest.mark.parametrize(("voices", "lacking"), [([], "de, en, tr, uk"), ([OnlyGerman()], "en, tr, uk")])
def test_languages_without_a_voice_are_named(mitte: Office, voices: list[OnlyGerman], lacking: str) -> None:
    """Easy German is spoken as German, so it lacks none of its own."""
    office = replace(mitte, languages=("de", "en", "tr", "uk", "de-simple"))

    assert [(path, reason) for path, reason in trial(office, lambda: voices) if "voice speaks" in reason] == [
        ("office.languages", f"no installed voice speaks {lacking}: calls are not spoken in it (espeak-ng speaks all)")
    ]


@pytest.mark.parametrize("sample", ["mitte", "rathaus", "koffer"])
def test_the_samples_can_do_all_that_is_tried(sample: str) -> None:
    assert list(trial(load(find(sample)))) == []


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Tisch ①", "no voice says U+2460 ①: give `spoken` in de, en"),
        ("Zimmer 5²", "no voice says U+00B2 ²"),
        ("Tür ★", "U+2605 ★ is a picture sign"),
        ("Tür +", "no voice says U+002B +"),
        ("Ebene -1", "no voice says U+002D - before a digit, so another place is heard: give `spoken` in de, en"),
        ("Ebene –1", "no voice says U+2013 – before a digit"),
        ("Ebene \u22121", "no voice says U+2212"),
        ("Ebene +1", "no voice says U+002B +"),
        ("窓口 3", 'no voice reads the letters of "窓口": give `spoken` in de, en'),
        ("Зал 3", 'no voice reads the letters of "Зал"'),
        ("Zimmer 1\u202e2", "U+202E is an invisible sign"),
        ("Zimmer \u200d1", "U+200D is an invisible sign"),
        (LONG, "does not fit a wall"),
        ("Anmeldung Süd, " * 4, "has 60 signs; a wall shows 40"),
    ],
)
def test_a_label_that_voice_or_wall_cannot_do_is_told_with_its_remedy(mitte: Office, label: str, said: str) -> None:
    found = list(trial(labelled(mitte, label)))

    assert {path for path, _ in found} == {"counters.1.label"}
    assert any(said in reason for _, reason in found)


@pytest.mark.parametrize(
    "label", ["Zimmer A-1", "Haus 2 - 3", "Zimmer 2-01", "Saal Œ", "Nº 3", f"Kraftfahrzeug{SHY}zulassung 1"]
)
def test_a_label_that_is_spoken_as_it_is_meant_is_left_alone(mitte: Office, label: str) -> None:
    assert list(trial(labelled(mitte, label))) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Treppe → links", "no voice says U+2192 →: write it as a word that de has"),
        ("Ebene -1", "no voice says U+002D - before a digit"),
        ("窓口", 'no voice reads the letters of "窓口"'),
        ("vorne\u200blinks", "U+200B is an invisible sign"),
    ],
)
@pytest.mark.parametrize("key", ["way", "spoken"])
def test_the_way_and_what_is_spoken_are_tried_like_the_label(mitte: Office, key: str, text: str, said: str) -> None:
    counter = replace(mitte.counters[0], **{key: {"de": text}})
    found = list(trial(replace(mitte, counters=(counter, *mitte.counters[1:]))))

    assert {path for path, _ in found} == {f"counters.1.{key}"}
    assert any(said in reason for _, reason in found)


def test_a_word_of_the_way_that_is_too_long_for_a_wall_is_told(mitte: Office) -> None:
    counter = replace(mitte.counters[0], way={"de": f"hinter der {LONG}"})

    assert [path for path, _ in trial(replace(mitte, counters=(counter, *mitte.counters[1:])))] == ["counters.1.way"]


@pytest.mark.parametrize("long", [LONG, "Anmeldung Süd, " * 4])
def test_a_sign_is_shown_instead_of_a_label_that_is_too_long(mitte: Office, long: str) -> None:
    counter = replace(mitte.counters[0], label=long, spoken={"de": "Süd", "en": "south"})
    (found,) = trial(replace(mitte, counters=(counter, *mitte.counters[1:])))
    signed = replace(counter, sign="Süd")

    assert found[0] == "counters.1.label"
    assert "give a short `sign`" in found[1]
    assert list(trial(replace(mitte, counters=(signed, *mitte.counters[1:])))) == []


def test_a_sign_that_is_too_long_itself_is_told(mitte: Office) -> None:
    service = replace(mitte.services[0], names={"de": LONG}, sign={"de": "Ausweise " * 8})
    zone = replace(mitte.zones[0], names={"de": f"{LONG} Süd"})
    found = dict(trial(replace(mitte, services=(service, *mitte.services[1:]), zones=(zone, *mitte.zones[1:]))))

    assert "has 72 signs; a wall shows 60" in found["services.ausweis.sign"]
    assert "does not fit a wall" in found["zones.hall.names"]
    assert "services.ausweis.names" not in found


def test_what_the_office_gives_as_spoken_is_said_instead(mitte: Office) -> None:
    counter = replace(mitte.counters[0], label="Tür +", spoken={"de": "Tür Plus", "en": "door plus"})

    assert list(trial(replace(mitte, counters=(counter, *mitte.counters[1:])))) == []


def test_two_places_of_one_zone_are_told_apart_by_eye_and_by_ear(mitte: Office) -> None:
    one, two = mitte.counters[:2]
    assert one.zone == two.zone
    same = list(trial(labelled(mitte, "Schalter 1", "schalter 1")))
    alike = list(trial(labelled(mitte, "Zimmer 2.01", "Zimmer 201")))
    elsewhere = labelled(mitte, "Zimmer 9", "Zimmer 9")
    apart = replace(elsewhere, counters=(replace(one, label="Zimmer 9"), replace(two, label="Zimmer 9", zone="far")))

    assert same == [("counters.2.label", "schalter 1 is the label of counters.1 in the same zone too")]
    assert all(path == "counters.2.label" and "give `spoken`" in reason for path, reason in alike)
    assert list(trial(apart)) == []


def test_two_places_that_one_display_shows_are_told_apart_whatever_their_zones(mitte: Office) -> None:
    one, two = mitte.counters[:2]
    far = replace(two, label=one.label, zone="far")
    apart = replace(mitte, counters=(one, far), zones=(*mitte.zones, Zone(id="far")))
    display = replace(mitte.displays[0], id="both", zones=(one.zone, "far"))

    assert list(trial(apart)) == []
    assert list(trial(replace(apart, displays=(*mitte.displays, display)))) == [
        ("counters.2.label", "Schalter 1 is the label of counters.1 on display both too")
    ]


def test_two_services_of_one_name_are_told(mitte: Office) -> None:
    one, two = mitte.services[:2]
    same = replace(two, names={**two.names, "en": f" {one.names['en'].upper()}"})
    retired = replace(same, retired=True)

    (found,) = trial(replace(mitte, services=(one, same, *mitte.services[2:])))
    assert found[0] == f"services.{two.id}.names"
    assert found[1].endswith(f"is the name of services.{one.id} in en too")
    assert list(trial(replace(mitte, services=(one, retired, *mitte.services[2:])))) == []


def test_what_no_paper_shows_is_told_before_a_citizen_draws_it(mitte: Office) -> None:
    service = replace(mitte.services[0], names={"de": "Reisepass 🛂", "zh": "户口登记"})
    found = list(trial(replace(mitte, services=(service, *mitte.services[1:]))))

    assert ("services.ausweis.names", "no ticket font draws U+6237 户 (zh): the ticket is printed without it") in found
    assert any("U+1F6C2" in reason and "picture sign" in reason for _, reason in found)


def test_the_same_is_found_in_every_text_that_people_see(mitte: Office) -> None:
    """Walks the office as it goes over the wire: whatever stands there by language, and every label and name."""
    worn: set[str] = set()

    def wear(value: Any, path: str) -> Any:
        if isinstance(value, list | tuple):
            return [wear(item, f"{path}.{item['id']}" if isinstance(item, dict) else path) for item in value]
        if not isinstance(value, dict):
            return value
        if value.keys() & {"de", "en"} and not path.startswith("voices"):
            worn.add(path)
            return {at: [f"a{ZERO}b"] if isinstance(text, list | tuple) else f"a{ZERO}b" for at, text in value.items()}
        named = {key for key in ("label", "name") if key in value}
        worn.update(f"{path or 'office'}.{key}" for key in named)
        return {
            key: f"a{ZERO}b" if key in named else wear(item, f"{path}.{key}".lstrip(".")) for key, item in value.items()
        }

    odd = convert(wear(to_builtins(replace(mitte, ticket={"de": "x"}, texts={"call": {"de": "x"}})), ""), Office)

    assert {path for path, reason in trial(odd) if "invisible" in reason} == worn
    assert {"situations.raeumung.displays", "breaks.pause.names", "displays.hall.name", "texts.call"} <= worn


def test_an_offices_own_sentence_is_tried_like_a_label(mitte: Office) -> None:
    odd = replace(mitte, texts={"call": {"de": "Nummer {number} → {place}", "en": "Number {number}, {place}"}})

    assert list(trial(odd)) == [("texts.call.de", "no voice says U+2192 →: write it as a word that de has")]


def test_what_a_situation_has_read_out_is_tried_like_a_call(mitte: Office) -> None:
    loud = replace(mitte.situations[0], displays={"de": "Bitte → raus", "en": "Out please"})

    (found,) = trial(replace(mitte, situations=(loud, *mitte.situations[1:])))
    assert found == (f"situations.{loud.id}.displays", "no voice says U+2192 →: write it as a word that de has")
    assert list(trial(replace(mitte, situations=(replace(loud, speak=False),)))) == []


def test_warnings_name_table_key_and_line_and_the_file_stays_good(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import io

    from config.check import run

    text = find("mitte").read_text(encoding="utf-8").replace('label = "Schalter 1"', 'label = "Tisch ①"')
    file = tmp_path / "office.toml"
    file.write_text(text, encoding="utf-8")
    out = io.StringIO()
    code = run([file], explain=False, out=out, trial=trial)

    assert code == 0
    line = 1 + text[: text.index("Tisch ①")].count("\n")
    assert (
        f"warning: {file}: counters.1.label: no voice says U+2460 ①: give `spoken` in de, en (line {line})"
        in out.getvalue()
    )


@given(label=st.text(max_size=30), name=st.text(max_size=30), way=st.text(max_size=30))
def test_no_text_whatever_stops_the_trial(label: str, name: str, way: str) -> None:
    office = load(find("rathaus"))
    counter = replace(office.counters[0], label=label, way={"de": way})
    service = replace(office.services[0], names={"de": name})

    list(trial(replace(office, counters=(counter,), services=(service,), printers=())))
