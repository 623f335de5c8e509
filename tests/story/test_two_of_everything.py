"""Names always belong to an office: every sample office runs twice in one node, and each works alone."""

import re
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.loader import load
from config.office_files import find
from server.messages.office import Office
from tests.story.conftest import OpenOffice

SAMPLES = [path.stem for path in sorted((Path(__file__).parents[2] / "config" / "offices").glob("*.toml"))]


def twin(sample: str, folder: Path) -> Path:
    """The sample office again, with another id and name."""
    text = find(sample).read_text(encoding="utf-8")
    text = re.sub(r'^id = ".*"', f'id = "{sample}-nord"', text, count=1, flags=re.M)
    file = folder / f"{sample}-nord.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenOffice]:
    folder = tmp_path_factory.mktemp("twins")
    options = [option for name in SAMPLES for option in ("--office", name, "--office", str(twin(name, folder)))]
    house = OpenOffice(folder / "data", *options)
    yield house
    house.close()


def office_file(name: str) -> Office:
    return load(find(name.removesuffix("-nord")))


@pytest.mark.parametrize("name", [f"{sample}{end}" for sample in SAMPLES for end in ("", "-nord")])
def test_each_office_issues_prints_calls_and_shows_its_own(house: OpenOffice, name: str) -> None:
    office = office_file(name)
    counter = office.counters[0]
    service = counter.services[0]
    printer = next((one.id for one in office.printers if one.kind == "file"), None)
    issued = press(house, name, type="issue_ticket", services=[service], printer=printer)["ticket"]
    press(house, name, type="open_counter", counter=counter.id)
    called = press(house, name, type="call_next", counter=counter.id)["ticket"]

    assert called["number"] == issued["number"]
    for display in office.displays:
        board = house.http.get(f"/api/v1/offices/{name}/boards/display/{display.id}").json()
        assert {one["number"] for one in board["calls"]} <= {issued["number"]}
    if printer is not None:
        job = confirmed(house, name)
        assert len(list((house.data / "tickets").glob(f"{name}-{job}.png"))) == 1


def press(house: OpenOffice, name: str, **command: Any) -> dict[str, Any]:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    answer = house.http.post(f"/api/v1/offices/{name}/commands", json=command, headers=key)
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["result"])


def confirmed(house: OpenOffice, name: str) -> str:
    """Waits for the first job that the office's log says was printed."""
    until = time.monotonic() + 30
    while (job := printed(house, name)) is None:
        assert time.monotonic() < until, f"{name} printed nothing: {house.log.read_text()}"
        time.sleep(0.1)
    return job


def printed(house: OpenOffice, name: str) -> str | None:
    """The first job that the office's log says was printed, if there is one."""
    events = house.http.get(f"/api/v1/offices/{name}/events?after=0&limit=1000").json()["events"]
    done = [one["job"] for one in events if one["type"] == "print_reported" and one["state"] == "confirmed"]
    return str(done[0]) if done else None
