"""`check` with what was set on /admin: where file and page set one key, both are named, and the page wins."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

from config.check import run
from server.messages.laid import LaidSetting, laid
from server.messages.office import Office

Write = Callable[[str, str], Path]
TODAY = "2026-11-23"


def one(path: str, value: str, from_day: str = "2026-11-20") -> LaidSetting:
    return LaidSetting(path=path, value=value, from_day=from_day, at=0, by="supervisor:leitung")


def told(file: Path, *settings: LaidSetting, explain: bool = True) -> list[str]:
    out = StringIO()
    assert run([file], explain, out, pages=lambda office: laid(office, settings, TODAY)) == 0
    return out.getvalue().splitlines()


def test_both_values_are_named_with_since_when_and_by_whom(write: Write, small: str) -> None:
    file = write("good.toml", small)
    line = next(n for n, text in enumerate(small.splitlines(), 1) if text.startswith("minutes = 12"))

    lines = told(file, one("services.ausweis.minutes", "15.0"))

    assert (
        f"services.ausweis.minutes = 15.0  (set on /admin since 2026-11-20 by leitung; {file}:{line} says 12.0)"
        in lines
    )
    assert not any(text.startswith("services.ausweis.minutes = 12") for text in lines)


def test_the_page_wins_over_the_standard_of_the_city_and_over_the_offices_own_file(write: Write, small: str) -> None:
    city = write("city.toml", small)
    file = write("own.toml", 'extends = "city.toml"\n[[services]]\nid = "ausweis"\nminutes = 20\n')
    target = one("services.ausweis.target_minutes", "9")

    lines = told(file, one("services.ausweis.minutes", "15.0"), target)

    assert f"services.ausweis.minutes = 15.0  (set on /admin since 2026-11-20 by leitung; {file}:4 says 20.0)" in lines
    assert any(text.startswith("services.ausweis.target_minutes = 9  (set on /admin") for text in lines)
    assert any(f"({city}:" in text for text in lines)


def test_a_key_that_no_file_has_and_one_that_is_still_to_come(write: Write, small: str) -> None:
    lines = told(
        write("good.toml", small),
        one("hours.days.2026-12-31", "[]"),
        one("services.ausweis.names.de", '"Pass"', "2027-01-01"),
    )

    assert "hours.days.2026-12-31 = []  (set on /admin since 2026-11-20 by leitung; the file says nothing)" in lines
    assert "services.ausweis.names.de = 'Pass' from 2027-01-01  (set on /admin by leitung)" in lines


def test_what_the_file_has_no_place_for_and_what_does_not_go_together_is_a_warning(write: Write, small: str) -> None:
    file = write("good.toml", small)

    lines = told(file, one("services.gone.names.de", '"X"'), one("texts.call.de", '"{number}"'), explain=False)

    assert lines[:2] == [
        f"warning: {file}: services.gone.names.de: set on /admin since 2026-11-20 by leitung, but this file has no place for it",
        f"warning: {file}: texts.call.de: must say {{place}} too, else nobody hears it (with what is set on /admin)",
    ]


def test_an_office_without_settings_is_told_as_before(write: Write, small: str) -> None:
    file = write("good.toml", small)
    plain = StringIO()
    run([file], True, plain)

    assert told(file) == plain.getvalue().splitlines()
    assert laid(Office(id="x", name="x", services=(), counters=()), (), TODAY).settings == ()
