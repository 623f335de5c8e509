"""One standard for several offices: what `extends` merges, what it refuses, and where each value comes from then."""

from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

from config.loader import explain, load, read
from tests.config.conftest import SERVICES

Write = Callable[[str, str], Path]

CITY = f"""\
{SERVICES}[hours]
mon = ["08:00-12:00"]
tue = ["08:00-12:00"]

[calls]
recall_limit = 2
fresh = 30
"""

SITE = """\
extends = "city.toml"
[office]
id = "nord"
name = "Nord"

[[services]]
id = "kfz"
minutes = 20
names.de = "Kfz-Zulassung"

[[services]]
id = "fund"
letter = "F"
names = { de = "Fundbüro", en = "Lost property" }

[[counters]]
id = "1"

[hours]
tue = []

[calls]
fresh = 15
"""


def test_lists_of_tables_merge_by_id_and_tables_key_by_key(write: Write) -> None:
    write("city.toml", CITY)

    office = load(write("nord.toml", SITE))

    assert [service.id for service in office.services] == ["ausweis", "kfz", "fund"]
    assert office.services[1].minutes == 20.0
    assert office.services[1].letter == "K"
    assert office.services[1].names == {"de": "Kfz-Zulassung", "en": "Vehicle"}
    assert office.hours.week == {"mon": (("08:00", "12:00"),), "tue": ()}
    assert (office.calls.recall_limit, office.calls.fresh) == (2, 15)


def test_the_file_is_found_beside_the_one_that_names_it(write: Write) -> None:
    write("standard/country.toml", "[calls]\nrecall_limit = 3\nfresh = 40\n")
    write("standard/city.toml", 'extends = "country.toml"\n' + CITY.replace("recall_limit = 2\n", ""))

    office = load(write("sites/nord.toml", SITE.replace("city.toml", "../standard/city.toml")))

    assert (office.calls.recall_limit, office.calls.fresh) == (3, 15)


def test_explain_says_which_line_of_which_file_holds(write: Write) -> None:
    city = write("city.toml", CITY)
    site = write("nord.toml", SITE)

    sources = {source.key: str(source.place) for source in explain(site)}

    assert sources["services.ausweis.minutes"] == f"{city}:5"
    assert sources["services.kfz.minutes"] == f"{site}:8"
    assert sources["services.kfz.letter"] == f"{city}:9"
    assert sources["hours.tue"] == f"{site}:20"
    assert sources["calls.recall_limit"] == f"{city}:17"
    assert sources["services.kfz.target_minutes"] == "default"
    assert sources["counters.1.services"] == "default"


def test_a_fault_in_the_base_is_told_of_the_base(write: Write) -> None:
    city = write("city.toml", CITY.replace("minutes = 12", "minutes = 0"))

    faults = read(write("nord.toml", SITE)).faults

    assert [(fault.file, fault.key, fault.line) for fault in faults] == [(str(city), "ausweis.minutes", 5)]


def test_a_duplicate_in_one_file_is_still_a_duplicate(write: Write) -> None:
    write("city.toml", CITY)
    twice = SITE.replace('id = "fund"', 'id = "kfz"')

    reasons = [fault.reason for fault in read(write("nord.toml", twice)).faults]

    assert "is used 2 times in services" in reasons


def test_a_circle_is_a_fault(write: Write) -> None:
    write("a.toml", 'extends = "b.toml"\n')
    write("b.toml", 'extends = "a.toml"\n')
    own = write("own.toml", SITE.replace("city.toml", "own.toml"))

    assert any("goes in a circle" in fault.reason for fault in read(own.parent / "a.toml").faults)
    assert any("goes in a circle" in fault.reason for fault in read(own).faults)


def test_a_missing_base_is_the_only_fault_told(write: Write) -> None:
    """What is missing may be in the base, so nothing else is reported as missing or unknown."""
    site = write("nord.toml", SITE + '\n[[kiosks]]\nid = "k"\nname = "K"\nprinter = "p"\n')

    faults = read(site).faults

    assert [(fault.table, fault.line) for fault in faults] == [("extends", 1)]
    assert "there is no file" in faults[0].reason


def test_a_missing_base_does_not_hide_other_faults(write: Write) -> None:
    site = write("nord.toml", SITE.replace("minutes = 20", "minutes = 0"))

    assert [fault.table for fault in read(site).faults] == ["extends", "services"]


def test_extends_must_be_text(write: Write) -> None:
    for value in ("3", '""', "[]", '"a\\u0000b"'):
        faults = read(write("nord.toml", SITE.replace('"city.toml"', value))).faults

        assert [(fault.table, fault.reason) for fault in faults] == [("extends", "must name a file, as text")]


def test_a_base_that_cannot_even_be_looked_for_is_a_fault(write: Write) -> None:
    """A name that is too long, a link to itself."""
    loop = write("nord.toml", SITE).parent / "loop.toml"
    loop.symlink_to(loop)
    for name in ("x" * 300, f"{'x/' * 3_000}y", "loop.toml"):
        faults = read(write("nord.toml", SITE.replace("city.toml", name))).faults

        assert [fault.table for fault in faults] == ["extends"], name[:20]
        assert faults[0].reason.startswith(("cannot be read", "there is no file")), faults[0].reason[:100]


def test_a_text_is_the_same_however_its_umlaut_is_written_and_a_path_is_what_it_is(write: Write, small: str) -> None:
    """An editor may write two characters for an "ä": fonts, voices and comparisons would meet another text."""
    printer = '\n[[printers]]\nid = "p"\nname = "Büro"\nkind = "file"\naddress = "file:Büro"\n'
    office = load(write("test.toml", normalize("NFD", small.replace("Oben", "Über dem Büro") + printer)))

    zone, named = office.zones[1].names["de"], next(one for one in office.printers if one.id == "p")
    assert (zone, named.name) == ("Über dem Büro", "Büro")
    assert named.address == normalize("NFD", "file:Büro")
