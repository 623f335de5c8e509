"""The kiosk before the last touch: several services on one number, how many, what to bring, what can be done from home."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from server.messages import boards as wire
from tests.axe import findings
from tests.kiosk.test_kiosk_looks import SIZES, look
from tests.kiosk.test_kiosk_page import ISSUE, given, opened
from tests.live_sockets import Frame, instant
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage, refused
from tests.staff_pages.visitor import Visitor, overflow, picture

pytestmark = pytest.mark.browser
MOVING = wire.OfferedTogether(
    id="umzug", names={"de": "Umzug", "en": "Moving"}, services=("melden", "ausweis"), pictogram="home-move"
)
CARDS = o.offered("melden", 4, most=4, asks_persons=True)


def several(**changes: Any) -> wire.Kiosk:
    board = o.kiosk(services=(o.offered("ausweis", 9), CARDS, o.offered("kfz", 17)), occasions=(MOVING,))
    return replace(board, **changes)


def given_and_away(frame: Frame) -> Frame:
    return given(frame) if frame["command"]["type"] == "issue_ticket" else {"result": {}}


def test_a_life_situation_is_one_number_for_several_services(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, several())
    page.get_by_role("button", name="Umzug").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Wohnung an- oder abmelden · Ausweis und Pass")
    page.get_by_role("button", name="Nummer ziehen").click()
    stage.expect(ISSUE | {"services": ["melden", "ausweis"]})
    expect(page.get_by_role("heading", level=1)).to_have_text("A019")


def test_several_are_touched_one_after_another(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, several())
    page.get_by_role("button", name="Mehrere Anliegen").click()
    expect(page.locator("[data-occasion]")).to_have_count(0)
    expect(page.locator("[data-act=collected]")).to_be_disabled()
    for service in ("ausweis", "kfz", "melden", "kfz"):  # the second touch takes it away again
        page.locator(f"[data-service={service}]").click()
    expect(page.locator("[data-service=ausweis]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-service=kfz]")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="Weiter mit 2 Anliegen").click()
    page.get_by_role("button", name="Nummer ziehen").click()

    stage.expect(ISSUE | {"services": ["ausweis", "melden"]})


def test_four_cards_and_three_people(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, several())
    page.locator("[data-service=melden]").click()
    cards, people = page.get_by_role("group", name="Wie viele?"), page.get_by_role("group", name="Wie viele Personen?")
    for _ in range(3):
        cards.get_by_role("button", name="mehr").click()
    for _ in range(2):
        people.get_by_role("button", name="mehr").click()

    expect(cards.locator("output")).to_have_text("4")
    expect(cards.get_by_role("button", name="mehr")).to_be_disabled()  # the office allows four
    page.get_by_role("button", name="Nummer ziehen").click()
    stage.expect(ISSUE | {"services": ["melden"], "persons": 3, "quantities": {"melden": 4}})


def test_who_has_everything_draws_and_who_has_not_comes_back(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, several())
    stage.answer = given_and_away
    page.locator("[data-service=kfz]").click()
    for said in ("Bitte bringen Sie mit:", "alter Ausweis", "Foto", "37 Euro", "17 Personen warten"):
        expect(page.locator("main")).to_contain_text(said)
    page.get_by_role("button", name="Ich komme wieder").click()

    expect(page.locator("main")).to_contain_text("Ihr Platz bleibt. Bitte seien Sie bis")
    stage.expect(ISSUE | {"services": ["kfz"]}, {"type": "pause_ticket", "ticket": "t-A019", "minutes": 20})
    page.get_by_role("button", name="Fertig").click()
    page.locator("[data-service=kfz]").click()
    page.get_by_role("button", name="Ich habe alles").click()
    stage.expect(ISSUE | {"services": ["kfz"]})
    expect(page.locator("main")).not_to_contain_text("Ihr Platz bleibt")


def test_a_pause_that_fails_leaves_the_number_in_line(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, several())
    stage.answer = lambda frame: (
        given(frame) if frame["command"]["type"] == "issue_ticket" else refused("wrong_state")(frame)
    )
    page.locator("[data-service=kfz]").click()
    page.get_by_role("button", name="Ich komme wieder").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("A019")
    expect(page.locator("main")).not_to_contain_text("Ihr Platz bleibt")


def test_from_home_is_said_before_the_number_with_a_code_for_the_phone(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.locator("[data-service=zeugnis]").click()

    expect(page.locator("main")).to_contain_text("Geht auch von zu Hause: www.fuehrungszeugnis.bund.de")
    assert stage.pressed == []
    page.get_by_role("button", name="Nummer ziehen").click()
    stage.expect(ISSUE | {"services": ["zeugnis"]})


def test_a_refusal_is_said_beside_the_button_that_was_pressed(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, several())
    stage.answer = refused("limit_reached")
    page.locator("[data-service=kfz]").click()
    page.get_by_role("button", name="Ich habe alles").click()

    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name="Zurück").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_closes_while_somebody_reads_cannot_be_drawn(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, several())
    page.locator("[data-service=kfz]").click()
    closed = o.offered("kfz", open=False, reason="limit", opens_at=instant())
    stage.show(several(services=(o.offered("ausweis"), closed)))

    expect(page.get_by_role("button", name="Ich habe alles")).to_be_disabled()


@pytest.mark.parametrize(
    ("language", "letters", "found"), [("Deutsch", "mel", "melden-0"), ("English", "reg", "melden-0")]
)
def test_more_than_twelve_services_are_found_by_letters(
    stage: Stage, visitor: Visitor, language: str, letters: str, found: str
) -> None:
    many = tuple(
        replace(o.offered(service), id=f"{service}-{n}") for n in range(4) for service in ("ausweis", "kfz", "zeugnis")
    )
    page = opened(stage, visitor, o.kiosk(services=many))
    expect(page.locator("[data-act=search]")).to_have_count(0)  # twelve can be read
    stage.show(o.kiosk(services=(*many, replace(o.offered("melden"), id="melden-0"))))
    page.get_by_role("button", name=language).click()
    page.locator("[data-act=search]").click()
    for letter in letters:
        page.locator(f"[data-key={letter}]").click()

    expect(page.locator("[data-service]")).to_have_count(1)
    assert findings(page) == []
    picture(page, f"kiosk-search-{language}")
    page.locator(f"[data-service={found}]").click()
    stage.until(lambda: bool(stage.pressed))
    assert stage.pressed[0]["services"] == [found]


def test_a_keyboard_types_into_the_search_too(stage: Stage, visitor: Visitor) -> None:
    many = tuple(replace(o.offered("kfz"), id=f"kfz-{n}") for n in range(13))
    page = opened(stage, visitor, o.kiosk(services=(*many, o.offered("ausweis"))))
    page.locator("[data-act=search]").click()
    page.keyboard.type("auxx")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")

    expect(page.locator("output")).to_have_text("au")
    expect(page.locator("[data-service=ausweis]")).to_be_visible()


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
@pytest.mark.parametrize("large", [False, True])
def test_large_text_hides_no_service_without_saying_so(
    stage: Stage, visitor: Visitor, size: tuple[int, int], large: bool
) -> None:
    """Every service is seen, or a button says that there are more, and shows them."""
    page = opened(stage, visitor, width=size[0], height=size[1])
    if large:
        page.get_by_role("button", name="Große Schrift").click()
    picture(page, f"kiosk-{'large' if large else 'plain'}-{size[0]}")
    last = page.locator("[data-service]").last
    for _ in range(6):
        if page.locator("[data-act=down]").count():
            page.locator("[data-act=down]").click()
            page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    expect(page.locator("[data-act=down]")).to_have_count(0)
    expect(last).to_be_in_viewport(ratio=0.95)
    expect(page.locator("footer")).to_be_in_viewport(ratio=1)
    assert overflow(page) <= 0


def test_r19_low_controls_are_in_the_lower_part_and_forgotten_after_the_visit(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, clock=True)
    page.get_by_role("button", name="Tasten weiter unten").click()

    tops = page.evaluate("[...document.querySelectorAll('button, a.button')].map(b => b.getBoundingClientRect().top)")
    assert min(tops) > 1920 / 3
    assert overflow(page) <= 0
    picture(page, "kiosk-low")
    page.clock.run_for(62_000)
    expect(page.get_by_role("button", name="Tasten weiter unten")).to_have_attribute("aria-pressed", "false")


def test_cut_off_nothing_looks_as_if_it_could_be_pressed(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, clock=True)
    stage.silent = True
    stage.cut()
    page.clock.run_for(11_000)

    expect(page.get_by_role("alert")).to_contain_text("This machine has no connection at the moment")
    expect(page.locator("main")).not_to_contain_text("Bitte tippen")
    picture(page, "kiosk-cut")
    seen = """one => { const s = getComputedStyle(one);
        return [one.disabled, s.getPropertyValue('--slip-edge').trim(), s.cursor] }"""
    for service in page.locator("[data-service]").all():
        assert service.evaluate(seen) == [True, "transparent", "default"]
    for act in ("appointment", "needs", "help"):
        expect(page.locator(f"footer [data-act={act}]")).to_be_disabled()
    expect(page.locator("footer [data-act=large]")).to_be_enabled()


def test_every_language_is_one_touch_away_from_every_screen(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, several())

    def reads(word: str) -> None:
        page.get_by_role("navigation").get_by_role("button", name="English").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(word)
        page.get_by_role("navigation").get_by_role("button", name="Deutsch").click()

    reads("What are you here for?")
    page.locator("[data-act=needs]").click()
    reads("What do you need?")
    page.locator("[data-act=back]").click()
    page.locator("[data-service=kfz]").click()
    page.get_by_role("navigation").get_by_role("button", name="English").click()
    expect(page.locator("main")).to_contain_text("Please bring:")
    page.get_by_role("button", name="I have everything").click()
    expect(page.locator("main")).to_contain_text("Your number")
    page.get_by_role("navigation").get_by_role("button", name="Deutsch").click()
    expect(page.locator("main")).to_contain_text("Ihre Nummer")


@pytest.mark.parametrize("size", SIZES)
def test_every_new_screen_fits_is_touchable_and_legible(stage: Stage, visitor: Visitor, size: str) -> None:
    width, height = SIZES[size]
    page = opened(stage, visitor, several(), width=width, height=height)
    look(page, "several-home")
    page.locator("[data-act=several]").click()
    page.locator("[data-service=ausweis]").click()
    page.locator("[data-service=kfz]").click()
    page.locator("[data-service=melden]").click()
    look(page, "collecting")
    page.locator("[data-act=collected]").click()
    look(page, "matter")


@pytest.mark.parametrize("scale", [1, 2])
def test_a_number_for_two_matters_by_keyboard_alone(stage: Stage, visitor: Visitor, scale: int) -> None:
    """At 200 % zoom half of the pixels are left."""
    page: Page = opened(stage, visitor, several(), width=1080 // scale, height=1920 // scale)

    def on(name: str) -> None:
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent").strip().find(name) >= 0:
                return page.keyboard.press("Enter")
        raise AssertionError(name)

    on("Mehrere Anliegen")
    on("Ausweis und Pass")
    on("Auto")
    on("Weiter mit 2")
    picture(page, f"kiosk-matter-zoom-{scale}")
    on("Ich habe alles")
    stage.expect(ISSUE | {"services": ["ausweis", "kfz"]})
