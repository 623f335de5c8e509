"""The appointments of a day, moved or cancelled at once: a list, a preview of who goes where and is not told, one press."""

import re
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from server.persons.contacts import Booked, Contacts
from server.persons.sealing import Sealing
from tests.web.conftest import House

PATH = "/appointments/mitte"


@pytest.fixture
def contacts(house: House, tmp_path: Path) -> Contacts:
    """The server sends mail."""
    made = Contacts(house.site.notes._writes, Sealing(tmp_path / "contacts.key"))
    object.__setattr__(house.site, "contacts", made)
    return made


async def browser(house: House, role: Any = "supervisor") -> dict[str, str]:
    return {**await house.bearer(role), "Accept": "text/html", "Accept-Language": "de"}


async def page(house: House, query: str = "", **form: Any) -> httpx.Response:
    headers = await browser(house)
    if form:
        return await house.client.post(PATH, data=form, headers=headers)
    return await house.client.get(f"{PATH}{query}", headers=headers)


async def booked(house: House, many: int, apart: int = 1) -> tuple[str, list[str]]:
    """So many appointments on the second day with free slots, so many slots apart: the day, and their ids."""
    free = (await house.client.get("/api/v1/offices/mitte/slots?services=ausweis&days=14")).json()["days"][1]
    names = []
    for start in free["starts"][: many * apart : apart]:
        answer = await house.press("desk", type="book_appointment", services=["ausweis"], start=start)
        names.append(answer.json()["result"]["appointment"]["id"])
    return free["day"], names


def day_of(house: House, at: int) -> str:
    return datetime.fromtimestamp(at / 1000, ZoneInfo(house.desk.state.office.time_zone)).date().isoformat()


async def leave_mail(house: House, contacts: Contacts, name: str) -> None:
    state = house.desk.state
    one = state.appointments[name]
    about = Booked(
        office="mitte", appointment=name, day="2026-12-01", start=one.start, epoch=state.epoch, seq=state.seq
    )
    await contacts.put(about, "erika@example.org", "de", house.desk.now())


def fields(text: str, name: str) -> list[str]:
    return [unescape(value) for value in re.findall(rf'name="{name}" value="([^"]*)"', text)]


def rows(text: str, heading: str) -> str:
    """The table that this heading names."""
    return text.split(f'aria-labelledby="{heading}"')[1].split("</table>")[0]


async def test_all_of_a_day_are_moved_as_the_preview_said_and_back(house: House, contacts: Contacts) -> None:
    day, names = await booked(house, 3)
    await leave_mail(house, contacts, names[0])
    await leave_mail(house, contacts, names[1])
    await contacts.refuse("mitte", names[1], "550")
    before = {name: house.desk.state.appointments[name].start for name in names}
    listed = (await page(house, f"?day={day}")).text
    assert fields(listed, "one") == names
    told = re.findall(r"bekommt eine Mail|Mailadresse wird nicht angenommen|keine Mailadresse", rows(listed, "list"))
    assert told == ["bekommt eine Mail", "Mailadresse wird nicht angenommen", "keine Mailadresse"]

    to = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    preview = (await page(house, act="preview", do="move", one=names, to=to, key="k")).text
    assert {name: one.start for name, one in house.desk.state.appointments.items()} == before
    assert "2 Personen können keine Mail bekommen" in preview
    moves = fields(preview, "move")
    assert [one.split("@")[0] for one in moves] == names

    done = (await page(house, act="move", move=moves, key="press")).text
    assert "3 Termine sind verlegt." in done
    after = {name: house.desk.state.appointments[name].start for name in names}
    assert after == {
        name: int(datetime.fromisoformat(at).timestamp() * 1000) for name, at in (one.split("@") for one in moves)
    }
    assert all(day_of(house, at) >= to for at in after.values())
    again = (await page(house, act="move", move=moves, key="press")).text  # the page is loaded again
    assert "3 Termine sind verlegt." in again
    assert [one.moved for one in house.desk.state.appointments.values()] == [1, 1, 1]

    back = (await page(house, act="move", move=fields(done, "move"), key="back")).text
    assert "3 Termine sind verlegt." in back
    assert {name: one.start for name, one in house.desk.state.appointments.items()} == before


