"""Simulated days, written, read and replayed: forecasts compared with what happened, twice the same, better than a formula."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from config.loader import load
from config.office_files import find
from server.command_line import app
from server.forecast.model import cold
from server.messages.facts import Duty
from server.messages.instants import MINUTE
from server.messages.office import Hours, Office, Roster
from server.office import hours
from server.office.evolve import evolve
from server.office.state import State
from server.rehearsal.days import PLAIN, simulated
from server.rehearsal.judge import OUT, verdict
from server.rehearsal.relive import Day, date_of, office_of
from server.rehearsal.replay import jobs, promises_of, replay
from server.rehearsal.trace import Bad, FileNames, Planned, Row, read_duty, read_trace, write_duty, write_trace


@pytest.fixture(scope="module")
def office() -> Office:
    return load(find("rathaus"))


@pytest.fixture(scope="module")
def days(office: Office) -> tuple[list[Row], list[Planned]]:
    return simulated(office, 3, 5, PLAIN)


def test_days_are_written_and_read_as_they_are(days: tuple[list[Row], list[Planned]], tmp_path: Path) -> None:
    rows, duty = days
    write_trace(tmp_path / "t.csv", rows)
    write_duty(tmp_path / "d.csv", duty)

    assert read_trace(tmp_path / "t.csv") == rows
    assert read_duty(tmp_path / "d.csv") == duty
    assert {one.kind for one in rows} == {"walk_in", "priority", "appointment"}
    assert all(one.called is not None for one in rows if one.issued is not None), "everybody inside was called"


def test_one_day_is_promised_twice_the_same(office: Office, days: tuple[list[Row], list[Planned]]) -> None:
    rows, duty = days
    last = {one.day for one in rows[-1:]}
    today = [one for one in rows if one.day in last]
    earlier = [one for one in rows if one.day not in last]

    first = replay(jobs(today, duty, earlier, duty, office), 1)

    assert first == replay(jobs(today, duty, earlier, duty, office), 1)
    assert [one.ticket for one in first] == [one.ticket for one in today if one.kind != "appointment"]
    found = verdict(first)
    assert found is not None
    assert found.promised == 1.0
    assert found.error < found.position


def test_a_day_is_the_same_in_every_time_zone(office: Office, days: tuple[list[Row], list[Planned]]) -> None:
    """A trace counts from 08:00 of the office's own clock, in which its breaks are planned too."""
    rows, duty = days
    today = [one for one in rows if one.day == rows[0].day and (one.issued or 0) < 240]

    promises = [
        replay(jobs(today, duty, (), (), replace(office, time_zone=zone)), 1) for zone in ("UTC", "America/New_York")
    ]

    assert any(one.kind == "break" for one in duty)
    assert promises[0] == promises[1]


