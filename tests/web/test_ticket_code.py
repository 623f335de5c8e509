"""The ticket's link as a picture for the kiosk's screen: only with a public address, never as readable text."""

import re

import pytest

from server.web.site import Settings
from tests.web.conftest import House, Stand


@pytest.fixture
def public(stand: Stand) -> None:
    stand.settings = Settings(public_url="https://warten.example.de")


async def test_without_a_public_address_there_is_no_code(house: House) -> None:
    ticket = await house.ticket()

    answer = await house.client.get(f"/t/{ticket['secret']}/qr.svg")

    assert answer.status_code == 404


async def test_with_one_it_is_a_picture_of_the_link(public: None, house: House) -> None:
    ticket = await house.ticket()

    answer = await house.client.get(f"/t/{ticket['secret']}/qr.svg")

    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert re.search(rb"<svg[^>]*>.*<path", answer.content, re.S)
    assert ticket["secret"].encode() not in answer.content
