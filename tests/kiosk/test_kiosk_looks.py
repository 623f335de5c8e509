"""The look of the kiosk: axe, size of buttons, contrast, keyboard alone, portrait and landscape."""

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from tests.axe import findings
from tests.kiosk.test_kiosk_page import ISSUE, opened
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor, overflow, picture

pytestmark = pytest.mark.browser
SIZES = {"1080x1920": (1080, 1920), "1920x1080": (1920, 1080), "1280x720": (1280, 720), "768x1024": (768, 1024)}
TWENTY_MM = 76  # CSS pixels, at 96 to the inch
POOR_CONTRAST = """() => {
  const part = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const rgba = c => (c.match(/[\\d.]+/g) ?? []).map(Number);
  const lum = ([r, g, b]) => .2126 * part(r) + .7152 * part(g) + .0722 * part(b);
  const ground = el => {
    for (; el; el = el.parentElement) {
      const slip = el.classList.contains('ticket') && getComputedStyle(el).getPropertyValue('--slip-of');
      if (slip !== false) {
        const probe = document.createElement('i'); probe.style.color = slip || 'var(--slip)'; el.append(probe);
        const c = rgba(getComputedStyle(probe).color); probe.remove(); return c; }
      const c = rgba(getComputedStyle(el).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
  };
  const own = el => [...el.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  return [...document.querySelectorAll('#page *')].filter(el => own(el) && el.checkVisibility()).map(el => {
    const [a, b] = [lum(rgba(getComputedStyle(el).color)), lum(ground(el))].sort((x, y) => y - x);
    return [el.textContent.trim().slice(0, 40), Math.round((a + .05) / (b + .05) * 100) / 100];
  }).filter(([, ratio]) => ratio < 7);
}"""


def screens(page: Page) -> list[str]:
    """Goes through every screen; yields the name of each when it is drawn."""
    walked = []
    for name, act in (
        ("home", None),
        ("needs", "needs"),
        ("home", "back"),
        ("code", "appointment"),
        ("home", "back"),
        ("large", "large"),
    ):
        if act:
            page.locator(f"[data-act={act}]").first.click()
        walked.append(name)
        look(page, name)
    page.locator("[data-act=large]").click()
    page.locator("[data-service=ausweis]").click()
    expect(page.locator("[data-screen=result]")).to_be_visible()
    look(page, "result")
    return [*walked, "result"]


def look(page: Page, name: str) -> None:
    size = page.viewport_size
    assert size
    picture(page, f"kiosk-{name}-{size['width']}x{size['height']}")
    assert overflow(page) <= 0, name
    assert findings(page) == [], name
    assert page.evaluate(POOR_CONTRAST) == [], name
    small = page.evaluate(f"""() => [...document.querySelectorAll('button')]
        .map(b => [b.textContent.trim(), b.getBoundingClientRect()])
        .filter(([, box]) => Math.min(box.width, box.height) < {TWENTY_MM - 0.5})""")
    assert small == [], name


@pytest.mark.parametrize("size", SIZES)
def test_r11_every_screen_fits_is_touchable_and_legible(stage: Stage, visitor: Visitor, size: str) -> None:
    width, height = SIZES[size]
    page = opened(stage, visitor, o.kiosk(printer="paper_out"), width=width, height=height)

    assert "result" in screens(page)


def test_many_services_still_leave_the_ways_to_help_on_the_screen(stage: Stage, visitor: Visitor) -> None:
    many = tuple(o.offered(service) for service in ("ausweis", "melden", "kfz", "zeugnis") for _ in range(4))
    many = tuple(replace(one, id=f"{one.id}-{n}") for n, one in enumerate(many))
    page = opened(stage, visitor, o.kiosk(services=many))

    expect(page.locator("footer")).to_be_in_viewport(ratio=1)
    assert overflow(page) <= 0


def test_at_200_percent_zoom_nothing_lies_over_a_button(stage: Stage, visitor: Visitor) -> None:
    many = tuple(replace(o.offered("melden"), id=f"melden-{n}") for n in range(8))
    page = opened(stage, visitor, o.kiosk(services=many), width=960, height=540)

    expect(page.locator("[data-service]")).to_have_count(8)
    for button in page.locator("#page button:enabled").all():
        button.click(trial=True)
    assert overflow(page) <= 0


def test_a_number_by_keyboard_alone(stage: Stage, visitor: Visitor) -> None:
    """A tactile keypad types Tab and Enter."""
    page = opened(stage, visitor)
    for _ in range(4):  # two languages, "several matters", then the first service
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    stage.expect(ISSUE)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wofür sind Sie da?")


def test_r14_help_is_the_last_button_of_every_screen_before_the_number(stage: Stage, visitor: Visitor) -> None:
    many = [replace(o.offered("kfz"), id=f"kfz-{number}") for number in range(12)]
    page = opened(stage, visitor, o.kiosk(services=(o.offered("ausweis", 9), o.offered("melden", 4, most=4), *many)))
    last = page.locator("main button, footer button").last
    expect(last).to_have_attribute("data-act", "help")
    for way, screen in {
        "[data-act=appointment]": "code", "[data-act=mine]": "mine", "[data-act=needs]": "needs",
        "[data-act=search]": "search", "[data-service=melden]": "matter",
    }.items():  # fmt: skip
        page.locator(way).click()
        expect(page.locator(f"[data-screen={screen}]")).to_be_visible()
        expect(last).to_have_attribute("data-act", "help")
        page.locator("[data-act=back]").click()
        expect(page.locator(way)).to_be_visible()


def test_r14_who_needs_help_says_it_once_for_all_matters(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor)
    page.locator("[data-act=needs]").click()
    page.locator("[data-need=step_free]").click()
    page.locator("[data-act=on]").click()
    page.locator("[data-act=needs]").click()
    expect(page.locator("[data-need=step_free]")).to_have_attribute("aria-pressed", "true")
    page.locator("[data-act=on]").click()
    page.locator("[data-service=ausweis]").click()

    stage.expect({**ISSUE, "needs": ["step_free"]})


def test_r18_a_key_held_down_draws_one_number(stage: Stage, visitor: Visitor) -> None:
    """A hand that trembles or rests: no key has to be let go in time."""
    page = opened(stage, visitor)
    page.locator("[data-service=ausweis]").focus()
    for _ in range(12):
        page.keyboard.down("Enter")
    expect(page.locator("[data-screen=result]")).to_be_visible()
    for _ in range(12):
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")

    expect(page.locator("#number")).to_have_text("A019")
    assert len([frame for frame in stage.heard if frame["type"] == "command"]) == 1
