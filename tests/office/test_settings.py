"""Settings laid over the office file: they count from their day on, whatever later files say, until they are taken back."""

from __future__ import annotations

from collections.abc import Callable
from json import dumps, loads
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from server.messages import commands as c
from server.messages.instants import DAY
from server.messages.laid import MOST_SETTINGS, LaidSetting, laid, plain, said
from server.messages.office import Office
from server.messages.terms import Role
from server.office.evolve import evolve
from server.office.snapshot import freeze, thaw
from server.office.state import State
from tests.office.room import small_office

if TYPE_CHECKING:
    from tests.office.room import Room

Make = Callable[..., "Room"]
TODAY, TOMORROW, YESTERDAY = "2026-11-23", "2026-11-24", "2026-11-22"
NAME = "services.pass.names.de"
SET = ["setting_laid", "office_configured"]


def lay(path: str, value: Any, from_day: str = TODAY) -> c.LaySetting:
    return c.LaySetting(path=path, value=dumps(value), from_day=from_day)


def back(path: str, from_day: str | None = None) -> c.TakeBackSetting:
    return c.TakeBackSetting(path=path, from_day=from_day)


def name(room: Room) -> str:
    return room.state.plans["pass"].names["de"]


def next_day(room: Room) -> None:
    room.now += DAY
    room.does(c.OpenDay(), room.system)


def another_file(room: Room, **changes: Any) -> None:
    file = replace(small_office(revision=room.state.office.revision + 1), **changes)
    room.does(c.ConfigureOffice(office=file), room.system, key=f"office:{file.revision}")


def test_what_an_administrator_sets_counts_at_once_and_says_who_and_since_when(room: Room) -> None:
    before = name(room)

    assert room.does(lay(NAME, "Ausweise"), room.admin) == SET

    (found,) = room.state.settings
    assert name(room) == "Ausweise"
    assert (found.path, found.value, found.from_day, found.file) == (NAME, '"Ausweise"', TODAY, dumps(before))
    assert (found.by, found.at, found.on) == ("supervisor:1", room.now, True)


def test_taken_back_it_is_what_the_file_says(room: Room) -> None:
    file = room.state.office
    room.does(lay(NAME, "Ausweise"), room.admin)

    assert room.does(back(NAME), room.admin) == ["setting_taken_back", "office_configured"]

    assert (room.state.office, room.state.settings) == (file, ())
    assert room.does(back(NAME), room.admin) == []


def test_it_survives_later_files_until_it_is_taken_back(room: Room) -> None:
    room.does(lay(NAME, "Ausweise"), room.admin)
    services = tuple(
        replace(one, names={"de": "Pässe"}) if one.id == "pass" else one for one in small_office().services
    )

    another_file(room, services=services)

    assert name(room) == "Ausweise"
    assert room.state.settings[0].file == '"Pässe"'
    room.does(back(NAME), room.admin)
    assert name(room) == "Pässe"


def test_a_row_that_a_later_file_lacks_lies_idle_and_counts_again_when_it_is_back(room: Room) -> None:
    room.does(lay(NAME, "Ausweise"), room.admin)
    without = tuple(one for one in small_office().services if one.id != "pass")

    another_file(room, services=without)
    assert [(one.path, one.on, one.file) for one in room.state.settings] == [(NAME, False, None)]
    assert "pass" not in room.state.plans

    another_file(room)
    assert name(room) == "Ausweise"


def test_idle_ones_are_taken_back_without_a_new_office(room: Room) -> None:
    room.does(lay(NAME, "Ausweise"), room.admin)
    another_file(room, services=tuple(one for one in small_office().services if one.id != "pass"))

    assert room.does(back(NAME), room.admin) == ["setting_taken_back"]
    assert room.state.settings == ()


def test_one_from_a_later_day_waits_for_it(room: Room) -> None:
    before = name(room)

    assert room.does(lay(NAME, "Ausweise", TOMORROW), room.admin) == ["setting_laid"]
    assert name(room) == before
    assert [(one.on, one.file) for one in room.state.settings] == [(False, dumps(before))]

    next_day(room)
    assert name(room) == "Ausweise"
    assert [one.on for one in room.state.settings] == [True]


