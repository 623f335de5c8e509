"""An office's own logo, pictures and videos: sent from beside its office file, and nothing else from there."""

from pathlib import Path

from msgspec.structs import replace

from server.messages.office import Display, Hours, Media, Theme
from server.own_files import FilesBeside
from tests.web.conftest import House

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
NEVER = Hours(days={"2020-01-01": ()})


def decorated(house: House, folder: Path) -> Path:
    """The office has a logo and two folders of pictures, of which one is never shown."""
    for name in ("tips", "closed"):
        (folder / name).mkdir()
        (folder / name / "1 ä.png").write_bytes(b"\x89PNG")
        (folder / name / "2.webm").write_bytes(b"0123456789")
    (folder / "logo.svg").write_text(SVG, encoding="utf-8")
    (folder / "office.toml").write_text("secret", encoding="utf-8")
    desk = house.desk
    desk.state.office = replace(
        desk.state.office,
        theme=Theme(logo="logo.svg", logo_text={"de": "Wappen"}, logo_ground="#ffffff"),
        displays=(*desk.state.office.displays, Display(id="other", name="Andere", zones=("hall",), public=True)),
        media=(
            Media(id="tips", folder="tips", displays=("hall",), text={"de": "Tipps"}),
            Media(id="closed", folder="closed", hours=NEVER),
        ),
    )
    assert isinstance(house.site.own_files, FilesBeside)
    house.site.own_files.paths["mitte"] = {
        "theme.logo": folder / "logo.svg",
        "media.tips.folder": folder / "tips",
        "media.closed.folder": folder / "closed",
    }
    return folder


async def test_the_logo_is_on_both_walls_and_comes_from_this_server(house: House, tmp_path: Path) -> None:
    decorated(house, tmp_path)
    board = (await house.client.get("/api/v1/offices/mitte/boards/display/hall")).json()
    address = board["logo"]["address"]
    assert board["logo"]["text"] == {"de": "Wappen"}
    plain = (await house.client.get("/display/mitte/hall/plain")).text
    assert f'<img class="logo" src=\'{address}\' alt="Wappen">' in plain
    assert ":root { --logo-ground: #ffffff }" in (await house.client.get("/static/theme/mitte.css")).text

    answer = await house.client.get(address)
    assert (answer.status_code, answer.text) == (200, SVG)
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "script-src 'self'" in answer.headers["content-security-policy"]


async def test_a_logo_that_became_something_else_is_sent_no_more(house: House, tmp_path: Path) -> None:
    """A file may change after it was checked."""
    decorated(house, tmp_path)
    (tmp_path / "logo.svg").write_text(SVG.replace("<path", "<script/><path"), encoding="utf-8")

    assert (await house.client.get("/static/theme/mitte/logo-1.svg")).status_code == 404
    assert (await house.client.get("/static/theme/rathaus/logo-1.svg")).status_code == 404
    assert (await house.client.get("/static/theme/mitte/office.toml")).status_code == 404


async def test_a_wall_gets_the_pictures_of_its_folders_at_their_time(house: House, tmp_path: Path) -> None:
    decorated(house, tmp_path)
    slides = (await house.client.get("/media/mitte/hall")).json()

    assert [(one["kind"], one["seconds"], one["text"]) for one in slides] == [
        ("picture", 12, {"de": "Tipps"}),
        ("video", 12, {"de": "Tipps"}),
    ]
    assert (await house.client.get(slides[0]["address"])).content == b"\x89PNG"
    part = await house.client.get(slides[1]["address"], headers={"Range": "bytes=2-4"})
    assert (part.status_code, part.content, part.headers["content-type"]) == (206, b"234", "video/webm")
    assert (await house.client.get("/media/mitte/other")).json() == [], "it is not one of its displays"
    boards = [(await house.client.get(f"/api/v1/offices/mitte/boards/display/{id}")).json() for id in ("hall", "other")]
    assert [board["media"] for board in boards] == [True, True]


async def test_nothing_else_is_sent_and_nobody_else_sees_it(house: House, tmp_path: Path) -> None:
    decorated(house, tmp_path)
    for name in ("office.toml", "..%2Foffice.toml", "%2E%2E%2Flogo.svg", "3.png", "1%20a.png"):
        assert (await house.client.get(f"/media/mitte/hall/tips/{name}")).status_code == 404, name
    assert (await house.client.get("/media/mitte/other/tips/2.webm")).status_code == 404
    assert (await house.client.get("/media/mitte/staff-room")).status_code == 401
    assert (await house.client.get("/media/mitte/staff-room/closed/2.webm")).status_code == 401
    (tmp_path / "tips" / "2.webm").unlink()
    assert (await house.client.get("/media/mitte/hall/tips/2.webm")).status_code == 404
    assert (await house.client.get(f"{house.citizens}/media/mitte/hall")).status_code == 404
