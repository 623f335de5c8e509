"""The look of the counter page: checked with axe, with the keyboard alone, at the sizes of real screens, at 200 % zoom."""

import itertools

import pytest
from msgspec.structs import replace
from playwright.sync_api import expect

from server.messages import boards as wire
from tests.axe import findings
from tests.counter_client.counter_page import opened, settled, show
from tests.live_sockets import Frame, instant
from tests.staff_pages import office as o
from tests.staff_pages.stage import Stage
from tests.staff_pages.visitor import Visitor, overflow, picture

pytestmark = pytest.mark.browser
ALARM = wire.Alarm(place="5", label="Schalter 5", way={"de": "rechts, 2. Tür"}, at=instant(), accepted_by=())
STATES = {
    "serving": o.counter(o.current(), undo=o.takeback(left=36_000)),
    "called": o.counter(
        o.current("called", needs=("visual_call",), attempt=2),
        undo=o.takeback(wire.Did(type="ticket_called", number="A017"), left=36_000),
    ),
    "free": o.counter(),
    "nobody": o.counter(next=None, queue=(), waiting=0, parked=(), missed=()),
    "closed": o.counter(counter=o.face(state="closed", held=False)),
    "paused": o.counter(counter=o.face(state="paused", holder_is_me=True, reason="mittag")),
    "wrap_up": o.counter(counter=o.face(state="wrap_up", holder_is_me=True)),
    "taken": o.counter(o.current(), counter=o.face()),
}
GIVEN = {
    "id": "t-A020", "number": "A020", "secret": "s3cret", "services": ["ausweis"], "category": "walk_in", "ahead": 9,
    "expected": {"low": 20, "median": 24, "high": 30, "at": instant(), "learning": False},
}  # fmt: skip
SIZES = {
    "1920x1080": (1920, 1080), "1280x720": (1280, 720), "1080x1920": (1080, 1920), "zoom-200": (640, 360), "390x844": (390, 844)
}  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_every_state_fits_and_axe_finds_nothing(stage: Stage, visitor: Visitor, size: str) -> None:
    width, height = SIZES[size]
    page = opened(stage, visitor, STATES["serving"], width=width, height=height)

    for name, board in STATES.items():
        show(stage, page, board)
        picture(page, f"counter-{name}-{size}")
        assert overflow(page) <= 0, f"{name} is wider than {size}"
        assert findings(page) == [], name


@pytest.mark.parametrize("width", [640, 641, 800, 992, 993, 1024, 1080, 1152, 1278, 1280])
def test_no_fact_of_a_ticket_is_broken_letter_by_letter(stage: Stage, visitor: Visitor, width: int) -> None:
    """Beside the number there was no room for them where a screen is just wide enough for two columns."""
    page = opened(stage, visitor, STATES["serving"], width=width, height=1024)

    room = page.locator(".now dd").evaluate_all(
        "all => all.map((one) => one.clientWidth / parseFloat(getComputedStyle(one).fontSize))"
    )
    assert room
    assert min(room) > 6, f"{width}: {room}"


@pytest.mark.parametrize("size", SIZES)
def test_reception_fits_and_axe_finds_nothing(stage: Stage, visitor: Visitor, size: str) -> None:
    width, height = SIZES[size]
    stage.answer = lambda _: {"result": {"ticket": GIVEN}}
    asks = wire.HelpCall(
        id="h1", device="entrance", at=instant(seconds=40), accepted_by=None, name="Automat am Eingang"
    )
    stage.show(o.desk(help=(asks,)))
    page = visitor.open("desk/-", width=width, height=height)
    expect(page.locator(".draws button")).to_have_count(5)
    picture(page, f"desk-{size}")
    assert findings(page) == []
    page.keyboard.press("n")
    picture(page, f"desk-draw-{size}")
    assert findings(page) == []
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.locator(".given .number")).to_have_text("A020")
    expect(page.locator(".given img")).to_have_js_property("complete", value=True)
    for theme in ("paper", "night") if size == "1280x720" else ("paper",):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        picture(page, f"desk-given-{size}-{theme}")
        assert findings(page) == []
    page.locator("[data-ticket=t-A018]").click()
    picture(page, f"desk-card-{size}")
    assert findings(page) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize("theme", ["night", "contrast"])
