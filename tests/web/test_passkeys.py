"""Where passkeys cannot be, the page says why; and what is no answer of a passkey signs nobody in."""

import pytest
from sqlalchemy import insert
from starlette.datastructures import URL

from server.access import tables
from server.web.site import Settings
from tests.web.conftest import House, Stand
from tests.web.test_admin import Headers, admin, named, session

__all__ = ["admin", "session"]
PASSWORD = "Kaffee um halb zehn"


async def test_an_address_is_no_place_for_passkeys_and_the_page_says_so(house: House, admin: Headers) -> None:
    page = (await house.client.get("/admin/passkeys", headers=admin)).text

    assert URL(house.url).hostname == "127.0.0.1"
    assert "nicht über eine Nummer" in page
    assert "data-passkey" not in page


@pytest.mark.parametrize("credential", ["", "x", "[]", "{}", '{"id": "YWJj"}', '{"id": 5}'])
async def test_what_is_no_answer_of_a_passkey_signs_nobody_in(
    house: House, admin: Headers, stand: Stand, credential: str
) -> None:
    object.__setattr__(house.site, "settings", Settings(public_url="https://warten.example.de"))
    account = await named(house, "leitung")
    row = {"id": "YWJj", "account": account.id, "public_key": "YWJj", "sign_count": 0, "name": "", "made_at": 1}
    async with house.site.access.passkeys._writes.begin() as connection:
        await connection.execute(insert(tables.passkeys).values(row))
    browser = {"Accept": "text/html", "Origin": house.url}
    step = await house.client.post("/sign-in", data={"account": "leitung", "password": PASSWORD}, headers=browser)
    begun = step.text.partition('name="begun" value="')[2].partition('"')[0]
    assert (step.status_code, "set-cookie" in step.headers, bool(begun)) == (200, False, True)

    for form in ({"begun": begun}, {"begun": begun}, {"begun": "forged"}):
        answer = await house.client.post("/sign-in/passkey", data={**form, "credential": credential}, headers=browser)
        assert (answer.status_code, "set-cookie" in answer.headers) == (401, False)