def test_the_later_of_two_ends_the_earlier_and_each_can_be_taken_back(room: Room) -> None:
    room.does(lay(NAME, "Erst"), room.admin)
    room.does(lay(NAME, "Dann", TOMORROW), room.admin)
    assert [one.from_day for one in room.state.settings] == [TODAY, TOMORROW]

    assert room.does(back(NAME, TOMORROW), room.admin) == ["setting_taken_back"]
    assert name(room) == "Erst"

    room.does(lay(NAME, "Dann", TOMORROW), room.admin)
    next_day(room)
    assert [(one.value, one.on) for one in room.state.settings] == [('"Dann"', True)]


def test_a_setting_of_the_same_day_replaces_the_one_before(room: Room) -> None:
    before = name(room)
    for text in ("Eins", "Zwei"):
        room.does(lay(NAME, text), room.admin)
        room.does(lay("services.reg.target_minutes", 7, TOMORROW), room.admin)

    assert [(one.value, one.file) for one in room.state.settings if one.path == NAME] == [('"Zwei"', dumps(before))]
    assert len(room.state.settings) == 2


def test_a_daily_limit_counts_for_this_day_too_and_a_dated_one_from_its_morning(room: Room) -> None:
    assert room.does(lay("services.pass.daily_limit", 1), room.admin) == [*SET, "service_limited"]
    room.ticket("pass", by=room.kiosk)
    assert room.code(c.IssueTicket(services=("pass",)), room.kiosk) == "limit_reached"

    room.does(lay("services.pass.daily_limit", 2, TOMORROW), room.admin)
    next_day(room)
    assert room.state.services["pass"].limit == 2
    room.does(back("services.pass.daily_limit"), room.admin)
    assert room.state.services["pass"].limit is None


def test_a_counter_that_serves_keeps_its_ticket(room: Room) -> None:
    """A setting follows the rules of a changed file: who is open keeps what they do, who opens takes the new services."""
    room.open("1").ticket("pass")
    held = room.serve("1")

    room.does(lay("counters.1.services", ["reg"]), room.admin)
    room.does(lay("counters.1.label", "Platz 1"), room.admin)

    assert room.state.counters["1"].ticket == held
    assert room.state.places["1"].label == "Platz 1"
    room.finish("1")
    room.does(c.CloseCounter(counter="1"))
    assert room.state.counters["1"].services == ("reg",)


def test_the_services_a_counter_opens_with_from_tomorrow_are_there_in_the_morning(room: Room) -> None:
    room.does(lay("counters.1.services", ["reg"], TOMORROW), room.admin)
    next_day(room)

    assert room.state.counters["1"].services == ("reg",)


def test_names_of_things_that_a_later_file_drops_lie_idle(room: Room) -> None:
    room.does(lay("counters.1.services", ["reg"]), room.admin)
    counters = tuple(replace(one, services=("pass",), skills=("pass",)) for one in small_office().counters)

    another_file(room, counters=counters)

    assert [one.on for one in room.state.settings] == [False]
    assert room.state.office.counters == counters


def test_special_days_hours_and_texts_are_set(room: Room) -> None:
    room.does(lay("hours.days.2026-12-31", [["08:00", "12:00"]]), room.admin)
    room.does(lay("hours.mon", []), room.admin)
    room.does(lay("holidays.dates", ["2026-12-25"]), room.admin)
    room.does(lay("ticket.de", "Danke"), room.admin)
    room.does(lay("texts.call.de", "{number}, {place}"), room.admin)
    room.does(lay("services.pass.papers.en", ["passport"]), room.admin)

    office = room.state.office
    assert office.hours.days["2026-12-31"] == (("08:00", "12:00"),)
    assert office.hours.week["mon"] == ()
    assert office.holidays == ("2026-12-25",)
    assert (office.ticket["de"], office.texts["call"]["de"]) == ("Danke", "{number}, {place}")
    assert room.state.plans["pass"].papers["en"] == ("passport",)


@pytest.mark.parametrize(
    ("field", "command"),
    [
        ("path", lay("services.pass.letter", "X")),
        ("path", lay("printers.paper.address", "tcp://10.0.0.1:9100")),
        ("path", lay("hours.mon.8", [])),
        ("path", lay("hours.days.morgen", [])),
        ("path", lay("services.nothing.names.de", "X")),
        ("path", lay(NAME, 5)),
        ("path", lay("counters.1.services", ["nothing"])),
        ("path", lay("counters.1.services", [])),
        ("path", c.LaySetting(path=NAME, value="no JSON", from_day=TODAY)),
        ("from_day", lay(NAME, "X", YESTERDAY)),
        ("from_day", lay(NAME, "X", "2026-02-30")),
        ("from_day", lay(NAME, "X", "20261124")),
        ("from_day", lay(NAME, "X", "2030-01-01")),
        ("value", lay(NAME, "X" * 5_000)),
    ],
)
def test_what_cannot_be_set_is_refused_by_its_field_and_changes_nothing(
    room: Room, field: str, command: c.LaySetting
) -> None:
    before = freeze(room.state)
    refusal = room.refuses(command, room.admin)

    assert (refusal.code, [fault.field for fault in refusal.errors]) == ("invalid", [field])
    assert freeze(room.state) == before


