"""A language is one file: put it into the folder, and it is on every page, on paper and in announcements."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import expect

from server.installed import ROOMS
from tests.story.conftest import OpenOffice, Visitors, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.voice]
ROOT = Path(__file__).parents[2]
NAME, ARABIC = "Français", "العربية"
DIRECTIONS = {"de": "ltr", "en": "ltr", "fr": "ltr", "ar": "rtl"}
Found = TypeVar("Found")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project to which somebody added `fr.ftl` and `ar.ftl`; the sample office offers these languages too, and
    its second display speaks Arabic only."""
    house = tmp_path_factory.mktemp("third") / "house"
    for room in ROOMS:
        shutil.copytree(ROOT / room, house / room, ignore=shutil.ignore_patterns("__pycache__"))
    words = (house / "config/languages/de.ftl").read_text(encoding="utf-8")
    words = words.replace("common-language-name = Deutsch", f"common-language-name = {NAME}").replace(
        "Nummer", "Numéro"
    )
    (house / "config/languages/fr.ftl").write_text(words, encoding="utf-8")
    words = words.replace(NAME, ARABIC).replace("common-language-direction = ltr", "common-language-direction = rtl")
    (house / "config/languages/ar.ftl").write_text(words, encoding="utf-8")
    file = house / "config/offices/mitte.toml"
    offers = file.read_text(encoding="utf-8")
    assert {'"fr"', '"ar"'} <= set(offers.split("languages = [")[1].split("]")[0].split(", "))
    others, upstairs = offers.split('[[displays]]\nid = "upstairs"')
    arabic = upstairs.replace('languages = ["de", "en"]', 'languages = ["ar"]', 1)
    file.write_text(f'{others}[[displays]]\nid = "upstairs"{arabic}', encoding="utf-8")
    return house


@pytest.fixture(scope="module")
def french(house: Path) -> Iterator[OpenOffice]:
    opened = OpenOffice(house.parent / "data", house=house)
    yield opened
    assert opened.close() == 0


def test_every_page_opens_in_every_language(french: OpenOffice, visitors: Visitors) -> None:
    secret = french.press("issue_ticket", services=["ausweis"])["result"]["ticket"]["secret"]
    french.press("issue_ticket", services=["ausweis"], language="fr")
    french.press("open_counter", counter="1")
    french.press("call_next", counter="1")
    page = signed_in(french, visitors)
    pages = (
        "/",
        "/password",
        "/sign-in",
        "/counter/mitte/1",
        "/supervisor/mitte",
        "/report/mitte",
        f"/t/{secret}",
        "/nothing-here",
    )

    for language, direction in DIRECTIONS.items():
        for path in pages:
            answer = page.goto(f"{french.base}{path}?lang={language}")
            assert answer is not None
            assert answer.status == (404 if path == "/nothing-here" else 200), (path, language)
            assert f'<html lang="{language}" dir="{direction}"' in answer.text(), (path, language)  # before any script
            expect(page.locator("html")).to_have_attribute("lang", language)
            expect(page.locator("html")).to_have_attribute("dir", direction)
            expect(page.locator("h1, .number").first).to_be_visible()
    for path in ("/", "/sign-in", f"/t/{secret}", "/nothing-here"):
        page.goto(f"{french.base}{path}?lang=en")
        page.get_by_role("link", name=NAME).click()
        expect(page.locator("html")).to_have_attribute("lang", "fr")

    page.goto(f"{french.base}/display/mitte/hall")
    expect(page.locator("#calls .number")).to_be_visible()
    page.goto(f"{french.base}/display/mitte/upstairs")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.goto(f"{french.base}/kiosk/mitte/entrance")
    page.get_by_role("button", name=ARABIC).click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.get_by_role("button", name=NAME).click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.locator("[data-service=ausweis]").click()
    page.locator("[data-act=have]").click()
    expect(page.get_by_text("Ihre Numéro", exact=True)).to_be_visible()
    page.goto(f"{french.base}/supervisor/mitte")
    page.locator("[data-ask=message]").click()
    expect(page.get_by_label(NAME)).to_be_visible()
    visitors.errors[:] = [line for line in visitors.errors if "404" not in line]


def test_it_is_spoken_and_printed(french: OpenOffice, visitors: Visitors, tmp_path: Path) -> None:
    wall = visitors.page(f"{french.base}/display/mitte/hall")
    expect(wall.locator("#room .waits")).to_be_visible()  # a call is spoken where somebody hears it
    made = french.press("issue_ticket", services=["ausweis"], language="fr", printer="entrance")["result"]["ticket"]
    french.press("open_counter", counter="2")
    assert french.press("call_ticket", counter="2", ticket=made["id"])["status"] == 200

    said = heard(french, made["number"])
    assert said["languages"][-1] == "fr"
    assert said["texts"]["fr"].startswith("Numéro")
    until(lambda: list((french.data / "tickets").rglob("*.png")), "nothing was printed")
    assert preview(french, "fr", tmp_path) != preview(french, "de", tmp_path)


def preview(office: OpenOffice, language: str, folder: Path) -> bytes:
    """A paper ticket in this language, drawn by the running copy."""
    out = folder / f"{language}.png"
    command = [
        sys.executable,
        "-m",
        "server.command_line",
        "ticket",
        "preview",
        "--language",
        language,
        "--out",
        str(out),
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=office.house, env=office.around)
    return out.read_bytes()


def heard(office: OpenOffice, number: str) -> dict[str, Any]:
    """The call of this number, once a voice has spoken it."""

    def spoken() -> list[dict[str, Any]]:
        said = office.board("announcer", "hall")["announcements"]
        return [one for one in said if one["audio"] and one["number"] == number]

    return until(spoken, "nothing was spoken")[0]


def until(found: Callable[[], list[Found]], else_: str) -> list[Found]:
    end = time.monotonic() + 60
    while not (there := found()):
        assert time.monotonic() < end, else_
        time.sleep(0.05)
    return there
