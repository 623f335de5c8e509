"""Files of pages are packed, and kept by browsers for good under a name that says their version."""

import gzip
import re
from pathlib import Path

import brotli
import pytest

from server.web.files import LOOK_S, Files
from tests.web.conftest import House

FOREVER = "public, max-age=31536000, immutable"


async def names(house: House) -> list[str]:
    """What the ticket's page loads."""
    page = await house.client.get(f"/t/{(await house.ticket())['secret']}")
    return re.findall(r'"(/static/[^"]+)"', page.text)


async def test_the_ticket_names_its_files_by_their_version_and_each_is_for_good(house: House) -> None:
    found = await names(house)
    assert len(found) >= 5
    assert all(re.match(r"/static/@[0-9a-f]{12}/", name) for name in found), found
    answers = [await house.client.get(f"{house.citizens}{name}") for name in found]

    assert {(one.status_code, one.headers["cache-control"]) for one in answers} == {(200, FOREVER)}


async def test_a_script_names_the_scripts_that_it_loads_by_the_same_version(house: House) -> None:
    script = next(name for name in await names(house) if name.endswith("/displays/phone.js"))
    version = script.split("/")[2]
    text = (await house.client.get(script)).text

    loaded = re.findall(r'from "(/[^"]+)"', text)
    assert loaded
    assert all(name.startswith(f"/static/{version}/") for name in loaded)
    assert f"/static/{version}/" not in (await house.client.get("/static/displays/phone.js")).text


@pytest.mark.parametrize("name", ["@000000000000/page.js", "@/page.js", "@x/page.js"])
async def test_another_version_is_served_as_it_is_now_and_not_kept(house: House, name: str) -> None:
    """A page that was loaded before an update goes on working."""
    answer = await house.client.get(f"/static/{name}")

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


@pytest.mark.parametrize("name", ["../site.py", "@000000000000/../site.py", "@000000000000", "@x/@y/page.js"])
async def test_a_version_leads_nowhere_else(house: House, name: str) -> None:
    assert (await house.client.get(f"/static/{name.replace('..', '%2e%2e')}")).status_code == 404


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", None)]
)
async def test_a_file_is_packed_as_the_browser_takes_it(house: House, accepted: str, encoding: str | None) -> None:
    plain = (await house.client.get("/static/vendor/lit-3.3.3.js", headers={"Accept-Encoding": "identity"})).content
    request = house.client.build_request("GET", "/static/vendor/lit-3.3.3.js", headers={"Accept-Encoding": accepted})
    answer = await house.client.send(request, stream=True)
    raw = b"".join([piece async for piece in answer.aiter_raw()])
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]

    assert answer.headers.get("content-encoding") == encoding
    assert unpack(raw) == plain
    assert encoding is None or len(raw) < 0.5 * len(plain)
    assert answer.headers["vary"] == "accept-encoding"
    again = await house.client.get(
        "/static/vendor/lit-3.3.3.js",
        headers={"Accept-Encoding": accepted, "If-None-Match": answer.headers["etag"]},
    )
    assert again.status_code == 304


async def test_fonts_are_not_packed_and_keep_one_name(house: House) -> None:
    """They are packed already, and have a version of their own."""
    style = next(name for name in await names(house) if name.endswith("kit.css"))
    fonts = re.findall(r'url\("([^"]+)"\)', (await house.client.get(style)).text)
    font = await house.client.get(fonts[0])

    assert all(re.fullmatch(r"/static/fonts/[\w.-]+", name) for name in fonts)
    assert font.headers["cache-control"] == FOREVER
    assert "content-encoding" not in font.headers


def test_the_version_follows_what_the_files_say_and_nothing_else(tmp_path: Path) -> None:
    """Two nodes with the same files have the same version, whenever they were installed."""
    folders = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.js").write_text("first")
        folders.append(tmp_path / name)
    one, other = (Files([folder], [".js"]) for folder in folders)
    before = one.version
    assert before == other.version
    (folders[0] / "page.js").write_text("second")
    assert one.version == before, "it is looked at again after a moment"
    one._looked -= LOOK_S

    assert one.version != before
    assert other.version == before
