"""A setting of a page is checked as a file is: the same words, by field and reason."""

from pathlib import Path
from typing import Any

import pytest

from config.loader import load
from config.office_files import find
from config.setting import looked_at, misfits
from server.messages.laid import LaidSetting, laid
from server.messages.office import Office


@pytest.fixture(scope="module")
def mitte() -> Office:
    return load(find("mitte"))


@pytest.mark.parametrize(
    ("path", "written", "kept"),
    [
        ("hours.mon", ["08:00-12:00", "13:00-18:00"], '[["08:00","12:00"],["13:00","18:00"]]'),
        ("hours.days.2026-12-24", [], "[]"),
        ("holidays.dates", ["2026-12-25"], '["2026-12-25"]'),
        ("services.ausweis.names.en", "Passports", '"Passports"'),
        ("services.ausweis.papers.de", ["alter Ausweis", "Foto"], '["alter Ausweis","Foto"]'),
        ("services.ausweis.target_minutes", "1h", "60"),
        ("services.ausweis.minutes", 12, "12.0"),
        ("services.ausweis.daily_limit", None, "null"),
        ("services.ausweis.daily_limit", 40, "40"),
        ("counters.1.services", ["ausweis"], '["ausweis"]'),
        ("counters.1.features", ["step_free"], '["step_free"]'),
        ("policy.close_intake", "auto", '"auto"'),
        ("calls.recall_limit", 2, "2"),
        ("ticket.de", "Danke", '"Danke"'),
        ("texts.call.de", "{number} an {place}", '"{number} an {place}"'),
    ],
)
def test_a_good_value_is_kept_as_the_office_has_it(mitte: Office, path: str, written: Any, kept: str) -> None:
    assert looked_at(mitte, path, written)[:2] == (kept, ())


@pytest.mark.parametrize(
    ("path", "written", "fault"),
    [
        ("hours.mon", ["12:00-08:00"], 'hours.mon: "12:00-08:00" must end after it begins'),
        ("hours.mon", "08:00", "hours.mon: must be a list such as"),
        ("hours.days.2026-13-24", [], "hours.days.2026-13-24: is no date"),
        ("holidays.dates", ["25.12."], "holidays.dates: must be a date as in 2026-12-24"),
        ("hour.mon", [], 'hour.mon: no page sets this key, did you mean "hours.mon"?'),
        ("services.ausweis.letter", "X", "services.ausweis.letter: no page sets this key"),
        ("services.ausweis.names.en", "", "services.ausweis.names.en: must be 1 to 400 characters"),
        ("services.ausweis.names.q1", "X", "services.ausweis.names.q1: must be a language"),
        (
            "services.ausweiss.names.en",
            "X",
            'services.ausweiss.names.en: there is no ausweiss in services, did you mean "aus',
        ),
        (
            "services.ausweis.target_minutes",
            "bald",
            "services.ausweis.target_minutes: must be a whole number of minutes",
        ),
        ("services.ausweis.target_minutes", 0, "services.ausweis.target_minutes: must be from 1 to 480 minutes"),
        ("services.ausweis.minutes", None, "services.ausweis.minutes: must be a number of minutes"),
        ("services.ausweis.names.de", {"de": "X"}, "services.ausweis.names.de: must be text in quotes"),
        ("counters.1.services", ["fischerei"], "counters.1.services: names something that the office does not have"),
        ("policy.close_intake", "never", "policy.close_intake: must be one of auto, by_hand"),
        ("texts.call.de", "Nummer {number}", "texts.call.de: must say {place} too"),
        ("ticket", "X", "ticket: no page sets this key"),
    ],
)
def test_a_bad_value_is_one_sentence_with_field_and_reason(mitte: Office, path: str, written: Any, fault: str) -> None:
    found = looked_at(mitte, path, written)

    assert len(found.faults) == 1
    assert found.faults[0].startswith(fault)


def test_what_a_file_would_be_warned_of_is_a_warning_here(mitte: Office) -> None:
    found = looked_at(mitte, "displays.hall.zones", ["hall"])

    assert found.faults == ()
    assert any("no display shows" in warning for warning in found.warnings) or found.warnings == ()


def test_what_was_wrong_before_is_not_said_again(mitte: Office) -> None:
    bad = laid(mitte, [LaidSetting(path="texts.call.de", value='"{number}"', from_day="", at=0, by="")], "").office

    assert looked_at(bad, "hours.mon", []).faults == ()
    assert misfits(mitte, bad) == ("texts.call.de: must say {place} too, else nobody hears it",)


def test_no_disk_is_read(mitte: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert looked_at(mitte, "hours.mon", []).value == "[]"
