"""Every page in the API documents exists, and is looked at in a browser."""

import re
from pathlib import Path

from tests.web.conftest import House

TESTS = Path(__file__).parents[1]
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


ELSEWHERE = {
    "/a/{secret}": "tests/story/test_an_appointment.py",
    "/w/{secret}": "tests/web/test_public_in_browser.py",
    "/first/{secret}": "tests/displays/test_start_pages.py",
    "/password": "tests/displays/test_start_pages.py",
    "/admin/people/{id}": "tests/admin/test_in_browser.py",
    "/admin/passkeys": "tests/passkeys/test_in_browser.py",
    "/display/{office}/{id}/plain": "tests/web/test_plain_in_browser.py",
    "/sign-in/oidc": "tests/single_sign_on/test_in_browser.py",
    "/sign-in/oidc/back": "tests/single_sign_on/test_in_browser.py",
}
"""Pages that cannot be opened in the office of `test_every_page.py`, and the test in which axe looks at them."""


async def test_axe_looks_at_every_page_there_is(house: House) -> None:
    pages = [way.path for way in house.ways if way.page and way.method == "GET"]
    listed = (TESTS / "story/test_every_page.py").read_text(encoding="utf-8")
    opened = re.findall(r'"(/[\w/?=&{}-]*)"', listed)

    assert set(ELSEWHERE) <= set(pages)
    assert [test for test in ELSEWHERE.values() if "findings" not in (TESTS.parent / test).read_text()] == []
    assert [
        path
        for path in pages
        if path not in ELSEWHERE
        and not any(re.fullmatch(re.sub(r"{\w+}", r"[^/?]+", path) + r"(\?.*)?", one) for one in opened)
    ] == []
