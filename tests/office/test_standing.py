"""What an office does by itself because its file says so, and that a supervisor's word holds for the rest of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from server.messages import boards as b
from server.messages import commands as c
from server.messages.instants import HOUR
from server.messages.office import MOST_RULES, Rule
from server.office.boards import Sight, board
from server.office.snapshot import freeze, thaw
from server.office.standing import watches, wishes
from server.office.waits import Drawn, Waits

if TYPE_CHECKING:
    from tests.office.room import Make, Room

LATE = Waits(known=True, reached={"pass": "no", "reg": "likely", "car": "yes"})
PASS = {"close_intake:pass": c.CloseIntake(service="pass")}


def closed(room: Room) -> list[str]:
    """Presses what is wished for, as the server does after some minutes. Returns the closed services."""
    for name, command in wishes(room.state, LATE, room.now).items():
        room.does(command, room.system, key=f"standing:{name}:{room.now}")
    return [one.id for one in room.state.services.values() if one.closed]


def test_a_service_not_reached_today_is_closed_only_if_the_file_says_so(make_room: Make) -> None:
    by_hand, auto = make_room().open("1"), make_room(close_intake="auto").open("1")
    assert (watches(by_hand.state), watches(auto.state)) == (False, True)
    assert wishes(by_hand.state, LATE, by_hand.now) == {}
    assert by_hand.does(PASS["close_intake:pass"], by_hand.system) == []
    assert wishes(auto.state, LATE, auto.now) == PASS
    assert wishes(auto.state, Waits(), auto.now) == {}

    assert closed(auto) == ["pass"]

    assert auto.entries[-1][2].by == "rule:close_intake"
    refused = auto.refuses(c.IssueTicket(services=("pass",)), auto.kiosk)
    assert (refused.code, refused.more["reason"]) == ("service_closed", "not_today")
    assert auto.does(PASS["close_intake:pass"], auto.system) == []  # another node asks too
    assert auto.code(PASS["close_intake:pass"], auto.supervisor) == "not_allowed"
    auto.does(c.CloseDay(), auto.supervisor)
    assert auto.does(PASS["close_intake:pass"], auto.system) == []  # it was late: the day is closed by now


def test_what_a_supervisor_takes_back_is_not_closed_again_that_day(make_room: Make) -> None:
    room = make_room(close_intake="auto").open("1")
    closed(room)
    shown = board(room.state, "supervisor", "", room.now)
    assert isinstance(shown, b.Supervisor)
    (row,) = shown.shift_book
    assert (row.by, row.type, row.reason, row.open) == ("rule:close_intake", "service_closed", "not_today", True)

    room.does(c.RevertMoves(key=row.key), room.supervisor)

    assert closed(room) == []
    kept = thaw(freeze(room.state))
    assert kept is not None
    assert kept.quiet == room.state.quiet == ("close_intake:pass",)
    room.does(c.CloseDay(), room.supervisor)
    assert wishes(room.state, LATE, room.now) == {}
    room.does(c.OpenDay(), room.supervisor)
    assert closed(room) == []
    room.sleep(24 * HOUR).tick()
    assert closed(room) == []  # nobody is there yet
    room.open("1")
    assert closed(room) == ["pass"]


def test_what_can_be_reached_again_opens_again(make_room: Make) -> None:
    """One more counter, or fewer people: a service that was closed for that reason alone opens again, and no other."""
    room = make_room(close_intake="auto").open("1")
    closed(room)
    room.does(c.CloseService(service="reg", reason="not here"), room.supervisor)
    fine = Waits(known=True, reached={"pass": "yes", "reg": "yes", "car": "yes"})
    again = c.CloseIntake(service="pass", open=True)
    assert wishes(room.state, Waits(known=True, reached={"pass": "likely"}), room.now) == {}
    assert wishes(room.state, fine, room.now) == {"end:close_intake:pass": again}

    assert room.does(again, room.system) == ["service_opened"]

    assert [one.id for one in room.state.services.values() if one.closed] == ["reg"]
    assert room.entries[-1][2].by == "rule:close_intake"
    assert room.does(again, room.system) == []  # another node asks too
    assert closed(room) == ["pass", "reg"]  # it may be late again


def test_a_service_that_a_supervisor_opens_again_stays_open_that_day(make_room: Make) -> None:
    room = make_room(close_intake="auto").open("1")
    closed(room)
    room.does(c.OpenService(service="pass"), room.supervisor)
    assert closed(room) == []
    room.does(c.CloseService(service="pass", reason="voll"), room.supervisor)
    room.does(c.OpenService(service="pass"), room.supervisor)

    assert room.state.quiet == ("close_intake:pass",)
    assert room.refold().quiet == room.state.quiet


def test_a_service_is_left_alone_outside_its_hours_and_when_the_file_names_it_no_more(make_room: Make) -> None:
    room = make_room(close_intake="auto")
    room.sleep(10 * HOUR)
    assert wishes(room.state, LATE, room.now) == {}

    assert room.does(c.CloseIntake(service="gone"), room.system) == []


def test_walls_say_that_a_ticket_is_probably_not_reached_today(room: Room) -> None:
    room.open("1")
    shown = board(room.state, "display", "hall", room.now, Sight(waits=LATE))

    assert isinstance(shown, b.Display)
    said = {one.service: one.reachable_today for one in shown.waiting}
    assert (said["pass"], said["reg"], said["car"]) == ("no", "likely", None)


def test_what_was_taken_back_twice_is_named_once(make_room: Make) -> None:
    room = make_room(close_intake="auto").open("1")
    closed(room)
    key = next(iter(room.state.book))
    room.does(c.OpenService(service="pass"), room.supervisor)
    assert room.code(c.RevertMoves(key=key), room.supervisor) == "nothing_to_undo"
    office = replace(room.state.office, revision=2, policy=replace(room.state.office.policy, close_intake="by_hand"))
    room.does(c.ConfigureOffice(office=office), room.system, key="office:2")

    assert not watches(room.state)


# standing rules

AUTO = Rule(id="car-help", service="car", over_minutes=40, under_minutes=20, counters=("1", "2", "3", "4"), on=True)


def waits(minutes: int) -> Waits:
    shown = b.Expected(low=minutes, median=minutes, high=minutes, at="", learning=False)
    return Waits(known=True, drawn={("car", "walk_in"): Drawn(shown=shown, low=minutes, high=minutes)})


def lasts(room: Room, minutes: int) -> list[str]:
    """Presses what is wished for once the wait has been this long for some minutes. Returns the counters that give `car`."""
    for name, command in wishes(room.state, waits(minutes), room.now).items():
        room.does(command, room.system, key=f"standing:{name}:{room.now}")
        room.sleep(1_000)
    return [one.id for one in room.state.counters.values() if "car" in one.services]


def lines(room: Room) -> b.RuleLine:
    shown = board(room.state, "supervisor", "", room.now)
    assert isinstance(shown, b.Supervisor)
    (line,) = shown.rules
    return line


@pytest.fixture
def ruled(make_room: Make) -> Room:
    room = make_room(rules=(replace(AUTO, counters=("1", "2", "3")),))
    return room.open("1", "3")


def test_counters_help_while_the_wait_is_long_and_stop_when_it_is_short_again(ruled: Room) -> None:
    room = ruled
    assert watches(room.state)
    assert lasts(room, 40) == ["3"]

    assert lasts(room, 41) == ["1", "3"]

    assert room.at("1").services == ("pass", "reg", "car")
    given = room.at("1").assignment
    assert given is not None
    assert (given.by, given.reason) == ("rule:car-help", "car-help")
    line = lines(room)
    assert (line.on, line.acting, line.take, line.quiet) == (True, True, ("car",), False)
    shown = board(room.state, "supervisor", "", room.now)
    assert isinstance(shown, b.Supervisor)
    row = shown.shift_book[0]
    assert (row.by, row.key, row.reason, row.open) == ("rule:car-help", line.key, "car-help", True)
    assert lasts(room, 60) == lasts(room, 20) == ["1", "3"]
    assert room.does(c.ActOnRule(rule="car-help", act=True), room.system) == []

    assert lasts(room, 19) == ["3"]

    assert not lines(room).acting
    assert room.state.quiet == ()
    assert room.does(c.ActOnRule(rule="car-help", act=False), room.system) == []
    assert lasts(room, 41) == ["1", "3"]
    room.after(2 * HOUR)
    assert room.at("1").services == ("pass", "reg")


def test_a_rule_that_a_supervisor_took_back_is_quiet_that_day_unless_it_is_switched_on_again(ruled: Room) -> None:
    room = ruled
    lasts(room, 50)
    key = lines(room).key
    assert key is not None
    room.does(c.RevertMoves(key=key), room.supervisor)
    assert (lines(room).quiet, lasts(room, 50)) == (True, ["3"])
    assert room.does(c.ActOnRule(rule="car-help", act=True), room.system) == []

    assert room.does(c.SetRule(rule="car-help", on=True), room.supervisor) == ["rule_set"]

    assert lasts(room, 50) == ["1", "3"]
    assert room.does(c.SetRule(rule="car-help", on=True), room.supervisor) == []
    assert room.does(c.SetRule(rule="car-help", on=False), room.supervisor) == ["moves_reverted", "rule_set"]
    assert (lines(room).on, lasts(room, 50), watches(room.state)) == (False, ["3"], False)
    assert room.does(c.ActOnRule(rule="car-help", act=True), room.system) == []
    assert room.does(c.ActOnRule(rule="gone", act=True), room.system) == []
    assert room.code(c.SetRule(rule="gone", on=True), room.supervisor) == "invalid"
    room.does(c.CloseDay(), room.supervisor)
    room.sleep(24 * HOUR).does(c.OpenDay(), room.supervisor)
    assert not lines(room).on
    kept = thaw(freeze(room.state))
    assert kept is not None
    assert kept.switched == room.refold().switched == {"car-help": False}


def test_a_rule_acts_only_where_it_changes_something_and_its_wait_is_known(make_room: Make) -> None:
    room = make_room(rules=(replace(AUTO, counters=("3", "2")), replace(AUTO, id="gone", service="none")))
    room.open("3")
    assert wishes(room.state, waits(90), room.now) == {}
    assert wishes(room.state, Waits(), room.now) == {}
    room.open("2")
    room.ticket("car")
    assert wishes(room.state, Waits(), room.now) == {}

    assert room.does(c.ActOnRule(rule="car-help", act=True), room.system) == []


def test_after_a_new_office_file_a_rule_goes_on_with_the_counters_that_still_can(make_room: Make) -> None:
    room = make_room(rules=(replace(AUTO, counters=("1", "2", "3")),)).open("1", "2")
    file = room.state.office
    services = tuple(replace(one, retired=one.id == "reg") for one in file.services)
    one, two, *others = file.counters
    counters = (replace(one, skills=("pass", "car")), replace(two, skills=("pass",)), *others)
    file = replace(file, revision=2, services=services, counters=counters)
    room.does(c.ConfigureOffice(office=file), room.system, key="office:2")

    assert lasts(room, 50) == ["1", "3"]

    assert room.at("1").services == ("pass", "car")
    nothing = replace(file, revision=3, services=tuple(replace(one, retired=one.id == "car") for one in file.services))
    room.does(c.ConfigureOffice(office=nothing), room.system, key="office:3")
    assert wishes(room.state, waits(0), room.now).keys() == {"end:rule:car-help"}
    room.does(c.ActOnRule(rule="car-help", act=False), room.system)
    assert wishes(room.state, waits(50), room.now) == {}


# rules written on the table

SAYS = c.RuleText(service="car", over_minutes=40, under_minutes=20, counters=("1", "1"), take=("car",))


def of_table(room: Room) -> list[tuple[str, bool, bool]]:
    shown = board(room.state, "supervisor", "", room.now)
    assert isinstance(shown, b.Supervisor)
    return [(one.id, one.on, one.written) for one in shown.rules]


def test_a_rule_is_written_on_the_table_acts_in_its_name_and_lives_on_over_night(make_room: Make) -> None:
    room = make_room(rules=()).open("1", "3")
    assert room.does(c.SetRule(rule="car-full", on=True, says=SAYS), room.supervisor) == ["rule_set"]
    assert of_table(room) == [("car-full", True, True)]
    assert lasts(room, 41) == ["1", "3"]
    given = room.at("1").assignment
    assert given is not None
    assert given.by == "rule:car-full"

    assert room.does(c.SetRule(rule="car-full", on=True, says=SAYS), room.supervisor) == []

    assert lasts(room, 41) == ["1", "3"]
    later = replace(SAYS, over_minutes=50)
    assert room.does(c.SetRule(rule="car-full", on=True, says=later), room.supervisor) == ["moves_reverted", "rule_set"]
    assert lasts(room, 41) == ["3"]
    room.does(c.CloseDay(), room.supervisor)
    room.sleep(24 * HOUR).does(c.OpenDay(), room.supervisor)
    kept = thaw(freeze(room.state))
    assert kept is not None
    assert kept.written == room.refold().written == room.state.written != {}
    room.does(c.SetRule(rule="car-full", on=False, remove=True), room.supervisor)
    assert (of_table(room), room.refold().written, watches(room.state)) == ([], {}, False)


def test_a_rule_that_could_not_work_is_refused_with_the_field(make_room: Make) -> None:
    room = make_room()

    def asked(name: str = "car-full", *, remove: bool = False, **changes: object) -> str:
        says = replace(SAYS, **changes)
        return room.code(c.SetRule(rule=name, on=True, says=says, remove=remove), room.supervisor)

    assert asked("car-help") == asked(under_minutes=40) == asked(remove=True) == "invalid"
    assert room.code(c.SetRule(rule="car-help", on=False, remove=True), room.supervisor) == "invalid"
    assert (asked(service="none"), asked(take=("none",))) == ("unknown_service", "unknown_service")
    assert (asked(counters=("none",)), asked(counters=("2",))) == ("unknown_counter", "cannot_serve")
    for at in range(MOST_RULES - 1):
        room.does(c.SetRule(rule=f"rule-{at}", on=False, says=SAYS), room.supervisor)
    assert asked() == "invalid"
    assert room.does(c.SetRule(rule="rule-3", on=True, says=SAYS), room.supervisor) == ["rule_set"]


def test_a_rule_of_the_office_file_goes_before_one_of_the_same_name(make_room: Make) -> None:
    room = make_room(rules=())
    room.does(c.SetRule(rule="car-help", on=True, says=SAYS), room.supervisor)
    office = replace(room.state.office, revision=2, rules=(replace(AUTO, counters=("3",)),))
    room.does(c.ConfigureOffice(office=office), room.system, key="office:2")

    assert of_table(room) == [("car-help", True, False)]
