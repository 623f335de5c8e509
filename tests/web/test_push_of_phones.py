"""`PUT` and `DELETE .../push` of a ticket: a phone is noted by the link alone, and only with an address that can be one."""

from collections.abc import Mapping

import pytest

from tests.letters.handset import Handset
from tests.web.conftest import House, Still

GOOD = "https://fcm.googleapis.com/fcm/send"


class Noted:
    """The room of letters, as far as the web knows it."""

    key = "BPublicKeyOfThisInstallation"

    def __init__(self) -> None:
        self.put_: list[tuple[str, str, Mapping[str, str]]] = []
        self.dropped: list[tuple[str, str, str | None]] = []
        self.days: set[str] = set()

    async def put(self, office: str, ticket: str, day: str, wanted: Mapping[str, str], now: int) -> None:
        if not wanted["endpoint"].startswith(GOOD):
            raise ValueError("endpoint", "is of no push service that this server knows")
        self.put_.append((office, ticket, wanted))
        self.days.add(day)

    async def drop(self, office: str, ticket: str, endpoint: str | None) -> None:
        self.dropped.append((office, ticket, endpoint))


@pytest.fixture
def noted(house: House) -> Noted:
    made = Noted()
    object.__setattr__(house.site, "phones", made)
    return made


def body(language: str | None = "tr", url: str = GOOD) -> dict[str, object]:
    """What a browser gives, with a member that is ignored."""
    told = Handset(url).wanted()
    keys = {"p256dh": told["p256dh"], "auth": told["auth"]}
    made: dict[str, object] = {"endpoint": told["endpoint"], "expirationTime": None, "keys": keys}
    return made if language is None else made | {"language": language}


async def test_a_phone_is_noted_for_its_own_ticket_and_day(house: House, noted: Noted) -> None:
    ticket = await house.ticket()
    path = f"/api/v1/tickets/{ticket['secret']}/push"
    wanted = body()
    assert (await house.client.put(path, json=wanted)).status_code == 204
    ((office, of, told),) = noted.put_

    assert (office, of, told["endpoint"], told["language"]) == ("mitte", ticket["id"], wanted["endpoint"], "tr")
    assert noted.days == {house.desk.state.day}


@pytest.mark.parametrize(("language", "told"), [(None, "de"), ("xx", "de"), ("ar", "ar")])
async def test_it_is_told_in_a_language_that_there_is(
    house: House, noted: Noted, language: str | None, told: str
) -> None:
    secret = (await house.ticket())["secret"]
    await house.client.put(f"/api/v1/tickets/{secret}/push", json=body(language))

    assert noted.put_[0][2]["language"] == told


async def test_an_address_of_no_push_service_is_refused_with_its_field(house: House, noted: Noted) -> None:
    secret = (await house.ticket())["secret"]
    answer = await house.client.put(f"/api/v1/tickets/{secret}/push", json=body(url="http://127.0.0.1:1/x"))

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "endpoint")
    assert noted.put_ == []


@pytest.mark.parametrize("wrong", [{}, {"endpoint": GOOD}, {"endpoint": 1, "keys": {}}, {"endpoint": "x" * 2_000}])
async def test_what_is_no_subscription_is_refused(house: House, noted: Noted, wrong: dict[str, object]) -> None:
    secret = (await house.ticket())["secret"]
    answer = await house.client.put(f"/api/v1/tickets/{secret}/push", json=wrong)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert noted.put_ == []


async def test_one_phone_is_forgotten_or_all_of_them(house: House, noted: Noted) -> None:
    ticket = await house.ticket()
    path = f"/api/v1/tickets/{ticket['secret']}/push"
    one = await house.client.request("DELETE", path, json={"endpoint": "https://x"})
    every = await house.client.delete(path)

    assert (one.status_code, every.status_code) == (204, 204)
    assert noted.dropped == [("mitte", ticket["id"], "https://x"), ("mitte", ticket["id"], None)]


async def test_a_ticket_that_is_over_has_no_phones(house: House, noted: Noted) -> None:
    ticket = await house.ticket()
    await house.press("desk", type="cancel_ticket", ticket=ticket["id"])
    answer = await house.client.put(f"/api/v1/tickets/{ticket['secret']}/push", json=body())

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


async def test_a_link_notes_phones_at_its_own_pace(house: House, noted: Noted, still: Still) -> None:
    secret = (await house.ticket())["secret"]
    path = f"/api/v1/tickets/{secret}/push"
    statuses = [(await house.client.put(path, json=body())).status_code for _ in range(12)]

    assert statuses == [204] * 10 + [429] * 2


async def test_a_server_without_push_says_so_and_its_page_offers_nothing(house: House) -> None:
    secret = (await house.ticket())["secret"]
    answer = await house.client.put(f"/api/v1/tickets/{secret}/push", json=body())

    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_route")
    assert "data-push" not in (await house.client.get(f"/t/{secret}")).text


async def test_the_page_knows_the_key_of_the_installation_and_its_worker_may_serve_it(
    house: House, noted: Noted
) -> None:
    secret = (await house.ticket())["secret"]
    page = await house.client.get(f"{house.citizens}/t/{secret}")
    worker = await house.client.get(f"{house.citizens}/static/displays/phone_worker.js")
    other = await house.client.get("/static/displays/phone.js")

    assert f'data-push="{noted.key}"' in page.text
    assert worker.headers["service-worker-allowed"] == "/t/"
    assert "service-worker-allowed" not in other.headers