async def test_all_are_cancelled_and_whoever_cannot_be_told_is_listed(house: House, contacts: Contacts) -> None:
    day, names = await booked(house, 3)
    await leave_mail(house, contacts, names[0])
    codes = {name: house.desk.state.appointments[name].code for name in names}
    preview = (await page(house, act="preview", do="cancel", one=names, key="k")).text
    assert "Eine Absage lässt sich nicht zurücknehmen." in preview
    assert len(house.desk.state.appointments) == 3

    done = (await page(house, act="cancel", one=fields(preview, "one"), key="k")).text
    assert house.desk.state.appointments == {}
    assert "3 Termine sind abgesagt." in done
    untold = rows(done, "untold")
    assert [codes[name] in untold for name in names] == [False, True, True]
    again = (await page(house, act="cancel", one=names, key="k")).text
    assert "3 gab es inzwischen nicht mehr." in again
    assert (await page(house, f"?day={day}")).text.count('name="one"') == 0


async def test_a_place_that_was_taken_meanwhile_is_named_and_the_others_are_moved(house: House) -> None:
    day, names = await booked(house, 2, apart=9)
    to = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    moves = fields((await page(house, act="preview", do="move", one=names, to=to, key="k")).text, "move")
    place = moves[0].split("@")[1]
    while (await house.press("desk", type="book_appointment", services=["ausweis"], start=place)).is_success:
        pass
    before = house.desk.state.appointments[names[0]].start

    done = (await page(house, act="move", move=moves, key="k")).text
    assert "1 Termin ist verlegt." in done
    assert "1 Termin blieb, wie er war" in done
    assert "Diese Zeit ist vergeben." in rows(done, "refused")
    assert house.desk.state.appointments[names[0]].start == before


async def test_days_whose_appointments_lost_their_room_are_named_first(house: House) -> None:
    """The roster of a day is emptied: every appointment of that day is listed with the reason, and can be moved."""
    day, names = await booked(house, 2)
    assert "ohne Platz, weil" not in (await page(house)).text
    assert (await house.press("supervisor", type="set_roster", day=day, duty=[])).is_success

    found = (await page(house)).text
    assert "ohne Platz, weil" in found
    assert f"?day={day}&amp;only=room" in found
    listed = (await page(house, f"?day={day}&only=room")).text
    assert fields(listed, "one") == names
    assert rows(listed, "list").count("kein Schalter frei") == 2
    preview = (await page(house, act="preview", do="move", one=names, to=day, key="k")).text
    starts = [datetime.fromisoformat(one.split("@")[1]).timestamp() * 1000 for one in fields(preview, "move")]
    assert len(starts) == 2
    assert all(day_of(house, int(at)) > day for at in starts)


async def test_the_list_is_narrowed_by_time_and_service(house: House) -> None:
    day, names = await booked(house, 4)
    zone = house.desk.state.office.time_zone
    assert zone == "Europe/Berlin"
    listed = (await page(house, f"?day={day}")).text
    times = re.findall(r'<th scope="row" id="row-\d+">([\d:]+)</th>', listed)
    assert len(times) == 4
    some = (await page(house, f"?day={day}&from={times[1]}&until={times[3]}&service=ausweis")).text
    assert fields(some, "one") == names[1:3]
    assert fields((await page(house, f"?day={day}&service=kfz")).text, "one") == []


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ({"act": "preview", "do": "move", "one": "x", "to": "soon"}, "to"),
        ({"act": "preview", "do": "move", "one": "x", "to": "2999-01-01"}, "to"),
        ({"act": "preview", "do": "burn", "one": "x"}, "do"),
        ({"act": "preview", "do": "cancel"}, "one"),
        ({"act": "preview", "do": "cancel", "one": [f"x{n}" for n in range(301)]}, "one"),
        ({"act": "move", "move": "nothing"}, "move"),
        ({"act": "other"}, "act"),
    ],
)
async def test_bad_input_names_the_field(house: House, form: dict[str, Any], names: str) -> None:
    headers = await house.bearer("supervisor")
    answer = await house.client.post(PATH, data={"key": "k", **form}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert names in answer.text
    assert (await house.client.get(f"{PATH}?day=never", headers=headers)).status_code == 422


async def test_a_database_that_is_away_says_that_nobody_knows_who_is_told(
    house: House, contacts: Contacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> None:
        raise ConnectionError("away")

    day, _ = await booked(house, 1)
    monkeypatch.setattr(contacts, "reached", away)
    assert "im Moment nicht bekannt" in (await page(house, f"?day={day}")).text


async def test_a_desk_may_not(house: House) -> None:
    assert (await house.client.get(PATH, headers=await browser(house, "desk"))).status_code == 403
