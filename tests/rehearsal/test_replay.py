"""Simulated days, written, read and replayed: forecasts compared with what happened, twice the same, better than a formula."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from config.loader import load
from config.office_files import find
from server.command_line import app
from server.messages.office import Office
from server.rehearsal.days import PLAIN, simulated
from server.rehearsal.judge import OUT, verdict
from server.rehearsal.replay import jobs, replay
from server.rehearsal.trace import Bad, Planned, Row, read_duty, read_trace, write_duty, write_trace


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
        ("A,1,1", "line 2: too few columns"),
        ("A,1,1,s,walk_in,,nan,,,,0", "line 2: issued_min: nan lies outside a day"),
    ],
)
def test_a_faulty_row_is_named_with_line_and_column(row: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEAD + row + "\n")

    with pytest.raises(Bad, match=said.replace("(", r"\(")):
        read_trace(tmp_path / "t.csv")


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
