"""Simulated days are those of the office file: who comes as what, when the doors are open, and how many days there are."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from server.command_line import app
from server.messages.office import WEEKDAYS, CounterPlan, Hours, Office, ServicePlan
from server.rehearsal.days import PLAIN, simulated

OPEN = Hours(week=dict.fromkeys(WEEKDAYS, (("08:00", "12:00"),)))


def office(hours: Hours = OPEN) -> Office:
    services = (
        ServicePlan(id="pass", letter="A", names={"de": "pass"}),
        ServicePlan(id="urgent", letter="B", names={"de": "urgent"}, priority=True),
        ServicePlan(id="files", letter="C", names={"de": "files"}, back_office=True),
    )
    counter = CounterPlan(id="1", label="1", zone="", services=("pass", "urgent", "files"))
    return Office(id="amt", name="Amt", services=services, counters=(counter,), hours=hours)


NEVER_OPEN = """[office]
id = "amt"
name = "Amt"
[[services]]
id = "pass"
letter = "A"
names = { de = "Pass" }
[[zones]]
id = "hall"
[[counters]]
id = "1"
label = "1"
zone = "hall"
services = ["pass"]
[hours]
mon = []
"""


def test_who_wants_an_urgent_service_is_urgent_and_nobody_wants_the_back_office() -> None:
    rows, _ = simulated(office(), 5, 1, PLAIN)
    came = {(one.service, one.kind) for one in rows if one.kind != "appointment"}

    assert ("urgent", "priority") in came
    assert ("urgent", "walk_in") not in came
    assert {one.service for one in rows} == {"pass", "urgent"}


@pytest.mark.parametrize("end", ["08:30", "09:00", "16:00"])
def test_people_come_while_the_doors_are_open(end: str) -> None:
    hour, minute = map(int, end.split(":"))
    rows, _ = simulated(office(Hours(week=dict.fromkeys(WEEKDAYS, (("08:00", end),)))), 5, 1, PLAIN)
    came = [one.issued for one in rows if one.kind != "appointment" and one.issued is not None]

    assert all(0 <= one <= 60 * (hour - 8) + minute for one in came)
    assert max(came) - min(came) > 5


def test_fewer_open_days_than_asked_for_are_a_clear_line(tmp_path: Path) -> None:
    (tmp_path / "o.toml").write_text(NEVER_OPEN)
    run = CliRunner().invoke(
        app, ["simulate", "--office", str(tmp_path / "o.toml"), "--days", "2", "--out", str(tmp_path / "t.csv")]
    )

    assert run.exit_code == 2, run.output
    assert "opens on 0 days only" in run.output
    assert not (tmp_path / "t.csv").exists()