def test_other_themes_keep_their_contrast(stage: Stage, visitor: Visitor, theme: str) -> None:
    page = opened(stage, visitor, STATES["called"])
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)

    for name, board in STATES.items():
        show(stage, page, board)
        picture(page, f"counter-{name}-{theme}")
        assert findings(page) == [], name


def test_the_acts_never_leave_the_screen(stage: Stage, visitor: Visitor) -> None:
    """However long the queue and however many services, the big button stays in sight at 1280x720."""
    long = tuple(o.line(f"A{n:03}", waited=60 - n / 4) for n in range(150))
    board = o.counter(o.current(services=("ausweis", "melden", "kfz", "zeugnis", "trauung")), queue=long, waiting=150)
    page = opened(stage, visitor, board)

    expect(page.locator(".acts .big")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(("width", "height"), [(640, 360), (960, 540)])
def test_at_200_percent_the_big_button_comes_first_and_nothing_lies_over_anything(
    stage: Stage, visitor: Visitor, width: int, height: int
) -> None:
    page = opened(stage, visitor, STATES["serving"], width=width, height=height)

    for name in ("serving", "called", "free", "closed", "paused"):
        show(stage, page, STATES[name])
        expect(page.locator(".acts .big")).to_be_in_viewport(ratio=1)
        tops = page.locator(".acts .big, .undo, .now").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect()).map(({ top, bottom }) => [top, bottom])"
        )
        assert all(above[1] <= below[0] for above, below in itertools.pairwise(tops)), name


def test_a_strip_of_400_to_120_has_the_number_every_act_and_the_way_back(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, STATES["serving"], width=400, height=120)

    for name, board in STATES.items():
        show(stage, page, board)
        picture(page, f"counter-{name}-strip")
        for one in page.locator(".acts .button, .now, .undo .button").all():
            expect(one).to_be_in_viewport(ratio=0.98)
        assert overflow(page) <= 0, name
        assert findings(page) == [], name
    show(stage, page, replace(STATES["serving"], alarms=(ALARM,)))
    expect(page.get_by_role("button", name="Ich gehe hin")).to_be_in_viewport(ratio=1)
    expect(page.locator(".acts .big")).to_be_in_viewport(ratio=0.9)


STRIP = {
    "free": ("next", "direct", "wrap-up", "pause", "close"),
    "wrap_up": ("next", "ready", "direct", "pause", "close"),
    "paused": ("resume", "close"),
    "called": ("arrived", "repeat", "missed", "withdraw", "transfer"),
    "serving": ("finish-next", "finish", "park", "transfer", "finish-wrap-up", "pause-after"),
}
MORE = {
    "free": (),
    "wrap_up": (),
    "paused": (),
    "called": ("note",),
    "serving": ("phrase", "print", "without", "services", "note"),
}


@pytest.mark.parametrize("state", STRIP)
def test_a_strip_has_pause_wrap_up_and_close_and_the_rest_behind_one_button(
    stage: Stage, visitor: Visitor, state: str
) -> None:
    plain = STATES[state]
    board = replace(
        plain, undo=o.takeback(left=36_000), may=tuple({*plain.may, "undo", "print_ticket"}), over_desk=True
    )
    page = opened(stage, visitor, board, width=400, height=120)

    for act in (*STRIP[state], "more"):
        expect(page.locator(f".acts [data-act={act}]")).to_be_in_viewport(ratio=0.98)
    expect(page.locator(".undo .button")).to_be_in_viewport(ratio=1)
    picture(page, f"counter-{state}-strip-acts")
    page.locator(".acts [data-act=more]").click()
    for act in (*MORE[state], "alarm", "help"):
        expect(page.locator(f"dialog [data-act={act}]")).to_be_visible()
    picture(page, f"counter-{state}-strip-more")
    assert findings(page) == []


