"""Every key of the office file has an effect: two offices whose files differ only in it differ in what people see or hear.

Keys of `calls` and of `policy` are tried over random lives too (`test_differences.py`). A key that has no effect yet is
named, and must then really have none.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from config.effects import WITHOUT_EFFECT
from server.messages import commands as c
from server.messages.actor import Actor
from server.messages.facts import Duty
from server.messages.instants import MINUTE, SECOND
from server.messages.office import Colours, Hours, Named, Preset, Release, WalkIns
from tests.office.outcome import Played, answered, foreseen, outcome, shown
from tests.office.room import instant
from tests.office.scenes import stage
from tests.office.test_differences import CHANGED
from tests.rules.test_effects import file_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from server.messages.office import Office

FILE = "tests/office/test_file_differences.py"
ROOT = Path(__file__).parents[2]
COLOURS = Colours.__struct_fields__
DAY = "2026-11-23"
EARLY = (("08:00", "09:30"),)
DUTY = (Duty(counter="1", from_="09:30", to="18:00"),)
ODD = Preset(ageing=(1, 1, 1), credit=(0, 0, 0))
ELSEWHERE = {
    "calls.repeat_after": "tests/office/test_voices_board.py::test_a_call_that_nobody_answers_is_said_once_more",
    "zones.gong_file": "tests/office/test_voices_board.py::test_a_gong_of_the_offices_own_is_asked_for_where_its_room_has_one",
    "displays.public": "tests/web/test_grid.py::test_a_public_display_is_for_everybody_a_private_one_is_not",
    "keeping.entries": "tests/contract/test_deletion.py::test_each_table_goes_by_its_own_days",
    "keeping.visits": "tests/contract/test_deletion.py::test_each_table_goes_by_its_own_days",
    "keeping.calls": "tests/contract/test_deletion.py::test_each_table_goes_by_its_own_days",
    "keeping.letters": "tests/letters/test_post.py::test_letters_are_deleted_after_their_days_and_name_nobody",
    "alerts.to": "tests/letters/test_post.py::test_each_alert_is_one_letter_and_its_end_another",
    "alerts.webhook": "tests/letters/test_post.py::test_each_alert_is_one_letter_and_its_end_another",
    "alerts.codes": "tests/letters/test_post.py::test_only_the_codes_that_the_office_names_are_told",
    "appointments.frames": "tests/web/test_embed.py::test_only_the_sites_of_the_office_file_may_frame_what_citizens_book_with",
    **dict.fromkeys(
        (f"calendars.{key}" for key in ("id", "names", "counters", "edition")),
        "tests/web/test_calendars.py::test_a_counter_group_subscribes_to_its_appointments",
    ),
    **dict.fromkeys(
        (f"webhooks.{key}" for key in ("id", "address", "events", "secret_file")),
        "tests/letters/test_hooks.py::test_a_receiver_reads_what_it_asked_for_in_the_order_of_the_log",
    ),
    **dict.fromkeys(
        (f"accessibility.{key}" for key in ("mail", "phone", "form", "enforcement")),
        "tests/web/test_statement.py::test_everybody_reads_what_is_missing_and_whom_to_tell",
    ),
    **dict.fromkeys(
        ("theme.walls", *(f"theme.{name}" for name in ("night", "paper")), *(f"theme.night.{key}" for key in COLOURS)),
        "tests/web/test_theme.py::test_the_colours_of_the_office_are_on_all_that_citizens_see",
    ),
    **dict.fromkeys(
        ("theme.logo", "theme.logo_text", "theme.logo_ground"),
        "tests/web/test_own_files.py::test_the_logo_is_on_both_walls_and_comes_from_this_server",
    ),
    **dict.fromkeys(
        (f"media.{key}" for key in ("id", "folder", "text", "displays", "seconds", "hours")),
        "tests/web/test_own_files.py::test_a_wall_gets_the_pictures_of_its_folders_at_their_time",
    ),
    "printers.spare": "tests/office/test_spare_printer.py::test_what_one_printer_could_not_print_comes_out_of_its_spare",
    "theme.ticket_logo": "tests/ticket_printer/test_ticket_logo.py::test_the_logo_of_the_file_is_at_the_top",
    "displays.door_code": "tests/web/test_draw.py::test_the_display_at_the_door_shows_the_code_and_no_other_does",
    "displays.continues": "tests/office/test_two_walls.py::test_lines_1_to_n_are_on_the_first_and_the_following_on_the_second",
    "policy.close_intake": "tests/office/test_standing.py::test_a_service_not_reached_today_is_closed_only_if_the_file_says_so",
    "policy.way_back": "tests/promises/test_shown.py::test_one_may_leave_for_what_nearly_all_wait_less_the_way_back",
    "voices": "tests/audio/test_announcement_files.py::test_every_voice_is_as_loud_as_the_others",
    "stations.limit": "tests/office/test_differences.py::test_a_returned_ticket_is_kept_for_its_counter_as_long_as_the_file_says",
    "appointments.mailbox": "tests/letters/test_visits.py::test_mail_comes_from_the_offices_mailbox_and_returns_to_it",
    "appointments.remind_hours": "tests/letters/test_visits.py::test_whoever_booked_early_is_reminded_as_the_file_says",
    "appointments.ask_mail": "tests/web/test_booking_by_mail.py::test_an_office_that_asks_for_no_mail_gets_none",
    "appointments.proof_of_work": "tests/web/test_robots.py::test_where_the_office_says_so_a_browser_works_first",
    "services.further_percent": "tests/forecast/test_several_of_one.py::test_each_further_one_takes_what_the_office_file_says",
    "appointments.shared_minutes": "tests/office/test_slots.py::test_how_long_a_visit_takes",
    "appointments.person_percent": "tests/office/test_slots.py::test_how_long_a_visit_takes",
    "appointments.overbook_percent": "tests/office/test_overbooking.py::test_as_many_more_are_sold_as_do_not_come",
    **{
        f"appointments.walk_ins.{key}": "tests/office/test_slots.py::test_what_is_kept_for_walk_ins"
        for key in ("percent", "begins", "ends", "services", "weekdays")
    },
    **{
        f"appointments.releases.{key}": "tests/office/test_slots.py::test_slots_are_released_little_by_little"
        for key in ("percent", "days", "at")
    },
    "policy.appointment_early": "tests/office/test_differences.py::test_who_came_early_is_called_as_early_as_the_file_says",
} | dict.fromkeys(CHANGED, "tests/office/test_differences.py::test_a_life_differs_by_this_key_alone")
"""Keys whose effect is in no pure board: the test that runs two values of them."""
WITHOUT = WITHOUT_EFFECT
FORESEEN = {"services.minutes", "roster.week", "roster.days"}
"""Keys whose effect is seen in the forecast alone."""


def of_zone(office: Office) -> Office:
    """Its zone has another id, wherever it is named."""

    def moved(zone: str) -> str:
        return "saal" if zone == "hall" else zone

    return replace(
        office,
        zones=tuple(replace(zone, id=moved(zone.id)) for zone in office.zones),
        counters=tuple(replace(one, zone=moved(one.zone)) for one in office.counters),
        stations=tuple(replace(one, zone=moved(one.zone)) for one in office.stations),
        displays=tuple(replace(one, zones=tuple(map(moved, one.zones))) for one in office.displays),
    )


def of_service(office: Office) -> Office:
    def moved(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple("passport" if name == "pass" else name for name in names)

    return replace(
        office,
        services=tuple(replace(one, id=moved((one.id,))[0]) for one in office.services),
        counters=tuple(replace(one, services=moved(one.services), skills=moved(one.skills)) for one in office.counters),
        kiosks=tuple(replace(one, services=moved(one.services)) for one in office.kiosks),
    )


OTHERS: dict[str, Any] = {
    "office.id": "other", "office.name": "Anderes Amt", "office.time_zone": "Asia/Tokyo", "office.languages": ("en", "de"),
    "office.revision": 9, "office.practice": True, "hours.week": {"mon": EARLY}, "hours.days": {DAY: EARLY}, "holidays": (DAY,),
    "public_holidays": (DAY,),
    "roster.week": {"mon": DUTY}, "roster.days": {DAY: DUTY},
    "services.id": of_service, "services.names": {"de": "Reisepass"}, "services.letter": "X", "services.hints": {"de": "Foto"},
    "services.first": 50, "services.last": 9, "services.minutes": 55.0, "services.target_minutes": 1,
    "services.daily_limit": 2, "services.papers": {"de": ("Geburtsurkunde",)}, "services.public_name": False,
    "services.back_office": True, "services.priority": True, "services.online_url": "https://amt.example",
    "services.pictogram": "id",
    "services.sign": {"de": "Papiere"}, "counters.sign": "Z 9", "stations.sign": "Foto", "zones.sign": {"de": "Saal"},
    "services.hours": Hours(week={"mon": EARLY}), "services.bookable": False, "services.retired": True,
    "counters.id": "9", "counters.label": "Zimmer 9", "counters.zone": "up", "counters.services": ("pass",),
    "counters.skills": ("pass", "reg"), "counters.way": {"de": "rechts"}, "counters.arrow": "up",
    "counters.languages": ("fr",), "counters.features": (), "counters.spoken": {"de": "Zimmer eins"}, "counters.retired": True,
    "stations.id": "automat", "stations.label": "Automat", "stations.zone": "up", "stations.services": ("pass",),
    "stations.way": {"de": "hinten"}, "stations.features": (), "stations.arrow": "left",
    "stations.spoken": {"de": "Kabine"},
    "zones.id": of_zone, "zones.names": {"de": "Saal"}, "zones.gong": "deep",
    "zones.quiet": Hours(week={"mon": EARLY}), "zones.volume": {"50": Hours(week={"mon": EARLY})},
    "counters.way_step_free": {"de": "Aufzug"}, "stations.way_step_free": {"de": "Aufzug"},
    "displays.id": "wand", "displays.name": "Wand", "displays.zones": ("up",), "displays.languages": ("en",),
    "displays.lines": 2, "displays.diagonal": 19.0, "displays.distance": 40.0, "displays.aspect": "4:3",
    "displays.wakes": "07:00", "displays.sleeps": "19:00", "displays.counter": "1",
    "kiosks.id": "tor", "kiosks.name": "Tor", "kiosks.printer": "back", "kiosks.services": ("reg",),
    "printers.id": "neu", "printers.name": "Neu", "printers.address": "tcp://10.0.0.9:9100", "printers.kind": "file",
    "printers.width_mm": 58, "printers.one_way": True, "printers.large_print": True,
    "appointments.every": 20, "appointments.walk_in_percent": 90, "appointments.desk_percent": 80,
    "appointments.walk_ins": (WalkIns(percent=100, begins="11:00"),), "appointments.releases": (Release(percent=10, days=1),),
    "policy.arrival_after": 6_000, "policy.appointment_before": 60,
    "policy.appointment_late": 60, "policy.no_show_after": 90_000, "policy.away_minutes": 1, "policy.presets": {"odd": ODD},
    "policy.presets.ageing": {"odd": replace(ODD, ageing=(1, 9, 1))},
    "policy.presets.credit": {"odd": replace(ODD, credit=(0, 400, 0))},
    "breaks.id": "pause", "breaks.names": {"de": "Kaffee"}, "reasons.id": "voll", "reasons.names": {"de": "Andrang"},
    "services.most": 4, "services.asks_persons": True,
    "occasions.id": "heirat", "occasions.names": {"de": "Heirat"}, "occasions.services": ("pass", "car"),
    "occasions.pictogram": "id",
    "profiles.id": "neu", "profiles.names": {"de": "Neu"}, "profiles.services": ("car",),
    "helpers.id": "springer", "helpers.names": {"de": "Springer"}, "helpers.counters": ("2",), "helpers.services": ("social",),
    "helpers.begins": "11:30", "helpers.ends": "12:00",
    "rules.id": "autos", "rules.service": "pass", "rules.over_minutes": 55, "rules.under_minutes": 5, "rules.counters": ("2",),
    "rules.take": ("car", "pass"), "rules.on": True,
    "situations.id": "feuer", "situations.names": {"de": "Feuer"}, "situations.reason": "full", "situations.services": ("car",),
    "situations.displays": {"de": "Raus"}, "situations.phones": {"de": "Raus"}, "situations.counters": {"de": "Raus"},
    "situations.speak": False,
    "ticket": {"de": "Bitte Platz nehmen"}, "texts": {"call": {"de": "{number} nach {place}"}},
}  # fmt: skip
"""Another value of each key; of a list of tables, its first. A function edits the whole file."""
BEFORE: dict[str, dict[str, Any]] = {
    "policy.arrival_after": {"arrival": "assumed"},
    "policy.presets.ageing": {"preset": "odd", "presets": {"odd": ODD}},
    "policy.presets.credit": {"preset": "odd", "presets": {"odd": ODD}},
}
"""What the policy of both offices must say, so that a key has an effect."""


def written(key: str) -> Office:
    made = stage.office()
    services = (replace(made.services[0], hours=None), *made.services[1:])
    stations = (replace(made.stations[0], features=("step_free",)), *made.stations[1:])
    reasons = (Named(id="rush", names={"de": "Voll"}),)
    policy = replace(made.policy, **BEFORE.get(key, {}))
    return replace(made, services=services, stations=stations, reasons=reasons, policy=policy)


def changed(key: str, value: Any) -> Office:
    """The file with another value of this key, as it is in the file of the office before."""
    made = written(key)
    if callable(value):
        edited: Office = value(made)
        return edited
    table, name = key.split(".")[0], key.split(".")[1:2]
    if not name:
        return replace(made, **{table: value})
    if table == "office":
        return replace(made, **{name[0]: value})
    part = getattr(made, table)
    if not isinstance(part, tuple):
        return replace(made, **{table: replace(part, **{name[0]: value})})
    assert part, (
        f"tests/office/room.py: give the office of the tests one of {table}, so that {key} can have another value"
    )
    return replace(made, **{table: (replace(part[0], **{name[0]: value}), *part[1:])})


def lived(key: str, office: Office) -> Iterator[Any]:
    room = Played(office).begin(office)
    yield [*_morning(room)]
    if key == "office.revision":
        answered(room, c.ConfigureOffice(office=replace(written(key), name="Neu", revision=5)), room.system)
    yield foreseen(room) if key in FORESEEN else None
    if key not in FORESEEN:
        yield from outcome(room)
        yield from _late(room)


def _late(room: Played) -> Iterator[Any]:
    """Two check in after their slots, the later one first, and are called."""
    first, second = (c.BookAppointment(services=("pass",), start=instant(room.now + at * MINUTE)) for at in (4, 5))
    for book in (first, second):
        yield answered(room, book, room.booking)
    codes = [*room.state.codes]
    room.after(5 * MINUTE + 30 * SECOND)
    for code in codes[:-3:-1]:
        yield answered(room, c.CheckIn(code=code), room.kiosk)
    yield answered(room, c.CallNext(counter="1", finish_current=True), room.supervisor)


def _morning(room: Played) -> Iterator[Any]:
    """What people press under any file; some of it is refused under some."""
    ids: list[str] = []

    def press(command: c.Command, by: Actor) -> Any:
        answer = answered(room, command, by)
        ids.append(answer["ticket"]["id"] if isinstance(answer, dict) and answer.get("ticket") else "none")
        room.now += 1_000
        return answer

    for counter in room.state.office.counters:
        yield press(c.OpenCounter(counter=counter.id), room.supervisor)
    ids.clear()
    for services, more in (
        (("pass",), {"needs": ("step_free",)}),
        (("reg",), {"language": "tr"}),
        (("pass", "photo"), {"language": "fr"}),
        (("car",), {}),
        (("pass",), {"category": "priority"}),
        (("pass",), {}),
    ):
        yield press(c.IssueTicket(services=services, **more), room.desk)
    yield press(c.PauseTicket(ticket=ids[5]), room.desk)
    yield press(c.IssueTicket(services=("pass",), kiosk="entrance"), room.kiosk)
    yield press(c.CallTicket(counter="2", ticket=ids[0]), room.supervisor)
    yield press(c.StartService(counter="2"), room.supervisor)
    yield press(c.SendToStation(counter="2", station="booth"), room.supervisor)
    yield press(c.PauseCounter(counter="2", reason="lunch"), room.supervisor)
    yield press(c.CallNext(counter="1"), room.supervisor)
    for minutes in (4, 18, 30):
        start = instant(room.now + minutes * MINUTE)
        yield press(c.BookAppointment(services=("pass",), start=start), room.booking)
    yield press(c.CallHelper(helper="guide"), room.supervisor)
    yield press(c.CloseService(service="photo", reason="rush"), room.supervisor)
    for code in [*room.state.codes][:1]:
        yield press(c.CheckIn(code=code), room.kiosk)
    room.after(2 * MINUTE)
    for name in ("1", "3"):
        yield press(c.StartService(counter=name), room.supervisor)
        yield press(c.CallNext(counter=name, finish_current=True), room.supervisor)
    yield answered(room, c.CallHelper(helper="guide", counter="3"), room.supervisor)
    answered(room, c.StartSituation(situation="evacuation"), room.supervisor)
    started = room.last_key
    yield shown(room.state, room.now)
    answered(room, c.RevertMoves(key=started), room.supervisor)


@cache
def as_written(key: str) -> tuple[Any, ...]:
    return tuple(lived(key, written(key)))


@pytest.mark.parametrize("key", [key for key in file_rows() if key not in ELSEWHERE])
def test_two_values_of_a_key_make_two_offices(key: str) -> None:
    assert key in OTHERS, f"{FILE}: give {key} another value in OTHERS"
    before = as_written(key if key in {*BEFORE, *FORESEEN, "office.revision"} else "")
    differs = any(one != other for one, other in zip(lived(key, changed(key, OTHERS[key])), before, strict=False))

    if key in WITHOUT:
        assert not differs, f"{FILE}: {key} has an effect now: take it out of WITHOUT"
    else:
        assert differs, f"{FILE}: {key} changes nothing that people see; give it an effect, or name it in WITHOUT"


@pytest.mark.parametrize("where", sorted(set(ELSEWHERE.values())))
def test_what_is_tried_elsewhere_is_tried_there(where: str) -> None:
    file, _, name = where.partition("::")

    assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


def test_every_table_row_is_a_key() -> None:
    gone = sorted({*OTHERS, *ELSEWHERE} - {*file_rows()})

    assert not gone, f"{FILE}: {', '.join(gone)} is no key of the office file"
