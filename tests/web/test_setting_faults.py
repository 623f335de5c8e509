"""What is wrong with a setting is said in the language of the page, whatever somebody types into any form."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.loader import load
from config.office_files import find
from config.setting import looked_at
from config.words import Words, staff_languages
from server.messages.laid import kind_of, place_of
from server.messages.office import Office
from server.web.routes.admin_settings import control, read
from server.web.setting_faults import KNOWN, known, said

MITTE: Office = load(find("mitte"))
PATHS = (
    "hours.mon", "hours.days.2026-12-24", "hours.days.2026-13-24", "holidays.dates", "services.ausweis.names.de",
    "services.ausweis.names.q1", "services.ausweis.hints.en", "services.ausweis.papers.de", "services.ausweis.minutes",
    "services.ausweis.target_minutes", "services.ausweis.daily_limit", "services.ausweiss.names.en",
    "services.ausweis.letter", "counters.1.label", "counters.1.services", "counters.1.features", "counters.1.way.de",
    "displays.hall.zones", "displays.hal.zones", "zones.hall.names.de", "policy.close_intake", "calls.recall_limit",
    "calls.missed_shown", "ticket.de", "ticket.q1", "texts.call.de", "texts.call_way.en", "texts.call.de-simple",
    "nowhere.at.all",
)  # fmt: skip
"""One of each kind, and some that no office has."""
SEEDS = (
    "", " ", "x", "0", "-1", "0.01", "99999999", "1e9", "bald", "08:00", "08:00-12:00\n10:00-11:00", "12:00-08:00",
    "2026-02-30", "24.12.2026", "hall", "hall\nhall", "fischerei", "Ä Ö", "a" * 401, "{number}", "{number} {place} {x}",
    "{number", "{number} {place}", "\x07", "ausweis",
)  # fmt: skip


def faults(path: str, typed: str) -> tuple[str, ...]:
    place = place_of(path)
    written: Any = read(typed, control(kind_of(place))) if place else typed
    looked = looked_at(MITTE, path, written)
    return (*looked.faults, *looked.warnings)


@pytest.mark.parametrize("path", PATHS)
def test_whatever_a_form_is_told_is_answered_by_a_sentence_of_its_language(path: str) -> None:
    unknown = {one for typed in SEEDS for one in faults(path, typed) if not known(one).word}

    assert unknown == set()


@settings(max_examples=300)
@given(
    st.sampled_from(PATHS), st.one_of(st.text(max_size=30), st.lists(st.sampled_from(SEEDS), max_size=4).map("\n".join))
)
def test_so_is_what_nobody_would_type(path: str, typed: str) -> None:
    assert [one for one in faults(path, typed) if not known(one).word] == []


@pytest.mark.parametrize("language", staff_languages())
def test_every_sentence_has_words_in_every_language_of_staff(language: str) -> None:
    words = Words(language)
    for word, pattern in KNOWN:
        about = dict.fromkeys(pattern.groupindex, "5")
        text = words.text(f"admin-fault-{word}", **about)
        assert text
        assert not re.search(r"\{ ?\$", text), text


def test_a_sentence_that_nobody_foresaw_is_shown_as_it_is() -> None:
    words = Words("de")

    assert said("hours.mon: is a riddle", words.text) == "Die Prüfung sagt (englisch): hours.mon: is a riddle"
    assert said("hours.mon: the office never opens", words.text) == "hours.mon: Das Amt öffnet nie."
