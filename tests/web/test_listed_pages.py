"""Every page in the API documents exists."""

from tests.web.conftest import House

VALUES = {"office": "mitte", "secret": "x", "page": "am-schalter"}
IDS = {"kiosk": "entrance", "display": "hall", "counter": "1", "announcer": "hall", "printer": "entrance"}


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
