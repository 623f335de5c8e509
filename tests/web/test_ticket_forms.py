"""The acts of a ticket's owner as forms, for browsers without scripts: the link is the right, and a key acts once."""

import re
from typing import Any

import httpx
import pytest

from server.web.limits import COMMANDS as PACES
from server.web.way import Open
from tests.web.conftest import House, Still

PAGE = {"Accept": "text/html"}
OTHER = "https://other.example"


async def sent(house: House, secret: str, act: str, key: str = "k-1", **headers: str) -> httpx.Response:
    data = {"act": act, "key": key}
    return await house.client.post(f"/t/{secret}?lang=de", data=data, headers={**PAGE, **headers})


async def state(house: House, secret: str) -> str:
    board: dict[str, Any] = (await house.client.get(f"/api/v1/tickets/{secret}")).json()
    return str(board["state"])


def forms(text: str) -> dict[str, str]:
    """The keys of the page's forms, by act."""
    return dict(re.findall(r'name="act" value="(\w+)">\s*<input type="hidden" name="key" value="([^"]+)"', text))


async def test_the_page_offers_what_the_board_allows_each_with_a_key_of_its_own(house: House) -> None:
    secret = (await house.ticket())["secret"]
    first, second = [forms((await house.client.get(f"/t/{secret}")).text) for _ in range(2)]

    assert list(first) == ["pause_ticket", "cancel_ticket"]
    keys = [*first.values(), *second.values()]
    assert len(set(keys)) == 4
    assert all(re.fullmatch("[!-~]{20,64}", key) for key in keys)


async def test_an_act_leads_back_to_the_page_which_shows_what_is_so_now(house: House) -> None:
    secret = (await house.ticket())["secret"]
    answer = await sent(house, secret, "pause_ticket")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/t/{secret}?lang=de&did=pause_ticket")
    assert await state(house, secret) == "away"
    page = await house.client.get(answer.headers["location"])

    assert "Pause bis" in page.text
    assert list(forms(page.text)) == ["return_ticket", "pause_ticket", "cancel_ticket"]


async def test_a_form_that_is_sent_twice_acts_once(house: House) -> None:
    """Also when the ticket has changed meanwhile: the second time repeats the first answer."""
    ticket = await house.ticket()
    secret = ticket["secret"]
    statuses = [(await sent(house, secret, "pause_ticket", "same")).status_code for _ in range(2)]
    await sent(house, secret, "return_ticket", "back")
    statuses.append((await sent(house, secret, "pause_ticket", "same")).status_code)

    assert statuses == [303, 303, 303]
    assert await state(house, secret) == "waiting"
    events = (await house.client.get("/api/v1/offices/mitte/events", headers=await house.bearer("admin"))).json()
    kinds = [one["type"] for one in events["events"] if one.get("ticket") == ticket["id"]]
    assert kinds.count("ticket_paused") == 1


async def test_the_same_key_for_another_act_is_refused_in_words(house: House) -> None:
    secret = (await house.ticket())["secret"]
    await sent(house, secret, "pause_ticket", "same")
    answer = await sent(house, secret, "cancel_ticket", "same")

    assert answer.status_code == 422
    assert "Dieser Druck war schon für etwas anderes." in answer.text
    assert await state(house, secret) == "away"


async def test_what_is_not_possible_any_more_is_said_on_the_page(house: House) -> None:
    ticket = await house.ticket()
    assert (await house.call("1"))["result"]["ticket"]["id"] == ticket["id"]
    answer = await sent(house, ticket["secret"], "pause_ticket")

    assert answer.status_code == 409
    assert "Das geht im Moment nicht." in answer.text
    assert ticket["number"] in answer.text


@pytest.mark.parametrize("origin", ["null", OTHER])
async def test_whoever_has_the_link_may_send_its_form_from_anywhere(house: House, origin: str) -> None:
    """With the page's own referrer policy, a browser says `Origin: null`."""
    secret = (await house.ticket())["secret"]
    answer = await sent(house, secret, "cancel_ticket", Origin=origin)

    assert answer.status_code == 303
    assert await state(house, secret) == "cancelled"


@pytest.mark.parametrize("origin", ["null", OTHER])
async def test_no_other_form_passes_from_another_origin(house: House, origin: str) -> None:
    """Every route that changes something: with the cookie of staff it is refused, or it knows no cookie at all."""
    await house.site.access.accounts.create("m.meyer", "gut gewählt und lang", [("admin", "")])
    data = {"account": "m.meyer", "password": "gut gewählt und lang", "next": "/"}
    async with httpx.AsyncClient(base_url=house.url) as browser:
        assert (await browser.post("/sign-in", data=data)).status_code == 303
        wrong = []
        for way in house.ways:
            if way.method == "GET" or way.who is Open.LINK:
                continue
            path = re.sub(r"{office}", "mitte", re.sub(r"{(?!office)\w+}", "x", way.path))
            answer = await browser.request(way.method, path, headers={"Origin": origin}, data={"next": "/"})
            wrong += [f"{way.method} {way.path}: {answer.status_code}"] if answer.status_code != 403 else []

    assert wrong == []


@pytest.mark.parametrize("act", ["call_ticket", "undo", "transfer_ticket", ""])
async def test_a_form_does_what_a_link_may_and_nothing_else(house: House, act: str) -> None:
    secret = (await house.ticket())["secret"]
    answer = await house.client.post(f"/t/{secret}", data={"act": act, "key": "k"})

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    "data", [{"act": "cancel_ticket", "key": ""}, {"act": "cancel_ticket"}, {"act": "cancel_ticket", "key": "a b"}]
)
async def test_a_form_without_a_key_does_nothing(house: House, data: dict[str, str]) -> None:
    secret = (await house.ticket())["secret"]
    answer = await house.client.post(f"/t/{secret}", data=data)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert await state(house, secret) == "waiting"


async def test_a_form_tells_nothing_of_another_ticket(house: House) -> None:
    """A field `ticket` is ignored."""
    mine, other = await house.ticket(), await house.ticket()
    data = {"act": "cancel_ticket", "key": "k", "ticket": other["id"]}
    assert (await house.client.post(f"/t/{mine['secret']}", data=data)).status_code == 303

    assert [await state(house, one["secret"]) for one in (mine, other)] == ["cancelled", "waiting"]


async def test_a_link_that_is_none_is_unknown_and_counted(house: House, still: Still) -> None:
    answers = [(await sent(house, "mitte.x.y", "cancel_ticket")).status_code for _ in range(35)]

    assert answers == [404] * 30 + [429] * 5


async def test_forms_have_the_pace_of_a_link(house: House, still: Still) -> None:
    """Ten at once, then one in ten seconds; the page says so, and staff notice nothing."""
    secret = (await house.ticket())["secret"]
    acts = ("pause_ticket", "return_ticket")
    answers = [await sent(house, secret, acts[n % 2], f"k-{n}") for n in range(11)]
    assert [one.status_code for one in answers] == [303] * 10 + [429]
    assert "Das waren zu viele Versuche." in answers[-1].text
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert (await house.press("desk", type="issue_ticket", services=["ausweis"])).status_code == 200
    still.passed += 1 / PACES["holder"].rate

    assert (await sent(house, secret, "pause_ticket", "k-11")).status_code == 303


async def test_forms_are_for_citizens_too_and_nothing_is_kept_in_the_browser(house: House) -> None:
    secret = (await house.ticket())["secret"]
    answer = await house.client.post(f"{house.citizens}/t/{secret}", data={"act": "cancel_ticket", "key": "k"})

    assert answer.status_code == 303
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"