@pytest.mark.parametrize("role", ["supervisor", "clerk", "desk", "kiosk", "observer", "system", "admin"])
def test_only_administrators_may(room: Room, role: Role) -> None:
    actor = replace(room.admin, role=role)
    wanted = "done" if role in ("admin", "system") else "not_allowed"

    for command in (lay(NAME, "X"), back(NAME)):
        answer = room.press(command, actor)
        assert (answer.code if not isinstance(answer, list) else "done") == wanted


def test_their_number_has_a_bound(make_room: Make) -> None:
    room = make_room()
    for number in range(MOST_SETTINGS):
        room.does(lay(f"hours.days.2027-{1 + number // 28:02}-{1 + number % 28:02}", []), room.admin)

    assert room.code(lay("hours.mon", []), room.admin) == "too_many"


def test_nothing_is_set_before_there_is_an_office(room: Room) -> None:
    room.state = State()

    assert room.code(lay(NAME, "X"), room.admin) == "starting"


def test_a_snapshot_and_the_newest_day_know_them(room: Room) -> None:
    room.does(lay(NAME, "Ausweise"), room.admin)
    room.does(lay("hours.mon", [], "2026-11-30"), room.admin)
    next_day(room)

    thawed = thaw(freeze(room.state))
    assert thawed is not None
    assert (thawed.office, thawed.settings) == (room.state.office, room.state.settings)
    again = State()
    start = max(at for at, (_, _, event) in enumerate(room.entries) if type(event).__name__ == "DayOpened")
    for seq, mark, event in room.entries[start:]:
        evolve(again, event, seq, mark)
    assert (again.office, again.settings) == (room.state.office, room.state.settings)


def test_a_row_without_any_name_keeps_its_empty_table(room: Room) -> None:
    """Taking back removes what was set, and no more than that."""
    nameless = tuple(replace(one, names={}) if one.id == "pass" else one for one in small_office().services)
    another_file(room, services=nameless)

    room.does(lay(NAME, "Ausweise"), room.admin)
    room.does(back(NAME), room.admin)

    assert room.state.plans["pass"].names == {}
    assert said(room.state.office, "office.name") is None


PATHS: dict[str, Any] = {
    NAME: st.text(max_size=10),
    "services.reg.names.en": st.text(max_size=10),
    "services.pass.daily_limit": st.none() | st.integers(0, 99),
    "services.reg.papers.de": st.lists(st.text(max_size=5), max_size=3),
    "services.gone.names.de": st.text(max_size=5),
    "counters.1.services": st.lists(st.sampled_from(["pass", "reg", "nothing"]), max_size=3, unique=True),
    "counters.1.way.en": st.text(max_size=5),
    "displays.hall.zones": st.just(["up"]),
    "hours.mon": st.just([["08:00", "09:00"]]) | st.just([]),
    "hours.days.2026-12-24": st.just([]),
    "holidays.dates": st.just(["2026-12-25"]),
    "policy.close_intake": st.sampled_from(["auto", "by_hand", "wrong"]),
    "ticket.de": st.text(max_size=5) | st.integers(),
    "texts.call.de": st.text(max_size=5),
}
some_settings = st.lists(
    st.sampled_from(sorted(PATHS)).flatmap(
        lambda path: st.builds(
            lambda value, day, at: LaidSetting(
                path=path, value=dumps(value), from_day=f"2026-11-2{day}", at=at, by="x"
            ),
            PATHS[path],
            st.integers(0, 9),
            st.integers(0, 3),
        )
    ),
    max_size=12,
)


@given(some_settings)
def test_laying_and_taking_back_gives_the_file_again(settings: list[LaidSetting]) -> None:
    file: Office = small_office()

    found = laid(file, settings, "2026-11-25")

    assert plain(found.office, found.settings) == file
    assert laid(file, found.settings, "2026-11-25") == found
    for one in found.settings:
        if one.on:
            assert loads(said(found.office, one.path) or "") == loads(one.value)
    assert all(one.from_day <= "2026-11-25" for one in found.settings if one.on)
