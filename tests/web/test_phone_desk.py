"""The phone desk `/desk`: one line of text finds free slots over all offices, an appointment by its code, or a number."""

import re
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.persons.contacts import Contact, Contacts
from server.persons.sealing import Sealing
from tests.web.conftest import House, Later

DESK = "/desk"
MAIL = "erika@example.org"


@pytest.fixture
def contacts(house: House, tmp_path: Path) -> Contacts:
    """The server sends mail."""
    made = Contacts(house.site.notes._writes, Sealing(tmp_path / "contacts.key"))
    object.__setattr__(house.site, "contacts", made)
    return made


async def browser(house: House, offices: tuple[str, ...] = ("mitte", "rathaus")) -> dict[str, str]:
    token = await house.token("desk", None, offices)
    return {"Authorization": f"Bearer {token}", "Accept": "text/html", "Accept-Language": "de"}


async def get(house: House, query: str = "", **more: Any) -> httpx.Response:
    return await house.client.get(f"{DESK}{query}", headers=await browser(house, **more), follow_redirects=True)


async def post(house: House, form: dict[str, str]) -> httpx.Response:
    headers = await browser(house)
    answer = await house.client.post(DESK, data=form, headers=headers)
    if answer.status_code == 303:
        return await house.client.get(answer.headers["location"], headers=headers)
    return answer