def test_a_strips_acts_press_what_they_say(stage: Stage, visitor: Visitor) -> None:
    ids = {"counter": "3"}
    page = opened(stage, visitor, STATES["free"], width=400, height=120)
    page.get_by_role("button", name="Nacharbeit").click()
    stage.expect({"type": "begin_wrap_up", **ids})
    settled(page)
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("dialog").get_by_role("button", name="Pause").click()
    stage.expect({"type": "pause_counter", **ids, "reason": "mittag"})
    serving = STATES["serving"]
    show(stage, page, replace(serving, may=(*serving.may, "print_ticket")))
    page.get_by_role("button", name="Mehr").click()
    page.get_by_role("dialog").get_by_role("button", name="Noch einmal drucken").click()
    stage.expect({"type": "print_ticket", "ticket": "t-A017"})
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_all_that_is_known_of_whom_i_call_is_above_the_buttons(stage: Stage, visitor: Visitor) -> None:
    """On a laptop's screen, with the bar to take it back."""
    page = opened(stage, visitor, STATES["called"])

    seen, acts = page.locator(".now .seen").bounding_box(), page.locator(".acts").bounding_box()
    assert seen is not None
    assert acts is not None
    assert seen["y"] + seen["height"] <= acts["y"]


@pytest.mark.parametrize("state", ["serving", "free"])
def test_r12_everything_is_reached_by_tab_and_seen_when_focused(stage: Stage, visitor: Visitor, state: str) -> None:
    page = opened(stage, visitor, STATES[state])
    wanted = page.locator("button:enabled, input:enabled, a[href]").count()

    reached = set()
    for _ in range(wanted):
        page.keyboard.press("Tab")
        focused = page.evaluate("""() => {
            const at = document.activeElement, box = at.getBoundingClientRect();
            return [[...document.querySelectorAll('button, input, a')].indexOf(at), box.bottom <= innerHeight + 1 && box.top >= 0,
                    getComputedStyle(at).outlineStyle, Math.min(box.width, box.height)];
        }""")
        assert focused[1], "what has the focus is out of sight"
        assert focused[2] == "solid"
        reached.add(focused[0])

    assert len(reached - {-1}) == wanted


def test_r11_every_target_is_large_enough(stage: Stage, visitor: Visitor) -> None:
    page = opened(stage, visitor, STATES["serving"])

    small = page.evaluate("""() => [...document.querySelectorAll('button, label:has(input), a[href], select')]
        .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
        .filter(([, box]) => Math.min(box.width, box.height) < 24)""")

    assert small == []


def test_a_clerks_morning_by_keyboard_alone(stage: Stage, visitor: Visitor) -> None:
    """Open, call, arrived, done and next, not here, transfer, break, back, close: all without a mouse."""
    ids = {"counter": "3"}
    page = opened(stage, visitor, STATES["closed"])

    steps: list[tuple[list[str], Frame, wire.Counter]] = [
        (["Enter"], {"type": "open_counter", **ids}, o.counter()),
        (["Enter"], {"type": "call_next", **ids}, o.counter(o.current("called"))),
        (["Enter"], {"type": "start_service", **ids}, o.counter(o.current())),
        (["Enter"], {"type": "call_next", **ids, "finish_current": True}, o.counter(o.current("called"))),
        (["m"], {"type": "mark_missed", **ids}, o.counter()),
        (["Enter"], {"type": "call_next", **ids}, o.counter(o.current("called"))),
        (["a"], {"type": "start_service", **ids}, o.counter(o.current())),
        (["t", "ArrowDown", "Enter"], {"type": "transfer_ticket", "ticket": "t-A017", "to_counter": "5"}, o.counter()),
        (["p", "Enter"], {"type": "pause_counter", **ids, "reason": "mittag"}, STATES["paused"]),
        (["Enter"], {"type": "resume_counter", **ids}, o.counter()),
        (["x"], {"type": "close_counter", **ids}, STATES["closed"]),
    ]  # fmt: skip
    for keys, command, after in steps:
        for key in keys:
            page.keyboard.press(key)
        stage.expect(command)
        show(stage, page, after)
        settled(page)
