"""What the loader makes of a file: the samples, the defaults, units, and the way through JSON and back."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from config.loader import Reading, load, read
from config.office_files import samples
from server.messages.office import Office, Preset

ReadText = Callable[[str], Reading]


def sample(name: str) -> Office:
    return load(next(file for file in samples() if file.stem == name))


def test_the_small_office_is_read_in_full(small: str, read_text: ReadText) -> None:
    office = read_text(small).office

    assert office is not None
    assert (office.id, office.name, office.time_zone, office.languages) == (
        "test",
        "Test",
        "Europe/Berlin",
        ("de", "en"),
    )
    assert office.hours.week == {"mon": (("08:00", "12:00"), ("13:00", "18:00"))}
    assert office.hours.days == {"2026-12-24": ()}
    assert office.services[0].minutes == 12.0
    assert office.stations[0].limit == 900
    assert office.policy.presets == {"eilig": Preset(ageing=(1, 2, 3), credit=(0, 30, 60))}
    assert office.calls.recall_pause == 300
    assert office.holidays == ("2026-12-25",)
    assert office.ticket == {"de": "Guten Tag"}


def test_a_roster_says_who_is_on_duty_and_where_that_stands(small: str, read_text: ReadText) -> None:
    week = '[roster.mon]\n1 = { open = ["08:00-12:00"], breaks = ["10:00-10:15"] }\n2 = ["09:00-11:00"]\n'
    reading = read_text(f"{small}\n{week}[roster.days]\n2026-12-24 = {{}}\n")

    assert reading.office is not None
    assert (reading.faults, reading.office.roster.days) == ((), {"2026-12-24": ()})
    assert [(one.counter, one.from_, one.to, one.kind) for one in reading.office.roster.week["mon"]] == [
        ("1", "08:00", "12:00", "open"),
        ("1", "10:00", "10:15", "break"),
        ("2", "09:00", "11:00", "open"),
    ]
    assert [(one.key, one.value) for one in reading.sources if one.key.startswith("roster.mon.")] == [
        ("roster.mon.1", ("08:00-12:00",)),
        ("roster.mon.1.breaks", ("10:00-10:15",)),
        ("roster.mon.2", ("09:00-11:00",)),
    ]


def test_skills_are_the_services_where_none_are_named(small: str, read_text: ReadText) -> None:
    office = read_text(small.replace('skills = ["ausweis", "kfz"]\n', "")).office

    assert office is not None
    assert office.counters[0].skills == office.counters[0].services == ("ausweis",)
    assert office.counters[1].skills == office.counters[1].services == ("ausweis", "kfz")


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("90", 90), ('"90s"', 90), ('"90 s"', 90), ('"5min"', 300), ('"1.5min"', 90), ('"1h"', 3600)],
)
def test_durations_in_seconds_or_with_a_unit(small: str, read_text: ReadText, written: str, seconds: int) -> None:
    office = read_text(small.replace('recall_pause = "5min"', f"recall_pause = {written}")).office

    assert office is not None
    assert office.calls.recall_pause == seconds


@pytest.mark.parametrize(("written", "minutes"), [("12", 12.0), ("7.5", 7.5), ('"90s"', 1.5), ('"2h"', 120.0)])
def test_minutes_take_units_too(small: str, read_text: ReadText, written: str, minutes: float) -> None:
    office = read_text(small.replace("minutes = 12", f"minutes = {written}")).office

    assert office is not None
    assert office.services[0].minutes == minutes


def test_dates_may_be_written_without_quotes(small: str, read_text: ReadText) -> None:
    text = small.replace('dates = ["2026-12-25"]', "dates = [2026-12-25]").replace('"2026-12-24"', "2026-12-24")

    office = read_text(text).office

    assert office is not None
    assert office.holidays == ("2026-12-25",)
    assert list(office.hours.days) == ["2026-12-24"]


def test_a_service_may_have_hours_of_its_own(small: str, read_text: ReadText) -> None:
    office = read_text(small.replace("minutes = 12", 'hours.thu = ["13:00-18:00"]')).office

    assert office is not None
    assert office.services[0].hours is not None
    assert office.services[0].hours.week == {"thu": (("13:00", "18:00"),)}
    assert office.services[1].hours is None


@pytest.mark.parametrize("file", samples(), ids=lambda file: file.stem)
def test_samples_have_neither_fault_nor_warning(file: Path) -> None:
    reading = read(file)

    assert (reading.faults, reading.warnings) == ((), ())
    assert reading.office is not None
    assert reading.office.id == file.stem


@pytest.mark.parametrize("file", samples(), ids=lambda file: file.stem)
def test_an_office_survives_the_way_through_json(file: Path) -> None:
    office = load(file)

    assert msgspec.json.decode(msgspec.json.encode(office), type=Office) == office


def test_mitte_is_what_the_contract_says() -> None:
    mitte = sample("mitte")

    assert [counter.id for counter in mitte.counters] == ["1", "2", "3", "4", "5", "6", "7", "8"]
    assert [counter.label for counter in mitte.counters][:2] == ["Schalter 1", "Schalter 2"]
    assert mitte.counters[0].way == {"de": "links, 1. Tür", "en": "left, 1st door"}
    assert (len(mitte.services), len(mitte.zones)) == (5, 2)
    assert all(service.daily_limit is None and service.papers for service in mitte.services)
    hall = mitte.displays[0]
    assert (hall.id, hall.zones, hall.public, hall.languages[0]) == ("hall", ("hall", "upstairs"), True, "de")
    first = mitte.counters[0].services[0]
    assert sum(first in counter.services for counter in mitte.counters) >= 2
    assert mitte.policy.arrival == "pressed"
    assert (mitte.kiosks[0].id, mitte.kiosks[0].printer) == ("entrance", "entrance")
    assert mitte.languages == ("de", "en", "tr", "uk", "ar", "ru", "fr", "pl", "de-simple")
    assert {feature for counter in mitte.counters for feature in counter.features} == {
        "step_free",
        "hearing_loop",
        "more_room",
    }


def test_mitte_is_open_whenever_a_newcomer_tries_it() -> None:
    assert list(sample("mitte").hours.week.values()) == [(("00:00", "24:00"),)] * 7


def test_mitte_can_serve_a_wheelchair_user_for_every_service() -> None:
    mitte = sample("mitte")

    step_free = {s for c in mitte.counters if "step_free" in c.features for s in c.services}

    assert step_free == {service.id for service in mitte.services}


def test_the_smallest_office_gets_everything_else_by_itself() -> None:
    rathaus = sample("rathaus")

    assert len(rathaus.counters) == 1
    assert rathaus.counters[0].label == "Schalter 1"
    assert rathaus.counters[0].services == ("buerger",)
    assert rathaus.counters[0].zone == rathaus.zones[0].id == "hall"
    assert (rathaus.displays[0].zones, rathaus.displays[0].public) == (("hall",), True)
    assert (rathaus.kiosks[0].id, rathaus.kiosks[0].printer) == ("entrance", None)
    assert len(rathaus.hours.week) == 7


def test_single_days_alone_leave_the_week_open(small: str, read_text: ReadText) -> None:
    office = read_text(small.replace('mon = ["08:00-12:00", "13:00-18:00"]\n', "")).office

    assert office is not None
    assert list(office.hours.week.values()) == [(("00:00", "24:00"),)] * 7
    assert office.hours.days == {"2026-12-24": ()}


def test_a_lone_printer_serves_the_kiosk_nobody_described(read_text: ReadText, small: str) -> None:
    start = small.index("[[kiosks]]")
    text = small[:start] + small[small.index("[policy]") :]

    office = read_text(text).office

    assert office is not None
    assert office.kiosks[0].printer == "entrance"


def test_an_empty_list_means_none(read_text: ReadText, small: str) -> None:
    start = small.index("[[kiosks]]")
    text = "kiosks = []\n" + small[:start] + small[small.index("[policy]") :]

    office = read_text(text).office

    assert office is not None
    assert office.kiosks == ()


def test_the_suitcase_needs_no_network_but_its_own() -> None:
    koffer = sample("koffer")

    assert (len(koffer.counters), len(koffer.printers), len(koffer.displays), len(koffer.zones)) == (2, 1, 1, 1)
    assert koffer.languages[0] == "de"
    assert {"uk", "ar", "tr"} <= {language for counter in koffer.counters for language in counter.languages}
    assert all(service.online_url is None for service in koffer.services)