HEAD = "office,day,ticket,service,kind,slot_min,issued_min,called_min,ended_min,counter,absent_when_called\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,1,1,s,walk_in,,x,,,,0", "line 2: issued_min: 'x' is no number of minutes"),
        ("A,1,1,s,walk_in,,,,,,0", "line 2: issued_min: is empty"),
        ("A,1,1,s,guest,,1,,,,0", "line 2: kind: 'guest' is none of walk_in, priority, appointment"),
        ("A,1,1,s,appointment,,1,,,,0", "line 2: slot_min: an appointment has a slot"),
        ("A,1,1,s,walk_in,,5,4,,1,0", "line 2: called_min: is before the issue"),
        ("A,1,1,s,walk_in,,5,6,,,0", "line 2: counter: somebody was called by no counter"),
        ("A,1,1,s,walk_in,,5,6,5,1,0", "line 2: ended_min: is before the call"),
        ("A,1,1", "line 2: service: is missing, the row has too few columns"),
        ("A,1,1,s,walk_in,,5,6,7,1,0,x", "line 2: absent_when_called: more columns follow"),
        (
            "A,1,7,s,walk_in,,5,,,,0\nA,2,7,s,walk_in,,5,,,,0\nA,1,7,s,walk_in,,6,,,,0",
            "line 4: ticket: '7' stands in line 2 too",
        ),
        ("A,1,1,s,walk_in,,5,,6,,0", "line 2: ended_min: nobody was called"),
        (
            'A,1,1,s,walk_in,,5,,,,0\nA,1,2,"s,walk_in,,5,,,,0\nA,1,3,s,walk_in,,5,,,,0',
            "line 3: unexpected end of data",
        ),
        (
            'A,1,1,s,walk_in,,5,,,,0\nA,1,2,"s\nA,1,3,s",walk_in,,5,,,,0\nA,1,4,s,walk_in,,5,,,,0',
            "line 3: service: holds a line break; is a quote not closed?",
        ),
        ('A,1,1,"s"x,walk_in,,5,,,,0', "line 2: "),
        ("A,1,1,s,walk_in,,nan,,,,0", "line 2: issued_min: nan lies outside a day"),
    ],
)
def test_a_faulty_row_is_named_with_line_and_column(row: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEAD + row + "\n")

    with pytest.raises(Bad, match=said.replace("(", r"\(")):
        read_trace(tmp_path / "t.csv")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD.encode() + b'A,1,1,s,walk_in,,1,,,,0\r\nA,1,2,"P\xe4sse",walk_in,,2,,,,0', "line 3: service: is no UTF-8 text"),
        (b"\xef\xbb\xbfoffice,day,\xff" + HEAD.encode(), "line 1: column 3: is no UTF-8 text"),
    ],
)  # fmt: skip
def test_a_text_in_another_encoding_is_named_with_line_and_column(text: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(text)

    with pytest.raises(Bad, match=said):
        read_trace(tmp_path / "t.csv")


def test_a_service_is_the_same_however_its_umlaut_is_written(tmp_path: Path) -> None:
    """A trace that comes from another system has umlauts of two characters."""
    row = normalize("NFD", "A,1,1,Pässe,walk_in,,1,2,3,1,0\n")
    (tmp_path / "t.csv").write_text(HEAD + row)

    assert [one.service for one in read_trace(tmp_path / "t.csv", FileNames({"Pässe"}, {"1"}))] == ["Pässe"]


KNOWN = FileNames(services={"pass"}, counters={"1"})


def test_a_row_with_a_service_or_counter_that_the_office_file_lacks_is_named(tmp_path: Path) -> None:
    good = "A,1,1,pass,walk_in,,1,2,3,1,0\n"
    cases = {
        good + "A,1,2,passport,walk_in,,1,,,,0": "line 3: service: the office file has no service 'passport'",
        good + "A,1,2,pass,walk_in,,1,2,3,9,0": "line 3: counter: the office file has no counter '9'",
    }
    for text, said in cases.items():
        (tmp_path / "t.csv").write_text(HEAD + text + "\n")
        with pytest.raises(Bad, match=said):
            read_trace(tmp_path / "t.csv", KNOWN)
    (tmp_path / "t.csv").write_text(HEAD + good)
    (tmp_path / "d.csv").write_text("office,day,counter,from_min,to_min,kind\nA,1,1,0,60,open\nA,1,9,0,60,open\n")

    assert len(read_trace(tmp_path / "t.csv", KNOWN)) == 1
    with pytest.raises(Bad, match="line 3: counter: the office file has no counter '9'"):
        read_duty(tmp_path / "d.csv", KNOWN)


def visit(ticket: int, issued: float, called: float, ended: float, *, day: str = "1", absent: bool = False) -> Row:
    return Row(
        office="A", day=day, ticket=str(ticket), service="s", kind="walk_in", issued=issued, called=called, ended=ended,
        counter="1", absent=absent,
    )  # fmt: skip


def folded(rows: list[Row]) -> Iterator[tuple[float, str | None]]:
    """After each event: minutes since 08:00, and the ticket that the only counter holds."""
    day, state = Day(office_of("A", rows), date_of(0), rows, ()), State()
    eight = hours.clock(day.office, day.day, "08:00")
    for seq, (event, _) in enumerate(day.events(), start=1):
        evolve(state, event, seq, "trace")
        yield (event.at - eight) / MINUTE, state.counters["1"].ticket


@pytest.mark.parametrize("absent", [False, True])
@pytest.mark.parametrize("second", [10, 30])
def test_a_counter_is_free_when_the_last_of_its_overlapping_calls_has_ended(second: float, absent: bool) -> None:
    """The first is called at 1 and ends at 20, the second at 5."""
    rows = [visit(1, 0, 1, 20, absent=absent), visit(2, 0, 5, second)]
    at: dict[float, str | None] = dict(folded(rows))

    assert {minutes for minutes, held in at.items() if held is None and minutes > 1} == {max(20, second)}
    assert at[min(20, second)] == ("1" if second < 20 else "2")


def test_the_day_numbers_of_a_trace_are_no_weekdays() -> None:
    """The file is open on Mondays only, and then its only counter for this goes home early: the trace's days are any days."""
    rows = [visit(nth, nth, nth * 10 + 10, nth * 10 + 20, day=day) for day in ("1", "2") for nth in range(6)]
    spans = (("1", "08:10"), ("2", "12:00"))
    roster = Roster(week={"mon": tuple(Duty(counter=name, from_="08:00", to=end, kind="open") for name, end in spans)})
    made = office_of("A", rows)
    counters = (*made.counters, replace(made.counters[0], id="2", services=()))
    file = replace(made, counters=counters, hours=Hours(week={"mon": (("08:00", "12:00"),)}), roster=roster)

    (job,) = jobs(rows, (), (), (), file)
    first, second = (list(promises_of(job, number, day, cold(job.office))) for number, day in enumerate(job.days))

    assert len(first) == len(second) == 6
    assert all(one.wait is not None for one in (*first, *second))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("office,day\nA,1\n")

    with pytest.raises(Bad, match="the column ticket is missing"):
        read_trace(tmp_path / "t.csv")


def test_both_verbs_from_file_to_file(tmp_path: Path) -> None:
    made, duty, out = tmp_path / "days.csv", tmp_path / "duty.csv", tmp_path / "promises.csv"
    run = CliRunner()

    first = run.invoke(
        app, ["simulate", "--office", str(find("rathaus")), "--days", "1", "--out", str(made), "--duty-out", str(duty)]
    )
    second = run.invoke(app, ["replay", str(made), "--duty", str(duty), "--out", str(out)])

    assert first.exit_code == second.exit_code == 0, first.output + second.output
    assert "visits of 1 days" in first.output
    assert "error" in second.output
    head, *rows = out.read_text().splitlines()
    assert head == ",".join(OUT)
    assert len(rows) == sum(one.kind != "appointment" for one in read_trace(made))


def test_earlier_days_of_other_offices_teach_nothing_and_that_is_said(
    days: tuple[list[Row], list[Planned]], tmp_path: Path
) -> None:
    rows, _ = days
    write_trace(tmp_path / "t.csv", rows[:20])
    write_trace(tmp_path / "y.csv", [replace(one, office="Y") for one in rows[:20]])

    run = CliRunner().invoke(app, ["replay", str(tmp_path / "t.csv"), "--learn", str(tmp_path / "y.csv")])

    assert run.exit_code == 2
    assert "--learn: " in run.output
    assert "holds no visit of rathaus; it holds Y" in run.output


def test_a_walk_in_has_no_slot_whatever_its_row_says(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEAD + "A,1,1,s,walk_in,30,5,6,7,1,0\n")

    assert [one.slot for one in read_trace(tmp_path / "t.csv")] == [None]


def test_two_processes_write_the_same_bytes(days: tuple[list[Row], list[Planned]], tmp_path: Path) -> None:
    """Each has its own random hashes, and its workers end in an order of their own."""
    rows, duty = days
    two = [replace(one, office=name) for name in ("A", "B") for one in rows if one.day == rows[0].day]
    write_trace(tmp_path / "t.csv", two)
    write_duty(tmp_path / "d.csv", [replace(one, office=name) for name in ("A", "B") for one in duty])
    aufruf = [sys.executable, "-m", "server.command_line", "replay", "t.csv", "--duty", "d.csv"]

    running = [
        subprocess.Popen(
            [*aufruf, "--out", f"{seed}.csv"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        for seed in ("1", "2")
    ]  # fmt: skip
    told = [process.communicate()[0] for process in running]

    assert [process.returncode for process in running] == [0, 0]
    assert told[0] == told[1]
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()
    assert len((tmp_path / "1.csv").read_text().splitlines()) > 100
