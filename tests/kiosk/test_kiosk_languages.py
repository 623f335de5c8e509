"""The kiosk in every language that the office chooses: by its own name, in its own direction, no word too long for its place."""

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from config.words import Words, direction, languages
from tests.axe import findings
from tests.kiosk.test_kiosk_page import opened
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor, overflow, picture

pytestmark = pytest.mark.browser
CUT_OFF = """() => [...document.querySelectorAll('#page *')]
  .filter(one => one.checkVisibility() && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .filter(one => getComputedStyle(one).display !== 'inline')
  .filter(one => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().right > innerWidth + 1
    || one.getBoundingClientRect().left < -1)
  .map(one => one.className + ': ' + one.textContent.trim())"""


def everything(stage: Stage, visitor: Visitor, width: int, height: int) -> Page:
    return opened(stage, visitor, o.kiosk(languages=languages(), printer="paper_out"), width=width, height=height)


def test_every_language_is_offered_by_its_own_name_in_the_order_of_the_office(stage: Stage, visitor: Visitor) -> None:
    page = everything(stage, visitor, 1080, 1920)

    expect(page.locator(".languages button")).to_have_text(
        [Words(name).text("common-language-name") for name in languages()]
    )
    picture(page, "kiosk-languages")


UPRIGHT, WIDE = (1080, 1920), (1920, 1080)


@pytest.mark.parametrize(
    ("language", "size"),
    [*((name, UPRIGHT) for name in languages()), *((name, WIDE) for name in ("uk", "ar", "de-simple"))],
)
def test_every_screen_fits_in_every_language(
    stage: Stage, visitor: Visitor, language: str, size: tuple[int, int]
) -> None:
    words = Words(language)
    page = everything(stage, visitor, *size)
    page.get_by_role("button", name=words.text("common-language-name"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words.text("kiosk-question"))
    expect(page.locator("html")).to_have_attribute("dir", str(direction(language)))
    for screen, act in (("home", ""), ("needs", "needs"), ("code", "appointment"), ("large", "large")):
        if act:
            page.locator(f"[data-act={act}]").click()
        fits(page, f"kiosk-{language}-{screen}-{size[0]}x{size[1]}")
        if act in ("needs", "appointment"):
            page.locator("[data-act=back]").click()
    page.locator("[data-act=large]").click()
    page.locator("[data-service=ausweis]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A019")
    fits(page, f"kiosk-{language}-result-{size[0]}x{size[1]}")


def fits(page: Page, name: str) -> None:
    picture(page, name)
    assert overflow(page) <= 0, name
    assert page.evaluate(CUT_OFF) == [], name


def test_a_pictogram_stands_between_letter_and_name_for_who_reads_no_language(stage: Stage, visitor: Visitor) -> None:
    services = (replace(o.offered("ausweis", 9), pictogram="id"), o.offered("melden", 4))
    page = opened(stage, visitor, o.kiosk(services=services, languages=("de", "ar")))
    drawn = page.locator("[data-service=ausweis] .pictogram")
    for language, name in (("de", "Deutsch"), ("ar", "العربية")):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        letter, picture_box, what = (
            page.locator(f"[data-service=ausweis] {part}").bounding_box() for part in (".letter", ".pictogram", ".what")
        )
        assert letter and picture_box and what  # noqa: PT018  all three are on the screen
        assert min(picture_box["width"], picture_box["height"]) > 40
        order = [letter["x"], picture_box["x"], what["x"]]
        assert order == sorted(order, reverse=language == "ar")
        assert drawn.evaluate("(one) => getComputedStyle(one).maskImage").endswith('/static/pictograms/id.svg")')
    assert page.request.get(page.evaluate("location.origin") + "/static/pictograms/id.svg").ok
    expect(page.locator("[data-service=melden] .pictogram")).to_have_count(0)
    fits(page, "kiosk-pictograms")


@pytest.mark.parametrize("language", ["ar", "tr"])
def test_what_is_not_translated_says_its_language(stage: Stage, visitor: Visitor, language: str) -> None:
    service = replace(
        o.offered("ausweis", 2), names={"de": "Ausweis", "en": "ID card", "ar": "هوية"}, hints={"de": "abholen (bar)"}
    )
    page = opened(stage, visitor, o.kiosk(services=(service,), languages=("de", "tr", "ar")))
    page.get_by_role("button", name=Words(language).text("common-language-name"), exact=True).click()

    hint = page.locator(".service [lang=de]").last
    expect(hint).to_have_text("abholen (bar)")
    assert hint.evaluate("(one) => getComputedStyle(one).direction") == "ltr"
    expect(page.get_by_text("Ausweis", exact=True)).to_have_count(0 if language == "ar" else 1)
    if language == "tr":
        expect(page.get_by_text("Ausweis", exact=True)).to_have_attribute("lang", "de")
    assert findings(page) == []
