"""Every page in the API documents exists, and every page of the contract that does not exist yet says so."""

from html import unescape

import pytest

from config.words import Words
from server.web.not_yet import PAGES
from tests.web.conftest import House

BROWSER = {"Accept": "text/html", "Accept-Language": "de"}
VALUES = {"office": "mitte", "secret": "x"}
IDS = {"kiosk": "entrance", "display": "hall", "counter": "1", "announcer": "hall", "printer": "entrance"}
TO_COME = ("/draw/mitte",)


async def test_no_listed_page_is_painted_on(house: House) -> None:
    """A page that does not exist is not in the documents: an administrator gets every page in them."""
    admin = await house.bearer("admin")
    missing = []
    for way in house.ways:
        if not way.page or way.method != "GET" or "{secret}" in way.path:
            continue
        path = way.path.format(**VALUES, id=IDS.get(way.board or "", "1"))
        answer = await house.client.get(path, headers=admin)
        if answer.status_code == 404 and "keeps no history" not in answer.text:
            missing.append(way.path)

    assert missing == []


@pytest.mark.parametrize("path", TO_COME)
async def test_a_page_to_come_says_so_and_is_not_listed(house: House, path: str) -> None:
    page = await house.client.get(path, headers=BROWSER)
    program = await house.client.get(path)
    listed = (await house.client.get("/api/v1/openapi.json")).json()["paths"]

    assert page.status_code == 404
    assert "Diese Seite kommt erst noch" in page.text
    assert Words("de").text(f"start-problem-not-yet-{path.split('/')[1]}") in unescape(page.text)
    assert (program.status_code, program.json()["code"]) == (404, "unknown_route")
    assert "not part of this release" in program.json()["detail"]
    assert [one for one in listed if one.startswith(tuple(PAGES))] == []