def forms(page: str, act: str) -> list[dict[str, str]]:
    """The hidden fields of each form that does this."""
    found = re.findall(r"<form method=\"post\".*?</form>", page, re.DOTALL)
    return [
        {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', one)}
        for one in found
        if f'name="act" value="{act}"' in one
    ]


async def test_every_office_is_listed_with_its_waits_and_next_free_slots(house: House) -> None:
    for _ in range(3):
        await house.press("desk", type="issue_ticket", services=["ausweis"])
    page = (await get(house)).text

    names = [desk.state.office.name for desk in house.site.desks.values()]
    assert all(name in page for name in names)
    assert page.count('class="office"') == 2
    assert "3 warten" in page
    assert len(re.findall(r"<td>[A-Z][a-z]+, \d+\. \w+ \d{4}, \d\d:\d\d Uhr</td>", page)) >= 4


async def test_a_letter_finds_the_first_slots_of_all_offices_and_the_first_form_books(house: House) -> None:
    letter = next(plan.letter for plan in house.desk.state.office.services if plan.id == "ausweis")
    page = (await get(house, f"?q={letter.lower()}&persons=2")).text
    offered = forms(page, "book")
    assert [one["start"] for one in offered] == sorted(one["start"] for one in offered)
    assert (len(offered), {one["office"] for one in offered}) == (9, {"mitte", "rathaus"})
    assert re.findall(r'data-key="(\d)"', page) == list("123456789")

    first = next(one for one in offered if one["office"] == "mitte")
    card = await post(house, first)
    again = await post(house, first)  # the form is sent twice
    (one,) = house.desk.state.appointments.values()
    assert (one.services, one.persons, one.public) == (("ausweis",), 2, False)
    assert one.start == int(datetime.fromisoformat(first["start"]).timestamp() * 1000)
    assert card.text.count(one.code) == again.text.count(one.code) == 1
    assert "Der Termin ist gebucht." in card.text
    words = re.findall(r"<li><b>(.)</b> ([^<]+)</li>", card.text)
    assert "".join(sign for sign, _ in words) == one.code * 2


async def test_the_code_is_read_out_in_two_alphabets(house: House) -> None:
    made = await house.appointment()
    card = (await get(house, f"?q={made['code'][:3].lower()}-{made['code'][3:].lower()}")).text
    german, english = (
        dict(re.findall(r"<li><b>(.)</b> ([^<]+)</li>", part)) for part in re.split(r"<ol class=\"spelled\"", card)[1:3]
    )
    known = {"A": ("Aachen", "Alfa"), "Z": ("Zwickau", "Zulu"), "W": ("Wuppertal", "Whiskey"), "2": ("zwei", "two")}
    assert set(german) == set(english) == set(made["code"])
    for sign in made["code"]:
        assert german[sign][0].upper() == english[sign][0].upper() == sign or sign.isdecimal()
        if sign in known:
            assert (german[sign], english[sign]) == known[sign]


async def test_an_appointment_is_found_by_its_code_moved_and_cancelled(house: House) -> None:
    made = await house.appointment()
    found = await get(house, f"?q={made['code']}")
    assert found.url.params["appointment"] == made["id"]
    assert "ext-1" in found.text
    where = f"?office=mitte&appointment={made['id']}"
    slots = forms((await get(house, f"{where}&ask=move")).text, "move")
    moved = await post(house, slots[3])
    assert "Der Termin ist verlegt." in moved.text
    assert house.desk.state.appointments[made["id"]].start == int(
        datetime.fromisoformat(slots[3]["start"]).timestamp() * 1000
    )

    (sure,) = forms((await get(house, f"{where}&ask=cancel")).text, "cancel")
    assert len(house.desk.state.appointments) == 1
    assert "Der Termin ist abgesagt." in (await post(house, sure)).text
    assert house.desk.state.appointments == {}
    gone = await get(house, where)
    assert (gone.status_code, "Diesen Termin gibt es nicht." in gone.text) == (404, True)


async def test_what_has_begun_is_not_moved_and_says_so(later: Later, house: House) -> None:
    made = await house.appointment()
    (slot, *_) = forms((await get(house, f"?office=mitte&appointment={made['id']}&ask=move")).text, "move")
    later.passed += house.desk.state.appointments[made["id"]].start - house.desk.now() + 1_000
    late = await post(house, slot)

    assert (late.status_code, "Für eine Änderung ist es zu spät." in late.text) == (409, True)
    assert forms(late.text, "move") == []


async def test_a_number_is_found_again(house: House) -> None:
    ticket = await house.ticket("ausweis")
    page = (await get(house, f"?q={ticket['number'].lower()}")).text

    assert f'<b translate="no">{ticket["number"]}</b> wartet' in page
    assert 'href="/desk/mitte"' in page
    assert forms(page, "book") == []


async def test_several_words_are_one_visit_and_a_wrong_one_finds_nothing(house: House) -> None:
    both = forms((await get(house, "?q=ausweis soziales")).text, "book")
    assert {one["services"] for one in both} == {"ausweis,soziales"}
    nothing = (await get(house, "?q=ausweis quatsch")).text
    assert "Dazu gibt es kein Anliegen" in nothing
    assert forms(nothing, "book") == []


async def test_a_slot_that_was_taken_is_answered_with_what_is_free(house: House) -> None:
    form = next(one for one in forms((await get(house, "?q=ausweis")).text, "book") if one["office"] == "mitte")
    while (await house.press("desk", type="book_appointment", services=["ausweis"], start=form["start"])).is_success:
        pass
    answer = await post(house, form)
    assert answer.status_code == 409
    assert "Diese Zeit ist gerade vergeben worden." in answer.text
    assert all((one["office"], one["start"]) != ("mitte", form["start"]) for one in forms(answer.text, "book"))


async def test_a_mail_address_is_noted_for_whoever_wants_the_code_in_writing(house: House, contacts: Contacts) -> None:
    made = await house.appointment()
    (form,) = forms((await get(house, f"?q={made['code']}")).text, "mail")
    wrong = await post(house, {**form, "mail": "erika@", "language": "tr"})
    assert (wrong.status_code, "Das ist keine E-Mail-Adresse." in wrong.text) == (422, True)
    done = await post(house, {**form, "mail": MAIL, "language": "tr"})
    assert "Die Mail wird gleich gesendet." in done.text
    assert await contacts.get("mitte", made["id"]) == Contact(mail=MAIL, language="tr")
    assert MAIL not in str(done.url)


async def test_only_offices_of_ones_own_are_seen_and_pressed(house: House) -> None:
    made = await house.appointment()
    headers = await browser(house, ("rathaus",))
    page = (await house.client.get(DESK, headers=headers)).text
    assert page.count('class="office"') == 1
    hidden = await house.client.get(f"{DESK}?q={made['code']}", headers=headers)
    assert "Dazu gibt es kein Anliegen" in hidden.text
    form = {"act": "cancel", "office": "mitte", "appointment": made["id"], "key": "k"}
    assert (await house.client.post(DESK, data=form, headers=headers)).status_code == 404
    assert len(house.desk.state.appointments) == 1
    strange = {"Authorization": f"Bearer {await house.token('kiosk', 'entrance')}"}
    assert (await house.client.get(DESK, headers=strange)).status_code == 403


@pytest.mark.parametrize(
    ("query", "field"), [("?q=" + "x" * 61, "q"), ("?q=a&persons=0", "persons"), ("?q=a&from=soon", "from")]
)
async def test_a_bad_search_names_the_field(house: House, query: str, field: str) -> None:
    headers = await house.bearer("desk")
    answer = await house.client.get(f"{DESK}{query}", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert field in answer.text


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"act": "other", "office": "mitte"}, "act"),
        ({"act": "mail", "office": "mitte", "appointment": "x", "mail": MAIL, "language": "xx"}, "language"),
        ({"act": "book", "office": "mitte", "services": "ausweis", "persons": "99", "start": "soon"}, "persons"),
    ],
)
async def test_a_bad_press_names_the_field(house: House, form: dict[str, str], field: str) -> None:
    answer = await house.client.post(DESK, data={"key": "k", **form}, headers=await house.bearer("desk"))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert field in answer.text
